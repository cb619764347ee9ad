"""Privacy notices: in versions, and on record for each person. Nobody is scored without one."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

import sqlalchemy as sa

from matching.domain.access import Act
from matching.errors import ConflictError, InputError, UnknownError
from matching.hub.people import row_of
from matching.hub.revisions import PERSONS, changed
from matching.store import Work
from matching.store.person_keys import key_of
from matching.store.sealing import digest
from matching.store.tables import notice_versions, notices_given
from matching.store.work import new_id


class Way(StrEnum):
    """How a notice reached a person."""

    READ_ALOUD = "read_aloud"
    PAPER = "paper"
    SCREEN = "screen"
    SENT = "sent"


def add_notice(work: Work, version: str, language: str, text: str, *, valid_from: date) -> None:
    """Add a version of the notice in a language; what was given stays as it was given.

    Raises
    ------
    InputError
        For a blank text.
    ConflictError
        Where that version has another text already.
    """
    if not text.strip():
        raise InputError(f"Notice {version!r} in {language!r} is blank; write it first.")
    found = work.first(
        notice_versions,
        sa.and_(notice_versions.c.version == version, notice_versions.c.language == language),
    )
    said = digest(text.encode())
    if found is not None:
        if found.text_digest == said:
            return
        raise ConflictError(
            f"Notice {version!r} in {language!r} has another text already, which people may have "
            "been given. Give the new text a new version."
        )
    work.add(
        notice_versions,
        {
            "version": version, "language": language, "text": text, "text_digest": said,
            "valid_from": valid_from, "added_at": work.now,
        },
    )  # fmt: skip
    work.tell(Act.MANAGE_NOTICES, "notice", None, version=version, language=language, text=said)


def give_notice(work: Work, person_id: str, version: str, language: str, way: Way) -> str:
    """Record that a person was given a version of the notice; the record's identifier.

    Raises
    ------
    UnknownError
        For a version that there is not in that language.
    """
    row = row_of(work, person_id)
    key = key_of(work, person_id)
    known = work.first(
        notice_versions,
        sa.and_(notice_versions.c.version == version, notice_versions.c.language == language),
    )
    if known is None:
        raise UnknownError(f"There is no notice {version!r} in {language!r}.")
    record = new_id()
    work.add(
        notices_given,
        {
            "id": record, "person_id": person_id, "hub": row.hub, "version": version,
            "language": language, "way": way, "given_by": work.actor.id, "given_at": work.now,
        },
    )  # fmt: skip
    changed(work, row.hub, PERSONS)
    work.tell(
        Act.GIVE_NOTICE, "person", key.pseudonym, hub=row.hub, version=version,
        language=language, way=way,
    )  # fmt: skip
    return record


def informed(work: Work, hub: str) -> Collection[str]:
    """Identifiers of the hub's people who were given a notice."""
    given = sa.select(notices_given.c.person_id).where(
        work.seen(notices_given), notices_given.c.hub == hub
    )
    return frozenset(work.connection.execute(given.distinct()).scalars())


def check_informed(work: Work, person_id: str) -> None:
    """Refuse to compute anything about somebody who was given no notice.

    Raises
    ------
    ConflictError
        Saying what to do first (L. 132/2025 art. 11, D.Lgs 152/1997 art. 1-bis).
    """
    if work.first(notices_given, notices_given.c.person_id == person_id) is None:
        raise ConflictError(
            "This person was given no notice on how her data are used, so nothing is computed "
            "about her. Give it to her, record it, and ask again."
        )
