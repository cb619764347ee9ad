"""Jobs and rows of imports: a screen, and JSON."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from matching.cli.telling import say
from matching.wording import Wording

if TYPE_CHECKING:
    from matching.jobs.import_rows import RowOutcome
    from matching.jobs.queue import Job

_WORKER_ENDED = "worker_ended"
_COLUMNS = (
    "jobs_screen.id", "jobs_screen.kind", "jobs_screen.hub", "jobs_screen.state",
    "jobs_screen.progress", "jobs_screen.made_at",
)  # fmt: skip


def print_jobs(console: Console, words: Wording, jobs: "Sequence[Job]") -> None:
    """A line for each job."""
    if not jobs:
        say(words, "jobs_screen.none")
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for key in _COLUMNS:
        # An identifier is copied: it stays in one piece.
        table.add_column(words.say(key), overflow="fold", no_wrap=key == _COLUMNS[0])
    for job in jobs:
        cells = (
            job.id, words.say(f"job_kind.{job.kind}"), job.hub, words.say(f"job_state.{job.state}"),
            _progress(words, job), f"{job.made_at:%Y-%m-%d %H:%M}",
        )  # fmt: skip
        table.add_row(*map(Text, cells))
    console.print(table)


def print_job(words: Wording, job: "Job", rows: "Sequence[RowOutcome]") -> None:
    """How far a job is, what it counted, what went wrong, what became of its rows."""
    kind, state = words.say(f"job_kind.{job.kind}"), words.say(f"job_state.{job.state}")
    say(words, "jobs_screen.count", name=f"{kind}, {job.hub}", count=state)
    say(words, "jobs_screen.count", name=words.say("jobs_screen.progress"),
        count=_progress(words, job))  # fmt: skip
    for name, value in job.report.items():
        if isinstance(value, int) and name != "times":
            say(words, "jobs_screen.count", name=_counted(words, name), count=value)
    if job.attempts > 1:
        say(words, "jobs_screen.attempts", count=job.attempts)
    if (problem := job.report.get("problem")) is not None:
        if problem == _WORKER_ENDED:
            problem = words.say("jobs_screen.worker_ended", times=job.report.get("times", 0))
        say(words, "jobs_screen.problem", problem=problem)
    for row in rows:
        _print_row(words, row)


def job_row(job: "Job") -> dict[str, Any]:
    """A job as JSON."""
    return {
        "id": job.id, "hub": job.hub, "kind": job.kind, "state": job.state, "done": job.done,
        "total": job.total, "attempts": job.attempts, "report": dict(job.report),
        "made_by": job.made_by, "made_at": job.made_at.isoformat(),
        "finished_at": None if job.finished_at is None else job.finished_at.isoformat(),
    }  # fmt: skip


def row_row(row: "RowOutcome") -> dict[str, Any]:
    """What became of a row, as JSON."""
    return {
        "row": row.number, "state": row.state, "subject": row.subject, "code": row.code,
        "field": row.field, "detail": row.detail, "others": list(row.others),
    }  # fmt: skip


def _print_row(words: Wording, row: "RowOutcome") -> None:
    state = words.say(f"row_state.{row.state}")
    if row.code is None:
        say(words, "jobs_screen.row", row=row.number, what=state, subject=row.subject or "")
        return
    said = words.say(f"row_problem.{row.code}", detail=row.detail)
    say(words, "jobs_screen.row_problem", row=row.number, what=state, field=row.field, said=said)


def _progress(words: Wording, job: "Job") -> str:
    if job.total is None:
        return words.say("jobs_screen.done", done=job.done)
    return words.say("jobs_screen.done_of", done=job.done, total=job.total)


def _counted(words: Wording, name: str) -> str:
    key = f"row_state.{name}"
    return words.say(key) if key in words.sentences else name
