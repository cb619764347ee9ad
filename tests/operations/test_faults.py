"""A full disk, a database that is away or closed, a clock that jumps: a defined answer for each."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from matching.domain.access import Act
from matching.errors import InputError, JournalError, StoreError
from matching.operations.backup import back_up
from matching.operations.backup_secret import Secret, read_backup_key
from matching.operations.places import Places, database_file, opened
from matching.store import Store
from matching.store.tables import journal
from tests.databases import everybody
from tests.operations.installations import (
    SYSTEM,
    Clock,
    added,
    an_installation,
    content,
    in_a_child,
    verdict_of,
)

NOBODY = 65534


@pytest.fixture
def lite(tmp_path: Path) -> Places:
    """An installation on SQLite, for faults of files."""
    return an_installation("sqlite", tmp_path)


@contextmanager
def no_page_more(store: Store) -> Iterator[None]:
    """SQLite as on a full disk: what would need another page is refused (SQLITE_FULL)."""

    def limit(connection: sa.Connection) -> None:
        (pages,) = connection.exec_driver_sql("PRAGMA page_count").one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    sa.event.listen(store.engine, "begin", limit)
    try:
        yield
    finally:
        sa.event.remove(store.engine, "begin", limit)
        store.engine.dispose()


def test_on_a_full_disk_an_act_is_refused_whole_and_works_again_once_there_is_room(
    lite: Places,
) -> None:
    done = [verdict_of(lite)]

    def fill(store: Store) -> None:
        for _ in range(300):
            with store.writing(SYSTEM) as work:
                for _ in range(10):
                    added(work, "Anna")
            done.append(verdict_of(lite))

    with opened(lite) as store:
        with no_page_more(store), pytest.raises(StoreError, match="nothing was changed"):
            fill(store)
        # What was acknowledged is there, and nothing of what was refused.
        assert verdict_of(lite) == done[-1]
        with store.writing(SYSTEM) as work:
            added(work, "Anna")
    assert verdict_of(lite) == (done[-1][0] + 1, ())


def test_a_backup_for_which_there_is_no_room_leaves_nothing(
    lite: Places, secret_of: Secret, tmp_path: Path
) -> None:
    out = tmp_path / "backup"
    before = content(lite)

    def with_little_room() -> None:
        # As a full disk: no file of this process may be longer than this.
        resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, 700_000))
        for number in range(2):
            with pytest.raises((InputError, StoreError), match="room"):
                back_up(lite, out.with_name(f"backup{number}"), secret_of)

    file = database_file(lite.database)
    assert file is not None
    with opened(lite) as store:
        for _ in range(30):
            with store.writing(SYSTEM) as work:
                for _ in range(40):
                    added(work, "Anna")
        before = content(lite)
    assert file.stat().st_size > 700_000
    assert in_a_child(with_little_room) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "hub.db"]
    assert content(lite) == before


@pytest.fixture
def secret_of(lite: Places) -> Secret:
    return read_backup_key(lite.backup_key)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
def test_a_database_that_may_not_be_written_is_a_refusal_and_never_half_an_act(
    lite: Places, tmp_path: Path
) -> None:
    file = database_file(lite.database)
    assert file is not None
    closed = Path("/tmp") / f"closed-{os.getpid()}"
    closed.mkdir(mode=0o755)
    before = content(lite)
    try:
        (closed / "hub.db").write_bytes(file.read_bytes())
        (closed / "hub.db").chmod(0o444)

        def as_somebody_else() -> None:
            with opened(lite) as store:
                keys, anchor = store.ring, store.anchor
            os.setuid(NOBODY)
            engine = sa.create_engine(f"sqlite:///{closed / 'hub.db'}")
            other = Store(engine, keys, anchor)
            with pytest.raises(StoreError), other.writing(SYSTEM) as work:
                added(work, "Anna")

        assert in_a_child(as_somebody_else) == 0
        assert (closed / "hub.db").read_bytes() == file.read_bytes()
    finally:
        for path in closed.iterdir():
            path.unlink()
        closed.rmdir()
    assert content(lite) == before


def test_a_database_that_is_a_folder_or_away_is_told_and_nothing_is_made(lite: Places) -> None:
    file = database_file(lite.database)
    assert file is not None
    file.unlink()
    with pytest.raises(StoreError, match=r"not there.*valoriamo restore"), opened(lite):
        pass
    assert not file.exists()
    file.mkdir()
    with pytest.raises(StoreError), opened(lite):
        pass


def test_a_database_that_goes_away_between_two_acts_is_told(places: Places) -> None:
    with opened(places) as store:
        with store.writing(SYSTEM) as work:
            added(work, "Anna")
        if database_file(places.database) is None:
            with store.engine.connect() as one, one.begin():
                me = one.execute(sa.text("SELECT pg_backend_pid()")).scalar_one()
            terminate(places, me)
        else:
            store.engine.dispose()
            moved = database_file(places.database)
            assert moved is not None
            moved.rename(moved.with_name("moved"))
            with pytest.raises(StoreError), store.writing(SYSTEM) as work:
                added(work, "Bruna")
            moved.unlink()
            moved.with_name("moved").rename(moved)
            store.engine.dispose()
        # Back again, it is worked with as before.
        with store.writing(SYSTEM) as work:
            added(work, "Carla")
    assert verdict_of(places)[1] == ()


def test_a_connection_that_breaks_within_an_act_undoes_it(places: Places) -> None:
    if database_file(places.database) is not None:
        pytest.skip("SQLite has no connection to break.")
    before = verdict_of(places)

    def act(store: Store) -> None:
        with store.writing(SYSTEM) as work:
            added(work, "Anna")
            me = work.connection.execute(sa.text("SELECT pg_backend_pid()")).scalar_one()
            terminate(places, me)
            added(work, "Bruna")

    with opened(places) as store:
        with pytest.raises(StoreError, match="nothing was changed"):
            act(store)
        assert verdict_of(places) == before
        with store.writing(SYSTEM) as work:
            added(work, "Anna")
    assert verdict_of(places)[1] == ()


def terminate(places: Places, process: int) -> None:
    with opened(places) as store, store.engine.connect() as connection, connection.begin():
        connection.execute(sa.text("SELECT pg_terminate_backend(:p, 5000)"), {"p": process})


def test_the_journal_keeps_its_order_whatever_the_clock_does(places: Places) -> None:
    years = (2030, 2019, 2031, 1999)
    for year in years:
        clock = Clock(datetime(year, 1, 1, tzinfo=UTC))
        with opened(places, clock=clock) as store, store.writing(everybody()) as work:
            work.tell(Act.SCORE, "test", str(year))
    with opened(places) as store, store.reading(everybody()) as work:
        rows = work.rows(journal, journal.c.act == Act.SCORE, order=[journal.c.number])
    assert [int(row.subject) for row in rows] == list(years)
    assert verdict_of(places)[1] == ()


def test_a_head_for_which_there_is_no_room_is_told_and_none_is_half_written(lite: Places) -> None:
    before = lite.anchor.read_bytes()

    def fill() -> None:
        with opened(lite) as store:
            head = store.verified().head
            resource.setrlimit(resource.RLIMIT_FSIZE, (len(before), len(before)))
            with pytest.raises(JournalError, match="VALORIAMO_ANCHOR"):
                store.anchor.add(head)

    assert in_a_child(fill) == 0
    assert lite.anchor.read_bytes() == before
