"""Whether somebody is on file already: surely, or perhaps. Protected files are never found."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row

from matching.hub.people import Contacts, opened_contacts, search_words
from matching.store import Work
from matching.store.person_keys import keys_of
from matching.store.tables import identities, persons
from matching.upkeep.contacts import email_addresses, phone_numbers

_MOST = 50  # namesakes that are compared one by one; beyond them somebody has to look


def on_file(work: Work, contacts: Contacts) -> str | None:
    """Who has this name, and this birth date or, where one is not known, this contact.

    Without either in common two people may share a name: that is for a person to tell.
    """
    word = search_words(work, contacts)["name_word"]
    if word is None or (contacts.birth_date is None and not _reached(contacts)):
        return None
    found = _shown(work, identities.c.name_word == word)
    keys = keys_of(work, [row.person_id for row in found])
    return next(
        (
            row.person_id
            for row in found
            if _is_same(contacts, opened_contacts(keys[row.person_id], row.sealed))
        ),
        None,
    )


def might_be(work: Work, contacts: Contacts) -> Sequence[str]:
    """Identifiers of people with the same name or contact, some of them where there are many."""
    words = search_words(work, contacts)
    asked = [identities.c[name] == word for name, word in words.items() if word is not None]
    return [row.person_id for row in _shown(work, sa.or_(*asked))] if asked else []


def _shown(work: Work, condition: sa.ColumnElement[bool]) -> Sequence[Row[Any]]:
    """Identities that meet a condition, without those of protected files."""
    # Both tables are closed to other hubs.
    chosen = (
        sa.select(identities.c.person_id, identities.c.sealed)
        .join(persons, persons.c.id == identities.c.person_id)
        .where(work.seen(identities), work.seen(persons), persons.c.is_protected.is_(False))
        .where(condition)
        .order_by(identities.c.person_id)
        .limit(_MOST)
    )
    return work.connection.execute(chosen).all()


def _is_same(one: Contacts, other: Contacts) -> bool:
    if one.birth_date is not None and other.birth_date is not None:
        return one.birth_date == other.birth_date
    return bool(_reached(one) & _reached(other))


def _reached(contacts: Contacts) -> frozenset[str]:
    return frozenset(
        (*email_addresses(contacts.email or ""), *phone_numbers(contacts.telephone or ""))
    )
