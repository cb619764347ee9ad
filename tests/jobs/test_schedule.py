from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from matching.domain.access import EVERYWHERE
from matching.jobs.kinds import JobKind
from matching.jobs.queue import JobState, list_jobs
from matching.jobs.schedule import SCHEDULE, Recurring, ask_for, latest, missing
from matching.jobs.worker import Ending, Worker, work_off
from matching.store import Store
from tests.databases import LECCO, MERATE, everybody
from tests.hub.lives import NOON, Clock
from tests.jobs.working import HUBS, stepping

HOURLY = Recurring(kind=JobKind.REMINDERS, every=timedelta(hours=1), after=timedelta(minutes=5))
NIGHTLY = Recurring(kind=JobKind.RETENTION, every=timedelta(days=1), after=timedelta(hours=1))
ONCE = Recurring(kind=JobKind.ANCHOR_UPKEEP, every=timedelta(days=1), in_each_hub=False)
HUBS_OF_TESTS = frozenset({LECCO, MERATE})


@pytest.mark.parametrize(
    ("recurring", "at", "due"),
    [
        (HOURLY, "10:04", "09:05"), (HOURLY, "10:05", "10:05"), (HOURLY, "11:04", "10:05"),
        (NIGHTLY, "12:00", "01:00"),
    ],
)  # fmt: skip
def test_work_is_due_at_its_time_until_the_next(recurring: Recurring, at: str, due: str) -> None:
    def moment(text: str) -> datetime:
        return datetime.combine(NOON.date(), datetime.strptime(text, "%H:%M").time(), UTC)

    assert latest(recurring, moment(at)) == moment(due)


def test_what_comes_back_is_asked_for_once_in_each_hub(store: Store, clock: Clock) -> None:
    schedule, kinds = (HOURLY, ONCE), {JobKind.REMINDERS, JobKind.ANCHOR_UPKEEP}
    for _ in range(2):
        with store.writing(everybody()) as work:
            due = missing(work, schedule, kinds=kinds, hubs=HUBS_OF_TESTS)
            ask_for(work, due)
    with store.reading(everybody()) as work:
        found = sorted((str(one.kind), one.hub) for one in list_jobs(work))
    assert found == [
        ("anchor_upkeep", EVERYWHERE), ("reminders", LECCO), ("reminders", MERATE)
    ]  # fmt: skip


def test_after_days_without_a_worker_it_is_done_once_and_not_for_each_day(
    store: Store, clock: Clock
) -> None:
    done: list[int] = []
    worker = Worker(
        name="w1", hubs=HUBS_OF_TESTS, handlers={JobKind.RETENTION: stepping(store, 1, done)},
        schedule=(NIGHTLY,),
    )  # fmt: skip
    for days, expected in ((0, 2), (0, 0), (5, 2), (0, 0)):
        clock.goes_on(days=days)
        done.clear()
        ended = work_off(store, worker, Event())
        assert ended.get(Ending.DONE, 0) == len(done) == expected


def test_a_kind_that_a_worker_cannot_do_is_not_asked_for(store: Store) -> None:
    worker = Worker(name="w1", hubs=HUBS, handlers={}, schedule=SCHEDULE)
    assert work_off(store, worker, Event()) == {}
    with store.reading(everybody()) as work:
        assert list_jobs(work, states=set(JobState)) == []


def test_the_nights_work_is_done_while_nobody_is_at_the_desk() -> None:
    # From eight in the evening to seven in the morning of Italy, in summer and in winter.
    for one in SCHEDULE:
        if one.every == timedelta(days=1):
            assert timedelta(hours=0) <= one.after <= timedelta(hours=4)
