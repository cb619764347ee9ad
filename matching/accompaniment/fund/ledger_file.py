"""The ledger in a file: a JSON object a line, each with a digest that runs on from the one before.

Beside the file lies its seal: how many entries it holds, and the digest of the last. A line that
was edited, moved or taken out breaks the run; lines cut off at the end break the seal. Who can
write both can forge both: the digest of the last entry, kept elsewhere (in the minutes of the
committee), is the proof (``expected``).
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matching.accompaniment.fund.book import Book
from matching.accompaniment.fund.ledger import Ledger
from matching.accompaniment.fund.operation_rows import operation_row, read_operation
from matching.domain.fund import Entry
from matching.errors import LedgerError

NOTHING = "0" * 64
"""The digest before the first entry."""

_FIELDS = frozenset({"number", "operation", "postings", "before", "digest"})
_RESTORE = "restore the file from a copy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """How many entries a file holds, and the digest of the last."""

    entries: int = 0
    digest: str = NOTHING


def seal_path(path: Path) -> Path:
    """Where the seal of a ledger's file lies."""
    return path.with_name(path.name + ".seal")


def read_ledger(path: Path, *, expected: str | None = None) -> tuple[Ledger, Seal]:
    """Read a ledger, every entry checked and entered anew.

    A file that holds more than its seal says is good: writing it was interrupted after the entry.

    Parameters
    ----------
    path
        The file; its seal lies beside it.
    expected
        The digest that the last entry must have.

    Raises
    ------
    LedgerError
        Naming file, line and what is wrong: a file or seal that is not there or cannot be read,
        a line that is no entry or was edited, moved or taken out, an operation that is refused,
        entries cut off at the end.
    """
    lines = _lines(path)
    book, digest = Book(), NOTHING
    digests = [digest]
    for number, line in enumerate(lines, start=1):
        where = f"{path}, line {number}"
        row = _object(line, where)
        body = {name: row[name] for name in ("number", "operation", "postings")}
        if row["number"] != number or row["before"] != digest:
            raise LedgerError(f"{where}: does not follow on the line before; {_RESTORE}.")
        digest = _digest(digest, body)
        if row["digest"] != digest:
            raise LedgerError(f"{where}: was changed after it was written; {_RESTORE}.")
        if not isinstance(row["operation"], dict):
            raise LedgerError(f"{where}: operation is no JSON object; {_RESTORE}.")
        book.enter(read_operation(row["operation"], where))
        if len(book.entries) != number or _body(book.entries[-1]) != body:
            raise LedgerError(
                f"{where}: its postings are not those of its operation, or it is there twice; "
                f"{_RESTORE}."
            )
        digests.append(digest)
    _check_seal(path, digests)
    if expected is not None and digest != expected:
        raise LedgerError(
            f"{path}: the last digest is {digest}, not {expected}: entries were cut off or added; "
            "compare with a copy."
        )
    return Ledger(book), Seal(entries=len(lines), digest=digest)


def append_entries(path: Path, ledger: Ledger, seal: Seal) -> Seal:
    """Write the entries of a ledger that its file does not hold yet, after those that it does.

    The caller holds a lock on the file from reading it until this returns.

    Parameters
    ----------
    path
        The file; it is made where there is none.
    ledger
        The ledger, which begins with the entries of the file.
    seal
        The seal of the file as it was read; ``Seal()`` for a file that is to be made.

    Raises
    ------
    LedgerError
        Where the file cannot be written, or holds something that was not read.
    """
    new = ledger.entries[seal.entries :]
    if seal.entries == 0 and path.exists() and path.stat().st_size:
        raise LedgerError(f"{path}: is there already, and was not read; read it first.")
    digest = seal.digest
    text = ""
    for entry in new:
        body = _body(entry)
        row = {**body, "before": digest, "digest": (after := _digest(digest, body))}
        text += json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"
        digest = after
    made = Seal(entries=seal.entries + len(new), digest=digest)
    try:
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        partial = seal_path(path).with_name(f".{path.name}.{os.getpid()}.seal")
        partial.write_text(
            json.dumps({"entries": made.entries, "digest": made.digest}) + "\n", "utf-8"
        )
        partial.replace(seal_path(path))
    except OSError as error:
        raise LedgerError(
            f"{path}: cannot be written: {error.strerror}; choose another."
        ) from error
    return made


def _lines(path: Path) -> list[str]:
    text = _text(path)
    if text and not text.endswith("\n"):
        raise LedgerError(f"{path}: the last line is not whole: it was cut; {_RESTORE}.")
    return text.split("\n")[:-1]


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise LedgerError(f"{path}: cannot be read: {error.strerror}; name the ledger.") from error
    except UnicodeDecodeError as error:
        raise LedgerError(f"{path}: not UTF-8 at byte {error.start}; {_RESTORE}.") from error


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise LedgerError(f"{where}: is no JSON; {_RESTORE}.") from error
    if not isinstance(row, dict) or set(row) != _FIELDS:
        raise LedgerError(f"{where}: is no entry of a ledger; {_RESTORE}.")
    return row


def _check_seal(path: Path, digests: list[str]) -> None:
    seal = seal_path(path)
    row = _seal_row(_text(seal), seal)
    entries, digest = row.get("entries"), row.get("digest")
    if type(entries) is not int or entries < 0 or not isinstance(digest, str):
        raise LedgerError(f"{seal}: is no seal; {_RESTORE}.")
    if entries >= len(digests):
        raise LedgerError(
            f"{path}: holds {len(digests) - 1} entries, its seal says {entries}: some were cut "
            f"off; {_RESTORE}."
        )
    if digests[entries] != digest:
        raise LedgerError(f"{path}: is not the file that was sealed; {_RESTORE}.")


def _seal_row(text: str, seal: Path) -> Mapping[str, Any]:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise LedgerError(f"{seal}: is no JSON; {_RESTORE}.") from error
    if not isinstance(row, dict):
        raise LedgerError(f"{seal}: is no seal; {_RESTORE}.")
    return row


def _body(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "operation": operation_row(entry.operation),
        "postings": [
            [str(one.account.kind), one.account.hub, one.account.line, one.cents]
            for one in entry.postings
        ],
    }


def _digest(before: str, body: Mapping[str, Any]) -> str:
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()
