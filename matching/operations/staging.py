"""A place beside the database that a backup is restored into, and put in its place in one step.

SQLite: another file of the same folder, renamed over the old one. PostgreSQL: another database of
the same server; both are renamed in one transaction. Until then the old one is as it was; after
it, it is kept beside under another name.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import DBAPIError

from matching.errors import StoreError
from matching.operations.places import check_alone, database_file
from matching.operations.postgresql import loaded
from matching.store import open_engine
from matching.store.schema import revision_of

_MAINTENANCE = "postgres"  # the database that every server has, to work on others from


@dataclass(frozen=True, slots=True)
class Staged:
    """A restored database that is in nobody's use yet; ``kept`` names where the old one will be."""

    url: str = field(repr=False)
    target: str = field(repr=False)
    kept: str

    def put_in_place(self, *, was_empty: bool) -> str | None:
        """Put it in the old one's place; where the old one is now, None where there was none.

        Raises
        ------
        StoreError
            Where somebody uses the old one; it is as it was.
        """
        if not was_empty:
            check_alone(self.target)
        file, staged = database_file(self.target), database_file(self.url)
        if file is not None and staged is not None:
            return _file_in_place(staged, file, Path(self.kept), was_empty=was_empty)
        _database_in_place(make_url(self.url), make_url(self.target), self.kept, was_empty)
        return None if was_empty else self.kept


def is_empty(url: str) -> bool:
    """Whether there is nothing in a database that could be lost.

    Raises
    ------
    StoreError
        Where it cannot be reached.
    """
    file = database_file(url)
    if file is not None and (not file.exists() or file.stat().st_size == 0):
        return True
    engine = open_engine(url)
    try:
        if revision_of(engine) is not None:
            return False
        with engine.connect() as connection:
            return not sa.inspect(connection).get_table_names()
    finally:
        engine.dispose()


@contextmanager
def staged(url: str, dump: Path, stamp: str, tools: Path | None) -> Iterator[Staged]:
    """A backup's content beside the database that it belongs to; gone again unless it was put in.

    Raises
    ------
    StoreError
        Where it cannot be loaded.
    """
    file = database_file(url)
    if file is not None:
        beside = file.with_name(f".{file.name}.restoring")
        try:
            _remove(beside)
            os.replace(dump, beside)
            kept = str(file.with_name(f"{file.name}.before-{stamp}"))
            yield Staged(f"sqlite:///{beside}", url, kept)
        finally:
            _remove(beside)
        return
    target = make_url(url)
    name = f"{target.database}_restoring"
    aside = target.set(database=name)
    with _server(target) as connection:
        _drop(connection, name)
        connection.execute(sa.text(f"CREATE DATABASE {_quoted(connection, name)}"))
    try:
        loaded(aside, dump, tools)
        kept = f"{target.database}_before_{stamp}"
        yield Staged(aside.render_as_string(hide_password=False), url, kept)
    finally:
        with _server(target) as connection:
            _drop(connection, name)


def check_whole(connection: Connection) -> None:
    """Refuse an SQLite database that is damaged, or in which something refers to nothing.

    Raises
    ------
    StoreError
        Saying which table.
    """
    if connection.dialect.name != "sqlite":
        return
    (said,) = connection.exec_driver_sql("PRAGMA integrity_check(1)").one()
    if said != "ok":
        raise StoreError(f"The database is damaged: {said}. Restore a backup.")
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if lost is not None:
        raise StoreError(f"A row of {lost[0]} refers to a row of {lost[2]} that is not there.")


def _file_in_place(beside: Path, file: Path, kept: Path, *, was_empty: bool) -> str | None:
    with closing(sqlite3.connect(beside)) as connection:
        # Nothing of it may stand in a log of its own when it is renamed.
        connection.execute("PRAGMA journal_mode = DELETE")
    descriptor = os.open(beside, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    beside.chmod(0o600)
    if not was_empty:
        os.link(file, kept)
    os.replace(beside, file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return None if was_empty else str(kept)


def _database_in_place(beside: URL, target: URL, kept: str, was_empty: bool) -> None:
    with _server(target, autocommit=False) as connection:
        try:
            with connection.begin():
                old, new = _quoted(connection, target.database), _quoted(connection, kept)
                connection.execute(sa.text(f"ALTER DATABASE {old} RENAME TO {new}"))
                restored = _quoted(connection, beside.database)
                connection.execute(sa.text(f"ALTER DATABASE {restored} RENAME TO {old}"))
        except DBAPIError as error:
            raise StoreError(
                "The restored database cannot take the old one's place; the old one is as it "
                "was. Stop the service, and let the owner's role make databases (CREATEDB)."
            ) from error
    if was_empty:
        with _server(target) as connection:
            _drop(connection, kept)


def _remove(file: Path) -> None:
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm", f"{file.name}-journal"):
        file.with_name(name).unlink(missing_ok=True)


@contextmanager
def _server(target: URL, *, autocommit: bool = True) -> Iterator[Connection]:
    name = _MAINTENANCE if target.database != _MAINTENANCE else "template1"
    url = target.set(database=name).render_as_string(hide_password=False)
    engine = open_engine(url)
    try:
        with engine.connect() as plain:
            yield plain.execution_options(isolation_level="AUTOCOMMIT") if autocommit else plain
    except DBAPIError as error:
        raise StoreError(
            f"The server's database {_MAINTENANCE} refused: {type(error.orig).__name__}. The "
            "owner's role must be let in there, and let make databases: ALTER ROLE OWNER CREATEDB"
        ) from error
    finally:
        engine.dispose()


def _drop(connection: Connection, name: str) -> None:
    connection.execute(sa.text(f"DROP DATABASE IF EXISTS {_quoted(connection, name)}"))


def _quoted(connection: Connection, name: str | None) -> str:
    return connection.dialect.identifier_preparer.quote_identifier(name or "")
