"""Work that reads, and what it leaves in the journal."""

import threading

import pytest
import sqlalchemy as sa

from matching.domain.access import Act
from matching.errors import JournalError
from matching.store import Store
from matching.store.chain import Entry
from matching.store.tables import journal, journal_head, persons
from tests.databases import LECCO, a_manager, everybody
from tests.store.test_work import add_person


def test_what_is_read_is_on_record_before_it_is_over(store: Store) -> None:
    with store.noting(a_manager(), "request-1") as work:
        work.tell(Act.READ_PERSON, "person", "p1", hub=LECCO)
        work.tell(Act.READ_NOTES, "person", "p1", hub=LECCO, count=0)
        assert work.count(journal) == 0
    with store.reading(everybody()) as work:
        rows = work.rows(journal, order=[journal.c.number])
    assert [(row.number, row.act, row.request) for row in rows] == [
        (1, Act.READ_PERSON, "request-1"), (2, Act.READ_NOTES, "request-1"),
    ]  # fmt: skip
    assert [head.number for head in store.anchor.heads()] == [2]
    assert store.verified().problems == ()


def test_what_is_entered_later_is_entered_by_whoever_has_it(store: Store) -> None:
    later: list[Entry] = []
    for number in range(3):
        with store.noting(a_manager(), later=later) as work:
            work.tell(Act.READ_PERSON, "person", str(number), hub=LECCO)
    assert store.verified().entries == 0
    store.enter(later)
    with store.reading(everybody()) as work:
        rows = work.rows(journal, order=[journal.c.number])
    assert [(row.number, row.subject) for row in rows] == [(1, "0"), (2, "1"), (3, "2")]
    assert [head.number for head in store.anchor.heads()] == [3]
    assert store.verified().problems == ()


def test_what_failed_to_be_read_is_not_on_record(store: Store) -> None:
    def fails() -> None:
        with store.noting(a_manager()) as work:
            work.tell(Act.READ_PERSON, "person", "p1", hub=LECCO)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert store.verified().entries == 0


def test_a_reading_changes_nothing(store: Store) -> None:
    with pytest.raises(JournalError, match="undone"), store.noting(a_manager()) as work:
        add_person(work)
    with store.reading(everybody()) as work:
        assert work.count(persons) == work.count(journal) == 0


def test_a_reading_that_cannot_be_entered_is_no_answer(store: Store) -> None:
    with store.engine.connect() as connection, connection.begin():
        connection.execute(sa.delete(journal_head))
    with pytest.raises(JournalError, match="valoriamo init"), store.noting(a_manager()) as work:
        work.tell(Act.READ_PERSON, "person", "p1", hub=LECCO)


def test_readers_and_writers_side_by_side_make_one_chain(store: Store) -> None:
    def read() -> None:
        for number in range(20):
            with store.noting(a_manager()) as work:
                work.tell(Act.READ_PERSON, "person", str(number), hub=LECCO)

    def write() -> None:
        for _ in range(5):
            with store.writing(a_manager()) as work:
                add_person(work)

    threads = [threading.Thread(target=read) for _ in range(6)]
    threads += [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reading(everybody()) as work:
        assert work.count(journal, journal.c.act == Act.READ_PERSON) == 120
        assert work.count(persons) == 10
    assert store.verified().problems == ()
