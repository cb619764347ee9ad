"""Dated periods and durations in CV text, as months.

Months are numbered ``year * 12 + month - 1``; a period is half-open. Where only years are given,
``2011-2016`` counts from mid-year to mid-year (60 months) and a single year counts as six
months: the honest middle of what it can mean. A season counts as four months.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "gennaio genn gen january jan",
            "febbraio febbr feb february",
            "marzo mar march",
            "aprile apr april",
            "maggio magg mag may",
            "giugno giu june jun",
            "luglio lug july jul",
            "agosto ago august aug",
            "settembre sett set september sep sept",
            "ottobre ott october oct",
            "novembre nov november",
            "dicembre dic december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_SEASON_MONTHS = 4
_YEAR_ONLY_MONTHS = 6
_YEAR = r"(?:19[4-9]\d|20[0-4]\d)"
_MOMENT = (
    rf"(?:(?P<{{p}}d>\d{{{{1,2}}}})\s?[/.-]\s?(?P<{{p}}dm>\d{{{{1,2}}}})\s?[/.-]\s?(?P<{{p}}dy>{_YEAR})"
    rf"|(?P<{{p}}m>\d{{{{1,2}}}})\s?[/.-]\s?(?P<{{p}}my>{_YEAR})"
    rf"|(?:\d{{{{1,2}}}}\s)?(?P<{{p}}n>{_MONTH})\b\.?,?\s?(?:del )?(?P<{{p}}ny>{_YEAR}|['’]\d\d)"
    rf"|(?P<{{p}}y>{_YEAR}|['’]\d\d\b))"
)
_NOW = r"(?P<now>(?:ad |a )?oggi|in corso|attual[ei]\w*|presente|adesso|tuttora|present|now|ora\b|current)"
_SHORT_END = r"|(?P<short>\d\d)(?!\d)"
_RANGE = re.compile(
    r"(?<![\d/])(?:dal(?:l['’])?|da|periodo|from|anni?)?\s?"
    + _MOMENT.format(p="a")
    + r"\s?(?:-|–|—|/|al?l?['’]?\b|fino (?:al?|ad)|sino (?:al?|ad)|to|ad)\s?(?:al |all['’]|a )?"
    + r"(?:"
    + _MOMENT.format(p="b")
    + "|"
    + _NOW
    + _SHORT_END
    + r")(?![\d/])"
)
_SINCE = re.compile(r"(?<![\d/])\b(?:dal|dall['’]|da)\s(?:anno )?" + _MOMENT.format(p="a") + r"(?!\d)")
_SINGLE = re.compile(r"(?<![\d/.])(?:nel|anno|estate|inverno)?\s?" + _MOMENT.format(p="a") + r"(?![\d/])")
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici".split()
    )
} | {
    "un": 1, "una": 1, "quindici": 15, "venti": 20, "vent": 20, "venticinque": 25,
    "trenta": 30, "trent": 30, "quaranta": 40, "alcuni": 2, "diversi": 3,
}  # fmt: skip
_COUNT = r"(?:\d{1,2}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")"
_DURATION = re.compile(
    rf"\b(?P<count>{_COUNT})['’]?\s?(?P<plus>\+|e mezzo|e mezza)?\s?"
    r"(?P<unit>ann[io]|mes[ei]|stagion[ei]|years?|months?)\b(?P<half> e mezzo)?"
    rf"(?:\s?(?:e|,)\s?(?P<more>{_COUNT}) mesi)?"
)
_ADJECTIVE = re.compile(
    r"\besperienza (?:lavorativa )?(?:\w+ )?(?P<word>annuale|biennale|triennale|quadriennale"
    r"|quinquennale|decennale|quindicennale|ventennale|trentennale)"
    r"|\b(?P<word2>biennale|triennale|quinquennale|decennale|ventennale|trentennale) esperienza"
)
_ADJECTIVE_YEARS = {
    "annuale": 1, "biennale": 2, "triennale": 3, "quadriennale": 4, "quinquennale": 5,
    "decennale": 10, "quindicennale": 15, "ventennale": 20, "trentennale": 30,
}  # fmt: skip
_AGE = re.compile(r"\b(?:ho|di|anni|eta|compiuti|figli\w*|bambin\w+)\W+$")
_AGE_AFTER = re.compile(r"\s*(?:compiuti|di eta)\b")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time read in a text. ``first`` and ``last`` are None for a bare duration."""

    start: int
    end: int
    months: int
    first: int | None = None
    last: int | None = None


def periods(words: str, as_of: date) -> list[Period]:
    """Dated periods and durations in plain text (lower case, no accents), in order.

    A period that lies after ``as_of`` or runs backwards is not one.

    >>> [p.months for p in periods("dal 2011 al 2016; 03/2015 - 04/2015", date(2026, 1, 1))]
    [60, 2]
    """
    today = as_of.year * 12 + as_of.month - 1
    found: list[Period] = []
    taken: list[tuple[int, int]] = []

    def free(start: int, end: int) -> bool:
        return all(end <= first or start >= last for first, last in taken)

    for pattern in (_RANGE, _SINCE, _SINGLE):
        for match in pattern.finditer(words):
            if not free(*match.span()):
                continue
            period = _dated(match, today, open_ended=pattern is _SINCE)
            if period is not None:
                found.append(period)
                taken.append(match.span())
    for match in _DURATION.finditer(words):
        if free(*match.span()) and not _is_age(words, match):
            months = _duration(match)
            if 0 < months <= 600:
                found.append(Period(*match.span(), months))
                taken.append(match.span())
    for match in _ADJECTIVE.finditer(words):
        years = _ADJECTIVE_YEARS[match["word"] or match["word2"]]
        found.append(Period(*match.span(), years * 12))
    return sorted(found, key=lambda period: period.start)


def union_months(found: Iterable[Period]) -> int:
    """Months covered by dated periods, overlaps counted once."""
    total = 0
    reached = -1
    for period in sorted(
        (p for p in found if p.first is not None), key=lambda p: (p.first or 0, p.last or 0)
    ):
        first, last = max(period.first or 0, reached), period.last or 0
        if last > first:
            total += last - first
            reached = last
        reached = max(reached, last)
    return total


def _dated(match: re.Match[str], today: int, *, open_ended: bool) -> Period | None:
    first = _moment(match, "a", as_end=False)
    if first is None:
        return None
    groups = match.groupdict()
    whole_years = groups.get("ay") is not None
    if open_ended or groups.get("now"):
        last: int | None = today + 1
        if whole_years:
            first += 6
    elif "by" in groups:
        if groups.get("short"):
            year = first // 12 // 100 * 100 + int(groups["short"])
            last = (year if year * 12 >= first - 11 else year + 100) * 12 + 6
            if not whole_years:
                return None
        else:
            last = _moment(match, "b", as_end=True)
        if whole_years:
            first += 6
    else:
        last = first + (_YEAR_ONLY_MONTHS if whole_years else 1)
    if last is None:
        return None
    if last == first and whole_years:
        last = first + _YEAR_ONLY_MONTHS
    last = min(last, today + 1)
    if last <= first:
        return None
    return Period(*match.span(), last - first, first, last)


def _moment(match: re.Match[str], prefix: str, *, as_end: bool) -> int | None:
    group = match.groupdict()
    if group[f"{prefix}y"]:
        # The second year of 2011-2016 ends mid-year, as the first one begins.
        return int(_full_year(group[f"{prefix}y"])) * 12 + (6 if as_end else 0)
    if group[f"{prefix}n"]:
        year = _full_year(group[f"{prefix}ny"])
        month = _MONTHS[group[f"{prefix}n"]]
    elif group[f"{prefix}my"]:
        year, month = group[f"{prefix}my"], int(group[f"{prefix}m"])
    else:
        year, month = group[f"{prefix}dy"], int(group[f"{prefix}dm"])
    if not 1 <= month <= 12:
        return None
    return int(year) * 12 + month - 1 + (1 if as_end else 0)


def _full_year(year: str) -> str:
    if year.isdigit():
        return year
    return ("19" if int(year[1:]) > 40 else "20") + year[1:]


def _duration(match: re.Match[str]) -> int:
    count = _number(match["count"])
    unit = match["unit"]
    if unit.startswith(("ann", "year")):
        months = count * 12 + (6 if match["half"] or (match["plus"] or "").startswith("e ") else 0)
        return months + (_number(match["more"]) if match["more"] else 0)
    if unit.startswith("stagion"):
        return count * _SEASON_MONTHS
    return count


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def _is_age(words: str, match: re.Match[str]) -> bool:
    # "ho 52 anni", "figli di 4 e 7 anni", "anni 54" are ages, not experience.
    if _AGE_AFTER.match(words, match.end()):
        return True
    before = words[max(0, match.start() - 25) : match.start()]
    return bool(_AGE.search(before)) and "esperienza" not in words[match.end() : match.end() + 25]
