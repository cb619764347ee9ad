"""What an import would find on record, compared before anything of a file is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matching.interchange import FileRow, RowProblem
from matching.jobs.import_files import ImportFile, imports_of
from matching.jobs.import_rows import taken_before
from matching.jobs.import_writers import Known, Ready, Target, check
from matching.store import Work

MOST_COMPARED = 1_000
"""Rows that are compared for a preview; the import compares all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Of so many ``rows``, how many are on record, and what speaks against others."""

    rows: int
    known: int
    problems: tuple[RowProblem, ...]


def compare(work: Work, file: ImportFile, rows: Sequence[FileRow], *, as_of: date) -> Compared:
    """Compare the first good rows of a file with what its hub has. Nothing is written.

    Raises
    ------
    UnknownError
        For a hub that whoever asks may not see.
    """
    jobs = frozenset(one.id for one in imports_of(work, file.hub, file.source))
    target = Target(
        job_id="", jobs=jobs, hub=file.hub, as_of=as_of, organisation_id=file.organisation_id
    )
    before = taken_before(work, jobs)
    looked_at = rows[:MOST_COMPARED]
    found = [
        Known(before[row.number]) if row.number in before else check(work, Ready(row=row), target)
        for row in looked_at
    ]
    return Compared(
        rows=len(looked_at),
        known=sum(isinstance(one, Known) for one in found),
        problems=tuple(one for one in found if isinstance(one, RowProblem)),
    )
