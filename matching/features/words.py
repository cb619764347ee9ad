"""How much two texts speak of the same work: trade words, weighted, through the taxonomy.

Labels of skills and occupations are written in other words than people use, and people in other
words than advertisers. Each text is a vector of trade words; the words of the labels of the
concepts found in it are added at half weight, those of what the trade may also need at less, so
that *muletto* in one and *carrelli elevatori* in the other meet.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.domain import Profile, TradeWord, Vacancy
from matching.features.tables import Array
from matching.taxonomy import Taxonomy

# Chosen on data/gold/relevance-dev (experiments/2026-11-relevance says what else was tried).
_NAMED = 0.5
_MAY_NEED = 0.3


@dataclass(frozen=True, slots=True)
class WordSpace:
    """Trade words numbered, how much each tells concepts apart, and the words of each concept."""

    numbers: Mapping[str, int]
    weights: Array
    of_concept: Mapping[str, tuple[str, ...]]


def word_space(concept_words: Mapping[str, Iterable[str]]) -> WordSpace:
    """Number the words of the labels of concepts.

    A word's weight is ``log((N + 1) / (df + 1))`` over N concepts of which df have it in a label.
    """
    of_concept = {uri: tuple(sorted(words)) for uri, words in sorted(concept_words.items())}
    frequency = Counter(word for words in of_concept.values() for word in words)
    numbers = {word: number for number, word in enumerate(sorted(frequency))}
    size = len(of_concept)
    weights = [math.log((size + 1) / (frequency[word] + 1)) for word in numbers]
    return WordSpace(numbers, np.array(weights, dtype=float), of_concept)


def word_features(
    vacancies: Sequence[Vacancy],
    profiles: Sequence[Profile],
    taxonomy: Taxonomy,
    space: WordSpace,
) -> dict[str, Array]:
    """Cosine of the trade words of vacancy and person.

    Returns
    -------
    dict
        Arrays of shape (vacancies, persons): ``skills_words`` in [0, 1], NaN where a side has no
        trade word, and ``asked_words``, 1 where the vacancy has any.
    """
    asked = [
        _vector(
            vacancy.words,
            (
                (_NAMED, [s.uri for s in vacancy.skills] + [o.uri for o in vacancy.occupations]),
                (_MAY_NEED, _may_need(vacancy, taxonomy)),
            ),
            space,
        )
        for vacancy in vacancies
    ]
    held = [
        _vector(
            profile.words,
            ((_NAMED, [s.uri for s in profile.skills] + [o.uri for o in profile.occupations]),),
            space,
        )
        for profile in profiles
    ]
    rows, columns = _unit_rows(asked, space), _unit_rows(held, space)
    cosine = np.asarray((rows @ columns.T).todense(), dtype=float).clip(0.0, 1.0)
    any_asked = np.array([float(bool(vector)) for vector in asked]).reshape(-1, 1)
    any_held = np.array([float(bool(vector)) for vector in held]).reshape(1, -1)
    return {
        "skills_words": np.where(any_asked * any_held > 0, cosine, np.nan),
        "asked_words": np.broadcast_to(any_asked, cosine.shape),
    }


def shared_words(
    vacancy: Vacancy, profile: Profile, space: WordSpace
) -> list[tuple[TradeWord, TradeWord]]:
    """Trade words that both texts hold, (person's, vacancy's), the most telling first."""
    asked = {word.key: word for word in vacancy.words}
    shared = [
        (word, asked[word.key])
        for word in profile.words
        if word.key in asked and word.key in space.numbers
    ]
    return sorted(
        shared, key=lambda pair: (-space.weights[space.numbers[pair[0].key]], pair[0].key)
    )


def _may_need(vacancy: Vacancy, taxonomy: Taxonomy) -> list[str]:
    return sorted({u for o in vacancy.occupations for u in taxonomy.concepts[o.uri].optional})


def _vector(
    words: Iterable[TradeWord],
    concepts: Iterable[tuple[float, Iterable[str]]],
    space: WordSpace,
) -> dict[int, float]:
    vector: dict[int, float] = {}
    for share, uris in concepts:
        for uri in uris:
            for key in space.of_concept.get(uri, ()):
                number = space.numbers[key]
                vector[number] = max(vector.get(number, 0.0), share * space.weights[number])
    for word in words:
        own = space.numbers.get(word.key)
        if own is not None:
            value = (1.0 + math.log(word.count)) * space.weights[own]
            vector[own] = max(vector.get(own, 0.0), value)
    return {number: value for number, value in vector.items() if value > 0}


def _unit_rows(vectors: Sequence[Mapping[int, float]], space: WordSpace) -> sparse.csr_array:
    norms = [math.sqrt(sum(v * v for v in vector.values())) or 1.0 for vector in vectors]
    entries = [
        (row, number, value / norms[row])
        for row, vector in enumerate(vectors)
        for number, value in sorted(vector.items())
    ]
    rows = np.array([row for row, _, _ in entries], dtype=int)
    columns = np.array([number for _, number, _ in entries], dtype=int)
    values = np.array([value for _, _, value in entries], dtype=float)
    return sparse.csr_array((values, (rows, columns)), shape=(len(vectors), len(space.numbers)))
