"""Protected people whom whoever acts is not trusted with: what tells of others leaves them out."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from matching.domain.access import Role
from matching.store import Work
from matching.store.tables import person_keys, persons


def hidden_people(work: Work) -> frozenset[str]:
    """Protected people in the charge of somebody else, by the identifiers of their files.

    To a person that is everybody who is protected but herself; to the installation nobody. They
    are few in a hub, and asked for without those who are in question: a list names hundreds.
    """
    rows = work.rows(persons, *_hidden(work), columns=[persons.c.id])
    return frozenset(str(row.id) for row in rows)


def hidden_pseudonyms(work: Work) -> sa.Select[Any]:
    """A statement for the pseudonyms of the same people."""
    joined = person_keys.join(persons, persons.c.id == person_keys.c.person_id)
    chosen = sa.select(person_keys.c.pseudonym).select_from(joined)
    return chosen.where(work.seen(persons), *_hidden(work))


def _hidden(work: Work) -> Sequence[sa.ColumnElement[bool]]:
    if work.actor.role is Role.SYSTEM:
        return [sa.false()]
    if work.actor.role is Role.PERSON:
        return [persons.c.is_protected, persons.c.id != (work.actor.person_id or "")]
    # Of a file in nobody's charge everybody is somebody else.
    others = sa.or_(persons.c.manager_id.is_(None), persons.c.manager_id != work.actor.id)
    return [persons.c.is_protected, others]
