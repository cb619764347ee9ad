"""Accounts: who is invited, as what, over which hub; disabled, unlocked, listed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from matching.access.secrets import new_secret, secret_digest
from matching.domain.access import EVERYWHERE, Act, Role
from matching.errors import ConflictError, InputError, UnknownError
from matching.hub.accounts_names import (
    check_username,
    kept_name,
    known_username,
    name_word,
    names_of,
)
from matching.store import Work
from matching.store.tables import accounts, invitations, organisations, persons, sessions
from matching.store.work import new_id

INVITED, ACTIVE, DISABLED = "invited", "active", "disabled"

INVITATION_HOURS = 24

EVERYWHERE_ROLES = frozenset({Role.ADMIN, Role.EVALUATOR, Role.FUND_COMMITTEE})
"""Roles that are of the whole territory; every other is of one hub."""

ORGANISATION_ROLES: Mapping[Role, str] = MappingProxyType(
    {
        Role.AGENCY: "agency", Role.EMPLOYER: "employer", Role.REFERRER: "referrer",
        Role.PROVIDER: "provider",
    }
)  # fmt: skip
"""Roles of somebody else's people, and the kind of organisation that they are of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account as whoever manages accounts sees it: nothing that lets anybody in.

    ``left_in_charge`` counts the protected files that a closed account is still in charge of.
    """

    id: str
    username: str = field(repr=False)
    role: Role
    home_hub: str
    organisation_id: str | None
    person_id: str | None = field(repr=False)
    state: str
    has_second_factor: bool
    is_external: bool
    locked_until: datetime | None
    created_at: datetime
    version: int
    left_in_charge: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """A one-time link's secret, which is shown now and never again."""

    account_id: str
    token: str = field(repr=False)
    expires_at: datetime


def hubs_of(home_hub: str, all_hubs: frozenset[str]) -> frozenset[str]:
    """The hubs whose rows an account or a token may touch: its own, or those of the territory."""
    if home_hub == EVERYWHERE:
        return all_hubs | {EVERYWHERE}
    return frozenset({home_hub})


def is_locked(locked_until: datetime | None, now: datetime) -> bool:
    """Whether an account is locked at a moment."""
    return locked_until is not None and now < locked_until


def invite(
    work: Work,
    username: str,
    *,
    role: Role,
    hub: str,
    organisation_id: str | None = None,
    person_id: str | None = None,
) -> Invited:
    """Make an account that lets nobody in until its one-time link was followed.

    Parameters
    ----------
    hub
        The hub that the account is of; ``"*"`` for the roles of the whole territory.
    organisation_id
        For an agency, an employer, a referrer or a provider: theirs, of the same hub.
    person_id
        For a person: whose file it is, of the same hub.

    Raises
    ------
    InputError
        For a role, hub, organisation or username that do not go together.
    UnknownError
        For a hub, organisation or person that whoever asks does not see.
    ConflictError
        Where the username is taken.
    """
    kept = known_username(username)
    check_username(kept)
    check_place(work, role, hub, organisation_id)
    _check_person(work, role, hub, person_id)
    if work.count(accounts, accounts.c.name_word == name_word(work, kept)):
        raise ConflictError(
            "There is an account with this username. Choose another, or invite it again."
        )
    account_id = new_id()
    work.add(
        accounts,
        {
            "id": account_id, **kept_name(work, account_id, kept, person_id), "role": role,
            "home_hub": hub, "organisation_id": organisation_id, "person_id": person_id,
            "state": INVITED, "failures": 0, "created_at": work.now, "version": 1,
        },
    )  # fmt: skip
    work.tell(
        Act.MANAGE_ACCOUNTS, "account", account_id, hub=hub, step="invited", account_role=role
    )
    return _link(work, account_id)


def invite_again(work: Work, account_id: str) -> Invited:
    """A new one-time link for an account, which ends the last one: a password is chosen anew.

    Until it is followed an active account stays as it is; a disabled one stays closed.

    Raises
    ------
    UnknownError
        Where there is no such account.
    """
    row = held(work, account_id)
    if row.state == DISABLED:
        work.change(accounts, {"state": INVITED, "password_hash": None}, accounts.c.id == row.id)
    work.tell(Act.MANAGE_ACCOUNTS, "account", row.id, hub=row.home_hub, step="invited_again")
    return _link(work, row.id)


def disable(work: Work, account_id: str, *, version: int | None = None) -> None:
    """Close an account at once: its sessions end, its links lead nowhere.

    Raises
    ------
    UnknownError
        Where there is no such account.
    StaleError
        Where ``version`` is no longer the account's.
    ConflictError
        Where somebody would close the account that they act with.
    """
    _check_another(work, account_id)
    row = held(work, account_id)
    work.change(accounts, {"state": DISABLED}, accounts.c.id == row.id, version=version)
    ended = end_sessions(work, row.id)
    end_links(work, row.id)
    work.tell(
        Act.MANAGE_ACCOUNTS, "account", row.id, hub=row.home_hub, step="disabled", sessions=ended
    )


def unlock(work: Work, account_id: str, *, second_factor: bool = False) -> None:
    """Let an account try again; with ``second_factor`` also set its telephone up anew.

    Raises
    ------
    UnknownError
        Where there is no such account.
    ConflictError
        Where somebody would remove the second factor of the account that they act with.
    """
    if second_factor:
        _check_another(work, account_id)
    row = held(work, account_id)
    values: dict[str, object] = {"failures": 0, "locked_until": None}
    ended = 0
    if second_factor:
        values |= {"totp_sealed": None, "key_id": None, "totp_step": None}
        ended = end_sessions(work, row.id)
    work.change(accounts, values, accounts.c.id == row.id)
    work.tell(
        Act.MANAGE_ACCOUNTS, "account", row.id, hub=row.home_hub, step="unlocked",
        factor_removed=second_factor, sessions=ended,
    )  # fmt: skip


def list_accounts(work: Work) -> tuple[Account, ...]:
    """Every account, by username."""
    found = _accounts(work, work.rows(accounts, order=[accounts.c.id]))
    return tuple(sorted(found, key=lambda one: one.username))


def accounts_page(work: Work, *, after: str | None, limit: int) -> tuple[Account, ...]:
    """Accounts in the order of their identifiers, those after one."""
    later = [] if after is None else [accounts.c.id > after]
    return _accounts(work, work.rows(accounts, *later, order=[accounts.c.id], limit=limit))


def account(work: Work, account_id: str) -> Account:
    """One account.

    Raises
    ------
    UnknownError
        Where there is none.
    """
    return _accounts(work, [work.one(accounts, accounts.c.id == account_id)])[0]


def account_named(work: Work, username: str) -> Account:
    """The account of a username.

    Raises
    ------
    UnknownError
        Where there is none.
    """
    word = name_word(work, known_username(username))
    found = work.first(accounts, accounts.c.name_word == word)
    if found is None:
        raise UnknownError(
            "There is no account with this username; valoriamo accounts list shows which there are."
        )
    return _accounts(work, [found])[0]


def check_place(work: Work, role: Role, hub: str, organisation_id: str | None) -> None:
    """Refuse a role where it cannot be: of the wrong hub, or of the wrong organisation.

    Raises
    ------
    InputError
        Saying what goes with the role.
    UnknownError
        For a hub or organisation that whoever asks does not see.
    """
    if (hub == EVERYWHERE) != (role in EVERYWHERE_ROLES):
        wanted = f"of the whole territory, {EVERYWHERE!r}" if role in EVERYWHERE_ROLES else "one"
        raise InputError(f"{role}: the hub of this role is {wanted}, not {hub!r}.")
    if hub not in work.actor.hubs:
        raise UnknownError(f"There is no hub {hub!r} for whoever asks.")
    kind = ORGANISATION_ROLES.get(role)
    if kind is None:
        if organisation_id is not None:
            raise InputError(f"{role}: this role is of no organisation; leave it out.")
        return
    if organisation_id is None:
        raise InputError(f"{role}: this role is of an organisation of kind {kind!r}; say which.")
    found = work.one(
        organisations, organisations.c.id == organisation_id, organisations.c.hub == hub
    )
    if found.kind != kind:
        raise InputError(
            f"{role}: the organisation is of kind {found.kind!r}; this role needs {kind!r}."
        )


def held(work: Work, account_id: str) -> Row[tuple[object, ...]]:
    """The row of an account, which nobody else changes until this transaction ends.

    Taken before anything of the account is changed, always: so two that change it queue.

    Raises
    ------
    UnknownError
        Where there is no such account.
    """
    # SQLite has no FOR UPDATE and needs none: it lets in one writer at a time.
    row = work.connection.execute(
        sa.select(accounts).where(accounts.c.id == account_id).with_for_update()
    ).first()
    if row is None:
        raise UnknownError("There is no such account.")
    return row


def end_sessions(work: Work, account_id: str) -> int:
    """End every session of an account; how many there were."""
    return work.remove(sessions, sessions.c.account_id == account_id)


def end_links(work: Work, account_id: str) -> None:
    """End the links of an account that nobody has followed."""
    work.remove(
        invitations, invitations.c.account_id == account_id, invitations.c.used_at.is_(None)
    )


def invite_person(work: Work, person_id: str, username: str) -> Invited:
    """An account for the person whose file it is, or a new link for the one that she has.

    Raises
    ------
    UnknownError
        Where there is no such person for whoever asks.
    ConflictError
        Where her account has another username, or the username is somebody else's.
    InputError
        For a username that cannot be.
    """
    row = work.one(persons, persons.c.id == person_id)
    found = work.first(accounts, accounts.c.person_id == person_id)
    if found is None:
        return invite(work, username, role=Role.PERSON, hub=row.hub, person_id=person_id)
    if found.name_word != name_word(work, known_username(username)):
        raise ConflictError(
            "This person has an account with another username. Invite it again by that one."
        )
    return invite_again(work, found.id)


def _check_another(work: Work, account_id: str) -> None:
    if work.actor.id == account_id:
        raise ConflictError(
            "Nobody does this to the account that they act with. Ask another administrator, or "
            "use valoriamo accounts on the machine."
        )


def _link(work: Work, account_id: str) -> Invited:
    end_links(work, account_id)
    token, expires_at = new_secret(), work.now + timedelta(hours=INVITATION_HOURS)
    work.add(
        invitations,
        {
            "digest": secret_digest(token), "account_id": account_id, "created_at": work.now,
            "expires_at": expires_at,
        },
    )  # fmt: skip
    return Invited(account_id=account_id, token=token, expires_at=expires_at)


def _check_person(work: Work, role: Role, hub: str, person_id: str | None) -> None:
    if role in (Role.MACHINE, Role.SYSTEM):
        raise InputError(f"{role}: this role has no account; make a token for a machine.")
    if (person_id is None) == (role is Role.PERSON):
        wanted = "is of a person; say whose file" if person_id is None else "is of no person's file"
        raise InputError(f"{role}: this role {wanted}.")
    if person_id is not None:
        work.one(persons, persons.c.id == person_id, persons.c.hub == hub)


def _accounts(work: Work, rows: Sequence[Row[Any]]) -> tuple[Account, ...]:
    closed = [row.id for row in rows if row.state == DISABLED]
    theirs = sa.and_(persons.c.manager_id.in_(closed), persons.c.is_protected)
    files = work.rows(persons, theirs, columns=[persons.c.manager_id]) if closed else ()
    left = Counter(str(row.manager_id) for row in files)
    names = names_of(work, rows)
    return tuple(_account(row, names[row.id], left[row.id]) for row in rows)


def _account(row: Row[Any], username: str, left_in_charge: int) -> Account:
    return Account(
        id=row.id,
        username=username,
        role=Role(row.role),
        home_hub=row.home_hub,
        organisation_id=row.organisation_id,
        person_id=row.person_id,
        state=row.state,
        has_second_factor=row.totp_step is not None,
        is_external=row.external_subject is not None,
        locked_until=row.locked_until,
        created_at=row.created_at,
        version=row.version,
        left_in_charge=left_in_charge,
    )
