"""How long a request may take: the time between two parts of its body, and until its answer."""

import asyncio

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from matching.api.errors import Refusal, problem

IDLE_SECONDS = 20
"""For how long nothing of a body may come before it is taken to be given up."""


class Deadline:
    """Answers in time whatever happens: 408 for a body that stops coming, 503 for a late answer.

    Work in a thread cannot be ended from outside: it goes on, and what it does is committed whole
    or not at all. Its answer is then thrown away, which is why the refusal says how to ask again.
    """

    def __init__(self, app: ASGIApp, *, seconds: float, idle: float = IDLE_SECONDS) -> None:
        self._app = app
        self._seconds = seconds
        self._idle = idle

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and answer it here once it is late."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Once(send)
        refusing: list[asyncio.Task[None]] = []

        def refuse() -> None:
            if not answer.is_begun:
                answer.is_late = True
                refusing.append(asyncio.create_task(self._refuse(scope, receive, answer)))

        # A timer and no task: one in ten thousand requests is late.
        late = asyncio.get_running_loop().call_later(self._seconds, refuse)
        try:
            await self._app(scope, self._coming(receive), answer.of_the_route)
        finally:
            late.cancel()
            for task in refusing:
                await task

    async def _refuse(self, scope: Scope, receive: Receive, answer: "_Once") -> None:
        refusal = problem(
            Request(scope),
            503,
            f"No answer was ready within {self._seconds:g} seconds, and whether the request is "
            "done is not known. Read how things stand, or send it again with the same "
            "Idempotency-Key: it is done once.",
            headers={"retry-after": "30", "connection": "close"},
        )
        await refusal(scope, receive, answer.send)

    def _coming(self, receive: Receive) -> Receive:
        is_whole = False

        async def coming() -> Message:
            nonlocal is_whole
            if is_whole:
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), self._idle)
            except TimeoutError:
                raise Refusal(
                    408,
                    f"Nothing more of the body came for {self._idle:g} seconds; send it again.",
                    {"connection": "close"},
                ) from None
            is_whole = not message.get("more_body", False)
            return message

        return coming


class _Once:
    """An answer that is begun by the route or, where that is late, by the deadline."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.is_begun = False
        self.is_late = False

    async def of_the_route(self, message: Message) -> None:
        """Pass on what the route answers, unless it comes too late."""
        if self.is_late:
            return
        self.is_begun = True
        await self.send(message)
