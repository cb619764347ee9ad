"""Proposals as each side sees them: her hub, she herself, the company that one was sent to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row

from matching.domain.access import Act, Role
from matching.errors import UnknownError
from matching.hub.answers import Answer, reason_place
from matching.hub.people import OPEN
from matching.hub.proposal_evidence import Shown, read
from matching.hub.proposal_rows import (
    ProposalState,
    evidence_place,
    may_be_shown,
    moved,
    proposal_row,
    seen_by,
)
from matching.hub.vacancies import COMPANIES
from matching.store import Work
from matching.store.person_keys import PersonKey, key_of_pseudonym, keys_of
from matching.store.tables import organisations, person_keys, persons, proposals, vacancies

_GOES_ON = frozenset({None, Answer.INTERVIEW, Answer.HIRED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalSeen:
    """A proposal as whoever asks may see it.

    ``person_id`` is for her hub and herself; ``shown`` is what the company is shown, None in a
    list, and for the company once it does not go on; ``reason_code`` and ``reason_text`` are the
    company's, for the hub, of which she herself reads the code alone. ``mission_from`` and
    ``mission_until`` are the days of the job.
    """

    id: str
    hub: str
    vacancy_id: str
    title: str
    mission_from: date | None
    mission_until: date | None
    organisation_id: str
    company: str
    sender: str
    state: ProposalState
    made_at: datetime
    accepted_at: datetime | None
    sent_at: datetime | None
    due_at: datetime | None
    seen_at: datetime | None
    answered_at: datetime | None
    answer: Answer | None
    version: int
    person_id: str | None = field(default=None, repr=False)
    accepted_way: str | None = None
    reason_code: str | None = None
    reason_text: str | None = field(default=None, repr=False)
    shown: Shown | None = field(default=None, repr=False)


def list_proposals(
    work: Work,
    *,
    after: str | None = None,
    limit: int = 50,
    state: ProposalState | None = None,
    vacancy_id: str | None = None,
) -> Sequence[ProposalSeen]:
    """Proposals in the order of their identifiers, without names; protected people's left out.

    A company sees those that were sent to it, a person her own.
    """
    conditions = [*seen_by(work), _of_the_shown(work)]
    if after is not None:
        conditions.append(proposals.c.id > after)
    if state is not None:
        conditions.append(proposals.c.state == state)
    if vacancy_id is not None:
        conditions.append(proposals.c.vacancy_id == vacancy_id)
    rows = work.rows(proposals, *conditions, order=[proposals.c.id], limit=limit)
    keys = keys_of(work, {row.pseudonym for row in rows}, by=person_keys.c.pseudonym)
    offers = _by_id(work, vacancies, {row.vacancy_id for row in rows})
    companies = _by_id(work, organisations, {row.organisation_id for row in rows})
    return [
        _seen(work, row, keys.get(row.pseudonym), offers, companies)
        for row in rows
    ]  # fmt: skip


def read_proposal(work: Work, proposal_id: str) -> ProposalSeen:
    """A proposal with what the company is shown; the reading is told to the journal.

    A company's first reading is noted: she may ask when she was seen. The work must be able to
    write.

    Raises
    ------
    UnknownError
        Where there is none for whoever asks.
    """
    row = proposal_row(work, proposal_id)
    key = key_of_pseudonym(work, row.pseudonym)
    by_company = work.actor.role in COMPANIES
    if by_company and not may_be_shown(work, key):
        raise UnknownError("There is no such proposal.")
    if by_company and row.state == ProposalState.SENT and row.seen_at is None:
        moved(
            work, row, ProposalState.SENT, act=Act.READ_PROPOSAL, version=row.version,
            values={"seen_at": work.now}, first=True,
        )  # fmt: skip
        row = proposal_row(work, proposal_id)
    else:
        work.tell(Act.READ_PROPOSAL, "proposal", row.id, hub=row.hub, person=row.pseudonym)
    offers = _by_id(work, vacancies, {row.vacancy_id})
    companies = _by_id(work, organisations, {row.organisation_id})
    return _seen(work, row, key, offers, companies, whole=True)


def _of_the_shown(work: Work) -> sa.ColumnElement[bool]:
    """The condition that whoever is proposed is not protected; before a company, also on file."""
    there: list[sa.ColumnElement[bool]] = [persons.c.is_protected.is_(False)]
    if work.actor.role is Role.PERSON:
        return sa.true()
    if work.actor.role in COMPANIES:
        there.append(persons.c.state == OPEN)
    shown = (
        sa.select(person_keys.c.pseudonym)
        .join(persons, persons.c.id == person_keys.c.person_id)
        .where(work.seen(persons), *there)
    )
    return proposals.c.pseudonym.in_(shown)


def _by_id(work: Work, table: sa.Table, ids: set[str]) -> Mapping[str, Row[Any]]:
    return {row.id: row for row in work.rows(table, table.c.id.in_(sorted(ids)))}


def _seen(
    work: Work,
    row: Row[Any],
    key: PersonKey | None,
    offers: Mapping[str, Row[Any]],
    companies: Mapping[str, Row[Any]],
    *,
    whole: bool = False,
) -> ProposalSeen:
    role = work.actor.role
    by_company = role in COMPANIES
    offer = offers[row.vacancy_id]
    return ProposalSeen(
        id=row.id, hub=row.hub, vacancy_id=row.vacancy_id, title=offer.title,
        mission_from=offer.mission_from, mission_until=offer.mission_until,
        organisation_id=row.organisation_id, company=companies[row.organisation_id].name,
        sender=row.sender, state=ProposalState(row.state), made_at=row.made_at,
        accepted_at=row.accepted_at, sent_at=row.sent_at, due_at=row.due_at, seen_at=row.seen_at,
        answered_at=row.answered_at, answer=None if row.answer is None else Answer(row.answer),
        version=row.version,
        person_id=None if by_company or key is None else key.person_id,
        accepted_way=None if by_company else row.accepted_way,
        # What a company gave as its reason it knows; a code in its place would tell it of a report.
        reason_code=None if by_company else row.reason_code,
        reason_text=_text(row, key) if whole and not by_company and role is not Role.PERSON
        else None,
        shown=_shown(row, key) if whole and (not by_company or _goes_on(row)) else None,
    )  # fmt: skip


def _goes_on(row: Row[Any]) -> bool:
    return row.state in (ProposalState.SENT, ProposalState.ANSWERED) and row.answer in _GOES_ON


def _shown(row: Row[Any], key: PersonKey | None) -> Shown | None:
    if key is None or row.sealed_evidence is None:
        return None
    return read(key.unseal(row.sealed_evidence, evidence_place(row.id)))


def _text(row: Row[Any], key: PersonKey | None) -> str | None:
    if key is None or row.sealed_reason is None:
        return None
    return key.unseal(row.sealed_reason, reason_place(row.id)).decode()
