"""How far a phrase covers another, word by word, when the words need not be the same ones.

A word meets its best partner in the other phrase: the same word, one of the same letters
(*rilegatura*, *rilegatrice*), or one that stands for it in other labels (*conducente*,
*autista*). Rare words weigh more than common ones. Two numbers come out for each indexed phrase:
how much of the asked phrase it answers, and how much of it was asked.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.errors import DataError
from matching.linking.paraphrases import Codes, learn_paraphrases
from matching.linking.spaces import Array, TextSpace

Keys = tuple[str, ...]

# A word as near as this to the nearest known word passes its paraphrases on.
_NEAR, _LEAST_NEAR = 0.8, 0.2
_WORDS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Partner:
    """A word that was asked, the word of the phrase that answers it, and how well, 0 to 1."""

    asked: str
    answered: str
    similarity: float


@dataclass(frozen=True, eq=False)
class SoftIndex:
    """Phrases to be compared with others word by word.

    ``words`` are all words of the phrases with their inverse document frequency, ``tokens`` the
    numbers of the words of all phrases one after another with ``token_weights``, ``starts`` where
    each phrase begins, ``phrase_weights`` what its words weigh together, ``letters`` the words as
    letters, ``paraphrases`` the chance that one word stands for another. The number after the
    last word, of weight 0, is a place without a word.
    """

    words: Mapping[str, float]
    tokens: npt.NDArray[np.int32]
    token_weights: Array
    starts: npt.NDArray[np.int64]
    phrase_weights: Array
    letters: TextSpace
    paraphrases: sparse.csr_matrix
    letter_power: float
    paraphrase_weight: float
    phrases: int

    @classmethod
    def of(
        cls,
        phrases: Sequence[Keys],
        concepts: Sequence[int] | Codes,
        *,
        letter_power: float = 1.5,
        paraphrase_weight: float = 0.8,
    ) -> "SoftIndex":
        """Index phrases, learning from those of one concept which words stand for which.

        Parameters
        ----------
        phrases
            Word keys of each phrase; may be empty, and is then covered by nothing.
        concepts
            The concept of each phrase.
        letter_power
            What the cosine of two words' letters is raised to: above 1, words must be more alike.
        paraphrase_weight
            What a certain paraphrase is worth beside the same word; 0 leaves paraphrases out.

        Raises
        ------
        DataError
            When there is no word at all, or phrases and concepts are not of one length.
        """
        words = tuple(sorted({word for phrase in phrases for word in phrase}))
        if not words:
            raise DataError("No phrase has a word: there is nothing to index.")
        number = {word: place for place, word in enumerate(words)}
        coded = [[number[word] for word in phrase] for phrase in phrases]
        # An empty phrase holds the place without a word, so that every phrase has a part.
        filled = [codes or [len(words)] for codes in coded]
        ends = np.cumsum([0, *map(len, filled)])
        distinct = set(phrases)
        seen = Counter(word for phrase in distinct for word in set(phrase))
        weights = [_weight(seen[word], len(distinct)) for word in words]
        tokens = np.concatenate(filled).astype(np.int32)
        token_weights = np.array([*weights, 0.0], dtype=np.float32)[tokens]
        return cls(
            words=dict(zip(words, weights, strict=True)),
            tokens=tokens,
            token_weights=token_weights,
            starts=ends[:-1],
            phrase_weights=np.maximum(np.add.reduceat(token_weights, ends[:-1]), 1e-9),
            letters=TextSpace.of_letters(words, damped=True),
            paraphrases=learn_paraphrases(coded, concepts, words=len(words)),
            letter_power=letter_power,
            paraphrase_weight=paraphrase_weight,
            phrases=len(distinct),
        )

    def word_similarities(self, words: Sequence[str]) -> Array:
        """Similarity of each word (rows) to each indexed word and, last, to no word (0)."""
        near = self.letters.similarities(words) ** self.letter_power
        nearest = near.max(axis=1, keepdims=True)
        if self.paraphrase_weight > 0:
            kin = np.where((near >= _NEAR * nearest) & (near > _LEAST_NEAR), near, 0.0)
            kin = kin / np.maximum(kin.sum(axis=1, keepdims=True), 1e-9)
            chance = (sparse.csr_matrix(kin.astype(np.float32)) @ self.paraphrases).toarray()
            near = np.maximum(near, self.paraphrase_weight * nearest * np.sqrt(chance))
        return np.hstack([near, np.zeros((len(words), 1))]).astype(np.float32)

    def coverages(self, asked: Sequence[Keys]) -> Iterator[tuple[Array, Array]]:
        """For each asked phrase: how much of it each phrase answers, and of each phrase was asked.

        Both have one value in [0, 1] for every indexed phrase; all 0 for an asked phrase without
        words. Phrases are compared many at a time, so ask for all at once.
        """
        for start, stop in _batches(asked):
            words = sorted({word for phrase in asked[start:stop] for word in phrase})
            place = {word: row for row, word in enumerate(words)}
            similar = self.word_similarities(words) if words else np.zeros((0, 0), np.float32)
            for phrase in asked[start:stop]:
                yield self._coverage(phrase, similar[[place[word] for word in phrase]])

    def partners(self, asked: Keys, phrase: int) -> tuple[Partner, ...]:
        """Which word of an indexed phrase answers each asked word: the reason for a coverage."""
        end = self.starts[phrase + 1] if phrase + 1 < len(self.starts) else len(self.tokens)
        tokens = self.tokens[self.starts[phrase] : end]
        if not asked or tokens[0] == len(self.words):
            return ()
        similar = self.word_similarities(asked)[:, tokens]
        best = similar.argmax(axis=1)
        held = set(tokens.tolist())
        known = {place: word for place, word in enumerate(self.words) if place in held}
        return tuple(
            Partner(word, known[int(tokens[column])], round(float(similar[row, column]), 4))
            for row, (word, column) in enumerate(zip(asked, best, strict=True))
        )

    def weight(self, word: str) -> float:
        """How much a word counts: its inverse document frequency, most for one never seen."""
        return self.words.get(word) or _weight(0, self.phrases)

    def _coverage(self, phrase: Keys, similar: Array) -> tuple[Array, Array]:
        if not phrase:
            nothing = np.zeros(len(self.starts), dtype=np.float32)
            return nothing, nothing
        weights = np.array([self.weight(word) for word in phrase], dtype=np.float32)
        answered = np.zeros(len(self.starts), dtype=np.float32)
        for row, weight in zip(similar, weights, strict=True):
            answered += weight * np.maximum.reduceat(row[self.tokens], self.starts)
        partners = similar.max(axis=0)[self.tokens] * self.token_weights
        asked = np.add.reduceat(partners, self.starts) / self.phrase_weights
        return answered / weights.sum(), np.asarray(asked, dtype=np.float32)


def _weight(seen: int, phrases: int) -> float:
    return float(np.log((phrases + 1) / (seen + 1)) + 1.0)


def _batches(asked: Sequence[Keys]) -> Iterator[tuple[int, int]]:
    """Yield slices whose words together are few enough to be compared at once."""
    start, words = 0, set[str]()
    for place, phrase in enumerate(asked):
        if words and len(words | set(phrase)) > _WORDS_AT_ONCE:
            yield start, place
            start, words = place, set()
        words |= set(phrase)
    if start < len(asked):
        yield start, len(asked)
