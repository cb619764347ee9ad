"""The index of labels: what turns the words of a text into the concepts that they name.

It is built once for a taxonomy and then read from a file in milliseconds
(:func:`matching.extraction.building.load_or_build`).
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np

from matching.extraction.phrases import (
    BREAK,
    LONGEST_LOOSE,
    Claim,
    Phrase,
    Phrases,
    StoredClaims,
    StoredDerived,
    compiled,
)
from matching.extraction.spelling import Speller
from matching.normalisation import Normaliser, Token

__all__ = ["Claim", "Hit", "Index", "LabelIndex", "label_index"]

_MODULO = 1 << 64
_MOST_DECODED = 50_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: half-open range of token numbers, and who claims it."""

    first: int
    last: int
    phrase: Phrase


@dataclass(frozen=True)
class LabelIndex:
    """Phrases of one matcher kind (``skill`` or ``occupation``), searchable in a text's keys.

    ``derived`` phrases are no label as it stands but another way to say one; of them the order of
    words matters.
    """

    claims: Mapping[Phrase, tuple[Claim, ...]]
    derived: Set[Phrase] = field(default_factory=frozenset)

    @cached_property
    def phrases(self) -> Phrases:
        """The phrases as they are searched."""
        if isinstance(self.claims, StoredClaims):
            return self.claims.phrases
        return compiled(self.claims, self.derived)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every key that occurs in a label as it stands."""
        phrases = self.phrases
        starts = phrases.starts.astype(np.intp)
        written = np.unique(
            phrases.words[np.repeat(phrases.derived == 0, starts[1:] - starts[:-1])]
        )
        return frozenset(phrases.keys[number] for number in written.tolist())

    @property
    def unordered(self) -> Mapping[Phrase, Phrase]:
        """Phrases of two to four words by their sorted words, where the order is no matter.

        A set of words that two phrases share is left out: the order then carries the meaning.
        """
        found = map(self.phrases.phrase, self.phrases.loose.values())
        return {tuple(sorted(phrase)): phrase for phrase in found}

    def search(self, keys: Iterable[str], breaks: Iterable[bool]) -> list[Hit]:
        """Leftmost-longest phrases in a sequence of keys; none runs across a break."""
        coded = self.phrases.coded(keys)
        find = self.phrases.automaton.find_matches_as_indexes
        stops = [number for number, stop in enumerate(breaks) if stop and number]
        if not stops:
            return [Hit(first, last, self._phrase(number)) for number, first, last in find(coded)]
        # A break is a character of its own, so what follows it stands further on.
        text = BREAK.join([coded[a:b] for a, b in pairwise([0, *stops, len(coded)])])
        shifts = [place + number for number, place in enumerate(stops)]
        hits: list[Hit] = []
        for number, first, last in find(text):
            shift = bisect_left(shifts, first)
            hits.append(Hit(first - shift, last - shift, self._phrase(number)))
        return hits

    def _phrase(self, number: int) -> Phrase:
        found = self._decoded.get(number)
        if found is None:
            if len(self._decoded) >= _MOST_DECODED:
                self._decoded.clear()
            found = self._decoded[number] = self.phrases.phrase(number)
        return found

    @cached_property
    def _decoded(self) -> dict[int, Phrase]:
        return {}

    def search_reordered(
        self,
        keys: Sequence[str],
        breaks: Sequence[bool],
        taken: Sequence[bool],
        apart: Collection[int] = frozenset(),
    ) -> list[Hit]:
        """Phrases of two to four words whose words stand together in another order.

        *merci carico e scarico* is such a phrase; *merci, carico e scarico* is none (a break).
        Words that are ``taken`` by a phrase already found are left alone. Two words alone must
        stand side by side: one of ``apart`` has a small word before it, and *gestione e
        controllo* is no *controllo di gestione*.
        """
        phrases = self.phrases
        loose, unknown = phrases.loose, len(phrases.vocabulary) + 1
        words = [phrases.numbers.get(key, unknown) for key in keys]
        sums = [0, *accumulate(phrases.mixes[words].tolist())] if words else [0]
        found: list[Hit] = []
        used = [one or word == unknown for one, word in zip(taken, words, strict=True)]
        for size in range(LONGEST_LOOSE, 1, -1):
            for first in range(len(words) - size + 1):
                last = first + size
                if used[first]:
                    continue
                number = loose.get((sums[last] - sums[first]) % _MODULO)
                if number is None:
                    continue
                if any(used[first:last]) or any(breaks[first + 1 : last]):
                    continue
                if size == 2 and first + 1 in apart:
                    continue
                window = tuple(keys[first:last])
                phrase = self._phrase(number)
                if phrase != window and sorted(phrase) == sorted(window):
                    found.append(Hit(first, last, phrase))
                    used[first:last] = [True] * size
        return found


@dataclass(frozen=True)
class Index:
    """Everything that matching needs: the normaliser and the phrases of both kinds.

    ``known`` holds the folds of Italian words, so that only words that are none of them are
    taken for misspellings.
    """

    normaliser: Normaliser
    skills: LabelIndex
    occupations: LabelIndex
    known: Collection[str]

    @cached_property
    def speller(self) -> Speller:
        """Corrects words towards the words of all labels."""
        return Speller(self.skills.words | self.occupations.words, self.known)

    def is_label_word(self, key: str) -> bool:
        """Whether a key occurs in any label."""
        return key in self.speller.vocabulary

    def tokens(self, text: str) -> list[Token]:
        """Tokens of a text in this index's normal form."""
        return self.normaliser.tokens(text)


def label_index(phrases: Phrases) -> LabelIndex:
    """An index of phrases that are laid out already."""
    return LabelIndex(StoredClaims(phrases), StoredDerived(phrases))
