"""Clients that ask a server over loopback, each its next question once the last was answered.

A few lines of HTTP/1.1 over asyncio: a client library would take longer than a bare endpoint, on
the same cores.
"""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

_LATE = 60.0  # seconds after which an answer counts as none


@dataclass(frozen=True, slots=True)
class Question:
    """A request: what kind it counts as, and what is sent."""

    kind: str
    method: str
    path: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and how many seconds after the question the last of it came."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    seconds: float


@dataclass(frozen=True, slots=True)
class Asked:
    """What one question came to: when it was answered, in seconds since the run began."""

    kind: str
    status: int
    seconds: float
    at: float


Next = Callable[[Reply | None], Question]
"""Says what a client asks next, from the answer to what it asked last."""


async def _client(port: int, following: Next, begun: float, until: float) -> list[Asked]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    asked: list[Asked] = []
    reply: Reply | None = None
    try:
        while time.perf_counter() < until:
            question = following(reply)
            reply = await asyncio.wait_for(_asked(reader, writer, question), _LATE)
            at = time.perf_counter() - begun
            asked.append(Asked(question.kind, reply.status, reply.seconds, at))
    finally:
        writer.close()
        await writer.wait_closed()
    return asked


async def _asked(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, question: Question
) -> Reply:
    begun = time.perf_counter()
    lines = [f"{question.method} {question.path} HTTP/1.1", "host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in question.headers.items()]
    if question.body:
        lines += ["content-type: application/json", f"content-length: {len(question.body)}"]
    writer.write("\r\n".join([*lines, "", ""]).encode("latin-1") + question.body)
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {
        name.lower(): value.strip()
        for name, _, value in (line.partition(":") for line in head[1:] if line)
    }
    body = await reader.readexactly(int(headers["content-length"]))
    return Reply(int(head[0].split()[1]), headers, body, time.perf_counter() - begun)


def load(port: int, clients: Sequence[Next], *, seconds: float) -> list[Asked]:
    """Ask a server through all clients at once for so many seconds; what each question came to.

    Raises
    ------
    OSError, EOFError, TimeoutError
        Where the server ends a connection or does not answer within a minute: no such run is
        worth a number.
    """

    async def all_at_once() -> list[Asked]:
        begun = time.perf_counter()
        found = await asyncio.gather(
            *(_client(port, one, begun, begun + seconds) for one in clients)
        )
        return [asked for some in found for asked in some]

    return asyncio.run(all_at_once())
