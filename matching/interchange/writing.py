"""Tables written for spreadsheets: texts stay texts, numbers stay numbers, nothing is a formula."""

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from matching.errors import InputError
from matching.interchange.formulas import harmless

Value = str | int | float | bool | date | None

_CELL_LETTERS = 32_767
"""What a cell of a workbook can hold (ECMA-376)."""

_DATE = "dd/mm/yyyy"
# What would be read back as a character written by its number, and what XML cannot hold.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CARRIAGE_RETURN = "\r"


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A CSV file as Italian spreadsheets open it: UTF-8 with its mark, ``;``, decimal comma.

    Raises
    ------
    InputError
        For a number that is none.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(heading) for heading in headings])
    for row in rows:
        writer.writerow([_written(value) for value in row])
    return buffer.getvalue().encode("utf-8-sig", "replace")


def xlsx_bytes(
    headings: Sequence[str], rows: Iterable[Sequence[Value]], *, sheet: str = "Dati"
) -> bytes:
    """A workbook of one sheet.

    Raises
    ------
    InputError
        For a text that no cell can hold, or a number that is none.
    """
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    page.append([_cell(page, heading) for heading in headings])
    for row in rows:
        page.append([_cell(page, value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _written(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "sì" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    if isinstance(value, float):
        return repr(_finite(value)).replace(".", ",")
    if isinstance(value, int):
        return str(value)
    return harmless(value)


def _cell(page: WriteOnlyWorksheet, value: Value) -> WriteOnlyCell:
    if isinstance(value, datetime):
        value = value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, bool):
        value = "sì" if value else "no"
    if isinstance(value, float):
        value = _finite(value)
    if not isinstance(value, str):
        cell = WriteOnlyCell(page, value)
        if isinstance(value, date):
            cell.number_format = _DATE
        return cell
    text = _as_xml_holds(harmless(value))
    if len(text) > _CELL_LETTERS:
        raise InputError(
            f"A text has {len(value):,} characters, and a cell of a workbook holds "
            f"{_CELL_LETTERS:,}. Write it as CSV."
        )
    cell = WriteOnlyCell(page, text)
    # Whatever it begins with, it is a text: openpyxl would take "=" for a formula.
    cell.data_type = "s"
    return cell


def _as_xml_holds(text: str) -> str:
    """The text with what XML cannot hold written by its number (ECMA-376, ST_Xstring)."""
    text = _ESCAPED.sub("_x005F_", text)
    text = ILLEGAL_CHARACTERS_RE.sub(lambda one: f"_x{ord(one[0]):04X}_", text)
    text = text.replace(_CARRIAGE_RETURN, "_x000D_")
    # Half a surrogate pair, and two code points that no XML has, are no characters.
    return re.sub("[\ud800-\udfff\ufffe\uffff]", "\ufffd", text)


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise InputError(f"{value!r} is no number that a spreadsheet holds; leave it blank.")
    return value
