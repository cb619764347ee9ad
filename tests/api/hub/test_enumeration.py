"""Whoever tries names and links learns nothing: one answer, after the same work, for all of them.

Work is counted, not timed: how many passwords are checked against a hash, which takes a tenth of a
second, and how many statements reach the database, which take nothing beside it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
import pyotp
import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from matching.domain.access import EVERYWHERE, Act, Role
from matching.hub.accounts import account_named, disable, invite
from matching.hub.accounts_invitations import accept_with_password
from matching.hub.accounts_second_factor import begin_factor, confirm_factor
from matching.hub.sessions import open_session
from matching.store.tables import invitations
from tests.api.hub.desk import Desk, quick_passwords
from tests.databases import LECCO, everybody
from tests.hub.entering import PASSWORD, an_account, session_token

WRONG = "tutt'altra parola molto lunga"
STATEMENTS_APART = 4
"""At most so many statements more for one name than for another: reading and counting failures."""


@dataclass
class Counted:
    """Counts what is asked of a hasher."""

    hasher: PasswordHasher
    asked: list[str] = field(default_factory=list)

    def verify(self, kept: str, password: str) -> bool:
        self.asked.append("verify")
        return self.hasher.verify(kept, password)

    def hash(self, password: str) -> str:
        self.asked.append("hash")
        return self.hasher.hash(password)

    def check_needs_rehash(self, kept: str) -> bool:
        return self.hasher.check_needs_rehash(kept)


@pytest.fixture(scope="module")
def hasher(shared_desk: Desk) -> Counted:
    found = Counted(quick_passwords().hasher)
    shared_desk.app.state.passwords = replace(quick_passwords(), hasher=found)
    return found


@pytest.fixture(scope="module")
def desk(shared_desk: Desk, hasher: Counted) -> Desk:
    """A hub with one account of each kind that nobody is let in with."""
    store = shared_desk.store
    for name in ("known", "locked", "disabled", "with-a-factor"):
        an_account(store, f"{name}@hub.example", passwords=quick_passwords())
    with store.writing(everybody()) as work:
        disable(work, account_named(work, "disabled@hub.example").id)
        invite(work, "invited@hub.example", role=Role.COMMUNITY_MANAGER, hub=LECCO)
    for _ in range(5):
        enter(shared_desk, "locked@hub.example", WRONG)
    token = session_token(store, "with-a-factor@hub.example")
    with store.writing(everybody()) as work:
        telephone = pyotp.TOTP(begin_factor(work, token).secret)
        assert confirm_factor(work, token, telephone.now())
    return shared_desk


def enter(desk: Desk, username: str, password: str, code: str | None = None) -> httpx.Response:
    sent = {"username": username, "password": password} | ({} if code is None else {"code": code})
    return desk.post("/v1/sessions", sent, role=None)


def told(answer: httpx.Response) -> tuple[int, dict[str, Any], dict[str, str]]:
    """All that an answer tells; but what names each request alone."""
    headers = {name: one for name, one in answer.headers.items() if name != "x-request-id"}
    body = {name: one for name, one in answer.json().items() if name != "instance"}
    return answer.status_code, body, {**headers, "content-length": ""}


@contextmanager
def counting(desk: Desk) -> Iterator[list[str]]:
    """The statements that reach the database meanwhile."""
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        seen.append(statement)

    sa.event.listen(desk.store.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(desk.store.engine, "before_cursor_execute", note)


NOT_LET_IN = {
    "nobody": ("nobody@hub.example", PASSWORD, None),
    "a wrong password": ("known@hub.example", WRONG, None),
    "a password of any length": ("known@hub.example", "x" * 1_024, None),
    "locked, and the right password": ("locked@hub.example", PASSWORD, None),
    "disabled, and the right password": ("disabled@hub.example", PASSWORD, None),
    "invited, and no password as yet": ("invited@hub.example", PASSWORD, None),
    "the right password and a wrong code": ("with-a-factor@hub.example", PASSWORD, "000000"),
    "a wrong password and a wrong code": ("with-a-factor@hub.example", WRONG, "000000"),
    "what cannot be a name": ("\0' OR 1=1 --", PASSWORD, None),
}


def test_the_answer_is_one_and_the_work_is_the_same_whoever_is_not_let_in(
    desk: Desk, hasher: Counted
) -> None:
    answers, statements = {}, {}
    for who, (username, password, code) in NOT_LET_IN.items():
        hasher.asked.clear()
        with counting(desk) as seen:
            answers[who] = told(enter(desk, username, password, code))
        assert hasher.asked == ["verify"], who
        statements[who] = len(seen)
    assert answers["nobody"][0] == 401
    assert [who for who, answer in answers.items() if answer != answers["nobody"]] == []
    assert max(statements.values()) - min(statements.values()) <= STATEMENTS_APART, statements


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_no_name_is_answered_otherwise(desk: Desk, hasher: Counted, username: str) -> None:
    hasher.asked.clear()
    assert told(enter(desk, username, WRONG)) == told(enter(desk, "nobody@hub.example", WRONG))
    assert hasher.asked == ["verify", "verify"]


def test_only_the_right_password_learns_that_a_code_is_wanted(desk: Desk, hasher: Counted) -> None:
    hasher.asked.clear()
    wanted = enter(desk, "with-a-factor@hub.example", PASSWORD)
    assert wanted.status_code == 401
    assert "code" in wanted.json()["detail"]
    assert hasher.asked == ["verify"]
    refused = enter(desk, "with-a-factor@hub.example", WRONG)
    assert told(refused) == told(enter(desk, "nobody@hub.example", WRONG)) != told(wanted)


def followed(desk: Desk, link: str) -> httpx.Response:
    sent = {"token": link, "password": PASSWORD}
    return desk.post("/v1/invitations", sent, role=None)


def a_link(desk: Desk, name: str, then: Callable[[Any, str], None]) -> str:
    """A one-time link to which something happened."""
    with desk.store.writing(everybody()) as work:
        invited = invite(work, f"{name}@hub.example", role=Role.COMMUNITY_MANAGER, hub=LECCO)
        then(work, invited.token)
    return invited.token


def test_a_link_that_is_none_any_longer_is_answered_as_one_that_never_was(
    desk: Desk, hasher: Counted
) -> None:
    chosen = quick_passwords().hashed(PASSWORD, username="x")

    def ended(work: Any, token: str) -> None:
        past = work.now.replace(year=2020)
        work.change(invitations, {"expires_at": past}, invitations.c.used_at.is_(None))

    links = {
        "never was": "x" * 43,
        "not even like one": "\0",
        "followed": a_link(
            desk, "followed", lambda work, token: accept_with_password(work, token, chosen)
        ),
        "of a disabled account": a_link(
            desk,
            "shut",
            lambda work, token: disable(work, account_named(work, "shut@hub.example").id),
        ),
        "too old": a_link(desk, "old", ended),
    }
    hasher.asked.clear()
    answers = {what: told(followed(desk, link)) for what, link in links.items()}
    assert answers["never was"][0] == 404
    assert [what for what, one in answers.items() if one != answers["never was"]] == []
    assert hasher.asked == []


def test_a_session_that_ended_is_answered_as_one_that_never_was(desk: Desk) -> None:
    with desk.store.writing(everybody()) as work:
        account = account_named(work, "known@hub.example").id
        opened = open_session(work, account, confirmed=True)
        work.tell(Act.SIGN_IN, "account", account)
    cookie = {"cookie": f"valoriamo_session={opened.token}"}
    assert desk.get("/v1/me", role=None, headers=cookie).status_code == 200
    with desk.store.writing(everybody()) as work:
        disable(work, account)
    ended = desk.get("/v1/me", role=None, headers=cookie)
    never = desk.get("/v1/me", role=None, headers={"cookie": "valoriamo_session=" + "x" * 43})
    nothing = desk.get("/v1/me", role=None)
    assert ended.status_code == 401
    assert told(ended) == told(never) == told(nothing)


def test_whether_a_name_is_there_is_not_told_by_inviting_it_but_to_whoever_manages(
    desk: Desk,
) -> None:
    taken = {"username": "known@hub.example", "role": "admin"}
    for role in (Role.COMMUNITY_MANAGER, Role.EVALUATOR, Role.AGENCY):
        assert desk.post("/v1/accounts", taken, role=role).status_code == 403
    assert desk.post("/v1/accounts", taken, role=Role.ADMIN, hub=EVERYWHERE).status_code == 409
