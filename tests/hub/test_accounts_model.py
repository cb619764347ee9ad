"""Accounts, locks, second factors and sessions against a model of a few lines."""

from datetime import datetime, timedelta
from typing import Any

import pyotp
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from matching.access.matrix import SECOND_FACTOR
from matching.domain.access import EVERYWHERE, Role
from matching.errors import UnknownError
from matching.hub.accounts import account, disable, invite, invite_again, unlock
from matching.hub.accounts_invitations import accept_with_password
from matching.hub.accounts_second_factor import begin_factor, confirm_factor
from matching.hub.accounts_sign_in import Outcome
from matching.hub.sessions import actor_of_session, note_visit, sign_out
from matching.store import Store
from matching.store.work import new_id
from tests.databases import LECCO, everybody
from tests.hub.entering import HUBS, OTHER, PASSWORD, QUICK, Clock, timed, tries

WORDS = (PASSWORD, OTHER)
HASHES = {word: QUICK.hashed(word, username="somebody") for word in WORDS}
IDLE, WHOLE, LINK = timedelta(minutes=30), timedelta(hours=12), timedelta(hours=24)


class Entering(RuleBasedStateMachine):
    """One account, and what must be true of it."""

    store: Store
    clock: Clock

    @initialize(role=st.sampled_from([Role.COMMUNITY_MANAGER, Role.ADMIN]))
    def begin(self, role: Role) -> None:
        self.role = role
        self.username = f"{new_id()}@x"
        hub = EVERYWHERE if role is Role.ADMIN else LECCO
        with self.store.writing(everybody()) as work:
            invited = invite(work, self.username, role=role, hub=hub)
        self.id = invited.account_id
        self.links: dict[str, datetime] = {invited.token: self.clock.now + LINK}
        self.dead_links: list[str] = []
        self.state, self.password = "invited", ""
        self.failures, self.locked_until = 0, self.clock.now
        self.telephone: pyotp.TOTP | None = None
        self.last_step = -1
        self.sessions: dict[str, dict[str, Any]] = {}

    def is_alive(self, token: str) -> bool:
        session = self.sessions[token]
        now = self.clock.now
        return bool(
            self.state == "active"
            and now < session["opened"] + WHOLE
            and now < session["seen"] + IDLE
        )

    def alive(self) -> list[str]:
        return [token for token in self.sessions if self.is_alive(token)]

    @rule(word=st.sampled_from(WORDS))
    def follow_a_link(self, word: str) -> None:
        for token, until in [*self.links.items(), *((old, None) for old in self.dead_links)]:
            good = until is not None and self.clock.now < until and self.state != "disabled"
            try:
                with self.store.writing(everybody()) as work:
                    accept_with_password(work, token, HASHES[word])
            except UnknownError:
                assert not good
                continue
            assert good
            self.state, self.password = "active", word
            self.failures, self.locked_until = 0, self.clock.now
            self.sessions.clear()
            self.links, self.dead_links = {}, [*self.dead_links, token]
            return

    @rule()
    def send_a_link(self) -> None:
        with self.store.writing(everybody()) as work:
            invited = invite_again(work, self.id)
        self.dead_links += self.links
        self.links = {invited.token: self.clock.now + LINK}
        if self.state == "disabled":
            self.state = "invited"

    @rule(word=st.sampled_from(WORDS), code=st.sampled_from(["right", "wrong", "none"]))
    def sign_in(self, word: str, code: str) -> None:
        step = int(self.clock.now.timestamp()) // 30
        given = None
        if code == "wrong":
            given = "x"
        elif code == "right":
            given = self.telephone.at(self.clock.now) if self.telephone else "000000"
        done = tries(self.store, self.username, word, given)
        if self.state != "active" or self.clock.now < self.locked_until:
            assert done.outcome is Outcome.REFUSED
            return
        if word != self.password:
            self.fail(done.outcome)
        elif self.telephone and code == "none":
            assert done.outcome is Outcome.CODE_WANTED
        elif self.telephone and (code == "wrong" or step <= self.last_step):
            self.fail(done.outcome)
        else:
            assert done.outcome is Outcome.SIGNED_IN
            assert done.session is not None
            assert done.must_set_up == (self.role in SECOND_FACTOR and not self.telephone)
            self.failures, self.locked_until = 0, self.clock.now
            if self.telephone:
                self.last_step = step
            self.sessions[done.session.token] = {
                "opened": self.clock.now, "seen": self.clock.now,
                "confirmed": self.telephone is not None,
            }  # fmt: skip

    def fail(self, outcome: Outcome) -> None:
        assert outcome is Outcome.REFUSED
        self.failures += 1
        if self.failures % 5 == 0:
            minutes = min(15 * 2 ** (self.failures // 5 - 1), 24 * 60)
            self.locked_until = self.clock.now + timedelta(minutes=minutes)

    @rule(times=st.integers(1, 5))
    def guess(self, times: int) -> None:
        for _ in range(times):
            self.sign_in("a guess that is wrong", "none")

    @rule(seconds=st.sampled_from([30, 61, 15 * 60, 29 * 60, 30 * 60, 5 * 3600, 24 * 3600]))
    def wait(self, seconds: int) -> None:
        self.clock.goes_on(seconds=seconds)

    @precondition(lambda self: self.sessions)
    @rule(data=st.data())
    def use_a_session(self, data: st.DataObject) -> None:
        token = data.draw(st.sampled_from(sorted(self.sessions)))
        was_alive = self.is_alive(token)
        with self.store.writing(everybody()) as work:
            note_visit(work, token)
        if was_alive:
            self.sessions[token]["seen"] = self.clock.now

    @precondition(lambda self: self.sessions)
    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        token = data.draw(st.sampled_from(sorted(self.sessions)))
        with self.store.writing(everybody()) as work:
            sign_out(work, token)
        del self.sessions[token]

    @precondition(lambda self: self.alive() and self.telephone is None)
    @rule()
    def set_up_a_telephone(self) -> None:
        token = self.alive()[0]
        with self.store.writing(everybody()) as work:
            telephone = pyotp.TOTP(begin_factor(work, token).secret)
            assert confirm_factor(work, token, telephone.at(self.clock.now))
        self.telephone = telephone
        self.last_step = int(self.clock.now.timestamp()) // 30
        self.sessions = {token: {**self.sessions[token], "confirmed": True}}

    @rule()
    def close(self) -> None:
        with self.store.writing(everybody()) as work:
            disable(work, self.id)
        self.state = "disabled"
        self.sessions.clear()
        self.dead_links += self.links
        self.links = {}

    @rule(lost=st.booleans())
    def help_out(self, lost: bool) -> None:
        with self.store.writing(everybody()) as work:
            unlock(work, self.id, second_factor=lost)
        self.failures, self.locked_until = 0, self.clock.now
        if lost:
            self.telephone, self.last_step = None, -1
            self.sessions.clear()

    @invariant()
    def what_is_kept_is_what_the_model_says(self) -> None:
        if not hasattr(self, "id"):
            return
        with self.store.reading(everybody()) as work:
            found = account(work, self.id)
            actors = {token: actor_of_session(work, token, HUBS) for token in self.sessions}
        assert (found.state, found.has_second_factor) == (self.state, self.telephone is not None)
        for token, actor in actors.items():
            assert (actor is not None) == self.is_alive(token)
            if actor is not None:
                assert (actor.id, actor.role) == (self.id, self.role)
                assert actor.confirmed == self.sessions[token]["confirmed"]


def test_whatever_is_done_an_account_lets_in_whom_it_should(store: Store) -> None:
    clock = Clock()

    class Here(Entering):
        pass

    Here.store, Here.clock = timed(store, clock), clock
    is_quick = store.engine.dialect.name == "sqlite"
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Here,
        settings=settings(
            max_examples=40 if is_quick else 8,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert store.verified().problems == ()
