"""All features of all pairs, as one frame."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.domain import Profile, Vacancy
from matching.errors import FeatureError
from matching.features.availability import Terms, asked_terms, availability_features, person_terms
from matching.features.catalog import COLUMN_LABELS, COLUMNS
from matching.features.experience import (
    AskedTrade,
    OccupationSpace,
    PersonJobs,
    asked_trade,
    experience_features,
    occupation_space,
    person_jobs,
)
from matching.features.qualifications import (
    AskedStudies,
    PersonStudies,
    asked_studies,
    person_studies,
    qualification_features,
)
from matching.features.reach import (
    AskedReach,
    PersonReach,
    asked_reach,
    person_reach,
    reach_features,
)
from matching.features.skills import skill_features
from matching.features.tables import (
    Array,
    AskedSkills,
    Numbers,
    PersonSkills,
    Rows,
    SkillSpace,
    asked_skills,
    person_skills,
    skill_space,
)
from matching.features.words import (
    AskedWords,
    PersonWords,
    WordSpace,
    asked_words,
    person_words,
    word_features,
    word_space,
)
from matching.taxonomy import Taxonomy
from matching.territory import Territory

_Table = TypeVar("_Table", bound=Rows)


@dataclass(frozen=True, slots=True)
class FeatureSpace:
    """What the features of every pair share; made once per taxonomy and territory."""

    taxonomy: Taxonomy
    territory: Territory
    skills: SkillSpace
    occupations: OccupationSpace
    words: WordSpace


def feature_space(
    taxonomy: Taxonomy, territory: Territory, concept_words: Mapping[str, Iterable[str]]
) -> FeatureSpace:
    """What every pair needs: skills and occupations numbered, and how alike they are.

    ``concept_words`` holds the trade words of each concept, in the extractor's normal form.
    """
    skills = skill_space(taxonomy)
    return FeatureSpace(
        taxonomy,
        territory,
        skills,
        occupation_space(taxonomy, skills),
        word_space(concept_words),
    )


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """A pool of persons, read once for every vacancy that will be compared with it.

    ``judged`` says of whom there is a job or a skill of some trade to go by.
    """

    ids: tuple[str, ...]
    judged: npt.NDArray[np.bool_]
    skills: PersonSkills
    words: PersonWords
    jobs: PersonJobs
    studies: PersonStudies
    reach: PersonReach
    terms: Terms

    def __len__(self) -> int:
        """Count the persons."""
        return len(self.ids)

    def take(self, rows: Numbers) -> "People":
        """Some of the persons, in the given order."""
        return People(
            ids=tuple(map(self.ids.__getitem__, rows.tolist())),
            judged=self.judged[rows],
            skills=self.skills.take(rows),
            words=self.words.take(rows),
            jobs=self.jobs.take(rows),
            studies=self.studies.take(rows),
            reach=self.reach.take(rows),
            terms=self.terms.take(rows),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Vacancies, read once for every pool that they will be compared with."""

    ids: tuple[str, ...]
    judged: npt.NDArray[np.bool_]
    skills: AskedSkills
    words: AskedWords
    trade: AskedTrade
    studies: AskedStudies
    reach: AskedReach
    terms: Terms

    def __len__(self) -> int:
        """Count the vacancies."""
        return len(self.ids)


def people_of(profiles: Sequence[Profile], space: FeatureSpace) -> People:
    """Read a pool once: its cost is a walk over the profiles, that of comparing arithmetic."""
    facts = [profile.facts for profile in profiles]
    return People(
        ids=tuple(profile.id for profile in profiles),
        judged=np.array([judged(profile, space) for profile in profiles], dtype=bool),
        skills=person_skills(profiles, space.taxonomy, space.skills),
        words=person_words(profiles, space.words),
        jobs=person_jobs(profiles, space.occupations),
        studies=person_studies(facts),
        reach=person_reach(facts, space.territory),
        terms=person_terms(facts),
    )


def asked_of(vacancies: Sequence[Vacancy], space: FeatureSpace) -> Asked:
    """Read vacancies once."""
    facts = [vacancy.facts for vacancy in vacancies]
    return Asked(
        ids=tuple(vacancy.id for vacancy in vacancies),
        judged=np.array([judged(vacancy, space) for vacancy in vacancies], dtype=bool),
        skills=asked_skills(vacancies, space.taxonomy, space.skills),
        words=asked_words(vacancies, space.taxonomy, space.words),
        trade=asked_trade(vacancies, space.occupations),
        studies=asked_studies(facts),
        reach=asked_reach(facts, space.territory),
        terms=asked_terms(facts),
    )


def compare(
    asked: Asked,
    people: People,
    space: FeatureSpace,
    *,
    rows: Numbers | None = None,
    shares: Array | None = None,
) -> Array:
    """Features of every vacancy with every person.

    Parameters
    ----------
    asked, people, space
        Vacancies, persons, and what both were read in.
    rows
        Of the persons those who are wanted, in their order; all without.
    shares
        What each of them holds of the trade words of each vacancy, where that is known already,
        shape (vacancies, persons).

    Returns
    -------
    ndarray
        Shape (vacancies, persons, columns of the catalog), in the order of each.
    """

    def some(table: _Table) -> _Table:
        return table if rows is None else table.take(rows)

    arrays = {
        **skill_features(asked.skills, people.skills, rows),
        **word_features(asked.words, people.words, rows, shares),
        **experience_features(asked.trade, some(people.jobs)),
        **qualification_features(asked.studies, some(people.studies)),
        **reach_features(asked.reach, some(people.reach), space.territory),
        **availability_features(asked.terms, some(people.terms)),
    }
    if set(arrays) != set(COLUMNS):
        raise FeatureError(f"Not as declared in the catalog: {set(arrays) ^ set(COLUMNS)}.")
    # Column after column in memory: as they are made, and as a frame keeps them.
    size = len(people) if rows is None else len(rows)
    found = np.empty((len(COLUMNS), len(asked), size))
    for number, name in enumerate(COLUMNS):
        found[number] = arrays[name]
    return np.moveaxis(found, 0, -1)


def pair_features(
    vacancies: Sequence[Vacancy], profiles: Sequence[Profile], space: FeatureSpace
) -> pd.DataFrame:
    """Features of every vacancy with every person.

    Returns
    -------
    pandas.DataFrame
        One row per pair, vacancies slowest, index (``vacancy_id``, ``person_id``); the columns
        of the catalog in its order, float64.
    """
    return feature_frame(asked_of(vacancies, space), people_of(profiles, space), space)


def feature_frame(asked: Asked, people: People, space: FeatureSpace) -> pd.DataFrame:
    """What :func:`compare` finds, as :func:`pair_features` gives it."""
    frame = unnamed_frame(asked, people, space)
    names = ["vacancy_id", "person_id"]
    return frame.set_axis(pd.MultiIndex.from_product([asked.ids, people.ids], names=names))


def unnamed_frame(
    asked: Asked,
    people: People,
    space: FeatureSpace,
    *,
    rows: Numbers | None = None,
    shares: Array | None = None,
) -> pd.DataFrame:
    """The same, pairs having their position alone: to name them takes longer than to compare.

    ``rows`` and ``shares`` are those of :func:`compare`.
    """
    found = compare(asked, people, space, rows=rows, shares=shares).reshape(-1, len(COLUMNS))
    return pd.DataFrame(found, columns=COLUMN_LABELS)


def judged(party: Profile | Vacancy, space: FeatureSpace) -> bool:
    """Whether there is a job or a skill of some trade to go by; else a pair says nothing."""
    counted = space.skills.numbers
    return bool(party.occupations) or any(skill.uri in counted for skill in party.skills)
