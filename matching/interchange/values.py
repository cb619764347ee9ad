"""A cell -> the value of a field, or what is wrong with it. Dates day first, decimals by comma."""

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from matching.interchange.fields import Field, ValueKind
from matching.interchange.problems import ProblemCode
from matching.interchange.refused import normal_heading
from matching.interchange.table import Cell

Answer = str | int | float | bool | date

# A cell that says that something is not known; "no" is an answer.
_UNKNOWN = frozenset({"", "-", "--", "?", "n.d.", "nd", "n/d", "n.a.", "na", "non so", "non noto"})
_BROKEN = frozenset(
    {"#N/A", "#N/D", "#REF!", "#RIF!", "#NAME?", "#NOME?", "#VALUE!", "#VALORE!", "#DIV/0!",
     "#NUM!", "#NULL!", "#NULLO!"}
)  # fmt: skip
_YES = frozenset({"si", "s", "yes", "y", "true", "vero", "1", "x"})
_NO = frozenset({"no", "n", "false", "falso", "0"})
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?: 0{1,2}[:.]00(?:[:.]00)?)?")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_SHORT_YEAR = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2}")
_WHOLE = re.compile(r"-?\d{1,9}(?:[.,]0+)?")
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+(?:,0+)?")
_NUMBER = re.compile(r"-?\d{1,9}(?:[.,]\d{1,9})?")
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s.,;<>\"]{2,}")
_TELEPHONE = re.compile(r"\+?[\d\s./()\-]{5,30}")
_LEAST_DIGITS = 5
_IDENTIFIER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FIRST_YEAR = 1900
_MOST_AHEAD = 10  # years; a deadline beyond it is a slip
# Control characters, but for tabs and line breaks where a text may have them, and half characters.
_STRANGE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_STRANGE_IN_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_WORDY = frozenset({ValueKind.LINE, ValueKind.TEXT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """Who knows the places that cells name: each gives an identifier, None for no such place.

    ``municipality`` gives ISTAT codes, ``point`` the welfare points of the hub.
    """

    municipality: Callable[[str], str | None]
    point: Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Cannot:
    """What is wrong with a cell, and what would be right."""

    code: ProblemCode
    detail: str = ""


def read_value(
    cell: Cell, field: Field, *, as_of: date, places: Gazetteer
) -> Answer | Cannot | None:
    """The value of a cell, None where it is blank, or what is wrong with it."""
    text = _text(cell)
    if text in _BROKEN:
        return Cannot(ProblemCode.BROKEN_CELL)
    if not text or (field.kind is not ValueKind.TEXT and text.casefold() in _UNKNOWN):
        return Cannot(ProblemCode.MISSING) if field.is_required else None
    if (_STRANGE_IN_TEXT if field.kind in _WORDY else _STRANGE).search(text):
        return Cannot(ProblemCode.STRANGE_CHARACTERS)
    if len(text) > field.longest:
        return Cannot(ProblemCode.TOO_LONG, str(field.longest))
    match field.kind:
        case ValueKind.DATE:
            return _date(cell, text, field, as_of)
        case ValueKind.WHOLE | ValueKind.SHARE:
            return _number(cell, text, field)
        case ValueKind.YES_NO:
            return _yes_no(cell, text)
        case ValueKind.CHOICE:
            return _choice(text, field)
        case ValueKind.MUNICIPALITY:
            return places.municipality(text) or Cannot(ProblemCode.UNKNOWN_MUNICIPALITY)
        case ValueKind.POINT:
            return places.point(text) or Cannot(ProblemCode.UNKNOWN_POINT)
        case ValueKind.EMAIL:
            fits = _EMAIL.fullmatch(text) is not None
            return text if fits else Cannot(ProblemCode.NOT_AN_EMAIL)
        case ValueKind.TELEPHONE:
            digits = sum(one.isdigit() for one in text)
            fits = _TELEPHONE.fullmatch(text) is not None and digits >= _LEAST_DIGITS
            return " ".join(text.split()) if fits else Cannot(ProblemCode.NOT_A_TELEPHONE)
        case ValueKind.IDENTIFIER:
            fits = _IDENTIFIER.fullmatch(text.lower()) is not None
            return text.lower() if fits else Cannot(ProblemCode.NOT_AN_IDENTIFIER)
        case ValueKind.LINE:
            return " ".join(text.split())
        case ValueKind.TEXT:
            return text


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and math.isfinite(cell) and cell == int(cell):
        return str(int(cell))  # a workbook keeps 3331234567 as 3331234567.0
    text = str(cell)
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).strip()


def _date(cell: Cell, text: str, field: Field, as_of: date) -> date | Cannot:
    if isinstance(cell, date):
        found: date | None = cell
    elif parts := _DAY_FIRST.fullmatch(text):
        found = _day(int(parts[3]), int(parts[2]), int(parts[1]))
    elif parts := _YEAR_FIRST.fullmatch(text):
        found = _day(int(parts[1]), int(parts[2]), int(parts[3]))
    elif _SHORT_YEAR.fullmatch(text):
        return Cannot(ProblemCode.SHORT_YEAR)
    else:
        found = None
    if found is None:
        return Cannot(ProblemCode.NOT_A_DATE)
    if found.year < _FIRST_YEAR:
        return Cannot(ProblemCode.TOO_LONG_AGO)
    if (field.is_past and found > as_of) or found.year > as_of.year + _MOST_AHEAD:
        return Cannot(ProblemCode.IN_THE_FUTURE)
    return found


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(cell: Cell, text: str, field: Field) -> int | float | Cannot:
    if isinstance(cell, bool):
        return Cannot(ProblemCode.NOT_A_NUMBER)
    if field.kind is ValueKind.WHOLE:
        if _THOUSANDS.fullmatch(text):
            text = text.replace(".", "")
        if not _WHOLE.fullmatch(text):
            return Cannot(ProblemCode.NOT_A_NUMBER)
        value: int | float = int(float(text.replace(",", ".")))
    elif not _NUMBER.fullmatch(text):
        return Cannot(ProblemCode.NOT_A_NUMBER)
    else:
        value = float(text.replace(",", "."))
    if not field.low <= value <= field.high:
        return Cannot(ProblemCode.OUT_OF_RANGE, f"{field.low}-{field.high}")
    return value


def _yes_no(cell: Cell, text: str) -> bool | Cannot:
    if isinstance(cell, bool):
        return cell
    word = normal_heading(text)
    if word in _YES:
        return True
    return False if word in _NO else Cannot(ProblemCode.NOT_YES_OR_NO)


def _choice(text: str, field: Field) -> str | Cannot:
    found = field.choices.get(normal_heading(text))
    if found is None:
        return Cannot(ProblemCode.NOT_A_CHOICE, ", ".join(field.choices))
    return found
