"""Who is in charge of a file: a manager of its hub who can act, above all where it is protected.

Nobody but its manager changes a protected file, and it is in no list. Once the account of that
manager is closed, the administration hands such files over: it sees how many, and whoever they go
to is told which.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row

from matching.domain.access import Act, Role
from matching.errors import ConflictError, InputError, UnknownError
from matching.hub.accounts import ACTIVE, DISABLED, held
from matching.store import Work
from matching.store.person_keys import PersonKey, keys_of
from matching.store.tables import accounts, journal, persons


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """A protected file that whoever asks was put in charge of, and has not opened yet."""

    person_id: str = field(repr=False)
    since: datetime


def charged(work: Work, row: Row[Any], values: Mapping[str, Any]) -> Mapping[str, Any]:
    """What changes of a file, so that a protected one has somebody in charge who can act.

    Whoever protects a file that nobody is in charge of takes charge of it.

    Parameters
    ----------
    row
        The file as it is.
    values
        Columns of ``persons`` that change.

    Raises
    ------
    InputError
        For a ``manager_id`` that is of no community manager of the hub who can act.
    ConflictError
        Where a file becomes protected, and neither its manager nor whoever acts can be in charge.
    """
    if "manager_id" in values:
        if not _can_be_in_charge(work, values["manager_id"], row.hub):
            raise InputError(
                "manager_id is of no community manager of this hub whose account is active; name "
                "one that is."
            )
        return values
    if not values.get("is_protected") or _can_be_in_charge(work, row.manager_id, row.hub):
        return values
    if not _can_be_in_charge(work, work.actor.id, row.hub):
        raise ConflictError(
            "Nobody who can act is in charge of this file, and a protected file is changed by its "
            "manager alone. A community manager protects it, and is in charge then."
        )
    return {**values, "manager_id": work.actor.id}


def hand_over(work: Work, account_id: str, to: str) -> int:
    """Put another manager in charge of the protected files of a closed account; how many.

    Each is told to the journal, and by :func:`handed_over` to whoever it goes to.

    Raises
    ------
    UnknownError
        Where there is no such account.
    ConflictError
        For an account that is not closed: its manager hands over what is hers.
    InputError
        Where the files would go to nobody of the same hub who can act.
    """
    left = held(work, account_id)
    if left.state != DISABLED:
        raise ConflictError(
            "This account is not closed: its manager is in charge, and names another in the file "
            "itself. Close the account first."
        )
    if work.first(accounts, accounts.c.id == to) is None:
        raise UnknownError("There is no such account.")
    if not _can_be_in_charge(work, to, left.home_hub):
        raise InputError(
            f"Protected files go to a community manager of the same hub, {left.home_hub}, whose "
            "account is active; name one that is."
        )
    in_charge = sa.and_(persons.c.manager_id == account_id, persons.c.is_protected)
    rows = work.rows(persons, in_charge, order=[persons.c.id])
    keys = keys_of(work, [row.id for row in rows])
    # That she is followed by somebody else is no sign of life: the file is kept no longer for it.
    work.change(persons, {"manager_id": to}, in_charge)
    for row in rows:
        work.tell(
            Act.HAND_OVER, "person", keys[row.id].pseudonym, hub=row.hub, before=account_id, told=to
        )
    return len(rows)


def handed_over(work: Work) -> Sequence[HandedOver]:
    """Protected files that whoever acts was put in charge of, until she opens each."""
    keys = protected_in_charge(work)
    told = journal.c.act == Act.HAND_OVER
    opened = sa.and_(journal.c.act == Act.READ_PERSON, journal.c.actor == work.actor.id)
    since: dict[str, datetime] = {}
    for entry in work.rows(
        journal, journal.c.subject.in_(sorted(keys)), sa.or_(told, opened),
        order=[journal.c.number],
    ):  # fmt: skip
        if entry.act == Act.READ_PERSON:
            since.pop(entry.subject, None)
        elif json.loads(entry.detail)["told"] == work.actor.id:
            since[entry.subject] = entry.at
    return [HandedOver(person_id=keys[one].person_id, since=at) for one, at in since.items()]


def protected_in_charge(work: Work) -> Mapping[str, PersonKey]:
    """The keys of protected people whom whoever acts is in charge of, by pseudonym."""
    in_charge = (persons.c.manager_id == work.actor.id, persons.c.is_protected)
    ids = [row.id for row in work.rows(persons, *in_charge, columns=[persons.c.id])]
    return {key.pseudonym: key for key in keys_of(work, ids).values()}


def _can_be_in_charge(work: Work, account_id: str | None, hub: str) -> bool:
    row = None if account_id is None else work.first(accounts, accounts.c.id == account_id)
    return row is not None and (row.role, row.home_hub, row.state) == (
        Role.COMMUNITY_MANAGER, hub, ACTIVE,
    )  # fmt: skip
