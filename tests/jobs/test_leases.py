from datetime import timedelta

import pytest

from matching.jobs.kinds import JobKind
from matching.jobs.leases import MOST_ATTEMPTS, delay, fail, hold, lease, note, release
from matching.jobs.queue import Job, JobState, Progress, ask
from matching.store import Store
from tests.databases import LECCO, everybody
from tests.hub.lives import Clock
from tests.jobs.working import a_job, job_of

LASTS = timedelta(minutes=2)
KINDS = frozenset({JobKind.REMINDERS})


def leased(store: Store, worker: str = "w1", only: str | None = None) -> Job | None:
    with store.writing(everybody()) as work:
        return lease(work, worker=worker, kinds=KINDS, lasts=LASTS, only=only)


def test_a_leased_job_is_nobody_elses_until_the_lease_ends(store: Store, clock: Clock) -> None:
    job_id = a_job(store)
    first = leased(store)
    assert first is not None
    assert (first.id, first.state, first.worker) == (job_id, JobState.RUNNING, "w1")
    assert leased(store, "w2") is None
    clock.goes_on(minutes=2)
    assert leased(store, "w2") is None
    clock.goes_on(seconds=1)
    second = leased(store, "w2")
    assert second is not None
    assert (second.id, second.attempts) == (job_id, 2)
    with store.writing(everybody()) as work:
        assert hold(work, job_id, "w1") is None
        assert hold(work, job_id, "w2") is not None


def test_a_step_makes_the_lease_last_longer(store: Store, clock: Clock) -> None:
    job_id = a_job(store)
    leased(store)
    for done in (1, 2):
        clock.goes_on(seconds=90)
        with store.writing(everybody()) as work:
            held = hold(work, job_id, "w1")
            assert held is not None
            note(work, held, Progress(done=done, total=9, report={"sent": done}), lasts=LASTS)
    assert leased(store, "w2") is None
    found = job_of(store, job_id)
    assert (found.done, found.total, dict(found.report)) == (2, 9, {"sent": 2})


def test_the_job_that_is_due_longest_comes_first_and_none_before_its_time(
    store: Store, clock: Clock
) -> None:
    with store.writing(everybody()) as work:
        later, _ = ask(work, JobKind.REMINDERS, hub=LECCO, run_at=work.now + timedelta(hours=1))
    second = a_job(store)
    clock.goes_on(minutes=59)
    third = a_job(store)
    for expected in (second, third):
        found = leased(store)
        assert found is not None
        assert found.id == expected
    assert leased(store) is None
    clock.goes_on(minutes=1)
    found = leased(store, only=later)
    assert found is not None
    assert found.id == later


def test_only_the_job_that_is_wanted_is_leased(store: Store) -> None:
    a_job(store)
    wanted = a_job(store)
    found = leased(store, only=wanted)
    assert found is not None
    assert found.id == wanted
    assert leased(store, only=wanted) is None


def test_a_job_that_kills_its_workers_is_given_up(store: Store, clock: Clock) -> None:
    job_id = a_job(store)
    for _ in range(MOST_ATTEMPTS):
        assert leased(store) is not None
        clock.goes_on(minutes=3)
    assert leased(store) is None
    found = job_of(store, job_id)
    assert (found.state, found.report) == (
        JobState.FAILED, {"problem": "worker_ended", "times": MOST_ATTEMPTS},
    )  # fmt: skip


def test_a_job_that_gets_further_is_not_given_up(store: Store, clock: Clock) -> None:
    job_id = a_job(store)
    for done in range(3 * MOST_ATTEMPTS):
        assert leased(store) is not None
        with store.writing(everybody()) as work:
            held = hold(work, job_id, "w1")
            assert held is not None
            note(work, held, Progress(done=done + 1), lasts=LASTS)
        clock.goes_on(minutes=3)
    assert job_of(store, job_id).state is JobState.RUNNING


def test_what_went_wrong_is_tried_again_later_and_later_and_then_given_up(
    store: Store, clock: Clock
) -> None:
    job_id = a_job(store)
    waited = []
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert leased(store) is not None
        with store.writing(everybody()) as work:
            held = hold(work, job_id, "w1")
            assert held is not None
            state = fail(work, held, "Somebody else was first.", again=True)
        if state is JobState.FAILED:
            assert attempt == MOST_ATTEMPTS
            break
        assert leased(store) is None
        waited.append(delay(attempt))
        clock.goes_on(seconds=delay(attempt).total_seconds())
    assert [int(one.total_seconds()) for one in waited] == [15, 30, 60, 120]
    found = job_of(store, job_id)
    assert (found.state, found.report["problem"]) == (JobState.FAILED, "Somebody else was first.")


def test_a_job_that_is_put_back_did_nothing_wrong(store: Store) -> None:
    job_id = a_job(store)
    for _ in range(2 * MOST_ATTEMPTS):
        assert leased(store) is not None
        with store.writing(everybody()) as work:
            held = hold(work, job_id, "w1")
            assert held is not None
            release(work, held)
    assert job_of(store, job_id).attempts == 0


@pytest.mark.parametrize("attempts", [0, 1, 5, 9, 40, 10_000])
def test_nobody_waits_longer_than_an_hour(attempts: int) -> None:
    assert timedelta(seconds=15) <= delay(attempts) <= timedelta(hours=1)
