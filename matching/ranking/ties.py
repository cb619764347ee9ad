"""Where the order of a list is too close to call: shared ranks, closeness, intervals of a rank.

A score is learnt from some decisions; learnt from others like them, it would be a little another.
``spread`` is the standard deviation of that difference, person by person, without what moves
everybody together, since that moves no rank. The difference of two scores is taken as normal with
the two variances added, as if their noise were independent: people who are alike move together,
so that the order is surer, not less sure, than stated. ``scale`` multiplies every spread; it is
the factor with which intervals held what they had to when the ranker was calibrated.

Scores count to six decimals, as they are shown.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from matching.errors import DataError
from matching.wording import Wording

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Ranks = npt.NDArray[np.int64]

DECIMALS = 6
# Halfway between a toss of a coin and certainty: below it, more than one time in four the order
# would be the other way, and who reads the list should not lean on it.
LEAST_CHANCE = 0.75
_Z75 = float(ndtri(LEAST_CHANCE))
_Z80 = float(ndtri(0.9))  # an 80% interval leaves a tenth at each end
_CELLS_AT_ONCE = 65_536  # what a processor keeps at hand: larger pieces are slower


def shared_ranks(score: Array, judged: Flags, *, groups: Sequence[range] = ()) -> Ranks:
    """Rank of each person, 1 the best: equal scores share the smallest rank, unjudged come last.

    Parameters
    ----------
    score, judged
        Score of each person, and whether there was enough to judge by, shape (n,), in any order.
    groups
        Positions of people who share a rank too, as where near ties are ordered by exposure
        instead of by score.
    """
    _checked(score[judged], np.zeros(int(judged.sum())))
    key = np.where(judged, -np.round(score, DECIMALS), np.inf)
    ranks = np.searchsorted(np.sort(key), key, side="left").astype(np.int64) + 1
    for group in groups:
        ranks[group] = ranks[group].min()
    return ranks


def positions(members: Array) -> Array:
    """Spread of each person about what moves the whole pool.

    Parameters
    ----------
    members
        Score or margin of each person by each of several boosters, shape (boosters, n).

    Returns
    -------
    ndarray
        Standard deviation over the boosters of a person's score less the pool's mean, shape (n,).

    Raises
    ------
    DataError
        For fewer than two boosters, or a score that is no number.
    """
    if members.ndim != 2 or len(members) < 2 or not np.isfinite(members).all():
        raise DataError(
            f"Scores of shape {members.shape} say nothing of their spread; give two boosters or "
            "more, with a finite score for each person."
        )
    if members.shape[1] == 0:
        return np.empty(0)
    apart = members - members.mean(axis=1, keepdims=True)
    return np.asarray(apart.std(axis=0, ddof=1), dtype=float)


def chance_of_order(score: Array, spread: Array, *, scale: float = 1.0) -> Array:
    """Chance that each person but the last truly is above the next in the list, shape (n - 1,).

    Parameters
    ----------
    score, spread
        Of each person, in the order of the list, shape (n,).
    scale
        What calibration multiplies every spread by.
    """
    score, spread = _checked(score, spread, scale=scale)
    gap = score[:-1] - score[1:]
    deviation = np.hypot(spread[:-1], spread[1:])
    # Without any spread an order is certain, and equal scores have none.
    certain = np.where(gap == 0, 0.0, np.copysign(np.inf, gap))
    sure = deviation > 0
    steps = np.where(sure, gap / np.where(sure, deviation, 1.0), certain)
    return np.asarray(ndtr(steps), dtype=float)


def close_to_next(score: Array, spread: Array, judged: Flags, *, scale: float = 1.0) -> Flags:
    """Whether the order with the next in the list is too close to call, shape (n,).

    It is where the chance of the order is below ``LEAST_CHANCE``. Nobody is close to a person who
    could not be judged: of her there is no order to call.
    """
    close = np.zeros(len(score), dtype=bool)
    pair = judged[:-1] & judged[1:]
    known = np.where(judged, score, 0.0), np.where(judged, spread, 0.0)
    close[:-1] = pair & (chance_of_order(*known, scale=scale) < LEAST_CHANCE)
    return close


def near_ties(
    score: Array, spread: Array, judged: Flags, *, scale: float = 1.0, shown: int | None = None
) -> tuple[range, ...]:
    """Stretches of the list in which no two people can be told apart.

    From the top, a stretch goes on while *every* two of its people are too close to call: a chain
    of neighbours, each close to the next, would join the first with the last of a long list. For
    all of a stretch counts the least of their spreads, so that it may end early, never late.
    Equal scores are never parted.

    Parameters
    ----------
    score, spread, judged
        Of each person, in the order of the list, the best first, shape (n,).
    shown
        Stretches that begin after so many people are not looked for.

    Returns
    -------
    tuple of range
        Positions from 0, of two people at least.

    Raises
    ------
    DataError
        If the judged do not come first, or are not in the order of their scores.
    """
    count = int(judged.sum())
    score, spread = _checked(score[:count], spread[:count], scale=scale)
    if not judged[:count].all() or (np.diff(score) > 0).any():
        raise DataError(
            "The list is not in the order of its scores, those that cannot be judged last; sort "
            "it before looking for near ties."
        )
    limit = count if shown is None else shown
    return tuple(found for found in _stretches(score, spread, limit) if len(found) > 1)


def _stretches(score: Array, spread: Array, limit: int) -> Iterator[range]:
    if not len(score):
        return
    starts = np.flatnonzero(np.diff(score, prepend=np.inf))
    least = np.minimum.reduceat(spread, starts).tolist()
    first, top, held = 0, float(score[0]), least[0]
    blocks = zip(starts.tolist(), score[starts].tolist(), least, strict=True)
    for start, value, own in blocks:
        reach = _Z75 * (held * held + own * own) ** 0.5
        if value < top and top - value >= reach:
            yield range(first, start)
            if start >= limit:
                return
            first, top, held = start, value, own
        else:
            held = min(held, own)
    yield range(first, len(score))


def rank_intervals(
    score: Array,
    spread: Array,
    rows: Sequence[int] | npt.NDArray[np.int64],
    *,
    judged: Flags | None = None,
    scale: float = 1.0,
) -> tuple[Ranks, Ranks]:
    """Ends of an 80% interval of the rank of some people, 1 the best.

    Above a person are surely those whose chance of being above her is more than 90%, below her
    likewise; her rank lies between. The interval holds her rank, widens with any spread, and for
    equal scores spans all of them at least. It asks of each pair what would be asked of two
    people alone: comparing them with one another as well would need their joint noise, and the
    ``scale`` learnt on held-out decisions stands for it.

    Parameters
    ----------
    score, spread
        Of each person, on the same scale, shape (n,), in any order.
    rows
        Positions of the people whose intervals are wanted.
    judged
        Who could be judged; the others are not in the pool. Everybody, where it is not given.

    Returns
    -------
    tuple of ndarray
        Lower and upper rank, shape (rows,).

    Raises
    ------
    DataError
        For a score or spread that is no number, or a row that could not be judged.
    """
    _paired(score, spread)
    wanted = np.asarray(rows, dtype=np.int64)
    pool = np.ones(len(score), dtype=bool) if judged is None else judged
    if not pool[wanted].all():
        raise DataError(
            f"Row {int(wanted[~pool[wanted]][0])} could not be judged and has no rank interval; "
            "ask for judged rows only."
        )
    place = np.cumsum(pool) - 1
    score, spread = _checked(score[pool], spread[pool], scale=scale)
    reach, wanted = (_Z80 * spread) ** 2, place[wanted]
    lower = np.ones(len(wanted), dtype=np.int64)
    upper = np.full(len(wanted), len(score), dtype=np.int64)
    step = max(1, _CELLS_AT_ONCE // max(len(score), 1))
    for start in range(0, len(wanted), step):
        part = slice(start, start + step)
        some = wanted[part, None]
        gap = score - score[some]
        apart = gap * gap > reach + reach[some]
        lower[part] += np.count_nonzero(apart & (gap > 0), axis=1)
        upper[part] -= np.count_nonzero(apart & (gap < 0), axis=1)
    return lower, upper


def rank_sentence(rank: int, lower: int, upper: int, wording: Wording) -> str:
    """A rank with its interval, in words."""
    return wording.say("ties.rank", rank=rank, lower=lower, upper=upper)


def tie_sentences(groups: Sequence[range], wording: Wording) -> tuple[str, ...]:
    """Where the order is uncertain, in words: one sentence for each stretch of near ties."""
    return tuple(
        wording.say(
            "ties.pair" if len(group) == 2 else "ties.run", first=group[0] + 1, last=group[-1] + 1
        )
        for group in groups
    )


def _checked(score: Array, spread: Array, *, scale: float = 1.0) -> tuple[Array, Array]:
    """Scores as they are shown, and calibrated spreads."""
    _paired(score, spread)
    if not np.isfinite(score).all():
        raise DataError("A score is no finite number; leave out the pairs that were not judged.")
    if not (np.isfinite(spread).all() and (spread >= 0).all()):
        raise DataError("A spread is no finite number of at least 0; give a standard deviation.")
    if not (np.isfinite(scale) and scale >= 0):
        raise DataError(f"The scale of the spreads is {scale}; give a finite number of at least 0.")
    return np.round(score, DECIMALS), spread * scale


def _paired(score: Array, spread: Array) -> None:
    if score.ndim != 1 or score.shape != spread.shape:
        raise DataError(
            f"Scores of shape {score.shape} and spreads of shape {spread.shape} do not go "
            "together; give one of each for each person."
        )
