"""Proposals as each side sees them: her hub, she herself, the company that one was sent to."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row

from matching.domain.access import Act, Role
from matching.errors import UnknownError
from matching.hub.answers import Answer, reason_place
from matching.hub.people import OPEN, one_hub
from matching.hub.proposal_evidence import Shown, read
from matching.hub.proposal_rows import (
    ProposalState,
    evidence_place,
    may_be_shown,
    proposal_row,
    seen_by,
)
from matching.hub.vacancies import COMPANIES, kept_vacancy
from matching.store import Work
from matching.store.person_keys import PersonKey, key_of_pseudonym, keys_of
from matching.store.tables import (
    journal,
    organisations,
    person_keys,
    persons,
    proposals,
    vacancies,
)

_GOES_ON = frozenset({None, Answer.INTERVIEW, Answer.HIRED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalSeen:
    """A proposal as whoever asks may see it.

    ``person_id`` is for her hub and herself; ``shown`` is what the company is shown, None in a
    list, and for the company once it does not go on; ``reason_code`` and ``reason_text`` are the
    company's, for the hub, of which she herself reads the code alone. ``mission_from`` and
    ``mission_until`` are the days of the job, ``offer`` the text of the vacancy, for herself, who
    answers to it. ``seen_at`` is when the company first read it, by the journal.
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
    offer: str | None = field(default=None, repr=False)
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

    A company sees those that were sent to it, a person her own. One entry of the journal tells of
    it: the work must be able to write.
    """
    conditions = [*seen_by(work), of_the_shown(work)]
    if after is not None:
        conditions.append(proposals.c.id > after)
    if state is not None:
        conditions.append(proposals.c.state == state)
    if vacancy_id is not None:
        conditions.append(proposals.c.vacancy_id == vacancy_id)
    rows = work.rows(proposals, *conditions, order=[proposals.c.id], limit=limit)
    keys = keys_of(work, {row.pseudonym for row in rows}, by=person_keys.c.pseudonym)
    beside = _beside(work, rows)
    work.tell(Act.LIST_PROPOSALS, "proposals", None, hub=one_hub(work), count=len(rows))
    return [_seen(work, row, keys.get(row.pseudonym), beside) for row in rows]


def read_proposal(work: Work, proposal_id: str) -> ProposalSeen:
    """A proposal with what the company is shown; the reading is told to the journal.

    She may ask when she was seen: the journal says it. The work must be able to write.

    Raises
    ------
    UnknownError
        Where there is none for whoever asks.
    """
    row = proposal_row(work, proposal_id)
    key = key_of_pseudonym(work, row.pseudonym)
    if work.actor.role in COMPANIES and not may_be_shown(work, key):
        raise UnknownError("There is no such proposal.")
    is_shown = work.actor.role not in COMPANIES or _goes_on(row)
    work.tell(
        Act.READ_PROPOSAL, "proposal", row.id, hub=row.hub, person=row.pseudonym, shown=is_shown
    )
    return _seen(work, row, key, _beside(work, [row]), whole=True)


def of_the_shown(work: Work) -> sa.ColumnElement[bool]:
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


@dataclass(frozen=True, slots=True)
class _Beside:
    """What is read once for several proposals: vacancies, companies, when each was first seen."""

    offers: Mapping[str, Row[Any]]
    companies: Mapping[str, Row[Any]]
    seen: Mapping[str, datetime]


def _beside(work: Work, rows: Sequence[Row[Any]]) -> _Beside:
    return _Beside(
        _by_id(work, vacancies, {row.vacancy_id for row in rows}),
        _by_id(work, organisations, {row.organisation_id for row in rows}),
        _first_seen(work, [row.id for row in rows if row.sent_at is not None]),
    )


def _by_id(work: Work, table: sa.Table, ids: set[str]) -> Mapping[str, Row[Any]]:
    return {row.id: row for row in work.rows(table, table.c.id.in_(sorted(ids)))}


def _first_seen(work: Work, ids: Sequence[str]) -> Mapping[str, datetime]:
    rows = work.rows(
        journal, journal.c.subject.in_(ids), journal.c.act == Act.READ_PROPOSAL,
        journal.c.role.in_(sorted(COMPANIES)), order=[journal.c.number.desc()],
    )  # fmt: skip
    # Of one that was withdrawn in time a company reads that, and nothing about anybody.
    return {row.subject: row.at for row in rows if json.loads(row.detail)["shown"]}


def _seen(
    work: Work, row: Row[Any], key: PersonKey | None, beside: _Beside, *, whole: bool = False
) -> ProposalSeen:
    role = work.actor.role
    by_company = role in COMPANIES
    offer = beside.offers[row.vacancy_id]
    return ProposalSeen(
        id=row.id, hub=row.hub, vacancy_id=row.vacancy_id, title=offer.title,
        mission_from=offer.mission_from, mission_until=offer.mission_until,
        organisation_id=row.organisation_id, company=beside.companies[row.organisation_id].name,
        sender=row.sender, state=ProposalState(row.state), made_at=row.made_at,
        accepted_at=row.accepted_at, sent_at=row.sent_at, due_at=row.due_at,
        seen_at=beside.seen.get(row.id),
        answered_at=row.answered_at, answer=None if row.answer is None else Answer(row.answer),
        version=row.version,
        person_id=None if by_company or key is None else key.person_id,
        accepted_way=None if by_company else row.accepted_way,
        # What a company gave as its reason it knows; a code in its place would tell it of a report.
        reason_code=None if by_company else row.reason_code,
        reason_text=_text(row, key) if whole and not by_company and role is not Role.PERSON
        else None,
        offer=kept_vacancy(offer).text if whole and role is Role.PERSON else None,
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
