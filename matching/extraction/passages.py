"""The passages of a document in which facts are looked for."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from matching.domain import Fact, SalaryFact
from matching.extraction.mentions import Reading
from matching.extraction.scope import Scope, Stance
from matching.extraction.sections import SILENT, Section
from matching.extraction.segments import Segment

_SILENT = SILENT - {Section.CONTACTS}
_PAST_SECTIONS = frozenset(
    {Section.EXPERIENCE, Section.EDUCATION, Section.COURSES, Section.SKILLS, Section.LANGUAGES}
)
# In a CV, hours and contracts are a wish where the sentence says so, or where nothing is told of
# the past: a contract of ten years ago is none.
_WISH = re.compile(
    r"\b(?:cerc\w+|ricerc\w+|disponibil\w+|vorrei|mi piacerebbe|preferi\w+|preferenz\w+"
    r"|desider\w+|accett\w+"
    r"|valut\w+|obiettiv\w+|interessat[oa]|aspir\w+|va bene|vanno bene|bisogno|posso|potrei"
    r"|non ho problemi"
    r"|nessun problema|orari\w* desiderat\w*|available|looking for)\b"
)
_TOLD = re.compile(
    r"\b(?:ho|lavoravo|ero|sono stat[oa]|facevo|presso|era|erano|assunt[oa]|fatto|svolt[oa]|19\d\d"
    r"|20\d\d)\b"
)
_F = TypeVar("_F", Fact, SalaryFact)


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment with the header before it (*Patente: B*), which ``body`` skips."""

    segment: Segment
    start: int
    body: int
    text: str
    words: str
    scopes: Sequence[Scope]
    wish: bool

    def has(self, place: int, stance: Stance) -> bool:
        """Whether a stance rules at a place of the passage."""
        inside = place - self.body
        return any(s.stance is stance and s.start <= inside < s.end for s in self.scopes)


def passages(reading: Reading) -> Iterator[Passage]:
    """The segments that can state a fact, in order."""
    previous_end = 0
    for segment, ruled in zip(reading.segments, reading.scopes, strict=True):
        start, previous_end = previous_end, segment.end
        if segment.section in _SILENT:
            continue
        # Only the last line before the segment can be its header.
        header = reading.words[start : segment.start].rstrip("\n\r \t")
        start += max(header.rfind("\n"), 0)
        words = reading.flat[start : segment.end].replace("\n", " ")
        yield Passage(
            segment=segment,
            start=start,
            body=segment.start - start,
            text=reading.text[start : segment.end],
            words=words,
            scopes=ruled,
            wish=_is_wish(words, segment.section),
        )


def moved(passage: Passage, found: Iterable[_F], *, strict: bool) -> Iterator[_F]:
    """Facts with places in the document, without those of somebody else.

    ``strict`` leaves out also what is denied or only hoped for; readers that judge refusals by
    themselves are not strict.
    """
    for item in found:
        if passage.has(item.start, Stance.OTHERS):
            continue
        if strict and (
            passage.has(item.start, Stance.DENIED) or passage.has(item.start, Stance.WISHED)
        ):
            continue
        yield replace(item, start=item.start + passage.start, end=item.end + passage.start)


def _is_wish(words: str, section: Section) -> bool:
    if section is Section.WISHES or _WISH.search(words):
        return True
    return not (section in _PAST_SECTIONS or _TOLD.search(words))
