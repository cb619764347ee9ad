"""What leaving an input out costs each group: two models of the same people side by side.

Age, say, may be an input only where a territory's policy says so. Both variants are shown to whom
decides that: for each group how well people are told apart, how near the chances are, and how many
of those who will need help are missed, with the input and without it.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from matching.errors import DataError
from training.tabular import intervals
from training.tabular.intervals import Interval
from training.tabular.measures import brier_of
from training.tabular.parts import Part, Parts
from training.tabular.reliability import error, gap
from training.tabular.scored import Array, Codes, Scored, spread, top
from training.tabular.sums import dot

PAIRED = "difference of the same people, over all gaps of the first that may be true"
DELONG = "DeLong, DeLong and Clarke-Pearson 1988, of the same people, weighted"
_FEWEST = 10  # persons seen, of either outcome for areas


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One metric of one group with an input and without it.

    ``cost`` is how much worse it is without, above 0 is worse, with its 95% interval: of ``auc``
    what is lost, of ``gap`` (observed less mean risk) and ``ece`` how much farther from 0, of
    ``brier`` and ``fnr`` (help missed) what is added. ``worse`` is None where too little is known
    to say either.
    """

    metric: str
    with_it: float | None
    without_it: float | None
    cost: Interval
    worse: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One group under both models; no numbers where it may not be shown."""

    columns: tuple[str, ...]
    values: tuple[str, ...]
    name: str
    shown: bool
    n: int | None
    positives: int | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variants:
    """Both models for all groups, everybody first; ``left_out`` names the inputs in question."""

    left_out: tuple[str, ...]
    top_share: float
    groups: tuple[Compared, ...]


def with_and_without(
    with_it: Scored,
    without_it: Scored,
    groups: Parts,
    *,
    left_out: tuple[str, ...],
    top_share: float = 0.2,
) -> Variants:
    """Compare two models of the same people, group by group.

    Parameters
    ----------
    with_it, without_it
        Risks of the model that reads an input and of one that is the same but for it; outcomes
        and weights the same.
    groups
        Of the same rows; crossings are left out.
    left_out
        The inputs that only the first model reads.
    top_share
        The share of people, by risk, that the hub can follow closely.

    Raises
    ------
    DataError
        When the two, or the groups, are not of the same people.
    """
    same = np.array_equal(with_it.bad, without_it.bad, equal_nan=True)
    if not same or not np.array_equal(with_it.weight, without_it.weight):
        raise DataError(
            "The two models were scored on other people, outcomes or weights: score both on the "
            "same rows, in one order."
        )
    if len(groups.groups[0].rows) != len(with_it):
        raise DataError(
            f"The groups are of {len(groups.groups[0].rows)} rows and {len(with_it)} were scored: "
            "cut the table that was scored."
        )
    followed = top(with_it.risk, top_share), top(without_it.risk, top_share)
    return Variants(
        left_out=left_out,
        top_share=top_share,
        groups=tuple(
            _compared(part, with_it, without_it, followed)
            for part in groups.groups
            if len(part.columns) < 2
        ),
    )


def _compared(
    part: Part, with_it: Scored, without_it: Scored, followed: tuple[Array, Array]
) -> Compared:
    if not part.shown:
        return Compared(
            columns=part.columns, values=part.values, name=part.name, shown=False, n=None,
            positives=None, changes=(),
        )  # fmt: skip
    held = part.rows & with_it.known
    one, other = with_it.where(held), without_it.where(held)
    return Compared(
        columns=part.columns,
        values=part.values,
        name=part.name,
        shown=True,
        n=part.n,
        positives=int(one.bad.sum()),
        changes=(
            _missed(one, followed[0][held], followed[1][held]),
            _gaps(one, other),
            _areas(one, other),
            _briers(one, other),
            _errors(one, other),
        ),
    )


def _missed(people: Scored, before: Array, after: Array) -> Change:
    """Of those with the bad outcome, who is not followed closely any more, less who now is."""
    weight = people.weight * people.bad
    rates = [intervals.share(1.0 - one, weight).value for one in (before, after)]
    moved = before - after
    count = spread(weight)
    changed = dot(weight, np.abs(moved)) / float(weight.sum()) if count else 0.5
    floor = np.full(len(moved), math.sqrt(intervals.smoothed(changed, count)))
    return _change("fnr", rates[0], rates[1], intervals.mean(moved, weight, floor))


def _gaps(one: Scored, other: Scored) -> Change:
    """How much farther from 0 the gap is: for all gaps that the first model may truly have.

    What was observed is the same for both, so the move from one gap to the other is that of the
    mean risk, and known nearly for certain; where the first gap lies is not.
    """
    before, after = gap(one), gap(other)
    move = _paired(one.risk - other.risk, one.weight)
    ends = [end for end in (before.low, before.value, before.high) if end is not None]
    moves = [end for end in (move.low, move.value, move.high) if end is not None]
    if before.value is None or after.value is None:
        return _change("gap", before.value, after.value, _nothing(PAIRED))
    # Between two ends the cost is least or most where one of the gaps passes 0.
    turns = [turn for turn in (0.0, *(-end for end in moves)) if min(ends) <= turn <= max(ends)]
    costs = [abs(at + by) - abs(at) for at in (*ends, *turns) for by in moves]
    cost = abs(after.value) - abs(before.value)
    found = Interval(value=cost, low=min(costs), high=max(costs), method=PAIRED)
    return _change("gap", before.value, after.value, found)


def _areas(one: Scored, other: Scored) -> Change:
    """What the area under the curve loses, by DeLong's components of both."""
    positives = float(one.bad.sum())
    if min(positives, len(one) - positives) < _FEWEST:
        return _change("auc", _area(one), _area(other), _nothing(DELONG))
    lost = _placements(one) - _placements(other)
    variance = 0.0
    for outcome in (0.0, 1.0):
        mine = one.bad == outcome
        part = _paired(lost[mine], one.weight[mine])
        variance += ((part.high or 0.0) - (part.value or 0.0)) ** 2
    before, after = _area(one), _area(other)
    cost, half = (before or 0.0) - (after or 0.0), math.sqrt(variance)
    found = Interval(value=cost, low=cost - half, high=cost + half, method=DELONG)
    return _change("auc", before, after, found)


def _briers(one: Scored, other: Scored) -> Change:
    more = (other.risk - other.bad) ** 2 - (one.risk - one.bad) ** 2
    cost = _paired(more, one.weight)
    return _change("brier", brier_of(one).value, brier_of(other).value, cost)


def _errors(one: Scored, other: Scored) -> Change:
    """Too wide rather than too narrow: that both are of the same people is not made use of."""
    before, after = error(one), error(other)
    return _change("ece", before.value, after.value, intervals.apart(after, before))


def _change(metric: str, before: float | None, after: float | None, cost: Interval) -> Change:
    worse = None
    if cost.low is not None and cost.low > 0:
        worse = True
    elif cost.high is not None and cost.high < 0:
        worse = False
    return Change(metric=metric, with_it=before, without_it=after, cost=cost, worse=worse)


def _area(people: Scored) -> float | None:
    found = intervals.area(_ranks(people), people.bad, people.weight)
    return None if found is None else found.value


def _placements(people: Scored) -> Array:
    """Of each person, the weighted share of those of the other outcome that she stands right of."""
    ranks = _ranks(people)
    bad, good = people.weight * people.bad, people.weight * (1.0 - people.bad)
    above, below = np.bincount(ranks, bad), np.bincount(ranks, good)
    under = (np.cumsum(below) - below / 2.0) / below.sum()
    over = (above.sum() - np.cumsum(above) + above / 2.0) / above.sum()
    return np.asarray(np.where(people.bad == 1, under[ranks], over[ranks]), dtype=float)


def _ranks(people: Scored) -> Codes:
    return np.asarray(rankdata(people.risk, method="dense"), dtype=np.int64) - 1


def _paired(values: Array, weight: Array) -> Interval:
    return intervals.mean(values, weight, np.zeros(len(values)))


def _nothing(method: str) -> Interval:
    return Interval(value=None, low=None, high=None, method=method)
