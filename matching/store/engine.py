"""The engine of a database: SQLite as it must be set to be safe, or PostgreSQL.

SQLite (sqlite.org/wal.html, /pragma.html): write-ahead log, foreign keys on (they are off unless
asked for), thirty seconds of patience, and every commit on the disk before it is acknowledged.
"""

import os
import sqlite3
from contextlib import suppress
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from matching.errors import SettingsError, StoreError

BUSY_SECONDS = 30
"""How long a writer waits for the one before it."""

WRITES = {"valoriamo_writes": True}
"""Execution options of a connection that will write."""

STATEMENT_SECONDS = 90
"""How long a statement may take of whoever serves (PostgreSQL)."""

# How soon a PostgreSQL server that went away is noticed (libpq's own names and units).
_LIVELY = MappingProxyType(
    {"connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3,
     "tcp_user_timeout": 30_000}
)  # fmt: skip


def open_engine(url: str) -> Engine:
    """An engine for ``sqlite:///FILE`` or ``postgresql://...``. Nothing is connected yet.

    Raises
    ------
    SettingsError
        For another database, or an address that cannot be read; it is not repeated, as it may
        hold a password.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise SettingsError(
            "VALORIAMO_DATABASE_URL is no address of a database, such as sqlite:///FILE or "
            "postgresql://USER@HOST/NAME."
        ) from error
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return _sqlite(parsed)
    if backend == "postgresql":
        return _postgresql(parsed)
    raise SettingsError(
        f"VALORIAMO_DATABASE_URL names {backend}; only sqlite and postgresql are served."
    )


def is_sqlite(connectable: Engine | Connection) -> bool:
    """Whether the database is SQLite."""
    return connectable.dialect.name == "sqlite"


def make_to_serve(engine: Engine) -> None:
    """Hold an engine to what whoever serves relies on.

    On SQLite to the file that is there now. One that is taken away would still be written to by
    whoever has it open, and all of that lost; one that is put in its place is not what was read
    before. While it is away nothing is done; once it is back, work goes on. On PostgreSQL no
    statement takes longer than :data:`STATEMENT_SECONDS`, nor waits longer for a lock than
    :data:`BUSY_SECONDS`.
    """
    if not is_sqlite(engine):
        sa.event.listen(engine, "connect", _limit_statements)
        return
    file = str(engine.url.database)
    wanted = _identity(file)

    def check(*_: Any) -> None:
        if wanted is None or _identity(file) != wanted:
            raise StoreError(
                "The database's file was taken away, or another was put in its place; nothing was "
                "changed. Put it back, or start the service again."
            )

    sa.event.listen(engine, "do_connect", check)
    sa.event.listen(engine, "begin", check, insert=True)
    sa.event.listen(engine, "commit", check)


def _identity(file: str) -> tuple[int, int] | None:
    with suppress(OSError):
        found = os.stat(file)
        return found.st_dev, found.st_ino
    return None


def _limit_statements(connection: Any, _: Any) -> None:
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"SET statement_timeout = {1000 * STATEMENT_SECONDS}")
        cursor.execute(f"SET lock_timeout = {1000 * BUSY_SECONDS}")
    connection.autocommit = False


def _sqlite(url: sa.URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise SettingsError("VALORIAMO_DATABASE_URL names no file; write sqlite:///FILE.")
    engine = sa.create_engine(
        url,
        pool_size=16,
        max_overflow=48,
        # A server that waits for a connection waits no longer than a writer does.
        pool_timeout=BUSY_SECONDS,
        connect_args={"timeout": BUSY_SECONDS},
        hide_parameters=True,
    )
    sa.event.listen(engine, "connect", _set_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    # Transactions are begun below, not by the driver, which begins none for reading.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON",
        "trusted_schema = OFF", "journal_size_limit = 67108864",
    ):  # fmt: skip
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A reader that turns into a writer can fail when another wrote meanwhile: writers say so first.
    writes = connection.get_execution_options().get("valoriamo_writes", False)
    statement = "BEGIN IMMEDIATE" if writes else "BEGIN"
    driver: Any = connection.connection.dbapi_connection
    try:
        # Past SQLAlchemy, which takes ten times as long to hand this on as SQLite to begin.
        driver.execute(statement)
    except sqlite3.Error as error:
        raise OperationalError(statement, None, error) from error


def _postgresql(url: sa.URL) -> Engine:
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    try:
        return sa.create_engine(
            url,
            pool_size=16,
            max_overflow=48,
            pool_pre_ping=True,
            pool_timeout=BUSY_SECONDS,
            connect_args=dict(_LIVELY),
            hide_parameters=True,
        )
    except ModuleNotFoundError as error:
        raise SettingsError(
            "VALORIAMO_DATABASE_URL names a PostgreSQL database, and its driver is not installed: "
            "pip install 'valoriamo[postgres]'."
        ) from error
