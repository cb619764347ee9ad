"""What is answered of work in the background, and to whom it is shown at all."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from matching.access.matrix import reach_of
from matching.api.hub.imports import RowAnswer
from matching.api.payloads import Payload
from matching.domain.access import Act, Actor
from matching.interchange import FileKind
from matching.jobs.import_files import kind_of
from matching.jobs.import_rows import RowOutcome
from matching.jobs.kinds import ACTS, JobKind
from matching.jobs.queue import Job, JobState
from matching.wording import Wording

WRITES: Mapping[FileKind, Act] = MappingProxyType(
    {
        FileKind.PERSONS: Act.ADD_PERSON,
        FileKind.VACANCIES: Act.ADD_VACANCY,
        FileKind.OUTCOMES: Act.RECORD_OUTCOME,
    }
)
"""What is done with the rows of a file: who may not do it one by one may not by the file."""


class JobAnswer(Payload):
    """A job. `of` is what the rows of an import are; `done` and `total` count what its kind counts.

    `counts` are what its report says in numbers: of an import, rows by what became of them.
    `problem` is what went wrong last.
    """

    id: str
    hub: str
    kind: JobKind
    of: FileKind | None
    state: JobState
    done: int
    total: int | None
    counts: dict[str, int]
    problem: str | None
    made_by: str
    made_at: datetime
    finished_at: datetime | None


class JobsPage(Payload):
    """A page of jobs, the latest first."""

    jobs: tuple[JobAnswer, ...]
    next_cursor: str | None


def is_shown(job: Job, actor: Actor) -> bool:
    """Whether somebody may see a job: who may do what it does."""
    kind = kind_of(job.settings)
    act = ACTS[job.kind] if kind is None else WRITES[kind]
    return reach_of(actor, act) is not None


def job_answer(job: Job) -> JobAnswer:
    """A job as it is answered."""
    problem = job.report.get("problem")
    return JobAnswer(
        id=job.id, hub=job.hub, kind=job.kind, of=kind_of(job.settings), state=job.state,
        done=job.done, total=job.total,
        counts={name: one for name, one in job.report.items() if isinstance(one, int)},
        problem=None if problem is None else str(problem),
        made_by=job.made_by, made_at=job.made_at, finished_at=job.finished_at,
    )  # fmt: skip


def row_answer(row: RowOutcome, wording: Wording) -> RowAnswer:
    """What became of a row, as it is answered."""
    said = "" if row.code is None else wording.say(f"row_problem.{row.code}", detail=row.detail)
    return RowAnswer(
        row=row.number, state=row.state, subject=row.subject, code=row.code, field=row.field,
        message=said, others=row.others,
    )  # fmt: skip
