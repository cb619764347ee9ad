"""Accounts for tests: hashing that takes no time, a clock that is told, people who are let in."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyotp
from sqlalchemy import Row

from matching.access.passwords import Passwords, open_passwords
from matching.domain.access import EVERYWHERE, Act, Role
from matching.hub.accounts import account_named, invite
from matching.hub.accounts_invitations import accept_with_password
from matching.hub.accounts_second_factor import begin_factor, confirm_factor
from matching.hub.accounts_sign_in import SignIn, claim, prove, sign_in
from matching.store import Store, Work
from matching.store.person_keys import new_person_key
from matching.store.tables import accounts, persons
from matching.store.work import new_id
from tests.databases import LECCO, MERATE, everybody

PASSWORD = "cavallo graffetta batteria giusto"
OTHER = "tutt'altra parola molto lunga"
ANNA = "anna@hub.example"
HUBS = frozenset({LECCO, MERATE})
BEGINNING = datetime(2026, 11, 28, 9, 0, 10, tzinfo=UTC)

QUICK = open_passwords(memory_kib=8, passes=1)


@dataclass
class Clock:
    """What time it is, as a test says."""

    now: datetime = field(default=BEGINNING)

    def __call__(self) -> datetime:
        return self.now

    def goes_on(self, **by: float) -> None:
        self.now += timedelta(**by)


def timed(store: Store, clock: Callable[[], datetime]) -> Store:
    """The same store by another clock."""
    return replace(store, clock=clock)


def an_account(
    store: Store,
    username: str = ANNA,
    *,
    role: Role = Role.COMMUNITY_MANAGER,
    hub: str = LECCO,
    passwords: Passwords = QUICK,
) -> str:
    """An account whose link was followed; its id."""
    with store.writing(everybody()) as work:
        invited = invite(work, username, role=role, hub=hub)
    chosen = passwords.hashed(PASSWORD, username=username)
    with store.writing(everybody()) as work:
        return accept_with_password(work, invited.token, chosen)


def an_admin(store: Store, username: str = "admin@hub.example") -> str:
    """An account of an administrator, without a second factor as yet; its id."""
    return an_account(store, username, role=Role.ADMIN, hub=EVERYWHERE)


def account_row(work: Work, username: str = ANNA) -> Row[Any]:
    """The row of the account with a name."""
    return work.one(accounts, accounts.c.id == account_named(work, username).id)


def tries(
    store: Store,
    username: str = ANNA,
    password: str = PASSWORD,
    code: str | None = None,
    *,
    passwords: Passwords = QUICK,
) -> SignIn:
    """Somebody tries to sign in, as a route lets them."""
    with store.reading(everybody()) as work:
        claimed = claim(work, username)
    proof = prove(claimed, password, passwords)
    with store.writing(everybody()) as work:
        return sign_in(work, proof, code)


def session_token(store: Store, username: str = ANNA, code: str | None = None) -> str:
    """The secret of a new session."""
    done = tries(store, username, code=code)
    assert done.session is not None
    return done.session.token


def with_factor(store: Store, username: str, clock: Clock) -> pyotp.TOTP:
    """Set up the second factor of an account; its telephone. The clock goes on by a step."""
    token = session_token(store, username)
    with store.writing(everybody()) as work:
        telephone = pyotp.TOTP(begin_factor(work, token).secret)
    with store.writing(everybody()) as work:
        assert confirm_factor(work, token, telephone.at(clock.now))
    clock.goes_on(seconds=30)
    return telephone


def a_person(work: Work, hub: str = LECCO) -> str:
    """The file of somebody, empty; its id."""
    person = new_id()
    key = new_person_key(work, person, hub)
    work.add(
        persons,
        {
            "id": person, "hub": hub, "state": "open", "is_protected": False,
            "taken_on": date(2026, 11, 1), "confirmed_on": date(2026, 11, 1),
            "created_at": work.now, "changed_at": work.now, "version": 1,
        },
    )  # fmt: skip
    work.tell(Act.ADD_PERSON, "person", key.pseudonym, hub=hub)
    return person
