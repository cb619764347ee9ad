"""What an installation must be to be served: looked at before anything is listened on."""

from collections.abc import Callable
from contextlib import ExitStack

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from matching.domain.access import EVERYWHERE, the_system
from matching.errors import KeyringError, SettingsError, StoreError
from matching.operations.database_checks import AHEAD
from matching.operations.installing import opens_canary
from matching.operations.places import Clock, check_there, database_file
from matching.settings import Settings, anchor_path, database_url, keyring_path
from matching.store import Store, open_store
from matching.store.engine import is_sqlite
from matching.store.keyring import in_environment
from matching.store.store import utc_now
from matching.store.tables import accounts
from matching.territory import load_territory, territory_folder


def is_installed(settings: Settings) -> bool:
    """Whether the home is one of an installation, also where its database was lost."""
    file = database_file(database_url(settings))
    traces = (keyring_path(settings), anchor_path(settings), *(() if file is None else (file,)))
    return file is None or in_environment() or any(path.exists() for path in traces)


def open_for_serving(
    settings: Settings,
    *,
    said: Callable[[str], None] = lambda sentence: None,
    clock: Clock = utc_now,
    trusts_clock: bool = False,
) -> Store:
    """The store of an installation that fits: schema, keys, territory, journal, role, clock.

    Parameters
    ----------
    settings
        Where everything is.
    said
        Told of what does not stand in the way, then and later.
    clock
        What moment it is.
    trusts_clock
        Whether it is right although the last entry of the journal is of later.

    Raises
    ------
    StoreError
        Where the database is away, of another revision, or shows its rows to whoever asks; or
        where the clock is behind the journal.
    KeyringError
        Where the keys are away, or not those that the database was sealed with.
    JournalError
        Where the last entry is not the one that was noted outside the database.
    SettingsError
        Where it has accounts of hubs that are not of the territory.
    """
    check_there(database_url(settings))
    store = open_store(
        database_url(settings),
        keyring_path(settings),
        anchor_path(settings),
        said=said,
        clock=clock,
    )
    with ExitStack() as refused:
        refused.callback(store.engine.dispose)
        with store.reading(the_system(frozenset())) as work:
            _check_role(work.connection)
            if not opens_canary(work):
                raise KeyringError(
                    "The database was not made by valoriamo init: nothing in it shows whether the "
                    "keys are its own. Make the installation with: valoriamo init."
                )
            _check_hubs(work.connection, settings)
        store.check_journal()
        if not trusts_clock:
            _check_clock(store)
        refused.pop_all()
    if not store.anchor.path.exists():
        said(
            f"{store.anchor.path}: no head of the journal is noted there, so that a cut tail would "
            "not be seen; it is begun anew."
        )
    return store


def _check_role(connection: Connection) -> None:
    if is_sqlite(connection):
        return
    passes = connection.execute(
        sa.text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
    ).scalar_one()
    if passes:
        raise StoreError(
            "VALORIAMO_DATABASE_URL signs in with a role that row-level security does not hold. "
            "Name the role that serves there, and its owner's in VALORIAMO_DATABASE_OWNER_URL."
        )


def _check_clock(store: Store) -> None:
    latest, now = store.last_moment(), store.clock()
    if latest is not None and latest > now + AHEAD:
        raise StoreError(
            f"The clock says {now:%Y-%m-%d %H:%M} and the last entry of the journal is of "
            f"{latest:%Y-%m-%d %H:%M} (UTC). Set the clock right: what is computed, kept and ended "
            "counts by it. If it was wrong when that entry was made, serve with --clock-is-right."
        )


def _check_hubs(connection: Connection, settings: Settings) -> None:
    folder = territory_folder(settings.data_dir / "territories", settings.territory)
    territory = load_territory(folder)
    hubs = {hub.id for hub in territory.hubs} | {EVERYWHERE}
    found = set(connection.execute(sa.select(accounts.c.home_hub).distinct()).scalars())
    if strange := sorted(found - hubs):
        raise SettingsError(
            f"There are accounts of {', '.join(strange)}, which the territory {territory.code} "
            f"does not have; it has {', '.join(sorted(hubs - {EVERYWHERE}))}. Set "
            "VALORIAMO_TERRITORY to the territory of this installation."
        )
