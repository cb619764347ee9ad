"""A file as a table: headings, rows with their numbers, and what was assumed in reading it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from matching.errors import InputError
from matching.interchange.limits import FileLimits

Cell = str | int | float | bool | date | None


class Assumed(StrEnum):
    """What a file does not say of itself; each is shown before anything is imported."""

    ENCODING = "encoding"
    SEPARATOR = "separator"
    SHEET = "sheet"
    HEADINGS = "headings"
    DATES = "dates"
    DECIMALS = "decimals"


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something assumed, and how: the name of an encoding, of a sheet, the number of a row."""

    what: Assumed
    how: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row by the number that a spreadsheet shows beside it; as many cells as headings."""

    number: int
    cells: tuple[Cell, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTable:
    """A table. A heading that is blank is empty here, and names no field."""

    headings: tuple[str, ...]
    rows: tuple[TableRow, ...] = field(repr=False)
    assumptions: tuple[Assumption, ...] = ()


@dataclass(slots=True)
class Counted:
    """Counts rows and cells as they are read, so that a file that goes over is not read on."""

    limits: FileLimits
    rows: int = 0
    cells: int = 0

    def add(self, cells: int) -> None:
        """Count a row that is not blank.

        Raises
        ------
        InputError
            For a row beyond what is read at once; the headings are one more.
        """
        self.rows += 1
        self.cells += cells
        if self.rows > self.limits.max_rows + 1:
            raise InputError(
                f"The file has more than {self.limits.max_rows:,} rows, which is the most that is "
                "read at once. Split it."
            )
        if self.cells > self.limits.max_cells:
            raise InputError(
                f"The file has more than {self.limits.max_cells:,} cells, which is the most that "
                "is read at once. Leave out columns that are not needed, or split it."
            )


def table_of(
    numbered: list[tuple[int, tuple[Cell, ...]]],
    *,
    assumptions: tuple[Assumption, ...],
    limits: FileLimits,
) -> FileTable:
    """The table in rows of cells: the first that is not blank holds the headings.

    Raises
    ------
    InputError
        Without headings, for two that are the same, cells beyond them, or too much of anything.
    """
    filled = [(number, cells) for number, cells in numbered if not _is_blank(cells)]
    if not filled:
        raise InputError("The file has no rows. The first row must name the columns.")
    place, first = filled[0]
    width = max(len(first) - next(i for i, one in enumerate(reversed(first)) if _said(one)), 1)
    headings = tuple(_heading(cell) for cell in first[:width])
    seen: dict[str, int] = {}
    for number, heading in enumerate(map(str.casefold, headings), start=1):
        if heading and heading in seen:
            # By their places: a first row that is none of headings holds somebody's data.
            raise InputError(
                f"Columns {seen[heading]} and {number} have the same heading. Rename one, so that "
                "each can be told apart."
            )
        seen[heading] = number
    if width > limits.max_columns:
        raise InputError(f"The file has {width} columns; at most {limits.max_columns} are read.")
    body = filled[1:]
    if not body:
        raise InputError("The file has headings and no rows below them: there is nothing to read.")
    rows = tuple(TableRow(number, _fitted(number, cells, width, limits)) for number, cells in body)
    noted = () if place == 1 else (Assumption(Assumed.HEADINGS, str(place)),)
    return FileTable(headings=headings, rows=rows, assumptions=(*assumptions, *noted))


def _fitted(
    number: int, cells: tuple[Cell, ...], width: int, limits: FileLimits
) -> tuple[Cell, ...]:
    if any(_said(cell) for cell in cells[width:]):
        raise InputError(
            f"Row {number} has more cells than there are headings ({width}). Name every column in "
            "the first row; in a CSV, put texts that hold the separator between quotes."
        )
    if any(isinstance(cell, str) and len(cell) > limits.max_characters for cell in cells):
        raise InputError(
            f"Row {number} has a cell of more than {limits.max_characters:,} characters. Shorten "
            "it, or add the document to the person's file instead."
        )
    return (*cells[:width], *(None for _ in range(width - len(cells))))


def _heading(cell: Cell) -> str:
    return " ".join(str(cell).split()) if _said(cell) else ""


def _said(cell: Cell) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _is_blank(cells: tuple[Cell, ...]) -> bool:
    return not any(_said(cell) for cell in cells)
