"""A text cut into segments: sentences and list items, each in its section.

A list item ends with its line; a wrapped paragraph is joined and cut into sentences.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matching.domain import DocumentKind
from matching.extraction.boilerplate import (
    HIRING,
    Stretch,
    is_furniture,
    menu_lines,
    offers,
    quiet,
)
from matching.extraction.sections import ONE_LINE, Section, header_of
from matching.extraction.sentences import sentence_starts
from matching.normalisation import STOP_WORDS, plain

_BULLET = re.compile(r"\s*(?:[-–—•·▪●■◦○►➢✓*+>👉]|\d{1,2}[.)])\s+")
_WRAPPED = 45
_STORY_WORDS = 5
# Nobody writes a paragraph of this length.
_LONGEST = 20_000
_DATED = re.compile(
    r"\s*(?:dal? |dall['’]|da |nel )?(?:\d{1,2}[/.-])*(?:(?:19|20)\d\d\b|['’]\d\d\b|\d\d\s?[-–])"
    r"|\s*(?:dal? |da )?(?:genn|febb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic)\w*\.? (?:19|20)\d\d"
)
_RANGED = re.compile(r"\s*(?:dal? |dall['’]).{2,20}?\s(?:al?|ad|fino|-|–)\s")
_ABBREVIATED = re.compile(
    r"(?:^|\W)(?:soc|coop|sett?|genn?|febb?r?|mar|apr|magg?|giu|lug|ago|ott|nov|dic|sig|sigg"
    r"|dott|tel"
    r"|cell|n|nr|pat|cat|rif|es|min|max|ca|ing|geom|rag|prof|fraz|loc|prov|art|str|p|v|f\.lli|s"
    r"|spett"
    r"|abb|int|fam|resp|add|op|dipl|circa|ass|az|risp)\.\s*$",
    re.IGNORECASE,
)
_INSISTS = re.compile(
    r"\W*(?:(?:e|sono) )?(?:indispensabil|obbligatori|necessari|richiest|fondamental)"
)
# The document's own headers: once they came, what a list of other adverts holds is not its text.
_OWN = frozenset({Section.DUTIES, Section.REQUIREMENTS, Section.EXPERIENCE, Section.EDUCATION})


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence or list item. ``silent`` marks boilerplate, contacts and company blurbs."""

    start: int
    end: int
    line: int
    section: Section
    silent: bool


def segments(text: str, kind: DocumentKind) -> list[Segment]:
    """Cut a text into segments. Every character that is not layout or header is in exactly one."""
    return _Cutter(text, kind).cut()


class _Cutter:
    """Walks the lines of a text once, keeping the open section and the open paragraph."""

    def __init__(self, text: str, kind: DocumentKind) -> None:
        self._text = text
        self._kind = kind
        self._section = Section.BODY
        self._seen: set[Section] = set()
        self._block: tuple[int, int, int] | None = None
        self._found: list[Segment] = []

    def cut(self) -> list[Segment]:
        bounds = list(_lines(self._text))
        menu = menu_lines([self._text[start:end] for start, end in bounds])
        for number, (start, end) in enumerate(bounds):
            line = self._text[start:end]
            if not line.strip():
                self._close()
            elif number in menu or is_furniture(plain(line)):
                self._close()
                self._found.append(Segment(start, end, number, Section.LEGAL, True))
            else:
                self._line(number, start, end, line)
        self._close()
        return self._found

    def _line(self, number: int, start: int, end: int, line: str) -> None:
        header = header_of(line, self._kind)
        if header is not None and self._opens(header[0]):
            self._close()
            self._open(number, start, end, *header)
        elif self._block is not None and self._continues(line):
            self._block = (self._block[0], end, self._block[2])
        else:
            self._close()
            self._block = (start, end, number)

    def _continues(self, line: str) -> bool:
        """Whether a line goes on with the paragraph above it: the line above was wrapped."""
        if self._block is None:
            return False
        start, end, _ = self._block
        line_start = self._text.rfind("\n", 0, end) + 1
        last_word = self._text[line_start:end].rsplit(None, 1)[-1].lower()
        wrapped = end - line_start >= _WRAPPED or last_word in STOP_WORDS
        if self._text[line_start:end].isupper() and not line.isupper():
            return False
        if not wrapped or last_word[-1] in ".:;!?" or _BULLET.match(line):
            return False
        if not _DATED.match(plain(line)):
            return True
        # "... cassa integrazione / da gennaio 2013" runs on; a list of dated jobs does not.
        listed = _RANGED.match(plain(line)) or _DATED.match(plain(self._text[start : start + 40]))
        return line[:1].islower() and listed is None

    def _opens(self, section: Section) -> bool:
        # Another advert's "Contratto: ..." says nothing of this one.
        if self._section is not Section.ADVERTS:
            return True
        return section in _OWN and not self._seen & _OWN

    def _open(self, number: int, start: int, end: int, section: Section, offset: int) -> None:
        content = start + offset
        filled = bool(self._text[content:end].strip(" \t_=-–—*#.~"))
        if section in ONE_LINE and (filled or section is Section.CONDITIONS):
            self._found.extend(self._sentences(content, end, number, section))
            return
        self._section = section
        self._seen.add(section)
        if filled:
            self._block = (content, end, number)

    def _close(self) -> None:
        if self._block is not None:
            start, end, number = self._block
            self._block = None
            self._found.extend(self._sentences(start, end, number, self._section))

    def _sentences(self, start: int, end: int, line: int, section: Section) -> Iterator[Segment]:
        for first, last in _bounds(self._text, start, end):
            words = plain(self._text[first:last])
            stretches = quiet(words, section, self._kind)
            if self._ends(words, section, stretches):
                # A story ends the contacts, and a request what the firm is and offers.
                if section is self._section:
                    self._section = Section.BODY
                section = Section.BODY
            here = self._about(words, section)
            place = 0
            for a, b, about in stretches:
                if a > place:
                    yield Segment(first + place, first + a, line, here, False)
                yield Segment(first + a, first + b, line, about, True)
                place = b
            if first + place < last:
                yield Segment(first + place, last, line, here, False)

    def _ends(self, words: str, section: Section, stretches: list[Stretch]) -> bool:
        if section in (Section.COMPANY, Section.OFFER):
            return HIRING.search(words) is not None
        covered = any(b - a == len(words) for a, b, _ in stretches)
        return section is Section.CONTACTS and len(words.split()) > _STORY_WORDS and not covered

    def _about(self, words: str, section: Section) -> Section:
        if self._kind is DocumentKind.VACANCY and offers(words):
            return Section.OFFER
        if section is Section.PREFERRED and _INSISTS.match(words):
            return Section.REQUIREMENTS
        return section


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _bounds(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a paragraph; together they cover it."""
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST) + 1 or start + _LONGEST
        yield from _bounds(text, start, cut)
        start = cut
    piece = text[start:end]
    if not piece.strip():
        return
    if len(piece) <= _WRAPPED or not re.search(r"[.!?;]\s", piece):
        yield start, end
        return
    # A full stop after an abbreviation ends nothing. Sentence ends move to the next start, so
    # that no character falls between two sentences.
    starts = [
        place
        for place in sentence_starts(piece)
        if not place or not _ABBREVIATED.search(piece[max(0, place - 12) : place])
    ]
    for first, last in zip(starts, [*starts[1:], len(piece)], strict=True):
        yield start + first, start + last
