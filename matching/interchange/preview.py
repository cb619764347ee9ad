"""What a file would give, before anything of it is kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from matching.interchange.fields import FileKind, ValueKind, fields_of
from matching.interchange.limits import FileLimits
from matching.interchange.mapping import ColumnMapping, map_columns
from matching.interchange.problems import RowProblem
from matching.interchange.rows import read_rows
from matching.interchange.table import Assumed, Assumption, Cell
from matching.interchange.tables import read_table

SHOWN_ROWS = 5
SHOWN_LETTERS = 60
_LIMITS = FileLimits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """How a file is understood. ``first`` are its first rows, shortened, for whoever sent it.

    ``rows`` are all rows, ``good`` those that can be taken; without a mapping that can be used
    (:func:`matching.interchange.usable`), none is.
    """

    kind: FileKind
    headings: tuple[str, ...]
    mapping: ColumnMapping
    assumptions: tuple[Assumption, ...]
    first: tuple[tuple[str, ...], ...] = field(repr=False)
    rows: int
    good: int
    problems: tuple[RowProblem, ...]

    @property
    def can_be_read(self) -> bool:
        """Whether the columns are clear and allowed, so that rows can be taken."""
        mapping = self.mapping
        return not (mapping.refused or mapping.proposals or mapping.missing)


def preview(
    content: bytes,
    kind: FileKind,
    *,
    as_of: date,
    municipality: Callable[[str], str | None],
    told: Mapping[str, str] | None = None,
    sheet: str | None = None,
    limits: FileLimits = _LIMITS,
) -> Preview:
    """How a file would be read; the parameters are those of :func:`read_rows` and ``map_columns``.

    Raises
    ------
    InputError
        For a file that is no table.
    """
    table = read_table(content, limits=limits, sheet=sheet)
    mapping = map_columns(table.headings, kind, told)
    shown = tuple(tuple(_shown(cell) for cell in row.cells) for row in table.rows[:SHOWN_ROWS])
    if mapping.refused:
        # Nothing of a file with what may not be collected is repeated.
        shown = ()
    good = 0
    problems: tuple[RowProblem, ...] = ()
    if not (mapping.refused or mapping.proposals or mapping.missing):
        read = read_rows(table, mapping.columns, kind, as_of=as_of, municipality=municipality)
        good, problems = len(read.rows), read.problems
    return Preview(
        kind=kind,
        headings=table.headings,
        mapping=mapping,
        assumptions=(*table.assumptions, *_of_values(mapping, kind)),
        first=shown,
        rows=len(table.rows),
        good=good,
        problems=problems,
    )


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
