from datetime import timedelta

from matching.domain.access import EVERYWHERE, Role
from matching.hub.sessions import (
    IDLE_MINUTES,
    MOST_HOURS,
    NOTED_EVERY,
    actor_of_session,
    note_visit,
    sign_out,
    visit_of,
)
from matching.store import Store
from matching.store.tables import journal, sessions
from tests.databases import LECCO, MERATE, everybody
from tests.hub.entering import ANNA, HUBS, Clock, an_account, session_token, timed


def is_in(store: Store, token: str) -> bool:
    with store.reading(everybody()) as work:
        return actor_of_session(work, token, HUBS) is not None


def test_a_session_ends_after_half_an_hour_without_a_request(store: Store) -> None:
    clock = Clock()
    store = timed(store, clock)
    an_account(store)
    token = session_token(store)
    clock.goes_on(minutes=IDLE_MINUTES, seconds=-1)
    assert is_in(store, token)
    with store.writing(everybody()) as work:
        note_visit(work, token)
    clock.goes_on(minutes=IDLE_MINUTES, seconds=-1)
    assert is_in(store, token)
    clock.goes_on(seconds=1)
    assert not is_in(store, token)
    with store.writing(everybody()) as work:
        note_visit(work, token)
    assert not is_in(store, token)


def test_a_session_ends_after_twelve_hours_however_it_is_used(store: Store) -> None:
    clock = Clock()
    store = timed(store, clock)
    an_account(store)
    token = session_token(store)
    end = clock.now + timedelta(hours=MOST_HOURS)
    while clock.now < end:
        assert is_in(store, token)
        with store.writing(everybody()) as work:
            note_visit(work, token)
        clock.goes_on(minutes=20)
    assert not is_in(store, token)


def test_a_visit_is_to_be_noted_once_a_minute_and_is_no_act(store: Store) -> None:
    clock = Clock()
    store = timed(store, clock)
    an_account(store)
    token = session_token(store)
    with store.reading(everybody()) as work:
        before = work.count(journal)
        visit = visit_of(work, token, HUBS)
    assert visit is not None
    assert not visit.is_due
    clock.goes_on(seconds=NOTED_EVERY.total_seconds())
    with store.writing(everybody()) as work:
        visit = visit_of(work, token, HUBS)
        assert visit is not None
        assert visit.is_due
        note_visit(work, token)
    with store.reading(everybody()) as work:
        visit = visit_of(work, token, HUBS)
        assert visit is not None
        assert not visit.is_due
        assert work.count(journal) == before


def test_whoever_leaves_is_out_and_others_stay_in(store: Store) -> None:
    an_account(store)
    mine, other = session_token(store), session_token(store)
    with store.writing(everybody()) as work:
        assert sign_out(work, mine)
        assert not sign_out(work, mine)
        assert not sign_out(work, "x")
    assert not is_in(store, mine)
    assert is_in(store, other)


def test_only_the_digest_of_a_session_is_kept(store: Store) -> None:
    an_account(store)
    token = session_token(store)
    with store.reading(everybody()) as work:
        assert token not in str(work.rows(sessions))
        digest = work.rows(sessions)[0].digest
    assert not is_in(store, digest)


def test_an_account_of_the_territory_acts_over_its_hubs_and_another_over_its_own(
    store: Store,
) -> None:
    an_account(store, "committee@x", role=Role.FUND_COMMITTEE, hub=EVERYWHERE)
    an_account(store)
    with store.reading(everybody()) as work:
        assert actor_of_session(work, "no session", HUBS) is None
    tokens = [session_token(store, name) for name in ("committee@x", ANNA)]
    with store.reading(everybody()) as work:
        found = [actor_of_session(work, token, HUBS) for token in tokens]
    assert [one.hubs for one in found if one] == [{LECCO, MERATE, EVERYWHERE}, {LECCO}]
