"""What was read is answered once it is on record, and not before."""

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.types import Message

from matching.api.hub.record import SPACED_SECONDS, OnRecord, Record
from matching.domain.access import Act
from matching.errors import JournalError, StoreError
from matching.store.chain import Entry
from matching.store.tables import journal, journal_head
from tests.api.hub.desk import Desk
from tests.databases import LECCO, everybody


def an_entry(subject: str) -> Entry:
    return Entry(
        number=0, hub=LECCO, at=datetime(2026, 11, 29, tzinfo=UTC), actor="x", role="system",
        act=Act.READ_PERSON, subject_kind="test", subject=subject, detail="{}", request=None,
    )  # fmt: skip


@dataclass
class Disk:
    """Commits groups one by one, each once it is let; ``fails`` is raised instead."""

    groups: list[list[str | None]] = field(default_factory=list)
    let: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    fails: list[Exception] = field(default_factory=list)

    def __call__(self, entries: Sequence[Entry]) -> None:
        assert self.let.acquire(timeout=20)
        if self.fails:
            raise self.fails.pop()
        self.groups.append([one.subject for one in entries])


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0)


def entering(record: Record, *subjects: str) -> list[asyncio.Task[None]]:
    return [asyncio.create_task(record.entered([an_entry(one)])) for one in subjects]


def run(test: Callable[[Disk, Record], Awaitable[None]]) -> Disk:
    disk = Disk()

    async def whole() -> None:
        await test(disk, Record(disk))

    asyncio.run(whole())
    return disk


def test_whoever_reads_while_others_are_committed_is_committed_with_those_beside_her() -> None:
    async def test(disk: Disk, record: Record) -> None:
        (first,) = entering(record, "first")
        await until(lambda: record._task is not None and not record._waiting)
        others = entering(record, "a", "b", "c")
        await until(lambda: len(record._waiting) == 3)
        assert not first.done()
        disk.let.release()
        await first
        assert not any(one.done() for one in others)
        disk.let.release()
        await asyncio.gather(*others)

    assert run(test).groups == [["first"], ["a", "b", "c"]]


def test_where_entries_are_not_committed_nobody_of_the_group_is_answered() -> None:
    async def test(disk: Disk, record: Record) -> None:
        disk.fails.append(JournalError("no room"))
        disk.let.release()
        found = await asyncio.gather(*entering(record, "a", "b"), return_exceptions=True)
        assert [(type(one), str(one)) for one in found] == [(JournalError, "no room")] * 2
        disk.let.release()
        await asyncio.gather(*entering(record, "c"))

    assert run(test).groups == [["c"]]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_whatever_goes_wrong_leaves_nobody_waiting() -> None:
    async def test(disk: Disk, record: Record) -> None:
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)
        disk.fails.append(RuntimeError("unforeseen"))
        disk.let.release()
        found = await asyncio.gather(*entering(record, "a", "b"), return_exceptions=True)
        assert [type(one) for one in found] == [StoreError, StoreError]
        disk.let.release()
        await asyncio.gather(*entering(record, "c"))

    assert run(test).groups == [["c"]]


def test_whoever_does_not_wait_any_more_takes_nothing_from_the_others() -> None:
    async def test(disk: Disk, record: Record) -> None:
        gone, there = entering(record, "gone", "there")
        await until(lambda: record._task is not None and not record._waiting)
        gone.cancel()
        disk.let.release()
        await there

    assert run(test).groups == [["gone", "there"]]


def test_commits_are_spaced_and_the_first_after_a_while_is_not_kept_waiting() -> None:
    async def test(disk: Disk, record: Record) -> None:
        slept: list[float] = []
        real = asyncio.sleep

        async def sleep(seconds: float) -> None:
            slept.append(seconds)
            await real(0)

        now = 100.0
        record.clock = lambda: now
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("matching.api.hub.record.asyncio.sleep", sleep)
            for later in (0.0, 0.005, 1.0):
                now += later
                disk.let.release()
                await asyncio.gather(*entering(record, "x"))
        first, soon, after_a_while = [seconds for seconds in slept if seconds != 0]
        assert first <= 0
        assert soon == pytest.approx(SPACED_SECONDS - 0.005)
        assert after_a_while <= 0

    run(test)


SCOPE: dict[str, Any] = {"type": "http", "method": "GET", "path": "/", "headers": []}


def answered(enter: Callable[[Sequence[Entry]], None], noted: int) -> list[Message]:
    """The messages of an answer for which so much was read, with what was sent at each commit."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    async def whole() -> None:
        def entered(entries: Sequence[Entry]) -> None:
            assert sent == []
            enter(entries)

        scope = {**SCOPE, "state": {"request_id": "r"}}
        answer = OnRecord(scope, receive, send, Record(entered))
        answer.noted += [an_entry(str(number)) for number in range(noted)]
        await answer.send({"type": "http.response.start", "status": 200, "headers": []})
        await answer.send({"type": "http.response.body", "body": b"Zaira"})

    asyncio.run(whole())
    return sent


def test_an_answer_is_sent_once_what_was_read_is_committed() -> None:
    entered: list[str | None] = []
    sent = answered(lambda entries: entered.extend(one.subject for one in entries), 2)
    assert entered == ["0", "1"]
    assert [one.get("status", one.get("body")) for one in sent] == [200, b"Zaira"]


def test_what_could_not_be_put_on_record_is_not_shown() -> None:
    def fails(entries: Sequence[Entry]) -> None:
        raise StoreError("The database cannot be used just now.")

    start, body = answered(fails, 1)
    assert start["status"] == 503
    assert json.loads(body["body"])["detail"] == "The database cannot be used just now."


def test_an_answer_for_which_nobody_was_read_waits_for_nothing() -> None:
    def fails(entries: Sequence[Entry]) -> None:
        raise StoreError("away")

    assert [one.get("status") for one in answered(fails, 0)] == [200, None]


def test_a_file_that_cannot_be_put_on_record_is_answered_without_a_word_of_it(desk: Desk) -> None:
    person = desk.add_person("Zaira")
    assert "Zaira" in desk.get(f"/v1/persons/{person}").text
    with desk.store.reading(everybody()) as work:
        entries = work.count(journal)
    with desk.store.engine.connect() as connection, connection.begin():
        connection.execute(sa.delete(journal_head))
    refused = desk.get(f"/v1/persons/{person}")
    assert (refused.status_code, "Zaira" in refused.text) == (500, False)
    assert refused.headers["cache-control"] == "no-store"
    with desk.store.reading(everybody()) as work:
        assert work.count(journal) == entries
