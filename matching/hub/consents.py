"""Consents: asked only where consent is the basis, given for a notice, withdrawn at any time.

A public body does not rest its tasks on consent (GDPR, recital 43): taking somebody in charge,
proposing her, explaining and auditing have another basis, which ``data/privacy/purposes.toml``
names. What is left for consent is what nobody needs in order to be helped.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from matching.domain.access import Act
from matching.errors import ConflictError, UnknownError
from matching.hub.people import check_in_charge, check_may_grow, opened_row, row_of
from matching.store import Work
from matching.store.person_keys import key_of
from matching.store.tables import consents, notices_given, persons
from matching.store.work import new_id


class ConsentFor(StrEnum):
    """What consent is asked for; a closed list. None of them changes what help is offered."""

    LATER_CONTACT = "later_contact"
    STUDY_INTERVIEW = "study_interview"
    TELLING_STORY = "telling_story"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A consent on record; ``withdrawn_at`` is None while it stands."""

    id: str
    purpose: ConsentFor
    notice_version: str
    given_at: datetime
    withdrawn_at: datetime | None
    recorded_by: str


def give_consent(work: Work, person_id: str, purpose: ConsentFor, notice_version: str) -> str:
    """Record a consent, given with a notice that she was given; its identifier.

    Raises
    ------
    UnknownError
        Where there is no such person for whoever asks.
    ForbiddenError
        For a protected file, of anybody but its manager and herself.
    ConflictError
        Where that notice was not given to her, or the consent stands already.
    """
    work.hold(persons, persons.c.id == person_id)
    row = row_of(work, person_id)
    check_may_grow(row)
    check_in_charge(work, row)
    told = work.first(
        notices_given,
        notices_given.c.person_id == person_id,
        notices_given.c.version == notice_version,
    )
    if told is None:
        raise ConflictError(
            f"She was not given the notice {notice_version!r}. Give it to her and record it "
            "first: nobody consents to what she was not told."
        )
    if standing(work, person_id, purpose):
        raise ConflictError(f"A consent to {purpose} stands already.")
    consent_id, key = new_id(), key_of(work, person_id)
    work.add(
        consents,
        {
            "id": consent_id, "person_id": person_id, "hub": row.hub, "purpose": purpose,
            "notice_version": notice_version, "given_at": work.now, "withdrawn_at": None,
            "recorded_by": work.actor.id,
        },
    )  # fmt: skip
    work.tell(
        Act.CONSENT, "person", key.pseudonym, hub=row.hub, consent=purpose, given=True,
        version=notice_version,
    )  # fmt: skip
    return consent_id


def withdraw_consent(work: Work, person_id: str, purpose: ConsentFor) -> None:
    """Record that the consent that stands is withdrawn; what was done before stays lawful.

    It is as easy as giving it, and whoever hears it may record it (GDPR, art. 7(3)).

    Raises
    ------
    UnknownError
        Where there is no such person for whoever asks, or no such consent of hers stands.
    """
    person = row_of(work, person_id)
    key = key_of(work, person_id)
    done = work.change(
        consents, {"withdrawn_at": work.now}, consents.c.person_id == person_id,
        consents.c.purpose == purpose, consents.c.withdrawn_at.is_(None),
    )  # fmt: skip
    if not done:
        raise UnknownError(f"No consent to {purpose} stands; there is nothing to withdraw.")
    work.tell(
        Act.CONSENT, "person", key.pseudonym, hub=person.hub, consent=purpose, given=False
    )  # fmt: skip


def standing(work: Work, person_id: str, purpose: ConsentFor) -> bool:
    """Whether a consent stands now."""
    return bool(
        work.count(
            consents,
            sa.and_(
                consents.c.person_id == person_id,
                consents.c.purpose == purpose,
                consents.c.withdrawn_at.is_(None),
            ),
        )
    )


def consents_of(work: Work, person_id: str, *, reason: str | None = None) -> Sequence[Consent]:
    """The consents of a person, the latest first, with those withdrawn; told to the journal.

    ``reason`` says why a protected file is opened by somebody else than its manager.

    Raises
    ------
    UnknownError
        Where there is no such person for whoever asks.
    ForbiddenError
        For a protected file, without a reason.
    """
    person, key = opened_row(work, person_id, reason)
    order = [consents.c.given_at.desc(), consents.c.id]
    rows = work.rows(consents, consents.c.person_id == person_id, order=order)
    work.tell(Act.READ_CONSENTS, "person", key.pseudonym, hub=person.hub, count=len(rows))
    return [
        Consent(
            id=row.id, purpose=ConsentFor(row.purpose), notice_version=row.notice_version,
            given_at=row.given_at, withdrawn_at=row.withdrawn_at, recorded_by=row.recorded_by,
        )
        for row in rows
    ]  # fmt: skip
