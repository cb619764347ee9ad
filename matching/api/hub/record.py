"""Readings are put on record before any of them is answered, many in one commit.

Reading is on record as much as changing is, and one commit to the disk takes longer than all the
rest of a reading. A route reads and writes its answer; the answer waits here, in no thread, until
its entries are committed with those of everybody who has read meanwhile.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import Request
from starlette.types import Message, Receive, Scope, Send

from matching.api.errors import problem, status_of
from matching.errors import StoreError
from matching.store.chain import Entry

SPACED_SECONDS = 0.02
"""Between the beginnings of two commits: whoever reads alone does not wait, and of many who read
at once none waits for longer."""


@dataclass
class Record:
    """Commits what was read for those who wait to be answered.

    ``enter`` commits entries in their order in one transaction, or raises; it is called in a
    thread. ``clock`` counts seconds.
    """

    enter: Callable[[Sequence[Entry]], None]
    clock: Callable[[], float] = time.monotonic
    _waiting: list[tuple[Sequence[Entry], asyncio.Future[None]]] = field(default_factory=list)
    _task: asyncio.Task[None] | None = None
    _next: float = 0.0

    async def entered(self, entries: Sequence[Entry]) -> None:
        """Return once the entries are committed.

        Raises
        ------
        StoreError
            Where they are not: what they tell of may not be answered.
        """
        committed = asyncio.get_running_loop().create_future()
        self._waiting.append((entries, committed))
        if self._task is None:
            self._task = asyncio.create_task(self._commit_all())
        await committed

    async def _commit_all(self) -> None:
        group: list[tuple[Sequence[Entry], asyncio.Future[None]]] = []
        limiter = CapacityLimiter(1)  # of its own: whoever computes takes all threads at times
        try:
            while self._waiting:
                await asyncio.sleep(self._next - self.clock())
                self._next = self.clock() + SPACED_SECONDS
                group, self._waiting = self._waiting, []
                entries = [entry for some, _ in group for entry in some]
                error: StoreError | None = None
                try:
                    await anyio.to_thread.run_sync(self.enter, entries, limiter=limiter)
                except StoreError as raised:
                    error = raised
                _tell(group, error)
        finally:
            # Ended by something else than its work, it leaves nobody waiting.
            _tell([*group, *self._waiting], StoreError("What was read could not be entered."))
            self._waiting, self._task = [], None


def _tell(group: Sequence[tuple[Any, asyncio.Future[None]]], error: StoreError | None) -> None:
    for _, committed in group:
        if committed.done():
            continue  # also whoever was cancelled, and waits no more
        if error is None:
            committed.set_result(None)
        else:
            committed.set_exception(type(error)(str(error)))


class OnRecord:
    """Passes on an answer once what was read for it is on record; a refusal where it is not.

    ``noted`` are the entries of the request, which its route adds to.
    """

    def __init__(self, scope: Scope, receive: Receive, send: Send, record: Record) -> None:
        self.noted: list[Entry] = []
        self._scope, self._receive, self._send = scope, receive, send
        self._record = record
        self._is_refused = False

    async def send(self, message: Message) -> None:
        """Pass on a message of the answer."""
        if message["type"] == "http.response.start" and self.noted:
            try:
                await self._record.entered(self.noted)
            except StoreError as error:
                self._is_refused = True
                status, headers = int(status_of(type(error))), {"retry-after": "5"}
                refusal = problem(Request(self._scope), status, str(error), headers=headers)
                await refusal(self._scope, self._receive, self._send)
        if not self._is_refused:
            await self._send(message)
