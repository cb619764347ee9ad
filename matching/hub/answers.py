"""What a company answers to a proposal: a closed list, and reasons that are read before they go on.

A reason on a forbidden ground, by its code or by its words, opens a report for the evaluator and
goes no further: her manager and she herself read that the company does not go on.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Row

from matching.domain.access import Act
from matching.errors import ConflictError, InputError, UnknownError
from matching.hub.forbidden_matters import Ground, grounds_in
from matching.hub.people import contacts_of
from matching.hub.proposal_rows import (
    ProposalState,
    may_be_shown,
    moved,
    proposal_row,
    proposed_key,
)
from matching.hub.reasons import AnswerReasons, check_text
from matching.hub.reserved_reports import open_report
from matching.hub.vacancies import COMPANIES
from matching.store import Work
from matching.store.person_keys import PersonKey
from matching.upkeep.names import name_words

_CONTACT = re.compile(r"\S+@\S+|\+?\d(?:[ ./-]?\d){6,}")


class Answer(StrEnum):
    """What a company does with a proposal."""

    INTERVIEW = "interview"
    HIRED = "hired"
    NOT_SUITABLE = "not_suitable"
    ALREADY_KNOWN = "already_known"
    FILLED = "filled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer; ``reason_code`` with ``NOT_SUITABLE``, and ``text`` where there is more to say."""

    answer: Answer
    reason_code: str | None = None
    text: str | None = field(default=None, repr=False)


def answer_proposal(
    work: Work, proposal_id: str, given: Answered, reasons: AnswerReasons, *, version: int
) -> int:
    """Answer a proposal, as the company that it was sent to; its new version.

    After an interview another answer may follow; every other is the last.

    Raises
    ------
    UnknownError
        For anybody but that company, and once she may not be shown any more.
    InputError
        For a refusal without a reason of the list, a reason with any other answer, or words that
        are missing or too many.
    ConflictError
        Where it is not open to an answer: withdrawn, expired, or answered.
    StaleError
        Where it changed meanwhile.
    """
    if work.actor.role not in COMPANIES:
        raise UnknownError("There is no such proposal.")
    row = proposal_row(work, proposal_id)
    key = proposed_key(work, row)
    if not may_be_shown(work, key):
        raise UnknownError("There is no such proposal.")
    _check_open(row, given.answer)
    code, text = given.reason_code, (given.text or "").strip() or None
    grounds = _grounds(given.answer, code, text, reasons)
    if grounds:
        said = {"answer": given.answer, "code": code, "text": _unnamed(work, key, text)}
        open_report(work, row, grounds, said)
        code, text = (None if code is None else reasons.neutral.code), None
    return moved(
        work, row, ProposalState.ANSWERED, act=Act.ANSWER_PROPOSAL, version=version,
        values={
            "answered_at": work.now, "answer": given.answer, "reason_code": code,
            "sealed_reason": None if text is None else key.seal(text.encode(),
                                                                reason_place(row.id)),
        },
        answer=given.answer, reason=code, organisation=row.organisation_id,
    )  # fmt: skip


def reason_place(proposal_id: str) -> str:
    """Where a company's words are sealed, with her key."""
    return f"proposals.sealed_reason:{proposal_id}"


def _check_open(row: Row[Any], answer: Answer) -> None:
    interviewed = row.state == ProposalState.ANSWERED and row.answer == Answer.INTERVIEW
    if row.state != ProposalState.SENT and not interviewed:
        raise ConflictError(f"This proposal is {row.state}: it cannot be answered any more.")
    if interviewed and answer is Answer.INTERVIEW:
        raise ConflictError("An interview was answered already; say what came of it.")


def _grounds(
    answer: Answer, code: str | None, text: str | None, reasons: AnswerReasons
) -> tuple[Ground, ...]:
    grounds: list[Ground] = []
    if answer is Answer.NOT_SUITABLE:
        if code is None:
            raise InputError(
                "Say why not, by a reason of the list: "
                f"{', '.join(one.code for one in reasons.offered)}."
            )
        reason = reasons.known(code)
        check_text(code, text, needed=reason.needs_text)
        grounds += [] if reason.ground is None else [reason.ground]
    elif code is not None:
        raise InputError(f"A reason goes with {Answer.NOT_SUITABLE.value!r} alone; leave it out.")
    else:
        check_text(answer, text, needed=False)
    return tuple(dict.fromkeys([*grounds, *grounds_in(text or "")]))


def _unnamed(work: Work, key: PersonKey, text: str | None) -> str | None:
    """The words without her name or any contact: whoever reads reports knows nobody by name."""
    if text is None:
        return None
    text = _CONTACT.sub("…", text)
    contacts = contacts_of(work, key)
    names = {*f"{contacts.given_name} {contacts.family_name}".split()}
    names |= {*name_words(" ".join(names))}
    pattern = "|".join(re.escape(one) for one in sorted(names, key=len, reverse=True))
    return re.sub(rf"\b(?:{pattern})\b", "…", text, flags=re.IGNORECASE) if names else text
