"""What is written down of a request: which route, how it ended. Never what was in it."""

import json
import logging
import re
import time
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType, TracebackType
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger("valoriamo.api")
_OURS = ("valoriamo", "uvicorn")
# Nothing but a number made by chance: what else a caller sends may be a name or a tax code.
_REQUEST_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NOTHING: Mapping[str, object] = MappingProxyType({})


class AccessLog:
    """One line per request: method, route, status, milliseconds, and the request's identifier.

    The route is told as it was declared: an address that does not exist may hold a name. The
    identifier is the UUID that the caller sent as X-Request-Id, else a new one.
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
        asked = Headers(scope=scope).get("x-request-id", "")
        request_id = asked if _REQUEST_ID.fullmatch(asked) else str(uuid.uuid4())
        scope.setdefault("state", {})["request_id"] = request_id

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = request_id
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            spent = 1000 * (time.perf_counter() - began)
            said = {"status": status, "ms": round(spent), "request": request_id}
            _log.info("%s", _route(scope), extra={"said": said})


def _route(scope: Scope) -> str:
    route = scope.get("route")
    return "-" if route is None else f"{scope['method']} {route.path_format}"


class StructuredLine(logging.Formatter):
    """One JSON object a line, in which no value of anybody's can stand.

    Of an error its kind and where it came from are told, not its words: they may hold a line of
    a CV. Of what a library logs by itself only where it did, for the same reason.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        ours = record.name.startswith(_OURS)
        row = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage() if ours else f"{record.name}, line {record.lineno}",
            **getattr(record, "said", _NOTHING),
        }
        if record.exc_info and record.exc_info[0] is not None:
            row["error"] = record.exc_info[0].__name__
            row["at"] = _frames(record.exc_info[2])
        return json.dumps(row)


def _frames(trace: TracebackType | None) -> list[str]:
    found = []
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return found


def logging_of(level: str) -> dict[str, Any]:
    """What ``logging.config`` is given: our own lines from a level on, warnings of the others.

    Parameters
    ----------
    level
        ``debug``, ``info`` or ``warning``.
    """
    ours = {"handlers": ["stderr"], "level": level.upper(), "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "matching.api.logs.StructuredLine"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "loggers": dict.fromkeys(_OURS, ours),
        "root": {"handlers": ["stderr"], "level": "WARNING"},
    }
