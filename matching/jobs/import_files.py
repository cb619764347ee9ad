"""A file that is to be imported: read before it is asked for, asked for once, and again if need be.

Which file it is, is told by a digest of its bytes and of how its rows are read. What an earlier
import of the same file wrote is known by the number of its row, so that a file can be sent again
after a failure, a cancellation, or once what stood in the way is put right: nothing of it is
written twice, and somebody who was erased meanwhile does not come back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from matching.errors import ConflictError, InputError, UnknownError
from matching.interchange import FileKind, FileTable, map_columns, read_table, usable
from matching.jobs.kinds import ACTS, JobKind, RowState
from matching.jobs.queue import ENDED, Job, JobState, ask, job_of
from matching.store import Work
from matching.store.chain import canonical
from matching.store.sealing import digest
from matching.store.tables import job_files, jobs, organisations

MOST_AT_ONCE = 1_000
"""Rows in one transaction of an import of all or nothing."""


class Mode(StrEnum):
    """What becomes of the good rows of a file that has others."""

    ALL_OR_NOTHING = "all_or_nothing"
    GOOD_ROWS = "good_rows"


class Similar(StrEnum):
    """What becomes of a row that might be somebody who is there: left out, or taken in as well."""

    HOLD = "hold"
    WRITE = "write"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFile:
    """A file with its table, and the fields of its columns, by place, as somebody confirmed them.

    ``source`` is the digest by which the file, read in this way, is known again.
    """

    hub: str
    kind: FileKind
    content: bytes = field(repr=False)
    table: FileTable = field(repr=False)
    columns: Mapping[str, str]
    sheet: str | None
    organisation_id: str | None
    source: str


def read_file(
    content: bytes,
    kind: FileKind,
    *,
    hub: str,
    told: Mapping[str, str] | None = None,
    sheet: str | None = None,
    organisation_id: str | None = None,
    table: FileTable | None = None,
) -> ImportFile:
    """Read a file that is to be imported; it takes seconds, and no database.

    Parameters
    ----------
    content
        The file.
    kind, hub
        What its rows are, and whose they will be.
    told
        Fields by heading, where a person says them.
    sheet
        Of a workbook, the sheet to read; without it the first.
    organisation_id
        The company whose vacancies they are; without it they are the hub's own.
    table
        The table in the file, where the caller has read it already.

    Raises
    ------
    InputError
        For a file or a mapping that no row could be read with.
    """
    if organisation_id is not None and kind is not FileKind.VACANCIES:
        raise InputError(f"Only vacancies are of a company; {kind} are not.")
    found = read_table(content, sheet=sheet) if table is None else table
    fields = usable(map_columns(found.headings, kind, told))
    # By place: where the first row holds no headings, it holds somebody's data.
    columns = {
        str(place): fields[heading]
        for place, heading in enumerate(found.headings)
        if heading in fields
    }
    said = canonical(
        {"kind": kind, "columns": columns, "sheet": sheet, "organisation": organisation_id}
    )
    return ImportFile(
        hub=hub, kind=kind, content=content, table=found, columns=columns, sheet=sheet,
        organisation_id=organisation_id, source=digest(f"{digest(content)} {said}".encode()),
    )  # fmt: skip


def ask_import(
    work: Work, file: ImportFile, *, mode: Mode, similar: Similar = Similar.HOLD
) -> tuple[str, bool]:
    """Queue an import; its job, and whether it is new: a file that was taken whole is not again.

    Raises
    ------
    InputError
        For more rows than all or nothing is done with.
    UnknownError
        For a hub or a company that is not of whoever asks.
    ConflictError
        While the same file is imported in another mode.
    """
    if mode is Mode.ALL_OR_NOTHING and len(file.table.rows) > MOST_AT_ONCE:
        raise InputError(
            f"The file has {len(file.table.rows):,} rows; all or nothing is done with at most "
            f"{MOST_AT_ONCE:,}. Split it, or have its good rows imported."
        )
    if file.organisation_id is not None:
        company = work.one(organisations, organisations.c.id == file.organisation_id)
        if company.hub != file.hub:
            raise UnknownError("There is no such organisation in this hub.")
    manner = {"mode": str(mode), "similar": str(similar)}
    before = imports_of(work, file.hub, file.source)
    for job in before:
        if job.state in ENDED:
            continue
        if any(job.settings.get(name) != value for name, value in manner.items()):
            raise ConflictError(
                "This file is being imported in another way just now. Wait until that is done, or "
                "cancel it."
            )
        return _again(work, job), False
    if before and _took_all(before[-1]):
        return _again(work, before[-1]), False
    job_id, _ = ask(
        work, JobKind.IMPORT, hub=file.hub, total=len(file.table.rows),
        once_key=f"import:{file.source}:{len(before)}",
        settings={
            "file_kind": file.kind, "columns": file.columns, "sheet": file.sheet,
            "organisation_id": file.organisation_id, "source": file.source, **manner,
            "as_of": work.today.isoformat(),
        },
    )  # fmt: skip
    sealed, key_id = work.seal(file.content, _place(job_id))
    work.add(job_files, {"job_id": job_id, "hub": file.hub, "sealed": sealed, "key_id": key_id})
    return job_id, True


def imports_of(work: Work, hub: str, source: str) -> Sequence[Job]:
    """The imports of one file, read in one way, the earliest first."""
    key = jobs.c.once_key.startswith(f"{hub}:import:{source}:", autoescape=True)
    return [job_of(row) for row in work.rows(jobs, key, order=[jobs.c.made_at, jobs.c.id])]


def content_of(work: Work, job: Job) -> bytes:
    """The file of an import that has not ended.

    Raises
    ------
    UnknownError
        Where it is not kept any more.
    """
    row = work.one(job_files, job_files.c.job_id == job.id)
    return work.unseal(row.sealed, row.key_id, _place(job.id))


def kind_of(settings: Mapping[str, Any]) -> FileKind | None:
    """What the rows of an import are, by the settings of its job; None of another job."""
    return FileKind(settings["file_kind"]) if "file_kind" in settings else None


def _again(work: Work, job: Job) -> str:
    """Tell the journal that a file was sent again; the job that has it."""
    work.tell(ACTS[JobKind.IMPORT], "job", job.id, hub=job.hub, again=True)
    return job.id


def _took_all(job: Job) -> bool:
    left = sum(int(job.report.get(state, 0)) for state in (RowState.HELD, RowState.REFUSED))
    return job.state is JobState.DONE and not left


def _place(job_id: str) -> str:
    return f"job_files.sealed:{job_id}"
