"""Dated periods and durations in CV text, as months.

Months are numbered ``year * 12 + month - 1``; a period is half-open. Where only years are given,
``2011-2016`` counts from mid-year to mid-year (60 months) and a single year counts as six
months: the honest middle of what it can mean. A season counts as four months. *Da quindici anni*
runs up to the day of reading; of *2/3 anni* the lower number counts.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from matching.extraction.dates import (
    MOMENT,
    MONTH,
    MONTHS,
    NOW,
    YEAR,
    Moment,
    full_year,
    moment,
)
from matching.extraction.durations import Duration, durations

ONGOING = "ongoing"
"""The end of what goes on when the text is read."""
_SEASON_MONTHS = 4
_YEAR_ONLY_MONTHS = 6
_DASH = (
    r"\s?(?:-|–|—|→|/|al?l?['’]?\b|fino (?:al?|ad)|sino (?:al?|ad)|to\b|ad)\s?(?:al |all['’]|a )?"
    r"(?:mese di )?"
)
_RANGE = re.compile(
    r"(?<![\w/])(?:(?:dal(?:l['’])?|da|periodo|from|anni?)\s?(?:mese di )?)?"
    + MOMENT.format(p="a")
    + _DASH
    + r"(?:"
    + MOMENT.format(p="b")
    + "|"
    + NOW
    + r"|(?P<short>\d\d)(?!\d)"
    + r")(?![\d/])"
)
# 2015-03 / 2016-04, and 9/90 - 12/93: only where both ends are written so.
_ISO_RANGE = re.compile(
    rf"(?<![\d/])(?P<ay>{YEAR})[-/.](?P<am>0[1-9]|1[0-2])\s?(?:-|–|—|/|al?)\s?"
    rf"(?:(?P<by>{YEAR})[-/.](?P<bm>0[1-9]|1[0-2])|{NOW})(?![\d/])"
)
_SLASH_RANGE = re.compile(
    r"(?<![\d/.,])(?P<am>0?[1-9]|1[0-2])/(?P<ay>\d\d)\s?(?:-|–|—|al?|ad?)\s?(?:al )?"
    rf"(?:(?P<bm>0?[1-9]|1[0-2])/(?P<by>\d\d)|{NOW})(?![\d/])"
)
# "da marzo a dicembre 2022", "settembre/ottobre 2023": the year stands once.
_MONTHS_OF_YEAR = re.compile(
    rf"(?<![\w/])(?P<am>{MONTH})\b\.?\s?(?:-|–|—|/|a|al|ad|e"
    rf"|fino a)\s?(?P<bm>{MONTH})\b\.?\s(?:del )?"
    rf"(?P<by>{YEAR})(?![\d/])"
)
# "lug 18 - set 20": only where both ends are written so.
_SHORT_MONTHS = re.compile(
    rf"(?<![\w/])(?P<am>{MONTH})\b[\s./-]{{1,2}}(?P<ay>\d\d)\s?(?:-|–|—|/|al?|ad?)\s?(?:al |a )?"
    rf"(?:(?P<bm>{MONTH})\b[\s./-]{{1,2}}(?P<by>\d\d)|{NOW})(?![\d/])"
)
_SHORT_YEARS = re.compile(
    rf"\bdall?\s?['’]?(?P<ay>[5-9]\d)\s?(?:-|–|al?|fino al)\s?['’]?(?P<by>{YEAR}|\d\d)(?![\d/%.,])"
    r"(?!\s?(?:%|per cento|gradi|euro|kg|cm|mm|metri|\w+aio|\w+mbre))"
)
_SINCE = re.compile(
    r"(?<![\w/])(?:dal|dall['’]|da|since|a partire dal?)\s?(?:anno |l'anno |mese di )?"
    + MOMENT.format(p="a")
    + r"(?!\d)"
)
_LIST = re.compile(
    rf"(?<![\d/.]){YEAR}(?:(?:\s?[/,]\s?(?:e )?{YEAR})+\s?e\s{YEAR}|(?:\s?[/,]\s?{YEAR}){{2,}}"
    rf"|\s?,\s?{YEAR}|\se(?: nel)?\s{YEAR})(?![\d/])"
)
_SINGLE = re.compile(r"(?<![\w/.])(?:(?:nel|anno)\s?)?" + MOMENT.format(p="a") + r"(?![\d/])")
_BEGINS = re.compile(r"\s*(?:dal?\b|dall['’]|since|a partire)")
_A_YEAR = re.compile(YEAR)
_SEASON_AFTER = re.compile(
    r"[\s,(:–-]{1,3}(?:(?:per |in |la )?stagion[ei]\b|estat[ei]\b|invern[oi]\b)"
)
_SEASON = re.compile(r"\b(?:estat[ei]|invern[oi]|stagion[ei](?: estiv[ae]| invernal[ei])?)\W{0,3}$")
# Numbers that look like years: laws, norms, prices, quantities, addresses, versions.
_NO_PERIOD_BEFORE = re.compile(
    r"(?:\b(?:l|legge|d\.? ?lgs|dlgs|d\.? ?m|d\.? ?p\.? ?r|d\.? ?l|reg|regolamento|art|n|nr|prot"
    r"|decreto|direttiva|ce|ue|iso|uni|en|cei|accordo|delibera|ccnl|c\.?a\.?p|rif|cod|codice"
    r"|matricola"
    r"|office|windows|excel|word|access|autocad|solidworks|inventor|sap|win|server)\b"
    r"[\s.:°]*(?:\d+[/-])?(?:n\.? ?\d*\W{0,3})?(?:del )?"
    r"|\b(?:iso|uni|en)\b[\s\d:.-]{1,15}"
    r"|(?:€|\beuro|\bral|\bstipendio(?: di)?|\bcirca)\s?"
    r"|\b(?:class[ei]|nat[oa](?: nel| il| a \w+(?:,| il| nel)?)?|nascita:?|leva)\W{0,3}(?:nel "
    r"|il )?"
    r"|\b(?:fino al(?:la \w+(?: (?:nel|del))?)?|sino al|entro(?: il)?|prima del|dopo il"
    r"|scad\w+(?: \w+)?|scadenza|valid\w+(?: \w+)?"
    r"|conseguit[oa](?: nel| il)?|pres[oa] nel|rinnov\w+(?: \w+)?|rilasciat[oa](?: \w+)?"
    r"|aggiornat[oa]"
    r"(?: \w+)?|diplom\w+(?: nel)?|maturita(?: nel)?|licenza media(?: nel)?"
    r"|laurea\w*(?: nel)?)\W{0,3}"
    r"|\b(?:via|viale|piazza|p\.zza|corso|vicolo|largo)\b[^,;\n]{0,25})$"
)
_PHONE = re.compile(r"\b(?:tel|telefono|cell|cellulare|fax|whatsapp|mobile)\b[^a-z\n]{0,25}$")
_NO_PERIOD_AFTER = re.compile(
    r"\s?(?:€|euro\b|kg\b|mq\b|m2\b|metri|persone|dipendenti|pezzi|giri|coperti|ore\b|h\b|litri"
    r"|watt"
    r"|abitanti|copie|articoli|netti|lordi|\d{3}\b)"
)
_REACH = 45


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time read in a text.

    ``first`` and ``last`` are None for a bare duration. ``total`` marks a duration said of a
    whole career (*dieci anni di esperienza*), ``point`` a lone month, year or season, ``loose``
    a date that a duration beside it makes more exact (*2019/2020, 6 mesi*). ``begun`` and
    ``ended`` are the two moments as precise as they are written: an ISO month or year,
    ``ongoing`` for an end that had not come when the text is read.
    """

    start: int
    end: int
    months: int
    first: int | None = None
    last: int | None = None
    total: bool = False
    point: bool = False
    loose: bool = False
    begun: str | None = None
    ended: str | None = None


def periods(words: str, as_of: date) -> list[Period]:
    """Dated periods and durations in plain text (lower case, no accents), in order.

    A period that lies after ``as_of`` or runs backwards is not one; ages, birth years, laws,
    prices and telephone numbers are none.

    >>> [p.months for p in periods("dal 2011 al 2016; 03/2015 - 04/2015", date(2026, 1, 1))]
    [60, 2]
    """
    today = as_of.year * 12 + as_of.month - 1
    found: list[Period] = []
    taken = bytearray(len(words))

    def keep(period: Period | None, start: int, end: int) -> None:
        taken[start:end] = b"\1" * (end - start)
        if period is not None:
            found.append(period)

    for match in _LIST.finditer(words):
        if not _is_number(words, *match.span()):
            for year in _A_YEAR.finditer(words, *match.span()):
                season = bool(_SEASON.search(words[max(0, match.start() - 25) : match.start()]))
                keep(_year_alone(year.span(), int(year.group()), today, season), *year.span())
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    for pattern in (
        _ISO_RANGE,
        _RANGE,
        _MONTHS_OF_YEAR,
        _SLASH_RANGE,
        _SHORT_MONTHS,
        _SHORT_YEARS,
        _SINCE,
        _SINGLE,
    ):
        for match in pattern.finditer(words):
            start = match.start()
            if any(taken[start : match.end()]):
                continue
            if _PHONE.search(words[max(0, start - _REACH) : start]):
                continue
            if pattern is not _RANGE and _is_number(words, start, match.end()):
                continue
            keep(_period(words, pattern, match, today), start, match.end())
    found = _ended_by_the_next(words, found, today)
    for duration in durations(words):
        if not any(taken[duration.start : duration.end]):
            _add_duration(words, found, duration, today)
    return sorted(found, key=lambda period: period.start)


def union_months(found: Iterable[Period]) -> int:
    """Months covered by dated periods, overlaps counted once."""
    total = 0
    reached = -1
    for first, last in sorted(
        (p.first, p.last) for p in found if p.first is not None and p.last is not None
    ):
        total += max(0, last - max(first, reached))
        reached = max(reached, last)
    return total


def _is_number(words: str, start: int, end: int) -> bool:
    before = words[max(0, start - _REACH) : start].rsplit("\n", 1)[-1]
    return bool(_NO_PERIOD_BEFORE.search(before) or _NO_PERIOD_AFTER.match(words, end))


def _period(
    words: str, pattern: re.Pattern[str], match: re.Match[str], today: int
) -> Period | None:
    group = match.groupdict()
    span = match.span()
    if pattern is _ISO_RANGE or pattern is _SLASH_RANGE:
        start = Moment(int(full_year(group["ay"])) * 12 + int(group["am"]) - 1)
        if group["now"]:
            return _running(span, start, today)
        end = Moment(int(full_year(group["by"])) * 12 + int(group["bm"]) - 1)
        return _between(span, start, end, today)
    if pattern is _SHORT_MONTHS:
        start = Moment(int(full_year(group["ay"])) * 12 + MONTHS[group["am"]] - 1)
        if group["now"]:
            return _running(span, start, today)
        end = Moment(int(full_year(group["by"])) * 12 + MONTHS[group["bm"]] - 1)
        return _between(span, start, end, today)
    if pattern is _MONTHS_OF_YEAR:
        end = Moment(int(group["by"]) * 12 + MONTHS[group["bm"]] - 1)
        start = Moment(end.first - (MONTHS[group["bm"]] - MONTHS[group["am"]]) % 12)
        return _between(span, start, end, today)
    if pattern is _SHORT_YEARS:
        start = Moment(int(full_year(group["ay"])) * 12, whole_year=True)
        end = Moment(int(full_year(group["by"])) * 12, whole_year=True)
        return _closed(span, start.first + 6, end.first + 6, today, begun=start, ended=end)
    found = moment(group, "a")
    if found is None:
        return None
    if pattern is _SINCE:
        return _running(span, found, today)
    if pattern is _SINGLE:
        if found.day:
            return None
        if found.whole_year:
            return _year_alone(span, found.first // 12, today, _is_season(words, *span))
        return _as_point(_between(span, found, found, today))
    return _range(words, span, group, today)


def _range(
    words: str, span: tuple[int, int], group: dict[str, str | None], today: int
) -> Period | None:
    start = moment(group, "a")
    if start is None:
        return None
    if group["now"]:
        return _running(span, start, today)
    if group["short"]:
        if not start.whole_year:
            return None
        century = start.first // 12 // 100 * 100
        year = century + int(group["short"])
        year = year if year * 12 >= start.first else year + 100
        end: Moment | None = Moment(year * 12, whole_year=True)
    else:
        end = moment(group, "b")
    if end is None:
        return None
    if start.whole_year and end.whole_year and end.first - start.first <= 12:
        return _one_winter_or_year(span, start, end, today, season=_is_season(words, *span))
    return _between(span, start, end, today)


def _one_winter_or_year(
    span: tuple[int, int], start: Moment, end: Moment, today: int, *, season: bool
) -> Period | None:
    """*2019/2020*, *2019-19*: what a duration beside it can make exact."""
    first = _middle(start, today)
    if season:
        return _closed(span, first, first + _SEASON_MONTHS, today, begun=start, ended=end)
    last = max(end.first + 6, first + _YEAR_ONLY_MONTHS) if end == start else end.first + 6
    period = _closed(span, first, last, today, begun=start, ended=end)
    return replace(period, loose=True) if period is not None else None


def _middle(start: Moment, today: int) -> int:
    # A year that is not half over when the text is read can only have begun at its start.
    middle = start.first + 6
    return middle if start.whole_year and middle <= today else start.first


def _is_season(words: str, start: int, end: int) -> bool:
    return bool(
        _SEASON.search(words[max(0, start - 25) : start]) or _SEASON_AFTER.match(words, end)
    )


def _year_alone(span: tuple[int, int], year: int, today: int, season: bool) -> Period | None:
    months = _SEASON_MONTHS if season else _YEAR_ONLY_MONTHS
    known = Moment(year * 12, whole_year=True)
    return _as_point(
        _closed(span, known.first, known.first + months, today, begun=known, ended=known)
    )


def _as_point(period: Period | None) -> Period | None:
    return replace(period, point=True, loose=True) if period is not None else None


def _running(span: tuple[int, int], start: Moment, today: int) -> Period | None:
    return _closed(span, _middle(start, today), today + 1, today, begun=start, ended=None)


def _between(span: tuple[int, int], start: Moment, end: Moment, today: int) -> Period | None:
    last = end.first + (6 if end.whole_year else 1)
    return _closed(span, _middle(start, today), last, today, begun=start, ended=end)


def _closed(
    span: tuple[int, int],
    first: int,
    last: int,
    today: int,
    *,
    begun: Moment | None,
    ended: Moment | None,
) -> Period | None:
    """The period up to the day of reading; ``ended`` is None where the text sets no end."""
    over = ended is not None and ended.first <= today
    last = min(last, today + 1)
    if last <= first:
        return None
    return Period(
        *span,
        last - first,
        first,
        last,
        begun=begun.iso if begun is not None else None,
        ended=ended.iso if over and ended is not None else ONGOING,
    )


def _ended_by_the_next(words: str, found: list[Period], today: int) -> list[Period]:
    """*Dal 2005 operaio, dal 2010 capoturno*: on one line a beginning ends the one before."""
    found = sorted(found, key=lambda period: period.start)
    for number, (period, later) in enumerate(zip(found, found[1:], strict=False)):
        if (
            _open_since(words, period, today)
            and _open_since(words, later, today)
            and "\n" not in words[period.start : later.start].strip()
            and (period.first or 0) < (later.first or 0)
        ):
            months = (later.first or 0) - (period.first or 0)
            found[number] = replace(period, last=later.first, months=months, ended=later.begun)
    return found


def _open_since(words: str, period: Period, today: int) -> bool:
    return period.last == today + 1 and bool(_BEGINS.match(words, period.start))


def _add_duration(words: str, found: list[Period], duration: Duration, today: int) -> None:
    """Place a duration: on the date it explains, up to today (*da tre anni*), or bare."""
    span = (duration.start, duration.end)
    for number, period in enumerate(found):
        gap = words[period.end : duration.start]
        near = period.end <= duration.start <= period.end + _REACH
        if period.loose and near and not re.search(r"[\d\n;.]", gap):
            # "gennaio 2022 (3 mesi)", "2017 tirocinio 6 mesi", "2019/2020 barista (6 mesi)".
            first = period.first or 0
            last = first + duration.months
            if last > today + 1:
                # "licenziata a luglio 2025 dopo 12 anni": no job that began then.
                continue
            ended = period.ended
            if ended is not None and len(ended) > len("2022") and ended != ONGOING:
                ended = Moment(last - 1).iso
            found[number] = replace(
                period, months=duration.months, last=last, loose=False, ended=ended
            )
            return
    if duration.since:
        first = today + 1 - duration.months
        found.append(Period(*span, duration.months, first, today + 1, ended=ONGOING))
        return
    found.append(Period(*span, duration.months, total=duration.total))
