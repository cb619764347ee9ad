import threading
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from matching.domain.access import Act, Actor, Role
from matching.errors import ConflictError, JournalError, StaleError, UnknownError
from matching.store import Store, Work
from matching.store.person_keys import destroy_key, key_of, key_of_pseudonym, new_person_key
from matching.store.tables import journal, metadata, person_keys, persons
from matching.store.work import new_id
from tests.databases import LECCO, MERATE, a_manager, everybody


def add_person(work: Work, hub: str = LECCO) -> str:
    person = new_id()
    new_person_key(work, person, hub)
    work.add(
        persons,
        {
            "id": person, "hub": hub, "state": "open", "is_protected": False,
            "taken_on": date(2026, 11, 1), "confirmed_on": date(2026, 11, 1),
            "created_at": work.now, "changed_at": work.now, "version": 1,
        },
    )  # fmt: skip
    work.tell(Act.ADD_PERSON, "person", person, hub=hub)
    return person


def test_a_row_of_another_hub_is_not_there(store: Store) -> None:
    with store.writing(a_manager(MERATE)) as work:
        person = add_person(work, MERATE)
    with store.reading(a_manager(LECCO)) as work:
        assert work.rows(persons) == []
        with pytest.raises(UnknownError):
            work.one(persons, persons.c.id == person)
        with pytest.raises(UnknownError):
            key_of(work, person)


def test_rows_by_their_values_are_those_that_the_same_conditions_find(store: Store) -> None:
    with store.writing(everybody()) as work:
        here = [add_person(work) for _ in range(3)]
        there = add_person(work, MERATE)
    for actor, seen in ((a_manager(), here), (a_manager(MERATE), [there]), (everybody(), here)):
        with store.reading(actor) as work:
            one = seen[0]
            assert work.by(persons, id=one) == work.one(persons, persons.c.id == one)
            hub = MERATE if one == there else LECCO
            assert {row.id for row in work.rows_by(persons, hub=hub, state="open")} == set(seen)
            assert work.rows_by(persons, hub=hub, state="closed") == []
            both = work.rows_among(persons, "id", [*here, there])
            assert both == work.rows(persons, persons.c.id.in_([*here, there]))
            assert work.rows_among(persons, "id", []) == []
    with store.reading(a_manager()) as work:
        assert work.by(persons, id=there) is None
        assert work.rows_by(persons, hub=MERATE) == []


def test_nobody_writes_into_another_hub(store: Store) -> None:
    with pytest.raises(UnknownError), store.writing(a_manager(LECCO)) as work:
        add_person(work, MERATE)


def test_whoever_has_no_hub_sees_nothing_in_any_table(store: Store) -> None:
    with store.writing(a_manager()) as work:
        add_person(work)
    nobody = Actor(id="x", role=Role.AGENCY, hubs=frozenset())
    with store.reading(nobody) as work:
        closed = [table for table in metadata.sorted_tables if "hub" in table.c]
        assert {table.name: len(work.rows(table)) for table in closed if work.rows(table)} == {}


def test_row_level_security_shows_nothing_without_a_hub(store: Store) -> None:
    if store.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no row-level security; Work alone closes rows there.")
    with store.writing(a_manager()) as work:
        add_person(work)
    closed = [table for table in metadata.sorted_tables if "hub" in table.c]
    with store.engine.connect() as connection:
        for table in closed:
            if table.name == "revisions":
                continue
            assert connection.execute(sa.select(table)).all() == [], table.name


def test_a_change_without_a_trace_is_undone(store: Store) -> None:
    with pytest.raises(JournalError), store.writing(everybody()) as work:
        new_person_key(work, "p", LECCO)
    with store.reading(everybody()) as work:
        assert work.count(person_keys) == 0


def test_what_fails_leaves_neither_a_row_nor_an_entry(store: Store) -> None:
    def fail(work: Work) -> None:
        add_person(work)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), store.writing(everybody()) as work:
        fail(work)
    with store.reading(everybody()) as work:
        assert work.count(persons) == work.count(journal) == 0


def test_what_only_reads_cannot_change_anything(store: Store) -> None:
    with pytest.raises(JournalError), store.reading(everybody()) as work:
        new_person_key(work, "p", LECCO)


def test_an_update_of_what_somebody_else_changed_is_stale(store: Store) -> None:
    with store.writing(a_manager()) as work:
        person = add_person(work)
    with store.writing(a_manager()) as work:
        work.change(persons, {"state": "closed"}, persons.c.id == person, version=1)
        work.tell(Act.CHANGE_PERSON, "person", person, hub=LECCO)
    with pytest.raises(StaleError, match="version 1"), store.writing(a_manager()) as work:
        work.change(persons, {"state": "open"}, persons.c.id == person, version=1)
    with store.reading(a_manager()) as work:
        row = work.one(persons, persons.c.id == person)
    assert (row.state, row.version) == ("closed", 2)


def test_the_same_row_twice_is_a_conflict(store: Store) -> None:
    with store.writing(a_manager()) as work:
        person = add_person(work)
    with pytest.raises(ConflictError), store.writing(a_manager()) as work:
        new_person_key(work, person, LECCO)


def test_moments_come_back_as_they_went(store: Store) -> None:
    with store.writing(a_manager()) as work:
        add_person(work)
        before = work.now
    with store.reading(a_manager()) as work:
        assert work.rows(persons)[0].created_at == before
    assert before.tzinfo is UTC
    with (
        store.engine.connect() as connection,
        pytest.raises(sa.exc.StatementError, match="time zone"),
    ):
        connection.execute(sa.select(persons).where(persons.c.created_at == datetime(2026, 1, 1)))


def test_a_key_that_is_destroyed_leads_nowhere(store: Store) -> None:
    with store.writing(a_manager()) as work:
        person = add_person(work)
        key = key_of(work, person)
        sealed = key.seal(b"Anna", "notes.sealed:1")
    with store.reading(a_manager()) as work:
        again = key_of_pseudonym(work, key.pseudonym)
        assert again is not None
        assert again.unseal(sealed, "notes.sealed:1") == b"Anna"
    with store.writing(a_manager()) as work:
        destroy_key(work, person)
        work.tell(Act.ERASE_PERSON, "person", key.pseudonym, hub=LECCO)
    with store.reading(a_manager()) as work:
        assert key_of_pseudonym(work, key.pseudonym) is None


def test_writers_side_by_side_lose_nothing_and_fork_nothing(store: Store) -> None:
    def write() -> None:
        for _ in range(10):
            with store.writing(a_manager()) as work:
                add_person(work)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reading(everybody()) as work:
        assert work.count(persons) == work.count(journal) == 80
    verdict = store.verified()
    assert (verdict.entries, verdict.problems) == (80, ())


def test_two_who_tell_and_change_in_another_order_do_not_wait_for_each_other(
    store: Store,
) -> None:
    with store.writing(a_manager()) as work:
        person = add_person(work)
    told, changed = threading.Event(), threading.Event()
    problems: list[Exception] = []

    def change(work: Work) -> None:
        work.change(persons, {"point": "punto"}, persons.c.id == person)

    def tells_first() -> None:
        with store.writing(a_manager()) as work:
            work.tell(Act.CHANGE_PERSON, "person", person, hub=LECCO)
            told.set()
            # Until the other has changed the row, where nothing keeps it from beginning.
            changed.wait(0.5)
            change(work)

    def changes_first() -> None:
        told.wait(10)
        with store.writing(a_manager()) as work:
            change(work)
            changed.set()
            work.tell(Act.CHANGE_PERSON, "person", person, hub=LECCO)

    def tried(do: Callable[[], None]) -> None:
        try:
            do()
        except Exception as error:
            problems.append(error)

    threads = [threading.Thread(target=tried, args=(do,)) for do in (tells_first, changes_first)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    assert problems == []
    assert store.verified().problems == ()
