"""What waits for a manager: proposals to go on with, and what companies or time did to others.

Read, never changed: what was read comes back the next time, until it is seen to or old.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row

from matching.accompaniment.agreement.policy import AgreementPolicy
from matching.domain.access import Act, Role
from matching.hub.answers import Answer
from matching.hub.charge import HandedOver, handed_over
from matching.hub.contests import ContestSeen, open_contests
from matching.hub.opened_files import OpenedFile, opened_by_others
from matching.hub.paths import PathSeen, all_paths, seen_path
from matching.hub.people import one_hub
from matching.hub.proposal_rows import ProposalState
from matching.hub.proposal_views import of_the_shown
from matching.hub.reminders import Lapse
from matching.hub.withdrawals import Cause
from matching.store import Work
from matching.store.person_keys import keys_of
from matching.store.tables import (
    journal,
    organisations,
    person_keys,
    persons,
    proposals,
    vacancies,
)

NEWS_DAYS = 14
"""For how many days what ended is still told, and what was opened by others."""


class Waits(StrEnum):
    """What waits, or what is to be known.

    Her answer, the sending of what she accepted, a company's answer that it was reminded of; what
    a company answered; what expired; what was taken back by herself, or with its vacancy.
    """

    REPLY = "reply"
    SENDING = "sending"
    ANSWER = "answer"
    ANSWERED = "answered"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


_WAITS: Mapping[str, Waits] = MappingProxyType(
    {
        ProposalState.ASKED: Waits.REPLY,
        ProposalState.ACCEPTED: Waits.SENDING,
        ProposalState.SENT: Waits.ANSWER,
        ProposalState.ANSWERED: Waits.ANSWERED,
        ProposalState.EXPIRED: Waits.EXPIRED,
        ProposalState.WITHDRAWN: Waits.WITHDRAWN,
    }
)
_ENDED = (ProposalState.EXPIRED, ProposalState.WITHDRAWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A proposal that waits, or ended, ``since`` a moment.

    ``due_at`` is by when its company is to answer; ``cause`` why it expired or was taken back;
    ``is_mine`` whether whoever asks is in charge of the person or made the proposal.
    """

    proposal_id: str
    waits: Waits
    since: datetime
    due_at: datetime | None
    person_id: str = field(repr=False)
    vacancy_id: str
    title: str
    company: str
    answer: Answer | None
    reason_code: str | None
    cause: str | None
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders:
    """What waits for the managers of a hub: proposals and contests, the longest first.

    ``paths`` are those in which something is due, or a call is proposed. Of protected files in the
    charge of whoever asks, not opened by that manager since: ``handed_over`` those newly so,
    ``opened`` what others opened.
    """

    proposals: Sequence[Waiting]
    contests: Sequence[ContestSeen]
    paths: Sequence[PathSeen]
    handed_over: Sequence[HandedOver]
    opened: Sequence[OpenedFile]


def reminders_of(work: Work, as_of: date, *, agreeing: AgreementPolicy | None = None) -> Reminders:
    """What waits for a manager on a day, told to the journal.

    Of protected people nothing but that the file of somebody in the charge of whoever asks was
    handed over, or opened by somebody else.

    Parameters
    ----------
    work
        Of a manager. It must be able to write: to the journal.
    as_of
        The day for paths; proposals go by the clock.
    agreeing
        What the territory decides on paths; without it nothing is due in them.
    """
    found = [*_waiting(work), *_news(work)]
    paths = (seen_path(one, agreeing, as_of=as_of, with_calls=True) for one in all_paths(work))
    reminders = Reminders(
        proposals=sorted(found, key=lambda one: (one.since, one.proposal_id)),
        contests=open_contests(work),
        paths=[one for one in paths if one.due or one.calls],
        handed_over=handed_over(work),
        opened=opened_by_others(work, work.now - timedelta(days=NEWS_DAYS)),
    )
    work.tell(
        Act.READ_REMINDERS, "reminders", None, hub=one_hub(work),
        proposals=len(reminders.proposals), contests=len(reminders.contests),
        paths=len(reminders.paths), handed_over=len(reminders.handed_over),
        opened=len(reminders.opened),
    )  # fmt: skip
    return reminders


def _waiting(work: Work) -> Sequence[Waiting]:
    rows = work.rows(
        proposals, of_the_shown(work),
        sa.or_(
            proposals.c.state.in_((ProposalState.ASKED, ProposalState.ACCEPTED)),
            sa.and_(
                proposals.c.state == ProposalState.SENT, proposals.c.reminded_at.is_not(None)
            ),
            sa.and_(
                proposals.c.state == ProposalState.ANSWERED,
                proposals.c.answered_at >= work.now - timedelta(days=NEWS_DAYS),
            ),
        ),
    )  # fmt: skip
    return _told(work, {row.id: (row, _since(row), None) for row in rows})


def _since(row: Row[Any]) -> datetime:
    moments = {
        ProposalState.ASKED: row.made_at,
        ProposalState.ACCEPTED: row.accepted_at,
        ProposalState.SENT: row.reminded_at,
        ProposalState.ANSWERED: row.answered_at,
    }
    since: datetime = moments[ProposalState(row.state)]
    return since


def _news(work: Work) -> Sequence[Waiting]:
    """What ended without whoever asks: by time, by the person herself, or with a vacancy."""
    over = proposals.c.state.in_(_ENDED)
    ended = sa.select(proposals.c.id).where(work.seen(proposals), of_the_shown(work), over)
    entries = work.rows(
        journal, journal.c.subject.in_(ended),
        journal.c.act.in_((Act.EXPIRE_PROPOSAL, Act.WITHDRAW_PROPOSAL)),
        journal.c.at >= work.now - timedelta(days=NEWS_DAYS), journal.c.actor != work.actor.id,
    )  # fmt: skip
    causes = {one.subject: (one.at, cause) for one in entries if (cause := _news_of(one))}
    rows = work.rows(proposals, proposals.c.id.in_(sorted(causes)))
    return _told(work, {row.id: (row, *causes[row.id]) for row in rows})


def _news_of(entry: Row[Any]) -> str | None:
    cause = str(json.loads(entry.detail)["cause"])
    by_herself = cause == Cause.ASKED and entry.role == Role.PERSON
    return cause if by_herself or cause in (*Lapse, Cause.VACANCY_CLOSED) else None


def _told(
    work: Work, found: Mapping[str, tuple[Row[Any], datetime, str | None]]
) -> Sequence[Waiting]:
    rows = [row for row, _, _ in found.values()]
    keys = keys_of(work, {row.pseudonym for row in rows}, by=person_keys.c.pseudonym)
    files = _by_id(work, persons, {key.person_id for key in keys.values()})
    offers = _by_id(work, vacancies, {row.vacancy_id for row in rows})
    companies = _by_id(work, organisations, {row.organisation_id for row in rows})
    return [
        Waiting(
            proposal_id=row.id, waits=_WAITS[row.state], since=since, due_at=row.due_at,
            person_id=(person_id := keys[row.pseudonym].person_id), vacancy_id=row.vacancy_id,
            title=offers[row.vacancy_id].title, company=companies[row.organisation_id].name,
            answer=None if row.answer is None else Answer(row.answer),
            reason_code=row.reason_code, cause=cause,
            is_mine=work.actor.id in (row.made_by, files[person_id].manager_id),
        )
        for row, since, cause in found.values()
    ]  # fmt: skip


def _by_id(work: Work, table: sa.Table, ids: set[str]) -> Mapping[str, Row[Any]]:
    return {row.id: row for row in work.rows(table, table.c.id.in_(sorted(ids)))}
