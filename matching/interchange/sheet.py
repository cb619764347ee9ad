"""A sheet's XML -> rows of values, as it comes: nothing is kept but the row at hand.

Libraries keep an element for every row, so that a workbook of a few kilobytes could take all
memory. Here a row, a cell or a text that is read costs nothing once the next one is.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import IO
from xml.parsers import expat

from matching.errors import InputError
from matching.interchange.book_values import day_of, unescaped
from matching.interchange.limits import FileLimits
from matching.interchange.table import Cell

LAST_ROW = 1_048_576
"""Rows of a sheet (ECMA-376)."""

NOT_COMPUTED = "#N/A"
"""What a formula holds whose value no spreadsheet has computed yet."""

_CHUNK = 64 * 1024
_COLUMN = re.compile(r"([A-Za-z]{1,3})[0-9]{1,7}")
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_LETTERS = ord("A") - 1
_NAMESPACE = "}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a workbook says of all its cells: texts by number, styles that show dates, day 0."""

    texts: list[str] = field(repr=False)
    dates: frozenset[int]
    epoch: date


def read_texts(part: IO[bytes], limits: FileLimits) -> list[str]:
    """The texts that cells name by number.

    Raises
    ------
    InputError
        For more of them than cells are read.
    expat.ExpatError
        For what is no XML.
    """
    found: list[str] = []
    said: list[str] = []
    inside = _Inside()

    def start(name: str, _: dict[str, str]) -> None:
        inside.start(name)

    def end(name: str) -> None:
        if inside.end(name) == "si":
            found.append(unescaped("".join(said)))
            said.clear()
            if len(found) > limits.max_cells:
                raise InputError(
                    f"The workbook has more than {limits.max_cells:,} texts, which is the most "
                    "that is read at once. Split it, or save it as CSV UTF-8."
                )

    def text(words: str) -> None:
        if inside.is_text:
            said.append(words)

    _parse(part, start, end, text)
    return found


def read_rows(part: IO[bytes], look: Look, limits: FileLimits) -> Iterator[tuple[int, list[Cell]]]:
    """The rows of a sheet that hold something, each with the number that it shows.

    Raises
    ------
    InputError
        For a cell beyond the columns that are read.
    expat.ExpatError, ValueError, IndexError
        For a sheet that is damaged.
    """
    done: list[tuple[int, list[Cell]]] = []
    reader = _Rows(look, limits, done)
    for _ in _fed(part, reader.start, reader.end, reader.text):
        yield from done
        done.clear()


@dataclass(slots=True)
class _Inside:
    """Where in the XML one is: in a text, but not in how Japanese says that it is read."""

    in_text: int = 0
    in_reading: int = 0

    def start(self, name: str) -> str:
        short = name.rpartition(_NAMESPACE)[2]
        self.in_text += short == "t"
        self.in_reading += short == "rPh"
        return short

    def end(self, name: str) -> str:
        short = name.rpartition(_NAMESPACE)[2]
        self.in_text -= short == "t"
        self.in_reading -= short == "rPh"
        return short

    @property
    def is_text(self) -> bool:
        return self.in_text > 0 and self.in_reading == 0


@dataclass(slots=True)
class _Rows:
    """Puts rows together from what is read."""

    look: Look
    limits: FileLimits
    done: list[tuple[int, list[Cell]]]
    inside: _Inside = field(default_factory=_Inside)
    number: int = 0
    column: int = 0
    cells: list[Cell] = field(default_factory=list)
    kind: str = "n"
    style: int = 0
    is_formula: bool = False
    is_value: bool = False
    said: list[str] = field(default_factory=list)

    def start(self, name: str, given: dict[str, str]) -> None:
        short = self.inside.start(name)
        if short == "row":
            self._row(given)
        elif short == "c":
            self._cell(given)
        elif short == "f":
            self.is_formula = True
        self.is_value = short == "v"

    def text(self, words: str) -> None:
        if self.is_value or self.inside.is_text:
            self.said.append(words)

    def end(self, name: str) -> None:
        short = self.inside.end(name)
        self.is_value = False
        if short == "c":
            value = self._value("".join(self.said))
            if value is not None:
                self.cells.extend([None] * (self.column - len(self.cells)))
                self.cells[self.column - 1] = value
        elif short == "row" and self.cells:
            self.done.append((self.number, self.cells))
            self.cells = []

    def _row(self, given: dict[str, str]) -> None:
        number = int(given["r"]) if "r" in given else self.number + 1
        if not self.number < number <= LAST_ROW:
            raise ValueError("rows are not in their order")
        self.number, self.column, self.cells = number, 0, []

    def _cell(self, given: dict[str, str]) -> None:
        place = _COLUMN.fullmatch(given.get("r", ""))
        self.column = self.column + 1 if place is None else _column(place[1])
        if self.column > self.limits.max_columns + 1:
            # Told only of one that holds something: styles reach far beyond what is filled in.
            self.column = self.limits.max_columns + 1
        self.kind, self.style = given.get("t", "n"), int(given.get("s") or 0)
        self.is_formula = False
        self.said.clear()

    def _value(self, said: str) -> Cell:
        if self.kind in ("inlineStr", "str"):
            value: Cell = unescaped(said) if said else None
        elif not said:
            value = NOT_COMPUTED if self.is_formula else None
        elif self.kind == "s":
            value = self.look.texts[int(said)]
        elif self.kind == "b":
            value = bool(int(said))
        elif self.kind == "e":
            value = said
        elif self.kind == "d":
            value = date.fromisoformat(said[:10])
        elif self.style in self.look.dates:
            value = day_of(float(said), self.look.epoch) or "#VALUE!"
        else:
            value = int(said) if _WHOLE.fullmatch(said) else float(said)
        if value is not None and self.column > self.limits.max_columns:
            raise InputError(
                f"The sheet has more than {self.limits.max_columns} columns. Leave out those that "
                "are not needed."
            )
        return value


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - _LETTERS
    return number


_Start = Callable[[str, dict[str, str]], None]
_End = Callable[[str], None]
_Text = Callable[[str], None]


def _parse(part: IO[bytes], start: _Start, end: _End, text: _Text) -> None:
    for _ in _fed(part, start, end, text):
        continue


def _fed(part: IO[bytes], start: _Start, end: _End, text: _Text) -> Iterator[None]:
    """Feed a part to a parser, a piece at a time."""
    parser = expat.ParserCreate(namespace_separator=_NAMESPACE)
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    while piece := part.read(_CHUNK):
        parser.Parse(piece, False)
        yield
    parser.Parse(b"", True)
    yield
