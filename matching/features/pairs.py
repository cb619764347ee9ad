"""All features of all pairs, as one frame."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from matching.domain import Profile, Vacancy
from matching.errors import FeatureError
from matching.features.availability import availability_features
from matching.features.catalog import COLUMNS
from matching.features.experience import OccupationSpace, experience_features, occupation_space
from matching.features.qualifications import qualification_features
from matching.features.reach import reach_features
from matching.features.skills import skill_features
from matching.features.tables import SkillSpace, person_tables, skill_space, vacancy_tables
from matching.features.words import WordSpace, word_features, word_space
from matching.taxonomy import Taxonomy
from matching.territory import Territory


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
    asked = vacancy_tables(vacancies, space.skills)
    people = person_tables(profiles, space.taxonomy, space.skills)
    arrays = {
        **skill_features(asked, people, space.skills),
        **word_features(vacancies, profiles, space.taxonomy, space.words),
        **experience_features(asked, people, space.occupations),
        **qualification_features(asked, people),
        **reach_features(asked, people, space.territory),
        **availability_features(asked, people),
    }
    if set(arrays) != set(COLUMNS):
        raise FeatureError(f"Not as declared in the catalog: {set(arrays) ^ set(COLUMNS)}.")
    index = pd.MultiIndex.from_product([asked.ids, people.ids], names=["vacancy_id", "person_id"])
    columns = {name: np.asarray(arrays[name], dtype=float).reshape(-1) for name in COLUMNS}
    return pd.DataFrame(columns, index=index)


def judged(party: Profile | Vacancy, space: FeatureSpace) -> bool:
    """Whether there is a job or a skill of some trade to go by; else a pair says nothing."""
    counted = space.skills.numbers
    return bool(party.occupations) or any(skill.uri in counted for skill in party.skills)
