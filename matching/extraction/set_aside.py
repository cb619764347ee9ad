"""A CV without the lines and items about who its writer is: nothing may be judged by them.

They are taken out before anything is read, with the line or comma that they stood on, so that a
CV reads the same to the last decimal whether they are there or not. What is found is then moved
to where it stands in the whole text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import accumulate
from typing import Any, TypeVar

from matching.domain import DocumentKind, Extraction, Facts
from matching.extraction.private_lines import after_years, carries_on, is_private, is_reason
from matching.normalisation import plain

_LINE = re.compile(r"[^\n]+")
# A full stop after a letter or two ends an abbreviation.
_BETWEEN = re.compile(
    r"\s*[,;|·•]\s*|\s+[–—-]+\s+|(?:(?<=[^\W\d_]{3})|(?<=\d\d)|(?<=\)))\.\s+|\s*\t\s*|\s{3,}"
)
_EDGE = " \t.:;,*•·–—-"
_BRACKETED = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_FIRST = re.compile(r"[\s*•·–—>-]*")
_LONGEST_LINE = 2_000
_Placed = TypeVar("_Placed")

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is left of a text, and where each of its parts stands in the whole."""

    whole: str
    text: str
    starts: Sequence[int]  # of the parts, in what is left
    places: Sequence[int]  # of the same parts, in the whole

    def place(self, here: int) -> int:
        """Where a character of what is left stands in the whole text."""
        part = bisect_right(self.starts, here) - 1
        return self.places[part] + here - self.starts[part]

    def moved(self, found: Extraction) -> Extraction:
        """What was found, with its places and evidence in the whole text."""
        if self.text == self.whole:
            return found
        return replace(
            found,
            skills=self._moved(found.skills),
            occupations=self._moved(found.occupations),
            facts=replace(
                found.facts,
                **{one.name: self._moved(getattr(found.facts, one.name)) for one in fields(Facts)},
            ),
        )

    def _moved(self, item: _Placed) -> _Placed:
        value: Any = item
        if isinstance(value, tuple):
            return tuple(map(self._moved, value))  # type: ignore[return-value]
        if not hasattr(value, "evidence") or value.start >= value.end:
            return item
        start, end = self.place(value.start), self.place(value.end - 1) + 1
        moved: _Placed = replace(value, start=start, end=end, evidence=self.whole[start:end])
        return moved


def without_private(text: str, kind: DocumentKind) -> Shown:
    """A CV without its private lines and items; a vacancy as it is.

    >>> without_private("Anna Rossi\\nnubile, 45 anni\\nCuoca", DocumentKind.CV).text
    'Anna Rossi\\nCuoca'
    """
    left_out = list(private_stretches(text)) if kind is DocumentKind.CV else []
    bounds = [0, *(place for stretch in left_out for place in stretch), len(text)]
    parts = [(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if a < b] or [(0, 0)]
    lengths = [b - a for a, b in parts]
    return Shown(
        whole=text,
        text="".join(text[a:b] for a, b in parts),
        starts=list(accumulate(lengths[:-1], initial=0)),
        places=[a for a, _ in parts],
    )


def private_stretches(text: str) -> Iterator[Stretch]:
    """The lines and items of a text that say who its writer is, in order, apart."""
    words = plain(text)
    for line in _LINE.finditer(words):
        start, end = line.span()
        # A line that ends with a colon is a header of what follows.
        if end - start > _LONGEST_LINE or line[0].rstrip().endswith(":"):
            continue
        items = _items(words, start, end)
        private = _private(words, items)
        if not items:
            continue
        if all(private) or _is_pause(words, start, end):
            # With the line break before it, or after it at the top of the text.
            yield (start - 1, end) if start else (0, min(end + 1, len(text)))
        elif any(private):
            yield from _cuts(words, items, private, start)


def _items(words: str, start: int, end: int) -> list[Stretch]:
    first = _FIRST.match(words, start, end)
    start = first.end() if first else start
    marks = [mark.span() for mark in _BETWEEN.finditer(words, start, end)]
    starts = [start, *(b for _, b in marks)]
    ends = [*(a for a, _ in marks), end]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if a < b]


def _private(words: str, items: Sequence[Stretch]) -> list[bool]:
    found: list[bool] = []
    for a, b in items:
        item = _bare(words[a:b])
        before = bool(found) and found[-1]
        found.append(is_private(item) or (before and (not item or carries_on(item))))
    return found


def _bare(item: str) -> str:
    item = item.strip(_EDGE)
    bracketed = _BRACKETED.fullmatch(item)
    return bracketed[1].strip(_EDGE) if bracketed else item


def _is_pause(words: str, start: int, end: int) -> bool:
    line = words[start:end]
    opening = after_years(line)
    items = [_bare(words[a:b]) for a, b in _items(words, start + opening, end)]
    return bool(items) and all(
        is_reason(item) or is_private(item) or (number > 0 and carries_on(item))
        for number, item in enumerate(items)
    )


def _cuts(
    words: str, items: Sequence[Stretch], private: Sequence[bool], start: int
) -> Iterator[Stretch]:
    """The private items of a line that also holds others, each run with one mark beside it."""
    number = 0
    while number < len(items):
        last = number
        while last < len(items) and private[last]:
            last += 1
        if last == number:
            number += 1
        elif last == len(items) or (number and words[items[number - 1][1]] != "."):
            yield items[number - 1][1], items[last - 1][1]
            number = last
        else:
            yield items[number][0], items[last][0]
            number = last
