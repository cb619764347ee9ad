"""A column of a table: what it is, how it is written, and its cells as values."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.errors import InputError
from training.tabular.cells import BLANKS, Array, Texts, answers, days, numbers, tidy
from training.tabular.reading import RawTable

Codes = npt.NDArray[np.intp]

_MOSTLY = 0.8
_FEWEST_LETTERS = 3


class Kind(StrEnum):
    """What a column is."""

    NUMBER = "number"
    YES_NO = "yes_no"
    CATEGORY = "category"
    DATE = "date"
    IDENTIFIER = "identifier"
    FREE_TEXT = "free_text"
    CONSTANT = "constant"
    EMPTY = "empty"


class Writing(StrEnum):
    """How the cells of a column are written, where there is a choice."""

    PLAIN = "plain"
    COMMA = "comma"  # a decimal comma, of numbers that could be read either way
    MONTH_FIRST = "month_first"
    COMPACT = "compact"  # 20240131
    TWO_LETTERS = "two_letters"  # NA is a value among others, such as the code of a province
    CODES = "codes"  # categories that are numbers: 1 and 1.0 are one


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column, as judged on all rows of a table.

    ``missing`` counts blank cells, ``unread`` others that are not what the column is, such as a
    word among numbers: both are unknown. ``distinct`` counts the different values. ``notes`` are
    sentences without a value of a person.
    """

    name: str
    kind: Kind
    form: Writing = Writing.PLAIN
    rows: int
    missing: int
    unread: int = 0
    distinct: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Distinct:
    """The distinct tidy texts of a column, how often each stands, and where; -1 is blank."""

    texts: Texts
    counts: Codes
    codes: Codes

    @property
    def missing(self) -> int:
        """How many cells are blank."""
        return int((self.codes < 0).sum())


def typed(raw: RawTable, columns: Sequence[Column]) -> pd.DataFrame:
    """The cells of columns as values, a row per row of the table, in the order of ``columns``.

    Numbers and yes or no (1 or 0) are floats, dates ``datetime64[s]``, all others texts (dtype
    object); NaN or NaT where a cell is blank, or is not what the column is.

    Raises
    ------
    InputError
        For a column that the table does not have.
    """
    check_there([column.name for column in columns], raw)
    read = {column.name: _values(raw.frame[column.name], column)[0] for column in columns}
    return pd.DataFrame(read, index=raw.frame.index)


def unread(raw: RawTable, columns: Sequence[Column]) -> tuple[str, ...]:
    """What is said of cells of a table, not the one the columns were judged on, that are unknown.

    A sentence per column with cells that are not what it is. The columns must be there.
    """
    said = []
    for column in columns:
        places = _values(raw.frame[column.name], column)[1]
        if len(places):
            said.append(
                f"{column.name!r}: {len(places)} cells are no {_SAID[column.kind]} and count as "
                f"unknown, the first on line {raw.lines[places[0]]}."
            )
    return tuple(said)


def check_known(names: Sequence[str], known: Sequence[str], option: str) -> None:
    """Refuse names that are no columns; an ``InputError`` that lists what there is."""
    if strange := [name for name in names if name not in known]:
        raise InputError(
            f"{option}: there is no column {strange[0]!r}; the columns are {_listed(known)}."
        )


def check_there(names: Sequence[str], raw: RawTable) -> None:
    """Refuse a table without some columns; an ``InputError`` that names them."""
    if missing := [name for name in names if name not in raw.names]:
        raise InputError(
            f"{raw.name}: lacks the columns {_listed(missing)}; add them, with empty cells where "
            "nothing is known."
        )


_SAID = {
    Kind.NUMBER: "number",
    Kind.YES_NO: "yes or no",
    Kind.DATE: "date from 1800 to 2199",
}


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(repr(name) for name in names[:30])
    return f"{shown} and {len(names) - 30} more" if len(names) > 30 else shown


def distinct(column: "pd.Series[str]", form: Writing | None = None) -> Distinct:
    """The distinct texts of a column; without ``form``, NA is a value where it looks like one."""
    codes, found = pd.factorize(column)
    written = tidy(found.to_numpy(dtype=object))
    again, texts = pd.factorize(written)
    small = [text.casefold() for text in texts]
    blank = np.array([one in BLANKS for one in small], dtype=bool)
    letters = two_letters(texts[~blank]) if form is None else form is Writing.TWO_LETTERS
    if letters:
        blank &= np.array([len(text) != 2 or not text.isupper() for text in texts], dtype=bool)
    kept = np.append(np.where(blank, -1, np.cumsum(~blank) - 1), -1)
    again = np.append(again, len(texts))
    codes = kept[again[codes]]
    held = texts[~blank]
    counts = np.bincount(codes[codes >= 0], minlength=len(held))
    return Distinct(texts=held, counts=counts, codes=codes)


def two_letters(texts: Texts) -> bool:
    """Whether texts are codes of two capital letters, of which NA may be one."""
    alike = sum(len(text) == 2 and text.isalpha() and text.isupper() for text in texts)
    return len(texts) >= _FEWEST_LETTERS and alike >= _MOSTLY * len(texts)


def _values(column: "pd.Series[str]", of: Column) -> tuple["pd.Series[Any]", Codes]:
    """The cells of a column as values, and the places of those that are not what it is."""
    cells = distinct(column, of.form)
    known = cells.codes >= 0
    if of.kind in (Kind.NUMBER, Kind.YES_NO, Kind.DATE):
        read = _read(cells.texts, of)
        values = np.append(read, np.nan)[cells.codes]
        places = np.flatnonzero(known & np.isnan(values))
        if of.kind is Kind.DATE:
            moments = np.full(len(values), "NaT", dtype="datetime64[s]")
            there = ~np.isnan(values)
            moments[there] = values[there].astype("datetime64[D]").astype("datetime64[s]")
            return pd.Series(moments, index=column.index), places
        return pd.Series(values, index=column.index), places
    texts = cells.texts
    if of.form is Writing.CODES:
        texts = as_codes(texts)
    spread = np.append(texts, np.nan)[cells.codes]
    return pd.Series(spread, index=column.index, dtype=object), np.empty(0, dtype=np.intp)


def _read(texts: Texts, of: Column) -> Array:
    if of.kind is Kind.DATE:
        return days(
            texts, month_first=of.form is Writing.MONTH_FIRST, compact=of.form is Writing.COMPACT
        )
    if of.kind is Kind.YES_NO:
        return answers(texts)
    read = numbers(texts)
    return read.comma if of.form is Writing.COMMA else read.point


def as_codes(texts: Texts) -> Texts:
    """Codes that are numbers, written in one way; others as they are."""
    read = numbers(texts).point
    made = [
        text if np.isnan(value) else f"{value:.15g}"
        for text, value in zip(texts, read, strict=True)
    ]
    return np.array(made, dtype=object)
