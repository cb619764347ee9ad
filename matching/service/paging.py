"""Pages of the order for one vacancy, to the last person of a pool of any size.

Up to :data:`matching.ranking.pool.SCORED_WHOLE` people a page is a part of the shortlist. In a
larger pool the best by stage one are put in order by the ranker, and all others follow in the order
of stage one: nobody is lost, and every score shown is the ranker's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from matching.domain import Match, State, Vacancy
from matching.errors import InputError
from matching.features import Asked, asked_of, unnamed_frame
from matching.ranking.eligibility import hard_requirements
from matching.ranking.eligibility_pool import not_met
from matching.ranking.order import rounded
from matching.ranking.pool import SCORED_WHOLE, Candidates, candidates
from matching.ranking.reserved import is_reserved
from matching.service.matcher import Matcher, Pool
from matching.service.placing import place

HEAD = 5_000
"""People whom the ranker puts in order in a larger pool: fewer would lose some of its own best."""

Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Page:
    """Some places of the order, the first numbered from 0, of ``total``; no reasons."""

    matches: tuple[Match, ...]
    first: int
    total: int


def page(
    matcher: Matcher,
    vacancy: Vacancy,
    pool: Pool,
    *,
    as_of: date,
    first: int,
    count: int,
    whole: int = SCORED_WHOLE,
    head: int = HEAD,
) -> Page:
    """The places from ``first`` on, ``count`` at most.

    Parameters
    ----------
    matcher, vacancy, pool
        Who is ranked for what, and by what.
    as_of
        The day for which everything is computed.
    first, count
        Place of the first, from 0, and how many at most.
    whole, head
        Up to how many people all are scored by the ranker; and how many are in a larger pool.

    Raises
    ------
    InputError
        For a place below 0, or fewer than one.
    """
    if first < 0 or count < 1:
        raise InputError(
            f"A page from {first} with {count} places was asked for; give a first place from 0, "
            "and one place or more."
        )
    total = 0 if is_reserved(vacancy) else len(pool.profiles)
    stop = min(first + count, total)
    if first >= stop:
        return Page((), first, total)
    if total <= whole:
        found = matcher.shortlist(vacancy, pool, as_of=as_of, explained=0)
        return Page(tuple(found.matches[first:stop]), first, total)
    asked = asked_of([vacancy], matcher.space)
    apart = not_met(hard_requirements(vacancy, matcher.rules, as_of=as_of), pool.answers)
    best = candidates(asked, pool.index, most=head, apart=apart)
    shown: list[Match] = []
    if first < len(best.rows):
        shown += _head(matcher, asked, pool, best, apart)[first:stop]
    if stop > len(best.rows):
        start = max(first, len(best.rows))
        rows = best.rest(start - len(best.rows), stop - len(best.rows))
        shown += _tail(matcher, asked, pool, rows, apart, start)
    return Page(tuple(shown), first, total)


def _head(
    matcher: Matcher, asked: Asked, pool: Pool, best: Candidates, apart: Flags
) -> Sequence[Match]:
    ids, vacancy_id, rows = pool.people.ids, asked.ids[0], best.rows
    placed = place(
        unnamed_frame(asked, pool.people, matcher.space, rows=rows, shares=best.shares[None, :]),
        names=pool.names[rows],
        ranker=matcher.ranker,
        judged=pool.people.judged[rows] & bool(asked.judged[0]),
        apart=apart[rows],
        explained=0,
        weights=None,
        turns=None,
    )
    return placed.matches(lambda row: (vacancy_id, ids[rows[row]]))


def _tail(
    matcher: Matcher, asked: Asked, pool: Pool, rows: Rows, apart: Flags, start: int
) -> list[Match]:
    judged = pool.people.judged[rows] & bool(asked.judged[0])
    found = matcher.ranker.judge(unnamed_frame(asked, pool.people, matcher.space, rows=rows))
    score, lower, upper = rounded(found, judged, matcher.ranker.no_information())
    return [
        Match(
            vacancy_id=asked.ids[0],
            person_id=pool.people.ids[row],
            rank=start + number + 1,
            score=float(score[number]),
            lower=float(lower[number]),
            upper=float(upper[number]),
            state=State.OK if judged[number] else State.NOT_ENOUGH_DATA,
            apart=bool(apart[row]),
        )
        for number, row in enumerate(rows)
    ]
