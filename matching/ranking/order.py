"""Pairs of one vacancy, or of one person, in order: with ranks, intervals and near ties."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.domain import Balancing, Weighting
from matching.models import Judgement, Ranker
from matching.ranking.exposure import balanced
from matching.ranking.ties import (
    close_to_next,
    near_ties,
    positions,
    rank_intervals,
    shared_ranks,
)
from matching.ranking.weights import Reweighted, reweighted
from matching.territory import ExposurePolicy, RankingPolicy

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Ranks = npt.NDArray[np.int64]

_DECIMALS = 6  # scores nearer than this are the same
_FEWEST_MEMBERS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Ordered:
    """Rows in the order in which they are shown, and what is said of each place.

    ``rows`` are positions in the given order; all other arrays follow ``rows``. First come those
    who can be judged and are not apart, then those who cannot be judged, then those apart. The
    rank of somebody apart is the one she would have. Ends of an interval are 0 where it was not
    asked for, or there is none. ``pool`` counts those of the first kind;
    ``groups`` are stretches of places whose order is too close to call.
    """

    rows: Ranks
    pool: int
    score: Array
    lower: Array
    upper: Array
    rank: Ranks
    rank_lower: Ranks
    rank_upper: Ranks
    close: Flags
    groups: tuple[range, ...]
    balancing: Balancing | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """By what near ties take turns: the policy, what each was shown, the day, and whose list.

    ``ids`` are those of the rows.
    """

    policy: RankingPolicy
    ids: Sequence[str]
    had: Mapping[str, float]
    as_of: date
    of: str


@dataclass(frozen=True, slots=True)
class Weighted:
    """A ranker under a user's weights, for whoever tries what other answers would score."""

    ranker: Ranker
    weights: Weighting

    def predict(self, X: pd.DataFrame) -> Array:
        """Score of each pair in [0, 1], shape (n,)."""
        found = self.ranker.judge(X)
        everybody = np.ones(len(X), dtype=bool)
        return self.reweighted(found, self.ranker.contributions(X), everybody).score

    def no_information(self) -> float:
        """Score of a pair that cannot be judged: no weight moves it."""
        return self.ranker.no_information()

    def reweighted(
        self, found: Judgement, contributions: pd.DataFrame, judged: Flags
    ) -> Reweighted:
        """Scores, intervals and parts of pairs under the weights."""
        return reweighted(
            contributions,
            score=found.score,
            lower=found.lower,
            upper=found.upper,
            judged=judged,
            base=self.ranker.no_information(),
            weights=self.weights,
            link=self.ranker.link,
        )


def rounded(
    found: Judgement | Reweighted, judged: Flags, base: float
) -> tuple[Array, Array, Array]:
    """Score and ends of its interval to six decimals; without a judgement ``base``, 0 and 1."""
    return (
        np.where(judged, found.score, base).round(_DECIMALS),
        np.where(judged, found.lower, 0.0).round(_DECIMALS),
        np.where(judged, found.upper, 1.0).round(_DECIMALS),
    )


def order_noise(found: Judgement, ranker: Ranker, *, weighted: Reweighted | None = None) -> Array:
    """By how much each place on the ranker's scale, or a weighted score, may be off: shape (n,).

    Of a learned ranker what its members differ in, times what was learnt of it; of one that
    learns nothing what unknown answers may add.
    """
    if len(found.members) < _FEWEST_MEMBERS:
        noise = found.blanks
    else:
        noise = positions(found.members) * ranker.rank_scale_
    if weighted is None:
        return noise
    return np.asarray(noise * found.steepness * weighted.stretch, dtype=float)


def by_name(ids: Sequence[str]) -> Ranks:
    """The place of each of some ids in their alphabetic order."""
    places = np.empty(len(ids), dtype=np.int64)
    places[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    return places


def ordered(
    *,
    names: Ranks,
    place: Array,
    noise: Array,
    score: Array,
    lower: Array,
    upper: Array,
    judged: Flags,
    apart: Flags,
    shown: int | None = None,
    turns: Turns | None = None,
) -> Ordered:
    """Put rows in order; nobody is left out.

    Parameters
    ----------
    names
        What :func:`by_name` gives of the ids of the rows, or of more: it decides between equal
        scores.
    place, noise
        What orders the rows, in step with ``score``, and by how much each may be off.
    score, lower, upper
        To six decimals.
    judged, apart
        Who could be judged, and who is listed apart.
    shown
        For how many places, from the first, rank intervals and near ties are wanted; all without.
    turns
        How near ties take turns, None where they do not.
    """
    ranked = judged & ~apart
    group = np.where(ranked, 0, np.where(apart, 2, 1))
    rows = np.lexsort((names, -score, ~judged, group))
    pool = int(ranked.sum())
    if turns is not None and turns.policy.exposure is not ExposurePolicy.OFF:
        shown = None
    step = _steps(score[rows], place[rows])
    here = ranked[rows]
    groups = near_ties(step, noise[rows], here, scale=1.0, shown=shown)
    balancing = None
    if turns is not None and turns.policy.exposure is not ExposurePolicy.OFF:
        turn, balancing = balanced(
            [turns.ids[row] for row in rows],
            groups,
            turns.had,
            policy=turns.policy.exposure,
            as_of=turns.as_of,
            of=turns.of,
        )
        rows = rows[list(turn)]
    found = score[rows]
    rank = np.asarray(
        shared_ranks(found, here, groups=groups if balancing is not None else ()), dtype=np.int64
    )
    best = np.sort(found[:pool])
    aside = apart[rows]
    rank = np.where(aside, 1 + pool - np.searchsorted(best, found, side="right"), rank)
    low, high = np.zeros_like(rank), np.zeros_like(rank)
    wanted = np.arange(pool if shown is None else min(pool, shown))
    # In turns, places no longer fall down the list; intervals and closeness are of the places.
    step = place[rows]
    if len(wanted):
        ends = rank_intervals(step, noise[rows], wanted, judged=here)
        low[wanted] = np.minimum(ends[0], rank[wanted])
        high[wanted] = np.maximum(ends[1], rank[wanted])
    return Ordered(
        rows=np.asarray(rows, dtype=np.int64),
        pool=pool,
        score=found,
        lower=lower[rows],
        upper=upper[rows],
        rank=rank,
        rank_lower=low,
        rank_upper=high,
        close=close_to_next(step, noise[rows], here),
        groups=tuple(groups),
        balancing=balancing,
    )


def _steps(score: Array, place: Array) -> Array:
    """Places in order, one and the same where the scores are: whatever their last digits say."""
    if not len(score):
        return place
    first = np.concatenate([[True], np.diff(score) != 0.0])
    return np.asarray(place[np.flatnonzero(first)][np.cumsum(first) - 1], dtype=float)
