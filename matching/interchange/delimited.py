"""CSV as programs write it: any usual separator and encoding."""

import csv
import io
from itertools import islice

from matching.errors import InputError
from matching.interchange.decoding import decoded
from matching.interchange.formulas import plain_text
from matching.interchange.limits import FileLimits
from matching.interchange.table import Assumed, Assumption, Cell, Counted, FileTable, table_of

SEPARATORS = (";", ",", "\t", "|")
_SAMPLE = 60
_SAID = "sep="


def read_csv(content: bytes, *, limits: FileLimits) -> FileTable:
    """The table of a CSV file.

    The separator is the one by which most rows have as many cells as the headings; a first line
    ``sep=;``, as Excel writes it, decides.

    Raises
    ------
    InputError
        For a file that is no table.
    """
    text, encoding = decoded(content)
    text, said = _without_statement(text)
    separator = said or _separator(text)
    counted = Counted(limits)
    numbered: list[tuple[int, tuple[Cell, ...]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, start=1):
            if not any(record):
                continue
            counted.add(len(record))
            numbered.append((number, tuple(plain_text(cell) for cell in record)))
    except csv.Error as error:
        raise InputError(
            f"Row {number + 1} cannot be read: a quote that opens is never closed, or stands in "
            "the middle of a text, or a cell is too long. Save the file again as CSV, or as XLSX."
        ) from error
    assumptions = (
        Assumption(Assumed.ENCODING, encoding.removesuffix("-sig")),
        Assumption(Assumed.SEPARATOR, {"\t": "tab"}.get(separator, separator)),
    )
    return table_of(numbered, assumptions=assumptions, limits=limits)


def _without_statement(text: str) -> tuple[str, str | None]:
    """The text without Excel's line on the separator, which no spreadsheet shows; the separator."""
    first, _, rest = text.partition("\n")
    first = first.strip("\r")
    if first.lower().startswith(_SAID) and len(first) == len(_SAID) + 1:
        return rest, first[-1]
    return text, None


def _separator(text: str) -> str:
    best, score = SEPARATORS[0], (0.0, 0)
    for one in SEPARATORS:
        records = _sample(text, one)
        if not records or len(records[0]) < 2:
            continue
        width = len(records[0])
        even = sum(len(record) == width for record in records) / len(records)
        if (even, width) > score:
            best, score = one, (even, width)
    return best


def _sample(text: str, separator: str) -> list[list[str]]:
    # Not strict: what a wrong separator makes of quotes is no error of the file.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return [record for record in islice(reader, _SAMPLE) if any(record)]
    except csv.Error:
        return []
