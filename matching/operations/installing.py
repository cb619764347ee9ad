"""An installation made or brought up to date: all of it in one transaction, or nothing."""

import json
import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from matching.domain.access import EVERYWHERE, Act, Role, the_system
from matching.errors import ConflictError, JournalError, SettingsError, StoreError
from matching.hub.accounts import Invited, invite
from matching.operations.backup_secret import make_backup_key
from matching.operations.places import Clock, Places, check_there, database_file
from matching.store import Keyring, Work, load_keyring, open_engine
from matching.store.anchor import Anchor
from matching.store.chain import canonical
from matching.store.journal import head_of
from matching.store.keyring import in_environment, new_keyring, save_keyring
from matching.store.schema import head_revision, migrate, revision_of
from matching.store.store import utc_now
from matching.store.tables import installation
from matching.store.work import new_id

INSTALLATION = "installation_id"
CANARY = "canary"
"""Facts of the installation: its id, and something that only its keys open."""

_CANARY_PLACE = "installation.value:canary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What was made: the keys that are new, the installation, and the token of the link."""

    installation: str
    revision: str
    new_keyring: bool
    new_backup_key: bool
    expires_at: datetime
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """The revision of a database before and after."""

    before: str | None
    after: str


def make_installation(places: Places, admin: str, *, clock: Clock = utc_now) -> Made:
    """Make an installation with one account, of an administrator who still has to come in.

    Killed in the middle, it leaves keys at most, which the next call uses.

    Raises
    ------
    ConflictError
        Where there is one already.
    InputError
        For a name that cannot be one.
    StoreError
        Where the database or the keys cannot be used.
    """
    _folder(places.home)
    _folder(places.keyring.parent)
    _folder(places.anchor.parent)
    _own_file(places.database)
    engine = open_engine(places.database)
    try:
        if _exists(engine):
            raise ConflictError(
                "There is an installation already in this database; nothing was changed. To bring "
                "it up to date: valoriamo migrate. To see whether it is well: valoriamo doctor."
            )
        ring, new_ring = _keyring(places.keyring)
        new_key = not places.backup_key.exists()
        if new_key:
            make_backup_key(places.backup_key)
        anchor = Anchor(places.anchor)
        done: list[tuple[Work, str, Invited]] = []

        def begin(connection: Connection) -> None:
            work = _work(connection, ring, clock)
            _check_anchor(anchor, connection)
            fact = new_id()
            _tell_migration(work, fact)
            work.add(installation, _fact(work, INSTALLATION, fact))
            add_canary(work)
            done.append((work, fact, invite(work, admin, role=Role.ADMIN, hub=EVERYWHERE)))

        _, revision = migrate(engine, then=begin)
        work, fact, invited = done[0]
        if work.head is not None:
            anchor.add(work.head)
    finally:
        engine.dispose()
    return Made(
        installation=fact, revision=revision, new_keyring=new_ring, new_backup_key=new_key,
        expires_at=invited.expires_at, token=invited.token,
    )  # fmt: skip


def bring_up_to_date(places: Places, *, clock: Clock = utc_now) -> Migrated:
    """Bring the database to the revision of this version, with an entry in the journal.

    Raises
    ------
    StoreError
        Where there is no installation, the database cannot be reached, or it is of a later
        version; it stays as it was.
    """
    check_there(places.database)
    ring = load_keyring(places.keyring)
    engine = open_engine(places.database)
    try:
        before = revision_of(engine)
        if before is None:
            raise StoreError("The database is empty. Make the installation with: valoriamo init.")
        told: list[Work] = []

        def tell(connection: Connection) -> None:
            work = _work(connection, ring, clock)
            _tell_migration(work, installation_id(connection), before=before)
            told.append(work)

        if before == head_revision():
            return Migrated(before=before, after=before)
        before, after = migrate(engine, then=tell)
    finally:
        engine.dispose()
    if told and told[0].head is not None:
        Anchor(places.anchor).add(told[0].head)
    return Migrated(before=before, after=after)


def installation_id(connection: Connection) -> str | None:
    """The id of the installation, None in a database that was not made by ``init``."""
    return connection.execute(
        sa.select(installation.c.value).where(installation.c.name == INSTALLATION)
    ).scalar_one_or_none()


def add_canary(work: Work) -> None:
    """Seal something, in place of what was sealed before, that shows whether the keys are right."""
    sealed, key_id = work.seal(CANARY.encode(), _CANARY_PLACE)
    work.remove(installation, installation.c.name == CANARY)
    value = canonical({"key_id": key_id, "sealed": sealed.hex()})
    work.add(installation, _fact(work, CANARY, value))


def opens_canary(work: Work) -> bool:
    """Whether there is a canary; a ``KeyringError`` where the keys do not open it."""
    row = work.first(installation, installation.c.name == CANARY)
    if row is None:
        return False
    kept = json.loads(row.value)
    work.unseal(bytes.fromhex(kept["sealed"]), kept["key_id"], _CANARY_PLACE)
    return True


def _work(connection: Connection, ring: Keyring, clock: Clock) -> Work:
    return Work(connection, the_system(frozenset()), ring, clock())


def _tell_migration(work: Work, subject: str | None, *, before: str | None = None) -> None:
    work.tell(Act.MIGRATE, "installation", subject, before=before, after=head_revision())


def _fact(work: Work, name: str, value: str) -> dict[str, object]:
    return {"name": name, "value": value, "changed_at": work.now}


def _exists(engine: Engine) -> bool:
    if revision_of(engine) is None:
        return False
    with engine.connect() as connection:
        return installation_id(connection) is not None


def _keyring(path: Path) -> tuple[Keyring, bool]:
    """The keyring that is there, or a new one; and whether it is new."""
    if path.exists() or in_environment():
        return load_keyring(path), False
    made = new_keyring()
    save_keyring(made, path)
    return made, True


def _check_anchor(anchor: Anchor, connection: Connection) -> None:
    noted = max((one.number for one in anchor.heads()), default=0)
    if noted > head_of(connection).number:
        raise JournalError(
            f"{anchor.path}: another journal with {noted} entries is noted there. Was its "
            "database lost? Restore it; or move this file away to begin anew."
        )


def _own_file(url: str) -> None:
    """Make the file of a new SQLite database, which would else be for others to read."""
    file = database_file(url)
    if file is None or file.exists():
        return
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreError(
            f"{file}: the database cannot be made: {error.strerror}. Name another place with "
            "VALORIAMO_DATABASE_URL."
        ) from error


def _folder(path: Path) -> None:
    try:
        if not path.exists():
            path.mkdir(parents=True, mode=0o700)
            path.chmod(0o700)
    except OSError as error:
        raise SettingsError(
            f"{path}: the folder cannot be made: {error.strerror}. Name another with "
            "VALORIAMO_HOME."
        ) from error
