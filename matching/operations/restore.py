"""A backup put back: opened, examined and gone over beside the database, then in its place at once.

Nothing is touched before every frame of the file is verified, rows and journal are those of the
manifest, and whoever was erased since is erased again. Killed at any moment, it leaves the old
database or the restored one.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from matching.domain.access import Act
from matching.errors import ConflictError, JournalError, StoreError
from matching.operations.backup_secret import Secret, file_key
from matching.operations.erased_file import read_erased
from matching.operations.frames import DATABASE, MANIFEST, read_frames, read_header
from matching.operations.manifest import Manifest, read_manifest, row_counts
from matching.operations.places import (
    Clock,
    Places,
    check_alone,
    check_sees_all,
    database_file,
    everywhere,
)
from matching.operations.staging import Staged, check_whole, is_empty, staged
from matching.store import Keyring, Store, Work, load_keyring, open_engine
from matching.store.anchor import Anchor
from matching.store.chain import Head
from matching.store.journal import head_of, verify
from matching.store.schema import known_revisions, migrate
from matching.store.store import utc_now
from matching.store.tables import erased, person_keys

Erase = Callable[[Work, str], None]
"""Erases whoever a pseudonym stands for, once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was restored.

    ``kept`` is where the old database is, ``lost`` how many entries of the journal were noted
    outside the database after the backup was made: what they tell of is gone.
    """

    manifest: Manifest
    kept: str | None
    kept_anchor: Path | None
    erased_again: int
    lost: int
    migrated: bool


def restore(
    places: Places,
    source: Path,
    secret: Secret,
    *,
    erase: Erase,
    tools: Path | None = None,
    force: bool = False,
    clock: Clock = utc_now,
) -> Restored:
    """Restore a backup into an empty place, or with ``force`` into that of a database.

    Parameters
    ----------
    places, source, secret
        The installation, whose keyring must be there; the backup, and what it was sealed with.
    erase
        Erases a person again, of those that the file beside the database or its own table names.
    tools
        The folder of PostgreSQL's programs, where they are not on PATH.
    force
        Whether a database that is there gives way. It is kept beside under another name.
    clock
        What moment it is.

    Raises
    ------
    ConflictError
        Where a database is there, or in use.
    StoreError
        For a backup that was cut or altered, another key, rows or a journal that are not those of
        the manifest. Everything is as it was.
    KeyringError
        Where the keyring is not there, or not that of the backup.
    """
    ring = load_keyring(places.keyring)
    was_empty = is_empty(places.database)
    if not was_empty and not force:
        raise ConflictError(
            "There is a database already; nothing was changed. To put the backup in its place, "
            "keeping the old one beside: --force."
        )
    gone = read_erased(places.erased)
    if not was_empty:
        check_alone(places.database)
        gone |= _erased_in(places.database)
    moment = clock()
    stamp = f"{moment:%Y%m%d%H%M%S%f}"
    with _unsealed(places, source, secret) as (manifest, dump):
        _check_manifest(manifest, places, ring, source)
        with staged(places.database, dump, stamp, tools) as beside:
            anchor = Anchor(places.anchor.with_name(f"{places.anchor.name}.restored"))
            noted = Anchor(places.anchor).heads()
            in_place = False
            try:
                again, migrated = _gone_over(
                    beside, manifest, ring, anchor, noted, gone, erase, lambda: moment
                )
                kept = beside.put_in_place(was_empty=was_empty)
                in_place = True
            finally:
                if not in_place:
                    anchor.path.unlink(missing_ok=True)
    kept_anchor = _anchor_in_place(anchor.path, places.anchor, stamp)
    return Restored(
        manifest=manifest, kept=kept, kept_anchor=kept_anchor, erased_again=again,
        lost=_lost(noted, manifest.head), migrated=migrated,
    )  # fmt: skip


@contextmanager
def _unsealed(places: Places, source: Path, secret: Secret) -> Iterator[tuple[Manifest, Path]]:
    """The manifest and the content of a backup, every frame of it verified."""
    file = database_file(places.database)
    beside = places.home if file is None else file.resolve().parent
    try:
        beside.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (
            TemporaryDirectory(prefix=".restore-", dir=beside) as folder,
            source.open("rb") as sealed,
        ):
            header = read_header(sealed, source)
            frames = read_frames(sealed, header, file_key(secret, header, source), source)
            kind, content = next(frames, (b"", b""))
            if kind != MANIFEST:
                raise StoreError(f"{source}: the backup begins with no manifest.")
            manifest = read_manifest(content, source)
            dump = Path(folder) / "content"
            with dump.open("wb") as plain:
                for kind, content in frames:
                    if kind == DATABASE:
                        plain.write(content)
            yield manifest, dump
    except OSError as error:
        raise StoreError(
            f"{source}: the backup cannot be unpacked in {beside}: {error.strerror}. Nothing was "
            "changed."
        ) from error


def _check_manifest(manifest: Manifest, places: Places, ring: Keyring, source: Path) -> None:
    here = "postgresql" if database_file(places.database) is None else "sqlite"
    if manifest.database != here:
        raise StoreError(
            f"{source}: the backup is of {manifest.database}, the installation's database is "
            f"{here}. Restore it into a {manifest.database} database (VALORIAMO_DATABASE_URL)."
        )
    if manifest.revision not in known_revisions():
        raise StoreError(
            f"{source}: the backup is of revision {manifest.revision}, made by version "
            f"{manifest.product} of the product. Install that version to restore it."
        )
    for key_id in manifest.key_ids:
        ring.key(key_id)


def _gone_over(
    beside: Staged,
    manifest: Manifest,
    ring: Keyring,
    anchor: Anchor,
    noted: tuple[Head, ...],
    gone: frozenset[str],
    erase: Erase,
    clock: Callable[[], datetime],
) -> tuple[int, bool]:
    """Examine what was loaded, erase again, enter the restoring; how many, and whether migrated."""
    engine = open_engine(beside.url)
    try:
        with engine.connect() as connection:
            check_sees_all(connection)
            check_whole(connection)
            _check_counts(manifest.counts, row_counts(connection))
            if head_of(connection) != manifest.head:
                raise StoreError("The restored journal does not end where the backup says.")
            # The heads that were noted here until then must be those of the restored journal.
            earlier = [one for one in noted if one.number <= manifest.head.number]
            anchor.begin([*earlier, manifest.head])
            verdict = verify(connection, ring.journal, anchor)
            if verdict.problems:
                raise JournalError(
                    f"The restored journal does not hold together: {verdict.problems[0]}. Is the "
                    f"backup of another installation? If so, move {anchor.path.parent} away."
                )
        before, after = migrate(engine)
        store = Store(engine, ring, anchor, clock)
        actor = everywhere(engine)
        with store.reading(actor) as work:
            known = {row.pseudonym for row in work.rows(person_keys)}
        again = sorted(gone & known)
        for pseudonym in again:
            with store.writing(actor) as work:
                erase(work, pseudonym)
        with store.writing(actor) as work:
            work.tell(
                Act.RESTORE, "installation", manifest.installation, head=manifest.head.number,
                made_at=manifest.made_at, erased_again=len(again),
                lost=_lost(noted, manifest.head),
            )  # fmt: skip
            last = work.head
        if last is not None:
            anchor.begin([*earlier, manifest.head, last])
    except DBAPIError as error:
        raise StoreError(
            f"What was restored cannot be read: {type(error.orig).__name__}. The old database is "
            "as it was."
        ) from error
    finally:
        engine.dispose()
    return len(again), before != after


def _check_counts(wanted: Mapping[str, int], found: Mapping[str, int]) -> None:
    for table in sorted({*wanted, *found}):
        if wanted.get(table, 0) != found.get(table, 0):
            raise StoreError(
                f"The table {table} was restored with {found.get(table, 0)} rows of "
                f"{wanted.get(table, 0)}. The old database is as it was; use another backup."
            )


def _erased_in(url: str) -> frozenset[str]:
    """Whom the old database knows as erased; nobody where it is too damaged to be asked."""
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            return frozenset(connection.execute(sa.select(erased.c.pseudonym)).scalars())
    except DBAPIError:
        # It is restored because it is damaged: the file beside it has told already.
        return frozenset()
    finally:
        engine.dispose()


def _anchor_in_place(begun: Path, path: Path, stamp: str) -> Path | None:
    """Put the new heads in the place of the old ones; where the old ones are now."""
    kept = path.with_name(f"{path.name}.before-{stamp}") if path.exists() else None
    try:
        if kept is not None:
            os.link(path, kept)
        begun.replace(path)
    except OSError as error:
        raise StoreError(
            f"{path}: the restored journal's heads cannot be noted: {error.strerror}. The "
            f"database is restored; move {begun} to {path} by hand."
        ) from error
    return kept


def _lost(noted: tuple[Head, ...], head: Head) -> int:
    return max(0, max((one.number for one in noted), default=0) - head.number)
