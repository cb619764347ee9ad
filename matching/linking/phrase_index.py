"""Labels by the roots of their words: which could be meant by words that are no label."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from matching.linking.roots import root

Keys = tuple[str, ...]

_YEAR = re.compile(r"(?:19|20)\d\d")
_RARE = 0.3
# Less than this share of a label, by the rarity of its words, does not name it.
_LEAST_ASKED = 0.45


@dataclass(frozen=True, slots=True)
class Proposal:
    """A concept that some words could mean, by its label that they cover best.

    ``found`` is the summed rarity of the label's words that are there, ``asked`` their share.
    """

    owner: int
    phrase: int
    found: float
    asked: float

    @property
    def strength(self) -> float:
        """How telling the words are: the share that is there, and how rare its words are."""
        return self.asked * math.sqrt(self.found)


@dataclass(frozen=True, eq=False)
class PhraseIndex:
    """Phrases as keys and roots, grouped by concept; ``owners`` names the concept of each.

    ``labels`` says which phrases are labels and which only other ways to say the concept.
    """

    uris: tuple[str, ...]
    phrases: tuple[Keys, ...]
    owners: npt.NDArray[np.int64]
    labels: npt.NDArray[np.bool_]

    @classmethod
    def of(
        cls, labels: Iterable[tuple[str, Keys]], others: Iterable[tuple[str, Keys]] = ()
    ) -> "PhraseIndex":
        """Index phrases, given as the concept's URI and the keys of the phrase's words.

        What is said in the same words as a label of the concept is the label; ``others`` of
        concepts without a label are left out.
        """
        by_uri: dict[str, dict[Keys, bool]] = {}
        for uri, keys in labels:
            if timeless := _timeless(keys):
                by_uri.setdefault(uri, {})[timeless] = True
        for uri, keys in others:
            if (timeless := _timeless(keys)) and uri in by_uri:
                by_uri[uri].setdefault(timeless, False)
        uris = tuple(sorted(by_uri))
        rows = [
            (number, keys, is_label)
            for number, uri in enumerate(uris)
            for keys, is_label in by_uri[uri].items()
        ]
        return cls(
            uris,
            tuple(keys for _, keys, _ in rows),
            np.array([number for number, _, _ in rows], np.int64),
            np.array([is_label for _, _, is_label in rows], bool),
        )

    @cached_property
    def roots(self) -> tuple[Keys, ...]:
        """The roots of each label."""
        return tuple(tuple(root(key) for key in keys) for keys in self.phrases)

    @cached_property
    def _rarity(self) -> dict[str, float]:
        concepts: dict[int, set[str]] = {}
        for owner, roots in zip(self.owners.tolist(), self.roots, strict=True):
            concepts.setdefault(owner, set()).update(roots)
        counted = Counter(word for words in concepts.values() for word in words)
        size = len(self.uris) + 1
        return {word: math.log(size / (n + 1)) + _RARE for word, n in counted.items()}

    @cached_property
    def rarest(self) -> float:
        """The rarity of a word that no label has."""
        return math.log(len(self.uris) + 1) + _RARE

    def rarity(self, word: str) -> float:
        """Inverse document frequency of a root over the concepts."""
        return self._rarity.get(word, self.rarest)

    @cached_property
    def mass(self) -> npt.NDArray[np.float64]:
        """The summed rarity of each label's roots."""
        return np.array([sum(self._rarity[w] for w in set(roots)) for roots in self.roots])

    @cached_property
    def _postings(self) -> dict[str, npt.NDArray[np.int64]]:
        lists: dict[str, list[int]] = {}
        for number, roots in enumerate(self.roots):
            for word in set(roots):
                lists.setdefault(word, []).append(number)
        return {word: np.array(numbers, np.int64) for word, numbers in lists.items()}

    @cached_property
    def forms(self) -> npt.NDArray[np.int64]:
        """How many different roots the labels of each concept have."""
        found = np.zeros(len(self.uris), np.int64)
        concepts: dict[int, set[str]] = {}
        for owner, roots in zip(self.owners.tolist(), self.roots, strict=True):
            concepts.setdefault(owner, set()).update(roots)
        for owner, words in concepts.items():
            found[owner] = len(words)
        return found

    def proposals(self, roots: Sequence[str]) -> list[Proposal]:
        """Concepts that words could mean, the most telling first; one label for each."""
        met = [word for word in dict.fromkeys(roots) if word in self._postings]
        if not met:
            return []
        lists = [self._postings[word] for word in met]
        weights = np.repeat([self._rarity[word] for word in met], [len(row) for row in lists])
        places, inverse = np.unique(np.concatenate(lists), return_inverse=True)
        found = np.bincount(inverse, weights=weights)
        asked = found / self.mass[places]
        enough = asked >= _LEAST_ASKED
        places, found, asked = places[enough], found[enough], asked[enough]
        owners, strength = self.owners[places], asked * np.sqrt(found)
        # Of a concept's phrases the most telling one, of equals the first.
        order = np.lexsort((places, -strength, owners))
        opens = np.ones(len(order), bool)
        opens[1:] = owners[order[1:]] != owners[order[:-1]]
        best = order[opens]
        best = best[np.lexsort((owners[best], -strength[best]))]
        columns = (one[best].tolist() for one in (owners, places, found, asked))
        return [Proposal(*row) for row in zip(*columns, strict=True)]


def _timeless(keys: Keys) -> Keys:
    """Leave years out (*ISO 9001:2015*): the dates of a CV must not propose anything."""
    return tuple(key for key in keys if not _YEAR.fullmatch(key))
