"""Rows of a table -> people, vacancies or outcomes; each problem by row and column."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from matching.domain.outcomes import OutcomeKind
from matching.interchange.fields import ANSWERS, FileKind, fields_of
from matching.interchange.problems import ProblemCode, RowProblem
from matching.interchange.refused import normal_heading
from matching.interchange.table import FileTable
from matching.interchange.values import Answer, Cannot, Gazetteer, read_value

Answers = Mapping[str, int | float | str | bool | None]
_ANSWERS = frozenset(one.name for one in ANSWERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A person as a file tells of her. ``municipality`` is an ISTAT code.

    ``own_id`` is the identifier by which a file that was written here names her.
    """

    number: int
    own_id: str | None = None
    given_name: str = field(repr=False)
    family_name: str = field(repr=False)
    birth_date: date | None = field(default=None, repr=False)
    telephone: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    address: str | None = field(default=None, repr=False)
    caution: str | None = field(default=None, repr=False)
    municipality: str | None = None
    taken_on: date | None = None
    point: str | None = None
    cv_text: str | None = field(default=None, repr=False)
    answers: Answers = field(default_factory=lambda: MappingProxyType({}), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyRow:
    """A vacancy as a file tells of it. ``municipality`` is an ISTAT code."""

    number: int
    own_id: str | None = None
    title: str
    text: str = field(repr=False)
    external_id: str | None = None
    municipality: str | None = None
    opened_on: date | None = None
    expires_on: date | None = None
    mission_from: date | None = None
    mission_until: date | None = None
    answer_hours: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRow:
    """An outcome as a file tells of it. ``vacancy`` is the hub's identifier or its own number."""

    number: int
    own_id: str | None = None
    person_id: str
    kind: OutcomeKind
    happened_on: date
    vacancy: str | None = None
    external_id: str | None = None
    note: str | None = field(default=None, repr=False)


FileRow = PersonRow | VacancyRow | OutcomeRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRows:
    """The rows that can be taken, and what is wrong with the others."""

    rows: tuple[FileRow, ...]
    problems: tuple[RowProblem, ...]

    @property
    def refused(self) -> frozenset[int]:
        """The numbers of rows that cannot be taken."""
        return frozenset(one.number for one in self.problems)


def read_rows(
    table: FileTable,
    columns: Mapping[str, str],
    kind: FileKind,
    *,
    as_of: date,
    places: Gazetteer,
) -> ReadRows:
    """The rows of a table.

    Parameters
    ----------
    table
        As it was read.
    columns
        Fields by heading, as :func:`matching.interchange.usable` gives them.
    kind
        What the rows are.
    as_of
        The day on which they are read: what has happened cannot have happened later.
    places
        Knows the municipalities and points that the rows name.
    """
    fields = {one.name: one for one in fields_of(kind)}
    columns_read = [
        (index, heading, fields[columns[heading]])
        for index, heading in enumerate(table.headings)
        if heading in columns
    ]
    headings = {one.name: heading for _, heading, one in columns_read}
    rows: list[FileRow] = []
    problems: list[RowProblem] = []
    first: dict[tuple[str, ...], int] = {}
    for row in table.rows:
        values: dict[str, Any] = {}
        found: list[RowProblem] = []
        for index, heading, one in columns_read:
            value = read_value(row.cells[index], one, as_of=as_of, places=places)
            if isinstance(value, Cannot):
                found.append(
                    RowProblem(
                        number=row.number, code=value.code, column=heading, detail=value.detail
                    )
                )
            else:
                values[one.name] = value
        found.extend(_out_of_order(row.number, values, headings))
        if not found:
            made = _row(row.number, kind, values)
            key = _sameness(made)
            if key in first:
                found.append(
                    RowProblem(number=row.number, code=ProblemCode.TWICE, detail=str(first[key]))
                )
            else:
                first[key] = row.number
                rows.append(made)
        problems.extend(found)
    return ReadRows(rows=tuple(rows), problems=tuple(problems))


def _out_of_order(
    number: int, values: Mapping[str, Answer | None], headings: Mapping[str, str]
) -> list[RowProblem]:
    found = []
    for begins, ends in (("mission_from", "mission_until"), ("opened_on", "expires_on")):
        start, end = values.get(begins), values.get(ends)
        if isinstance(start, date) and isinstance(end, date) and end < start:
            found.append(
                RowProblem(
                    number=number, code=ProblemCode.ENDS_BEFORE, column=headings[ends],
                    detail=headings[begins],
                )
            )  # fmt: skip
    return found


def _row(number: int, kind: FileKind, values: dict[str, Any]) -> FileRow:
    match kind:
        case FileKind.PERSONS:
            answers = {
                name: value
                for name, value in values.items()
                if name in _ANSWERS and value is not None
            }
            facts = {name: value for name, value in values.items() if name not in _ANSWERS}
            return PersonRow(number=number, answers=MappingProxyType(answers), **facts)
        case FileKind.VACANCIES:
            return VacancyRow(number=number, **values)
        case FileKind.OUTCOMES:
            return OutcomeRow(number=number, **(values | {"kind": OutcomeKind(values["kind"])}))


def _sameness(row: FileRow) -> tuple[str, ...]:
    """What two rows of one file cannot share: they would be the same thing twice."""
    if row.own_id is not None:
        return ("own", row.own_id)
    match row:
        case PersonRow():
            name = " ".join(sorted(normal_heading(f"{row.given_name} {row.family_name}").split()))
            # Without a name in Latin letters its own writing tells.
            name = name or f"{row.given_name} {row.family_name}".casefold()
            contact = row.email or row.telephone or ""
            born = "" if row.birth_date is None else row.birth_date.isoformat()
            return (name, born or contact)
        case VacancyRow():
            if row.external_id is not None:
                return ("number", row.external_id)
            return (row.title, row.text, row.municipality or "", str(row.mission_from))
        case OutcomeRow():
            if row.external_id is not None:
                return ("number", row.external_id)
            return (row.person_id, row.kind, row.happened_on.isoformat(), row.vacancy or "")
