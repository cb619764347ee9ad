"""Who was erased, by pseudonym, in a file outside the database: one line for each.

The erasure adds a line; a restored backup, which knows those people still, is gone over with it.
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from matching.errors import StoreError

_PSEUDONYM = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def note_erased(path: Path, pseudonym: str) -> None:
    """Add a pseudonym, on the disk before this returns.

    Raises
    ------
    StoreError
        Where it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(descriptor, f"{pseudonym}\n".encode("ascii"))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise StoreError(
            f"{path}: who is erased cannot be noted there: {error.strerror}. Make room, and erase "
            "again: a restored backup would bring the person back."
        ) from error


def note_missing(path: Path, pseudonyms: Iterable[str]) -> None:
    """Add those of some pseudonyms that the file does not have yet; see :func:`note_erased`."""
    for pseudonym in sorted({*pseudonyms} - read_erased(path)):
        note_erased(path, pseudonym)


def read_erased(path: Path) -> frozenset[str]:
    """The pseudonyms of a file; none where there is no file.

    Raises
    ------
    StoreError
        Where it cannot be read, or a line is no pseudonym.
    """
    try:
        lines = path.read_text(encoding="ascii").split("\n")
    except FileNotFoundError:
        return frozenset()
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{path}: who was erased cannot be read: {error}.") from error
    found = [line.strip() for line in lines]
    for place, line in enumerate(found, start=1):
        if line and not _PSEUDONYM.fullmatch(line):
            raise StoreError(f"{path}, line {place}: this is no pseudonym. Correct or remove it.")
    return frozenset(filter(None, found))
