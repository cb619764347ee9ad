"""XLSX, read row by row: no formula is computed, no macro kept, nothing outside is asked for."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

import openpyxl
from lxml import etree  # type: ignore[import-untyped]  # ships without annotations
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from matching.documents.archive import open_archive
from matching.documents.markup import root_name
from matching.documents.values import Limits
from matching.errors import DocumentError, InputError
from matching.interchange.formulas import plain_text
from matching.interchange.limits import FileLimits
from matching.interchange.table import Assumed, Assumption, Cell, FileTable, table_of

# What openpyxl raises for a workbook that is not one.
_BROKEN = (
    InvalidFileException, zipfile.BadZipFile, etree.XMLSyntaxError, ParseError, ExpatError,
    KeyError, ValueError, TypeError, IndexError, AttributeError, EOFError, OSError,
)  # fmt: skip
_MARKUP = (".xml", ".rels", ".vml")
_SAVE = "Save it again as XLSX, or as CSV UTF-8."


def read_xlsx(content: bytes, *, limits: FileLimits, sheet: str | None = None) -> FileTable:
    """The table of a sheet: the one named, else the first that is not hidden.

    Cells hold what was last computed in them.

    Raises
    ------
    InputError
        For a file that is no workbook, is not safe to expand, or holds no table.
    """
    _check(content, limits)
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
    except _BROKEN as error:
        raise InputError(f"The file is no workbook that can be read. {_SAVE}") from error
    try:
        name, others = _sheet(book, sheet)
        numbered = list(_rows(book, name, limits))
    except _BROKEN as error:
        raise InputError(f"The workbook is damaged and cannot be read. {_SAVE}") from error
    finally:
        book.close()
    assumed = (Assumption(Assumed.SHEET, name),) if others and sheet is None else ()
    return table_of(numbered, assumptions=assumed, limits=limits)


def _sheet(book: Workbook, asked: str | None) -> tuple[str, bool]:
    shown = [one.title for one in book.worksheets if one.sheet_state == "visible"]
    if asked is not None and asked not in shown:
        raise InputError(f"The workbook has no sheet {asked!r}; it has {', '.join(shown)}.")
    if not shown:
        raise InputError("The workbook has no sheet with rows.")
    return asked or shown[0], len(shown) > 1


def _rows(book: Workbook, name: str, limits: FileLimits) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    sheet = book[name]
    # What a sheet says of its size may be anything; the rows themselves are counted.
    sheet.reset_dimensions()
    filled = 0
    for number, row in enumerate(
        sheet.iter_rows(values_only=True, max_col=limits.max_columns + 1), start=1
    ):
        if all(cell is None for cell in row):
            continue
        filled += 1
        if filled > limits.max_rows + 1:
            raise InputError(
                f"The sheet has more than {limits.max_rows:,} rows, which is the most that is "
                "read at once. Split it."
            )
        if row[-1] is not None and len(row) > limits.max_columns:
            raise InputError(
                f"The sheet has more than {limits.max_columns} columns. Leave out those that are "
                "not needed."
            )
        yield number, tuple(_cell(value) for value in row)


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return plain_text(unescape(str(value)))


def _check(content: bytes, limits: FileLimits) -> None:
    """Refuse what would expand without end, declares entities, or carries macros."""
    allowed = Limits(
        max_entries=limits.max_entries,
        max_expanded_bytes=limits.max_expanded_bytes,
        max_ratio=limits.max_ratio,
    )
    try:
        with open_archive(content, allowed) as archive:
            names = archive.namelist()
            if not any(name.lower() == "[content_types].xml" for name in names):
                raise InputError(f"The file is an archive, and no XLSX workbook. {_SAVE}")
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise InputError(f"The workbook holds macros. {_SAVE}")
            for name in names:
                if name.lower().endswith(_MARKUP):
                    root_name(archive.read(name), f"The part {name[:80]!r}")
    except DocumentError as error:
        raise InputError(f"The workbook is not read ({error.code}). {_SAVE}") from error
    except _BROKEN as error:
        raise InputError(f"The workbook is damaged and cannot be read. {_SAVE}") from error
