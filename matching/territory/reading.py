"""Strict reading of TOML tables and CSV rows: an error names file, place, value and remedy."""

import csv
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from math import isfinite
from pathlib import Path
from typing import Never, TypeGuard, TypeVar

from matching.errors import TerritoryError

_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Table:
    """A TOML table whose keys must be read one by one and then be all used up.

    ``lines`` are those of its keys in the file, where they are known: an error names them.
    """

    where: str
    values: dict[str, object]
    lines: Mapping[str, int] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """Read a string that is not empty."""
        value = self._take(key)
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(key, value, "a text that is not empty")
        return value

    def known(self, key: str, known: Collection[str], *, what: str) -> str:
        """Read a string that is one of those known; ``what`` says to the writer what they are."""
        return self._known(key, self.text(key), known, what)

    def choice(self, key: str, kind: type[_Choice]) -> _Choice:
        """Read a value of an enumeration."""
        return kind(self.known(key, list(kind), what=_one_of(kind)))

    def whole(self, key: str, *, least: int = 1) -> int:
        """Read a whole number not below ``least``."""
        value = self._take(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self._wrong(key, value, f"a whole number of at least {least}")
        return value

    def number(self, key: str, *, least: float) -> float:
        """Read a number not below ``least``."""
        value = self._take(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._wrong(key, value, "a number")
        if not (isfinite(value) and value >= least):
            raise self._wrong(key, value, f"a number of at least {least:g}")
        return float(value)

    def flag(self, key: str) -> bool:
        """Read true or false."""
        value = self._take(key)
        if not isinstance(value, bool):
            raise self._wrong(key, value, "true or false")
        return value

    def day(self, key: str) -> date:
        """Read a date without a time."""
        value = self._take(key)
        if not _is_day(value):
            raise self._wrong(key, value, "a date such as 2020-01-01, without quotes")
        return value

    def hour(self, key: str) -> time:
        """Read a time of day."""
        value = self._take(key)
        if not isinstance(value, time):
            raise self._wrong(key, value, "a time of day such as 06:30:00, without quotes")
        return value

    def days(self, key: str, *, or_else: str) -> tuple[date, ...]:
        """Read a list of dates that is not empty; the word ``or_else`` stands for none."""
        value = self._take(key)
        if value == or_else:
            return ()
        if not isinstance(value, list) or not value or not all(_is_day(item) for item in value):
            raise self._wrong(key, value, f"a list of dates without quotes, or {or_else!r}")
        return tuple(value)

    def texts(self, key: str, *, may_be_empty: bool = False) -> tuple[str, ...]:
        """Read a list of strings, which is not empty unless it may be."""
        value = self._take(key)
        if (
            not isinstance(value, list)
            or not (value or may_be_empty)
            or not all(isinstance(item, str) and item.strip() for item in value)
        ):
            wanted = "a list of texts" if may_be_empty else "a list of texts that is not empty"
            raise self._wrong(key, value, wanted)
        return tuple(value)

    def all_known(
        self, key: str, known: Collection[str], *, what: str, may_be_empty: bool = False
    ) -> tuple[str, ...]:
        """Read a list of strings, each one of those known."""
        items = self.texts(key, may_be_empty=may_be_empty)
        return tuple(self._known(key, item, known, what) for item in items)

    def choices(
        self, key: str, kind: type[_Choice], *, may_be_empty: bool = False
    ) -> tuple[_Choice, ...]:
        """Read a list of values of an enumeration."""
        items = self.all_known(key, list(kind), what=_one_of(kind), may_be_empty=may_be_empty)
        return tuple(kind(item) for item in items)

    def table(self, key: str) -> "Table":
        """Read a table of its own."""
        value = self._take(key)
        if not isinstance(value, dict):
            raise self._wrong(key, value, f"a table [{key}]")
        return Table(f"{self.where} [{key}]", dict(value))

    def tables(self, key: str, *, optional: bool = False) -> list["Table"]:
        """Read a list of tables."""
        if optional and key not in self.values:
            return []
        value = self._take(key)
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self._wrong(key, value, f"a list of tables [[{key}]]")
        return [
            Table(f"{self.where} [[{key}]] number {number}", dict(item))
            for number, item in enumerate(value, start=1)
        ]

    def mapping(self, key: str) -> dict[str, str]:
        """Read a table of texts whose keys are free."""
        inner = self.table(key)
        return {name: inner.text(name) for name in list(inner.values)}

    def called(self, name: str) -> "Table":
        """Return the rest of the table, its errors naming the entry too."""
        return Table(f"{self.where} ({name})", self.values, self.lines)

    def finish(self) -> None:
        """Refuse keys that nobody has read."""
        if self.values:
            raise TerritoryError(
                f"{self.where}: unknown key {sorted(self.values)[0]!r}; correct or remove it"
            )

    def _take(self, key: str) -> object:
        if key not in self.values:
            raise TerritoryError(f"{self.where}: the key {key!r} is missing; add it")
        return self.values.pop(key)

    def _known(self, key: str, value: str, known: Collection[str], what: str) -> str:
        if value not in known:
            raise self._wrong(key, value, what)
        return value

    def _wrong(self, key: str, value: object, wanted: str) -> TerritoryError:
        line = f" (line {self.lines[key]})" if key in self.lines else ""
        return TerritoryError(f"{self.where}: {key} = {value!r}{line} is not valid; write {wanted}")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a CSV file with the number of its line."""

    where: str
    values: Mapping[str, str]

    def text(self, column: str) -> str:
        """Read a cell that is not empty."""
        value = self.values[column].strip()
        if not value:
            self.fail(column, "fill it in")
        return value

    def optional(self, column: str) -> str:
        """Read a cell that may be empty."""
        return self.values[column].strip()

    def several(self, column: str) -> tuple[str, ...]:
        """Read values separated by a vertical bar."""
        return tuple(part.strip() for part in self.values[column].split("|") if part.strip())

    def fail(self, column: str, remedy: str) -> Never:
        """Refuse the value of a cell."""
        raise TerritoryError(
            f"{self.where}: {column} {self.values[column]!r} is not valid; {remedy}"
        )


def read_toml(path: Path) -> Table:
    """Read a TOML file as one table."""
    try:
        return Table(path.name, tomllib.loads(_text_of(path)))
    except tomllib.TOMLDecodeError as error:
        raise TerritoryError(f"{path}: not valid TOML ({error}); correct it") from error


def read_csv(path: Path, columns: Sequence[str]) -> list[Row]:
    """Read a CSV file that has exactly these columns, in this order."""
    lines = csv.reader(_text_of(path).splitlines())
    header = next(lines, [])
    if header != list(columns):
        raise TerritoryError(
            f"{path}: the header is {','.join(header)!r}; it must be {','.join(columns)!r}"
        )
    rows: list[Row] = []
    for cells in lines:
        where = f"{path.name} line {lines.line_num}"
        if len(cells) != len(columns):
            raise TerritoryError(
                f"{where}: {len(cells)} cells where {len(columns)} are due; correct the commas"
            )
        rows.append(Row(where, dict(zip(columns, cells, strict=True))))
    if not rows:
        raise TerritoryError(f"{path}: no rows below the header; add them")
    return rows


def _text_of(path: Path) -> str:
    if not path.is_file():
        raise TerritoryError(f"{path}: there is no such file; a territory folder needs it")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise TerritoryError(f"{path}: not UTF-8 ({error}); save it as UTF-8") from error


def _is_day(value: object) -> TypeGuard[date]:
    return isinstance(value, date) and not isinstance(value, datetime)


def _one_of(kind: type[StrEnum]) -> str:
    return f"one of {', '.join(kind)}"
