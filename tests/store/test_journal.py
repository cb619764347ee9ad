"""Whatever is done to the journal behind its back is found; what is done by the book is not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from matching.domain.access import Act
from matching.errors import JournalError
from matching.store import Store, journal
from matching.store.anchor import Anchor
from matching.store.chain import Head
from matching.store.engine import WRITES
from matching.store.tables import installation, journal_head
from matching.store.tables import journal as entries
from tests.databases import everybody

START = datetime(2024, 1, 31, 12, tzinfo=UTC)


@pytest.fixture
def written(store: Store) -> Store:
    """A store with six acts in its journal."""
    write(store, 6)
    assert store.verified().problems == ()
    return store


def write(store: Store, count: int) -> None:
    for number in range(count):
        with store.writing(everybody()) as work:
            work.tell(Act.SCORE, "test", f"s{number}", count=number)


def meddle(store: Store, *statements: sa.Executable) -> None:
    """Change the database as whoever owns it can, past the store and its journal."""
    url = store.engine.url
    if store.engine.dialect.name != "sqlite":
        url = url.set(username="postgres", password=None)
    engine = sa.create_engine(url)
    try:
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(statement)
    finally:
        engine.dispose()


def problems(store: Store) -> str:
    return "; ".join(store.verified().problems)


def test_an_entry_that_was_edited_is_found(written: Store) -> None:
    for values in ({"detail": '{"count":9}'}, {"actor": "x"}, {"hub": "h"}, {"subject": None}):
        before = written.engine
        number = 3
        with before.connect() as connection, connection.begin():
            see_all(connection)
            held = connection.execute(sa.select(entries).where(entries.c.number == number)).one()
        meddle(written, sa.update(entries).where(entries.c.number == number).values(**values))
        assert "entry 3 was edited" in problems(written), values
        kept = {name: held._mapping[name] for name in values}
        meddle(written, sa.update(entries).where(entries.c.number == number).values(**kept))
        assert problems(written) == ""


def test_an_entry_that_was_moved_to_another_moment_is_found(written: Store) -> None:
    moved = sa.update(entries).where(entries.c.number == 2).values(at=START)
    meddle(written, moved)
    assert "entry 2 was edited" in problems(written)


def test_an_entry_that_was_deleted_is_found(written: Store) -> None:
    meddle(written, sa.delete(entries).where(entries.c.number == 4))
    assert "entries 4 to 4 are missing" in problems(written)


def test_the_first_entry_deleted_is_found(written: Store) -> None:
    meddle(written, sa.delete(entries).where(entries.c.number == 1))
    assert "entries 1 to 1 are missing" in problems(written)


def test_entries_that_changed_places_are_found(written: Store) -> None:
    def renumber(one: int, other: int) -> sa.Update:
        return sa.update(entries).where(entries.c.number == one).values(number=other)

    meddle(written, renumber(2, 99), renumber(3, 2), renumber(99, 3))
    said = problems(written)
    assert "entry 2 was edited" in said
    assert "entry 3 was edited" in said


def test_an_entry_that_was_put_in_is_found(written: Store) -> None:
    forged = {
        "number": 7, "hub": "*", "at": START, "actor": "x", "role": "admin", "act": "score",
        "subject_kind": "test", "subject": None, "detail": "{}", "request": None, "mac": "0" * 64,
    }  # fmt: skip
    meddle(written, sa.insert(entries).values(**forged))
    assert "entry 7 was edited, moved or put in" in problems(written)


def test_a_tail_that_was_cut_is_found(written: Store) -> None:
    meddle(written, sa.delete(entries).where(entries.c.number > 4))
    assert "the tail was cut" in problems(written)


def test_a_tail_that_was_cut_with_its_head_is_found_by_the_heads_outside(written: Store) -> None:
    head = Head(number=4, mac=mac_of(written, 4))
    meddle(
        written,
        sa.delete(entries).where(entries.c.number > 4),
        sa.update(journal_head).values(number=head.number, mac=head.mac),
    )
    assert "entry 6 was noted outside the database and is not in it" in problems(written)
    # Without the heads outside, nobody could have seen it; that is told, too.
    blind = replace(written, anchor=Anchor(written.anchor.path.with_name("none")))
    assert problems(blind) == "no head was noted outside the database: a cut tail could not be seen"


def test_a_journal_that_was_wiped_is_found(written: Store) -> None:
    meddle(
        written,
        sa.delete(entries),
        sa.update(journal_head).values(number=0, mac="0" * 64),
    )
    assert "the journal was wiped" in problems(written)


def test_a_journal_that_was_wiped_and_begun_anew_is_found(written: Store) -> None:
    meddle(
        written,
        sa.delete(entries),
        sa.update(journal_head).values(number=0, mac="0" * 64),
    )
    write(written, 8)
    said = problems(written)
    assert "the journal was forked" in said


def test_two_entries_after_the_same_one_are_found(written: Store) -> None:
    # A copy of the database goes on by itself, and notes its heads in the same place.
    written.anchor.add(Head(number=6, mac="f" * 64))
    assert "there were two entries 6: the journal was forked" in problems(written)


def test_a_head_that_was_changed_is_found(written: Store) -> None:
    meddle(written, sa.update(journal_head).values(mac="e" * 64))
    assert "the head was changed" in problems(written)


def test_without_a_head_no_act_is_done(written: Store) -> None:
    meddle(written, sa.delete(journal_head))
    with pytest.raises(JournalError, match="valoriamo init"), written.writing(everybody()) as work:
        work.tell(Act.SCORE, "test", None)


def test_an_act_whose_head_cannot_be_noted_is_done_and_told(written: Store) -> None:
    told: list[str] = []
    folder = written.anchor.path.with_name("folder")
    folder.mkdir()
    store = replace(written, anchor=Anchor(folder), said=told.append)
    write(store, 1)
    assert "VALORIAMO_ANCHOR" in told[0]
    write(written, 1)
    assert written.verified().entries == 8
    assert problems(written) == ""


def at_months(store: Store, moments: list[datetime]) -> Store:
    for moment in moments:
        write(replace(store, clock=lambda moment=moment: moment), 1)  # type: ignore[misc]
    return store


def purged(store: Store, before: datetime) -> int:
    with store.engine.connect() as plain:
        connection = plain.execution_options(**WRITES)
        with connection.begin():
            see_all(connection)
            return journal.purge(connection, before, store.ring.journal, START)


def see_all(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        connection.execute(sa.text("SELECT set_config('valoriamo.hubs', '*all*', true)"))


def months() -> Iterator[datetime]:
    moment = START
    while True:
        yield moment
        moment += timedelta(days=30)


def test_a_purge_by_the_book_leaves_a_chain_that_holds(store: Store) -> None:
    every = [moment for moment, _ in zip(months(), range(10), strict=False)]
    at_months(store, every)
    assert purged(store, every[4]) == 4
    verdict = store.verified()
    assert (verdict.entries, verdict.head.number, verdict.problems) == (6, 10, ())
    assert purged(store, every[4]) == 0
    write(store, 1)
    assert purged(store, every[9] + timedelta(days=365 * 9)) == 7
    assert problems(store) == ""
    write(store, 1)
    assert store.verified().entries == 1
    assert problems(store) == ""


def test_entries_cut_as_if_they_had_been_purged_are_found(store: Store) -> None:
    every = [moment for moment, _ in zip(months(), range(6), strict=False)]
    at_months(store, every)
    purged(store, every[2])
    forged = sa.update(installation).where(installation.c.name == journal.START)
    mac = mac_of(store, 4)
    meddle(
        store,
        sa.delete(entries).where(entries.c.number <= 4),
        forged.values(value=f'{{"mac":"{mac}","number":4,"seal":"{"0" * 64}"}}'),
    )
    assert "where the kept entries begin was changed" in problems(store)


def test_a_clock_that_jumped_back_gives_no_entry_to_a_purge_before_its_time(store: Store) -> None:
    jumped = START - timedelta(days=3000)
    at_months(store, [START, START + timedelta(days=700), jumped, START + timedelta(days=701)])
    assert problems(store) == ""
    assert purged(store, START + timedelta(days=600)) == 1
    verdict = store.verified()
    assert (verdict.entries, verdict.problems) == (3, ())


def mac_of(store: Store, number: int) -> str:
    with store.engine.connect() as connection, connection.begin():
        see_all(connection)
        chosen = sa.select(entries.c.mac).where(entries.c.number == number)
        return str(connection.execute(chosen).scalar_one())
