"""Rows of proposals: their states, who may see them, and how they go from one state to the next."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row

from matching.domain.access import Act, Role
from matching.errors import ConflictError, UnknownError
from matching.hub.hidden import hidden_pseudonyms
from matching.hub.people import OPEN
from matching.hub.vacancies import COMPANIES
from matching.store import Work
from matching.store.person_keys import PersonKey, key_of, key_of_pseudonym
from matching.store.tables import persons, proposals


class ProposalState(StrEnum):
    """How far a proposal is."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SENT = "sent"
    ANSWERED = "answered"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class AcceptedWay(StrEnum):
    """How she said yes: in a talk, in writing, or by herself with her account."""

    SPOKEN = "spoken"
    WRITTEN = "written"
    ACCOUNT = "account"


UNSENT = (ProposalState.ASKED, ProposalState.ACCEPTED)
LIVE = (*UNSENT, ProposalState.SENT)


def moved(
    work: Work,
    row: Row[Any],
    to: ProposalState,
    *,
    act: Act,
    version: int,
    values: dict[str, Any],
    **detail: object,
) -> int:
    """Tell the journal, and bring a proposal to a state; its new version.

    Raises
    ------
    StaleError
        Where it is another by now than the one that was read.
    """
    # The entry comes first: whoever makes one holds the journal's head until the end, so that of
    # two who move proposals at one moment neither waits for the other in a circle.
    work.tell(
        act, "proposal", row.id, hub=row.hub, person=row.pseudonym, vacancy=row.vacancy_id, to=to,
        **detail,
    )  # fmt: skip
    work.change(
        proposals, {"state": to, **values}, proposals.c.id == row.id, version=version
    )  # fmt: skip
    return version + 1


def proposal_row(work: Work, proposal_id: str) -> Row[Any]:
    """The row of a proposal for whoever may see it: her hub, she herself, the company it went to.

    Raises
    ------
    UnknownError
        For anybody else, as if it were not there.
    """
    row = work.first(proposals, proposals.c.id == proposal_id, *seen_by(work))
    if row is None:
        raise UnknownError("There is no such proposal.")
    return row


def seen_by(work: Work) -> list[sa.ColumnElement[bool]]:
    """The conditions on proposals that the actor may see, besides the hub.

    Of a protected person's a manager sees those alone whose file is in the own charge.
    """
    if work.actor.role is Role.PERSON:
        if work.actor.person_id is None:
            return [sa.false()]
        return [proposals.c.pseudonym == key_of(work, work.actor.person_id).pseudonym]
    if work.actor.role in COMPANIES:
        # A company without an organisation sees nothing, rather than everybody's.
        mine = proposals.c.organisation_id == (work.actor.organisation or "")
        return [mine, proposals.c.sent_at.is_not(None)]
    if work.actor.role is Role.SYSTEM:
        return []
    return [proposals.c.pseudonym.not_in(hidden_pseudonyms(work))]


def evidence_place(proposal_id: str) -> str:
    """Where what a company is shown is sealed."""
    return f"proposals.sealed_evidence:{proposal_id}"


def may_be_shown(work: Work, key: PersonKey | None) -> bool:
    """Whether somebody may still be shown to a company: on file, open, and not protected."""
    row = None if key is None else work.first(persons, persons.c.id == key.person_id)
    return row is not None and row.state == OPEN and not row.is_protected


def proposed_key(work: Work, row: Row[Any]) -> PersonKey:
    """The key of whoever a proposal is of.

    Raises
    ------
    UnknownError
        Once she was erased.
    """
    key = key_of_pseudonym(work, row.pseudonym)
    if key is None:
        raise UnknownError("There is no such proposal.")
    return key


def check_state(row: Row[Any], allowed: tuple[ProposalState, ...], what: str) -> None:
    """Refuse what a proposal is past.

    Raises
    ------
    ConflictError
        Saying in which state it is.
    """
    if row.state not in allowed:
        raise ConflictError(f"This proposal is {row.state}: it cannot be {what} any more.")
