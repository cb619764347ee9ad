"""The worker: leases jobs and does them step by step, each step once and whole."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from threading import Event

from matching.domain.access import Actor, the_system
from matching.errors import ConflictError, StaleError, StoreError, ValoriamoError
from matching.jobs.kinds import JobKind
from matching.jobs.leases import fail, hold, is_any_due, lease, note, release
from matching.jobs.queue import Job, JobState, Progress
from matching.jobs.schedule import Due, Recurring, ask_for, missing
from matching.store import Store, Work

Write = Callable[[Work, Job], Progress]
"""The second half of a step: what is written, in the transaction that its progress is noted in."""

Step = Callable[[Job], Write]
"""The first half of a step: whatever takes time, without a transaction, from where the job is."""

Begin = Callable[[Work, Job], Step]
"""A handler: reads what the job needs and answers its step, called until it is finished."""

LEASE = timedelta(minutes=2)
"""How long a worker may be silent: longer than any step takes, reading a hundred CVs included."""

_IDLE_SECONDS = 2.0
_AWAY_SECONDS = 15.0


class Ending(StrEnum):
    """How it ended with a job."""

    DONE = "done"
    FAILED = "failed"
    LATER = "later"
    LOST = "lost"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """Who works: a name that nobody else has, the hubs, the handlers, and what comes back.

    ``said`` is told of what went wrong, in sentences without a name or a value; ``moved`` of how
    far a job came, after each step.
    """

    name: str
    hubs: frozenset[str]
    handlers: Mapping[JobKind, Begin]
    schedule: Sequence[Recurring] = ()
    lasts: timedelta = LEASE
    said: Callable[[str], None] = field(default=lambda sentence: None, repr=False)
    moved: Callable[[Progress], None] = field(default=lambda progress: None, repr=False)


def work_until(store: Store, worker: Worker, stop: Event) -> None:
    """Do what comes until told to stop; the step at hand is finished, and its job put back.

    While the database is away, it is asked again.
    """
    while not stop.is_set():
        try:
            ending = work_on_one(store, worker, stop)
        except StoreError as error:
            worker.said(str(error))
            stop.wait(_AWAY_SECONDS)
            continue
        if ending is None:
            stop.wait(_IDLE_SECONDS)


def work_off(store: Store, worker: Worker, stop: Event) -> Mapping[Ending, int]:
    """Do all that is due now; how many jobs ended how.

    Raises
    ------
    StoreError
        Where the database cannot be used.
    """
    endings: dict[Ending, int] = {}
    while not stop.is_set():
        ending = work_on_one(store, worker, stop)
        if ending is None:
            break
        endings[ending] = endings.get(ending, 0) + 1
    return endings


def work_on_one(store: Store, worker: Worker, stop: Event) -> Ending | None:
    """Lease the next job and do it; None where nothing is due.

    Raises
    ------
    StoreError
        Where the database cannot be used; the lease ends by itself.
    """
    actor, kinds = the_system(worker.hubs), frozenset(worker.handlers)
    with store.reading(actor) as work:
        due = missing(work, worker.schedule, kinds=kinds, hubs=worker.hubs)
        is_due = is_any_due(work, kinds)
    if due:
        _ask(store, worker, due)
    elif not is_due:
        return None
    with store.writing(actor) as work:
        job = lease(work, worker=worker.name, kinds=kinds, lasts=worker.lasts)
    return None if job is None else _do(store, worker, job, stop)


def work_on(store: Store, worker: Worker, job_id: str, stop: Event) -> Ending | None:
    """Lease one job and do it; None where it is not due, or another worker has it.

    Raises
    ------
    StoreError
        Where the database cannot be used; the lease ends by itself.
    """
    with store.writing(the_system(worker.hubs)) as work:
        job = lease(
            work, worker=worker.name, kinds=frozenset(worker.handlers), lasts=worker.lasts,
            only=job_id,
        )  # fmt: skip
    return None if job is None else _do(store, worker, job, stop)


def _ask(store: Store, worker: Worker, due: Sequence[Due]) -> None:
    try:
        with store.writing(the_system(worker.hubs)) as work:
            ask_for(work, due)
    except ConflictError:
        worker.said("Another worker has just asked for what is due.")


def _do(store: Store, worker: Worker, job: Job, stop: Event) -> Ending:
    try:
        return _steps(store, worker, job, stop)
    except StoreError:
        # Nothing can be noted now; whoever leases the job next goes on with it.
        raise
    except (ConflictError, StaleError) as error:
        return _failed(store, worker, job, str(error), again=True)
    except ValoriamoError as error:
        return _failed(store, worker, job, str(error), again=False)


def _steps(store: Store, worker: Worker, job: Job, stop: Event) -> Ending:
    actor = _acting_for(job)
    with store.reading(actor) as work:
        step = worker.handlers[job.kind](work, job)
    while not stop.is_set():
        write = step(job)
        with store.writing(actor, job.id) as work:
            held = hold(work, job.id, worker.name)
            if held is None:
                return Ending.LOST
            progress = write(work, held)
            note(work, held, progress, lasts=worker.lasts)
        worker.moved(progress)
        if progress.is_finished:
            return Ending.DONE
        job = replace(job, done=progress.done, total=progress.total)
    with store.writing(actor, job.id) as work:
        held = hold(work, job.id, worker.name)
        if held is not None:
            release(work, held)
    return Ending.STOPPED


def _failed(store: Store, worker: Worker, job: Job, problem: str, *, again: bool) -> Ending:
    worker.said(f"Job {job.id} ({job.kind}): {problem}")
    with store.writing(_acting_for(job), job.id) as work:
        held = hold(work, job.id, worker.name)
        if held is None:
            return Ending.LOST
        state = fail(work, held, problem, again=again)
    return Ending.LATER if state is JobState.QUEUED else Ending.FAILED


def _acting_for(job: Job) -> Actor:
    """The installation for whoever asked for a job, whom the journal names; over its hub alone."""
    return replace(the_system(frozenset({job.hub})), id=job.made_by)
