"""Work in the background: how far it is, what became of rows, ended before its end."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from matching.api.catalogue import slug_after
from matching.api.dependencies import TheService
from matching.api.errors import Refusal
from matching.api.hub.acting import Acting, Made, made, may
from matching.api.hub.fields import (
    PAGE,
    Cursor,
    Id,
    Limit,
    Nothing,
    entry_before,
    next_cursor_of,
)
from matching.api.hub.imports import RowsPage
from matching.api.hub.jobs import JobAnswer, JobsPage, is_shown, job_answer, row_answer
from matching.domain.access import Act
from matching.errors import UnknownError
from matching.jobs.import_rows import rows_of_import
from matching.jobs.queue import Job, JobState, cancel, list_jobs, read_job
from matching.store import Work

router = APIRouter(tags=["jobs"])
JobId = Annotated[Id, Path(description="As it was answered when the job was asked for.")]


@router.get("/v1/jobs", response_model=JobsPage)
def listed(
    acting: Annotated[Acting, may(Act.READ_JOB)],
    limit: Limit = PAGE,
    cursor: Cursor = None,
    state: Annotated[JobState | None, Query(description="How they stand.")] = None,
) -> JobsPage:
    """A page of the hub's jobs, the latest first: those that do what the role may do itself."""
    states = frozenset({state}) if state else frozenset()
    after, found = entry_before(cursor), list[Job]()
    with acting.reading() as work:
        while page := list_jobs(work, states=states, after=after, limit=limit):
            found += [job for job in page if is_shown(job, acting.actor)]
            after = page[-1].id
            if len(found) >= limit:
                break
    shown = found[:limit]
    is_more = len(found) >= limit
    return JobsPage(
        jobs=tuple(map(job_answer, shown)),
        next_cursor=next_cursor_of(shown[-1].id if is_more else None),
    )


@router.get("/v1/jobs/{job_id}", response_model=JobAnswer)
def read(job_id: JobId, acting: Annotated[Acting, may(Act.READ_JOB)]) -> JobAnswer:
    """One job: how far it is, and what it came to."""
    with acting.reading() as work:
        return job_answer(_seen(work, job_id, acting))


@router.get("/v1/jobs/{job_id}/rows", response_model=RowsPage)
def rows(
    job_id: JobId,
    acting: Annotated[Acting, may(Act.READ_JOB)],
    service: TheService,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> RowsPage:
    """What became of the rows of an import, in the order of the file. No value of them is here."""
    after = _number(cursor)
    with acting.reading() as work:
        _seen(work, job_id, acting)
        found = rows_of_import(work, job_id, after=after, limit=limit)
    return RowsPage(
        rows=tuple(row_answer(one, service.wording) for one in found),
        next_cursor=next_cursor_of(str(found[-1].number) if len(found) == limit else None),
    )


@router.delete("/v1/jobs/{job_id}", response_model=JobAnswer)
def end(job_id: JobId, acting: Annotated[Acting, may(Act.IMPORT)]) -> Response:
    """Cancel an import that has not ended. What its steps wrote stays written."""

    def do(work: Work) -> Made:
        _seen(work, job_id, acting)
        cancel(work, job_id)
        return made(job_answer(read_job(work, job_id)))

    return acting.once(Nothing(), do)


def _seen(work: Work, job_id: str, acting: Acting) -> Job:
    job = read_job(work, job_id)
    if not is_shown(job, acting.actor):
        raise UnknownError("There is no such job.")
    return job


def _number(cursor: str | None) -> int:
    text = "0" if cursor is None else slug_after(cursor) or ""
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise Refusal(422, "cursor is none of ours; send next_cursor as it was answered.")
    return int(text)
