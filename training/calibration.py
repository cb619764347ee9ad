"""What a ranker learns from decisions that came after those of its fit: chances, and rank noise.

The chances: the ranker learns from the earlier vacancies, and what became of the people of the
later ones says what a position in its order is worth. The noise: two rankers learn from two halves
of the earlier vacancies, so that each is to the other what it would be had it learnt anew; the
spread between the boosters of one is multiplied until its 80% intervals hold the other's ranks in
80% of cases, on the later vacancies.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.models.chances import FEWEST, Chances
from matching.models.ranker import LambdaRanker
from matching.ranking.ties import positions, rank_intervals, shared_ranks
from training.dataset import Pairs
from training.evaluation import Estimate, bootstrap

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Ranker = Callable[[], LambdaRanker]

TAKEN = 2  # the grade from which somebody was taken into the employer's shortlist
_LATE = 0.25  # the share of the vacancies, the last to open, that is calibrated on
_FEWEST_VACANCIES = 12  # of either part; with fewer nothing is calibrated
_COVERED = 0.8
_STEPS = 30
_LEAST_SCALE, _MOST_SCALE = 0.02, 50.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What :func:`calibrate` found, and the two rankers of the halves, None where there are none.

    ``chances`` is None, and ``rank_scale`` 1, where the history is too short to tell.
    """

    rank_scale: float
    chances: Chances | None
    halves: tuple[LambdaRanker, LambdaRanker] | None

    def coverage(self, pairs: Pairs) -> Estimate | None:
        """How often an interval of one half's ranker holds the rank by the other's, by vacancy."""
        if self.halves is None:
            return None
        pools = list(_pools(*self.halves, pairs))
        shares = [float(np.mean(held(pool, self.rank_scale))) for pool in pools]
        return bootstrap(shares)


@dataclass(frozen=True, slots=True, eq=False)
class _Pool:
    """One vacancy's pool by two rankers: position and spread by one, rank by the other."""

    position: Array
    spread: Array
    rank: npt.NDArray[np.int64]


def calibrate(pairs: Pairs, grades: Array, ranker: Ranker, *, seed: int) -> Calibration:
    """Learn chances and rank noise from pairs that a ranker may learn from.

    Parameters
    ----------
    pairs, grades
        What may be learnt from, as known on the cut.
    ranker
        Makes an unfitted ranker, with the parameters of the one to be calibrated.
    seed
        Of the halves.
    """
    late = _later(pairs)
    early = ~late
    if min(_vacancies(pairs, early), _vacancies(pairs, late)) < _FEWEST_VACANCIES:
        return Calibration(rank_scale=1.0, chances=None, halves=None)
    first = _fitted(ranker, pairs, grades, early)
    position = first.judge(pairs.features[late]).position
    taken = grades[late] >= TAKEN
    enough = min(int(taken.sum()), int((~taken).sum())) >= FEWEST
    half = _half(pairs, early, seed)
    halves = (
        _fitted(ranker, pairs, grades, early & half),
        _fitted(ranker, pairs, grades, early & ~half),
    )
    return Calibration(
        rank_scale=_scale(list(_pools(*halves, pairs.where(late)))),
        chances=Chances.fitted(position, taken) if enough else None,
        halves=halves,
    )


def held(pool: _Pool, scale: float) -> Flags:
    """Whose rank by the one ranker lies within the interval by the other."""
    rows = np.arange(len(pool.position))
    lower, upper = rank_intervals(pool.position, pool.spread, rows, scale=scale)
    return np.asarray((lower <= pool.rank) & (pool.rank <= upper), dtype=bool)


def _scale(pools: list[_Pool]) -> float:
    """The least scale at which the intervals hold four in five ranks; they only widen with it."""
    low, high = np.log(_LEAST_SCALE), np.log(_MOST_SCALE)
    for _ in range(_STEPS):
        middle = (low + high) / 2.0
        covered = np.concatenate([held(pool, float(np.exp(middle))) for pool in pools]).mean()
        low, high = (middle, high) if covered < _COVERED else (low, middle)
    return float(np.exp(high))


def _pools(one: LambdaRanker, other: LambdaRanker, pairs: Pairs) -> Iterator[_Pool]:
    """Every pool of two people and more by both rankers."""
    mine, theirs = one.judge(pairs.features), other.judge(pairs.features)
    codes = pd.factorize(pairs.vacancies)[0]
    for code in range(codes.max() + 1):
        rows = np.flatnonzero(codes == code)
        if len(rows) < 2:
            continue
        everybody = np.ones(len(rows), dtype=bool)
        yield _Pool(
            position=mine.position[rows],
            spread=positions(mine.members[:, rows]),
            rank=np.asarray(shared_ranks(theirs.position[rows], everybody), dtype=np.int64),
        )


def _fitted(ranker: Ranker, pairs: Pairs, grades: Array, rows: Flags) -> LambdaRanker:
    return ranker().fit(pairs.features[rows], grades[rows], pairs.vacancies[rows])


def _later(pairs: Pairs) -> Flags:
    """Pairs of the vacancies that opened last; those of one day stay together."""
    opened = pairs.decisions.groupby("vacancy_id")["opened_on"].first().sort_values()
    first = opened.iloc[int(len(opened) * (1.0 - _LATE))]
    return np.array([day >= first for day in pairs.decisions["opened_on"]], dtype=bool)


def _half(pairs: Pairs, rows: Flags, seed: int) -> Flags:
    vacancies = sorted(set(pairs.vacancies[rows]))
    turn = np.random.default_rng(seed).permutation(len(vacancies)) % 2 == 0
    chosen = {vacancy for vacancy, first in zip(vacancies, turn, strict=True) if first}
    return np.array([vacancy in chosen for vacancy in pairs.vacancies], dtype=bool)


def _vacancies(pairs: Pairs, rows: Flags) -> int:
    return len(set(pairs.vacancies[rows]))
