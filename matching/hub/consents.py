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

from matching.domain.access import Act, Role
from matching.errors import ConflictError, UnknownError
from matching.hub.people import check_may_grow, row_of
from matching.store import Work
from matching.store.person_keys import key_of
from matching.store.tables import consents, notices_given
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
    ConflictError
        Where that notice was not given to her, or the consent stands already.
    """
    row = row_of(work, person_id)
    check_may_grow(row)
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
        Act.GIVE_NOTICE, "person", key.pseudonym, hub=row.hub, consent=purpose, given=True,
        version=notice_version,
    )  # fmt: skip
    return consent_id


def withdraw_consent(work: Work, consent_id: str) -> None:
    """Record that a consent was withdrawn; what was done before stays lawful.

    Raises
    ------
    UnknownError
        Where there is no such consent for whoever asks.
    ConflictError
        Where it was withdrawn already.
    """
    row = work.first(consents, consents.c.id == consent_id)
    if row is None or (work.actor.role is Role.PERSON and row.person_id != work.actor.person_id):
        raise UnknownError("There is no such consent.")
    if row.withdrawn_at is not None:
        raise ConflictError("This consent was withdrawn already.")
    key = key_of(work, row.person_id)
    work.change(consents, {"withdrawn_at": work.now}, consents.c.id == consent_id)
    work.tell(
        Act.GIVE_NOTICE, "person", key.pseudonym, hub=row.hub, consent=row.purpose, given=False
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


def consents_of(work: Work, person_id: str) -> Sequence[Consent]:
    """The consents of a person, the latest first, with those withdrawn."""
    row_of(work, person_id)
    order = [consents.c.given_at.desc(), consents.c.id]
    return [
        Consent(
            id=row.id, purpose=ConsentFor(row.purpose), notice_version=row.notice_version,
            given_at=row.given_at, withdrawn_at=row.withdrawn_at, recorded_by=row.recorded_by,
        )
        for row in work.rows(consents, consents.c.person_id == person_id, order=order)
    ]  # fmt: skip
