"""Before any route of a hub: who asks, how often, how much. Nothing of a body is read before."""

import hashlib
import hmac
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import anyio.to_thread
from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from matching.api.body_limit import BodyLimit
from matching.api.errors import SAFE_HEADERS, problem
from matching.api.hub.record import OnRecord, Record
from matching.domain.access import Actor
from matching.errors import StoreError

COOKIE = "valoriamo_session"
READS = frozenset({"GET", "HEAD"})
"""Methods that change nothing, for which another site may use the cookie of a session."""
_POLICY = "default-src 'none'; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class Presented:
    """What a request shows to say who asks: the token of a machine, or of a session."""

    token: str | None = field(default=None, repr=False)
    session: str | None = field(default=None, repr=False)


Identify = Callable[[Presented], Actor | None]


@dataclass
class Allowance:
    """How often each actor may ask: so many requests a minute, of which a tenth at once.

    A bucket that fills evenly; ``clock`` counts seconds.
    """

    per_minute: int
    clock: Callable[[], float] = time.monotonic
    _left: dict[str, tuple[float, float]] = field(default_factory=dict, repr=False)
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def seconds_to_wait(self, who: str) -> float:
        """Seconds until this request may be made; 0 where it may now, and then it counts."""
        with self._turn:
            now, most = self.clock(), max(1.0, self.per_minute / 10)
            left, at = self._left.get(who, (most, now))
            left = min(most, left + (now - at) * self.per_minute / 60)
            if left < 1:
                self._left[who] = (left, now)
                return (1 - left) * 60 / self.per_minute
            self._left[who] = (left - 1, now)
            return 0.0


class Gate:
    """Lets nobody in who is not known, nobody ask too often, and no body over the limit."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        identify: Identify,
        allowance: Allowance,
        max_bytes: int,
        open_paths: Collection[str],
        record: Record,
    ) -> None:
        self._app = app
        self._record = record
        self._identify = identify
        self._allowance = allowance
        self._limit = BodyLimit(max_bytes)
        self._open_paths = frozenset(open_paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        on_record = OnRecord(scope, receive, _answering(send), self._record)
        answer = on_record.send
        scope["state"]["noted"] = on_record.noted
        refusal = await self._refusal(request)
        if refusal is not None:
            await refusal(scope, receive, answer)
        else:
            await self._app(scope, self._limit.counted(receive), answer)

    async def _refusal(self, request: Request) -> ASGIApp | None:
        if too_large := self._limit.refusal(request):
            return too_large
        who = request.client.host if request.client else "somebody"
        if request.url.path not in self._open_paths:
            shown = presented(request)
            try:
                actor = await anyio.to_thread.run_sync(self._identify, shown)
            except StoreError as error:
                return problem(request, 503, str(error), headers={"retry-after": "5"})
            if actor is None:
                return problem(
                    request,
                    401,
                    "Sign in (POST /v1/sessions), or send a token: Authorization: Bearer TOKEN.",
                    headers={"www-authenticate": "Bearer"},
                )
            if shown.session is not None and not _came_from_the_desk(request, shown.session):
                return problem(
                    request,
                    403,
                    "Send X-CSRF-Token, as the sign-in answered it, with whatever changes things.",
                )
            request.scope["state"]["actor"] = actor
            who = actor.id
        seconds = self._allowance.seconds_to_wait(who)
        if seconds:
            return problem(
                request,
                429,
                "Too many requests in a short time; wait as long as Retry-After says.",
                headers={"retry-after": str(max(1, round(seconds)))},
            )
        return None


def presented(request: Request) -> Presented:
    """What a request shows; a token wins over a session."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and given.strip():
        return Presented(token=given.strip())
    session = request.cookies.get(COOKIE)
    return Presented(session=session or None)


def csrf_token(session: str) -> str:
    """What the desk sends beside the cookie: another site has the cookie sent, but not this."""
    return hashlib.sha256(f"csrf\0{session}".encode()).hexdigest()


def _came_from_the_desk(request: Request, session: str) -> bool:
    if request.method in READS:
        return True
    return hmac.compare_digest(request.headers.get("x-csrf-token", ""), csrf_token(session))


def _answering(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(SAFE_HEADERS)
            headers.setdefault("content-security-policy", _POLICY)
        await send(message)

    return sending
