"""Imports: a file that was asked for is written row by row, each exactly once.

Two ways. *Good rows*: at most a hundred rows a transaction, those with problems left out; whoever
is killed goes on after the last hundred. *All or nothing*: every row is read and compared first,
and then all are written in one transaction, or none where one cannot be. Written in parts it would
be seen half done, and a fault half-way could not be taken back without erasing people again; one
transaction holds up other writers for as long as it takes, so
:data:`matching.jobs.import_files.MOST_AT_ONCE` rows are the most.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from matching.interchange import (
    FileKind,
    FileRow,
    Gazetteer,
    OutcomeRow,
    PersonRow,
    ProblemCode,
    RowProblem,
    VacancyRow,
    read_rows,
    read_table,
)
from matching.jobs.import_files import Mode, Similar, content_of, imports_of
from matching.jobs.import_rows import note_row, taken_before
from matching.jobs.import_writers import Known, Ready, Target, Writers
from matching.jobs.kinds import ACTS, JobKind, RowState
from matching.jobs.queue import Job, Progress
from matching.jobs.worker import Begin, Step, Write
from matching.store import Work

BATCH = 100
"""Rows in one transaction of an import of good rows."""

BATCH_CHARACTERS = 200_000
"""Characters of text after which a batch ends, so that reading it fits within a lease."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row of the file by its number: what it says, or what is wrong with it."""

    number: int
    row: FileRow | None = field(repr=False)
    problem: RowProblem | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Import:
    """What every step of an import knows. ``before`` is what an earlier import of the file took."""

    entries: Sequence[_Entry] = field(repr=False)
    before: Mapping[int, str | None]
    writers: Writers
    target: Target
    similar: Similar

    def batch(self, begun: int) -> Sequence[_Entry]:
        """The next rows that are read and written together."""
        length = 0
        for count, entry in enumerate(self.entries[begun : begun + BATCH], start=1):
            length += 0 if entry.row is None else _length(entry.row)
            if length > BATCH_CHARACTERS:
                return self.entries[begun : begun + count]
        return self.entries[begun : begun + BATCH]

    def read(self, batch: Sequence[_Entry]) -> Mapping[int, Ready]:
        """What is read in the texts of rows, by the number of each."""
        return {
            one.number: self.writers.read(one.row, self.target.as_of)
            for one in batch
            if one.row is not None and one.number not in self.before
        }

    def check(self, work: Work, entry: _Entry, ready: Ready | None) -> RowProblem | Known | None:
        """Why a row is not written, None where it is."""
        if entry.number in self.before:
            return Known(self.before[entry.number])
        if ready is None:
            return entry.problem
        return self.writers.check(work, ready, self.target)

    def stops(self, found: RowProblem | Known | None) -> bool:
        """Whether a row cannot be written with what was found of it."""
        if not isinstance(found, RowProblem):
            return False
        return found.code is not ProblemCode.MIGHT_BE or self.similar is not Similar.WRITE

    def put(
        self,
        work: Work,
        entry: _Entry,
        ready: Ready | None,
        found: RowProblem | Known | None,
    ) -> RowState:
        """Write a row unless something speaks against it, and note what became of it."""
        if isinstance(found, Known):
            return note_row(work, self.target, entry.number, RowState.KNOWN, subject=found.subject)
        if ready is None or (found is not None and self.stops(found)):
            return self.leave_out(work, entry.number, found)
        subject = self.writers.write(work, ready, self.target)
        return note_row(
            work, self.target, entry.number, RowState.WRITTEN, subject=subject,
            problem=found or ready.note,
        )  # fmt: skip

    def leave_out(self, work: Work, number: int, problem: RowProblem | None) -> RowState:
        """Note that a row is not written, and why."""
        is_held = problem is not None and problem.code is ProblemCode.MIGHT_BE
        state = RowState.HELD if is_held else RowState.REFUSED
        return note_row(work, self.target, number, state, problem=problem)

    def tell(self, work: Work, rows: int) -> None:
        """Tell the journal how many rows were gone through."""
        work.tell(ACTS[JobKind.IMPORT], "job", self.target.job_id, hub=self.target.hub, rows=rows)


def _length(row: FileRow) -> int:
    """Characters of text that are to be read."""
    match row:
        case PersonRow():
            return len(row.cv_text or "")
        case VacancyRow():
            return len(row.text)
        case OutcomeRow():
            return 0


def import_handler(writers: Writers, places: Callable[[str], Gazetteer]) -> Begin:
    """The handler of imports; ``places`` knows the municipalities and points of each hub."""

    def begin(work: Work, job: Job) -> Step:
        settings = job.settings
        earlier = frozenset(one.id for one in imports_of(work, job.hub, settings["source"]))
        target = Target(
            job_id=job.id, jobs=earlier | {job.id}, hub=job.hub,
            as_of=date.fromisoformat(settings["as_of"]),
            organisation_id=settings["organisation_id"],
        )  # fmt: skip
        content, before = content_of(work, job), taken_before(work, earlier - {job.id})
        reading = _Reading()

        def step(job: Job) -> Write:
            if reading.file is None:
                # Here, where no transaction waits for it.
                reading.file = _Import(
                    entries=_entries(content, job, target, places(job.hub)),
                    before=before,
                    writers=writers,
                    target=target,
                    similar=Similar(settings["similar"]),
                )
            if Mode(settings["mode"]) is Mode.GOOD_ROWS:
                return _next_rows(reading.file, job)
            return _all_rows(reading.file, reading)

        return step

    return begin


@dataclass(slots=True)
class _Reading:
    """How far a file was read; after a kill it is read again."""

    file: _Import | None = None
    ready: dict[int, Ready] = field(default_factory=dict, repr=False)
    done: int = 0


def _entries(content: bytes, job: Job, target: Target, places: Gazetteer) -> Sequence[_Entry]:
    settings = job.settings
    table = read_table(content, sheet=settings["sheet"])
    columns = {table.headings[int(place)]: name for place, name in settings["columns"].items()}
    read = read_rows(
        table, columns, FileKind(settings["file_kind"]), as_of=target.as_of, places=places
    )
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
    return RowProblem(
        number=problem.number, code=problem.code, column=columns.get(problem.column, ""),
        detail=columns.get(problem.detail, problem.detail),
    )  # fmt: skip


def _next_rows(file: _Import, job: Job) -> Write:
    batch = file.batch(job.done)
    ready = file.read(batch)

    def write(work: Work, held: Job) -> Progress:
        counts = {str(state): int(held.report.get(state, 0)) for state in RowState}
        for entry in batch:
            one = ready.get(entry.number)
            counts[file.put(work, entry, one, file.check(work, entry, one))] += 1
        done, total = held.done + len(batch), len(file.entries)
        file.tell(work, len(batch))
        return Progress(done=done, total=total, is_finished=done >= total, report=counts)

    return write


def _all_rows(file: _Import, reading: _Reading) -> Write:
    wrong = [one for one in file.entries if one.row is None and one.number not in file.before]
    if wrong:
        return lambda work, held: _nothing(file, work, [(one, one.problem) for one in wrong])
    batch = file.batch(reading.done)
    reading.ready |= file.read(batch)
    reading.done += len(batch)
    if reading.done < len(file.entries):
        return lambda work, held: Progress(done=reading.done, total=len(file.entries))

    def write(work: Work, held: Job) -> Progress:
        checked = [
            (entry, file.check(work, entry, reading.ready.get(entry.number)))
            for entry in file.entries
        ]
        stopping = [
            (entry, found)
            for entry, found in checked
            if isinstance(found, RowProblem) and file.stops(found)
        ]
        if stopping:
            return _nothing(file, work, stopping)
        counts = {str(state): 0 for state in RowState}
        for entry, found in checked:
            counts[file.put(work, entry, reading.ready.get(entry.number), found)] += 1
        file.tell(work, len(file.entries))
        total = len(file.entries)
        return Progress(done=total, total=total, is_finished=True, report=counts)

    return write


def _nothing(
    file: _Import, work: Work, wrong: Sequence[tuple[_Entry, RowProblem | None]]
) -> Progress:
    """Note what stands in the way; nothing of the file is written."""
    counts = {str(state): 0 for state in RowState}
    for entry, problem in wrong:
        counts[file.leave_out(work, entry.number, problem)] += 1
    file.tell(work, 0)
    total = len(file.entries)
    return Progress(done=total, total=total, is_finished=True, report=counts)
