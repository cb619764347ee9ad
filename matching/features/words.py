"""How much of the work a vacancy speaks of a CV speaks of too: trade words, through the taxonomy.

Labels of skills and occupations are written in other words than people use, and people in other
words than advertisers. A vacancy is a vector of its trade words; the words of the labels of the
concepts found in it are added at half weight, those of what the trade may also need at less. A CV
holds its own trade words in full and those of its concepts' labels by half, so that *muletto* in
one and *carrelli elevatori* in the other meet. What else a CV speaks of takes nothing away: a
second trade never lowers the share (a cosine would).
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from scipy import sparse

from matching.domain import Profile, TradeWord, Vacancy
from matching.features.tables import Array, Numbers, Rows, matrix, product
from matching.taxonomy import Taxonomy

# Chosen on data/gold/relevance-dev (experiments/2026-11-relevance says what else was tried).
_NAMED = 0.5
_MAY_NEED = 0.3


@dataclass(frozen=True, slots=True)
class WordSpace:
    """Trade words numbered, how much each tells concepts apart, and the numbers of a concept's."""

    numbers: Mapping[str, int]
    weights: Array
    of_concept: Mapping[str, tuple[int, ...]]


def word_space(concept_words: Mapping[str, Iterable[str]]) -> WordSpace:
    """Number the words of the labels of concepts.

    A word's weight is ``log((N + 1) / (df + 1))`` over N concepts of which df have it in a label.
    """
    words_of = {uri: tuple(sorted(words)) for uri, words in sorted(concept_words.items())}
    frequency = Counter(word for words in words_of.values() for word in words)
    numbers = {word: number for number, word in enumerate(sorted(frequency))}
    size = len(words_of)
    weights = [math.log((size + 1) / (frequency[word] + 1)) for word in numbers]
    of_concept = {uri: tuple(numbers[word] for word in words) for uri, words in words_of.items()}
    return WordSpace(numbers, np.array(weights, dtype=float), of_concept)


@dataclass(frozen=True, slots=True, eq=False)
class PersonWords(Rows):
    """Persons by row: what a CV holds of each trade word (1, 1/2 or 0)."""

    held: sparse.csr_array


@dataclass(frozen=True, slots=True, eq=False)
class AskedWords(Rows):
    """Vacancies by row: the share of each trade word in what a vacancy speaks of.

    With ``v`` the vacancy's vector the share is ``v**2 / sum(v**2)``: telling words count more
    than in proportion. ``any`` says whether there is a word at all.
    """

    shares: sparse.csr_array
    any: Array


def person_words(profiles: Sequence[Profile], space: WordSpace) -> PersonWords:
    """Trade words of persons."""
    return PersonWords(matrix([_held(profile, space) for profile in profiles], len(space.numbers)))


def asked_words(vacancies: Sequence[Vacancy], taxonomy: Taxonomy, space: WordSpace) -> AskedWords:
    """Trade words of vacancies."""
    vectors = [_asked(vacancy, taxonomy, space) for vacancy in vacancies]
    squares = [{number: value**2 for number, value in one.items()} for one in vectors]
    # Exact, as the words of what a trade may need come in no order of their own.
    totals = [math.fsum(one.values()) for one in squares]
    shares = [
        {number: value / total for number, value in one.items()} if total else {}
        for one, total in zip(squares, totals, strict=True)
    ]
    return AskedWords(
        matrix(shares, len(space.numbers)),
        np.array([float(total > 0) for total in totals], dtype=float),
    )


def word_features(
    asked: AskedWords,
    persons: PersonWords,
    rows: Numbers | None = None,
    shares: Array | None = None,
) -> dict[str, Array]:
    """Share of a vacancy's trade words that a person's CV holds, of all or of some ``rows``.

    ``shares`` are the same where they are known already, as sums of ``held`` times what is asked.

    Returns
    -------
    dict
        Arrays of shape (vacancies, persons): ``skills_words`` in [0, 1], NaN where the vacancy
        has no trade word, and ``asked_words``, 1 where it has any.
    """
    found = product(asked.shares, persons.held, rows) if shares is None else shares
    share = found.clip(0.0, 1.0)
    any_asked = asked.any.reshape(-1, 1)
    return {
        "skills_words": np.where(any_asked > 0, share, np.nan),
        "asked_words": np.broadcast_to(any_asked, share.shape),
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
        shared, key=lambda pair: (-float(space.weights[space.numbers[pair[0].key]]), pair[0].key)
    )


def _asked(vacancy: Vacancy, taxonomy: Taxonomy, space: WordSpace) -> dict[int, float]:
    named = [s.uri for s in vacancy.skills] + [o.uri for o in vacancy.occupations]
    may_need = {u for o in vacancy.occupations for u in taxonomy.concepts[o.uri].optional}
    vector: dict[int, float] = {}
    # What is named counts for more than what may be needed, and so comes last.
    for share, uris in ((_MAY_NEED, may_need), (_NAMED, named)):
        numbers = list(set(_numbers_of(uris, space)))
        vector.update(zip(numbers, (share * space.weights[numbers]).tolist(), strict=True))
    for word in vacancy.words:
        own = space.numbers.get(word.key)
        if own is not None:
            vector[own] = (1.0 + math.log(word.count)) * float(space.weights[own])
    return vector


def _held(profile: Profile, space: WordSpace) -> dict[int, float]:
    named = [s.uri for s in profile.skills] + [o.uri for o in profile.occupations]
    held = dict.fromkeys(_numbers_of(named, space), _NAMED)
    for word in profile.words:
        number = space.numbers.get(word.key)
        if number is not None:
            held[number] = 1.0
    return held


def _numbers_of(uris: Iterable[str], space: WordSpace) -> Iterator[int]:
    return chain.from_iterable(space.of_concept.get(uri, ()) for uri in uris)
