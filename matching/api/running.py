"""An application served by this process: its threads, its log, its end, and what looks after it."""

import asyncio
import gc
import logging
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

import anyio.to_thread
import uvicorn
from fastapi import FastAPI

from matching.api.cores import on_one_core
from matching.api.logs import logging_of

LOOKED_EVERY = 15
"""Seconds between two looks at what may have changed."""

_JUMP = 60  # seconds
# New objects after which garbage is looked for, where the interpreter does so after 700: a request
# makes some thousands, and nearly all of them end with it.
_OBJECTS = 20_000
_TO_FINISH = 20  # seconds for the requests that are being answered when the end comes
_log = logging.getLogger("valoriamo.serve")


@dataclass
class Jumps:
    """Notices when the machine's clock is set: it then runs apart from one that is never set.

    ``clock`` and ``steady`` count seconds.
    """

    clock: Callable[[], float]
    steady: Callable[[], float] = time.monotonic
    _apart: float = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._apart = self.clock() - self.steady()

    def note(self) -> None:
        """Log a jump since the last time, of more than a minute."""
        apart = self.clock() - self.steady()
        jump, self._apart = apart - self._apart, apart
        if abs(jump) > _JUMP:
            _log.warning("the machine's clock jumped by %+.0f seconds; see: valoriamo doctor", jump)


def run(
    app: FastAPI,
    listener: socket.socket,
    *,
    threads: int,
    log_level: str,
    look: Callable[[], None],
    clock: Callable[[], float],
) -> None:
    """Serve an application until SIGINT or SIGTERM, and finish what is being answered.

    Meanwhile this thread, and those that it begins, work on one processor.

    Parameters
    ----------
    app, listener
        What is served, and where: a socket with its address taken.
    threads
        How many requests are worked on at once.
    log_level
        ``debug``, ``info`` or ``warning``.
    look
        Called in a thread, :data:`LOOKED_EVERY` seconds after the last time.
    clock
        The machine's, in seconds; that somebody set it is logged.
    """
    config = uvicorn.Config(
        app,
        log_config=logging_of(log_level),
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        lifespan="off",
        timeout_graceful_shutdown=_TO_FINISH,
    )
    # What libraries warn of is logged as all that they say: by its place alone.
    logging.captureWarnings(True)
    settle()
    with _ended_by_signals(), on_one_core():
        asyncio.run(_serve(uvicorn.Server(config), listener, threads, look, Jumps(clock)))


def settle() -> None:
    """Take what is loaded for what stays: it is not gone through again in search of garbage.

    Going through lexicon and models takes half a second, in which nobody is answered.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS, *gc.get_threshold()[1:])


async def _serve(
    server: uvicorn.Server,
    listener: socket.socket,
    threads: int,
    look: Callable[[], None],
    jumps: Jumps,
) -> None:
    anyio.to_thread.current_default_thread_limiter().total_tokens = threads
    looking = asyncio.create_task(_look_again(look, jumps, LOOKED_EVERY))
    try:
        await server.serve(sockets=[listener])
    finally:
        looking.cancel()
        await asyncio.wait([looking])


async def _look_again(look: Callable[[], None], jumps: Jumps, every: float) -> None:
    while True:
        await asyncio.sleep(every)
        jumps.note()
        looked = asyncio.create_task(asyncio.to_thread(look))
        await asyncio.wait([looked])
        if error := looked.exception():
            _log.error("models could not be looked at again; those before serve", exc_info=error)


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Take the signals that end a server for what they are: uvicorn raises them once more."""

    def ended(number: int, frame: FrameType | None) -> None:
        return None

    kinds = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(kind, ended) for kind in kinds]
    try:
        yield
    finally:
        for kind, handler in zip(kinds, before, strict=True):
            signal.signal(kind, handler)
