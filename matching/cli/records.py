"""Files given to commands: JSON lines in, JSON lines out, with errors that say which line."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from matching.domain import DocumentErrorCode, Extraction
from matching.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRecord:
    """One row of a persons or vacancies file."""

    line: int
    id: str
    text: str
    title: str = ""
    comune: str | None = None


def read_records(path: Path) -> list[TextRecord]:
    """Rows of a JSON lines file with ``id``, ``text``, optional ``title`` and ``comune``.

    Raises
    ------
    InputError
        Naming file and line: a file that is not there or not UTF-8, a line that is not a JSON
        object, a field missing or of another type, an identifier given twice.
    """
    try:
        content = path.read_text("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8.") from error
    records = list(_parse(path, content))
    if not records:
        raise InputError(f"{path}: no rows; one JSON object per line is needed.")
    seen: dict[str, int] = {}
    for record in records:
        if record.id in seen:
            raise InputError(
                f"{path}, line {record.line}: id {record.id!r} is already on line "
                f"{seen[record.id]}; identifiers must differ."
            )
        seen[record.id] = record.line
    return records


def _parse(path: Path, content: str) -> Iterator[TextRecord]:
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{where}: not JSON ({error.msg}, column {error.colno}).") from error
        if not isinstance(row, dict):
            raise InputError(f"{where}: a JSON object is needed, not {type(row).__name__}.")
        values: dict[str, Any] = {}
        for field, required in (("id", True), ("text", True), ("title", False), ("comune", False)):
            value = row.get(field)
            if field == "id" and isinstance(value, int) and not isinstance(value, bool):
                value = str(value)
            if value is None and not required:
                continue
            if not isinstance(value, str):
                raise InputError(f"{where}: field {field!r} must be a text, not {value!r}.")
            if field == "id" and (not value or any(mark in value for mark in "\t\r\n")):
                raise InputError(f"{where}: id {value!r} is empty or holds a tab or line break.")
            values[field] = value
        yield TextRecord(line=number, **values)


def extraction_row(file: str, extraction: Extraction) -> dict[str, Any]:
    """An extraction in the form of the ``extract --json`` contract."""
    return {
        "file": file,
        "status": "ok",
        "language": extraction.language,
        "skills": [_plain(asdict(item)) for item in extraction.skills],
        "occupations": [_plain(asdict(item)) for item in extraction.occupations],
        "facts": _plain(asdict(extraction.facts)),
    }


def error_row(file: str, code: DocumentErrorCode, message: str) -> dict[str, Any]:
    """A refused document in the form of the ``extract --json`` contract."""
    return {"file": file, "status": "error", "error": {"code": str(code), "message": message}}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, StrEnum) else value
