"""A large pool and a vacancy: whom stage two scores, and in which order all the others follow.

Stage one is the part of the baseline's score (:mod:`matching.models.baseline`) that tells trades
apart and needs no walk over the pool: the skills asked, the trade words, the nearest job. It is
exact in what it counts. A pool of up to :data:`SCORED_WHOLE` people needs no stage one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.errors import DataError
from matching.features import Asked, FeatureSpace, People
from matching.models.baseline import ALIKE, TYPICAL, WEIGHTS
from matching.ranking.inverted import Wanted, inverted
from matching.ranking.retrieval import Near, Query, Retrieval, jobs_of, order_rest
from matching.ranking.retrieval_loops import RetrievalLoops

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

SCORED_WHOLE = 5_000
"""People up to whom all are scored by stage two (a judgement, not measured)."""

# Scores are from 0 to 1: so much lower, nobody comes before anybody of the kind above.
_NOT_JUDGED, _APART = -10.0, -20.0


@dataclass(frozen=True, slots=True, eq=False)
class PoolIndex:
    """A pool to find candidates in, made once by :func:`pool_index`."""

    retrieval: Retrieval
    judged: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Rows of the pool in the order of stage one: whom stage two scores, and behind them the rest.

    Those who can be judged come first, then those who cannot, then those ``apart``.
    """

    rows: Ints
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
        people.judged,
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
    query = _query(asked, _behind(index.judged, apart))
    return Candidates(index.retrieval.top(query, most)[0], query, index.retrieval)


def _behind(judged: Flags, apart: Flags | None) -> Array | None:
    if judged.all() and (apart is None or not apart.any()):
        return None
    later = np.where(judged, 0.0, _NOT_JUDGED)
    return later if apart is None else np.where(apart, _APART, later)


def _query(asked: Asked, extra: Array | None) -> Query:
    words = asked.words.shares[[0]]
    weight = WEIGHTS["skills_words"] / ALIKE
    parts = [
        _shares(group, WEIGHTS[name])
        for name, group in (
            ("skills_essential", asked.skills.essential),
            ("skills_optional", asked.skills.optional),
            ("skills_trade", asked.skills.trade),
        )
    ]
    skills = sparse.csr_array(sum(parts[1:], parts[0]))
    near = asked.trade.near[0]
    return Query(
        asked=(
            Wanted(words.indices.astype(np.int64), words.data * weight),
            Wanted(skills.indices.astype(np.int64), skills.data),
        ),
        near=None
        if np.isnan(near).all()
        else Near(near[:-1], WEIGHTS["experience_proximity"], TYPICAL["experience_proximity"]),
        ceiling=WEIGHTS["skills_words"],
        extra=extra,
    )


def _shares(group: sparse.csr_array, weight: float) -> sparse.csr_array:
    """What each skill asked weighs where the whole group weighs so much."""
    total = float(group.sum())
    return group * (weight / total) if total else group
