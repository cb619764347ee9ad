"""Who does a job: leased for some minutes, held while a step writes, given back or given up.

A worker leases a job, and every step of it holds the job's row for as long as it writes. Whoever
is killed loses its lease by the clock, and another goes on from the last step that was committed.
Leases and progress are not told to the journal: nothing of a hub is changed by them.
"""

from collections.abc import Collection
from datetime import timedelta

import sqlalchemy as sa

from matching.jobs.kinds import JobKind
from matching.jobs.queue import Job, JobState, Progress, end_job, job_of, note_job
from matching.store import Work
from matching.store.chain import canonical
from matching.store.tables import jobs

MOST_ATTEMPTS = 5
"""How often a job is begun again without getting any further, before it is given up."""

FIRST_DELAY, LONGEST_DELAY = timedelta(seconds=15), timedelta(hours=1)


def is_any_due(work: Work, kinds: Collection[JobKind]) -> bool:
    """Whether there is something to lease, to be looked at without writing."""
    return bool(work.rows(jobs, *_due(work, kinds), columns=[jobs.c.id], limit=1))


def lease(
    work: Work,
    *,
    worker: str,
    kinds: Collection[JobKind],
    lasts: timedelta,
    only: str | None = None,
) -> Job | None:
    """The job that is due longest, for this worker alone until the lease ends; None without one.

    A job that other workers began so often without getting further is given up instead. With
    ``only``, no other job than the one with this identifier is leased.
    """
    wanted = _due(work, kinds)
    if only is not None:
        wanted.append(jobs.c.id == only)
    while True:
        # A row that a step or another worker holds is passed by (PostgreSQL; on SQLite nobody
        # else writes meanwhile).
        row = work.connection.execute(
            sa.select(jobs).where(work.seen(jobs), *wanted)
            .order_by(jobs.c.run_at, jobs.c.made_at, jobs.c.id).limit(1)
            .with_for_update(skip_locked=True)
        ).one_or_none()  # fmt: skip
        if row is None:
            return None
        if row.attempts < MOST_ATTEMPTS:
            break
        gone = job_of(row)
        report = {**gone.report, "problem": "worker_ended", "times": gone.attempts}
        end_job(work, gone, JobState.FAILED, report)
    values = {
        "state": JobState.RUNNING, "worker": worker, "leased_until": work.now + lasts,
        "attempts": row.attempts + 1,
    }  # fmt: skip
    note_job(work, row.id, values)
    return job_of(row, **values)


def hold(work: Work, job_id: str, worker: str) -> Job | None:
    """The job, held until the transaction ends; None where it is no longer this worker's.

    To be called first in every step: what was cancelled, or taken over after the lease ended, is
    not gone on with.
    """
    row = work.connection.execute(
        sa.select(jobs).where(
            work.seen(jobs), jobs.c.id == job_id, jobs.c.worker == worker,
            jobs.c.state == JobState.RUNNING,
        ).with_for_update()
    ).one_or_none()  # fmt: skip
    return None if row is None else job_of(row)


def note(work: Work, job: Job, progress: Progress, *, lasts: timedelta) -> None:
    """Note how far a held job came, in the transaction of the step itself."""
    # What once went wrong did not last.
    report = {name: one for name, one in job.report.items() if name != "problem"}
    report |= progress.report
    if progress.is_finished:
        end_job(work, job, JobState.DONE, report, done=progress.done, total=progress.total)
        return
    got_further = progress.done > job.done
    note_job(
        work,
        job.id,
        {
            "done": progress.done, "total": progress.total, "report": canonical(report),
            "leased_until": work.now + lasts, "attempts": 1 if got_further else job.attempts,
        },
    )  # fmt: skip


def fail(work: Work, job: Job, problem: str, *, again: bool) -> JobState:
    """Note that a held job went wrong; whether it is tried again, later and later, or was given up.

    ``problem`` is a message of the product: it holds no name and no value.
    """
    if again and job.attempts < MOST_ATTEMPTS:
        values = {
            "state": JobState.QUEUED, "run_at": work.now + delay(job.attempts), "worker": None,
            "leased_until": None, "report": canonical({**job.report, "problem": problem}),
        }  # fmt: skip
        note_job(work, job.id, values)
        return JobState.QUEUED
    end_job(work, job, JobState.FAILED, {**job.report, "problem": problem})
    return JobState.FAILED


def release(work: Work, job: Job) -> None:
    """Put a held job back for whoever comes next: the worker ends, the job did nothing wrong."""
    values = {
        "state": JobState.QUEUED, "worker": None, "leased_until": None,
        "attempts": max(job.attempts - 1, 0),
    }  # fmt: skip
    note_job(work, job.id, values)


def delay(attempts: int) -> timedelta:
    """How long to wait after so many attempts: twice as long each time, an hour at most.

    >>> [int(delay(n).total_seconds()) for n in (1, 2, 3, 20)]
    [15, 30, 60, 3600]
    """
    doubled: timedelta = FIRST_DELAY * 2 ** min(max(attempts, 1) - 1, 16)
    return min(doubled, LONGEST_DELAY)


def _due(work: Work, kinds: Collection[JobKind]) -> list[sa.ColumnElement[bool]]:
    waiting = sa.and_(jobs.c.state == JobState.QUEUED, jobs.c.run_at <= work.now)
    left = sa.and_(jobs.c.state == JobState.RUNNING, jobs.c.leased_until < work.now)
    return [jobs.c.kind.in_(sorted(kinds)), sa.or_(waiting, left)]
