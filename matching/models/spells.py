"""Spells without work by month: how they end, the months at risk, and what hazards add up to."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.errors import FeatureError
from matching.models.covariates import numbers

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

WORK, INACTIVE, CENSORED = "work", "inactive", "censored"
CAUSES = (WORK, INACTIVE)


def outcomes(y: pd.DataFrame, count: int) -> tuple[Whole, npt.NDArray[np.object_]]:
    """Months seen and event of each spell.

    Parameters
    ----------
    y
        A row per spell: ``months`` seen, whole, the month of the exit included; ``event``, one of
        work, inactive, censored.
    count
        How many spells there are.

    Raises
    ------
    FeatureError
        For other columns, another number of rows, or an event or a length that cannot be.
    """
    if not isinstance(y, pd.DataFrame) or not {"months", "event"} <= {*y.columns}:
        raise FeatureError("The outcomes are a frame with the columns 'months' and 'event'.")
    if len(y) != count or not count:
        raise FeatureError(f"{len(y)} outcomes were given for {count} spells; give one for each.")
    event = y["event"].to_numpy(dtype=object)
    if strange := sorted({str(one) for one in event} - {WORK, INACTIVE, CENSORED}):
        raise FeatureError(f"The event {strange[0]!r} is none of work, inactive, censored.")
    months = numbers(y["months"], "months")
    # Who found work, or went inactive, was seen for at least the month in which it happened.
    least = np.where(event == CENSORED, 0, 1)
    if wrong := np.flatnonzero(~((months >= least) & (months == np.floor(months)))).tolist():
        raise FeatureError(
            f"A spell of {months[wrong[0]]} months that ends as {event[wrong[0]]!r} cannot be "
            "read: months are whole, and an exit takes at least one."
        )
    return months.astype(np.int64), event


def person_months(months: Whole) -> tuple[Whole, Whole]:
    """The spell, and the month of it, of each month at risk.

    >>> [part.tolist() for part in person_months(np.array([2, 0, 1]))]
    [[0, 0, 2], [1, 2, 1]]
    """
    spell = np.repeat(np.arange(len(months)), months)
    first = np.cumsum(months) - months
    return spell, np.arange(len(spell)) - first[spell] + 1


def check_horizons(horizons: Sequence[int], months: int) -> None:
    """Refuse horizons that a model of so many months cannot answer, with a ``FeatureError``."""
    if not len(horizons) or min(horizons) < 1 or max(horizons) > months:
        raise FeatureError(
            f"The horizons {list(horizons)} are not all within 1 and {months} months; "
            "ask for others or train with more months."
        )


def exits(to_work: Array, to_inactive: Array) -> tuple[Array, Array]:
    """Chances of having found work, and of having gone inactive, by each month (first axis).

    Both exits compete: who finds work in a month cannot become inactive in it, and who became
    inactive is counted as never finding work.

    >>> worked, gone = exits(np.array([0.2, 0.5]), np.array([0.125, 0.0]))
    >>> worked.round(3).tolist(), gone.round(3).tolist()
    ([0.2, 0.55], [0.1, 0.1])
    """
    stay = (1.0 - to_work) * (1.0 - to_inactive)
    before = np.cumprod(np.concatenate([np.ones_like(stay[:1]), stay[:-1]]), axis=0)
    worked = np.cumsum(before * to_work, axis=0)
    return worked, np.cumsum(before * (1.0 - to_work) * to_inactive, axis=0)


def no_work_slopes(to_work: Array, to_inactive: Array) -> tuple[Array, Array]:
    """How the chance of no work by the last month changes with the log odds of each month.

    Parameters
    ----------
    to_work, to_inactive
        Hazards, the month on the first axis.

    Returns
    -------
    tuple
        Derivatives by the log odds of work and of inactivity, of the same shape.

    Examples
    --------
    >>> work, inactive = no_work_slopes(np.array([0.5]), np.array([0.2]))
    >>> work.tolist(), inactive.tolist()
    ([-0.25], [0.0])
    """
    stay = (1.0 - to_work) * (1.0 - to_inactive)
    searching = np.cumprod(np.concatenate([np.ones_like(stay[:1]), stay[:-1]]), axis=0)
    work, inactive = np.empty_like(stay), np.empty_like(stay)
    later = np.zeros_like(stay[0])  # chance of work after the month, of who still searches
    for month in range(len(stay) - 1, -1, -1):
        found, gone = to_work[month], to_inactive[month]
        work[month] = -searching[month] * (1.0 - (1.0 - gone) * later) * found * (1.0 - found)
        inactive[month] = searching[month] * (1.0 - found) * later * gone * (1.0 - gone)
        later = found + stay[month] * later
    return work, inactive
