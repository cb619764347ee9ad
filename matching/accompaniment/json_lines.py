"""Lines of JSON objects: where each stands, and the object in it."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from matching.errors import InputError


def json_objects(lines: Iterable[str], *, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each line that is not blank: ``name`` with its number, and the object in it.

    Raises
    ------
    InputError
        Naming ``name`` and the line, and nothing of what is in it: no JSON object.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            where = f"{name}, line {number}"
            yield where, _object(where, line)


def _object(where: str, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: not JSON ({type(error).__name__}); correct it.") from error
    if not isinstance(row, dict):
        raise InputError(f"{where}: a JSON object is needed, not {type(row).__name__}.")
    return row
