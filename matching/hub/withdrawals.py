"""Proposals that are taken back: one by one, with a person's file, or with a vacancy."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row

from matching.domain.access import Act
from matching.hub.answers import Answer
from matching.hub.people import row_of
from matching.hub.proposal_rows import LIVE, ProposalState, check_state, moved, proposal_row
from matching.store import Work
from matching.store.person_keys import key_of
from matching.store.tables import proposals


class Cause(StrEnum):
    """Why a proposal is taken back: somebody asked, or what it was about is over."""

    ASKED = "asked"
    FILE_CLOSED = "file_closed"
    FILE_PROTECTED = "file_protected"
    VACANCY_CLOSED = "vacancy_closed"


def withdraw(work: Work, proposal_id: str, *, version: int) -> int:
    """Take a proposal back, at any time and without a reason; the company sees her no more.

    Raises
    ------
    UnknownError
        Where there is no such proposal for whoever asks.
    ConflictError
        Where it ended in another way.
    StaleError
        Where it changed meanwhile.
    """
    row = proposal_row(work, proposal_id)
    check_state(row, (*LIVE, ProposalState.ANSWERED), "withdrawn")
    return _withdrawn(work, row, version, Cause.ASKED)


def withdraw_all(work: Work, person_id: str, cause: Cause) -> int:
    """Take back all that is on its way of somebody; how many there were.

    What a company invited to an interview is on its way still; what ended otherwise stays as it
    ended.

    Raises
    ------
    UnknownError
        Where there is no such person for whoever asks.
    """
    row_of(work, person_id)
    hers = proposals.c.pseudonym == key_of(work, person_id).pseudonym
    interviewed = sa.and_(
        proposals.c.state == ProposalState.ANSWERED, proposals.c.answer == Answer.INTERVIEW
    )
    going_on = sa.or_(proposals.c.state.in_(LIVE), interviewed)
    rows = work.rows(proposals, hers, going_on, order=[proposals.c.id])
    return _all_withdrawn(work, rows, cause)


def withdraw_for(work: Work, vacancy_id: str) -> int:
    """Take back what was proposed for a vacancy and is not answered; how many there were.

    Whoever was invited to an interview may still be hired.
    """
    rows = work.rows(
        proposals, proposals.c.vacancy_id == vacancy_id, proposals.c.state.in_(LIVE),
        order=[proposals.c.id],
    )  # fmt: skip
    return _all_withdrawn(work, rows, Cause.VACANCY_CLOSED)


def _all_withdrawn(work: Work, rows: Sequence[Row[Any]], cause: Cause) -> int:
    for row in rows:
        _withdrawn(work, row, row.version, cause)
    return len(rows)


def _withdrawn(work: Work, row: Row[Any], version: int, cause: Cause) -> int:
    # What was sent stays on her file, sealed: she may ask who was told what of her.
    values = {} if row.sent_at is not None else {"sealed_evidence": None}
    return moved(
        work, row, ProposalState.WITHDRAWN, act=Act.WITHDRAW_PROPOSAL, version=version,
        values=values, organisation=row.organisation_id, cause=cause,
    )  # fmt: skip
