"""What a manager writes down of talks with a person, sealed with her key."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row

from matching.domain.access import Act
from matching.errors import UnknownError
from matching.store import Work
from matching.store.person_keys import PersonKey, key_of
from matching.store.tables import notes, persons
from matching.store.work import new_id


class NoteKind(StrEnum):
    """What a note is: of a talk, or why a protected file was opened."""

    TALK = "talk"
    OPENED = "opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note, with who wrote it and when."""

    id: str
    kind: NoteKind
    text: str = field(repr=False)
    written_by: str
    written_at: datetime


def add_note(work: Work, person_id: str, text: str) -> str:
    """Write a note about a person; its identifier."""
    row = work.one(persons, persons.c.id == person_id)
    key = key_of(work, person_id)
    note = keep_note(work, key, row.hub, text, kind=NoteKind.TALK)
    work.tell(Act.ADD_NOTE, "person", key.pseudonym, hub=row.hub, note=note)
    return note


def read_notes(work: Work, person_id: str) -> Sequence[Note]:
    """The notes about a person, the latest first; the reading is told to the journal."""
    row = work.by(persons, id=person_id)
    if row is None:
        raise UnknownError("There is no such person.")
    key = key_of(work, person_id)
    by_id = sorted(work.rows_by(notes, person_id=person_id), key=lambda one: str(one.id))
    found = sorted(by_id, key=lambda one: one.written_at, reverse=True)
    work.tell(Act.READ_NOTES, "person", key.pseudonym, hub=row.hub, count=len(found))
    return [
        Note(
            id=one.id, kind=NoteKind(said["kind"]), text=said["text"],
            written_by=one.written_by, written_at=one.written_at,
        )
        for one in found
        for said in [_said(key, one)]
    ]  # fmt: skip


def texts_of(work: Work, keys: Mapping[str, PersonKey]) -> Mapping[str, str]:
    """What notes say, by their identifiers; ``keys`` are of whom each is about.

    Telling the journal is left to the caller.
    """
    found = work.rows_among(notes, "id", sorted(keys))
    return {one.id: _said(keys[one.id], one)["text"] for one in found}


def _said(key: PersonKey, row: Row[Any]) -> Mapping[str, str]:
    said: Mapping[str, str] = json.loads(key.unseal(row.sealed, f"notes.sealed:{row.id}"))
    return said


def keep_note(work: Work, key: PersonKey, hub: str, text: str, *, kind: NoteKind) -> str:
    """Keep a note; its identifier. Telling the journal is left to the caller."""
    note_id = new_id()
    content = json.dumps({"kind": kind, "text": text}, ensure_ascii=False).encode()
    work.add(
        notes,
        {
            "id": note_id, "person_id": key.person_id, "hub": hub,
            "sealed": key.seal(content, f"notes.sealed:{note_id}"),
            "written_by": work.actor.id, "written_at": work.now,
        },
    )  # fmt: skip
    return note_id
