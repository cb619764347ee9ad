"""A backup: one moment of the database, whoever writes meanwhile, sealed into one file.

Through the database's own facility: the backup API of SQLite (a copy of the file alone would lack
what stands in the write-ahead log) or pg_dump on an exported snapshot. The keyring is never inside:
whoever finds a backup, or restores one in years, needs the keys from elsewhere.
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from matching.domain.access import Act, the_system
from matching.errors import InputError, StoreError
from matching.operations.backup_secret import Secret, file_key, new_header
from matching.operations.frames import DATABASE, MANIFEST, MOST, Sealer
from matching.operations.manifest import Manifest, manifest_of
from matching.operations.places import Clock, Places, check_sees_all, database_file, opened
from matching.operations.postgresql import dumped
from matching.store import open_engine
from matching.store.engine import BUSY_SECONDS
from matching.store.store import utc_now


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """A backup that was made."""

    path: Path
    size: int
    digest: str
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """One moment of a database: a connection that sees it, and its content in pieces."""

    connection: Connection
    content: Iterator[bytes]


def back_up(
    places: Places,
    out: Path,
    secret: Secret,
    *,
    tools: Path | None = None,
    force: bool = False,
    clock: Clock = utc_now,
) -> BackedUp:
    """Back up the database of an installation, of any revision, into a file.

    The file is there once it is complete, on the disk and in the journal.

    Parameters
    ----------
    places, out, secret
        The installation, the file to write, and what it is sealed with.
    tools
        The folder of PostgreSQL's programs, where they are not on PATH.
    force
        Whether a file that is there may be replaced.
    clock
        What moment it is.

    Raises
    ------
    InputError
        Where the file is there already, or cannot be written; a full disk is one such reason.
    StoreError
        Where the database cannot be read whole.
    """
    if out.exists() and not force:
        raise InputError(f"{out}: there already. Name another file, or replace it with --force.")
    partial = out.with_name(f".{out.name}.{os.getpid()}.part")
    made_at = clock().isoformat(timespec="seconds")
    try:
        with opened(places, clock=clock, any_revision=True) as store:
            try:
                manifest = _written(places, partial, secret, made_at, tools)
                digest = _digest(partial)
                with store.writing(the_system(frozenset())) as work:
                    work.tell(
                        Act.BACK_UP, "installation", manifest.installation, digest=digest,
                        head=manifest.head.number, secret=secret.kind,
                    )  # fmt: skip
                size = partial.stat().st_size
                partial.replace(out)
            finally:
                partial.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(
            f"{out}: the backup cannot be written: {error.strerror}. Make room, or name another "
            "place."
        ) from error
    return BackedUp(path=out, size=size, digest=digest, manifest=manifest)


def _written(
    places: Places, partial: Path, secret: Secret, made_at: str, tools: Path | None
) -> Manifest:
    header = new_header(secret, made_at)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file, _snapshot(places, tools) as snapshot:
        sealer = Sealer(file, header, file_key(secret, header, partial))
        sealer.begin()
        manifest = manifest_of(snapshot.connection, made_at=made_at)
        sealer.write(MANIFEST, [manifest.written()])
        sealer.write(DATABASE, snapshot.content)
        sealer.end()
        file.flush()
        os.fsync(file.fileno())
    return manifest


@contextmanager
def _snapshot(places: Places, tools: Path | None) -> Iterator[_Snapshot]:
    try:
        file = database_file(places.database)
        if file is None:
            with _of_postgresql(places.database, tools) as snapshot:
                yield snapshot
        else:
            with _of_sqlite(file) as snapshot:
                yield snapshot
    except (DBAPIError, sqlite3.Error) as error:
        raise StoreError(
            "The database cannot be read whole; no backup was made. Is it running, and is there "
            "room on its disk? See: valoriamo doctor."
        ) from error


@contextmanager
def _of_sqlite(file: Path) -> Iterator[_Snapshot]:
    # On the database's own disk, for its owner alone: what is in it is no safer elsewhere.
    with TemporaryDirectory(prefix=".backup-", dir=file.resolve().parent) as folder:
        copy = Path(folder) / "copy.sqlite3"
        uri = f"{file.resolve().as_uri()}?mode=rw"
        with (
            closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)  # all pages in one go: writers go on, and change nothing here
            target.execute("PRAGMA journal_mode = DELETE")
        engine = sa.create_engine(f"sqlite:///{copy}")
        try:
            with engine.connect() as connection:
                yield _Snapshot(connection, _pieces(copy))
        finally:
            engine.dispose()


@contextmanager
def _of_postgresql(url: str, tools: Path | None) -> Iterator[_Snapshot]:
    engine = open_engine(url)
    try:
        with engine.connect() as plain:
            connection = plain.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                check_sees_all(connection)
                exported = connection.execute(sa.text("SELECT pg_export_snapshot()")).scalar_one()
                yield _Snapshot(connection, dumped(url, str(exported), tools))
    finally:
        engine.dispose()


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(MOST):
            yield piece


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
