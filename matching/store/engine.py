"""The engine of a database: SQLite as it must be set to be safe, or PostgreSQL.

SQLite (sqlite.org/wal.html, /pragma.html): write-ahead log, foreign keys on (they are off unless
asked for), thirty seconds of patience, and every commit on the disk before it is acknowledged.
"""

import sqlite3
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError

from matching.errors import SettingsError

BUSY_SECONDS = 30
"""How long a writer waits for the one before it."""

WRITES = {"valoriamo_writes": True}
"""Execution options of a connection that will write."""


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


def _sqlite(url: sa.URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise SettingsError("VALORIAMO_DATABASE_URL names no file; write sqlite:///FILE.")
    engine = sa.create_engine(
        url, pool_size=16, max_overflow=48, connect_args={"timeout": BUSY_SECONDS}
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
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql(url: sa.URL) -> Engine:
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    try:
        return sa.create_engine(
            url, pool_size=16, max_overflow=48, pool_pre_ping=True, pool_timeout=BUSY_SECONDS
        )
    except ModuleNotFoundError as error:
        raise SettingsError(
            "VALORIAMO_DATABASE_URL names a PostgreSQL database, and its driver is not installed: "
            "pip install 'valoriamo[postgres]'."
        ) from error
