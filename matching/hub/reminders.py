"""What is due over a hub: answers that are late, contests that wait, steps of agreed paths."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row

from matching.accompaniment.agreement.policy import AgreementPolicy
from matching.domain.access import Act
from matching.hub.contests import ContestSeen, open_contests
from matching.hub.paths import PathSeen, all_paths, seen_path
from matching.hub.proposal_rows import UNSENT, ProposalState, moved
from matching.hub.vacancies import OPEN
from matching.store import Work
from matching.store.person_keys import key_of_pseudonym
from matching.store.tables import persons, proposals, vacancies
from matching.territory import ProposalPolicy


class Lapse(StrEnum):
    """Why a proposal expires: no answer in time, or its vacancy is over."""

    NO_ANSWER = "no_answer"
    VACANCY_GONE = "vacancy_gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What was done and what waits.

    ``reminded`` and ``expired`` are proposals; ``contests`` wait for somebody, the oldest first;
    ``paths`` are those in which something is due or a call is proposed.
    """

    reminded: tuple[str, ...]
    expired: tuple[str, ...]
    contests: Sequence[ContestSeen]
    paths: tuple[PathSeen, ...]


def remind(
    work: Work,
    as_of: date,
    *,
    proposing: ProposalPolicy,
    agreeing: AgreementPolicy | None = None,
) -> Due:
    """Remind of proposals once, let the late ones expire, and say what else is due.

    To be run often: what was done is not done again. An expiry costs the person nothing; it is an
    act of the installation, told to the journal as one, with which manager is to know: whoever is
    in charge of her, or else who made the proposal (:mod:`matching.hub.waiting` shows it to them).

    Parameters
    ----------
    work
        Of the installation, over a hub.
    as_of
        The day for contests and paths; proposals go by the clock.
    proposing, agreeing
        What the territory decides; without the second nothing is due in paths.
    """
    expired = (*_late(work), *_without_vacancy(work, as_of))
    reminded = _reminded(work, timedelta(hours=proposing.reminder_hours))
    seen = (seen_path(one, agreeing, as_of=as_of, with_calls=True) for one in all_paths(work))
    return Due(
        reminded=reminded,
        expired=expired,
        contests=open_contests(work),
        paths=tuple(one for one in seen if one.due or one.calls),
    )


def _late(work: Work) -> tuple[str, ...]:
    rows = work.rows(
        proposals, proposals.c.state == ProposalState.SENT, proposals.c.due_at <= work.now,
        order=[proposals.c.id],
    )  # fmt: skip
    for row in rows:
        moved(
            work, row, ProposalState.EXPIRED, act=Act.EXPIRE_PROPOSAL, version=row.version,
            values={}, cause=Lapse.NO_ANSWER, told=_in_charge(work, row),
        )  # fmt: skip
    return tuple(row.id for row in rows)


def _without_vacancy(work: Work, as_of: date) -> tuple[str, ...]:
    gone = sa.select(vacancies.c.id).where(
        work.seen(vacancies), sa.or_(vacancies.c.state != OPEN, vacancies.c.expires_on < as_of)
    )
    rows = work.rows(
        proposals, proposals.c.state.in_(UNSENT), proposals.c.vacancy_id.in_(gone),
        order=[proposals.c.id],
    )  # fmt: skip
    for row in rows:
        # What a company would have been shown was shown to nobody.
        moved(
            work, row, ProposalState.EXPIRED, act=Act.EXPIRE_PROPOSAL, version=row.version,
            values={"sealed_evidence": None}, cause=Lapse.VACANCY_GONE, told=_in_charge(work, row),
        )  # fmt: skip
    return tuple(row.id for row in rows)


def _reminded(work: Work, before: timedelta) -> tuple[str, ...]:
    rows = work.rows(
        proposals, proposals.c.state == ProposalState.SENT, proposals.c.reminded_at.is_(None),
        proposals.c.due_at <= work.now + before, order=[proposals.c.id],
    )  # fmt: skip
    for row in rows:
        moved(
            work, row, ProposalState.SENT, act=Act.REMIND, version=row.version,
            values={"reminded_at": work.now},
        )  # fmt: skip
    return tuple(row.id for row in rows)


def _in_charge(work: Work, row: Row[Any]) -> str:
    key = key_of_pseudonym(work, row.pseudonym)
    file = None if key is None else work.first(persons, persons.c.id == key.person_id)
    return str(row.made_by if file is None or file.manager_id is None else file.manager_id)
