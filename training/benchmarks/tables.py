"""Tables of published sets: tab-separated rows without a header, gzipped or not."""

import gzip
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from matching.errors import InputError


def table_rows(path: Path, fields: int) -> Iterator[tuple[str, list[str]]]:
    """Where each row stands, and its fields; blank lines are left out.

    Raises
    ------
    InputError
        Naming file and line: it cannot be read, or has another number of fields.
    """
    for number, line in enumerate(file_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        row = line.rstrip("\r").split("\t")
        if len(row) != fields:
            raise InputError(f"{path}, line {number}: {len(row)} fields; {fields} are needed.")
        yield f"{path}, line {number}", row


def file_text(path: Path) -> str:
    """The text of a file, unpacked if its name ends in ``.gz``.

    Raises
    ------
    InputError
        When it cannot be read.
    """
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text: {error}.") from error


def digests(paths: Iterable[Path]) -> Mapping[str, str]:
    """SHA-256 of files by their names."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
