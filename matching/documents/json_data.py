"""JSON that may come from anywhere -> values, or a refusal."""

import json
from typing import Any

from matching.domain import DocumentErrorCode
from matching.errors import DocumentError

_LONGEST_INTEGER = 18


def load_json(text: str) -> Any:
    """Parse a JSON document; repeated keys keep the last value, line breaks in strings stay.

    Raises
    ------
    DocumentError
        ``corrupt`` for text that is not JSON, or nests too deep.
    """
    try:
        return json.loads(text, strict=False, parse_int=_integer, parse_constant=_nothing)
    except ValueError as error:
        raise DocumentError(
            DocumentErrorCode.CORRUPT,
            f"The file is not valid JSON ({error}). Export it again, or send the document as PDF.",
        ) from error
    except RecursionError as error:
        raise DocumentError(
            DocumentErrorCode.CORRUPT,
            "The JSON nests its parts too deep to be a document. Export it again, or as PDF.",
        ) from error


def _integer(digits: str) -> int | str:
    # A million digits take minutes to become a number, and mean nothing here.
    return int(digits) if len(digits) <= _LONGEST_INTEGER else digits


def _nothing(_: str) -> None:
    """Read NaN and the infinities, which JSON does not know, as nothing."""


def said(value: Any) -> str:
    """Return a value as text: numbers written out, anything that is no single value empty.

    >>> said(2), said(1500.0), said(" a "), said(None), said(True), said(["a"])
    ('2', '1500', 'a', '', '', '')
    """
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return f"{value:g}" if isinstance(value, float) and value < 1e15 else str(value)


def texts(value: Any) -> list[str]:
    """Return the texts of a value or of a list of values, in order."""
    found = (said(one) for one in (value if isinstance(value, list) else [value]))
    return [text for text in found if text]


def objects(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a value or of a list of values, in order."""
    listed = value if isinstance(value, list) else [value]
    return [one for one in listed if isinstance(one, dict)]
