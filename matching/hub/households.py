"""Households: protected facts, sealed, read by community managers and the legal rules alone.

A member who is on file is known in it by her pseudonym, so that her entry can be taken out when
she is erased. Whoever is in danger must not be found through those she lived with: nobody else on
file opens a household with a protected person in it, and managers say why they do. Each adult
keeps separate access: what they told of themselves is not shown to the others.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row

from matching.accompaniment.json_values import from_json, to_json
from matching.accompaniment.rules.bounds import age
from matching.domain.access import Act, Role
from matching.domain.household import Household, Member, WorkStatus
from matching.errors import ConflictError, ForbiddenError, InputError, StaleError, UnknownError
from matching.hub.people import RESTRICTED, read_person, row_of
from matching.store import Work
from matching.store.chain import canonical
from matching.store.person_keys import key_of, key_of_pseudonym, keys_of
from matching.store.tables import households, person_keys, persons
from matching.store.work import new_id

_OF_AGE = 18  # Codice civile, art. 2
_READERS = frozenset({Role.COMMUNITY_MANAGER, Role.PERSON, Role.SYSTEM})


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptHousehold:
    """A household on record, and the work status of members where it was asked.

    Members who are on file have the identifier of their file, which is in ``on_file``.
    """

    id: str
    household: Household = field(repr=False)
    statuses: tuple[WorkStatus, ...] = field(repr=False)
    version: int
    on_file: frozenset[str] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdListed:
    """A household without anything that is told of it; ``on_file`` are files of members."""

    id: str
    hub: str
    changed_at: datetime
    version: int
    on_file: tuple[str, ...] = field(repr=False)


def keep_household(
    work: Work,
    person_id: str,
    household: Household,
    *,
    statuses: tuple[WorkStatus, ...] = (),
    version: int | None = None,
) -> tuple[str, int]:
    """Keep the household of a person in place of the one before; its identifier and version.

    Parameters
    ----------
    work
        Of a community manager.
    person_id
        Whose household it is: her entry among the members has this identifier.
    household
        Its members; those who are on file have the identifier of their file, and are linked.
    statuses
        The work of members, as the legal rules ask about it.
    version
        The version that the caller read, where there was one to read.

    Raises
    ------
    InputError
        Where she is not among the members, or a status is of nobody among them.
    ConflictError
        Where a member belongs to another household on file, or her file is restricted.
    StaleError
        Where somebody else changed it meanwhile.
    UnknownError
        Where there is no such person for whoever asks.
    """
    row = row_of(work, person_id)
    ids = [one.id for one in household.members]
    if person_id not in ids or len(set(ids)) < len(ids):
        raise InputError("The members must have identifiers that differ, one of them hers.")
    if any(one.member not in ids for one in statuses):
        raise InputError("The work of somebody who is no member is told; correct who it is of.")
    on_file = {one.id: one for one in work.rows(persons, persons.c.id.in_(ids))}
    for member in on_file.values():
        if member.state == RESTRICTED:
            raise ConflictError("What is kept of a member may no longer be worked with.")
        if member.hub != row.hub or member.household_id not in (None, row.household_id):
            raise ConflictError("A member is of another household on file; take her out there.")
    household_id = row.household_id or new_id()
    keys = keys_of(work, list(on_file))
    names = {member: key.pseudonym for member, key in keys.items()}
    content = {
        "household": to_json(_named(replace(household, id=household_id), names)),
        "statuses": [to_json(replace(one, member=names.get(one.member, one.member)))
                     for one in statuses],
    }  # fmt: skip
    now_version = _write(work, household_id, row, content, version)
    _link(work, household_id, on_file)
    work.tell(
        Act.WRITE_HOUSEHOLD, "person", names[person_id], hub=row.hub, household=household_id,
        members=len(ids), on_file=len(on_file),
    )  # fmt: skip
    return household_id, now_version


def household_of(work: Work, person_id: str, *, reason: str | None = None) -> KeptHousehold | None:
    """The household of a person, None where none was kept; the reading is told to the journal.

    ``reason`` says why a household with a protected person in it is opened.

    Raises
    ------
    UnknownError
        Where there is no such person for whoever asks, or she may not find another in it.
    ForbiddenError
        For another role than those that accompany, or a protected file without a reason.
    """
    if work.actor.role not in _READERS:
        raise ForbiddenError("A household is read by community managers and its own people alone.")
    row = row_of(work, person_id)
    if row.household_id is None:
        return None
    guarded = work.rows(
        persons,
        persons.c.household_id == row.household_id,
        persons.c.is_protected.is_(True),
        persons.c.id != person_id,
    )
    if guarded and work.actor.role is Role.PERSON:
        raise UnknownError("There is no household that can be shown here.")
    for one in (row, *guarded):
        if one.is_protected:
            # Says why, notes it and tells her manager, as whenever such a file is opened.
            read_person(work, one.id, reason=reason)
    kept = opened_household(work, work.one(households, households.c.id == row.household_id))
    pseudonym = key_of(work, person_id).pseudonym
    work.tell(Act.READ_HOUSEHOLD, "person", pseudonym, hub=row.hub, household=kept.id)
    if work.actor.role is Role.PERSON:
        return _for_herself(kept, person_id, work.today)
    return kept


def read_household(work: Work, household_id: str, *, reason: str | None = None) -> KeptHousehold:
    """A household by its identifier; as :func:`household_of`.

    Raises
    ------
    UnknownError
        Where there is none for whoever asks; for a person, where it is not hers.
    ForbiddenError
        As :func:`household_of`.
    """
    own: list[sa.ColumnElement[bool]] = [persons.c.household_id == household_id]
    if work.actor.role is Role.PERSON:
        own.append(persons.c.id == (work.actor.person_id or ""))
    there = work.rows(persons, *own, order=[persons.c.id], limit=1)
    found = household_of(work, there[0].id, reason=reason) if there else None
    if found is None:
        raise UnknownError("There is no such household.")
    return found


def list_households(
    work: Work, *, after: str | None = None, limit: int | None = None
) -> Sequence[HouseholdListed]:
    """Households in the order of their identifiers, without those of protected people.

    To a person her own. ``after`` is the identifier that the page comes after. One entry of the
    journal tells of it.
    """
    guarded = sa.select(persons.c.household_id).where(
        work.seen(persons), persons.c.is_protected.is_(True), persons.c.household_id.is_not(None)
    )
    where: list[sa.ColumnElement[bool]] = [households.c.id.not_in(guarded)]
    herself = work.actor.person_id or ""
    if work.actor.role is Role.PERSON:
        row = row_of(work, herself)
        where.append(households.c.id == (row.household_id or ""))
    if after is not None:
        where.append(households.c.id > after)
    rows = work.rows(households, *where, order=[households.c.id], limit=limit)
    members: dict[str, list[str]] = {row.id: [] for row in rows}
    for one in work.rows(persons, persons.c.household_id.in_(list(members)), order=[persons.c.id]):
        # Whether others of it are on file is theirs to say.
        if work.actor.role is not Role.PERSON or one.id == herself:
            members[one.household_id].append(one.id)
    work.tell(Act.READ_HOUSEHOLD, "households", None, count=len(rows))
    return [
        HouseholdListed(
            id=row.id, hub=row.hub, changed_at=row.changed_at, version=row.version,
            on_file=tuple(members[row.id]),
        )
        for row in rows
    ]  # fmt: skip


def opened_household(work: Work, row: Row[Any]) -> KeptHousehold:
    """A household of its row. Whether it may be shown, and telling, are the caller's."""
    found, statuses = _opened(work, row)
    keys = keys_of(work, [one.id for one in found.members], by=person_keys.c.pseudonym)
    names = {name: key.person_id for name, key in keys.items()}
    return KeptHousehold(
        id=row.id,
        household=_named(found, names),
        statuses=tuple(replace(one, member=names.get(one.member, one.member)) for one in statuses),
        version=row.version,
        on_file=frozenset(names.values()),
    )


def household_content(work: Work, row: Row[Any]) -> Mapping[str, Any]:
    """What a row of ``households`` holds, as plain values. Telling is the caller's."""
    content: Mapping[str, Any] = json.loads(work.unseal(row.sealed, row.key_id, _place(row.id)))
    return content


def leave_household(
    work: Work, household_id: str, pseudonym: str, *, version: int | None = None
) -> bool:
    """Take somebody out of her household; whether that was removed whole. Telling is the caller's.

    It is removed where nobody on file is left in it, or where her entry cannot be told from the
    others: then it is asked anew, rather than her facts be kept.

    Raises
    ------
    StaleError
        Where it is no longer of ``version``, if that is given.
    """
    key = key_of_pseudonym(work, pseudonym)
    person_id = "" if key is None else key.person_id
    work.change(
        persons, {"household_id": None}, persons.c.id == person_id,
        persons.c.household_id == household_id,
    )  # fmt: skip
    row = work.first(households, households.c.id == household_id)
    if row is None:
        return False
    if version is not None:
        # Held until this transaction ends, so that nobody else changes it in between.
        work.change(
            households, {"version": row.version}, households.c.id == household_id, version=version
        )
    household, statuses = _opened(work, row)
    rest = tuple(one for one in household.members if one.id != pseudonym)
    alone = not work.count(persons, persons.c.household_id == household_id)
    if alone or len(rest) == len(household.members) or not rest:
        work.change(persons, {"household_id": None}, persons.c.household_id == household_id)
        work.remove(households, households.c.id == household_id)
        return True
    content = {
        "household": to_json(replace(household, members=rest)),
        "statuses": [to_json(one) for one in statuses if one.member != pseudonym],
    }
    sealed, key_id = work.seal(canonical(content).encode(), _place(household_id))
    work.change(
        households,
        {"sealed": sealed, "key_id": key_id, "changed_at": work.now},
        households.c.id == household_id,
    )
    return False


def _write(
    work: Work,
    household_id: str,
    person: Row[Any],
    content: Mapping[str, Any],
    version: int | None,
) -> int:
    sealed, key_id = work.seal(canonical(content).encode(), _place(household_id))
    values = {"sealed": sealed, "key_id": key_id, "changed_at": work.now}
    before = work.first(households, households.c.id == household_id)
    if before is None:
        if version is not None:
            raise StaleError("This household is no longer on file. Read again what is there.")
        work.add(households, {"id": household_id, "hub": person.hub, "version": 1, **values})
        return 1
    read = before.version if version is None else version
    work.change(households, values, households.c.id == household_id, version=read)
    return int(read) + 1


def _link(work: Work, household_id: str, members: Mapping[str, Row[Any]]) -> None:
    """Who is on file and a member points to it; who is no longer one points nowhere."""
    gone = work.rows(
        persons, persons.c.household_id == household_id, persons.c.id.not_in(list(members))
    )
    changes: list[tuple[str, str | None]] = [(row.id, None) for row in gone]
    changes += [
        (member, household_id)
        for member, row in sorted(members.items())
        if row.household_id != household_id
    ]
    for member, value in changes:
        work.change(persons, {"household_id": value, "changed_at": work.now},
                    persons.c.id == member)  # fmt: skip


def _opened(work: Work, row: Row[Any]) -> tuple[Household, tuple[WorkStatus, ...]]:
    content = household_content(work, row)
    where = "a household on file"
    return (
        from_json(Household, content["household"], where),
        tuple(from_json(WorkStatus, one, where) for one in content["statuses"]),
    )


def _for_herself(kept: KeptHousehold, person_id: str, on: date) -> KeptHousehold:
    """What one of its adults is shown: the home, herself, children, and that there are others."""
    members = []
    for number, one in enumerate(kept.household.members, start=1):
        if one.id == person_id:
            members.append(one)
            continue
        # Neither whose file it is, nor whether there is one.
        other = replace(one, id=f"member-{number}")
        is_child = one.birth is not None and age(one.birth, on) < _OF_AGE
        members.append(other if is_child else Member(id=other.id, relation=one.relation))
    return replace(
        kept,
        household=replace(kept.household, members=tuple(members)),
        statuses=tuple(one for one in kept.statuses if one.member == person_id),
        on_file=frozenset({person_id}),
    )


def _named(household: Household, names: Mapping[str, str]) -> Household:
    members = (replace(one, id=names.get(one.id, one.id)) for one in household.members)
    return replace(household, members=tuple(members))


def _place(household_id: str) -> str:
    return f"households.sealed:{household_id}"
