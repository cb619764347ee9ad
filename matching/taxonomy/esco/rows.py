"""Rows of a CSV file, with the columns that are needed and those that may be missing."""

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matching.errors import TaxonomyError
from matching.taxonomy.esco.archives import Source

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Row:
    """The values of a row by column name, and the line where it begins."""

    source: Source
    line: int
    values: Sequence[str]

    @property
    def where(self) -> str:
        """File and line, for people."""
        return f"{self.source.where}, line {self.line}"


def header(source: Source) -> tuple[str, ...]:
    """The column names of a file.

    Raises
    ------
    TaxonomyError
        For an empty file, or one that is no text in UTF-8.
    """
    with source.text() as text:
        try:
            names = next(csv.reader(text, strict=True), None)
        except (csv.Error, UnicodeDecodeError) as error:
            raise _no_table(source, 1, error) from error
    if not names:
        raise TaxonomyError(f"{source.where}: the file is empty. Get the archive again.")
    return tuple(name.strip() for name in names)


def rows(
    source: Source, needed: Sequence[str], optional: Sequence[str] = (), *, ragged: bool = False
) -> Iterator[Row]:
    """Rows with the values of ``needed`` and then ``optional`` columns, in that order.

    A missing optional column gives empty values; other columns are left alone. In a ``ragged``
    file rows may end before the last column.

    Raises
    ------
    TaxonomyError
        For a needed column that is missing, a row with more or fewer values than columns, text
        that is not UTF-8.
    """
    names = header(source)
    missing = [name for name in needed if name not in names]
    if missing:
        raise TaxonomyError(
            f"{source.where}: column {', '.join(missing)} is missing; there are "
            f"{', '.join(names)}. Get the archive again from the portal, CSV form."
        )
    places = [names.index(name) if name in names else len(names) for name in (*needed, *optional)]
    line = 1
    with source.text() as text:
        reader = csv.reader(text, strict=True)
        try:
            next(reader)
            line = reader.line_num + 1
            for cells in reader:
                if not cells:
                    line = reader.line_num + 1
                    continue
                if ragged:
                    cells += [""] * (len(names) - len(cells))
                if len(cells) != len(names):
                    raise TaxonomyError(
                        f"{source.where}, line {line}: {len(cells)} values for {len(names)} "
                        "columns; the file is cut short or was changed. Get the archive again."
                    )
                cells.append("")
                yield Row(source, line, [cells[place] for place in places])
                line = reader.line_num + 1
        except (csv.Error, UnicodeDecodeError) as error:
            raise _no_table(source, line, error) from error


def clean(text: str) -> str:
    r"""A label in the form in which labels are kept: Unicode NFC, single spaces.

    >>> clean("  caffe\u0300   latte ")
    'caffè latte'
    """
    return unicodedata.normalize("NFC", _BLANKS.sub(" ", text).strip())


def _no_table(source: Source, line: int, error: Exception) -> TaxonomyError:
    return TaxonomyError(
        f"{source.where}, line {line}: is no comma-separated table in UTF-8 ({error}). Get the "
        "archive again."
    )
