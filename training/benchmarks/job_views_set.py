"""Applicants, what they did and hope for, and the jobs they opened: the layout of a public set.

Four tables, comma-separated with a header, gzipped or not: ``experience``, ``job_views`` and
``positions_of_interest`` by ``Applicant.ID``, and ``jobs`` by ``Job.ID``. Which jobs somebody
opened is behaviour and no judgement; who was hired is not known.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from matching.errors import InputError
from training.benchmarks.tables import digests, file_text

_APPLICANT, _JOB, _CITY, _STATE = "Applicant.ID", "Job.ID", "City", "State.Code"
_NAME, _TOLD, _WANTED = "Position.Name", "Job.Description", "Position.Of.Interest"
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "jobs": (_JOB, "Position", _CITY, _STATE),
    "experience": (_APPLICANT, _NAME, _TOLD, _CITY, _STATE),
    "positions_of_interest": (_APPLICANT, _WANTED),
    "job_views": (_APPLICANT, _JOB),
}
# Without these a row cannot be used; anything else may be left open.
_NEEDED = (_APPLICANT, _JOB, "Position")


@dataclass(frozen=True, slots=True)
class Place:
    """A city as somebody wrote it, and the code of its state; both may be empty."""

    city: str
    state: str


@dataclass(frozen=True, slots=True)
class Position:
    """A job that somebody did: its title, what she tells of it, and where; all may be empty."""

    title: str
    description: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Somebody with the jobs she did, the titles she hopes for, and the numbers of jobs opened."""

    id: str
    positions: tuple[Position, ...]
    interests: tuple[str, ...]
    viewed: tuple[int, ...]

    @property
    def text(self) -> str:
        """Titles and descriptions of the positions, as a CV gives them."""
        parts = ("\n".join(filter(None, (one.title, one.description))) for one in self.positions)
        return "\n\n".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class Job:
    """A job on offer: all that is known of it is its title and where it is."""

    id: str
    title: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class JobViews:
    """The applicants of whom both experience and views are known, and all jobs.

    ``left_out`` counts applicants with views and no experience; ``files`` maps each file that was
    read to its SHA-256.
    """

    applicants: tuple[Applicant, ...]
    jobs: tuple[Job, ...]
    left_out: int
    files: Mapping[str, str]

    @property
    def views(self) -> int:
        """How many distinct pairs of an applicant and a job there are."""
        return sum(len(one.viewed) for one in self.applicants)


def read_job_views(folder: Path) -> JobViews:
    """Read the set in a folder; a job that somebody opened twice counts once.

    Raises
    ------
    InputError
        Naming the file, and the line or column: a table that is missing or cannot be read, a
        column that is not there, a row with too few or too many fields or without its identifier,
        a job given twice, a view of a job that is not in the table, nobody with both experience
        and views.
    """
    paths = {name: _path(folder, name) for name in _COLUMNS}
    jobs: dict[str, Job] = {}
    for where, row in _rows(paths["jobs"], _COLUMNS["jobs"]):
        if row[_JOB] in jobs:
            raise InputError(f"{where}, column {_JOB}: job {row[_JOB]!r} is given twice.")
        jobs[row[_JOB]] = Job(row[_JOB], row["Position"], Place(row[_CITY], row[_STATE]))
    numbers = {job: number for number, job in enumerate(jobs)}
    positions: dict[str, list[Position]] = {}
    for _, row in _rows(paths["experience"], _COLUMNS["experience"]):
        place = Place(row[_CITY], row[_STATE])
        positions.setdefault(row[_APPLICANT], []).append(Position(row[_NAME], row[_TOLD], place))
    interests: dict[str, list[str]] = {}
    for _, row in _rows(paths["positions_of_interest"], _COLUMNS["positions_of_interest"]):
        if row[_WANTED]:
            interests.setdefault(row[_APPLICANT], []).append(row[_WANTED])
    viewed: dict[str, dict[int, None]] = {}
    for where, row in _rows(paths["job_views"], _COLUMNS["job_views"]):
        if row[_JOB] not in numbers:
            raise InputError(f"{where}, column {_JOB}: {row[_JOB]!r} is not in {paths['jobs']}.")
        viewed.setdefault(row[_APPLICANT], {})[numbers[row[_JOB]]] = None
    known = sorted(set(positions) & set(viewed), key=lambda name: (len(name), name))
    if not known:
        raise InputError(f"{folder}: no applicant has both experience and views.")
    return JobViews(
        applicants=tuple(
            Applicant(
                id=name,
                positions=tuple(positions[name]),
                interests=tuple(dict.fromkeys(interests.get(name, ()))),
                viewed=tuple(viewed[name]),
            )
            for name in known
        ),
        jobs=tuple(jobs.values()),
        left_out=len(viewed) - len(known),
        files=digests(paths.values()),
    )


def _path(folder: Path, name: str) -> Path:
    for path in (folder / f"{name}.csv.gz", folder / f"{name}.csv"):
        if path.is_file():
            return path
    raise InputError(
        f"{folder}: no set of job views; it needs {', '.join(_COLUMNS)}, each as .csv.gz or .csv; "
        f"{name} is missing."
    )


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield where a row stands and its fields of interest, without blanks around them."""
    rows = csv.DictReader(io.StringIO(file_text(path), newline=""), strict=True)
    try:
        missing = [column for column in columns if column not in (rows.fieldnames or ())]
        if missing:
            raise InputError(f"{path}: no column {', '.join(missing)} in the header.")
        for row in rows:
            where = f"{path}, line {rows.line_num}"
            # DictReader files what is beyond the header under None, and fills up with None.
            if None in row or None in row.values():
                raise InputError(f"{where}: not {len(rows.fieldnames or ())} fields as the header.")
            fields = {column: row[column].strip() for column in columns}
            empty = [column for column in columns if column in _NEEDED and not fields[column]]
            if empty:
                raise InputError(f"{where}, column {empty[0]}: empty; a value is needed.")
            yield where, fields
    except csv.Error as error:
        raise InputError(f"{path}, line {rows.reader.line_num}: not a table: {error}.") from error
