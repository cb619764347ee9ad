"""The schema of a database: brought up to date, closed by row-level security, checked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from matching.errors import SettingsError, StoreError
from matching.store.engine import WRITES, is_sqlite
from matching.store.tables import metadata

SERVING_ROLE = "valoriamo_serving"
"""The role of PostgreSQL that serves: no owner, and nothing that passes by row-level security."""

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7_203_114_159  # any number that no other program uses for an advisory lock
_VISIBLE = "hub = ANY (string_to_array(current_setting('valoriamo.hubs', true), ','))"
_EVERY_ENTRY = "current_setting('valoriamo.hubs', true) = '*all*'"


def head_revision() -> str:
    """The revision that this version of the product works with."""
    revision = ScriptDirectory(str(_MIGRATIONS)).get_current_head()
    if revision is None:
        raise StoreError(f"{_MIGRATIONS}: there are no migrations; install the product again.")
    return revision


def known_revisions() -> frozenset[str]:
    """The revisions that this version of the product can bring up to date."""
    return frozenset(one.revision for one in ScriptDirectory(str(_MIGRATIONS)).walk_revisions())


def revision_of(engine: Engine) -> str | None:
    """The revision of a database, None for an empty one.

    Raises
    ------
    StoreError
        Where the database cannot be reached.
    """
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except DBAPIError as error:
        raise StoreError(
            "The database cannot be reached. Is it running, and is the address right?"
        ) from error


def check_revision(engine: Engine) -> None:
    """Refuse a database of another revision than this version works with.

    Raises
    ------
    StoreError
        Saying what to do.
    """
    found, wanted = revision_of(engine), head_revision()
    if found is None:
        raise StoreError("The database is empty. Make the installation with: valoriamo init.")
    if found != wanted:
        said = (
            "Back it up, then bring it up to date with: valoriamo migrate."
            if found in known_revisions()
            else "It was made by a later version of the product: install that version."
        )
        raise StoreError(f"The database is of revision {found}, not {wanted}. {said}")


def migrate(
    engine: Engine, *, then: Callable[[Connection], None] = lambda connection: None
) -> tuple[str | None, str]:
    """Bring a database up to date, whole or not at all; the revision before and after.

    On PostgreSQL by its owner: the role that serves (:data:`SERVING_ROLE`) may not change tables.
    ``then`` is done in the same transaction, such as the entry of the journal.

    Raises
    ------
    StoreError
        Where the database cannot be reached, or was made by a later version.
    """
    before = revision_of(engine)
    with _alone(engine) as connection:
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if not is_sqlite(connection):
            close_rows(connection)
        then(connection)
    return before, head_revision()


def close_rows(connection: Connection) -> None:
    """Row-level security on every table with hubs, for its owner too (PostgreSQL).

    Without ``valoriamo.hubs`` set for the transaction, no row is seen.
    """
    exists = connection.execute(
        sa.text("SELECT 1 FROM pg_roles WHERE rolname = :name"), {"name": SERVING_ROLE}
    ).scalar_one_or_none()
    if exists is None:
        raise SettingsError(
            f"The database has no role {SERVING_ROLE}. Its administrator makes it once with: "
            f"CREATE ROLE {SERVING_ROLE} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '...'"
        )
    for table in metadata.sorted_tables:
        connection.execute(
            sa.text(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table.name} TO {SERVING_ROLE}")
        )
        if "hub" not in table.c or table.name == "revisions":
            continue
        seen, added = _VISIBLE, _VISIBLE
        if table.name == "journal":
            seen, added = f"{_VISIBLE} OR {_EVERY_ENTRY}", "true"
        for statement in (
            f"ALTER TABLE {table.name} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table.name} FORCE ROW LEVEL SECURITY",
            f"DROP POLICY IF EXISTS hubs ON {table.name}",
            f"CREATE POLICY hubs ON {table.name} USING ({seen}) WITH CHECK ({added})",
        ):
            connection.execute(sa.text(statement))
    connection.execute(sa.text(f"GRANT SELECT ON alembic_version TO {SERVING_ROLE}"))
    # Nothing that is on record in the journal is changed there.
    connection.execute(sa.text(f"REVOKE UPDATE ON journal FROM {SERVING_ROLE}"))


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other migration runs beside."""
    try:
        with engine.connect() as plain:
            connection = plain.execution_options(**WRITES)
            with connection.begin():
                if not is_sqlite(connection):
                    connection.execute(sa.text("SELECT pg_advisory_xact_lock(:n)"), {"n": _LOCK})
                yield connection
    except DBAPIError as error:
        raise StoreError(
            "The database could not be brought up to date; it is as it was. "
            f"{type(error.orig).__name__} was answered: is its owner's address given?"
        ) from error
