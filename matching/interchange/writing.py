"""Tables written for spreadsheets: texts stay texts, numbers stay numbers, nothing is a formula."""

import csv
import io
import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import chain

from matching.errors import InputError
from matching.interchange.book_writing import BookCell, book_of
from matching.interchange.formulas import harmless

Value = str | int | float | bool | date | None


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
    return book_of(chain([headings], (tuple(map(_plain, row)) for row in rows)), sheet)


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


def _plain(value: Value) -> BookCell:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, bool):
        return "sì" if value else "no"
    return _finite(value) if isinstance(value, float) else value


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise InputError(f"{value!r} is no number that a spreadsheet holds; leave it blank.")
    return value
