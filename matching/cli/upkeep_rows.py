"""Rows of a register for ``duplicates`` and ``stale``: what ``rank`` reads, and who and when.

No message repeats a name, a birth date or a contact: a line of a log must not tell of whom.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from matching.cli.json_lines import apart, json_objects
from matching.errors import InputError
from matching.service.records import can_identify
from matching.upkeep.births import read_day

_TEXTS = ("text", "title", "comune", "name", "company")
_LISTS = ("email", "phone")
_DATES = ("born", "updated", "opens")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """A person or a vacancy of a register; ``where`` names file and line. Fields may be empty."""

    where: str
    id: str
    text: str = field(default="", repr=False)
    title: str = ""
    comune: str = ""
    name: str = field(default="", repr=False)
    company: str = ""
    email: tuple[str, ...] = field(default=(), repr=False)
    phone: tuple[str, ...] = field(default=(), repr=False)
    born: date | None = field(default=None, repr=False)
    updated: date | None = None
    opens: date | None = None


def read_register(path: Path) -> list[RegisterRow]:
    """Rows of a JSON lines file with ``id`` and any of the other fields of a row.

    ``email`` and ``phone`` are a text or a list of texts, ``born``, ``updated`` and ``opens`` dates
    (``2026-03-12`` or ``12/03/2026``). Other fields are left alone.

    Raises
    ------
    InputError
        Naming file and line: a file that cannot be read or is not UTF-8, no row at all, a line
        that is not a JSON object, a field of another type, a date that is none, an identifier
        missing or given twice.
    """
    return apart((_row(where, found) for where, found in json_objects(path)), path)


def _row(where: str, found: dict[str, Any]) -> RegisterRow:
    values: dict[str, Any] = {key: _text(where, key, found.get(key)) for key in _TEXTS}
    values |= {key: _texts(where, key, found.get(key)) for key in _LISTS}
    values |= {key: _date(where, key, found.get(key)) for key in _DATES}
    return RegisterRow(where=where, id=_identifier(where, found.get("id")), **values)


def _identifier(where: str, value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not can_identify(value):
        raise InputError(
            f"{where}: field 'id' is missing, blank, or no text of visible characters; give each "
            "row an identifier."
        )
    return value


def _text(where: str, key: str, value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong(where, key, value, "a text")
    # JSON may hold half a surrogate pair, which is no character and cannot be written.
    return value.encode("utf-8", "replace").decode().strip()


def _texts(where: str, key: str, value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(_text(where, key, item) for item in value)
    text = _text(where, key, value)
    return (text,) if text else ()


def _date(where: str, key: str, value: object) -> date | None:
    text = _text(where, key, value)
    if not text:
        return None
    day = read_day(text)
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise InputError(
            f"{where}: field {key!r} is no date from {_FIRST_YEAR} to {_LAST_YEAR}; write it as "
            "2026-03-12 or 12/03/2026, or leave it out."
        )
    return day


def _wrong(where: str, key: str, value: object, wanted: str) -> InputError:
    return InputError(f"{where}: field {key!r} must be {wanted}, not {type(value).__name__}.")
