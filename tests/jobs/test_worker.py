from threading import Event, Thread

import sqlalchemy as sa

from matching.errors import ConflictError, InputError
from matching.jobs.kinds import JobKind
from matching.jobs.queue import Job, JobState, cancel
from matching.jobs.worker import Ending, Worker, work_off, work_on, work_on_one, work_until
from matching.store import Store
from matching.store.anchor import Anchor
from matching.store.tables import journal, persons
from tests.databases import LECCO, MERATE, a_manager, everybody
from tests.hub.lives import Clock
from tests.jobs.working import (
    HUBS,
    a_file,
    a_job,
    a_name,
    a_worker,
    asked,
    count,
    job_of,
    people,
    stepping,
    worked,
)


def test_a_job_is_done_step_by_step_and_then_never_again(store: Store) -> None:
    done: list[int] = []
    job_id = a_job(store)
    worker = a_worker(handlers={JobKind.REMINDERS: stepping(store, 3, done)})
    assert worked(store, worker) == {Ending.DONE: 1}
    assert worked(store, worker) == {}
    assert done == [0, 1, 2]
    found = job_of(store, job_id)
    assert (found.state, found.done, found.total) == (JobState.DONE, 3, 3)


def test_a_worker_does_what_it_has_a_handler_for(store: Store) -> None:
    a_job(store, kind=JobKind.RETENTION)
    assert worked(store, a_worker(handlers={JobKind.REMINDERS: stepping(store, 1)})) == {}


def test_a_worker_that_is_told_to_stop_ends_its_step_and_puts_the_job_back(store: Store) -> None:
    stop, done = Event(), []
    job_id = a_job(store)

    def stops(job: Job) -> None:
        if job.done == 1:
            stop.set()

    worker = a_worker(handlers={JobKind.REMINDERS: stepping(store, 4, done, fails=stops)})
    assert work_off(store, worker, stop) == {Ending.STOPPED: 1}
    put_back = job_of(store, job_id)
    assert (put_back.state, put_back.done, put_back.worker) == (JobState.QUEUED, 2, None)
    other = a_worker("w2", {JobKind.REMINDERS: stepping(store, 4, done)})
    assert worked(store, other) == {Ending.DONE: 1}
    assert done == [0, 1, 2, 3]


def test_what_is_cancelled_in_the_middle_is_not_gone_on_with(store: Store) -> None:
    done: list[int] = []
    job_id = a_job(store)

    def is_cancelled(job: Job) -> None:
        if job.done == 1:
            with store.writing(a_manager()) as work:
                cancel(work, job_id)

    worker = a_worker(handlers={JobKind.REMINDERS: stepping(store, 3, done, fails=is_cancelled)})
    assert worked(store, worker) == {Ending.LOST: 1}
    assert done == [0]
    assert job_of(store, job_id).state is JobState.CANCELLED


def test_a_worker_whose_lease_ended_writes_nothing_more(store: Store, clock: Clock) -> None:
    mine: list[int] = []
    theirs: list[int] = []
    a_job(store)

    def sleeps(job: Job) -> None:
        if job.done == 1 and not theirs:
            clock.goes_on(minutes=3)
            other = a_worker("w2", {JobKind.REMINDERS: stepping(store, 3, theirs)})
            assert worked(store, other) == {Ending.DONE: 1}

    slow = a_worker(handlers={JobKind.REMINDERS: stepping(store, 3, mine, fails=sleeps)})
    assert worked(store, slow) == {Ending.LOST: 1}
    assert (mine, theirs) == ([0], [1, 2])


def test_what_others_were_first_with_is_tried_again_and_what_cannot_be_is_not(
    store: Store, clock: Clock
) -> None:
    said: list[str] = []
    job_id = a_job(store)
    problems: list[Exception] = [ConflictError("Somebody was first."), InputError("It is none.")]

    def fails(job: Job) -> None:
        raise problems.pop(0)

    worker = Worker(
        name="w1", hubs=HUBS, said=said.append,
        handlers={JobKind.REMINDERS: stepping(store, 1, fails=fails)},
    )  # fmt: skip
    assert work_off(store, worker, Event()) == {Ending.LATER: 1}
    clock.goes_on(minutes=1)
    assert work_off(store, worker, Event()) == {Ending.FAILED: 1}
    assert job_of(store, job_id).state is JobState.FAILED
    assert [one.partition(": ")[2] for one in said] == ["Somebody was first.", "It is none."]


def test_one_job_alone_is_done_where_it_is_asked_for(store: Store) -> None:
    first, second = a_job(store), a_job(store)
    worker = a_worker(handlers={JobKind.REMINDERS: stepping(store, 1)})
    assert work_on(store, worker, second, Event()) is Ending.DONE
    assert work_on(store, worker, second, Event()) is None
    assert job_of(store, first).state is JobState.QUEUED


def test_a_job_sees_its_own_hub_alone_and_acts_for_whoever_asked(store: Store) -> None:
    asked(store, people("Ada;Prova;;"), actor=a_manager(name="account-7"))
    asked(store, a_file(people("Eva;Prova;;"), hub=MERATE))
    seen: list[tuple[str, frozenset[str]]] = []
    with_import = a_worker().handlers[JobKind.IMPORT]

    def begin(work, job):  # type: ignore[no-untyped-def]
        seen.append((job.hub, work.actor.hubs - {"*"}))
        return with_import(work, job)

    worked(store, a_worker(handlers={JobKind.IMPORT: begin}))
    assert sorted(seen) == [(LECCO, {LECCO}), (MERATE, {MERATE})]
    with store.reading(everybody()) as work:
        actors = {
            (one.actor, one.role) for one in work.rows(journal, journal.c.act == "add_person")
        }
    assert actors == {("account-7", "system"), ("account-1", "system")}


def test_two_workers_at_once_do_each_step_of_each_job_once(store: Store) -> None:
    jobs_asked = [a_job(store) for _ in range(8)]
    done: list[int] = []
    workers = [a_worker(f"w{n}", {JobKind.REMINDERS: stepping(store, 3, done)}) for n in (1, 2)]
    endings: list[Ending] = []

    def works(worker: Worker) -> None:
        own = Store(store.engine, store.ring, Anchor(store.anchor.path), store.clock)
        while (ending := work_on_one(own, worker, Event())) is not None:
            endings.append(ending)

    threads = [Thread(target=works, args=(one,)) for one in workers]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert endings == [Ending.DONE] * 8
    assert sorted(done) == sorted([0, 1, 2] * 8)
    assert {job_of(store, one).state for one in jobs_asked} == {JobState.DONE}


def test_two_workers_at_once_write_each_row_of_an_import_once(store: Store) -> None:
    for tag in "abcd":
        asked(store, people(*(f"{a_name(n)};Prova{tag};;" for n in range(30))))
    ends: list[Ending] = []

    def works(name: str) -> None:
        own = Store(store.engine, store.ring, Anchor(store.anchor.path), store.clock)
        while (ending := work_on_one(own, a_worker(name), Event())) is not None:
            ends.append(ending)

    threads = [Thread(target=works, args=(name,)) for name in ("w1", "w2")]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert ends == [Ending.DONE] * 4
    assert count(store, persons) == 120
    assert store.verified().problems == ()


def test_while_the_database_is_away_it_is_asked_again(store: Store) -> None:
    stop, said = Event(), []

    def told(sentence: str) -> None:
        said.append(sentence)
        stop.set()

    worker = Worker(name="w1", hubs=HUBS, handlers={}, said=told)
    engine = sa.create_engine("sqlite:////nowhere/at/all.db")
    away = Store(engine, store.ring, store.anchor)
    work_until(away, worker, stop)
    engine.dispose()
    (sentence,) = said
    assert sentence.startswith("The database cannot be used just now")
