"""What is examined in the database: schema, rows, keys, journal, clock, work in the background."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from matching.domain.access import the_system
from matching.errors import KeyringError, StoreError
from matching.hub.model_changes import open_change
from matching.models.package import Kind
from matching.operations.findings import Aspect, Finding, failed, warning, well
from matching.operations.installing import opens_canary
from matching.operations.places import Clock, Places, check_sees_all, check_there, opened
from matching.operations.staging import check_whole
from matching.store import Store, open_engine
from matching.store.engine import is_sqlite
from matching.store.schema import check_revision, head_revision
from matching.store.tables import jobs, journal, metadata

AHEAD = timedelta(minutes=5)
"""How much later than now an entry of the journal may be: clocks of two machines differ."""

_WAITED = timedelta(hours=1)
"""How long work may wait in the queue before somebody should look."""

_RECENT = timedelta(days=7)
_MOST = 3  # breaks of the journal that are told one by one


def database_findings(places: Places, *, clock: Clock) -> Iterator[Finding]:
    """Every finding of the database; those that need it are left out where it is away."""
    try:
        check_there(places.database)
        engine = open_engine(places.database)
        try:
            check_revision(engine)
        finally:
            engine.dispose()
    except StoreError as error:
        yield failed(Aspect.DATABASE, "doctor.refused", error=str(error))
        return
    yield well(Aspect.DATABASE, "doctor.revision", revision=head_revision())
    try:
        with opened(places, clock=clock) as store:
            yield _rows(store)
            yield _keys(store)
            yield from _journal(store)
            yield from _by_the_clock(store, clock())
            yield from _models(store)
    except KeyringError as error:
        yield failed(Aspect.KEYS, "doctor.refused", error=str(error))
    except (StoreError, DBAPIError) as error:
        said = str(error) if isinstance(error, StoreError) else type(error.orig).__name__
        yield failed(Aspect.DATABASE, "doctor.refused", error=said)


def _rows(store: Store) -> Finding:
    try:
        with store.engine.connect() as connection:
            check_whole(connection)
            open_tables = _not_closed(connection)
    except StoreError as error:
        return failed(Aspect.ROWS, "doctor.refused", error=str(error))
    except DBAPIError as error:
        return failed(Aspect.ROWS, "doctor.unreadable", error=type(error.orig).__name__)
    if open_tables:
        return failed(Aspect.ROWS, "doctor.not_closed", tables=", ".join(open_tables))
    return well(Aspect.ROWS, "doctor.whole")


def _not_closed(connection: Connection) -> list[str]:
    """Tables with hubs that row-level security does not close (PostgreSQL)."""
    if is_sqlite(connection):
        return []
    closed = set(
        connection.execute(
            sa.text("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        ).scalars()
    )
    wanted = {
        table.name
        for table in metadata.sorted_tables
        if "hub" in table.c and table.name != "revisions"
    }
    return sorted(wanted - closed)


def _keys(store: Store) -> Finding:
    try:
        with store.reading(the_system(frozenset())) as work:
            there = opens_canary(work)
    except KeyringError as error:
        return failed(Aspect.KEYS, "doctor.wrong_keys", error=str(error))
    if not there:
        return warning(Aspect.KEYS, "doctor.no_canary")
    if len(store.ring.keys) > 1:
        return warning(Aspect.KEYS, "doctor.rotation_cut")
    return well(Aspect.KEYS, "doctor.keys_open", key_name=store.ring.current)


def _journal(store: Store) -> Iterator[Finding]:
    verdict = store.verified()
    if not verdict.problems:
        yield well(Aspect.JOURNAL, "doctor.chain_holds", count=verdict.entries)
        return
    for problem in verdict.problems[:_MOST]:
        yield failed(Aspect.JOURNAL, "doctor.chain_broken", problem=problem)
    if len(verdict.problems) > _MOST:
        rest = len(verdict.problems) - _MOST
        yield failed(Aspect.JOURNAL, "doctor.more_breaks", count=rest)


def _by_the_clock(store: Store, now: datetime) -> Iterator[Finding]:
    try:
        with store.engine.connect() as connection:
            check_sees_all(connection)
            yield _clock(connection, now)
            yield _jobs(connection, now)
    except StoreError as error:
        yield warning(Aspect.JOBS, "doctor.refused", error=str(error))


def _clock(connection: Connection, now: datetime) -> Finding:
    # The newest entry by its moment, not by its number: the order does not depend on the clock.
    latest = connection.execute(
        sa.select(journal.c.at).order_by(journal.c.at.desc()).limit(1)
    ).scalar_one_or_none()
    if latest is not None and latest > now + AHEAD:
        return failed(Aspect.CLOCK, "doctor.clock_back", moment=f"{latest:%Y-%m-%d %H:%M}")
    return well(Aspect.CLOCK, "doctor.clock_well", moment=f"{now:%Y-%m-%d %H:%M}")


def _jobs(connection: Connection, now: datetime) -> Finding:
    def count(*conditions: sa.ColumnElement[bool]) -> int:
        chosen = sa.select(sa.func.count()).select_from(jobs).where(*conditions)
        return int(connection.execute(chosen).scalar_one())

    waiting = count(jobs.c.state == "queued", jobs.c.run_at < now - _WAITED)
    lost = count(jobs.c.state == "failed", jobs.c.finished_at > now - _RECENT)
    if waiting or lost:
        return warning(Aspect.JOBS, "doctor.jobs_late", waiting=waiting, failed=lost)
    return well(Aspect.JOBS, "doctor.jobs_well")


def _models(store: Store) -> Iterator[Finding]:
    with store.reading(the_system(frozenset())) as work:
        for name in Kind:
            change = open_change(work, name)
            if change is not None:
                yield warning(
                    Aspect.REGISTRY, "doctor.model_waits", name=str(name), version=change.version
                )
