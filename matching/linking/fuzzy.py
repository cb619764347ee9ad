"""The label that is written most like a phrase, found without comparing it with every other.

``rapidfuzz`` compares two phrases very fast, but comparing with all of them takes ten milliseconds.
Here only those are compared that share the phrase's rarest three-letter pieces, and more of them
where that finds nothing good. What is written most like the phrase is missed once in a hundred.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from matching.normalisation import plain

# Pieces are numbered in a small alphabet: everything but letters and digits is a blank.
_ALPHABET = " abcdefghijklmnopqrstuvwxyz0123456789"
_OTHER = len(_ALPHABET)
_SYMBOLS = _OTHER + 1
_PIECES = _SYMBOLS**3
CUTOFF = 80.0


@dataclass(frozen=True, slots=True)
class _Effort:
    """How many of the rarest pieces are looked up, in how many labels, and how many compared."""

    pieces: int
    listed: int
    compared: int


# Chosen on generated typing errors, see experiments/2026-11-matching-speed.
_QUICK = _Effort(pieces=10, listed=2_000, compared=40)
_THOROUGH = _Effort(pieces=16, listed=10_000, compared=100)
_FEWEST_PIECES = 4
_CONVINCING = 82.0
# A label that shares one piece more may differ so many letters more in length.
_LETTERS_PER_PIECE = 8.0


class Link(NamedTuple):
    """A label by its number, and how alike it is written, 0 to 100 (``rapidfuzz.fuzz.ratio``)."""

    label: int
    score: float


@dataclass(frozen=True)
class FuzzyIndex:
    """Labels by their three-letter pieces.

    ``texts`` are the labels, plain; the labels with piece *p* are
    ``labels[starts[p]:starts[p + 1]]``.
    """

    texts: Sequence[str]
    starts: npt.NDArray[np.uint32]
    labels: npt.NDArray[np.uint32]

    def link(self, phrase: str, *, limit: int = 1, cutoff: float = CUTOFF) -> list[Link]:
        """The labels written most like a phrase, the best first; of equals the first label.

        Parameters
        ----------
        phrase
            Words as they stand in a text, with whatever errors.
        limit
            How many at most.
        cutoff
            Labels less alike than this are none.
        """
        query = plain(phrase)
        found = self._compared(query, self._likely(query, _QUICK), limit, cutoff)
        if len(found) < limit or found[0].score < _CONVINCING:
            # Too many errors for the rarest pieces to have survived.
            found = self._compared(query, self._likely(query, _THOROUGH), limit, cutoff)
        return found

    def _likely(self, query: str, effort: _Effort) -> npt.NDArray[np.uint32]:
        """Labels that share most of the query's rarest pieces, as many as are worth comparing."""
        pieces = np.unique(_pieces(_symbols(query)))
        sizes = self.starts[pieces + 1] - self.starts[pieces]
        rarest = np.argsort(sizes)
        rarest = rarest[sizes[rarest] > 0][: effort.pieces]
        enough = int(np.cumsum(sizes[rarest]).searchsorted(effort.listed)) + 1
        chosen = pieces[rarest[: max(enough, _FEWEST_PIECES)]].tolist()
        if not chosen:
            return self.labels[:0]
        lists = [self.labels[self.starts[piece] : self.starts[piece + 1]] for piece in chosen]
        shared = np.sort(np.concatenate(lists))
        first = np.flatnonzero(np.concatenate(([True], shared[1:] != shared[:-1])))
        labels = shared[first]
        if len(labels) <= effort.compared:
            return labels
        merit = np.diff(np.append(first, len(shared))) - (
            np.abs(self._lengths[labels] - len(query)) / _LETTERS_PER_PIECE
        )
        return np.sort(labels[np.argpartition(-merit, effort.compared)[: effort.compared]])

    def _compared(
        self, query: str, likely: npt.NDArray[np.uint32], limit: int, cutoff: float
    ) -> list[Link]:
        numbers = likely.tolist()
        found = process.extract(
            query,
            [self.texts[number] for number in numbers],
            scorer=fuzz.ratio,
            score_cutoff=cutoff,
            limit=limit,
        )
        return [Link(numbers[place], score) for _, score, place in found]

    @cached_property
    def _lengths(self) -> npt.NDArray[np.int32]:
        return np.fromiter(map(len, self.texts), np.int32, len(self.texts))


def fuzzy_index(labels: Sequence[str]) -> FuzzyIndex:
    """Index labels; a hundred thousand take half a second."""
    texts = [plain(label) for label in labels]
    # A blank before and after, so that first and last letters make pieces too.
    symbols = _symbols("  ".join(texts))
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    pieces = _pieces(symbols)
    owners = np.repeat(np.arange(len(texts), dtype=np.uint32), lengths + 2)[: len(pieces)]
    order = np.argsort(pieces, kind="stable")
    counts = np.bincount(pieces, minlength=_PIECES)
    return FuzzyIndex(
        texts=texts,
        starts=np.concatenate(([0], np.cumsum(counts))).astype(np.uint32),
        labels=owners[order],
    )


def _symbols(text: str) -> npt.NDArray[np.uint16]:
    """Places in the alphabet of the characters of a plain text, a blank before and after."""
    codes = np.frombuffer(f" {text} ".encode("utf-32-le", "surrogatepass"), np.uint32)
    return _TABLE[np.minimum(codes, len(_TABLE) - 1)]


def _pieces(symbols: npt.NDArray[np.uint16]) -> npt.NDArray[np.uint16]:
    return (symbols[:-2] * _SYMBOLS + symbols[1:-1]) * _SYMBOLS + symbols[2:]


def _table() -> npt.NDArray[np.uint16]:
    table = np.full(256, _OTHER, np.uint16)
    for code in range(128):
        place = _ALPHABET.find(chr(code))
        table[code] = max(place, 0)
    return table


_TABLE = _table()
