"""The file of a person: taken in charge, read, brought up to date. Names apart and sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy import Row

from matching.access.matrix import reach_of
from matching.domain.access import EVERYWHERE, Act, Role
from matching.errors import ConflictError, ForbiddenError, UnknownError
from matching.hub.notes import NoteKind, keep_note
from matching.hub.revisions import PERSONS, changed
from matching.store import Work
from matching.store.person_keys import PersonKey, key_of, keys_of, new_person_key
from matching.store.tables import identities, persons
from matching.store.work import new_id
from matching.upkeep.contacts import email_addresses, phone_numbers
from matching.upkeep.names import name_words

OPEN, CLOSED, RESTRICTED = "open", "closed", "restricted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """Who somebody is and how she is reached. Read by her hub alone, never by what scores."""

    given_name: str
    family_name: str
    birth_date: date | None = None
    telephone: str | None = None
    email: str | None = None
    address: str | None = None
    # How to reach her safely, or not at all: "only in the morning", "never at home".
    caution: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """Somebody who is taken in charge."""

    hub: str
    contacts: Contacts
    taken_on: date
    point: str | None = None
    manager_id: str | None = None
    household_id: str | None = None
    is_protected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The file of a person as its hub sees it; ``contacts`` are left out of lists of files."""

    id: str
    hub: str
    pseudonym: str = field(repr=False)
    state: str
    is_protected: bool
    manager_id: str | None
    point: str | None
    household_id: str | None
    taken_on: date
    confirmed_on: date
    version: int
    contacts: Contacts | None = field(default=None, repr=False)


_CONTACTS = TypeAdapter(Contacts)


def add_person(work: Work, new: NewPerson) -> str:
    """Take somebody in charge; her identifier.

    Raises
    ------
    UnknownError
        For a hub that the actor may not touch.
    """
    person_id = new_id()
    key = new_person_key(work, person_id, new.hub)
    work.add(
        persons,
        {
            "id": person_id, "hub": new.hub, "state": OPEN, "is_protected": new.is_protected,
            "manager_id": new.manager_id, "point": new.point, "household_id": new.household_id,
            "taken_on": new.taken_on, "confirmed_on": new.taken_on, "created_at": work.now,
            "changed_at": work.now, "version": 1,
        },
    )  # fmt: skip
    work.add(
        identities,
        {
            "person_id": person_id, "hub": new.hub, **search_words(work, new.contacts),
            "sealed": _sealed(key, new.contacts),
        },
    )  # fmt: skip
    changed(work, new.hub, PERSONS)
    work.tell(Act.ADD_PERSON, "person", key.pseudonym, hub=new.hub, is_protected=new.is_protected)
    return person_id


def read_person(work: Work, person_id: str, *, reason: str | None = None) -> Person:
    """The file of a person with her contacts, as :func:`open_file`."""
    return open_file(work, person_id, reason=reason)[0]


def open_file(work: Work, person_id: str, *, reason: str | None = None) -> tuple[Person, PersonKey]:
    """The file of a person with her contacts, and her key; the reading is told to the journal.

    Parameters
    ----------
    work
        Of somebody whose hub she is of, or of herself. It must be able to write: to the journal.
    person_id
        Whose.
    reason
        Why a protected file is opened: nobody but its manager opens one without.

    Raises
    ------
    UnknownError
        Where there is no such person for whoever asks.
    ForbiddenError
        For a protected file, without a reason.
    """
    row = row_of(work, person_id)
    key = key_of(work, person_id)
    if not tell_opening(work, row, key, reason):
        work.tell(Act.READ_PERSON, "person", key.pseudonym, hub=row.hub)
    return replace(_person(row, key), contacts=contacts_of(work, key)), key


def opened_row(work: Work, person_id: str, reason: str | None) -> tuple[Row[Any], PersonKey]:
    """The file of a person and her key, for what shows something of it; see :func:`tell_opening`.

    Raises
    ------
    UnknownError
        Where there is no such person for whoever asks.
    ForbiddenError
        For a protected file, without a reason.
    """
    row, key = row_of(work, person_id), key_of(work, person_id)
    tell_opening(work, row, key, reason)
    return row, key


def tell_opening(work: Work, row: Row[Any], key: PersonKey, reason: str | None) -> bool:
    """Refuse to open a protected file without a reason; with one, keep it and tell her manager.

    Whatever shows something of a file asks this first. False where it is no protected file, or her
    manager or she herself opens it: then nothing is told here.

    Raises
    ------
    ForbiddenError
        For a protected file, without a reason; for whoever may open none, also with one.
    """
    said = check_opening(work, row, reason)
    if said is None:
        return False
    note = keep_note(work, key, row.hub, said, kind=NoteKind.OPENED)
    work.tell(
        Act.OPEN_PROTECTED_FILE, "person", key.pseudonym, hub=row.hub, told=row.manager_id,
        note=note,
    )  # fmt: skip
    return True


def check_opening(work: Work, row: Row[Any], reason: str | None) -> str | None:
    """Refuse as :func:`tell_opening`; the reason that is to be told, None where none is."""
    if not row.is_protected or _is_trusted(work, row):
        return None
    if reach_of(work.actor, Act.OPEN_PROTECTED_FILE) is None:
        raise ForbiddenError(
            "This file is protected: community managers of its hub open it, each by name and with "
            "a reason, and nobody else."
        )
    said = (reason or "").strip()
    if not said:
        raise ForbiddenError(
            "This file is protected. Say why it is opened (X-Reason): the reason is kept, and the "
            "manager in charge is told."
        )
    return said


def list_persons(
    work: Work, *, after: str | None = None, limit: int = 50, state: str | None = None
) -> Sequence[Person]:
    """Files in the order of their identifiers, without protected ones, with their contacts.

    ``after`` is the identifier that the page comes after. One entry of the journal tells of it.
    """
    conditions: list[sa.ColumnElement[bool]] = [persons.c.is_protected.is_(False)]
    if after is not None:
        conditions.append(persons.c.id > after)
    if state is not None:
        conditions.append(persons.c.state == state)
    rows = work.rows(persons, *conditions, order=[persons.c.id], limit=limit)
    ids = [row.id for row in rows]
    keys = keys_of(work, ids)
    sealed = {row.person_id: row.sealed for row in work.rows_among(identities, "person_id", ids)}
    work.tell(Act.LIST_PERSONS, "persons", None, count=len(rows), hub=one_hub(work))
    return [
        replace(_person(row, keys[row.id]), contacts=opened_contacts(keys[row.id], sealed[row.id]))
        for row in rows
    ]


def change_person(
    work: Work,
    person_id: str,
    *,
    version: int,
    contacts: Contacts | None = None,
    **values: Any,
) -> int:
    """Change a file that is still as it was read; its new version.

    ``values`` are columns of ``persons``: state, point, manager_id, household_id, is_protected,
    confirmed_on.

    Raises
    ------
    StaleError
        Where somebody else changed it meanwhile.
    ConflictError
        For a file whose data may no longer be worked with.
    """
    row = row_of(work, person_id)
    if row.state == RESTRICTED:
        raise ConflictError(
            "What is kept of this person may no longer be worked with: it is only kept because "
            "the law asks for it."
        )
    key = key_of(work, person_id)
    work.change(
        persons, {**values, "changed_at": work.now}, persons.c.id == person_id, version=version
    )
    if contacts is not None:
        work.change(
            identities,
            {"sealed": _sealed(key, contacts), **search_words(work, contacts)},
            identities.c.person_id == person_id,
        )
    changed(work, row.hub, PERSONS)
    fields = sorted([*values, *(["contacts"] if contacts is not None else [])])
    work.tell(Act.CHANGE_PERSON, "person", key.pseudonym, hub=row.hub, fields=fields)
    return version + 1


def row_of(work: Work, person_id: str) -> Row[Any]:
    """The row of a person for whoever may see it: her hub, or she herself.

    Raises
    ------
    UnknownError
        For anybody else, as if she were not there.
    """
    if work.actor.role is Role.PERSON and work.actor.person_id != person_id:
        raise UnknownError("There is no such person.")
    row = work.by(persons, id=person_id)
    if row is None:
        raise UnknownError("There is no such person.")
    return row


def contacts_of(work: Work, key: PersonKey) -> Contacts:
    """Name and contacts of whoever a key is of. Telling the journal is left to the caller."""
    row = work.by(identities, person_id=key.person_id)
    if row is None:
        raise UnknownError("There is no such person.")
    return opened_contacts(key, row.sealed)


def check_may_grow(row: Row[Any]) -> None:
    """Refuse to add to a file that is only kept because the law asks for it.

    Raises
    ------
    ConflictError
        For a restricted one.
    """
    if row.state == RESTRICTED:
        raise ConflictError("What is kept of this person may no longer be added to.")


def check_in_charge(work: Work, row: Row[Any]) -> None:
    """Refuse to change a protected file by anybody but its manager.

    Raises
    ------
    ForbiddenError
        For anybody else.
    """
    if row.is_protected and not _is_trusted(work, row):
        raise ForbiddenError("Only the manager in charge changes a protected file.")


def one_hub(work: Work) -> str:
    """The actor's hub, ``"*"`` where there are several: whose a list is that is told of."""
    hubs = sorted(work.actor.hubs)
    return hubs[0] if len(hubs) == 1 else EVERYWHERE


def search_words(work: Work, contacts: Contacts) -> Mapping[str, str | None]:
    """The words by which a name and a contact are found again; None for one that is not known."""
    name = " ".join(sorted(name_words(f"{contacts.given_name} {contacts.family_name}")))
    reached = (
        *email_addresses(contacts.email or ""),
        *phone_numbers(contacts.telephone or ""),
    )
    return {
        "name_word": work.word("name", name) if name else None,
        "contact_word": work.word("contact", reached[0]) if reached else None,
    }


def _sealed(key: PersonKey, contacts: Contacts) -> bytes:
    return key.seal(_CONTACTS.dump_json(contacts), f"identities.sealed:{key.person_id}")


def opened_contacts(key: PersonKey, sealed: bytes) -> Contacts:
    """Name and contacts, as an identity seals them."""
    return _CONTACTS.validate_json(key.unseal(sealed, f"identities.sealed:{key.person_id}"))


def _person(row: Row[Any], key: PersonKey) -> Person:
    return Person(
        id=row.id, hub=row.hub, pseudonym=key.pseudonym, state=row.state,
        is_protected=row.is_protected, manager_id=row.manager_id, point=row.point,
        household_id=row.household_id, taken_on=row.taken_on, confirmed_on=row.confirmed_on,
        version=row.version,
    )  # fmt: skip


def _is_trusted(work: Work, row: Row[Any]) -> bool:
    return work.actor.id == row.manager_id or work.actor.role in (Role.PERSON, Role.SYSTEM)
