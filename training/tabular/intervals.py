"""Intervals that are never of width zero: for shares, areas under curves, and differences.

A group of one, or one in which nothing happened, gets the wide interval that it deserves, and no
value at all where the metric is not defined.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtri, stdtrit

from training.tabular.scored import Array, Codes, spread
from training.tabular.sums import dot

LEVEL = 0.95
WILSON = "Wilson 1927, effective number of persons"
NEWCOMBE = "Newcombe 2006, method 5, effective numbers of persons"
MOVER = "Zou and Donner 2008, from two intervals"
STUDENT = "Student's t, no less spread than the outcome has"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A number with its interval; the value is None where the number is not defined."""

    value: float | None
    low: float | None
    high: float | None
    method: str

    def moved(self, by: float) -> "Interval":
        """The same, less a number that is known."""
        if self.value is None or self.low is None or self.high is None:
            return self
        return Interval(
            value=self.value - by, low=self.low - by, high=self.high - by, method=self.method
        )


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """An area under the ROC curve and the effective numbers of those to be told apart."""

    value: float
    positives: float
    negatives: float


def undefined(method: str) -> Interval:
    """Nothing can be said: anything between 0 and 1 is possible."""
    return Interval(value=None, low=0.0, high=1.0, method=method)


def share(parts: Array, weight: Array, *, level: float = LEVEL) -> Interval:
    """Weighted mean of values from 0 to 1 by Wilson's score interval.

    Wilson 1927 (J. American Statistical Association 22), with the effective number of persons in
    the place of their number. For values between 0 and 1 it is too wide rather than too narrow.

    Parameters
    ----------
    parts
        0 or 1, or between them, one per person.
    weight
        Not negative; a person of weight 0 is left out.
    level
        Of the interval.

    Examples
    --------
    >>> found = share(np.array([1.0] + [0.0] * 9), np.ones(10))
    >>> round(found.value, 3), round(found.low, 3), round(found.high, 3)
    (0.1, 0.018, 0.404)
    """
    count = spread(weight)
    if count == 0.0:
        return undefined(WILSON)
    value = min(1.0, max(0.0, dot(weight, parts) / float(weight.sum())))
    low, high = wilson(value, count, level=level)
    return Interval(value=value, low=low, high=high, method=WILSON)


def wilson(value: float, count: float, *, level: float = LEVEL) -> tuple[float, float]:
    """Ends of Wilson's interval for a share among ``count`` persons, which may be no whole number.

    >>> low, high = wilson(0.0, 1)
    >>> low, round(high, 3)
    (0.0, 0.793)
    """
    z = _z(level)
    middle = (value + z * z / (2 * count)) / (1 + z * z / count)
    inside = value * (1 - value) / count + z * z / (4 * count * count)
    half = z / (1 + z * z / count) * math.sqrt(max(inside, 0.0))
    # The share itself is never left out, whatever is rounded.
    return min(value, max(0.0, middle - half)), max(value, min(1.0, middle + half))


def area(ranks: Codes, bad: Array, weight: Array) -> Area | None:
    """Weighted chance that a risk of a bad outcome is above one of a good one; ties are a half.

    Parameters
    ----------
    ranks
        Whole numbers from 0 in the order of the risks, equal for equal risks.
    bad, weight
        Outcomes (1, 0) and weights of the same persons; weight 0 leaves one out.

    Examples
    --------
    >>> area(np.array([0, 1, 1]), np.array([0.0, 0.0, 1.0]), np.ones(3)).value
    0.75
    """
    seen = weight > 0
    ranks, bad, weight = ranks[seen], bad[seen], weight[seen]
    if not len(ranks):
        return None
    mine, theirs = weight * bad, weight * (1.0 - bad)
    positive = np.asarray(np.bincount(ranks, mine), dtype=float)
    negative = np.bincount(ranks, theirs)
    below = np.cumsum(negative) - negative / 2.0
    total = float(positive.sum() * negative.sum())
    if total == 0.0:
        return None
    value = min(1.0, dot(positive, below) / total)
    return Area(value, spread(mine), spread(theirs))


def auc(found: Area | None, *, level: float = LEVEL) -> Interval:
    """Interval of an area under the ROC curve, never of width zero.

    The fifth method of Newcombe 2006 (Statistics in Medicine 25, 543-573): the areas that would
    not be rejected, with the variance of Hanley and McNeil 1982 taken at each of them.
    """
    if found is None:
        return undefined(NEWCOMBE)
    z, m, n = _z(level), found.positives, found.negatives
    more = max((m + n) / 2 - 1, 0.0)

    def distance(at: float) -> float:
        variance = at * (1 - at) * (1 + more * ((1 - at) / (2 - at) + at / (1 + at))) / (m * n)
        return z * z * variance - (found.value - at) ** 2

    tiny = 1e-12  # at an area of exactly 0 or 1 the distance is zero there too
    low = 0.0 if found.value <= 0 else brentq(distance, 0.0, min(found.value, 1.0 - tiny))
    high = 1.0 if found.value >= 1 else brentq(distance, max(found.value, tiny), 1.0)
    return Interval(value=found.value, low=float(low), high=float(high), method=NEWCOMBE)


def mean(values: Array, weight: Array, floor: Array, *, level: float = LEVEL) -> Interval:
    """Weighted mean by Student's t, with the spread given as the least that is believed.

    Parameters
    ----------
    values
        Of each person.
    weight
        Not negative; a person of weight 0 is left out.
    floor
        The standard deviation that each value has at least by what it is made of, so that few
        persons who happen to be alike do not make an interval of width zero.
    level
        Of the interval.
    """
    seen = weight > 0
    values, weight, floor = values[seen], weight[seen], floor[seen]
    count = spread(weight)
    if count == 0.0:
        return Interval(value=None, low=None, high=None, method=STUDENT)
    total = float(weight.sum())
    value = dot(weight, values) / total
    few = count / max(count - 1.0, 0.5)
    variance = max(
        dot(weight**2, (values - value) ** 2) / total**2 * few,
        dot(weight**2, floor**2) / total**2,
        (0.25 / count) ** 2,  # a constant of few persons is not known for certain
    )
    half = float(stdtrit(max(count - 1.0, 1.0), (1 + level) / 2)) * math.sqrt(variance)
    return Interval(value=value, low=value - half, high=value + half, method=STUDENT)


def apart(one: Interval, other: Interval) -> Interval:
    """One number less another of other persons, from the two intervals.

    Zou and Donner 2008 (Statistics in Medicine 27, 1693-1702); for two shares it is Newcombe's
    interval of 1998.
    """
    ends = (one.value, one.low, one.high, other.value, other.low, other.high)
    if any(end is None for end in ends):
        return Interval(value=None, low=None, high=None, method=MOVER)
    first, low, high, second, under, over = (float(end) for end in ends if end is not None)
    value = first - second
    return Interval(
        value=value,
        low=value - math.hypot(first - low, over - second),
        high=value + math.hypot(high - first, second - under),
        method=MOVER,
    )


def smoothed(value: float, count: float) -> float:
    """A share drawn to one half by two persons of each kind, for spreads that are never zero.

    Agresti and Coull 1998 (The American Statistician 52).

    >>> smoothed(0.0, 6)
    0.2
    """
    return (value * count + 2.0) / (count + 4.0)


def _z(level: float) -> float:
    return float(ndtri((1.0 + level) / 2.0))
