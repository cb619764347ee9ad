"""The queue of jobs, a table: asked for with the act that needs it, in the same transaction."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row

from matching.errors import ConflictError, UnknownError
from matching.jobs.kinds import ACTS, JobKind
from matching.store import Work
from matching.store.chain import canonical
from matching.store.sealing import digest
from matching.store.tables import job_files, jobs
from matching.store.work import new_id


class JobState(StrEnum):
    """How a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job. ``done`` and ``total`` count what its kind counts, such as rows."""

    id: str
    hub: str
    kind: JobKind
    state: JobState
    settings: Mapping[str, Any] = field(repr=False)
    attempts: int
    run_at: datetime
    worker: str | None
    done: int
    total: int | None
    report: Mapping[str, Any]
    made_by: str
    made_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a step came. ``report`` holds counts and codes, never a name or a text."""

    done: int
    total: int | None = None
    is_finished: bool = False
    report: Mapping[str, Any] = field(default_factory=dict)


def ask(
    work: Work,
    kind: JobKind,
    *,
    hub: str,
    settings: Mapping[str, object] | None = None,
    once_key: str | None = None,
    run_at: datetime | None = None,
    total: int | None = None,
) -> tuple[str, bool]:
    """Queue a job in the transaction of whoever needs it; its identifier, and whether it is new.

    Parameters
    ----------
    work
        The transaction: where it is undone, no job was ever asked for.
    kind, hub
        What is to be done, and whose it is (``EVERYWHERE``: the installation's).
    settings
        What the handler needs to know; plain values without a name or a text.
    once_key
        Within the hub, what is asked for with one key is done once, however often it is asked.
    run_at
        Not before this moment; without it, now.
    total
        How much there is to do, where it is known.

    Raises
    ------
    UnknownError
        For a hub that the actor may not touch.
    """
    key = None if once_key is None else f"{hub}:{once_key}"
    if key is not None and (found := work.first(jobs, jobs.c.once_key == key)) is not None:
        return str(found.id), False
    job_id = new_id()
    written = canonical(dict(settings or {}))
    work.add(
        jobs,
        {
            "id": job_id, "hub": hub, "kind": kind, "state": JobState.QUEUED, "once_key": key,
            "settings": written, "attempts": 0, "run_at": run_at or work.now,
            "leased_until": None, "worker": None, "done": 0, "total": total, "report": None,
            "made_by": work.actor.id, "made_at": work.now, "finished_at": None,
        },
    )  # fmt: skip
    work.tell(
        ACTS[kind], "job", job_id, hub=hub, kind=kind, state=JobState.QUEUED,
        settings=digest(written.encode()),
    )  # fmt: skip
    return job_id, True


def read_job(work: Work, job_id: str) -> Job:
    """A job of a hub that the actor may see.

    Raises
    ------
    UnknownError
        Where there is none.
    """
    row = work.first(jobs, jobs.c.id == job_id)
    if row is None:
        raise UnknownError("There is no such job.")
    return job_of(row)


def list_jobs(
    work: Work,
    *,
    states: Collection[JobState] = (),
    after: str | None = None,
    limit: int = 50,
) -> Sequence[Job]:
    """The jobs that can be seen, the latest first; ``after`` is the one that the page comes after.

    Raises
    ------
    UnknownError
        Where there is no such job to come after.
    """
    conditions: list[sa.ColumnElement[bool]] = []
    if states:
        conditions.append(jobs.c.state.in_(sorted(states)))
    if after is not None:
        last = read_job(work, after)
        conditions.append(
            sa.or_(
                jobs.c.made_at < last.made_at,
                sa.and_(jobs.c.made_at == last.made_at, jobs.c.id > last.id),
            )
        )
    order = [jobs.c.made_at.desc(), jobs.c.id]
    return [job_of(row) for row in work.rows(jobs, *conditions, order=order, limit=limit)]


def cancel(work: Work, job_id: str) -> None:
    """End a job that has not ended. What its committed steps did stays done.

    Raises
    ------
    UnknownError
        Where there is no such job.
    ConflictError
        Where it has ended already.
    """
    job = _held(work, job_id)
    if job.state in ENDED:
        raise ConflictError(f"The job has ended ({job.state}); there is nothing to cancel.")
    end_job(work, job, JobState.CANCELLED, job.report)


def retry(work: Work, job_id: str) -> None:
    """Queue a job again that failed or was cancelled.

    Raises
    ------
    UnknownError
        Where there is no such job.
    ConflictError
        For one that has not failed, or an import, whose file is not kept once it has ended.
    """
    job = _held(work, job_id)
    if job.state not in (JobState.FAILED, JobState.CANCELLED):
        raise ConflictError(
            f"The job has not failed ({job.state}); only one that failed or was cancelled is "
            "queued again."
        )
    if job.kind is JobKind.IMPORT:
        raise ConflictError(
            "The file of an import is not kept once it has ended. Send the file again: what was "
            "written of it is known, and nothing is written twice."
        )
    values = {
        "state": JobState.QUEUED, "run_at": work.now, "attempts": 0, "worker": None,
        "leased_until": None, "finished_at": None, "report": canonical({}),
    }  # fmt: skip
    note_job(work, job_id, values)
    work.tell(ACTS[job.kind], "job", job_id, hub=job.hub, kind=job.kind, state=JobState.QUEUED)


def _held(work: Work, job_id: str) -> Job:
    row = work.connection.execute(
        sa.select(jobs).where(work.seen(jobs), jobs.c.id == job_id).with_for_update()
    ).one_or_none()
    if row is None:
        raise UnknownError("There is no such job.")
    return job_of(row)


def end_job(
    work: Work,
    job: Job,
    state: JobState,
    report: Mapping[str, Any],
    *,
    done: int | None = None,
    total: int | None = None,
) -> None:
    """End a job, with its file removed and the journal told."""
    values = {
        "state": state, "report": canonical(dict(report)), "finished_at": work.now,
        "leased_until": None, "done": job.done if done is None else done,
        "total": job.total if total is None else total,
    }  # fmt: skip
    note_job(work, job.id, values)
    # A file with people in it is not kept for longer than it is needed.
    work.remove(job_files, job_files.c.job_id == job.id)
    counts = {name: value for name, value in report.items() if isinstance(value, int)}
    work.tell(ACTS[job.kind], "job", job.id, hub=job.hub, kind=job.kind, state=state, **counts)


def note_job(work: Work, job_id: str, values: Mapping[str, Any]) -> None:
    """Set columns of a job. No act, so that the journal is not told."""
    work.connection.execute(
        sa.update(jobs).where(work.seen(jobs), jobs.c.id == job_id).values(**values)
    )


def job_of(row: Row[Any], **changed: Any) -> Job:
    """A row as a job, with some columns as they were just changed."""
    values = {**row._mapping, **changed}
    return Job(
        id=values["id"], hub=values["hub"], kind=JobKind(values["kind"]),
        state=JobState(values["state"]), settings=json.loads(values["settings"]),
        attempts=values["attempts"], run_at=values["run_at"], worker=values["worker"],
        done=values["done"], total=values["total"], report=json.loads(values["report"] or "{}"),
        made_by=values["made_by"], made_at=values["made_at"], finished_at=values["finished_at"],
    )  # fmt: skip
