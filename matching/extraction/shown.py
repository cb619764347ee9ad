"""A text with parts left out or written otherwise, and where each character stood."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import accumulate
from typing import Any, TypeVar

from matching.domain import Extraction, Facts

_Placed = TypeVar("_Placed")


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of a text and what stands there instead, by default nothing."""

    start: int
    end: int
    new: str = ""


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

    @property
    def left_out(self) -> Iterator[tuple[int, int]]:
        """The stretches of the whole that are not shown, in order."""
        ends = [*self.starts[1:], len(self.text)]
        done = 0
        for start, end, place in zip(self.starts, ends, self.places, strict=True):
            if place > done:
                yield done, place
            done = max(done, place + end - start)
        if done < len(self.whole):
            yield done, len(self.whole)

    def then(self, other: "Shown") -> "Shown":
        """What is left of what is left."""
        starts = sorted({*other.starts, *self._starts_in(other)})
        places = [self.place(other.place(start)) for start in starts]
        return Shown(self.whole, other.text, starts, places)

    def _starts_in(self, other: "Shown") -> Iterator[int]:
        """Where the parts of this text begin in what is left of it."""
        ends = [*other.starts[1:], len(other.text)]
        for start, end, place in zip(other.starts, ends, other.places, strict=True):
            first = bisect_right(self.starts, place)
            last = bisect_right(self.starts, place + end - start)
            yield from (start + here - place for here in self.starts[first:last])

    def moved(self, found: Extraction) -> Extraction:
        """What was found, with its places and evidence in the whole text."""
        if self.text == self.whole:
            return found
        facts = {one.name: self._moved(getattr(found.facts, one.name)) for one in fields(Facts)}
        return replace(
            found,
            skills=self._moved(found.skills),
            occupations=self._moved(found.occupations),
            facts=replace(found.facts, **facts),
        )

    def _moved(self, item: _Placed) -> _Placed:
        value: Any = item
        if isinstance(value, tuple):
            return tuple(map(self._moved, value))  # type: ignore[return-value]
        if not hasattr(value, "evidence") or not 0 <= value.start < value.end:
            return item
        start, end = self.place(value.start), self.place(value.end - 1) + 1
        moved: _Placed = replace(value, start=start, end=end, evidence=self.whole[start:end])
        return moved


def shown(whole: str, edits: Sequence[Edit]) -> Shown:
    """A text after edits, which are in order and apart.

    >>> shown("Anna Rossi, nubile, cuoca", [Edit(10, 18)]).text
    'Anna Rossi, cuoca'
    """
    texts: list[str] = []
    places: list[int] = []
    done = 0
    for edit in edits:
        texts += [whole[done : edit.start], edit.new]
        places += [done, edit.start]
        done = edit.end
    texts.append(whole[done:])
    places.append(done)
    starts = list(accumulate(map(len, texts[:-1]), initial=0))
    # Of parts that begin at one place the last is the one with characters.
    return Shown(whole, "".join(texts), starts, places)
