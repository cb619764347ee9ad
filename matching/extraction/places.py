"""The municipality a person lives in, or a vacancy is in."""

import re
from collections.abc import Iterator, Mapping

from matching.domain import DocumentKind, Fact
from matching.extraction.facts import fact
from matching.extraction.sections import Section
from matching.extraction.segments import Segment
from matching.territory import Territory

_HOME = re.compile(
    r"\b(?:resident[ei]|residenza|domicili\w+|abit[oa]|vivo|indirizzo|via|viale|v\.le|vicolo"
    r"|piazza|p\.zza|corso|loc(?:alita|\.)|frazione|address|comune)\b"
)
_POSTCODE = re.compile(r"\b\d{5}\b\s*$")
_BORN = re.compile(r"\bnat[oa]\b|\bnascita\b")
_WORKPLACE = re.compile(
    r"\b(?:sede(?: di lavoro| operativa)?|luogo(?: di lavoro)?|zona(?: di lavoro)?|cantier[ei] di"
    r"|punto vendita di|stabilimento di|localita|dove|presso|vicinanze di|limitrof\w+)\b"
)
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 5


def place_names(territory: Territory) -> Mapping[str, str]:
    """ISTAT codes by every spelling that is not also an ordinary word."""
    return {
        spelling: istat
        for spelling, istat in territory.spellings()
        if spelling not in territory.ambiguous_spellings
    }


def municipality(
    text: str, words: str, parts: list[Segment], kind: DocumentKind, names: Mapping[str, str]
) -> Fact | None:
    """The municipality said to be home (CV) or workplace (vacancy), as ISTAT code.

    A place of birth, of a school or of an employer is not home: in a CV a name counts only
    beside a word for an address, or after a postcode. In a vacancy the place beside a word for
    the workplace wins over the first one named.
    """
    best: tuple[int, int, Fact] | None = None
    for part in parts:
        if part.section is Section.LEGAL:
            continue
        for start, end, istat in _found(words, part.start, part.end, names):
            weight = _weight(words, part, start, kind)
            if weight and (best is None or (-weight, start) < best[:2]):
                best = (-weight, start, fact(text, istat, start, end))
    return best[2] if best else None


def _weight(words: str, part: Segment, start: int, kind: DocumentKind) -> int:
    line_start = max(part.start, words.rfind("\n", 0, start) + 1)
    before = words[line_start:start]
    born = [match.end() for match in _BORN.finditer(before)]
    if kind is DocumentKind.VACANCY:
        return 2 if _WORKPLACE.search(before) else 1
    home = [match.end() for match in _HOME.finditer(before)]
    if born and (not home or home[-1] < born[-1]):
        return 0
    if home:
        return 2 if part.section in (Section.BODY, Section.CONTACTS) else 1
    return 2 if _POSTCODE.search(before) else 0


def _found(
    words: str, start: int, end: int, names: Mapping[str, str]
) -> Iterator[tuple[int, int, str]]:
    tokens = list(_WORD.finditer(words, start, end))
    position = 0
    while position < len(tokens):
        for size in range(min(_LONGEST, len(tokens) - position), 0, -1):
            spelling = " ".join(t.group() for t in tokens[position : position + size])
            istat = names.get(spelling)
            if istat is not None:
                yield tokens[position].start(), tokens[position + size - 1].end(), istat
                position += size
                break
        else:
            position += 1
