"""A large pool and a vacancy: whom stage two scores, and in which order all the others follow.

Stage one is the part of the baseline's score (:mod:`matching.models.baseline`) that tells trades
apart and needs no walk over the pool: the skills asked, the trade words, the nearest job. It is
exact in what it counts. A pool of up to :data:`SCORED_WHOLE` people needs no stage one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.errors import DataError
from matching.features import Asked, FeatureSpace, People
from matching.models.baseline import ALIKE, TYPICAL, WEIGHTS
from matching.ranking.inverted import Wanted, inverted
from matching.ranking.retrieval import Near, Query, Retrieval, jobs_of, order_rest
from matching.ranking.retrieval_loops import RetrievalLoops

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

SCORED_WHOLE = 10_000
"""People up to whom all are scored by stage two (experiments/2026-11-ranking-speed)."""

# Scores are from 0 to 1: so much lower, nobody comes before anybody of the kind above.
_NOT_JUDGED, _APART = -10.0, -20.0


@dataclass(frozen=True, slots=True, eq=False)
class PoolIndex:
    """A pool to find candidates in, made once by :func:`pool_index`.

    ``behind`` is added to the scores to put those who cannot be judged behind all others; None
    where everybody can.
    """

    retrieval: Retrieval
    behind: Array | None


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Rows of the pool in the order of stage one: whom stage two scores, and behind them the rest.

    Those who can be judged come first, then those who cannot, then those ``apart``. ``shares``
    are what each row holds of the vacancy's trade words: they need not be added up again.
    """

    rows: Ints
    shares: Array
    query: Query
    retrieval: Retrieval

    def rest(self, start: int, stop: int) -> Ints:
        """Places ``start`` to ``stop`` (half-open, from 0) behind the candidates."""
        return order_rest(self.retrieval.scores(self.query), self.rows, start, stop)

    def pages(self, size: int) -> Iterator[Ints]:
        """Everybody behind the candidates, page after page, as they are asked for."""
        scores = self.retrieval.scores(self.query)
        for start in range(0, len(scores) - len(self.rows), size):
            yield order_rest(scores, self.rows, start, start + size)


def pool_index(people: People, space: FeatureSpace, *, loops: RetrievalLoops | None) -> PoolIndex:
    """Lay out a pool by what its people hold.

    Parameters
    ----------
    people, space
        As :func:`matching.features.people_of` gives them, and what it was given.
    loops
        What :func:`matching.ranking.retrieval_loops.compiled_retrieval_loops` gives; None for
        numpy.
    """
    done = people.jobs.done
    person, place = np.nonzero(done < len(space.occupations.numbers))
    return PoolIndex(
        Retrieval(
            lists=(inverted(people.words.held), inverted(people.skills.credit)),
            jobs=jobs_of(person, done[person, place], len(people)),
            loops=loops,
        ),
        _behind(people.judged),
    )


def candidates(
    asked: Asked, index: PoolIndex, *, most: int, apart: Flags | None = None
) -> Candidates:
    """The best of a pool for one vacancy by stage one.

    Parameters
    ----------
    asked
        The vacancy, as :func:`matching.features.asked_of` gives it.
    index
        The pool.
    most
        How many stage two scores.
    apart
        Who of the pool is listed apart, shape (people,); nobody without.

    Raises
    ------
    DataError
        If another number of vacancies than one is given, or ``most`` is below one.
    """
    if len(asked) != 1:
        raise DataError(f"Candidates were sought for {len(asked)} vacancies; give one at a time.")
    behind = index.behind
    if apart is not None and apart.any():
        behind = np.where(apart, _APART, 0.0 if behind is None else behind)
    query = _query(asked, behind)
    found = index.retrieval.top(query, most)
    return Candidates(found.rows, found.first, query, index.retrieval)


def _behind(judged: Flags) -> Array | None:
    return None if judged.all() else np.where(judged, 0.0, _NOT_JUDGED)


def _query(asked: Asked, extra: Array | None) -> Query:
    words = asked.words.shares
    groups = [
        (group.indices, group.data * (WEIGHTS[name] / group.data.sum()))
        for name, group in (
            ("skills_essential", asked.skills.essential),
            ("skills_optional", asked.skills.optional),
            ("skills_trade", asked.skills.trade),
        )
        if group.nnz
    ]
    columns, place = np.unique(
        np.concatenate([np.empty(0, dtype=np.int64), *(columns for columns, _ in groups)]),
        return_inverse=True,
    )
    weights = np.concatenate([np.empty(0), *(weights for _, weights in groups)])
    near = asked.trade.near[0, :-1]
    experience = "experience_proximity"
    return Query(
        asked=(
            Wanted(words.indices.astype(np.int64), words.data),
            Wanted(columns, np.bincount(place, weights, minlength=len(columns)).astype(float)),
        ),
        near=None if np.isnan(near).all() else Near(near, WEIGHTS[experience], TYPICAL[experience]),
        ceiling=ALIKE,
        scale=WEIGHTS["skills_words"] / ALIKE,
        extra=extra,
    )
