"""Two ways from an outline to the phrases in it: with what Python has, and with compiled loops.

Both number the words of a text (0 for a word without a key, then the keys of the vocabulary, then
one number for all other words and one for a bar) and find the leftmost-longest phrases of numbers.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from matching.extraction.kernels import MISSING, Ints, Kernels
from matching.extraction.phrases import BREAK, Phrases
from matching.normalisation import Normaliser
from matching.normalisation.outline import BAR, places_of, words_of

_MOST_WORDS = 200_000
_TABLE = 1 << 19  # slots for them


class Words(NamedTuple):
    """The words and bars of an outline: their numbers, and where they stand."""

    numbers: Ints
    starts: Ints
    ends: Ints


class Lookup(Protocol):
    """What a matcher needs of either way."""

    def words(self, outlined: str) -> Words:
        """Number the words of an outline."""

    def hits(self, words: Words) -> Ints:
        """Rows of phrase, first and last word (inclusive)."""


@dataclass(frozen=True)
class PlainLookup:
    """Dictionaries and the automaton."""

    normaliser: Normaliser
    phrases: Phrases

    def words(self, outlined: str) -> Words:
        """Number the words of an outline."""
        words = words_of(outlined)
        starts = places_of(outlined).astype(np.int32)
        numbers = np.fromiter(map(self._numbers.__getitem__, words), np.int32, len(words))
        return Words(numbers, starts, starts + np.fromiter(map(len, words), np.int32, len(words)))

    def hits(self, words: Words) -> Ints:
        """Rows of phrase, first and last word (inclusive)."""
        kept = np.flatnonzero(words.numbers)
        line = self._characters.take(words.numbers[kept]).tobytes().decode("utf-32-le")
        found = self.phrases.automaton.find_matches_as_indexes(line)
        hits = np.array(found, np.int32).reshape(-1, 3)
        hits[:, 1] = kept[hits[:, 1]]
        hits[:, 2] = kept[hits[:, 2] - 1]
        return hits

    @cached_property
    def _numbers(self) -> "_Numbers":
        return _Numbers(self.normaliser, self.phrases)

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
        kernels.make_trie(
            phrases.words, phrases.starts, self._moves, self._targets, self._ends, self._step
        )

    def words(self, outlined: str) -> Words:
        """Number the words of an outline."""
        codes = np.frombuffer(outlined.encode("utf-32-le"), np.uint32)
        numbers, starts, ends = np.empty((3, len(codes)), np.int32)
        bar = bar_of(self._phrases)
        count, missing = self._kernels.number_words(
            codes, self._hashes, self._numbers, bar, numbers, starts, ends
        )
        found = Words(numbers[:count], starts[:count], ends[:count])
        if missing:
            self._learn(outlined, codes, found)
        return found

    def hits(self, words: Words) -> Ints:
        """Rows of phrase, first and last word (inclusive)."""
        hits = np.empty((len(words.numbers), 3), np.int32)
        found = self._kernels.search(
            words.numbers,
            len(words.numbers),
            self._moves,
            self._targets,
            self._ends,
            self._step,
            hits,
        )
        return hits[:found]

    def _learn(self, outlined: str, codes: npt.NDArray[np.uint32], words: Words) -> None:
        for place in np.flatnonzero(words.numbers == MISSING).tolist():
            start, end = int(words.starts[place]), int(words.ends[place])
            number = number_of(outlined[start:end], self._normaliser, self._phrases)
            words.numbers[place] = number
            # Starts anew when it is full, so that no stream of texts fills memory.
            if self._known >= _MOST_WORDS:
                self._empty()
            self._known += 1
            word = self._kernels.hash_word(codes[start:end])
            self._kernels.insert(self._hashes, self._numbers, word, number)

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
