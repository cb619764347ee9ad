"""The people whose outcomes are compared: what they took up, what was recorded before, what came.

Only what a manager and the person recorded of needs and situation when the path was agreed; no
protected attribute, no score of a model.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.domain import Level, Measure, Need
from matching.domain.outcomes import OutcomeKind, PathRecord

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_LEVELS = {Level.NONE: 0.0, Level.MILD: 1.0, Level.SERIOUS: 2.0, Level.URGENT: 3.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """One person: her path, and by horizon (months) whether work was found, None if not known.

    A horizon that is still to come is not there.
    """

    path: PathRecord
    worked: Mapping[int, bool | None]


def covariates(people: Sequence[PathRecord]) -> Array:
    """What people otherwise alike are alike in, in standard deviations: (people, columns).

    Months without work (logarithm), the level of each need, education, hours a week, licence, and
    whether there was work at the start. What is not known takes the mean, and a column of its own
    says so. A column in which all are the same is left out.
    """
    raw = np.array([_row(one) for one in people], dtype=float).reshape(len(people), -1)
    missing = np.isnan(raw)
    known = np.maximum((~missing).sum(axis=0), 1)
    means = np.where(missing, 0.0, raw).sum(axis=0) / known
    filled = np.where(missing, means, raw)
    columns = np.column_stack([filled, missing.astype(float)])
    spread = columns.std(axis=0)
    varied = spread > 1e-9  # rounding
    return np.asarray(
        (columns[:, varied] - columns[:, varied].mean(axis=0)) / spread[varied], dtype=float
    )


def taken(people: Sequence[PathRecord], measure: Measure) -> Flags:
    """Who took a measure up."""
    return np.array([measure in one.measures for one in people], dtype=bool)


def mean_hours(people: Sequence[PathRecord], measure: Measure, usual: int) -> float:
    """Mean hours of those who took a measure up, the usual ones where a path does not say."""
    hours = [
        usual if one.hours is None else one.hours
        for path in people
        for one in path.accepted
        if one.measure is measure
    ]
    return float(np.mean(hours)) if hours else float(usual)


def _row(path: PathRecord) -> list[float]:
    levels = {one.need: _LEVELS.get(one.level, np.nan) for one in path.needs}
    in_work = next((one.was for one in path.before if one.kind is OutcomeKind.WORK), None)
    months = path.months_without_work
    return [
        np.nan if months is None else float(np.log1p(months)),
        *(levels.get(need, np.nan) for need in Need),
        *(
            np.nan if value is None else float(value)
            for value in (path.education_level, path.weekly_hours, path.driving_licence, in_work)
        ),
    ]
