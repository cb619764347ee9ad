"""Households brought up to date by managers: begun, changed, joined, left, removed.

Each change is made to the version that was read. Where a member's file is protected, only the
manager in charge of it makes one.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Row

from matching.domain.access import Act
from matching.domain.household import Household, Member, WorkStatus
from matching.errors import ConflictError, StaleError, UnknownError
from matching.hub.households import (
    KeptHousehold,
    keep_household,
    leave_household,
    opened_household,
)
from matching.hub.people import check_in_charge, row_of
from matching.store import Work
from matching.store.person_keys import key_of
from matching.store.tables import households, persons
from matching.store.work import new_id

_UNCHANGED: Mapping[str, Any] = {}


def begin_household(
    work: Work,
    person_id: str,
    household: Household,
    *,
    statuses: tuple[WorkStatus, ...] = (),
    on_file: Collection[str] = (),
) -> tuple[str, int]:
    """Keep the first household of a person; its identifier and version.

    ``on_file`` are the members, besides her, that are said to have a file.

    Raises
    ------
    UnknownError
        Where she, or one of ``on_file``, is not there for whoever asks.
    ConflictError
        Where she has a household, or a member is of another.
    InputError, ForbiddenError
        As :func:`matching.hub.households.keep_household`; for a protected file of another manager.
    """
    work.hold(persons, persons.c.id.in_([person_id, *on_file]))
    for one in (person_id, *on_file):
        check_in_charge(work, row_of(work, one))
    if row_of(work, person_id).household_id is not None:
        raise ConflictError("This person has a household on file: read it and change that.")
    return keep_household(work, person_id, household, statuses=statuses)


def change_household(
    work: Work, household_id: str, values: Mapping[str, Any], *, version: int
) -> int:
    """Change facts of the whole household, such as its home; its new version.

    ``values`` are fields of :class:`matching.domain.household.Household`, None for not known any
    more.

    Raises
    ------
    UnknownError
        Where there is no such household for whoever asks.
    ForbiddenError
        Where a member's file is protected and in charge of another.
    StaleError
        Where somebody else changed it meanwhile.
    """
    kept = _held(work, household_id, version)
    return _keep(work, kept, replace(kept.household, **values), kept.statuses)


def join_household(
    work: Work,
    household_id: str,
    member: Member,
    status: WorkStatus | None = None,
    *,
    on_file: bool,
    version: int,
) -> tuple[str, int]:
    """Somebody joins a household; the member's identifier and the new version.

    Of somebody ``on_file`` the identifier is that of her file; others are given one.

    Raises
    ------
    UnknownError
        Where there is no such household, or person, for whoever asks.
    ConflictError
        Where she is of it already, or of another.
    ForbiddenError, StaleError
        As :func:`change_household`.
    """
    kept = _held(work, household_id, version)
    if on_file:
        check_in_charge(work, row_of(work, member.id))
    if on_file and member.id in kept.on_file:
        raise ConflictError("She is of this household already; change what is told of her.")
    joined = member if on_file else replace(member, id=new_id())
    statuses = kept.statuses
    if status is not None:
        statuses += (replace(status, member=joined.id),)
    household = replace(kept.household, members=(*kept.household.members, joined))
    return joined.id, _keep(work, kept, household, statuses)


def change_member(
    work: Work,
    household_id: str,
    member_id: str,
    values: Mapping[str, Any] = _UNCHANGED,
    *,
    work_status: Mapping[str, Any] | None = _UNCHANGED,
    version: int,
) -> int:
    """Change what is told of a member; the household's new version.

    ``values`` are fields of :class:`matching.domain.household.Member`; ``work_status`` those of
    :class:`matching.domain.household.WorkStatus` that change, None where nothing of it is known
    any more.

    Raises
    ------
    UnknownError
        Where there is no such household, or member, for whoever asks.
    ForbiddenError, StaleError
        As :func:`change_household`.
    """
    kept = _held(work, household_id, version)
    _member(kept, member_id)
    members = tuple(
        replace(one, **values) if one.id == member_id else one for one in kept.household.members
    )
    statuses = tuple(one for one in kept.statuses if one.member != member_id)
    before = next((one for one in kept.statuses if one.member == member_id), None)
    if work_status:
        statuses += (replace(before or WorkStatus(member=member_id), **work_status),)
    elif work_status is not None and before is not None:
        statuses += (before,)
    return _keep(work, kept, replace(kept.household, members=members), statuses)


def leave(work: Work, household_id: str, member_id: str, *, version: int) -> int | None:
    """A member leaves; the new version, None where nobody on file is left and it was removed.

    Raises
    ------
    UnknownError
        Where there is no such household, or member, for whoever asks.
    ForbiddenError, StaleError
        As :func:`change_household`.
    """
    kept = _held(work, household_id, version)
    _member(kept, member_id)
    if member_id not in kept.on_file:
        rest = tuple(one for one in kept.household.members if one.id != member_id)
        statuses = tuple(one for one in kept.statuses if one.member != member_id)
        return _keep(work, kept, replace(kept.household, members=rest), statuses)
    row, key = row_of(work, member_id), key_of(work, member_id)
    gone = leave_household(work, household_id, key.pseudonym, version=version)
    work.tell(
        Act.WRITE_HOUSEHOLD, "person", key.pseudonym, hub=row.hub, household=household_id,
        left=True, removed=gone,
    )  # fmt: skip
    return None if gone else version + 1


def remove_household(work: Work, household_id: str, *, version: int) -> None:
    """Remove all that is told of a household; its people are of none from then on.

    Raises
    ------
    UnknownError
        Where there is no such household for whoever asks.
    ForbiddenError, StaleError
        As :func:`change_household`.
    """
    kept = _held(work, household_id, version)
    anchor = row_of(work, min(kept.on_file))
    work.change(persons, {"household_id": None}, persons.c.household_id == household_id)
    if not work.remove(
        households, households.c.id == household_id, households.c.version == version
    ):
        raise _stale(version)
    work.tell(
        Act.WRITE_HOUSEHOLD, "person", key_of(work, anchor.id).pseudonym, hub=anchor.hub,
        household=household_id, removed=True,
    )  # fmt: skip


def _held(work: Work, household_id: str, version: int) -> KeptHousehold:
    """A household that whoever acts may change, still as it was read."""
    row = work.first(households, households.c.id == household_id)
    there = _people(work, household_id)
    if row is None or not there:
        raise UnknownError("There is no such household.")
    for one in there:
        check_in_charge(work, one)
    if row.version != version:
        raise _stale(version)
    kept = opened_household(work, row)
    if not kept.on_file:
        raise ConflictError("Nobody on file is among its members; keep it anew with who is.")
    return kept


def _people(work: Work, household_id: str) -> list[Row[Any]]:
    return list(work.rows(persons, persons.c.household_id == household_id, order=[persons.c.id]))


def _member(kept: KeptHousehold, member_id: str) -> None:
    if member_id not in {one.id for one in kept.household.members}:
        raise UnknownError("There is no such member of this household.")


def _keep(
    work: Work, kept: KeptHousehold, household: Household, statuses: tuple[WorkStatus, ...]
) -> int:
    # Whoever of it is on file stands for it: which of them makes no difference to what is kept.
    anchor = min(kept.on_file)
    _, version = keep_household(work, anchor, household, statuses=statuses, version=kept.version)
    return version


def _stale(version: int) -> StaleError:
    return StaleError(
        f"Somebody changed this household since version {version}. Read it again and decide on "
        "what it says now."
    )
