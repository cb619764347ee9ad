"""Before any route: the token, the size of the body, the headers of the answer."""

import hmac
from collections.abc import Collection

from fastapi import Request
from pydantic import SecretStr
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from matching.api.body_limit import BodyLimit
from matching.api.errors import SAFE_HEADERS, problem


class Guard:
    """Lets nobody in without the token, and no body over the limit, whatever the route.

    Nothing of the body is read before the token was seen. A path that is not ``open_paths`` is
    closed, also one that does not exist.
    """

    def __init__(
        self, app: ASGIApp, *, token: SecretStr, max_bytes: int, open_paths: Collection[str]
    ) -> None:
        self._app = app
        self._token = token
        self._limit = BodyLimit(max_bytes)
        self._open_paths = frozenset(open_paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        if request.url.path not in self._open_paths and not self._is_known(request):
            refusal = problem(
                request,
                401,
                "Send the token of this installation: Authorization: Bearer TOKEN.",
                headers={"www-authenticate": "Bearer"},
            )
            await refusal(scope, receive, send)
        elif too_large := self._limit.refusal(request):
            await too_large(scope, receive, send)
        else:
            await self._app(scope, self._limit.counted(receive), _with_safe_headers(send))

    def _is_known(self, request: Request) -> bool:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        wanted = self._token.get_secret_value().encode()
        return hmac.compare_digest(given.strip().encode(), wanted) and scheme.lower() == "bearer"


def _with_safe_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(SAFE_HEADERS)
        await send(message)

    return sending
