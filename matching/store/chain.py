"""The chain of the journal: each entry's code covers what it says and the code before it.

HMAC-SHA256 with the journal's own key: whoever can write to the database but has no key cannot
make an entry that fits. What a chain alone cannot show, a cut tail or a journal wiped and begun
anew, shows against the heads that are kept outside the database (:mod:`matching.store.anchor`).
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

NOTHING = "0" * 64
"""The code before the first entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry. ``detail`` is canonical JSON without a name, a text or an address in it."""

    number: int
    hub: str
    at: datetime
    actor: str
    role: str
    act: str
    subject_kind: str
    subject: str | None
    detail: str
    request: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where a chain stands: its last entry's number and code."""

    number: int = 0
    mac: str = NOTHING


def code_of(entry: Entry, previous: str, key: bytes) -> str:
    """The code of an entry after that of the entry before it."""
    said = [
        entry.number, entry.hub, entry.at.isoformat(timespec="microseconds"), entry.actor,
        entry.role, entry.act, entry.subject_kind, entry.subject, entry.detail, entry.request,
        previous,
    ]  # fmt: skip
    content = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return hmac.new(key, content, hashlib.sha256).hexdigest()


def broken(
    entries: Iterable[tuple[Entry, str]], start: Head, key: bytes
) -> Iterator[tuple[int, str]]:
    """What is wrong with a chain: the number of an entry and a sentence, each break once.

    ``start`` is the head that the first entry follows; entries come in the order of their numbers.
    """
    number, previous = start.number, start.mac
    for entry, mac in entries:
        if entry.number != number + 1:
            yield entry.number, f"entries {number + 1} to {entry.number - 1} are missing"
        elif not hmac.compare_digest(code_of(entry, previous, key), mac):
            yield entry.number, f"entry {entry.number} was edited, moved or put in"
        number, previous = entry.number, mac


def canonical(content: object) -> str:
    """JSON that equal contents share: keys sorted, no blanks, no NaN."""
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
