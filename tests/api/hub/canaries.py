"""Somebody who is nobody: put wherever there is room, looked for wherever she may not be."""

import base64
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

GIVEN, FAMILY = "Zefirina", "Canarelli"
PHONE = "3479801562"
MAIL = "zefirina@canarini.example"
TAX_CODE = "CNRZFR80A41E507Q"
NOTE = "ha visto un ramarro turchino"
ALL = f"{GIVEN} {FAMILY}, {PHONE}, {MAIL}, {TAX_CODE}: {NOTE}"
"""Everything that tells who she is, in one line."""

HIRING = "Ornitorinca Frullini, 3319807264"
"""Whom to ask at a company: nobody whom a hub follows."""

_ENCODED = base64.b64encode(ALL.encode()).decode()
HERS = (GIVEN, FAMILY, PHONE, "canarini.example", TAX_CODE, NOTE, _ENCODED[:24])
WORDS = (*HERS, *HIRING.split(", "))
_NAMED = {
    "given_name": GIVEN, "family_name": FAMILY, "email": MAIL, "phone": PHONE, "content": _ENCODED,
    "username": MAIL,
}  # fmt: skip
_NOBODY: Mapping[str, str] = MappingProxyType({})
_PROSE = 12  # characters from which on a text of an example is one that somebody writes freely


def found_in(content: bytes | str, words: Sequence[str] = WORDS) -> list[str]:
    """The words that tell who somebody is, of those that some content holds."""
    data = content.encode() if isinstance(content, str) else content
    low = data.lower()
    return [word for word in words if word.lower().encode() in low]


def files_with_her(folder: Path) -> Iterator[tuple[Path, list[str]]]:
    """Every file below a folder that holds any of her words."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and (words := found_in(path.read_bytes(), HERS)):
            yield path, words


def kindly(value: Any, more: str = ALL, known: Mapping[str, str] = _NOBODY, key: str = "") -> Any:
    """A body with somebody in every text that is written freely: it can still be taken.

    ``known`` are identifiers of what there is, by the name of their fields.
    """
    if isinstance(value, dict):
        return {name: kindly(one, more, known, name) for name, one in value.items()}
    if isinstance(value, list):
        return [kindly(one, more, known, key) for one in value]
    if not isinstance(value, str):
        return value
    if key in known:
        return known[key]
    if key in _NAMED and more == ALL:  # a company's are written freely
        return _NAMED[key]
    return f"{value} {more}" if len(value) >= _PROSE and " " in value else value


def harshly(value: Any) -> Any:
    """A body with her in every text, and in fields that there are not."""
    if isinstance(value, dict):
        return {**{name: harshly(one) for name, one in value.items()}, f"{GIVEN} {FAMILY}": ALL}
    if isinstance(value, list):
        return [*(harshly(one) for one in value), ALL]
    return ALL if isinstance(value, str) else value
