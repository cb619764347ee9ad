"""The journal in the database: added to within the act's own transaction, verified from end to end.

Whoever adds an entry holds the head's row (PostgreSQL) or the whole database (SQLite) until the
act is committed, so that two entries never follow the same one.
"""

import hmac
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from matching.errors import JournalError
from matching.store.anchor import Anchor
from matching.store.chain import Entry, Head, broken, canonical, code_of
from matching.store.statements import added_to
from matching.store.tables import installation, journal, journal_head

START = "journal_start"
"""The fact of the installation that says after which head the kept entries begin."""

_PAGE = 5_000
_SAID = tuple(one.name for one in fields(Entry))
_HELD = sa.select(journal_head.c.number, journal_head.c.mac).with_for_update()
_MOVED = sa.update(journal_head).values(
    number=sa.bindparam("to_number"), mac=sa.bindparam("to_mac")
)


def append(connection: Connection, entries: Sequence[Entry], key: bytes) -> Head:
    """Add entries after the last one, in their order, each given its number; the new head.

    Raises
    ------
    JournalError
        Where the journal was never begun.
    """
    held = connection.execute(_HELD).one_or_none()
    if held is None:
        raise JournalError("The journal has no head. Was the database made with valoriamo init?")
    head = Head(number=held.number, mac=held.mac)
    rows = []
    for entry in entries:
        placed = replace(entry, number=head.number + 1)
        head = Head(number=placed.number, mac=code_of(placed, head.mac, key))
        rows.append({**{name: getattr(placed, name) for name in _SAID}, "mac": head.mac})
    connection.execute(added_to(journal), rows)
    connection.execute(_MOVED, {"to_number": head.number, "to_mac": head.mac})
    return head


def hold(connection: Connection) -> None:
    """Be the only one who adds entries until the transaction ends; waits for whoever is."""
    connection.execute(_HELD)


def head_of(connection: Connection) -> Head:
    """The journal's last entry, as its head says."""
    held = connection.execute(sa.select(journal_head.c.number, journal_head.c.mac)).one_or_none()
    return Head() if held is None else Head(number=held.number, mac=held.mac)


def last_moment(connection: Connection) -> datetime | None:
    """When the last entry says that it was made; None without any."""
    last = sa.select(journal.c.at).order_by(journal.c.number.desc()).limit(1)
    return connection.execute(last).scalar_one_or_none()


def entries(connection: Connection, *, after: int = 0) -> Iterator[tuple[Entry, str]]:
    """The entries after a number, in their order, with their codes."""
    while True:
        rows = connection.execute(
            sa.select(journal).where(journal.c.number > after).order_by(journal.c.number)
            .limit(_PAGE)
        ).all()  # fmt: skip
        for row in rows:
            after = row.number
            yield (
                Entry(
                    number=row.number, hub=row.hub, at=row.at, actor=row.actor, role=row.role,
                    act=row.act, subject_kind=row.subject_kind, subject=row.subject,
                    detail=row.detail, request=row.request,
                ),
                row.mac,
            )  # fmt: skip
        if len(rows) < _PAGE:
            return


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a verification found: how many entries hold together, and every break."""

    entries: int
    head: Head
    problems: tuple[str, ...]


def verify(connection: Connection, key: bytes, anchor: Anchor) -> Verdict:
    """Verify the whole journal against itself, its head, and the heads kept outside."""
    head = head_of(connection)
    start, problems = _start(connection, key)
    heads: dict[int, set[str]] = {}
    for one in anchor.heads():
        heads.setdefault(one.number, set()).add(one.mac)
    for number in sorted(number for number, macs in heads.items() if len(macs) > 1):
        problems.append(f"there were two entries {number}: the journal was forked")
    count, last = 0, start

    def read() -> Iterator[tuple[Entry, str]]:
        nonlocal count, last
        for entry, mac in entries(connection):
            count += 1
            last = Head(number=entry.number, mac=mac)
            outside = heads.get(entry.number)
            if outside is not None and mac not in outside:
                problems.append(f"entry {entry.number} is not the one noted outside the database")
            yield entry, mac

    found = [said for _, said in broken(read(), start, key)]
    if last != head:
        found.append(
            f"the last entry is {last.number}, the head says {head.number}: the tail was cut"
            if last.number < head.number
            else f"entry {last.number} stands after the head, or the head was changed"
        )
    latest = max(heads, default=0)
    if latest > last.number:
        found.append(
            f"entry {latest} was noted outside the database and is not in it: the tail was cut, "
            "or the journal was wiped"
        )
    if not heads and count:
        found.append("no head was noted outside the database: a cut tail could not be seen")
    return Verdict(entries=count, head=head, problems=(*problems, *found))


def beside_anchor(connection: Connection, key: bytes, anchor: Anchor) -> tuple[str, ...]:
    """What the last entry alone shows against its head and the last head kept outside.

    Quick, for whoever is about to serve; :func:`verify` reads the whole.
    """
    head = head_of(connection)
    start, problems = _start(connection, key)
    noted = max(anchor.heads(), key=lambda one: one.number, default=Head())
    last = connection.execute(
        sa.select(journal.c.number, journal.c.mac).order_by(journal.c.number.desc()).limit(1)
    ).one_or_none()
    found = start if last is None else Head(number=last.number, mac=last.mac)
    if found != head:
        problems.append(f"the last entry is {found.number}, the head says {head.number}")
    if noted.number > found.number:
        problems.append(f"entry {noted.number} was noted outside the database and is not in it")
    elif noted.number > start.number:
        mac = connection.execute(
            sa.select(journal.c.mac).where(journal.c.number == noted.number)
        ).scalar_one_or_none()
        if mac != noted.mac:
            problems.append(f"entry {noted.number} is not the one noted outside the database")
    return tuple(problems)


def purge(connection: Connection, before: datetime, key: bytes, now: datetime) -> int:
    """Delete the entries before a moment, and note, sealed, where the rest begins; how many.

    The caller sees to it that ``before`` leaves what the law wants kept. Where the clock jumped
    back once, entries after the first that is kept stay, whatever day they say.
    """
    kept = sa.select(sa.func.min(journal.c.number)).where(journal.c.at >= before).scalar_subquery()
    last = connection.execute(
        sa.select(journal.c.number, journal.c.mac)
        .where(sa.or_(kept.is_(None), journal.c.number < kept))
        .order_by(journal.c.number.desc()).limit(1)
    ).one_or_none()  # fmt: skip
    if last is None:
        return 0
    noted = {"number": last.number, "mac": last.mac, "seal": _seal(last.number, last.mac, key)}
    connection.execute(sa.delete(installation).where(installation.c.name == START))
    connection.execute(
        sa.insert(installation).values(name=START, value=canonical(noted), changed_at=now)
    )
    gone = connection.execute(sa.delete(journal).where(journal.c.number <= last.number))
    return int(gone.rowcount)


def _start(connection: Connection, key: bytes) -> tuple[Head, list[str]]:
    text = connection.execute(
        sa.select(installation.c.value).where(installation.c.name == START)
    ).scalar_one_or_none()
    if text is None:
        return Head(), []
    noted = json.loads(text)
    head = Head(number=int(noted["number"]), mac=str(noted["mac"]))
    fits = hmac.compare_digest(str(noted["seal"]), _seal(head.number, head.mac, key))
    return head, [] if fits else ["where the kept entries begin was changed: older ones were cut"]


def _seal(number: int, mac: str, key: bytes) -> str:
    return hmac.new(key, f"{START}\0{number}\0{mac}".encode(), "sha256").hexdigest()
