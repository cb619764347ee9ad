"""A person's situation as the covariates of the risk of staying without work.

Each column has the name of its field in :class:`matching.domain.Situation`, and exists only
through the catalog below. Time since the last job is read here and nowhere else: it enters no
match feature. NaN means not known.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.domain import Situation
from matching.errors import InputError

Array = npt.NDArray[np.float64]

CEFR: Mapping[str, int] = MappingProxyType(
    {level: number for number, level in enumerate(("A1", "A2", "B1", "B2", "C1", "C2"), 1)}
)
DIPLOMA = 4
"""EQF level of an upper secondary diploma."""

# Beyond these a further month, spell or hour tells nothing more.
_LONGEST_GAP = 60
_MOST_SPELLS = 3
_MOST_JOBS = 20
_FULL_WEEK = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationColumn:
    """One column of a situation frame.

    ``direction`` is the sign of its effect on the odds of finding work, which a model may not
    turn round; 0 where it may be either. ``allowed`` is the least and the largest value; None for a
    yes or no, and for a level of language. ``whole`` says that the value is counted. ``changeable``
    says whether the person and the hub can do something about it: a past cannot be changed.
    """

    name: str
    direction: int
    label: str
    question: str
    changeable: bool
    allowed: tuple[float, float] | None = None
    whole: bool = True


def _columns() -> tuple[SituationColumn, ...]:
    return (
        SituationColumn(
            name="months_since_last_job",
            direction=-1,
            label="situation.months_since_last_job",
            question="ask_risk.months_since_last_job",
            changeable=False,
            allowed=(0, 720),
        ),
        SituationColumn(
            name="share_worked_5y",
            direction=1,
            label="situation.share_worked_5y",
            question="ask_risk.share_worked_5y",
            changeable=False,
            allowed=(0, 1),
            whole=False,
        ),
        # Many short contracts may mean that work is found, or that it never lasts: no direction.
        SituationColumn(
            name="jobs_5y",
            direction=0,
            label="situation.jobs_5y",
            question="ask_risk.jobs_5y",
            changeable=False,
            allowed=(0, 200),
        ),
        SituationColumn(
            name="longest_job_5y",
            direction=0,
            label="situation.longest_job_5y",
            question="ask_risk.longest_job_5y",
            changeable=False,
            allowed=(0, 60),
        ),
        SituationColumn(
            name="past_long_spells",
            direction=-1,
            label="situation.past_long_spells",
            question="ask_risk.past_long_spells",
            changeable=False,
            allowed=(0, 60),
        ),
        SituationColumn(
            name="education_level",
            direction=1,
            label="situation.education_level",
            question="ask.education",
            changeable=True,
            allowed=(1, 8),
        ),
        SituationColumn(
            name="italian_level",
            direction=1,
            label="situation.italian_level",
            question="ask_risk.italian_level",
            changeable=True,
        ),
        SituationColumn(
            name="driving_licence",
            direction=1,
            label="situation.driving_licence",
            question="ask_risk.driving_licence",
            changeable=True,
        ),
        SituationColumn(
            name="own_vehicle",
            direction=1,
            label="situation.own_vehicle",
            question="ask_risk.own_vehicle",
            changeable=True,
        ),
        SituationColumn(
            name="weekly_hours",
            direction=1,
            label="situation.weekly_hours",
            question="ask.hours",
            changeable=True,
            allowed=(0, 80),
        ),
        SituationColumn(
            name="debt_stress",
            direction=-1,
            label="situation.debt_stress",
            question="ask_risk.debt_stress",
            changeable=True,
        ),
        SituationColumn(
            name="housing_stress",
            direction=-1,
            label="situation.housing_stress",
            question="ask_risk.housing_stress",
            changeable=True,
        ),
        SituationColumn(
            name="local_demand",
            direction=1,
            label="situation.local_demand",
            question="ask_risk.local_demand",
            changeable=False,
            allowed=(0, 1),
            whole=False,
        ),
        SituationColumn(
            name="own_rating",
            direction=1,
            label="situation.own_rating",
            question="ask_risk.own_rating",
            changeable=False,
            allowed=(1, 5),
        ),
    )


SITUATION: tuple[SituationColumn, ...] = _columns()
SITUATION_COLUMNS: tuple[str, ...] = tuple(column.name for column in SITUATION)
DIRECTIONS: Mapping[str, int] = MappingProxyType({c.name: c.direction for c in SITUATION})
# To make it takes as long as one person's answers do.
_NAMES = pd.Index(list(SITUATION_COLUMNS), dtype=object)


def situation_features(situations: Sequence[Situation]) -> pd.DataFrame:
    """Covariates of the risk model, a row per situation in the given order.

    Returns
    -------
    DataFrame
        Index ``person_id``; float columns of the catalog, NaN where not known.

        ========================= ============================================================
        column                    value, and why it is not the answer itself
        ========================= ============================================================
        ``months_since_last_job`` log(1 + months), up to 60: the first months weigh most
        ``share_worked_5y``       as it is, 0 to 1
        ``jobs_5y``               log(1 + contracts), up to 20
        ``longest_job_5y``        log(1 + months): the first months tell most
        ``past_long_spells``      up to 3: few people had more
        ``education_level``       1 from a diploma (EQF 4), which vacancies ask for, else 0:
                                  levels are no even steps
        ``italian_level``         A1 to C2 as 1 to 6
        ``weekly_hours``          up to 40: nobody is hired for more
        ``local_demand``          as it is, 0 to 1
        ``own_rating``            as it is, 1 to 5
        all others                1 for yes, 0 for no
        ========================= ============================================================

    Raises
    ------
    InputError
        For a value that cannot be, with the person, the field and the value.
    """
    rows = [[_number(one, column) for column in SITUATION] for one in situations]
    values = np.array(rows, dtype=float).reshape(len(rows), len(SITUATION))
    for name, change in _CHANGES.items():
        place = SITUATION_COLUMNS.index(name)
        values[:, place] = change(values[:, place])
    index = pd.Index([one.person_id for one in situations], name="person_id", dtype=object)
    return pd.DataFrame(values, index=index, columns=_NAMES)


def nothing_known(situation: Situation) -> bool:
    """Whether not one field of the situation is known."""
    return all(getattr(situation, column.name) is None for column in SITUATION)


def _logarithm(most: int) -> Callable[[Array], Array]:
    return lambda counts: np.array([math.log1p(one) for one in np.minimum(counts, most)])


def _diploma(level: Array) -> Array:
    return np.where(np.isnan(level), level, level >= DIPLOMA)


# NaN stays NaN.
_CHANGES: Mapping[str, Callable[[Array], Array]] = MappingProxyType(
    {
        "months_since_last_job": _logarithm(_LONGEST_GAP),
        "jobs_5y": _logarithm(_MOST_JOBS),
        "longest_job_5y": _logarithm(_LONGEST_GAP),
        "past_long_spells": lambda spells: np.minimum(spells, _MOST_SPELLS),
        "education_level": _diploma,
        "weekly_hours": lambda hours: np.minimum(hours, _FULL_WEEK),
    }
)


def _number(situation: Situation, column: SituationColumn) -> float:
    """The checked answer as a number, NaN where there is none."""
    value = getattr(situation, column.name)
    if value is None:
        return math.nan
    if column.name == "italian_level":
        if value not in CEFR:
            raise _refused(situation, column, f"one of {', '.join(CEFR)}")
        return float(CEFR[value])
    if column.allowed is None:
        if not isinstance(value, bool):
            raise _refused(situation, column, "true or false")
        return float(value)
    least, most = column.allowed
    kind = int if column.whole else (int, float)
    if isinstance(value, bool) or not isinstance(value, kind) or not least <= value <= most:
        sort = "a whole number" if column.whole else "a number"
        raise _refused(situation, column, f"{sort} from {least:g} to {most:g}")
    return float(value)


def _refused(situation: Situation, column: SituationColumn, due: str) -> InputError:
    value = getattr(situation, column.name)
    return InputError(
        f"Person {situation.person_id!r}: {column.name} is {value!r}; give {due}, or leave it out "
        "where it is not known."
    )
