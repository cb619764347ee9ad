"""Any table that a hub or a researcher has, as text: the cells as they stand, nothing guessed."""

import codecs
import csv
import gzip
import io
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.errors import InputError

SEPARATORS = (",", ";", "\t", "|")
MOST_BYTES = 4 << 30
MOST_COLUMNS = 5_000

_LONGEST_NAME = 200
_LONGEST_CELL = 100_000
_SAMPLE = 1 << 16
_SAMPLED_ROWS = 50
_MOSTLY = 0.9
_CHUNK = 10_000
_NAMED = {",": "','", ";": "';'", "\t": "a tab", "|": "'|'"}
_KINDS_OF_FILE = (
    (b"PK\x03\x04", "an Excel or OpenDocument workbook, or an archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"PAR1", "a Parquet file"),
    (b"%PDF", "a PDF"),
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RawTable:
    """A table as text.

    ``frame`` has a row per row of the file in its order, and cells as they stand; NaN where a
    cell is empty. ``lines`` says on which line of the file each row begins. ``separator`` is "" for
    a table that came from no file. ``notes`` say what had to be taken for granted.
    """

    frame: pd.DataFrame = field(repr=False)
    name: str
    lines: npt.NDArray[np.int64] = field(repr=False)
    separator: str = ""
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.frame)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns, in their order."""
        return tuple(self.frame.columns)

    def where(self, row: int) -> str:
        """File and line of a row, counted from 0."""
        return f"{self.name}, line {self.lines[row]}"


def read_table(path: Path) -> RawTable:
    r"""Read a table with a line of column names, separated by ``,``, ``;``, tab or ``|``.

    UTF-8 with or without mark, UTF-16 with it, or else Windows-1252, which is noted; compressed
    with gzip or not; in quotes what holds a separator or a line break. A first line ``sep=;`` is
    understood. Lines without any character are skipped, and noted.

    Raises
    ------
    InputError
        Naming file and line: what cannot be read, is too large or no text, has no row, has names
        that are missing, double, or only numbers, or a row with more or fewer cells than names.
    """
    name = str(path)
    text, notes = _text(name, _content(path))
    if (place := text.find("\0")) >= 0:
        raise InputError(
            f"{name}, line {_line(text, place)}: holds a null character, which no text has; save "
            "the table again as CSV in UTF-8."
        )
    declared, skipped = _declared(text)
    text = text[skipped:]
    separator = declared or _separator(text)
    rows = _rows(name, text, separator, first=2 if skipped else 1)
    begins, header = next(rows, (1, []))
    if not header:
        raise InputError(f"{name}: is empty; a line with the names of the columns is needed.")
    names = _checked_names(f"{name}, line {begins}", header, separator)
    frame, lines, blank = _frame(name, names, rows, separator)
    if not len(frame):
        raise InputError(f"{name}: no rows under the names of the columns; add some.")
    if blank:
        notes = (*notes, f"{blank} empty lines were skipped.")
    return RawTable(frame=frame, name=name, lines=lines, separator=separator, notes=notes)


def raw_of(frame: pd.DataFrame, *, name: str = "table") -> RawTable:
    """The same for a frame in memory: its values as text, its columns checked like a header.

    Raises
    ------
    InputError
        For no row, or column names that are missing or double.
    """
    names = _checked_names(name, [str(column) for column in frame.columns], "")
    if not len(frame) or not names:
        raise InputError(f"{name}: has no rows or no columns; add some.")
    columns = {one: _as_text(frame.iloc[:, place]) for place, one in enumerate(names)}
    return RawTable(
        frame=pd.DataFrame(columns),
        name=name,
        lines=np.arange(2, len(frame) + 2, dtype=np.int64),
    )


def _as_text(column: "pd.Series[str]") -> "pd.Series[str]":
    texts = column.reset_index(drop=True).astype("str")
    return texts.where(texts != "")


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if content[:2] == b"\x1f\x8b":
            with gzip.open(io.BytesIO(content)) as packed:
                content = packed.read(MOST_BYTES + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"{path}: its compression is damaged ({error}); pack it again.") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}.") from error
    if len(content) > MOST_BYTES:
        raise InputError(
            f"{path}: holds more than {MOST_BYTES >> 30} GiB of text; split it, or leave columns "
            "out."
        )
    return content


def _text(name: str, content: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, what in _KINDS_OF_FILE:
        if content.startswith(mark):
            raise InputError(f"{name}: is {what}; save the table as CSV in UTF-8.")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(name, content, "utf-16"), ()
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        # The byte is no UTF-8, so this is not a guess between two readings that both work.
        text = _decoded(name, content, "cp1252")
        note = (
            f"Not UTF-8 at byte {error.start}, so it was read as Windows-1252; if accents look "
            "wrong, save it as UTF-8."
        )
        return text, (note,)


def _decoded(name: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name}: no text in UTF-8, UTF-16 or Windows-1252 (byte {error.start}); save the "
            "table as CSV in UTF-8."
        ) from error


def _declared(text: str) -> tuple[str, int]:
    """The separator of a first line ``sep=;`` as Excel writes it, and how long that line is."""
    line = text[: text.find("\n") + 1]
    said = line.strip("\r\n").lower()
    if said.startswith("sep=") and said[4:] in SEPARATORS and len(said) == 5:
        return said[4:], len(line)
    return "", 0


def _separator(text: str) -> str:
    r"""The separator that cuts the first lines into the most cells, the same number in each.

    >>> _separator("age;income, gross;out\n30;1200,50;1\n")
    ';'
    """
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    judged = []
    for place, separator in enumerate(SEPARATORS):
        lines = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        widths = [len(row) for row in islice(filter(None, lines), _SAMPLED_ROWS)]
        width = widths[0] if widths else 0
        alike = widths.count(width) / max(len(widths), 1)
        judged.append((width > 1 and alike >= _MOSTLY, width, -place, separator))
    return max(judged)[-1]


def _rows(
    name: str, text: str, separator: str, *, first: int
) -> Iterator[tuple[int, Sequence[str]]]:
    """Each row, empty ones included once there was one, with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins, begun = first, False
    try:
        for row in reader:
            # The module's own limit is one for the whole process, which others may have moved.
            if max(map(len, row), default=0) > _LONGEST_CELL:
                raise InputError(
                    f"{name}, line {begins}: this row cannot be read: a cell has more than "
                    f"{_LONGEST_CELL:,} characters. Is a quote never closed? Close it."
                )
            if begun := begun or bool(row):
                yield begins, row
            begins = reader.line_num + first
    except csv.Error as error:
        raise InputError(
            f"{name}, line {begins}: this row cannot be read ({error}). A cell that holds quotes "
            "needs quotes around it and each of its own doubled."
        ) from error


def _frame(
    name: str, names: list[str], rows: Iterator[tuple[int, Sequence[str]]], separator: str
) -> tuple[pd.DataFrame, npt.NDArray[np.int64], int]:
    """The cells, the line of each row, and how many lines were empty."""
    width, blank = len(names), 0
    lines: list[int] = []
    chunk: list[Sequence[str]] = []
    parts: list[pd.DataFrame] = []
    for line, row in rows:
        if not row:
            blank += 1
            continue
        if len(row) != width:
            raise InputError(
                f"{name}, line {line}: {len(row)} cells where {width} columns are named, "
                f"separated by {_NAMED[separator]}; complete the row, or put a cell that holds "
                "the separator in double quotes."
            )
        lines.append(line)
        chunk.append(row)
        if len(chunk) == _CHUNK:
            parts.append(_part(names, chunk))
            chunk = []
    if chunk or not parts:
        parts.append(_part(names, chunk))
    frame = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
    return frame, np.array(lines, dtype=np.int64), blank


def _part(names: list[str], rows: list[Sequence[str]]) -> pd.DataFrame:
    columns = zip(*rows, strict=True) if rows else ([] for _ in names)
    frame = pd.DataFrame(
        {
            name: pd.array(list(cells), dtype="str")
            for name, cells in zip(names, columns, strict=True)
        }
    )
    return frame.where(frame != "")


def _checked_names(where: str, header: Sequence[str], separator: str) -> list[str]:
    """The names with blanks at the ends and doubled inside removed, in composed characters."""
    names = [" ".join(unicodedata.normalize("NFC", name).split()) for name in header]
    if len(names) > MOST_COLUMNS:
        raise InputError(f"{where}: {len(names)} columns; at most {MOST_COLUMNS} are read.")
    for place, name in enumerate(names, start=1):
        if not name:
            last = " or end no line with a separator" if place == len(names) and separator else ""
            raise InputError(
                f"{where}: column {place} of {len(names)} has no name; give it one{last}."
            )
        if len(name) > _LONGEST_NAME:
            raise InputError(
                f"{where}: the name of column {place} has {len(name)} characters; at most "
                f"{_LONGEST_NAME} are read. The first line must be the names of the columns."
            )
        if names.index(name) < place - 1:
            raise InputError(
                f"{where}: columns {names.index(name) + 1} and {place} are both named {name!r}; "
                "the first line must be the names of the columns, and names must differ."
            )
    if separator and len(names) > 1 and all(_is_number(name) for name in names):
        raise InputError(
            f"{where}: the first line has only numbers; put a line with the names of the columns "
            "above it."
        )
    return names


def _is_number(name: str) -> bool:
    return name.replace(",", "").replace(".", "").lstrip("+-").isdecimal()


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
