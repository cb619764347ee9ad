"""Two processes that want the same thing at the same moment: one of them has it."""

import multiprocessing
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from matching.domain.access import Role
from matching.hub.accounts import account_named, invite
from matching.hub.accounts_sign_in import FAILURES, Outcome
from matching.store import Store
from matching.store.tables import sessions
from tests.databases import LECCO, everybody
from tests.hub.at_once import Place, enters, follows, ready
from tests.hub.entering import (
    ANNA,
    OTHER,
    PASSWORD,
    QUICK,
    Clock,
    account_row,
    an_account,
    timed,
    tries,
    with_factor,
)

SOON = 0.15  # seconds in which both are told
TIMES = 4


@pytest.fixture(scope="module")
def two() -> Iterator[ProcessPoolExecutor]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as processes:
        yield processes


@pytest.fixture
def place(store: Store, two: ProcessPoolExecutor) -> Place:
    url = store.engine.url.render_as_string(hide_password=False)
    found = Place(url, store.anchor.path, store.ring)
    assert all(two.map(ready, [found] * 4))
    return found


def test_a_link_is_followed_by_one_of_two(
    store: Store, two: ProcessPoolExecutor, place: Place
) -> None:
    words = (PASSWORD, OTHER)
    hashes = [QUICK.hashed(word, username="somebody") for word in words]
    for turn in range(TIMES):
        username = f"{turn}@hub.example"
        with store.writing(everybody()) as work:
            token = invite(work, username, role=Role.COMMUNITY_MANAGER, hub=LECCO).token
        at = time.time() + SOON
        won = [one.result() for one in [two.submit(follows, place, token, h, at) for h in hashes]]
        assert sorted(won) == [False, True]
        # The password is that of whoever was told so.
        let_in = [tries(store, username, word).outcome is Outcome.SIGNED_IN for word in words]
        assert let_in == won
    assert store.verified().problems == ()


def test_a_code_lets_in_one_of_two(store: Store, two: ProcessPoolExecutor, place: Place) -> None:
    an_account(store)
    # Set up some minutes ago, so that a code of this very moment was not used yet.
    clock = Clock(datetime.now(UTC) - timedelta(minutes=5))
    telephone = with_factor(timed(store, clock), ANNA, clock)
    with store.reading(everybody()) as work:
        before = work.count(sessions)
    step = int(time.time()) // 30
    for turn in (0, 1):
        code = telephone.generate_otp(step + turn)
        at = time.time() + SOON
        asked = [two.submit(enters, place, ANNA, PASSWORD, code, at) for _ in range(2)]
        assert sorted(one.result() for one in asked) == [Outcome.REFUSED, Outcome.SIGNED_IN]
    with store.reading(everybody()) as work:
        # That of the set-up, five minutes old, is among them.
        assert work.count(sessions, sessions.c.confirmed.is_(True)) == before + 2
        # Whoever came second counted as a failure, until the next one was let in.
        assert account_row(work, ANNA).failures <= 1
    assert store.verified().problems == ()


def test_failures_at_once_are_all_counted(
    store: Store, two: ProcessPoolExecutor, place: Place
) -> None:
    an_account(store)
    at = time.time() + SOON
    asked = [two.submit(enters, place, ANNA, "wrong", None, at) for _ in range(FAILURES)]
    assert {one.result() for one in asked} == {Outcome.REFUSED}
    with store.reading(everybody()) as work:
        assert account_row(work, ANNA).failures == FAILURES
        assert account_named(work, ANNA).locked_until is not None
    assert tries(store).outcome is Outcome.REFUSED
