"""How many people a vacancy seeks."""

import re
from collections.abc import Iterator
from types import MappingProxyType

from matching.domain import Fact
from matching.extraction.boilerplate import HIRING
from matching.extraction.facts import fact

_NUMBERS = MappingProxyType(
    {
        "un": 1, "uno": 1, "una": 1, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6,
        "sette": 7, "otto": 8, "nove": 9, "dieci": 10, "dodici": 12, "quindici": 15, "venti": 20,
        "one": 1, "two": 2, "three": 3,
    }
)  # fmt: skip
_MOST = 200
_ONES = frozenset({"un", "uno", "una", "one"})
_WRITTEN = "|".join(sorted(_NUMBERS.keys() - {"un", "one"}, key=len, reverse=True))
_COUNT = rf"(?P<n>\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_NUMBERED = r"(?:n|nr|num|no|numero)\s?[.°:º]{0,2}\s?"
# "un/una", "un'", "1 (una)", "due/tre" is a range: the lower counts.
_GENDER = r"(?:/[a-z]{1,3}\b|['’]|\s?\([a-z]+\)|\s?(?:/|-|o)\s?\d{1,2}\b)?"
# What is counted but sought by nobody; a number before it is no number of people.
_NO_PERSON = (
    r"(?:ann[io]|mes[ei]|giorn[oi]|or[ae]|h|settiman\w*|turn[oi]|volt[ae]|euro|km|kg|mq|cm|mm"
    r"|metri"
    r"|person[ae] al giorno|lingu[ae]|livell\w+|sed[ei]|filial\w+|negozi\w*|punti? vendita"
    r"|stabiliment\w+"
    r"|camere|copert[oi]|stell[ae]|lavor[oi]\b|ambient\w+|opportunita|soluzion\w+|realta"
    r"|contratt\w+"
    r"|esperienz\w+|formazion\w+|percors\w+|part|full|impieg[oh]\w*|occupazion\w+|posto letto"
    r"|auto\w*"
    r"|patent\w+|period[oi]|durata|anno|o piu|di|del\w*|e|per|cv|curricul\w+|strada|modo|mano"
    r"|partner|fornitor\w+|client[ei]|dipendent\w+ (?:e|con)|buon\w+|ottim\w+ (?:conoscenz"
    r"|esperienz)\w+"
    r"|minim[oa]|massim[oa]|\d)\b"
)
_ROLE = rf"\s(?!{_NO_PERSON})(?P<who>[a-z]{{3,}})"
_MORE = re.compile(
    rf"[^.;:\d\n]{{0,60}}?(?:,|\se|\sed|\soltre a|\spiu"
    rf"|\n\W{{0,4}})\s?(?:{_NUMBERED})?{_COUNT}{_GENDER}{_ROLE}"
)
_STATED = re.compile(
    r"\b(?:(?:numero |n\.? ?(?:di |dei )?)?(?:posti|posizioni|risorse|figure"
    r"|unita)(?: di lavoro)?"
    r"(?: (?:disponibil[ei]|apert[ei]|richiest[ei]|ricercat[ei]|da inserire))?\s?[:=]\s?"
    rf"(?:{_NUMBERED})?(?P<n>\d{{1,3}})\b(?!\s?(?:[/.-]\s?\d|anni|mesi|letto))"
    rf"|(?:{_NUMBERED})?(?P<m>\d{{1,2}}|{_WRITTEN})\s"
    r"(?:post[oi]\)|posti? (?:di lavoro|disponibil\w|a tempo|da)|posizion[ei] (?:apert\w"
    r"|disponibil\w|da|per)"
    r"|open positions?|vacancies))"
)
_LISTED = re.compile(rf"(?:^|(?<=\n))[^\w\n]{{0,6}}{_NUMBERED}{_COUNT}{_GENDER}{_ROLE}")
_HIRED = re.compile(
    r"(?:[^.;:\n\d]{0,60}?[\s,])?"
    rf"{_NUMBERED}{_COUNT}{_GENDER}{_ROLE}"
)
# "ricerca per nostro cliente 3 magazzinieri": a figure before a plural that nothing governs.
_FIGURE = re.compile(
    r"[^.;:\n\d]{1,70}?(?<!\sper)(?<!\sda)(?<!\sdi)(?<!\scon)(?<!\sin)(?<!\sogni)(?<!\soltre)"
    r"(?<!\salmeno)(?<!\stra)(?<!\sa)(?<!\slivello)\s(?P<n>\d{1,2})" + _GENDER + _ROLE
)
_HIRES = re.compile(rf"{HIRING.pattern}|\bcerco\b")
_TITLE = re.compile(rf"\s*{_COUNT}{_GENDER}{_ROLE}")
# Between the verb and a number in words: "cerca subito due", "ricerca, per cliente in zona, due".
_DIRECT = re.compile(
    r"(?:\s?:|,)?(?: di\b)?(?:\s(?:subito|urgentemente|anche|da subito|personale|al momento"
    r"|attualmente|altr[ie]|inoltre))?"
    r"(?:,?\s(?:per|presso|in|nel|nella|a)\s[^.;:\n\d]{1,70}?,)?\s?" + _COUNT + _GENDER + _ROLE
)


def posts(text: str, words: str) -> Iterator[Fact]:
    """Numbers of people sought, surest statement first; those named together are added up.

    A plural without a number (*cerchiamo camerieri*) says no number.

    >>> [f.value for f in posts(*["cerchiamo due camerieri e un cuoco"] * 2)]
    [3]
    """
    for match in _STATED.finditer(words):
        yield from _fact(text, match.start(), match.end(), _number(match["n"] or match["m"]))
    reached = 0
    for match in _LISTED.finditer(words):
        if match.start() >= reached:
            count, reached = _summed(words, match)
            yield from _fact(text, match.start(), reached, count)
    for verb in _HIRES.finditer(words):
        for pattern in (_HIRED, _DIRECT, _FIGURE):
            found = pattern.match(words, verb.end())
            if found is not None:
                yield from _with_more(text, words, found)
                break
    title = _TITLE.match(words)
    # "Una giornata al mare" is no title of a vacancy: there the number must be a figure.
    if title is not None and title["n"] not in _ONES:
        yield from _with_more(text, words, title)


def _with_more(text: str, words: str, first: re.Match[str]) -> Iterator[Fact]:
    count, end = _summed(words, first)
    yield from _fact(text, first.start("n"), end, count)


def _summed(words: str, first: re.Match[str]) -> tuple[int, int]:
    """The number in a match and those that follow in its list, and where the list ends."""
    total, end = _number(first["n"]), first.end()
    while total <= _MOST and (more := _MORE.match(words, end)):
        # "un cuoco con un diploma e una patente": a bare article counts after a like one only.
        if more["n"] in _ONES and not _is_sought(words, end, more):
            break
        total, end = total + _number(more["n"]), more.end()
    return total, end


def _is_sought(words: str, end: int, more: re.Match[str]) -> bool:
    between = words[end : more.start("n")]
    return not re.search(r"\b(?:con|che|in possesso|avente|dotat\w)\b", between)


def _fact(text: str, start: int, end: int, count: int) -> Iterator[Fact]:
    if 0 < count <= _MOST:
        yield fact(text, count, start, end)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]
