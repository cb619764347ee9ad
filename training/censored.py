"""How well chances foretell times that are not all seen to the end: pure functions over persons.

``survival`` and ``risk`` say that the event does *not* happen: a chance of no work by a time, or
anything that is higher for who is likelier to stay without. Who was lost from sight is made up for
by those like nobody in particular who were not (inverse probability of censoring weights): with
the chance G of being still in sight, an exit at T counts 1/G(T), who is seen beyond t 1/G(t).

Three things can be seen of a person: the event; that she *left another way*, and will not have the
event (for work: went inactive); that she was lost from sight. The second is no censoring: from
then on it is known for ever that she has no event, so she counts among those without it, with the
weight of the time at which it became known (Gerds and Schumacher 2006, Biometrical J. 48; for
competing exits Wolbers et al. 2014, Biostatistics 15). Where nobody leaves another way, every
number is that of scikit-survival 0.28.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.errors import DataError
from matching.models.spells import CENSORED, INACTIVE, WORK

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

# Chances that differ by no more are the same, whatever order a sum was taken in.
_SAME = 1e-8


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Until when each person was seen, and how that ended; neither flag is set for the lost.

    Raises
    ------
    DataError
        For arrays of unequal lengths, nobody, a time that is negative or not finite, or both ends.
    """

    time: Array
    found: Flags
    gone: Flags

    def __post_init__(self) -> None:
        shapes = {self.time.shape, self.found.shape, self.gone.shape}
        if len(shapes) != 1 or self.time.ndim != 1 or not len(self.time):
            raise DataError(f"Times and ends of shapes {sorted(shapes)}: give one of each, each.")
        if not np.isfinite(self.time).all() or (self.time < 0).any():
            raise DataError("A time is negative, NaN or infinite; leave the person out.")
        if (self.found & self.gone).any():
            raise DataError("A person is given both ends, and only one can come first.")


@dataclass(frozen=True, slots=True)
class CensoringCurve:
    """The chance of being still in sight after each time: a step at every time of ``times``."""

    times: Array
    chance: Array

    def at(self, times: Array) -> Array:
        """The chance after each of some times; 1 before the first step, level after the last."""
        steps = np.concatenate([[1.0], self.chance])
        return np.asarray(steps[np.searchsorted(self.times, times, side="right")], dtype=float)


def times_of(outcomes: pd.DataFrame) -> Times:
    """Times of spells in whole months (or other periods): columns ``months`` and ``event``.

    Who is lost after m months was seen through the m-th, and could have been seen to leave in it;
    that she was without work by m is known. So she is put half a month later.
    """
    event = outcomes["event"].to_numpy(dtype=object)
    if strange := sorted({str(one) for one in event} - {WORK, INACTIVE, CENSORED}):
        raise DataError(f"The event {strange[0]!r} is none of work, inactive, censored.")
    months = outcomes["months"].to_numpy(dtype=float)
    return Times(
        time=np.where(event == CENSORED, months + 0.5, months),
        found=np.asarray(event == WORK, dtype=bool),
        gone=np.asarray(event == INACTIVE, dtype=bool),
    )


def censoring_curve(outcomes: Times) -> CensoringCurve:
    """Kaplan-Meier's estimate of staying in sight: being lost is its event, any exit is not.

    At equal times exits come before losses: who left could not be lost any more.

    Examples
    --------
    >>> seen = Times(
    ...     time=np.array([1.0, 2.0, 2.0, 3.0]),
    ...     found=np.array([True, True, False, True]),
    ...     gone=np.zeros(4, dtype=bool),
    ... )
    >>> censoring_curve(seen).chance.tolist()
    [1.0, 0.5, 0.5]
    """
    times, place = np.unique(outcomes.time, return_inverse=True)
    left = outcomes.found | outcomes.gone
    exits = np.bincount(place, weights=left, minlength=len(times))
    lost = np.bincount(place, weights=~left, minlength=len(times))
    before = np.concatenate([[0.0], np.cumsum(exits + lost)[:-1]])
    at_risk = len(outcomes.time) - before - exits
    share = np.divide(lost, at_risk, out=np.zeros_like(lost), where=lost > 0)
    return CensoringCurve(times, np.asarray(np.cumprod(1.0 - share), dtype=float))


def horizon_outcomes(
    outcomes: Times, at: npt.ArrayLike, *, censoring: CensoringCurve | None = None
) -> tuple[Array, Array]:
    """Whether each person had no event by each time, and for how many she stands.

    Parameters
    ----------
    outcomes
        What was seen.
    at
        Times, in the unit of the outcomes.
    censoring
        The chance of being in sight, by default that of these persons.

    Returns
    -------
    tuple
        1 without and 0 with the event by the time, NaN where it is not known; and the weight, 0
        where it is not known. Both of shape (persons, times).

    Raises
    ------
    DataError
        For a time until which nobody was seen.
    """
    asked = _asked(outcomes, at)
    curve = censoring_curve(outcomes) if censoring is None else censoring
    ended = outcomes.time[:, None] <= asked
    known = (outcomes.found | outcomes.gone)[:, None] & ended
    weight = np.where(known, _inverse(curve.at(outcomes.time))[:, None], 0.0)
    weight = np.where(ended, weight, _inverse(curve.at(asked)))
    without = np.where(ended & outcomes.found[:, None], 0.0, 1.0)
    return np.where(weight > 0, without, np.nan), weight


def ipcw_brier(
    outcomes: Times,
    survival: Array,
    at: npt.ArrayLike,
    *,
    censoring: CensoringCurve | None = None,
) -> Array:
    """Mean squared distance between the chance of no event by each time and what came; lower wins.

    Graf et al. 1999 (*Assessment and comparison of prognostic classification schemes for survival
    data*, Statistics in Medicine 18).

    Parameters
    ----------
    outcomes, at, censoring
        As :func:`horizon_outcomes`.
    survival
        Chances of no event by each time, shape (persons, times).

    Returns
    -------
    ndarray
        A score for each time.

    Raises
    ------
    DataError
        As :func:`horizon_outcomes`; also for chances of another shape, or that are no numbers.

    Examples
    --------
    >>> seen = Times(
    ...     time=np.array([1.0, 3.0]), found=np.array([True, False]), gone=np.zeros(2, dtype=bool)
    ... )
    >>> ipcw_brier(seen, np.array([[0.0], [0.5]]), 2).tolist()
    [0.125]
    """
    without, weight = horizon_outcomes(outcomes, at, censoring=censoring)
    foretold = _per_time(survival, without.shape)
    apart = np.where(weight > 0, np.nan_to_num(without) - foretold, 0.0)
    return np.asarray((weight * apart**2).mean(axis=0), dtype=float)


def integrated_ipcw_brier(
    outcomes: Times,
    survival: Array,
    at: npt.ArrayLike,
    *,
    censoring: CensoringCurve | None = None,
) -> float:
    """Mean of :func:`ipcw_brier` between the first time and the last, by the trapezoidal rule.

    Raises
    ------
    DataError
        As :func:`ipcw_brier`; also for fewer than two times, or times that do not increase.
    """
    asked = _asked(outcomes, at)
    if len(asked) < 2 or (np.diff(asked) <= 0).any():
        raise DataError(f"The times {asked.tolist()}: give two or more, each after the one before.")
    scores = ipcw_brier(outcomes, survival, asked, censoring=censoring)
    return float(np.trapezoid(scores, asked) / (asked[-1] - asked[0]))


def dynamic_auc(
    outcomes: Times,
    risk: Array,
    at: npt.ArrayLike,
    *,
    censoring: CensoringCurve | None = None,
) -> Array:
    """Chance that who had no event by a time has the higher risk than one who had; ties one half.

    The cumulative and dynamic AUC of Uno et al. 2007 (*Evaluating prediction rules for t-year
    survivors with censored regression models*, JASA 102). scikit-survival's estimate is higher
    where the event is likelier: it gives the same for the risk with its sign changed.

    Parameters
    ----------
    outcomes, at, censoring
        As :func:`horizon_outcomes`.
    risk
        Shape (persons,), or (persons, times) where it differs by time.

    Returns
    -------
    ndarray
        The AUC at each time; NaN where all or none of those known had the event.

    Raises
    ------
    DataError
        As :func:`ipcw_brier`.
    """
    without, weight = horizon_outcomes(outcomes, at, censoring=censoring)
    given = np.asarray(risk, dtype=float)
    given = np.broadcast_to(given[:, None], without.shape) if given.ndim == 1 else given
    levels = _per_time(given, without.shape)
    bad, good = weight * (without == 1.0), weight * (without == 0.0)
    return np.array([_auc(*column) for column in zip(levels.T, bad.T, good.T, strict=True)])


def ipcw_concordance(
    outcomes: Times,
    risk: Array,
    *,
    tau: float | None = None,
    censoring: CensoringCurve | None = None,
) -> float:
    """Chance that of two persons the one with the lower risk has the event first.

    Uno et al. 2011 (*On the C-statistics for evaluating overall adequacy of risk prediction
    procedures with censored survival data*, Statistics in Medicine 30): Harrell's C with pairs
    weighted for those lost. Who left another way is compared with everybody who had the event,
    as one that never has it.

    Parameters
    ----------
    outcomes, censoring
        As :func:`horizon_outcomes`.
    risk
        Higher for who has the event later, shape (persons,).
    tau
        Only events before it are compared with others, by default all.

    Returns
    -------
    float
        NaN where no two persons can be compared.

    Raises
    ------
    DataError
        As :func:`ipcw_brier`.
    """
    curve = censoring_curve(outcomes) if censoring is None else censoring
    weight = _inverse(curve.at(outcomes.time))
    return _concordance(outcomes, risk, weight, tau)


def harrell_concordance(outcomes: Times, risk: Array, *, tau: float | None = None) -> float:
    """Return :func:`ipcw_concordance` with every pair weighted alike (Harrell et al. 1982)."""
    return _concordance(outcomes, risk, np.ones_like(outcomes.time), tau)


def _concordance(outcomes: Times, risk: Array, weight: Array, tau: float | None) -> float:
    levels = _per_time(np.asarray(risk, dtype=float), outcomes.time.shape)
    # At equal times the event comes first: who is lost then, or left, was still without it.
    order = np.lexsort((~outcomes.found, outcomes.time))
    time, found, gone = outcomes.time[order], outcomes.found[order], outcomes.gone[order]
    levels, weight = levels[order], weight[order]
    cases = np.flatnonzero(found & (time < (np.inf if tau is None else tau)))
    first = np.searchsorted(time, time[cases])
    events = np.concatenate([[0], np.cumsum(found)])
    after = first + events[np.searchsorted(time, time[cases], side="right")] - events[first]
    own, asked = weight[cases], levels[cases]
    above, all_of_them = _higher(levels, np.ones_like(weight), after, asked)
    agreeing, counted = float(own**2 @ above), float(own**2 @ all_of_them)
    if gone.any():
        # Who left before an event will never have it; of these, what it took to see both counts.
        stands, before = np.where(gone, weight, 0.0)[::-1], len(time) - first
        above, all_of_them = _higher(levels[::-1], stands, before, asked)
        agreeing, counted = agreeing + float(own @ above), counted + float(own @ all_of_them)
    return agreeing / counted if counted > 0 else float("nan")


def _higher(
    levels: Array, stands: Array, first: npt.NDArray[np.intp], asked: Array
) -> tuple[Array, Array]:
    """For how many, of those at places from ``first`` on, the level is above each one asked.

    Equal ones are a half; and for how many there are. The places are taken in blocks of 1, 2, 4
    and so on, each sorted, so that no pair is looked at.
    """
    count = len(levels)
    ranked = np.sort(levels)
    rank = np.argsort(np.argsort(levels, kind="stable"), kind="stable")
    ends = [np.searchsorted(ranked, asked - _SAME), np.searchsorted(ranked, asked + _SAME, "right")]
    start, size = first.copy(), 1
    above, everybody = np.zeros(len(asked)), np.zeros(len(asked))
    while (open_ := np.flatnonzero(start < count)).size:
        whole = open_[(start[open_] & size > 0) | (size >= count)]
        key = np.arange(count) // size * (count + 1) + rank
        order = np.argsort(key)
        sums = np.concatenate([[0.0], np.cumsum(stands[order])])
        low, high = start[whole], np.minimum(start[whole] + size, count)
        block = low // size * (count + 1)
        below = [sums[np.searchsorted(key[order], block + end[whole])] for end in ends]
        everybody[whole] += sums[high] - sums[low]
        above[whole] += sums[high] - (below[0] + below[1]) / 2.0
        start[whole] += size
        size *= 2
    return above, everybody


def _auc(risk: Array, bad: Array, good: Array) -> float:
    """AUC of the bad over the good, each counted with its weight."""
    order = np.argsort(risk, kind="stable")
    new = np.concatenate([[True], np.diff(risk[order]) > _SAME])
    starts = np.flatnonzero(new)
    bads, goods = (np.add.reduceat(part[order], starts) for part in (bad, good))
    below = np.cumsum(goods) - goods
    pairs = bads.sum() * goods.sum()
    return float(bads @ (below + goods / 2) / pairs) if pairs > 0 else float("nan")


def _asked(outcomes: Times, at: npt.ArrayLike) -> Array:
    asked = np.atleast_1d(np.asarray(at, dtype=float))
    last = float(outcomes.time.max())
    if asked.ndim != 1 or not len(asked) or not (asked <= last).all():
        raise DataError(
            f"The times {asked.tolist()} are not all within {last:g}, when the last person was "
            "still seen; ask for earlier ones."
        )
    return asked


def _per_time(values: Array, shape: tuple[int, ...]) -> Array:
    given = np.asarray(values, dtype=float)
    if given.shape != shape or not np.isfinite(given).all():
        raise DataError(
            f"Estimates of shape {given.shape} for {shape}: give a finite number for each person, "
            "and for each time where they differ."
        )
    return given


def _inverse(chance: Array) -> Array:
    """One over a chance; where it is 0 nobody can stand for the lost, and nobody counts."""
    return np.divide(1.0, chance, out=np.zeros_like(chance), where=chance > 0)
