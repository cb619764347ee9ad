"""Every refusal as application/problem+json (RFC 9457); the only place that knows of status."""

import errno
import logging
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match

from matching.api.given import EXTRACTION_TAG, TEXT_TAG
from matching.api.limits import MAX_PROBLEMS
from matching.errors import (
    ConflictError,
    DataError,
    DocumentError,
    FeatureError,
    ForbiddenError,
    InputError,
    JournalError,
    KeyringError,
    LedgerError,
    LexiconError,
    ModelError,
    OutOfTurnError,
    ProviderError,
    RefusedError,
    SettingsError,
    StaleError,
    StoreError,
    TaxonomyError,
    TerritoryError,
    UnknownError,
    ValoriamoError,
    WordingError,
)

MEDIA_TYPE = "application/problem+json"
SAFE_HEADERS = MappingProxyType({"cache-control": "no-store", "x-content-type-options": "nosniff"})

# What the caller gave is 422; what the product was shipped with is nothing to tell a caller.
_STATUS: Mapping[type[ValoriamoError], HTTPStatus] = MappingProxyType(
    {
        DocumentError: HTTPStatus.UNPROCESSABLE_ENTITY,
        InputError: HTTPStatus.UNPROCESSABLE_ENTITY,
        OutOfTurnError: HTTPStatus.CONFLICT,
        DataError: HTTPStatus.UNPROCESSABLE_ENTITY,
        LexiconError: HTTPStatus.INTERNAL_SERVER_ERROR,
        LedgerError: HTTPStatus.SERVICE_UNAVAILABLE,
        TaxonomyError: HTTPStatus.INTERNAL_SERVER_ERROR,
        TerritoryError: HTTPStatus.INTERNAL_SERVER_ERROR,
        WordingError: HTTPStatus.INTERNAL_SERVER_ERROR,
        FeatureError: HTTPStatus.SERVICE_UNAVAILABLE,
        ModelError: HTTPStatus.SERVICE_UNAVAILABLE,
        SettingsError: HTTPStatus.INTERNAL_SERVER_ERROR,
        StoreError: HTTPStatus.SERVICE_UNAVAILABLE,
        ProviderError: HTTPStatus.SERVICE_UNAVAILABLE,
        JournalError: HTTPStatus.INTERNAL_SERVER_ERROR,
        KeyringError: HTTPStatus.INTERNAL_SERVER_ERROR,
        UnknownError: HTTPStatus.NOT_FOUND,
        ForbiddenError: HTTPStatus.FORBIDDEN,
        StaleError: HTTPStatus.PRECONDITION_FAILED,
        ConflictError: HTTPStatus.CONFLICT,
        RefusedError: HTTPStatus.CONFLICT,
        ValoriamoError: HTTPStatus.INTERNAL_SERVER_ERROR,
    }
)
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_log = logging.getLogger("valoriamo.api")
_DETAIL: Mapping[int, str] = MappingProxyType(
    {
        404: "There is nothing at this address; /openapi.json lists what there is.",
        405: "This address does not take this method; the Allow header says which it takes.",
        400: "The body cannot be read; send well-formed JSON in UTF-8, or a multipart form.",
        500: "Something went wrong here; the request was not answered. Tell whoever runs this.",
        507: "There is no room on the disk; nothing was kept. Tell whoever runs this.",
    }
)
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
_KEY = "[key]"  # what pydantic adds where the name of a weight is refused
_NAMES = frozenset({TEXT_TAG, EXTRACTION_TAG, _KEY})
# As fields are named here and elsewhere; a name begins with a capital, a code has many figures.
_FIELD = re.compile(r"(?!(?:.*[0-9]){3})[a-z][A-Za-z0-9_]{0,39}", re.ASCII)
_HEADER = re.compile(r"[a-z-]{1,40}", re.ASCII)


def problem(
    request: Request,
    status: int,
    detail: str | None = None,
    *,
    kind: str = "about:blank",
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> JSONResponse:
    """One refusal; ``more`` are further members."""
    content = {
        "type": kind,
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or _DETAIL.get(status) or HTTPStatus(status).description,
        # Not the address, which may hold what a caller wrote there.
        "instance": f"urn:uuid:{request.state.request_id}",
        **more,
    }
    return JSONResponse(
        content, status, headers={**SAFE_HEADERS, **(headers or {})}, media_type=MEDIA_TYPE
    )


def add_handlers(app: FastAPI) -> None:
    """Answer every error of the product, of the framework, and of nobody, as a problem."""
    for kind in _STATUS:
        app.add_exception_handler(kind, _product)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(OSError, _of_the_system)
    app.add_exception_handler(Exception, _unforeseen)


def status_of(kind: type[ValoriamoError]) -> HTTPStatus:
    """The status of an error of the product."""
    return next(_STATUS[one] for one in kind.__mro__ if one in _STATUS)


def _product(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, ValoriamoError):
        return _unforeseen(request, error)
    status = status_of(type(error))
    name = type(error).__name__.removesuffix("Error").lower()
    more: dict[str, Any] = {"code": str(error.code)} if isinstance(error, DocumentError) else {}
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _note(request, "a request could not be answered", error)
    if status is HTTPStatus.INTERNAL_SERVER_ERROR:
        return problem(request, status)
    wait = {"retry-after": "5"} if isinstance(error, StoreError) else None
    kind = f"urn:valoriamo:problem:{name}"
    return problem(request, status, str(error), kind=kind, headers=wait, **more)


def _invalid(request: Request, error: Exception) -> JSONResponse:
    found = error.errors() if isinstance(error, RequestValidationError) else []
    listed = [
        {"field": _field(item["loc"]), "message": _message(item)} for item in found[:MAX_PROBLEMS]
    ]
    rest = len(found) - len(listed)
    return problem(
        request,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        f"{len(found)} fields cannot be used; errors says which and why."
        + (f" The first {MAX_PROBLEMS} are listed." if rest else ""),
        kind="urn:valoriamo:problem:fields",
        errors=listed,
    )


def _refused(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        return _unforeseen(request, error)
    # What the framework says by itself is left; only what is said here on purpose is told.
    said = error.detail if isinstance(error, Refusal) else None
    headers = error.headers
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers = {"allow": ", ".join(_methods_at(request))}
    return problem(request, error.status_code, said, headers=headers)


def _methods_at(request: Request) -> list[str]:
    """What an address takes: the framework tells the methods of the first route alone."""
    routes = request.app.routes
    return [
        method
        for method in _METHODS
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes
        )
    ]


def _of_the_system(request: Request, error: Exception) -> JSONResponse:
    """A full disk is said; any other error of the system is one that nobody foresaw."""
    if not isinstance(error, OSError) or error.errno not in _NO_ROOM:
        raise error
    _note(request, "no room on the disk", error)
    return problem(request, HTTPStatus.INSUFFICIENT_STORAGE)


def _note(request: Request, event: str, error: Exception) -> None:
    said = {"request": request.state.request_id}
    _log.error(event, exc_info=error, extra={"said": said})


def _unforeseen(request: Request, error: Exception) -> JSONResponse:
    return problem(request, HTTPStatus.INTERNAL_SERVER_ERROR)


class Refusal(HTTPException):
    """A refusal whose detail was written for the caller."""


def _field(place: Sequence[object]) -> str:
    """Where a field is, as in ``persons[3].text``; what looks like no field is not told.

    >>> _field(("body", "persons", 3, "given-as-text", "text"))
    'persons[3].text'
    >>> _field(("header", "if-match"))
    'header.if-match'
    """
    name = _HEADER if place[0] == "header" else _FIELD
    written = ""
    for part in place:
        if isinstance(part, int):
            written += f"[{part}]"
        elif part not in _NAMES:
            told = str(part) if name.fullmatch(str(part)) else "(a field)"
            written += f".{told}" if written else told
    return written.removeprefix("body").removeprefix(".") or "body"


def _message(item: Mapping[str, Any]) -> str:
    if item["type"] == "json_invalid":
        return "The body is not JSON."
    message = str(item["msg"]).removeprefix("Value error, ")
    return f"{message[0].upper()}{message[1:]}."
