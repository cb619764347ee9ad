"""The OpenAPI document of a hub: each route with its act, who may, and its refusals."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from matching.access.matrix import MATRIX
from matching.api.day_bounds import with_bounds_of_days
from matching.api.hub.documents import DocumentRequest
from matching.api.hub.gate import COOKIE, READS
from matching.api.hub.imports import ImportRequest, PreviewRequest
from matching.api.hub.vacancies import NewVacancyRequest
from matching.api.naming import with_summary
from matching.api.openapi import own_schemas, responses, schemas_of
from matching.api.schemas import ExtractionRequest, Problem
from matching.domain.access import Act
from matching.hub.accounts_provider import BACK

_PROVIDER = (BACK, f"{BACK}/code")
_ENTERING = ("/v1/sessions", "/v1/invitations", *_PROVIDER)
OPEN_PATHS = ("/healthz", "/readyz", "/openapi.json", *_ENTERING)
"""What is answered to whoever has not signed in."""

# Bodies that come in several forms are in no signature of a route, which would show them.
_READ_BY_HAND = (
    DocumentRequest,
    ExtractionRequest,
    ImportRequest,
    NewVacancyRequest,
    PreviewRequest,
    Problem,
)
_TOKEN, _SESSION, _CSRF = "token", "session", "csrf"
_ETAG = {
    "description": "The version, to be sent as If-Match with a change.",
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
}
_SAID = {
    "400": "The body cannot be read.",
    "401": "Nobody is signed in, and no token was sent; or the sign-in is refused.",
    "403": "Not with this role, token, or purpose.",
    "406": "None of the forms that it is answered in is accepted.",
    "404": "There is no such thing for whoever asks.",
    "408": "The body stopped coming.",
    "409": "The state of things does not allow it.",
    "412": "Somebody changed it since it was read.",
    "413": "The body is too large.",
    "415": "A body of another kind.",
    "422": "Something in the request cannot be used.",
    "429": "Too many requests; Retry-After says for how long to wait.",
    "500": "Something went wrong.",
    "503": "The database, or a model, cannot serve just now, or no answer was ready in time.",
    "507": "There is no room on the disk.",
}


def acts_of(parts: Iterable[tuple[APIRouter, Act | None]]) -> Iterator[tuple[APIRoute, Act | None]]:
    """Each route with the act that it asks a right for, None for one that asks for none.

    ``parts`` are the routers of an application, with the act that all routes of one ask for.
    """
    for router, every in parts:
        for route in router.routes:
            if isinstance(route, APIRoute):
                yield route, every or next(_acts(route.dependant), None)


def _acts(dependant: Dependant) -> Iterator[Act]:
    for one in dependant.dependencies:
        act = getattr(one.call, "act", None)
        if isinstance(act, Act):
            yield act
        yield from _acts(one)


def completed(
    document: Mapping[str, Any], parts: Iterable[tuple[APIRouter, Act | None]]
) -> dict[str, Any]:
    """A document with who may, how one shows who one is, and every refusal."""
    acts = {
        (route.path_format, method.lower()): act
        for route, act in acts_of(parts)
        for method in route.methods or ()
    }
    components = dict(document["components"])
    components["schemas"] = {
        **own_schemas(components),
        **schemas_of(_READ_BY_HAND),
    }
    components["securitySchemes"] = {
        _TOKEN: {"type": "http", "scheme": "bearer"},
        _SESSION: {"type": "apiKey", "in": "cookie", "name": COOKIE},
        _CSRF: {
            "type": "apiKey",
            "in": "header",
            "name": "X-CSRF-Token",
            "description": "`csrf_token`, as the sign-in answered it.",
        },
    }
    paths = {
        path: {
            method: _operation(path, method, _versioned(method, one, operations), act)
            for method, one in operations.items()
            for act in [acts.get((path, method))]
        }
        for path, operations in document["paths"].items()
    }
    whole: dict[str, Any] = with_bounds_of_days(
        {**document, "paths": paths, "components": components}
    )
    return whole


def _versioned(
    method: str, operation: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]]
) -> Mapping[str, Any]:
    """An operation whose answer tells the version, where one at the same address asks for it."""
    if method == "delete" or not any(_asks_for_version(one) for one in others.values()):
        return operation
    told = {
        code: {**one, "headers": {"ETag": _ETAG}} if code in ("200", "201") else one
        for code, one in operation["responses"].items()
    }
    return {**operation, "responses": told}


def _asks_for_version(operation: Mapping[str, Any]) -> bool:
    return any(one["name"].lower() == "if-match" for one in operation.get("parameters", ()))


def _operation(
    path: str, method: str, operation: Mapping[str, Any], act: Act | None
) -> dict[str, Any]:
    is_open = path in OPEN_PATHS
    codes = {"413", "422", "429", "500", "503"}
    if path == "/healthz":
        codes = {"413", "429", "500"}
    if not is_open:
        codes |= {"401", "403", "404", "409"}
    if path in _ENTERING:
        codes |= {"401", "404", "409"}
    if path in _PROVIDER:
        codes.add("403")
    if "requestBody" in operation:
        codes |= {"400", "408", "415", "507"}
    if _asks_for_version(operation):
        codes.add("412")
    if len(operation["responses"].get("200", {}).get("content", ())) > 1:
        codes.add("406")
    session: dict[str, list[str]] = {_SESSION: []}
    if method.upper() not in READS:
        session[_CSRF] = []
    found = {
        **with_summary(operation),
        "responses": responses(operation, codes, _SAID),
        "security": [] if is_open else [{_TOKEN: []}, session],
    }
    if act is not None:
        found["x-act"] = act
        found["x-roles"] = {str(role): str(reach) for role, reach in MATRIX[act].items()}
    return found
