"""Every feature column once: name, dimension, direction, question, label key.

A feature exists only through this catalog. Direction is the sign of its effect on fit, and the
monotone constraint of any learned model. NaN means not known, or not asked: the ``asked_``
columns tell the two apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from matching.domain import Dimension
from matching.errors import FeatureError


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a pair frame.

    ``asked_by`` names the context column that is 1 where the vacancy asks for this at all.
    ``question`` is the wording key of what to ask a person when the value is not known.
    """

    name: str
    dimension: Dimension
    direction: int
    label: str
    asked_by: str | None = None
    question: str | None = None


def _columns() -> tuple[Column, ...]:
    skills, experience, reach = Dimension.SKILLS, Dimension.EXPERIENCE, Dimension.REACH
    available = Dimension.AVAILABILITY
    return (
        Column(
            name="skills_essential",
            dimension=skills,
            direction=1,
            label="feature.skills_essential",
            asked_by="asked_skills_essential",
        ),
        Column(
            name="skills_optional",
            dimension=skills,
            direction=1,
            label="feature.skills_optional",
            asked_by="asked_skills_optional",
        ),
        Column(
            name="skills_trade",
            dimension=skills,
            direction=1,
            label="feature.skills_trade",
            asked_by="asked_skills_trade",
        ),
        Column(
            name="skills_related",
            dimension=skills,
            direction=1,
            label="feature.skills_related",
            asked_by="asked_skills_any",
        ),
        Column(
            name="skills_words",
            dimension=skills,
            direction=1,
            label="feature.skills_words",
            asked_by="asked_words",
        ),
        Column(
            name="experience_proximity",
            dimension=experience,
            direction=1,
            label="feature.experience_proximity",
            asked_by="asked_trade",
            question="ask.experience",
        ),
        Column(
            name="experience_months",
            dimension=experience,
            direction=1,
            label="feature.experience_months",
            asked_by="asked_trade",
            question="ask.experience_months",
        ),
        Column(
            name="experience_family",
            dimension=experience,
            direction=1,
            label="feature.experience_family",
            asked_by="asked_trade",
            question="ask.experience_months",
        ),
        Column(
            name="experience_required",
            dimension=experience,
            direction=1,
            label="feature.experience_required",
            asked_by="asked_experience",
            question="ask.experience_months",
        ),
        Column(
            name="education_level",
            dimension=Dimension.EDUCATION,
            direction=1,
            label="feature.education_level",
            asked_by="asked_education",
            question="ask.education",
        ),
        Column(
            name="education_certified",
            dimension=Dimension.EDUCATION,
            direction=1,
            label="feature.education_certified",
            asked_by="asked_certified",
        ),
        Column(
            name="reach_minutes",
            dimension=reach,
            direction=-1,
            label="feature.reach_minutes",
            asked_by="asked_place",
            question="ask.comune",
        ),
        Column(
            name="reach_stated",
            dimension=reach,
            direction=-1,
            label="feature.reach_stated",
            asked_by="asked_place",
            question="ask.vehicle",
        ),
        Column(
            name="reach_public",
            dimension=reach,
            direction=-1,
            label="feature.reach_public",
            asked_by="asked_place",
            question="ask.comune",
        ),
        Column(
            name="reach_km",
            dimension=reach,
            direction=-1,
            label="feature.reach_km",
            asked_by="asked_place",
            question="ask.comune",
        ),
        Column(
            name="reach_licence",
            dimension=reach,
            direction=1,
            label="feature.reach_licence",
            asked_by="asked_licence",
            question="ask.licence",
        ),
        Column(
            name="reach_vehicle",
            dimension=reach,
            direction=1,
            label="feature.reach_vehicle",
            asked_by="asked_vehicle",
            question="ask.vehicle",
        ),
        Column(
            name="aspirations_proximity",
            dimension=Dimension.ASPIRATIONS,
            direction=1,
            label="feature.aspirations_proximity",
            asked_by="asked_trade",
            question="ask.aspirations",
        ),
        Column(
            name="availability_hours",
            dimension=available,
            direction=1,
            label="feature.availability_hours",
            asked_by="asked_hours",
            question="ask.hours",
        ),
        Column(
            name="availability_weekly",
            dimension=available,
            direction=1,
            label="feature.availability_weekly",
            asked_by="asked_weekly",
            question="ask.hours",
        ),
        Column(
            name="availability_shifts",
            dimension=available,
            direction=1,
            label="feature.availability_shifts",
            asked_by="asked_shifts",
            question="ask.shifts",
        ),
        Column(
            name="availability_contract",
            dimension=available,
            direction=1,
            label="feature.availability_contract",
            asked_by="asked_contract",
            question="ask.contract",
        ),
        Column(
            name="availability_start",
            dimension=available,
            direction=1,
            label="feature.availability_start",
            asked_by="asked_start",
            question="ask.start",
        ),
        Column(
            name="languages",
            dimension=Dimension.LANGUAGES,
            direction=1,
            label="feature.languages",
            asked_by="asked_languages",
            question="ask.languages",
        ),
    )


FEATURES: tuple[Column, ...] = _columns()
CONTEXT: tuple[str, ...] = (
    *dict.fromkeys(column.asked_by for column in FEATURES if column.asked_by),
    "person_skills",
)
"""Columns that say what was asked (1 or 0) and how many skills a profile shows. Direction 0."""

COLUMNS: tuple[str, ...] = (*(column.name for column in FEATURES), *CONTEXT)
BY_NAME: Mapping[str, Column] = MappingProxyType({column.name: column for column in FEATURES})
# As a frame labels them: what pandas takes longest to make of a small frame.
COLUMN_LABELS = pd.Index(COLUMNS)
FEATURE_LABELS = COLUMN_LABELS[: len(FEATURES)]

PROTECTED: frozenset[str] = frozenset(
    {
        "sex", "gender", "age", "birth_date", "birth_year", "birthplace", "citizenship", "origin",
        "nationality", "marital_status", "children", "religion", "union", "disability", "health",
        "ethnicity", "convictions", "name", "address",
    }
)  # fmt: skip
"""Names that no column of any model's frame may contain."""

NOT_IN_MATCHING: frozenset[str] = frozenset({"months_since_last_job", "last_job_end", "gaps"})
"""What the risk of staying without work depends on, and what no match feature may see."""


def check_columns(X: pd.DataFrame) -> None:
    """Refuse a frame that is not one of the catalog's.

    Raises
    ------
    FeatureError
        For columns that are missing, unknown or in another order, and for an infinite value.
    """
    if not isinstance(X, pd.DataFrame):
        raise FeatureError(
            f"A {type(X).__name__} was given where a frame with the catalog's columns is due; "
            "build it with features.pair_features."
        )
    if not X.columns.is_(COLUMN_LABELS):
        _check_names(X)
    values = X.to_numpy(dtype=float)
    if np.isinf(values).any():
        name = COLUMNS[int(np.isinf(values).any(axis=0).argmax())]
        raise FeatureError(f"The column {name!r} holds an infinite value; what is unknown is NaN.")


def _check_names(X: pd.DataFrame) -> None:
    missing = [name for name in COLUMNS if name not in X.columns]
    unknown = [name for name in X.columns if name not in COLUMNS]
    if missing or unknown:
        raise FeatureError(
            f"The frame does not have the catalog's columns: missing {missing}, unknown {unknown}; "
            "build it with features.pair_features."
        )
    if list(X.columns) != list(COLUMNS):
        raise FeatureError(
            "The frame's columns are repeated or not in the catalog's order; select "
            "features.COLUMNS."
        )
