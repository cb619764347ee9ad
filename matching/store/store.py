"""The store: a database, its keys, and where the journal's heads are noted."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from matching.domain.access import Actor
from matching.errors import ConflictError, JournalError, StoreError
from matching.store import journal
from matching.store.anchor import Anchor
from matching.store.chain import Entry, Head
from matching.store.engine import WRITES, is_sqlite, make_to_serve, open_engine
from matching.store.keyring import Keyring, load_keyring
from matching.store.schema import check_revision
from matching.store.work import Work

_AWAY = "The database cannot be used just now; nothing was changed. Try again in a moment."


def utc_now() -> datetime:
    """The moment it is: the only clock of the store, unless another is given."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Store:
    """Opens work. ``said`` is told of a head that could not be noted outside the database."""

    engine: Engine = field(repr=False)
    ring: Keyring = field(repr=False)
    anchor: Anchor
    clock: Callable[[], datetime] = utc_now
    said: Callable[[str], None] = field(default=lambda sentence: None, repr=False)
    # SQLite lets in one writer at a time and the others ask again and again: here they queue.
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    @contextmanager
    def reading(self, actor: Actor) -> Iterator[Work]:
        """Work that changes nothing.

        Raises
        ------
        StoreError
            Where the database cannot be used.
        """
        with _told(), self.engine.connect() as connection, connection.begin():
            work = self._work(connection, actor, None)
            yield work
            if work.changed:
                raise JournalError("What only reads has changed something; it is undone.")

    @contextmanager
    def noting(
        self, actor: Actor, request: str | None = None, *, later: list[Entry] | None = None
    ) -> Iterator[Work]:
        """Work that changes nothing and tells the journal what was read.

        Its entries are committed before this ends; what it read may be answered then, and not
        before. With ``later`` they are added to that list, and whoever has it answers nothing
        before :meth:`enter` was given them: many can be committed at once.

        Raises
        ------
        StoreError
            Where the database cannot be used, or the entries were not committed.
        """
        with _told(), self.engine.connect() as connection, connection.begin():
            work = self._work(connection, actor, request)
            noted: list[Entry] = []
            work.noted = noted
            yield work
            if work.changed:
                raise JournalError("What only reads has changed something; it is undone.")
        if later is not None:
            later.extend(noted)
        elif noted:
            self.enter(noted)

    @contextmanager
    def writing(self, actor: Actor, request: str | None = None) -> Iterator[Work]:
        """Work that is done whole, with its trace in the journal, or not at all.

        Raises
        ------
        StoreError
            Where the database cannot be used.
        JournalError
            Where something was changed and no entry of the journal says so.
        ConflictError
            Where what others wrote does not allow it.
        """
        with _told(), self._one_at_a_time(), self.engine.connect() as plain:
            connection = plain.execution_options(**WRITES)
            with connection.begin():
                work = self._work(connection, actor, request)
                # Whoever tells first and changes then would wait for whoever does it the other
                # way round, and the other way round: writers queue, as with SQLite.
                if not is_sqlite(connection):
                    journal.hold(connection)
                yield work
                if work.changed and work.head is None:
                    raise JournalError(
                        "A change would leave no trace in the journal; it is undone."
                    )
        if work.head is not None:
            self._note(work.head)

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        if not is_sqlite(self.engine):
            yield
            return
        with self._turn:
            yield

    def _work(self, connection: Connection, actor: Actor, request: str | None) -> Work:
        if not is_sqlite(connection):
            # For row-level security: until the transaction ends, and for it alone.
            connection.execute(
                sa.text("SELECT set_config('valoriamo.hubs', :hubs, true)"),
                {"hubs": ",".join(sorted(actor.hubs))},
            )
        return Work(connection, actor, self.ring, self.clock(), request)

    def enter(self, entries: Sequence[Entry]) -> None:
        """Commit entries of readings to the journal, in their order and in one transaction.

        Raises
        ------
        StoreError
            Where they are not committed, none of them.
        """
        with _told(), self._one_at_a_time(), self.engine.connect() as plain:
            connection = plain.execution_options(**WRITES)
            with connection.begin():
                head = journal.append(connection, entries, self.ring.journal)
        self._note(head)

    def _note(self, head: Head) -> None:
        try:
            self.anchor.add(head)
        except JournalError as error:
            # The act is committed and in the journal; the next head that is noted covers it.
            self.said(str(error))

    def verified(self) -> journal.Verdict:
        """The journal, verified from end to end against the heads kept outside."""
        with self._whole_journal() as connection:
            return journal.verify(connection, self.ring.journal, self.anchor)

    def check_journal(self) -> None:
        """Refuse a journal whose last entry is not the one of its heads; the rest is not read.

        Raises
        ------
        JournalError
            Saying what does not fit, and what to do.
        """
        with self._whole_journal() as connection:
            found = journal.beside_anchor(connection, self.ring.journal, self.anchor)
        if found:
            raise JournalError(
                f"The journal does not fit {self.anchor.path}: {'; '.join(found)}. Nothing is "
                "served on it. See what is wrong with: valoriamo journal verify; then restore the "
                "last backup."
            )

    def last_moment(self) -> datetime | None:
        """When the last entry of the journal was made, by the clock of then."""
        with self._whole_journal() as connection:
            return journal.last_moment(connection)

    @contextmanager
    def _whole_journal(self) -> Iterator[Connection]:
        with _told(), self.engine.connect() as connection, connection.begin():
            if not is_sqlite(connection):
                connection.execute(sa.text("SELECT set_config('valoriamo.hubs', '*all*', true)"))
            yield connection


def open_store(
    url: str,
    keyring: Path,
    anchor: Path,
    *,
    said: Callable[[str], None] = lambda sentence: None,
    clock: Callable[[], datetime] = utc_now,
) -> Store:
    """The store of an installation, as whoever serves has it: of this version's revision.

    Raises
    ------
    StoreError
        Without a database, or one of another revision; what to do is said.
    KeyringError
        Without the keys, or with keys that others can read.
    """
    engine = open_engine(url)
    with ExitStack() as refused:
        refused.callback(engine.dispose)
        make_to_serve(engine)
        check_revision(engine)
        store = Store(engine, load_keyring(keyring), Anchor(anchor), clock, said)
        refused.pop_all()
    return store


@contextmanager
def _told() -> Iterator[None]:
    """The errors of the database as ours: theirs would show statements and values."""
    try:
        yield
    except IntegrityError as error:
        raise ConflictError(
            "What is there already does not allow it: something it refers to is missing, or it "
            "is there twice. Read again what is there."
        ) from error
    except DBAPIError as error:
        raise StoreError(_AWAY) from error
    except SQLAlchemyError as error:
        raise StoreError(_AWAY) from error
