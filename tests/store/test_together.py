"""Readings are entered together, and nobody is answered before her own is committed."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from matching.domain.access import Act
from matching.errors import JournalError, StoreError
from matching.store import Store
from matching.store.chain import Entry
from matching.store.tables import journal, journal_head, persons
from matching.store.together import Together
from tests.databases import LECCO, a_manager, everybody
from tests.store.test_work import add_person


def an_entry(subject: str) -> Entry:
    return Entry(
        number=0, hub=LECCO, at=datetime(2026, 11, 29, tzinfo=UTC), actor="x", role="system",
        act=Act.READ_PERSON, subject_kind="test", subject=subject, detail="{}", request=None,
    )  # fmt: skip


@dataclass
class Disk:
    """Commits groups one by one, each once it is let."""

    groups: list[list[str | None]] = field(default_factory=list)
    let: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    is_full: bool = False

    def __call__(self, entries: Sequence[Entry]) -> None:
        assert self.let.acquire(timeout=20)
        if self.is_full:
            raise JournalError("no room")
        self.groups.append([one.subject for one in entries])


def until(holds: Callable[[], bool]) -> None:
    last = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < last
        threading.Event().wait(0.001)


def entering(together: Together, subjects: Sequence[str]) -> tuple[list[threading.Thread], dict]:
    """Threads that enter one entry each, and what was raised in them by subject, once over."""
    over: dict[str, str] = {}

    def enter(subject: str) -> None:
        try:
            together.enter([an_entry(subject)])
            over[subject] = ""
        except StoreError as error:
            over[subject] = str(error)

    threads = [threading.Thread(target=enter, args=(one,)) for one in subjects]
    for thread in threads:
        thread.start()
    return threads, over


def test_whoever_comes_while_others_are_committed_is_committed_with_those_beside_her() -> None:
    disk = Disk()
    together = Together(threading.Lock(), disk)
    first, over = entering(together, ["first"])
    until(lambda: together.turn.locked() and not together._waiting)
    others, later = entering(together, ["a", "b", "c"])
    until(lambda: len(together._waiting) == 3)
    assert (over, later) == ({}, {})
    disk.let.release()
    until(lambda: over == {"first": ""})
    assert later == {}
    disk.let.release()
    for thread in first + others:
        thread.join(20)
    assert [sorted(map(str, group)) for group in disk.groups] == [["first"], ["a", "b", "c"]]
    assert later == {"a": "", "b": "", "c": ""}


def test_where_entries_are_not_committed_nobody_of_the_group_is_answered() -> None:
    disk = Disk(is_full=True)
    together = Together(threading.Lock(), disk)
    with together.turn:
        threads, over = entering(together, ["a", "b", "c"])
        until(lambda: len(together._waiting) == 3)
        disk.let.release()
    for thread in threads:
        thread.join(20)
    assert sorted(over) == ["a", "b", "c"]
    assert sorted(over.values())[-1] == "no room"
    assert sum("not shown" in said for said in over.values()) == 2
    # The next group is another matter.
    disk.is_full = False
    disk.let.release()
    together.enter([an_entry("d")])
    assert disk.groups == [["d"]]


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
    by_other_object = replace(store)

    def read(some: Store) -> None:
        for number in range(20):
            with some.noting(a_manager()) as work:
                work.tell(Act.READ_PERSON, "person", str(number), hub=LECCO)

    def write() -> None:
        for _ in range(5):
            with store.writing(a_manager()) as work:
                add_person(work)

    threads = [threading.Thread(target=read, args=(store,)) for _ in range(6)]
    threads += [threading.Thread(target=read, args=(by_other_object,)) for _ in range(2)]
    threads += [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reading(everybody()) as work:
        assert work.count(journal, journal.c.act == Act.READ_PERSON) == 160
        assert work.count(persons) == 10
    assert store.verified().problems == ()
