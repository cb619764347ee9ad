"""JSON lines as people give them: an object a line, errors by file and line."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol, TypeVar

from matching.errors import InputError


class Placed(Protocol):
    """A row that knows its identifier, and the file and line it came from."""

    @property
    def id(self) -> str:
        """The identifier."""

    @property
    def where(self) -> str:
        """File and line."""


_Row = TypeVar("_Row", bound=Placed)


def json_objects(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each line that is not blank: where it stands, and the object in it.

    Raises
    ------
    InputError
        Naming file and line, and nothing of what is in it: a file that cannot be read or is not
        UTF-8, a line that is not a JSON object.
    """
    try:
        content = path.read_text("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8.") from error
    for number, line in enumerate(content.split("\n"), start=1):
        if line.strip():
            where = f"{path}, line {number}"
            yield where, _object(where, line)


def apart(rows: Iterable[_Row], path: Path) -> list[_Row]:
    """The rows, of which each must have an identifier of its own, and one must be there.

    Raises
    ------
    InputError
        Naming both lines of an identifier given twice, or the file without rows.
    """
    found: list[_Row] = []
    first: dict[str, str] = {}
    for row in rows:
        if row.id in first:
            raise InputError(
                f"{row.where}: id {row.id!r} is already in {first[row.id]}; "
                "identifiers must differ."
            )
        first[row.id] = row.where
        found.append(row)
    if not found:
        raise InputError(f"{path}: no rows; one JSON object per line is needed.")
    return found


def _object(where: str, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"{where}: not JSON ({error.msg}, column {error.colno}).") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: JSON that no reader takes ({type(error).__name__}).") from error
    if not isinstance(row, dict):
        raise InputError(f"{where}: a JSON object is needed, not {type(row).__name__}.")
    return row
