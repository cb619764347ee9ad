"""Two ways from an outline to the phrases in it: with what Python has, and with compiled loops.

Both number the words of a text (0 for a word without a key, then the keys of the vocabulary, then
one number for all other words and one for a bar) and find the leftmost-longest phrases of numbers.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from matching.extraction.kernels import MISSING, Codes, Ints, Kernels
from matching.extraction.phrases import BREAK, Phrases
from matching.normalisation import Normaliser
from matching.normalisation.outline import BAR, places_of, words_of

_MOST_WORDS = 200_000
_TABLE = 1 << 19  # slots for them


class Reading(NamedTuple):
    """The numbers of a text's words and bars, and what was found among them.

    ``hits`` has rows of phrase, first and last word (inclusive), ``rows`` for each of them the
    phrase, the first concept that claims it, start, end, line and part.
    """

    words: Ints
    hits: Ints
    rows: Ints


class Lookup(Protocol):
    """What a matcher needs of either way."""

    def read(self, text: str, outlined: str) -> Reading:
        """Find all phrases in a text of which the outline is given."""


@dataclass(frozen=True)
class PlainLookup:
    """Dictionaries and the automaton."""

    normaliser: Normaliser
    phrases: Phrases

    def read(self, text: str, outlined: str) -> Reading:
        """Find all phrases in a text of which the outline is given."""
        words = words_of(outlined)
        numbers = np.fromiter(map(self._numbers.__getitem__, words), np.int32, len(words))
        kept = np.flatnonzero(numbers)
        line = self._characters.take(numbers[kept]).tobytes().decode("utf-32-le")
        found = self.phrases.automaton.find_matches_as_indexes(line)
        hits = np.array(found, np.int32).reshape(-1, 3)
        hits[:, 1] = kept[hits[:, 1]]
        hits[:, 2] = kept[hits[:, 2] - 1]
        places = places_of(outlined)
        starts = places[hits[:, 1]]
        rows = np.empty((len(hits), 6), np.int32)
        rows[:, 0] = hits[:, 0]
        rows[:, 1] = self._owners[hits[:, 0]]
        rows[:, 2] = starts
        rows[:, 3] = places[hits[:, 2]] + [len(words[last]) for last in hits[:, 2].tolist()]
        rows[:, 4] = _marks(text, "\n").searchsorted(starts)
        rows[:, 5] = _marks(outlined, BAR).searchsorted(starts)
        return Reading(numbers, hits, rows)

    @cached_property
    def _numbers(self) -> "_Numbers":
        return _Numbers(self.normaliser, self.phrases)

    @cached_property
    def _owners(self) -> Ints:
        return owners_of(self.phrases)

    @cached_property
    def _characters(self) -> npt.NDArray[np.uint32]:
        return np.array([ord(one) for one in (*self.phrases.characters, BREAK)], np.uint32)


class CompiledLookup:
    """Loops over the characters, with an open table of words and one of moves."""

    def __init__(self, normaliser: Normaliser, phrases: Phrases, kernels: Kernels) -> None:
        self._normaliser = normaliser
        self._phrases = phrases
        self._kernels = kernels
        self._empty()
        moves = 1 << (len(phrases.words) * 2 + 1).bit_length()
        self._moves = np.zeros(moves, np.uint64)
        self._targets = np.zeros(moves, np.int32)
        self._ends = np.zeros(len(phrases.words) + 1, np.int32)
        self._step = bar_of(phrases) + 2
        self._owners = owners_of(phrases)
        kernels.make_trie(
            phrases.words, phrases.starts, self._moves, self._targets, self._ends, self._step
        )

    def read(self, text: str, outlined: str) -> Reading:
        """Find all phrases in a text of which the outline is given."""
        codes = _codes(outlined)
        words, starts, ends = np.empty((3, len(codes)), np.int32)
        bar = bar_of(self._phrases)
        count, missing = self._kernels.number_words(
            codes, self._hashes, self._numbers, bar, words, starts, ends
        )
        words = words[:count]
        if missing:
            self._learn(outlined, codes, words, starts, ends)
        hits = np.empty((count, 3), np.int32)
        found = self._kernels.search(
            words, count, self._moves, self._targets, self._ends, self._step, hits
        )
        hits = hits[:found]
        rows = np.empty((found, 6), np.int32)
        self._kernels.describe(hits, words, starts, ends, self._owners, bar, _codes(text), rows)
        return Reading(words, hits, rows)

    def _learn(self, outlined: str, codes: Codes, words: Ints, starts: Ints, ends: Ints) -> None:
        for place in np.flatnonzero(words == MISSING).tolist():
            start, end = int(starts[place]), int(ends[place])
            number = number_of(outlined[start:end], self._normaliser, self._phrases)
            words[place] = number
            # Starts anew when it is full, so that no stream of texts fills memory.
            if self._known >= _MOST_WORDS:
                self._empty()
            self._known += 1
            self._kernels.insert(self._hashes, self._numbers, codes[start:end], number)

    def _empty(self) -> None:
        self._hashes = np.zeros(_TABLE, np.uint64)
        self._numbers = np.zeros(_TABLE, np.int32)
        self._known = 0


class _Numbers(dict[str, int]):
    """Numbers of words as written. It starts anew when it is full."""

    def __init__(self, normaliser: Normaliser, phrases: Phrases) -> None:
        super().__init__()
        self._normaliser = normaliser
        self._phrases = phrases

    def __missing__(self, word: str) -> int:
        number = number_of(word, self._normaliser, self._phrases)
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[word] = number
        return number


def number_of(word: str, normaliser: Normaliser, phrases: Phrases) -> int:
    """The number of a word of an outline."""
    key = normaliser.keys[word]
    if key == BAR:
        return bar_of(phrases)
    return phrases.numbers.get(key, len(phrases.vocabulary) + 1) if key else 0


def bar_of(phrases: Phrases) -> int:
    """The number of a bar."""
    return len(phrases.vocabulary) + 2


def owners_of(phrases: Phrases) -> Ints:
    """The first concept that claims each phrase."""
    return phrases.claim_uris[phrases.claim_starts[:-1]].astype(np.int32)


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _marks(text: str, mark: str) -> npt.NDArray[np.intp]:
    if text.isascii():
        return np.flatnonzero(np.frombuffer(text.encode(), np.uint8) == ord(mark))
    return np.flatnonzero(_codes(text) == ord(mark))
