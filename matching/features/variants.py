"""Features of people as they might be: only what a change moves is worked out anew.

A profile that another was made from shares with it whatever was left alone, as the same object.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np

from matching.domain import Facts, Profile
from matching.features.availability import availability_features, person_terms
from matching.features.catalog import COLUMNS
from matching.features.experience import experience_features, person_jobs
from matching.features.pairs import Asked, FeatureSpace
from matching.features.qualifications import person_studies, qualification_features
from matching.features.reach import person_reach, reach_features
from matching.features.skills import skill_features
from matching.features.tables import Array, Numbers, person_skills
from matching.features.words import person_words, word_features

_Features = Mapping[str, Array]
_NUMBERS = {name: number for number, name in enumerate(COLUMNS)}
_FACTS = tuple(field.name for field in fields(Facts))


@dataclass(frozen=True, slots=True)
class _Part:
    """Some columns, and the fields of a profile, or of its facts, that they are computed from."""

    reads: frozenset[str]
    features: Callable[[Asked, Sequence[Profile], FeatureSpace], _Features]


def varied(
    features: Array,
    people: Sequence[Profile],
    of: Sequence[int],
    variants: Sequence[Profile],
    *,
    asked: Asked,
    space: FeatureSpace,
) -> Array:
    """Features of variants of some people with one vacancy.

    Parameters
    ----------
    features
        Of the people as they are, shape (people, columns of the catalog).
    people
        Those people.
    of
        Of which of them each variant is one, by position.
    variants
        Profiles made from theirs.
    asked, space
        The vacancy, and what its features were computed in.

    Returns
    -------
    ndarray
        Shape (variants, columns): what :func:`matching.features.pair_features` would give.
    """
    found = features[np.asarray(of, dtype=np.int64)]
    moved = [_moved(people[row], variant) for row, variant in zip(of, variants, strict=True)]
    for part in _PARTS:
        rows = [row for row, names in enumerate(moved) if not part.reads.isdisjoint(names)]
        if rows:
            columns = part.features(asked, [variants[row] for row in rows], space)
            for name, values in columns.items():
                found[rows, _NUMBERS[name]] = values[0]
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """Where variants of one person differ from her: positions of variants and of vacancies.

    ``features`` are those of these pairs alone, shape (pairs, columns of the catalog).
    """

    variants: Numbers
    vacancies: Numbers
    features: Array


def spread(
    features: Array,
    person: Profile,
    variants: Sequence[Profile],
    *,
    asked: Asked,
    space: FeatureSpace,
) -> Spread:
    """Features of variants of one person with many vacancies, only where they differ from hers.

    Parameters
    ----------
    features
        Of the vacancies with the person as she is, shape (vacancies, columns of the catalog).
    person, variants
        The person, and profiles made from hers.
    asked, space
        The vacancies, and what their features were computed in.
    """
    moved = [_moved(person, variant) for variant in variants]
    differs = np.zeros((len(variants), len(asked)), dtype=bool)
    found: list[tuple[int, Numbers, Array]] = []
    for part in _PARTS:
        rows = [row for row, names in enumerate(moved) if not part.reads.isdisjoint(names)]
        if not rows:
            continue
        at = np.array(rows, dtype=np.int64)
        for name, values in part.features(asked, [variants[row] for row in rows], space).items():
            number = _NUMBERS[name]
            now = values.T
            before = features[:, number]
            other = (now != before) & ~(np.isnan(now) & np.isnan(before))
            if other.any():
                differs[at] |= other
                found.append((number, at, now))
    pairs = np.nonzero(differs)
    place = np.full(len(variants), -1, dtype=np.int64)
    made = features[pairs[1]]
    for number, at, now in found:
        place[:] = -1
        place[at] = np.arange(len(at))
        here = place[pairs[0]]
        known = here >= 0
        made[known, number] = now[here[known], pairs[1][known]]
    return Spread(pairs[0], pairs[1], made)


def _moved(person: Profile, variant: Profile) -> list[str]:
    """The fields in which a variant is not the very object that the person has."""
    names = [name for name in _OF_PROFILE if getattr(person, name) is not getattr(variant, name)]
    given, other = person.facts, variant.facts
    if given is not other:
        names += [name for name in _FACTS if getattr(given, name) is not getattr(other, name)]
    return names


def _skills(asked: Asked, profiles: Sequence[Profile], space: FeatureSpace) -> _Features:
    return skill_features(asked.skills, person_skills(profiles, space.taxonomy, space.skills))


def _words(asked: Asked, profiles: Sequence[Profile], space: FeatureSpace) -> _Features:
    return word_features(asked.words, person_words(profiles, space.words))


def _jobs(asked: Asked, profiles: Sequence[Profile], space: FeatureSpace) -> _Features:
    return experience_features(asked.trade, person_jobs(profiles, space.occupations))


def _studies(asked: Asked, profiles: Sequence[Profile], space: FeatureSpace) -> _Features:
    return qualification_features(asked.studies, person_studies(_facts(profiles)))


def _reach(asked: Asked, profiles: Sequence[Profile], space: FeatureSpace) -> _Features:
    persons = person_reach(_facts(profiles), space.territory)
    return reach_features(asked.reach, persons, space.territory)


def _terms(asked: Asked, profiles: Sequence[Profile], space: FeatureSpace) -> _Features:
    return availability_features(asked.terms, person_terms(_facts(profiles)))


def _facts(profiles: Sequence[Profile]) -> list[Facts]:
    return [profile.facts for profile in profiles]


_OF_PROFILE = ("skills", "occupations", "aspirations", "words")
_PARTS = (
    _Part(frozenset({"skills", "occupations"}), _skills),
    _Part(frozenset({"skills", "occupations", "words"}), _words),
    _Part(frozenset({"occupations", "aspirations"}), _jobs),
    _Part(frozenset({"education_level", "languages"}), _studies),
    _Part(frozenset({"licences", "own_vehicle", "comune"}), _reach),
    _Part(
        frozenset({"hours", "weekly_hours", "shifts", "shifts_refused", "contracts", "start"}),
        _terms,
    ),
)
