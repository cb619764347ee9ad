"""The stretches of a CV that tell of one job each: entries of a list, sentences of a story."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from matching.domain import DocumentKind
from matching.extraction.mentions import RawMention, Reading, segment_at
from matching.extraction.periods import Period
from matching.extraction.sections import Section

_BULLET = re.compile(r"\s*[^\w\s(«\"'’]+\s")
_DATED = re.compile(r"\b(?:19[5-9]|20[0-4])\d\b|['’]\d\d\b")
_DATE_WORDS = re.compile(
    r"[\W\d_]+|\b(?:dal?|al?|nel|anno|oggi|date|data|presente|fino|corso|in)\b"
)
# Words by which people tell of work that was done.
PASSED = re.compile(
    r"\b(?:ho|abbiamo|aver|avendo) (?:\w+ ){0,2}?\w+(?:ato|uto|ito|tto|sto|rso)\b"
    r"|\bsono (?:\w+ )?(?:stat|andat|passat|entrat|venut|rimast)[oa]\b|\b\w+(?:avo|evo|ivo|avamo"
    r"|evamo|ivamo)\b|\bero\b|\bservizio civile\b|\b(?:ann[oi]|mes[ei]|stagion[ei]) (?:di|in|come"
    r"|alla?)\b|\b(?:io )?(?:faccio|lavoro (?:in|da|come|presso|al|nel\w*|per))\b"
    r"|\b(?:lavorat|assunt|stagion|tirocini|dipendent|presso|ditta|cooperativ|impresa|azienda)\w*"
)


@dataclass(slots=True)
class Entry:
    """A stretch of a CV about one job, and what is known of it."""

    start: int
    end: int
    listed: bool
    dated: bool = False
    titled: bool = False
    parts: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a document that may tell of one job; ``listed`` in an entry, not in a story."""

    start: int
    end: int
    listed: bool
    dated: bool


def stretches(
    reading: Reading, titles: Sequence[RawMention], dated: Sequence[Period]
) -> list[Stretch]:
    """The parts of a CV that may tell of one job each; a vacancy is one part.

    Parameters
    ----------
    reading
        The text.
    titles
        The writer's own occupations: a line with one opens no story.
    dated
        The periods of the text, which make lines entries.
    """
    if reading.kind is DocumentKind.VACANCY:
        return [Stretch(0, len(reading.text), listed=False, dated=False)]
    named = sorted(title.start for title in titles)

    def is_titled(start: int, end: int) -> bool:
        return bisect_right(named, end - 1) > bisect_right(named, start - 1)

    found: list[Stretch] = []
    for entry in work_entries(reading, dated, is_titled):
        parts = [(entry.start, entry.end)] if entry.listed else entry.parts
        found += [Stretch(start, end, entry.listed, entry.dated) for start, end in parts]
    return found


def work_entries(
    reading: Reading, dated: Sequence[Period], is_titled: Callable[[int, int], bool]
) -> list[Entry]:
    """The entries of a CV in their order; ``is_titled`` says whether a job is named in a place."""
    periods_at = sorted(period.start for period in dated)
    found: list[Entry] = []
    blank = True
    for start, end in _lines(reading.words):
        line = reading.words[start:end]
        if not line.strip():
            blank = True
            continue
        has_date = bool(_DATED.search(line)) or (
            bisect_right(periods_at, end - 1) > bisect_right(periods_at, start - 1)
        )
        lone_date = has_date and not _DATE_WORDS.sub("", line)
        bullet = _BULLET.match(line) is not None
        last = found[-1] if found else None
        opens = (
            last is None or blank or (has_date and not lone_date) or (bullet and not last.titled)
        )
        blank = False
        titled = is_titled(start, end)
        if opens or last is None:
            found.append(Entry(start, end, bullet or has_date, has_date, titled))
        else:
            last.end = end
            last.dated = last.dated or has_date
            last.titled = last.titled or titled
    for entry in found:
        entry.parts = list(_parts(reading, entry))
        # A paragraph of several sentences with verbs is a story, whatever years it names.
        told = PASSED.search(reading.flat, entry.start, entry.end)
        entry.listed = entry.listed and not (told and len(entry.parts) > 1 and entry.titled)
    return found


def _lines(words: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in words.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _parts(reading: Reading, entry: Entry) -> Iterator[tuple[int, int]]:
    """The sentences of an entry, and the parts of them that open with a time of their own."""
    for segment in reading.segments:
        start, end = max(segment.start, entry.start), min(segment.end, entry.end)
        if start >= end:
            continue
        cuts = [
            start + match.end()
            for match in re.finditer(
                r"(?:,| e| poi|\)) (?=(?:dal|nel|poi|infine|dopo) )", reading.flat[start:end]
            )
        ]
        bounds = [start, *cuts, end]
        yield from zip(bounds, bounds[1:], strict=False)


def speaks_of_work(reading: Reading, start: int, end: int) -> bool:
    """Whether a stretch stands among experiences or tells of work that was done."""
    number = segment_at(reading, start)
    if number is None or reading.segments[number].section is Section.EXPERIENCE:
        return True
    return PASSED.search(reading.flat, start, end) is not None
