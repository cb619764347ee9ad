"""What is written down of a request: which route, how it ended. Never what was in it."""

import logging
import time
from types import MappingProxyType, TracebackType
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger("valoriamo.api")


class AccessLog:
    """One line per request: method, route, status, milliseconds.

    The route is told as it was declared: an address that does not exist may hold a name.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and note how it ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500
        began = time.perf_counter()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            spent = 1000 * (time.perf_counter() - began)
            _log.info("%s %d %.0f ms", _route(scope), status, spent)


def _route(scope: Scope) -> str:
    route = scope.get("route")
    return "-" if route is None else f"{scope['method']} {route.path_format}"


class WithoutValues(logging.Formatter):
    """Shows where an error came from and of what kind it is, not its words.

    The message of an error may hold a line of a CV.
    """

    def formatException(  # noqa: N802
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """The frames and the kind of an error."""
        kind, _, trace = ei
        lines = []
        while trace is not None:
            code = trace.tb_frame.f_code
            lines.append(f"  {code.co_filename}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        return "\n".join([*lines, kind.__name__ if kind else ""])


LOGGING: MappingProxyType[str, Any] = MappingProxyType(
    {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "plain": {
                "()": "matching.api.logs.WithoutValues",
                "format": "%(asctime)s %(levelname)s %(message)s",
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
        "loggers": {
            name: {"handlers": ["stderr"], "level": "INFO", "propagate": False}
            for name in ("uvicorn.error", "valoriamo.api")
        },
    }
)
