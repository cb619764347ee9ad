"""Imports: a file is asked for, kept sealed, and written row by row, each exactly once.

Two ways. *Good rows*: at most a hundred rows a transaction, those with problems left out; whoever
is killed goes on after the last hundred. *All or nothing*: every row is read and compared first,
and then all are written in one transaction, or none where one cannot be. Written in parts it would
be seen half done, and a fault half-way could not be taken back without erasing people again; one
transaction holds up other writers for as long as it takes, so :data:`MOST_AT_ONCE` rows are the
most.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from matching.errors import InputError
from matching.interchange import (
    FileKind,
    FileRow,
    ProblemCode,
    RowProblem,
    map_columns,
    read_rows,
    read_table,
    usable,
)
from matching.jobs.import_rows import RowState, note_row
from matching.jobs.import_writers import Known, Ready, Target, Writers
from matching.jobs.kinds import ACTS, JobKind
from matching.jobs.queue import Job, Progress, ask
from matching.jobs.worker import Begin, Step, Write
from matching.store import Work
from matching.store.chain import canonical
from matching.store.sealing import digest
from matching.store.tables import job_files, organisations

BATCH = 100
"""Rows in one transaction of an import of good rows."""

MOST_AT_ONCE = 1_000
"""Rows in one transaction of an import of all or nothing."""

Municipality = Callable[[str], str | None]


class Mode(StrEnum):
    """What becomes of the good rows of a file that has others."""

    ALL_OR_NOTHING = "all_or_nothing"
    GOOD_ROWS = "good_rows"


class Similar(StrEnum):
    """What becomes of a row that might be somebody who is there: left out, or taken in as well."""

    HOLD = "hold"
    WRITE = "write"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewImport:
    """An import that is asked for. ``told`` are fields by heading where a person says them."""

    hub: str
    kind: FileKind
    content: bytes = field(repr=False)
    told: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    mode: Mode = Mode.ALL_OR_NOTHING
    similar: Similar = Similar.HOLD
    organisation_id: str | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row of the file by its number: what it says, or what is wrong with it."""

    number: int
    row: FileRow | None
    problem: RowProblem | None


def ask_import(work: Work, new: NewImport) -> tuple[str, bool]:
    """Queue an import; its job, and whether it is new: one file is not imported twice.

    Raises
    ------
    InputError
        For a file or a mapping that no row could be read with; rows themselves are read later.
    UnknownError
        For a hub or a company that is not of whoever asks.
    """
    table = read_table(new.content, sheet=new.sheet)
    columns = usable(map_columns(table.headings, new.kind, new.told))
    if new.mode is Mode.ALL_OR_NOTHING and len(table.rows) > MOST_AT_ONCE:
        raise InputError(
            f"The file has {len(table.rows):,} rows; all or nothing is done with at most "
            f"{MOST_AT_ONCE:,}. Split it, or have its good rows imported."
        )
    if new.organisation_id is not None:
        work.one(organisations, organisations.c.id == new.organisation_id)
    settings = {
        "file_kind": new.kind,
        # By place: where the first row holds no headings, it holds somebody's data.
        "columns": {
            str(place): columns[heading]
            for place, heading in enumerate(table.headings)
            if heading in columns
        },
        "sheet": new.sheet, "mode": new.mode, "similar": new.similar,
        "organisation_id": new.organisation_id,
    }  # fmt: skip
    file = digest(new.content)
    once = digest(f"{file} {canonical(settings)}".encode())
    job_id, is_new = ask(
        work, JobKind.IMPORT, hub=new.hub, total=len(table.rows), once_key=f"import:{once}",
        settings={**settings, "file": file, "as_of": work.now.date().isoformat()},
    )  # fmt: skip
    if is_new:
        sealed, key_id = work.seal(new.content, _place(job_id))
        row = {"job_id": job_id, "hub": new.hub, "sealed": sealed, "key_id": key_id}
        work.add(job_files, row)
    return job_id, is_new


def import_handler(writers: Writers, municipality: Municipality) -> Begin:
    """The handler of imports; ``municipality`` gives the ISTAT code of one as it is written."""

    def begin(work: Work, job: Job) -> Step:
        settings = job.settings
        target = Target(
            job_id=job.id, hub=job.hub, as_of=date.fromisoformat(settings["as_of"]),
            organisation_id=settings["organisation_id"],
        )  # fmt: skip
        entries = _entries(_content(work, job), settings, target, municipality)
        similar = Similar(settings["similar"])
        if Mode(settings["mode"]) is Mode.GOOD_ROWS:
            return lambda job: _next_rows(job, entries, writers, target, similar)
        # What was read before the rows are written all together; after a kill it is read again.
        ready: list[Ready] = []
        return lambda job: _all_rows(entries, ready, writers, target, similar)

    return begin


def _content(work: Work, job: Job) -> bytes:
    row = work.one(job_files, job_files.c.job_id == job.id)
    return work.unseal(row.sealed, row.key_id, _place(job.id))


def _entries(
    content: bytes, settings: Mapping[str, Any], target: Target, municipality: Municipality
) -> Sequence[_Entry]:
    table = read_table(content, sheet=settings["sheet"])
    columns = {table.headings[int(place)]: name for place, name in settings["columns"].items()}
    read = read_rows(
        table, columns, FileKind(settings["file_kind"]), as_of=target.as_of,
        municipality=municipality,
    )  # fmt: skip
    rows = {one.number: one for one in read.rows}
    # One problem of a row is kept, the first; the preview shows all of them.
    problems = {one.number: one for one in reversed(read.problems)}
    return [
        _Entry(row.number, rows.get(row.number), _by_field(problems.get(row.number), columns))
        for row in table.rows
    ]


def _by_field(problem: RowProblem | None, columns: Mapping[str, str]) -> RowProblem | None:
    """The problem with the name of the field: a heading could be anything."""
    if problem is None:
        return None
    detail = columns.get(problem.detail, problem.detail)
    return RowProblem(
        number=problem.number, code=problem.code, column=columns.get(problem.column, ""),
        detail=detail,
    )  # fmt: skip


def _next_rows(
    job: Job, entries: Sequence[_Entry], writers: Writers, target: Target, similar: Similar
) -> Write:
    batch = entries[job.done : job.done + BATCH]
    ready = {
        one.number: writers.read(one.row, target.as_of) for one in batch if one.row is not None
    }

    def write(work: Work, held: Job) -> Progress:
        counts = {str(state): int(held.report.get(state, 0)) for state in RowState}
        for entry in batch:
            state = _write_entry(work, entry, ready.get(entry.number), writers, target, similar)
            counts[state] += 1
        done = held.done + len(batch)
        _tell(work, target, rows=len(batch))
        return Progress(
            done=done, total=len(entries), is_finished=done >= len(entries), report=counts
        )

    return write


def _write_entry(
    work: Work,
    entry: _Entry,
    ready: Ready | None,
    writers: Writers,
    target: Target,
    similar: Similar,
) -> RowState:
    if ready is None:
        return note_row(work, target, entry.number, RowState.REFUSED, problem=entry.problem)
    found = writers.check(work, ready, target)
    if isinstance(found, Known):
        return note_row(work, target, entry.number, RowState.KNOWN, subject=found.subject)
    if found is not None and not _may_be_written(found, similar):
        state = RowState.HELD if found.code is ProblemCode.MIGHT_BE else RowState.REFUSED
        return note_row(work, target, entry.number, state, problem=found)
    subject = writers.write(work, ready, target)
    return note_row(
        work, target, entry.number, RowState.WRITTEN, subject=subject, problem=found or ready.note
    )


def _all_rows(
    entries: Sequence[_Entry],
    ready: list[Ready],
    writers: Writers,
    target: Target,
    similar: Similar,
) -> Write:
    wrong = [entry.problem for entry in entries if entry.problem is not None]
    if wrong:
        return lambda work, held: _nothing(work, target, wrong, len(entries))
    begun = len(ready)
    rows = [entry.row for entry in entries[begun : begun + BATCH] if entry.row is not None]
    ready.extend(writers.read(row, target.as_of) for row in rows)
    if len(ready) < len(entries):
        return lambda work, held: Progress(done=len(ready), total=len(entries))

    def write(work: Work, held: Job) -> Progress:
        checked = [writers.check(work, one, target) for one in ready]
        stopping = [
            found
            for found in checked
            if isinstance(found, RowProblem) and not _may_be_written(found, similar)
        ]
        if stopping:
            return _nothing(work, target, stopping, len(entries))
        counts = {str(state): 0 for state in RowState}
        for entry, one, found in zip(entries, ready, checked, strict=True):
            if isinstance(found, Known):
                state = note_row(work, target, entry.number, RowState.KNOWN, subject=found.subject)
            else:
                state = note_row(
                    work, target, entry.number, RowState.WRITTEN,
                    subject=writers.write(work, one, target), problem=found or one.note,
                )  # fmt: skip
            counts[state] += 1
        _tell(work, target, rows=len(entries))
        return Progress(done=len(entries), total=len(entries), is_finished=True, report=counts)

    return write


def _nothing(work: Work, target: Target, wrong: Sequence[RowProblem], rows: int) -> Progress:
    """Note what stands in the way; nothing of the file is written."""
    counts = {str(state): 0 for state in RowState}
    for problem in wrong:
        state = RowState.HELD if problem.code is ProblemCode.MIGHT_BE else RowState.REFUSED
        counts[note_row(work, target, problem.number, state, problem=problem)] += 1
    _tell(work, target, rows=0)
    return Progress(done=rows, total=rows, is_finished=True, report=counts)


def _may_be_written(found: RowProblem, similar: Similar) -> bool:
    return found.code is ProblemCode.MIGHT_BE and similar is Similar.WRITE


def _tell(work: Work, target: Target, *, rows: int) -> None:
    work.tell(ACTS[JobKind.IMPORT], "job", target.job_id, hub=target.hub, rows=rows)


def _place(job_id: str) -> str:
    return f"job_files.sealed:{job_id}"
