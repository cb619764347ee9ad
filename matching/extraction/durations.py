"""Durations in words and figures (*tre anni e mezzo*, *5-6 mesi*); ages are none."""

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import NamedTuple

_ONES = ("uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove")
_TEENS = (
    "dieci", "undici", "dodici", "tredici", "quattordici", "quindici", "sedici", "diciassette",
    "diciotto", "diciannove",
)  # fmt: skip
_TENS = MappingProxyType({"venti": 20, "trenta": 30, "quaranta": 40})


def _written_numbers() -> Iterator[tuple[str, int]]:
    yield from zip(_ONES, range(1, 10), strict=True)
    yield from zip(_TEENS, range(10, 20), strict=True)
    yield from {"un": 1, "una": 1, "alcuni": 2, "qualche": 2, "diversi": 3, "cinquanta": 50}.items()
    for word, ten in _TENS.items():
        yield from ((word, ten), (word[:-1], ten))
        for one, name in enumerate(_ONES, start=1):
            stem = word[:-1] if name[0] in "uo" else word
            yield stem + name, ten + one
            if one == 1:
                yield stem + "un", ten + one


_NUMBERS = MappingProxyType(dict(_written_numbers()))
_ABOUT = {"paio": 2, "decina": 10, "quindicina": 15, "ventina": 20, "trentina": 30}
_COUNT = r"(?:\d{1,2}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")"
_UNIT = r"(?P<unit>ann[io]|mes[ei]|stagion[ei]|estati|inverni|years?|months?)\b"
_DURATION = re.compile(
    rf"\b(?:(?P<count>{_COUNT})(?:\s?\([a-z]+\))?"
    rf"(?:\s?(?:-|–|/|\bo\b|\ba\b)\s?(?P<upper>{_COUNT}))?['’]?\s?\+?"
    rf"|un[a'’]?\s?(?P<about>{'|'.join(_ABOUT)}))\s?(?:d['’]|di )?"
    rf"(?P<plus>e mezz[oa]\s|mezzo\s)?\s?{_UNIT}(?P<half> e mezz[oa])?"
    rf"(?:\s?(?:e|,)\s?(?P<more>{_COUNT}) mesi)?"
    r"|\b(?P<half_year>mezzo anno)\b"
    r"|\b(?:per anni|mesi|durata:? anni)[: ]\s?(?P<after>\d{1,2})\b(?!\s?(?:mes|ann|/))"
)
_ADJECTIVE = re.compile(
    r"\besperienza (?:lavorativa |professionale )?(?:\w+ )?(?P<word>annuale|biennale|triennale"
    r"|quadriennale|quinquennale|decennale|quindicennale|ventennale|trentennale)"
    r"|\b(?P<word2>annuale|biennale|triennale|quinquennale|decennale|ventennale|trentennale)"
    r" esperienza"
)
_ADJECTIVE_YEARS = {
    "annuale": 1, "biennale": 2, "triennale": 3, "quadriennale": 4, "quinquennale": 5,
    "decennale": 10, "quindicennale": 15, "ventennale": 20, "trentennale": 30,
}  # fmt: skip
_SEASON_MONTHS = 4
_LONGEST_YEARS = 50
# A bare "35 anni" from here on is an age, unless something says that it is a duration.
_GROWN = 16

_AGE_BEFORE = re.compile(
    r"\b(?:ho|eta|compi\w+|anni|nato|nata)\W+(?:di )?$|\beta\b[^.;\n]{0,12}$"
    r"|\b(?:figli\w*|bambin\w+|bimb\w+|nipot\w+|ragazz\w+|alunn\w+|gemell\w+|minor\w+|ospit\w+"
    r"|fascia|pazient\w+|anzian\w+|signor\w*|mamma|madre|padre|nonn\w+|uomo|donna|clienti)\b"
    r"[^.;\n]{0,25}$"
)
_AGE_AFTER = re.compile(r"\s*(?:compiuti|di eta|d'eta)\b")
_NO_DURATION = re.compile(
    r"\b(?:ogni|entro|tra|fra|preavviso(?: di)?|prova di|valid\w+(?: \w+)?|scad\w+ (?:tra|fra)|ogni"
    r"|obblig\w+ \w+|cors[oi]\w*(?: \w+){0,3}|scuola(?: \w+){0,2}|qualifica(?: \w+){0,2}|diploma"
    r"(?: \w+){0,2}|studi(?: \w+){0,2})\W+$"
)
_LASTING = re.compile(
    r"(?:\b(?:da|per|oltre|circa|quasi|piu di|almeno|con|durata|ultimi|primi|in|dopo|ormai|i|x|su)"
    r"|:|\()\W*$"
)
_LASTING_AFTER = re.compile(
    r"['’]?\s*(?:di (?!eta)|d['’](?!eta)|come\b|in\b|nel|presso|a\b|al|da\b|con\b|circa|continuat"
    r"|consecutiv|esperienza|nell|\()"
)
_SINCE = re.compile(
    r"\b(?:da|sono)(?: (?:ormai|circa|quasi|oltre|almeno|gia|piu di|piu))* (?:gli ultimi )?$"
)
_REACH = 32
_MAX_MONTHS = 600


class Duration(NamedTuple):
    """Months said in ``words[start:end]``.

    ``since``: up to now (*da tre anni*); ``total``: of a whole career (*di esperienza*).
    """

    start: int
    end: int
    months: int
    since: bool = False
    total: bool = False


def durations(words: str) -> Iterator[Duration]:
    """Durations in plain text. Of a range (*da 2 a 3 anni*, *5-6 mesi*) the lower number.

    >>> [d.months for d in durations("due anni e mezzo come cuoco, 5-6 mesi al bar; ho 52 anni")]
    [30, 5]
    """
    for match in _DURATION.finditer(words):
        months = _months(match)
        if not 0 < months <= _MAX_MONTHS:
            continue
        before = words[max(0, match.start() - _REACH) : match.start()].rsplit("\n", 1)[-1]
        total = _of_career(words, match)
        if not total and (_is_age(words, match, before) or _NO_DURATION.search(before)):
            continue
        since = bool(_SINCE.search(before)) and not match["upper"] and not total
        yield Duration(*match.span(), months, since, total)
    for match in _ADJECTIVE.finditer(words):
        years = _ADJECTIVE_YEARS[match["word"] or match["word2"]]
        yield Duration(*match.span(), years * 12, total=True)


def _of_career(words: str, match: re.Match[str]) -> bool:
    after = words[match.end() : match.end() + _REACH]
    before = words[max(0, match.start() - _REACH) : match.start()]
    return bool(
        re.match(r"['’]?\s*(?:circa )?(?:di|d['’]) ?(?:\w+ )?esperienza\b", after)
        or re.search(
            r"\besperienza(?: \w+)?(?: (?:di|da|per))?(?: (?:oltre|circa|piu di))?[\s:(]+$", before
        )
    )


def _months(match: re.Match[str]) -> int:
    if match["half_year"]:
        return 6
    if match["after"]:
        return int(match["after"]) * (12 if "anni" in match.group() else 1)
    count = _ABOUT[match["about"]] if match["about"] else _number(match["count"])
    unit = match["unit"]
    if unit.startswith(("ann", "year")):
        half = 6 if match["half"] or (match["plus"] or "").startswith("e ") else 0
        return count * 12 + half + (_number(match["more"]) if match["more"] else 0)
    if unit.startswith(("stagion", "estat", "invern")):
        return count * _SEASON_MONTHS
    return count


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def _is_age(words: str, match: re.Match[str], before: str) -> bool:
    # "ho 52 anni", "figli di 4 e 7 anni", "Bianchi Ada, 35 anni" are ages.
    if not (match["unit"] or "").startswith(("ann", "year")) or match["about"]:
        return bool(_AGE_BEFORE.search(before)) and not before.endswith("ho ")
    if _AGE_AFTER.match(words, match.end()) or _AGE_BEFORE.search(before):
        return True
    years = _number(match["count"])
    if years > _LONGEST_YEARS:
        return True
    bare = not _LASTING.search(before) and not _LASTING_AFTER.match(words, match.end())
    return years >= _GROWN and bare
