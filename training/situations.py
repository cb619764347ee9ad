"""The situations at intake in a history of spells, as the product sees them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from matching.domain import Situation
from matching.errors import DataError
from matching.features.situation import CEFR

_LEVELS = {number: level for level, number in CEFR.items()}


def _level(number: Any) -> str:
    if number not in _LEVELS:
        raise DataError(f"italian_level is {number!r}; a history has 1 to {len(_LEVELS)}.")
    return _LEVELS[number]


# Field of a situation, from which column, read how. A load of care is not among them: it counts
# only through the hours that it leaves.
_FIELDS: Mapping[str, tuple[str, Callable[[Any], Any]]] = MappingProxyType(
    {
        "months_since_last_job": ("months_since_last_job", int),
        "share_worked_5y": ("share_worked_5y", float),
        "jobs_5y": ("jobs_5y", int),
        "longest_job_5y": ("longest_job_5y", int),
        "past_long_spells": ("past_long_spells", int),
        "education_level": ("education_eqf", int),
        "italian_level": ("italian_level", _level),
        "driving_licence": ("licence", bool),
        "own_vehicle": ("own_vehicle", bool),
        "weekly_hours": ("hours_available", int),
        "debt_stress": ("debt_stress", bool),
        "housing_stress": ("housing_stress", bool),
        "local_demand": ("local_demand", float),
        "own_rating": ("own_rating", int),
    }
)


def situations_of(spells: pd.DataFrame) -> tuple[Situation, ...]:
    """The situation at the start of each spell, in the order of the rows.

    Parameters
    ----------
    spells
        A row per person with the covariates of a synthetic district's ``spells``; a missing
        value is not known.

    Raises
    ------
    DataError
        For a column that is not there, or a level of Italian outside 1 to 6.
    """
    wanted = ["person_id", *(column for column, _ in _FIELDS.values())]
    if missing := [name for name in wanted if name not in spells.columns]:
        raise DataError(f"The spells have no column {missing[0]!r}; give {wanted}.")
    columns = {
        field: [None if pd.isna(value) else read(value) for value in spells[column]]
        for field, (column, read) in _FIELDS.items()
    }
    rows = zip(*columns.values(), strict=True)
    return tuple(
        Situation(person_id=str(person_id), **dict(zip(columns, values, strict=True)))
        for person_id, values in zip(spells["person_id"], rows, strict=True)
    )
