"""CVs and papers of a person, sealed with her key; apart where they tell what nobody may use.

A document with sensitive matters (:mod:`matching.hub.sensitive`) is opened by nobody but herself
until a manager decided, with her, whether it is needed. So is one in which nothing could be read,
such as a scan: nobody knows what it tells. Meanwhile her profile is made from its
text, as that of any other: reading a text leaves those lines out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row

from matching.domain.access import Act, Role
from matching.errors import ConflictError, InputError, UnknownError
from matching.hub.people import check_in_charge, check_may_grow, opened_row, row_of, tell_opening
from matching.hub.sensitive import Sensitive, sensitive_in
from matching.store import Work
from matching.store.person_keys import PersonKey, key_of
from matching.store.tables import documents
from matching.store.work import new_id

LONGEST_NAME = 200


class PaperKind(StrEnum):
    """What a document is."""

    CV = "cv"
    CERTIFICATE = "certificate"
    AGREEMENT = "agreement"
    OTHER = "other"


class Needed(StrEnum):
    """Why a document with sensitive matters is kept after all, with the person's say."""

    ASKED_BY_PERSON = "asked_by_person"
    PUBLIC_MEASURE = "public_measure"
    NOT_SENSITIVE = "not_sensitive"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """A document that is added; ``text`` is what was read in it, None where nothing was."""

    kind: PaperKind
    name: str = field(repr=False)
    content: bytes = field(repr=False)
    text: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document on file, without its content; ``size`` is in bytes."""

    id: str
    person_id: str
    kind: PaperKind
    name: str = field(repr=False)
    size: int
    is_quarantined: bool
    added_by: str
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedDocument:
    """A document with its bytes, and the text that was read in it."""

    document: Document
    content: bytes = field(repr=False)
    text: str | None = field(repr=False)


def add_document(work: Work, person_id: str, new: NewDocument) -> tuple[str, frozenset[Sensitive]]:
    """Keep a document; its identifier, and the sensitive matters for which it is kept apart.

    One without a text is kept apart, too, for no matter that is known.

    Raises
    ------
    UnknownError
        Where there is no such person for whoever asks.
    ConflictError
        For a file that may no longer be worked with.
    InputError
        For a name that is blank or too long, or a document without content.
    """
    row = row_of(work, person_id)
    check_may_grow(row)
    if not 0 < len(new.name.strip()) <= LONGEST_NAME:
        raise InputError(f"The name of a document is of 1 to {LONGEST_NAME} characters.")
    if not new.content:
        raise InputError("The document is empty; choose another file.")
    key = key_of(work, person_id)
    found = frozenset() if new.text is None else sensitive_in(new.text)
    apart = new.text is None or bool(found)
    document_id = new_id()
    text = None if new.text is None else key.seal(
        new.text.encode(), _place("sealed_text", document_id)
    )  # fmt: skip
    work.add(
        documents,
        {
            "id": document_id, "person_id": person_id, "hub": row.hub, "kind": new.kind,
            "sealed": key.seal(new.content, _place("sealed", document_id)),
            "sealed_name": key.seal(new.name.encode(), _place("sealed_name", document_id)),
            "sealed_text": text, "size": len(new.content), "is_quarantined": apart,
            "added_by": work.actor.id, "added_at": work.now,
        },
    )  # fmt: skip
    # Which matters they were is not entered: it would say of her what nobody may know.
    work.tell(
        Act.ADD_DOCUMENT, "person", key.pseudonym, hub=row.hub, document=document_id,
        kind=new.kind, quarantined=apart,
    )  # fmt: skip
    return document_id, found


def list_documents(work: Work, person_id: str, *, reason: str | None = None) -> Sequence[Document]:
    """The documents of a person, the latest first; the listing is told to the journal.

    Raises
    ------
    UnknownError
        Where there is no such person for whoever asks.
    ForbiddenError
        For a protected file, without a reason.
    """
    row, key = opened_row(work, person_id, reason)
    order = [documents.c.added_at.desc(), documents.c.id]
    found = work.rows(documents, documents.c.person_id == person_id, order=order)
    work.tell(
        Act.READ_DOCUMENT, "person", key.pseudonym, hub=row.hub, listed=len(found)
    )  # fmt: skip
    return [_document(one, key) for one in found]


def read_document(work: Work, document_id: str, *, reason: str | None = None) -> OpenedDocument:
    """A document with its content; the reading is told to the journal.

    Raises
    ------
    UnknownError
        Where there is no such document for whoever asks.
    ConflictError
        For one that is kept apart, unless the person herself reads it.
    ForbiddenError
        For one of a protected file, without a reason.
    """
    row, key = _found(work, document_id)
    if row.is_quarantined and work.actor.role not in (Role.PERSON, Role.SYSTEM):
        raise ConflictError(
            "This document tells of health, belief, union, origin or convictions, or could not be "
            "read, and is kept apart. Decide with the person whether it is needed; remove it if it "
            "is not."
        )
    tell_opening(work, row_of(work, row.person_id), key, reason)
    work.tell(Act.READ_DOCUMENT, "person", key.pseudonym, hub=row.hub, document=document_id)
    text = row.sealed_text
    return OpenedDocument(
        document=_document(row, key),
        content=key.unseal(row.sealed, _place("sealed", document_id)),
        text=None if text is None
        else key.unseal(text, _place("sealed_text", document_id)).decode(),
    )  # fmt: skip


def lift_quarantine(work: Work, document_id: str, why: Needed) -> None:
    """Say that a document that was kept apart is needed, and why; from now on it can be opened.

    Raises
    ------
    UnknownError
        Where there is no such document for whoever asks.
    ConflictError
        Where it is not kept apart, or a machine or the person herself would decide.
    ForbiddenError
        For one of a protected file, by anybody but its manager.
    """
    row, key = _found(work, document_id)
    check_in_charge(work, row_of(work, row.person_id))
    if work.actor.role is not Role.COMMUNITY_MANAGER:
        raise ConflictError("A manager of her hub decides, with her, whether it is needed.")
    if not row.is_quarantined:
        raise ConflictError("This document is not kept apart; it can be opened.")
    work.change(documents, {"is_quarantined": False}, documents.c.id == document_id)
    work.tell(
        Act.CHANGE_PERSON, "person", key.pseudonym, hub=row.hub, document=document_id,
        quarantined=False, why=why,
    )  # fmt: skip


def remove_document(work: Work, document_id: str) -> None:
    """Remove a document, kept apart or not.

    Raises
    ------
    UnknownError
        Where there is no such document for whoever asks.
    ForbiddenError
        For one of a protected file, by anybody but its manager.
    """
    row, key = _found(work, document_id)
    check_in_charge(work, row_of(work, row.person_id))
    work.remove(documents, documents.c.id == document_id)
    work.tell(
        Act.CHANGE_PERSON, "person", key.pseudonym, hub=row.hub, document=document_id, removed=True
    )


def _found(work: Work, document_id: str) -> tuple[Row[Any], PersonKey]:
    row = work.first(documents, documents.c.id == document_id)
    own = work.actor.role is not Role.PERSON
    if row is None or not (own or row.person_id == work.actor.person_id):
        raise UnknownError("There is no such document.")
    return row, key_of(work, row.person_id)


def _document(row: Row[Any], key: PersonKey) -> Document:
    return Document(
        id=row.id, person_id=row.person_id, kind=PaperKind(row.kind),
        name=key.unseal(row.sealed_name, _place("sealed_name", row.id)).decode(), size=row.size,
        is_quarantined=row.is_quarantined, added_by=row.added_by, added_at=row.added_at,
    )  # fmt: skip


def _place(column: str, document_id: str) -> str:
    return f"documents.{column}:{document_id}"
