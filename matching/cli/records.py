"""Rows given to commands and rows that they write: JSON lines in, JSON lines or scores out."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from matching.cli.json_lines import apart, json_objects
from matching.domain import Extraction
from matching.errors import DocumentError, InputError

if TYPE_CHECKING:
    import pandas as pd

_FIELDS = {"id": True, "text": True, "title": False, "comune": False}  # name -> required
_DECIMALS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRecord:
    """One row of a persons or vacancies file; ``where`` names file and line.

    ``comune`` is None where the row has none, or a blank one.
    """

    where: str
    id: str
    text: str
    title: str = ""
    comune: str | None = None


def read_records(path: Path) -> list[TextRecord]:
    """Rows of a JSON lines file with ``id``, ``text``, optional ``title`` and ``comune``.

    Raises
    ------
    InputError
        Naming file and line: a file that cannot be read or is not UTF-8, no row at all, a line
        that is not a JSON object, a field missing or of another type, an identifier given twice.
    """
    return apart((_record(where, row) for where, row in json_objects(path)), path)


def _record(where: str, row: dict[str, Any]) -> TextRecord:
    # Imported here: most commands print rows and read none, and this takes seconds.
    from matching.service.records import can_identify

    values = dict(_values(where, row))
    if not can_identify(values["id"]):
        raise InputError(
            f"{where}: id {values['id']!r} is blank, or holds a tab, a line break or another "
            "control character; give an identifier of visible characters."
        )
    if not values.get("comune", "x").strip():
        del values["comune"]
    return TextRecord(where=where, **values)


def _values(where: str, row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for field, is_required in _FIELDS.items():
        value = row.get(field)
        if value is None and not is_required:
            continue
        if field not in row:
            raise InputError(f"{where}: field {field!r} is missing.")
        if field == "id" and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            raise InputError(f"{where}: field {field!r} must be a text, not {value!r}.")
        # JSON may hold half a surrogate pair, which is no character and cannot be written.
        yield field, value if field == "id" else value.encode("utf-8", "replace").decode()


def extraction_row(file: Path, extraction: Extraction, *, ocr: bool = False) -> dict[str, Any]:
    """An extraction in the form of the ``extract --json`` contract; ``ocr`` stands where true."""
    return {
        "file": _name(file),
        "status": "ok",
        **({"ocr": True} if ocr else {}),
        "language": extraction.language,
        "skills": [_plain(asdict(item)) for item in extraction.skills],
        "occupations": [_plain(asdict(item)) for item in extraction.occupations],
        "facts": _plain(asdict(extraction.facts)),
    }


def error_row(file: Path, error: DocumentError) -> dict[str, Any]:
    """A refused document in the form of the ``extract --json`` contract."""
    return {
        "file": _name(file),
        "status": "error",
        "error": {"code": str(error.code), "message": error.message},
    }


def json_line(row: object) -> bytes:
    """A row as one line of JSON in UTF-8, whatever the terminal speaks; without line break."""
    return json.dumps(row, ensure_ascii=False).encode("utf-8")


def write_scores(scores: "pd.DataFrame", file: TextIO) -> None:
    """Write the header and one line per pair, tab-separated, nothing quoted."""
    file.write("\t".join(scores.columns) + "\n")
    for row in scores.itertuples(index=False):
        cells = (f"{cell:.{_DECIMALS}f}" if isinstance(cell, float) else str(cell) for cell in row)
        file.write("\t".join(cells) + "\n")


def _name(file: Path) -> str:
    """The path as given; bytes that are not UTF-8 are replaced."""
    return os.fsencode(file).decode("utf-8", "replace")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, StrEnum) else value
