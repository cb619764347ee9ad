"""A file taken in by a command: asked for, done here unless a worker is quicker, and told of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from matching.cli.files import next_free, write_private
from matching.cli.imports_screen import RowSaid, problems_said, refused_bytes
from matching.cli.installation import Installation
from matching.cli.progress import counting
from matching.cli.stopping import stopped_by_signals
from matching.domain.days import day_at
from matching.errors import InputError
from matching.interchange import FileKind, FileTable, Preview, Written, preview
from matching.wording import Wording

if TYPE_CHECKING:
    from matching.jobs.import_files import ImportFile
    from matching.jobs.queue import Job, Progress
    from matching.jobs.worker import Worker
    from matching.service import Service

_LOOKS = 0.5  # seconds between two looks at a job that another worker has
_PAGE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A file that is to be taken in, and how."""

    file: Path
    kind: FileKind
    hub: str
    content: bytes = field(repr=False)
    table: FileTable = field(repr=False)
    told: dict[str, str]
    sheet: str | None
    organisation: str | None
    good_rows: bool
    take_similar: bool

    def read(self) -> "ImportFile":
        """The file with its columns.

        Raises
        ------
        InputError
            For a column that is not clear, may not be there, or is missing.
        """
        from matching.jobs.import_files import read_file

        return read_file(
            self.content, self.kind, hub=self.hub, told=self.told, sheet=self.sheet,
            organisation_id=self.organisation, table=self.table,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a file, and where the rows are that were not taken."""

    job: "Job"
    rows: list[RowSaid]
    refused_file: Path | None


def previewed(found: Installation, asked: Asked) -> Preview:
    """How a file would be read in its hub."""
    from matching.jobs.gazetteer import gazetteer_of

    return preview(
        asked.table,
        asked.kind,
        as_of=day_at(found.store.clock()),
        places=gazetteer_of(found.territory)(asked.hub),
        told=asked.told,
    )


def _with_all_problems(rows: list[RowSaid], read: Iterable[RowSaid]) -> list[RowSaid]:
    """The rows with all that is wrong with each, of which the job keeps the first alone."""
    every: dict[int, list[RowSaid]] = {}
    for one in read:
        every.setdefault(one.number, []).append(one)
    return [found for row in rows for found in every.get(row.number, [row])]


def refused_path(asked: Asked, refused: Path | None) -> Path:
    """Where the rows go that are not taken: as asked, or beside the file under a free name."""
    return refused or next_free(asked.file.with_name(f"{asked.file.stem}.refused.csv"))


def take(
    found: Installation,
    asked: Asked,
    words: Wording,
    service: "Callable[[], Service]",
    refused: Path,
) -> Taken:
    """Take a file in, and write what was not taken of it.

    Raises
    ------
    InputError
        Where no row can be read, or the import failed.
    """
    from matching.jobs.import_files import Mode, Similar, ask_import
    from matching.jobs.queue import ENDED, read_job

    file = asked.read()
    with found.store.writing(found.actor()) as work:
        job_id, is_new = ask_import(
            work,
            file,
            mode=Mode.GOOD_ROWS if asked.good_rows else Mode.ALL_OR_NOTHING,
            similar=Similar.WRITE if asked.take_similar else Similar.HOLD,
        )
        is_done = not is_new and read_job(work, job_id).state in ENDED
    if is_done:
        typer.echo(words.say("importing.already"), err=True)
    job = _done(found, job_id, words, service)
    rows = _with_all_problems(
        _rows_said(found, job, file, words),
        problems_said(previewed(found, asked), None, Written(asked.table), words),
    )
    left = refused_bytes(asked.table, rows, words) if asked.good_rows else None
    if left is None:
        return Taken(job=job, rows=rows, refused_file=None)
    write_private(refused, left)
    return Taken(job=job, rows=rows, refused_file=refused)


def _done(
    found: Installation, job_id: str, words: Wording, service: "Callable[[], Service]"
) -> "Job":
    """The job once it has ended: done here, or by a worker that was quicker."""
    from matching.jobs.queue import ENDED, JobState, read_job
    from matching.jobs.worker import work_on

    worker: Worker | None = None
    with stopped_by_signals() as stop, counting("Importing") as moved:
        while True:
            with found.store.reading(found.actor()) as work:
                job = read_job(work, job_id)
            moved(job.done, job.total)
            if job.state in ENDED or stop.is_set():
                break
            # Only now: reading texts takes seconds to prepare.
            worker = worker or _worker(found, service(), moved)
            if work_on(found.store, worker, job_id, stop) is None:
                stop.wait(_LOOKS)
    if job.state not in ENDED:
        typer.echo(words.say("importing.stopped"), err=True)
        raise typer.Exit(1)
    if job.state is not JobState.DONE:
        problem = job.report.get("problem") or words.say(f"job_state.{job.state}")
        raise InputError(words.say("importing.job_failed", problem=problem))
    return job


def _worker(
    found: Installation, service: "Service", moved: Callable[[int, int | None], None]
) -> "Worker":
    from matching.jobs.composition import worker_name
    from matching.jobs.gazetteer import gazetteer_of
    from matching.jobs.import_writers import hub_writers
    from matching.jobs.imports import import_handler
    from matching.jobs.kinds import JobKind
    from matching.jobs.worker import Worker

    def told(progress: "Progress") -> None:
        moved(progress.done, progress.total)

    handler = import_handler(hub_writers(service), gazetteer_of(found.territory))
    return Worker(
        name=worker_name(),
        hubs=found.hubs,
        handlers={JobKind.IMPORT: handler},
        said=lambda sentence: typer.echo(sentence, err=True),
        moved=told,
    )


def _rows_said(
    found: Installation, job: "Job", file: "ImportFile", words: Wording
) -> list[RowSaid]:
    from matching.jobs.import_rows import rows_of_import

    headings = {name: file.table.headings[int(place)] for place, name in file.columns.items()}
    written = Written(file.table)
    rows: list[RowSaid] = []
    after = 0
    while True:
        with found.store.reading(found.actor()) as work:
            page = rows_of_import(work, job.id, after=after, limit=_PAGE)
        if not page:
            return rows
        after = page[-1].number
        for one in page:
            if one.code is None:
                continue
            heading = headings.get(one.field, "")
            rows.append(
                RowSaid(
                    number=one.number, state=one.state, code=one.code, heading=heading,
                    value=written.under(one.number, heading), others=one.others,
                    said=words.say(
                        f"row_problem.{one.code}", detail=headings.get(one.detail, one.detail)
                    ),
                )
            )  # fmt: skip
