"""Stage one of ranking: the best of a whole pool by what its people hold of what is asked, exactly.

A score is a sum of sparse products (each skill and each trade word asked, by what the person holds
of it) and of how near her nearest job is to the jobs of the vacancy. Nothing is approximate: for
every skill and word the people who hold it are listed, so that only they are touched, and of the
jobs only those are looked at that could lift somebody into the best. Whoever is not among the best
keeps a place behind them: the rest of the pool is paged in the order of the same score.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.errors import DataError
from matching.ranking.inverted import Inverted, Wanted
from matching.ranking.retrieval_loops import RetrievalLoops

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int32]

_FEW = 4_096  # scores that are put in order as quickly as a sample of them
_SAMPLED = 16


@dataclass(frozen=True, slots=True)
class Jobs:
    """The jobs of every row, flat: where each row's begin, their numbers, and how many there are.

    Made by :func:`jobs_of`.
    """

    starts: Ints
    numbers: Rows
    kinds: int


@dataclass(frozen=True, slots=True)
class Near:
    """How near each job is to what is asked, what that weighs, and what counts for no job."""

    proximity: Array
    weight: float
    otherwise: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked of each of a pool's matrices, in their order, and of its jobs.

    What the first matrix adds counts up to ``ceiling``, since more says nothing new, and times
    ``scale``. ``extra`` is added to everybody's score, shape (people,).
    """

    asked: tuple[Wanted, ...]
    near: Near | None = None
    ceiling: float = np.inf
    scale: float = 1.0
    extra: Array | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The best rows in order, their scores, and what the first matrix alone gave each."""

    rows: Ints
    scores: Array
    first: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieval:
    """A pool to retrieve from, made once; ``loops`` None for the same in numpy, slower.

    ``lists`` are of matrices with a row for every person; ``jobs`` hers.
    """

    lists: tuple[Inverted, ...]
    jobs: Jobs
    loops: RetrievalLoops | None

    @property
    def size(self) -> int:
        """How many people there are."""
        return len(self.jobs.starts) - 1

    def scores(self, query: Query) -> Array:
        """Everybody's score."""
        scores, _ = self._sparse(query)
        if query.near is not None:
            self._add_nearest(query.near, np.arange(self.size), scores)
        return scores

    def top(self, query: Query, most: int) -> Found:
        """The best, in order; of equal scores the earlier row.

        Raises
        ------
        DataError
            If ``most`` is below one, or the query does not fit the pool.
        """
        if most < 1:
            raise DataError(f"The best {most} of a pool were asked for; ask for one or more.")
        scores, first = self._sparse(query)
        if query.near is None:
            rows = best(scores, most, loops=self.loops)
            return Found(rows, scores[rows], first[rows])
        near = query.near
        # The worst of those who lead without their jobs: nobody below it is among the best.
        leading = best(scores, most, loops=self.loops)
        led = scores[leading]
        self._add_nearest(near, leading, led)
        more = near.weight * max(float(near.proximity.max(initial=0.0)), near.otherwise)
        able = self._reaching(scores, more, float(led.min(initial=np.inf)))
        lifted = scores[able]
        self._add_nearest(near, able, lifted)
        chosen = best(lifted, most, loops=self.loops)
        rows = able[chosen]
        return Found(rows, lifted[chosen], first[rows])

    def _sparse(self, query: Query) -> tuple[Array, Array]:
        """Scores without jobs, and what the first matrix gave."""
        _check(self, query)
        first = np.zeros(self.size)
        self.lists[0].add(query.asked[0], first, loops=self.loops)
        scores = np.minimum(first, query.ceiling)
        scores *= query.scale
        for one, asked in zip(self.lists[1:], query.asked[1:], strict=True):
            one.add(asked, scores, loops=self.loops)
        if query.extra is not None:
            scores += query.extra
        return scores, first

    def _reaching(self, scores: Array, more: float, least: float) -> Ints:
        if self.loops is None:
            return np.flatnonzero(scores + more >= least)
        rows = np.empty(self.size, dtype=np.int64)  # of which few are written
        return rows[: self.loops.reaching(scores, more, least, rows)]

    def _add_nearest(self, near: Near, rows: Ints, scores: Array) -> None:
        starts, numbers = self.jobs.starts, self.jobs.numbers
        if self.loops is not None:
            self.loops.add_nearest(
                starts, numbers, near.proximity, near.weight, near.otherwise, rows, scores
            )
            return
        counts = starts[rows + 1] - starts[rows]
        nearest = np.full(len(rows), near.otherwise)
        flat = np.repeat(starts[rows] - np.cumsum(counts) + counts, counts) + np.arange(
            counts.sum()
        )
        nearest[counts > 0] = -np.inf
        np.maximum.at(
            nearest, np.repeat(np.arange(len(rows)), counts), near.proximity[numbers[flat]]
        )
        scores += near.weight * nearest


def jobs_of(person: Sequence[int] | Ints, job: Sequence[int] | Ints, size: int) -> Jobs:
    """The jobs of so many people, from two flat arrays: whose, and its number.

    Raises
    ------
    DataError
        If a job is of nobody in the pool.
    """
    owners, numbers = np.asarray(person, dtype=np.int64), np.asarray(job, dtype=np.int32)
    wrong = owners[(owners < 0) | (owners >= size)]
    if len(wrong):
        raise DataError(f"A job belongs to person {wrong[0]} of {size}, numbered from 0.")
    starts = np.concatenate([[0], np.cumsum(np.bincount(owners, minlength=size))])
    order = np.argsort(owners, kind="stable")
    return Jobs(starts.astype(np.int64), numbers[order], int(numbers.max(initial=-1)) + 1)


def best(scores: Array, most: int, *, loops: RetrievalLoops | None) -> Ints:
    """Rows of the best scores, the best first; of equal scores the earlier row."""
    if loops is None or len(scores) < _FEW:
        return in_order(scores, 0, most)
    # A score that, by a sample, somewhat more than so many reach: only they are put in order.
    sample = scores[::_SAMPLED]
    place = most / _SAMPLED
    place = min(len(sample) - 1, int(place + 4.0 * place**0.5) + 8)
    least = -np.partition(-sample, place)[place]
    rows = np.empty(len(scores), dtype=np.int64)
    rows = rows[: loops.reaching(scores, 0.0, least, rows)]
    if len(rows) < most:
        return in_order(scores, 0, most)
    return rows[in_order(scores[rows], 0, most)]


def in_order(scores: Array, start: int, stop: int) -> Ints:
    """Rows at places ``start`` to ``stop`` (half-open) of the order that :func:`best` gives.

    Only the scores between the two places are ordered, so that any page of a large pool takes as
    long as any other.
    """
    last = min(stop, len(scores)) - 1
    if start > last:
        return np.empty(0, dtype=np.int64)
    down = -scores
    low = np.partition(down, last)[last]
    high = np.partition(down, start)[start] if start else -np.inf
    rows = np.flatnonzero((down >= high) & (down <= low))
    before = np.count_nonzero(down < high)
    ordered = rows[np.argsort(down[rows], kind="stable")]
    return ordered[start - before : last + 1 - before]


def order_rest(scores: Array, taken: Ints, start: int, stop: int) -> Ints:
    """Places ``start`` to ``stop`` of those who are not among the ``taken`` rows, in order.

    Page after page, everybody comes once: nobody is lost and nobody comes twice.
    """
    rest = np.ones(len(scores), dtype=np.bool_)
    rest[taken] = False
    rows = np.flatnonzero(rest)
    return rows[in_order(scores[rows], start, stop)]


def _check(pool: Retrieval, query: Query) -> None:
    if len(query.asked) != len(pool.lists):
        raise DataError(
            f"{len(query.asked)} things were asked of a pool of {len(pool.lists)} matrices; ask "
            "one of each."
        )
    for one, asked in zip(pool.lists, query.asked, strict=True):
        most = one.columns
        if len(asked.columns) != len(asked.weights) or not np.isfinite(asked.weights).all():
            raise DataError("A query has a column without a finite weight; give one for each.")
        outside = asked.columns[(asked.columns < 0) | (asked.columns >= most)]
        if len(outside):
            raise DataError(f"A query asks for column {outside[0]} of {most}, numbered from 0.")
    extra = query.extra
    if extra is not None and not (extra.shape == (pool.size,) and np.isfinite(extra).all()):
        raise DataError(
            f"A query adds {extra.shape} numbers to {pool.size} scores, or one is not finite."
        )
    near = query.near
    if near is None:
        return
    if len(near.proximity) < pool.jobs.kinds:
        raise DataError(
            f"A query says how near {len(near.proximity)} jobs are, and the pool has jobs up to "
            f"number {pool.jobs.kinds - 1}; give one for each."
        )
    known = float(near.proximity.sum()) + near.otherwise
    if not np.isfinite(known) or not 0 <= near.weight < np.inf:
        raise DataError("A query's nearness is not finite, or weighs less than nothing.")
