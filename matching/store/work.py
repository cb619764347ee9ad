"""Work on the database: one transaction, over the rows of some hubs, with its trace in the journal.

Every statement on a table with a column ``hub`` is made through :class:`Work`, which adds the hubs
that the actor may see: a row of another hub is not found, as if it were not there.
"""

import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from matching.domain.access import EVERYWHERE, Act, Actor
from matching.domain.days import day_at
from matching.errors import StaleError, UnknownError
from matching.store import journal
from matching.store.chain import Entry, Head, canonical
from matching.store.keyring import Keyring
from matching.store.sealing import seal, search_word, unseal
from matching.store.statements import added_to, chosen_among, chosen_by, of_many, seeing

_SHARED = "shared"
Values = Mapping[str, Any]


@dataclass(slots=True)
class Work:
    """One transaction of somebody. Made by :meth:`matching.store.Store.reading` and ``writing``.

    ``now`` is one moment for all of it, in UTC, and ``today`` its day at the hubs. What it changes
    must be told to the journal, or it is not committed. Work that only reads has its entries
    ``noted``, to be committed before it is over.
    """

    connection: Connection = field(repr=False)
    actor: Actor
    ring: Keyring = field(repr=False)
    now: datetime
    request: str | None = None
    changed: bool = False
    head: Head | None = None
    noted: list[Entry] | None = None

    @property
    def today(self) -> date:
        """The day that it is at the hubs."""
        return day_at(self.now)

    # ---- rows -------------------------------------------------------------------------------

    def seen(self, table: sa.Table) -> sa.ColumnElement[bool]:
        """The condition that a row is of a hub that the actor may see."""
        if "hub" not in table.c:
            return sa.true()
        return of_many(table.c.hub.in_(sorted(self.actor.hubs)))

    def rows(
        self,
        table: sa.Table,
        *conditions: sa.ColumnElement[bool],
        columns: Sequence[sa.ColumnElement[Any]] = (),
        order: Sequence[Any] = (),
        limit: int | None = None,
    ) -> Sequence[Row[Any]]:
        """The rows of a table that can be seen and meet the conditions."""
        chosen = sa.select(*(columns or table.c)).select_from(table)
        chosen = chosen.where(self.seen(table), *conditions).order_by(*order)
        return self.connection.execute(chosen if limit is None else chosen.limit(limit)).all()

    def first(self, table: sa.Table, *conditions: sa.ColumnElement[bool]) -> Row[Any] | None:
        """The row that meets the conditions, None without one."""
        found = self.rows(table, *conditions, limit=1)
        return found[0] if found else None

    def by(self, table: sa.Table, **values: object) -> Row[Any] | None:
        """The row that can be seen with these values, None without one.

        What :meth:`first` finds by equal values, in a tenth of the time: for what is read with
        every request. A value is not None.
        """
        found = self.rows_by(table, **values)
        return found[0] if found else None

    def rows_by(self, table: sa.Table, **values: object) -> Sequence[Row[Any]]:
        """All rows that can be seen with these values; see :meth:`by`."""
        chosen = chosen_by(table, tuple(values), len(self.actor.hubs))
        return self.connection.execute(chosen, self._seeing(table, values)).all()

    def rows_among(
        self, table: sa.Table, name: str, some: Sequence[str], *, columns: tuple[str, ...] = ()
    ) -> Sequence[Row[Any]]:
        """The rows that can be seen whose column is one of some values; see :meth:`by`."""
        chosen = chosen_among(table, name, columns, len(self.actor.hubs))
        return self.connection.execute(chosen, self._seeing(table, {name: some})).all()

    def _seeing(self, table: sa.Table, values: Values) -> dict[str, Any]:
        return {**values, **seeing(self.actor.hubs)} if "hub" in table.c else dict(values)

    def one(self, table: sa.Table, *conditions: sa.ColumnElement[bool]) -> Row[Any]:
        """The row that meets the conditions.

        Raises
        ------
        UnknownError
            Where there is none, or it is another hub's.
        """
        row = self.first(table, *conditions)
        if row is None:
            raise UnknownError(f"There is no such entry among {table.name}.")
        return row

    def hold(self, table: sa.Table, *conditions: sa.ColumnElement[bool]) -> None:
        """Let nobody else hold or change these rows until this transaction ends.

        For what is added after having looked at what is there: two that do queue, and the second
        sees what the first did. SQLite lets in one writer at a time, and needs nothing.
        """
        chosen = sa.select(*table.primary_key).where(self.seen(table), *conditions)
        self.connection.execute(chosen.with_for_update()).all()

    def count(self, table: sa.Table, *conditions: sa.ColumnElement[bool]) -> int:
        """How many rows can be seen and meet the conditions."""
        chosen = sa.select(sa.func.count()).select_from(table)
        return int(
            self.connection.execute(chosen.where(self.seen(table), *conditions)).scalar_one()
        )

    def add(self, table: sa.Table, values: Values) -> None:
        """Add a row.

        Raises
        ------
        UnknownError
            For a hub that the actor may not touch.
        """
        self._check_hub(table, values)
        self.connection.execute(added_to(table), dict(values))
        self.changed = True

    def add_all(self, table: sa.Table, rows: Sequence[Values]) -> None:
        """Add rows, all with the same columns."""
        if not rows:
            return
        for row in rows:
            self._check_hub(table, row)
        self.connection.execute(added_to(table), [dict(row) for row in rows])
        self.changed = True

    def change(
        self,
        table: sa.Table,
        values: Values,
        *conditions: sa.ColumnElement[bool],
        version: int | None = None,
    ) -> int:
        """Change rows that can be seen; how many. A table with versions counts one up.

        ``version`` is the one that the caller read: where it is another by now, nothing changes.

        Raises
        ------
        StaleError
            Where it is another by now.
        """
        self._check_hub(table, values)
        given = dict(values)
        where = [self.seen(table), *conditions]
        if "version" in table.c and "version" not in given:
            given["version"] = table.c.version + 1
        if version is not None:
            where.append(table.c.version == version)
        done = self.connection.execute(sa.update(table).where(*where).values(**given)).rowcount
        if version is not None and not done:
            if self.first(table, *conditions) is None:
                raise UnknownError(f"There is no such entry among {table.name}.")
            raise StaleError(
                f"Somebody changed this entry of {table.name} since version {version}. Read it "
                "again and decide on what it says now."
            )
        self.changed = self.changed or bool(done)
        return int(done)

    def remove(self, table: sa.Table, *conditions: sa.ColumnElement[bool]) -> int:
        """Delete rows that can be seen and meet the conditions; how many."""
        gone = self.connection.execute(sa.delete(table).where(self.seen(table), *conditions))
        self.changed = self.changed or bool(gone.rowcount)
        return int(gone.rowcount)

    def _check_hub(self, table: sa.Table, values: Values) -> None:
        if "hub" in table.c and "hub" in values and values["hub"] not in self.actor.hubs:
            raise UnknownError("There is no such hub for whoever asks.")

    # ---- what is sealed with the keys of the installation -------------------------------------

    def seal(self, content: bytes, place: str, purpose: str = _SHARED) -> tuple[bytes, str]:
        """Content sealed for a place with the current key, and that key's name."""
        key_id = self.ring.current
        return seal(self.ring.derived(purpose, key_id), content, place), key_id

    def unseal(self, sealed: bytes, key_id: str, place: str, purpose: str = _SHARED) -> bytes:
        """What was sealed for a place.

        Raises
        ------
        KeyringError
            Where it does not open.
        """
        return unseal(self.ring.derived(purpose, key_id), sealed, place)

    def word(self, purpose: str, text: str) -> str:
        """The search word of a text."""
        return search_word(self.ring.index, purpose, text)

    # ---- the trace --------------------------------------------------------------------------

    def tell(
        self,
        act: Act,
        subject_kind: str,
        subject: str | None,
        *,
        hub: str = EVERYWHERE,
        **detail: object,
    ) -> None:
        """Enter the act into the journal, in the same transaction, or once it was read.

        ``subject`` is an id, of a person her pseudonym; ``detail`` holds digests, codes, positions
        and counts, never a name or a text.
        """
        entry = Entry(
            number=0, hub=hub, at=self.now, actor=self.actor.id, role=self.actor.role, act=act,
            subject_kind=subject_kind, subject=subject, detail=canonical(detail),
            request=self.request,
        )  # fmt: skip
        if self.noted is not None:
            self.noted.append(entry)
            return
        self.head = journal.append(self.connection, [entry], self.ring.journal)


def new_id() -> str:
    """An identifier made by chance (RFC 9562, version 4): it says nothing of when or whom."""
    return str(uuid.UUID(bytes=secrets.token_bytes(16), version=4))
