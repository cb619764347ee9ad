"""A file of rows, whatever its kind: told by what is in it, not by its name."""

from matching.errors import InputError
from matching.interchange.delimited import read_csv
from matching.interchange.limits import FileLimits
from matching.interchange.table import FileTable
from matching.interchange.workbook import read_xlsx

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LIMITS = FileLimits()


def read_table(
    content: bytes, *, limits: FileLimits = _LIMITS, sheet: str | None = None
) -> FileTable:
    """The table of a CSV or XLSX file.

    Parameters
    ----------
    content
        The file.
    limits
        How much it may cost.
    sheet
        Of a workbook, the sheet to read; without it the first.

    Raises
    ------
    InputError
        Saying what is wrong with the file and what to do; nothing of what is in it.
    """
    if not content:
        raise InputError("The file is empty: it has 0 bytes.")
    if len(content) > limits.max_bytes:
        raise InputError(
            f"The file has {len(content):,} bytes; at most {limits.max_bytes:,} are read. Split it."
        )
    if content.startswith(_OLD_OFFICE):
        raise InputError(
            "The file is an old Excel workbook (.xls) or protected by a password. Save it as XLSX "
            "without a password."
        )
    if content.startswith(_ZIP):
        return read_xlsx(content, limits=limits, sheet=sheet)
    if content.startswith(b"%PDF"):
        raise InputError("The file is a PDF. Rows are read from CSV and XLSX files.")
    return read_csv(content, limits=limits)
