"""The metrics of a group: the number, what it is compared with, and how far it is from that.

Rates at the top share and the area under the curve are compared with those of all other people;
calibration with its ideal; the Brier score with that of telling everybody the group's own rate.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from training.tabular import intervals
from training.tabular.intervals import LEVEL, Interval
from training.tabular.reliability import error, gap, intercept, slope
from training.tabular.scored import Array, Codes, Flags, Scored, spread
from training.tabular.sums import dot


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """A group and the rest of the people, with what all metrics read.

    ``ranks`` are the places of the risks, equal for equal risks; ``followed`` is 1 for whom the
    hub follows closely, a part of it at a tie; ``rows`` says who is in the group.
    """

    people: Scored
    ranks: Codes
    followed: Array
    rows: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A metric of a group; ``away`` is its distance from ``reference``, with its interval."""

    value: Interval
    reference: float | None
    away: Interval


Rate = Callable[[Scored, Array], tuple[Array, Array]]


def _missed(people: Scored, followed: Array) -> tuple[Array, Array]:
    return 1.0 - followed, people.weight * _bad(people)


def _missed_among_left(people: Scored, followed: Array) -> tuple[Array, Array]:
    return _bad(people), people.weight * (1.0 - followed)


def _followed_in_vain(people: Scored, followed: Array) -> tuple[Array, Array]:
    return followed, people.weight * (1.0 - _bad(people))


def _right_among_followed(people: Scored, followed: Array) -> tuple[Array, Array]:
    return _bad(people), people.weight * followed


# Each says what a rate averages, and over whom (weights): help missed comes first.
RATES: Mapping[str, Rate] = {
    "fnr": _missed,
    "false_omission": _missed_among_left,
    "fpr": _followed_in_vain,
    "precision": _right_among_followed,
}
AGAINST_REST = frozenset({*RATES, "auc"})


def measures(sides: Sides, *, level: float = LEVEL) -> dict[str, Measured]:
    """All metrics of one group.

    Parameters
    ----------
    sides
        The group and the rest.
    level
        Of the intervals.
    """
    found = {name: _rate(sides, rate, level) for name, rate in RATES.items()}
    seen = sides.people.where(sides.rows).seen()
    for name, measure, ideal in (
        ("gap", gap, 0.0), ("slope", slope, 1.0), ("intercept", intercept, 0.0), ("ece", error, 0.0)
    ):  # fmt: skip
        value = measure(seen, level=level)
        found[name] = Measured(value=value, reference=ideal, away=value.moved(ideal))
    found["auc"] = _auc(sides, level)
    found["brier"] = _brier(seen, level)
    return found


def brier_of(people: Scored, *, level: float = LEVEL) -> Interval:
    """Mean squared distance of the risks from the outcomes (Brier 1950), with its interval."""
    seen = people.seen()
    squares = (seen.risk - seen.bad) ** 2
    return intervals.mean(squares, seen.weight, _floor(seen, 1.0 - 2.0 * seen.risk), level=level)


def _rate(sides: Sides, rate: Rate, level: float) -> Measured:
    values, weight = rate(sides.people, sides.followed)
    mine, rest = (
        intervals.share(values[side], weight[side], level=level)
        for side in (sides.rows, ~sides.rows)
    )
    return Measured(value=mine, reference=rest.value, away=intervals.apart(mine, rest))


def _auc(sides: Sides, level: float) -> Measured:
    bad, weight = _bad(sides.people), sides.people.weight
    mine, rest = (
        intervals.auc(intervals.area(sides.ranks[side], bad[side], weight[side]), level=level)
        for side in (sides.rows, ~sides.rows)
    )
    return Measured(value=mine, reference=rest.value, away=intervals.apart(mine, rest))


def _brier(seen: Scored, level: float) -> Measured:
    value = brier_of(seen, level=level)
    if value.value is None:
        return Measured(value=value, reference=None, away=value)
    own = dot(seen.weight, seen.bad) / float(seen.weight.sum())
    worse = (seen.risk - seen.bad) ** 2 - (own - seen.bad) ** 2
    floor = _floor(seen, 2.0 * (own - seen.risk))
    away = intervals.mean(worse, seen.weight, floor, level=level)
    return Measured(value=value, reference=own * (1.0 - own), away=away)


def _floor(seen: Scored, per_outcome: Array) -> Array:
    """The spread of values that change by so much with the outcome, at a rate never 0 or 1."""
    count = spread(seen.weight)
    own = dot(seen.weight, seen.bad) / float(seen.weight.sum()) if count else 0.5
    believed = intervals.smoothed(own, count)
    return np.asarray(np.abs(per_outcome) * np.sqrt(believed * (1 - believed)), dtype=float)


def _bad(people: Scored) -> Array:
    """Outcomes with 0 where nobody saw one: such people have no weight."""
    return np.nan_to_num(people.bad)
