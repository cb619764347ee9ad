"""Where an installation keeps what it is made of, and its store as whoever runs it opens it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import DBAPIError

from matching.domain.access import Actor, the_system
from matching.errors import ConflictError, StoreError
from matching.settings import Settings, anchor_path, database_owner_url, keyring_path
from matching.store import Store, load_keyring, open_engine
from matching.store.anchor import Anchor
from matching.store.engine import is_sqlite
from matching.store.schema import check_revision
from matching.store.store import utc_now
from matching.store.tables import metadata

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The places of one installation; ``database`` is the address of the database's owner."""

    home: Path
    database: str = field(repr=False)
    keyring: Path
    anchor: Path

    @property
    def backup_key(self) -> Path:
        """The key that backups are sealed with: beside the keyring, never inside a backup."""
        return self.keyring.with_name("backup.key")

    @property
    def erased(self) -> Path:
        """The pseudonyms of whoever was erased, outside the database: a backup knows them still."""
        return self.home / "erased.pseudonyms"


def places_of(settings: Settings) -> Places:
    """The places that the settings name."""
    return Places(
        home=settings.home,
        database=database_owner_url(settings),
        keyring=keyring_path(settings),
        anchor=anchor_path(settings),
    )


def database_file(url: str) -> Path | None:
    """The file of an SQLite database, None for PostgreSQL."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    return Path(parsed.database)


def check_there(url: str) -> None:
    """Refuse a database whose file is not there: opening it would make an empty one.

    Raises
    ------
    StoreError
        Saying what to do.
    """
    file = database_file(url)
    if file is not None and not file.is_file():
        raise StoreError(
            f"{file}: the database is not there. Make the installation with: valoriamo init; or "
            "put it back with: valoriamo restore."
        )


@contextmanager
def opened(
    places: Places, *, clock: Clock = utc_now, any_revision: bool = False
) -> Iterator[Store]:
    """The store of an installation, as its owner has it; closed afterwards.

    Raises
    ------
    StoreError
        Without a database, or one of another revision where that matters.
    KeyringError
        Without the keys.
    """
    check_there(places.database)
    engine = open_engine(places.database)
    try:
        if not any_revision:
            check_revision(engine)
        yield Store(engine, load_keyring(places.keyring), Anchor(places.anchor), clock)
    finally:
        engine.dispose()


def everywhere(engine: Engine) -> Actor:
    """The installation itself, over every hub that there is anything of.

    Raises
    ------
    StoreError
        Where the role that asks would be shown some rows only.
    """
    closed = [table for table in metadata.sorted_tables if "hub" in table.c]
    try:
        with engine.connect() as connection:
            check_sees_all(connection)
            found = connection.execute(sa.union(*(sa.select(one.c.hub) for one in closed)))
            return the_system(frozenset(found.scalars()))
    except DBAPIError as error:
        raise StoreError("The database cannot be read. Is it running, and up to date?") from error


def check_sees_all(connection: Connection) -> None:
    """Refuse a role of PostgreSQL that row-level security shows some rows only.

    Raises
    ------
    StoreError
        Saying what to do: half of the rows, taken for all of them, would be lost.
    """
    if is_sqlite(connection):
        return
    sees_all = connection.execute(
        sa.text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
    ).scalar_one()
    if not sees_all:
        raise StoreError(
            "The role that this command signs in with is shown some rows only (row-level "
            "security). Give the owner's address as VALORIAMO_DATABASE_OWNER_URL, and let its "
            "administrator say once: ALTER ROLE OWNER BYPASSRLS"
        )


def check_alone(url: str) -> None:
    """Refuse to go on while somebody else has the database open.

    Raises
    ------
    ConflictError
        Saying what to do.
    """
    file = database_file(url)
    said = "The database is in use. Stop the service (systemctl stop valoriamo), then try again."
    if file is not None:
        # Leaving the write-ahead log needs the file to oneself; the next to open it returns to it.
        uri = f"{file.resolve().as_uri()}?mode=rw"
        try:
            with closing(sqlite3.connect(uri, uri=True, timeout=1)) as alone:
                (mode,) = alone.execute("PRAGMA journal_mode = DELETE").fetchone()
        except sqlite3.OperationalError as error:
            raise ConflictError(said) from error
        except sqlite3.DatabaseError as error:
            raise StoreError(f"{file}: this is no database: {error}.") from error
        if mode != "delete":
            raise ConflictError(said)
        return
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            others = connection.execute(
                sa.text(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                    "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
                )
            ).scalar_one()
    except DBAPIError as error:
        raise StoreError("The database cannot be reached. Is it running?") from error
    finally:
        engine.dispose()
    if others:
        raise ConflictError(said)
