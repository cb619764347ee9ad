from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.access.oidc import Identity
from matching.access.passwords import open_passwords
from matching.domain.access import Actor, Role
from matching.errors import UnknownError
from matching.hub.accounts import account, disable, invite_again, unlock
from matching.hub.accounts_invitations import accept_with_identity, accept_with_password
from matching.hub.accounts_sign_in import (
    FAILURES,
    LOCK_MOST_HOURS,
    Outcome,
    SignIn,
    change_password,
    claim,
    lock_time,
    own_claim,
    prove,
    sign_in,
    sign_in_with_identity,
)
from matching.hub.sessions import actor_of_session
from matching.store import Store
from matching.store.tables import accounts, journal, sessions
from tests.databases import LECCO, everybody
from tests.hub.entering import (
    ANNA,
    HUBS,
    OTHER,
    PASSWORD,
    QUICK,
    Clock,
    an_account,
    an_admin,
    session_token,
    timed,
    tries,
    with_factor,
)

ADMIN = "admin@hub.example"
WRONG = "not the password"


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every hash that a password was checked against, and every hash that was made."""
    done: list[str] = []
    hasher = type(QUICK.hasher)
    verify, make = hasher.verify, hasher.hash

    def verifying(self: Any, kept: str, password: str) -> bool:
        done.append(kept)
        return bool(verify(self, kept, password))

    def making(self: Any, password: str) -> str:
        done.append("made")
        return str(make(self, password))

    monkeypatch.setattr(hasher, "verify", verifying)
    monkeypatch.setattr(hasher, "hash", making)
    return done


def fail(store: Store, times: int, username: str = ANNA) -> list[SignIn]:
    return [tries(store, username, WRONG) for _ in range(times)]


def test_the_right_password_lets_in_as_what_the_account_is(store: Store) -> None:
    account_id = an_account(store)
    done = tries(store)
    assert done.outcome is Outcome.SIGNED_IN
    assert not done.must_set_up
    assert done.session is not None
    with store.reading(everybody()) as work:
        actor = actor_of_session(work, done.session.token, HUBS)
    assert actor == Actor(
        id=account_id, role=Role.COMMUNITY_MANAGER, hubs=frozenset({LECCO}), confirmed=False
    )
    assert done.session.token not in repr(done)


def test_the_answer_is_the_same_for_whoever_is_not_let_in(store: Store, checked: list[str]) -> None:
    an_account(store, "locked@x")
    fail(store, FAILURES, "locked@x")
    disabled = an_account(store, "disabled@x")
    with store.writing(everybody()) as work:
        disable(work, disabled)
    external = an_account(store, "external@x")
    with store.writing(everybody()) as work:
        link = invite_again(work, external)
        identity = Identity(issuer="https://id.example", subject="1", confirmed=False)
        accept_with_identity(work, link.token, identity)
    an_account(store)
    answers = []
    for username, password in (
        ("nobody@x", PASSWORD), ("locked@x", PASSWORD), ("locked@x", WRONG),
        ("disabled@x", PASSWORD), ("external@x", PASSWORD), (ANNA, WRONG), ("", ""),
        ("\x00\ud800", "\x00\ud800"),
    ):  # fmt: skip
        checked.clear()
        answers.append(tries(store, username, password))
        # As much work for one as for another, however that may be told from outside.
        assert len(checked) == 1
    assert set(answers) == {SignIn(outcome=Outcome.REFUSED)}
    with store.reading(everybody()) as work:
        assert work.count(sessions) == 0


def test_a_locked_account_with_an_old_hash_takes_no_longer_for_the_right_password(
    store: Store, checked: list[str]
) -> None:
    stronger = open_passwords(memory_kib=16, passes=2)
    an_account(store)
    fail(store, FAILURES)
    checked.clear()
    assert tries(store, passwords=stronger).outcome is Outcome.REFUSED
    assert len(checked) == 1


def test_a_hash_with_old_parameters_is_renewed_when_its_password_is_known(store: Store) -> None:
    stronger = open_passwords(memory_kib=16, passes=2)
    account_id = an_account(store)
    with store.reading(everybody()) as work:
        before = work.one(accounts, accounts.c.id == account_id).password_hash
    assert tries(store, password=WRONG, passwords=stronger).outcome is Outcome.REFUSED
    assert tries(store, passwords=stronger).outcome is Outcome.SIGNED_IN
    with store.reading(everybody()) as work:
        after = work.one(accounts, accounts.c.id == account_id).password_hash
    assert before != after
    assert stronger.renewed(PASSWORD, after) is None
    assert tries(store, passwords=stronger).outcome is Outcome.SIGNED_IN


def test_five_failures_lock_and_the_right_password_does_not_tell(store: Store) -> None:
    clock = Clock()
    store = timed(store, clock)
    account_id = an_account(store)
    fail(store, FAILURES - 1)
    assert tries(store).outcome is Outcome.SIGNED_IN
    fail(store, FAILURES)
    clock.goes_on(minutes=15, seconds=-1)
    assert tries(store) == tries(store, password=WRONG) == SignIn(outcome=Outcome.REFUSED)
    # What is tried meanwhile does not make it longer: nobody is kept out by somebody else for ever.
    clock.goes_on(seconds=1)
    fail(store, FAILURES)
    clock.goes_on(minutes=30, seconds=-1)
    assert tries(store).outcome is Outcome.REFUSED
    clock.goes_on(seconds=1)
    assert tries(store).outcome is Outcome.SIGNED_IN
    fail(store, FAILURES)
    with store.writing(everybody()) as work:
        until = account(work, account_id).locked_until
        unlock(work, account_id)
    assert until == clock.now + timedelta(minutes=15)
    assert tries(store).outcome is Outcome.SIGNED_IN


@given(st.integers(0, 10_000))
def test_locks_grow_up_to_a_day(failures: int) -> None:
    lock = lock_time(failures)
    assert (lock is None) == (failures == 0 or failures % FAILURES > 0)
    if lock is not None:
        assert timedelta(minutes=15) <= lock <= timedelta(hours=LOCK_MOST_HOURS)
        before = lock_time(failures - FAILURES)
        assert before is None or before <= lock


def test_whose_role_needs_a_second_factor_can_do_nothing_until_it_is_set_up(store: Store) -> None:
    clock = Clock()
    store = timed(store, clock)
    an_admin(store)
    done = tries(store, ADMIN)
    assert (done.outcome, done.must_set_up) == (Outcome.SIGNED_IN, True)
    telephone = with_factor(store, ADMIN, clock)
    assert tries(store, ADMIN).outcome is Outcome.CODE_WANTED
    assert tries(store, ADMIN, WRONG, telephone.at(clock.now)).outcome is Outcome.REFUSED
    done = tries(store, ADMIN, code=telephone.at(clock.now))
    assert (done.outcome, done.must_set_up) == (Outcome.SIGNED_IN, False)
    assert done.session is not None
    with store.reading(everybody()) as work:
        actor = actor_of_session(work, done.session.token, HUBS)
    assert actor is not None
    assert actor.confirmed


def test_a_code_is_taken_once_and_wrong_ones_lock(store: Store) -> None:
    clock = Clock()
    store = timed(store, clock)
    an_admin(store)
    telephone = with_factor(store, ADMIN, clock)
    code = telephone.at(clock.now)
    assert tries(store, ADMIN, code=code).outcome is Outcome.SIGNED_IN
    assert tries(store, ADMIN, code=code).outcome is Outcome.REFUSED
    clock.goes_on(seconds=30)
    for _ in range(FAILURES - 1):
        # The right password in between does not begin the count anew.
        assert tries(store, ADMIN).outcome is Outcome.CODE_WANTED
        assert tries(store, ADMIN, code="000000").outcome is Outcome.REFUSED
    assert tries(store, ADMIN, code=telephone.at(clock.now)).outcome is Outcome.REFUSED


def test_a_password_that_was_changed_while_it_was_checked_lets_nobody_in(store: Store) -> None:
    account_id = an_account(store)
    with store.reading(everybody()) as work:
        claimed = claim(work, ANNA)
    proof = prove(claimed, PASSWORD, QUICK)
    with store.writing(everybody()) as work:
        link = invite_again(work, account_id)
        accept_with_password(work, link.token, QUICK.hashed(OTHER, username=ANNA))
    with store.writing(everybody()) as work:
        assert sign_in(work, proof).outcome is Outcome.REFUSED
    assert PASSWORD not in repr(proof)
    assert str(claimed.password_hash) not in repr(proof)


def test_an_account_that_was_deleted_while_its_password_was_checked_lets_nobody_in(
    store: Store,
) -> None:
    with store.reading(everybody()) as work:
        gone = replace(claim(work, ANNA), account_id="gone")
    with store.writing(everybody()) as work:
        assert sign_in(work, prove(gone, PASSWORD, QUICK)).outcome is Outcome.REFUSED


def test_whoever_knows_the_old_password_chooses_another_and_signs_in_again(store: Store) -> None:
    account_id = an_account(store)
    other = an_account(store, "bruno@x")
    tokens = [session_token(store), session_token(store)]
    with store.reading(everybody()) as work:
        actor = actor_of_session(work, tokens[0], HUBS)
    assert actor is not None
    chosen = QUICK.hashed(OTHER, username=ANNA)
    with store.reading(actor) as work:
        claimed = own_claim(work)
    with store.writing(actor) as work:
        assert not change_password(work, prove(claimed, WRONG, QUICK), chosen)
        assert account(work, account_id).id == account_id
    with pytest.raises(UnknownError), store.writing(replace(actor, id=other)) as work:
        change_password(work, prove(claimed, PASSWORD, QUICK), chosen)
    with store.writing(actor) as work:
        assert change_password(work, prove(claimed, PASSWORD, QUICK), chosen)
    with store.reading(everybody()) as work:
        assert [actor_of_session(work, token, HUBS) for token in tokens] == [None, None]
    assert tries(store).outcome is Outcome.REFUSED
    assert tries(store, password=OTHER).outcome is Outcome.SIGNED_IN


def test_a_stolen_session_does_not_try_passwords_without_end(store: Store) -> None:
    account_id = an_account(store)
    actor = Actor(id=account_id, role=Role.COMMUNITY_MANAGER, hubs=frozenset({LECCO}))
    chosen = QUICK.hashed(OTHER, username=ANNA)
    for password in (*[WRONG] * FAILURES, PASSWORD):
        with store.reading(actor) as work:
            claimed = own_claim(work)
        proof = prove(claimed, password, QUICK)
        with store.writing(actor) as work:
            assert not change_password(work, proof, chosen)


def test_an_identity_of_two_factors_needs_no_code_of_ours_and_another_does(store: Store) -> None:
    clock = Clock()
    store = timed(store, clock)
    account_id = an_admin(store)
    telephone = with_factor(store, ADMIN, clock)
    plain = Identity(issuer="https://id.example", subject="1", confirmed=False)
    with store.writing(everybody()) as work:
        link = invite_again(work, account_id)
        accept_with_identity(work, link.token, plain)
    with store.writing(everybody()) as work:
        assert sign_in_with_identity(work, plain).outcome is Outcome.CODE_WANTED
        assert sign_in_with_identity(work, plain, "000000").outcome is Outcome.REFUSED
        code = telephone.at(clock.now)
        assert sign_in_with_identity(work, plain, code).outcome is Outcome.SIGNED_IN
        done = sign_in_with_identity(work, replace(plain, confirmed=True))
        assert (done.outcome, done.must_set_up) == (Outcome.SIGNED_IN, False)
        disable(work, account_id)
        refused = sign_in_with_identity(work, replace(plain, confirmed=True))
        assert refused.outcome is Outcome.REFUSED


def test_a_name_that_was_tried_is_on_record_as_a_word_that_nobody_can_read(store: Store) -> None:
    tries(store, "Secret@Name.example", WRONG)
    tries(store, "secret@name.example", WRONG)
    tries(store, "other@name.example", WRONG)
    with store.reading(everybody()) as work:
        details = [row.detail for row in work.rows(journal, order=[journal.c.number])]
    assert details[0] == details[1] != details[2]
    assert "secret" not in details[0].lower()
    assert '"why":"unknown"' in details[0]
