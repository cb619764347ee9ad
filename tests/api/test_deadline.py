"""A body that stops coming and an answer that does not come: both are answered in time."""

import asyncio
import json
from typing import Any

from fastapi import FastAPI, Request
from starlette.middleware import Middleware
from starlette.types import Message

from matching.api.deadline import Deadline
from matching.api.errors import add_handlers
from matching.api.logs import AccessLog

SOON = 0.05  # seconds


class Asked:
    """One request to an application: what was answered, and when its first part was."""

    def __init__(self, *parts: bytes) -> None:
        self.parts = list(parts)
        self.sent: list[Message] = []
        self.is_answered = asyncio.Event()

    async def receive(self) -> Message:
        if not self.parts:
            await asyncio.Event().wait()  # for as long as anybody wants to wait
        return {"type": "http.request", "body": self.parts.pop(0), "more_body": True}

    async def send(self, message: Message) -> None:
        self.sent.append(message)
        self.is_answered.set()

    @property
    def status(self) -> int:
        status: int = self.sent[0]["status"]
        return status

    @property
    def problem(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.sent[1]["body"])
        return found


def an_app(asked: Asked, *, seconds: float, idle: float = 60) -> FastAPI:
    app = FastAPI(
        middleware=[
            Middleware(AccessLog),
            Middleware(Deadline, seconds=seconds, idle=idle),
        ]
    )
    add_handlers(app)

    @app.post("/body")
    async def body(request: Request) -> int:
        return len(await request.body())

    @app.post("/late")
    async def late() -> str:
        await asked.is_answered.wait()
        return "too late"

    @app.post("/broken")
    async def broken() -> str:
        await asked.is_answered.wait()
        raise RuntimeError("broken")

    @app.post("/now")
    async def now() -> str:
        return "now"

    return app


async def ask(app: FastAPI, path: str, asked: Asked) -> None:
    scope = {
        "type": "http", "method": "POST", "path": path, "raw_path": path.encode(),
        "query_string": b"", "headers": [], "root_path": "", "scheme": "http",
        "http_version": "1.1", "server": ("hub", 80), "client": ("127.0.0.1", 1),
    }  # fmt: skip
    await app(scope, asked.receive, asked.send)


def answered(path: str, *parts: bytes, seconds: float = 60, idle: float = 60) -> Asked:
    async def once() -> Asked:
        asked = Asked(*parts)
        await ask(an_app(asked, seconds=seconds, idle=idle), path, asked)
        return asked

    return asyncio.run(once())


def test_a_body_that_stops_coming_is_refused() -> None:
    asked = answered("/body", b"half of i", idle=SOON)
    assert asked.status == 408
    assert "send it again" in asked.problem["detail"]
    assert (b"connection", b"close") in asked.sent[0]["headers"]


def test_a_late_answer_is_said_to_be_late_once_and_how_to_ask_again() -> None:
    asked = answered("/late", seconds=SOON)
    assert asked.status == 503
    assert "Idempotency-Key" in asked.problem["detail"]
    assert [message["type"] for message in asked.sent] == [
        "http.response.start",
        "http.response.body",
    ]


def test_what_fails_after_it_was_too_late_is_not_answered_twice() -> None:
    async def once() -> Asked:
        asked = Asked()
        app = an_app(asked, seconds=SOON)
        try:
            await ask(app, "/broken", asked)
        except RuntimeError:
            return asked
        raise AssertionError("the error was lost")

    asked = asyncio.run(once())
    assert asked.status == 503
    assert len(asked.sent) == 2


def test_an_answer_in_time_is_left_alone() -> None:
    asked = answered("/now")
    assert asked.status == 200
    assert asked.sent[1]["body"] == b'"now"'
