"""What a file would give, before anything of it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from matching.interchange.fields import FileKind, ValueKind, fields_of
from matching.interchange.mapping import ColumnMapping, map_columns
from matching.interchange.problems import RowProblem
from matching.interchange.rows import FileRow, ReadRows, read_rows
from matching.interchange.table import Assumed, Assumption, Cell, FileTable
from matching.interchange.values import Gazetteer

SHOWN_ROWS = 5
SHOWN_LETTERS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """How a file is understood. ``first`` are its first rows, shortened, for whoever sent it.

    ``rows`` counts all rows, ``good`` are those that can be taken; without a mapping that can be
    used (:func:`matching.interchange.usable`), none is.
    """

    kind: FileKind
    headings: tuple[str, ...]
    mapping: ColumnMapping
    assumptions: tuple[Assumption, ...]
    first: tuple[tuple[str, ...], ...] = field(repr=False)
    rows: int
    good: tuple[FileRow, ...] = field(repr=False)
    problems: tuple[RowProblem, ...]

    @property
    def can_be_read(self) -> bool:
        """Whether the columns are clear and allowed, so that rows can be taken."""
        mapping = self.mapping
        return not (mapping.refused or mapping.proposals or mapping.missing)


def preview(
    table: FileTable,
    kind: FileKind,
    *,
    as_of: date,
    places: Gazetteer,
    told: Mapping[str, str] | None = None,
) -> Preview:
    """How a file would be read; the parameters are those of :func:`read_rows` and ``map_columns``.

    Raises
    ------
    InputError
        For a heading or a field that there is not.
    """
    mapping = map_columns(table.headings, kind, told)
    shown = tuple(tuple(_shown(cell) for cell in row.cells) for row in table.rows[:SHOWN_ROWS])
    if mapping.refused:
        # Nothing of a file with what may not be collected is repeated.
        shown = ()
    read = ReadRows(rows=(), problems=())
    if not (mapping.refused or mapping.proposals or mapping.missing):
        read = read_rows(table, mapping.columns, kind, as_of=as_of, places=places)
    return Preview(
        kind=kind,
        headings=table.headings,
        mapping=mapping,
        assumptions=(*table.assumptions, *_of_values(mapping, kind)),
        first=shown,
        rows=len(table.rows),
        good=read.rows,
        problems=read.problems,
    )


class Written:
    """What stands in a row of a file, shortened: for whoever sent the file, and no log."""

    def __init__(self, table: FileTable) -> None:
        self._places = {heading: place for place, heading in enumerate(table.headings)}
        self._rows = {row.number: row.cells for row in table.rows}

    def under(self, number: int, heading: str) -> str:
        """What stands under a heading; empty for a row or a heading that there is not."""
        cells, place = self._rows.get(number), self._places.get(heading)
        return "" if cells is None or place is None else _shown(cells[place])

    def cells(self, number: int) -> tuple[Cell, ...]:
        """All cells of a row as they are."""
        return self._rows[number]


def _of_values(mapping: ColumnMapping, kind: FileKind) -> list[Assumption]:
    kinds = {one.kind for one in fields_of(kind) if one.name in mapping.columns.values()}
    found = []
    if ValueKind.DATE in kinds:
        found.append(Assumption(Assumed.DATES))
    if ValueKind.SHARE in kinds:
        found.append(Assumption(Assumed.DECIMALS))
    return found


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    text = " ".join(str(cell).split())
    return text if len(text) <= SHOWN_LETTERS else f"{text[: SHOWN_LETTERS - 1]}…"
