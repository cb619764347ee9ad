"""The OpenAPI document: what FastAPI sees of the routes, and what it cannot see."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from matching.api.day_bounds import with_bounds_of_days
from matching.api.errors import MEDIA_TYPE
from matching.api.examples import EXTRACTION, FILE
from matching.api.naming import with_summary
from matching.api.schemas import ExtractionRequest, FileFields, Problem

OPEN_PATHS = ("/healthz", "/readyz", "/openapi.json")
"""What is answered without a token."""

_FORM = "multipart/form-data"
_REFERENCE = "#/components/schemas/{model}"
_SCHEME = "token"
_REFUSALS = {
    "400": "The body cannot be read.",
    "408": "The body stopped coming.",
    "401": "Without the token, or with another.",
    "403": "For another purpose.",
    "404": "There is no such service.",
    "413": "The body is too large.",
    "415": "A body of another kind.",
    "422": "Something in the body cannot be used.",
    "500": "Something went wrong.",
    "503": "No model can serve, or no answer was ready in time.",
    "507": "There is no room on the disk.",
}
_FOR_A_PURPOSE = ("/v1/risk-assessments", "/v1/worklists")
_WAITING = ("429", "503")
_RETRY_AFTER = {
    "description": "Seconds to wait.",
    "schema": {"type": "integer", "minimum": 1},
}
_WITH_BODY = ("400", "408", "413", "415", "422", "507")


def extraction_bodies() -> dict[str, Any]:
    """The two forms in which a document may be sent."""
    fields = FileFields.model_json_schema(ref_template=_REFERENCE)
    form = {
        "type": "object",
        "required": ["file", *fields["required"]],
        "properties": {
            "file": {"type": "string", "contentMediaType": "application/octet-stream"},
            "kind": {"$ref": _REFERENCE.format(model="DocumentKind")},
            "as_of": fields["properties"]["as_of"]["anyOf"][0],
            "ocr": {"type": "boolean"},
        },
        "additionalProperties": False,
    }
    return {
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"$ref": _REFERENCE.format(model=ExtractionRequest.__name__)},
                    "examples": dict(EXTRACTION),
                },
                _FORM: {"schema": form, "examples": dict(FILE)},
            },
        }
    }


def completed(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document with the token, the refusals, and the schemas that no signature names."""
    components = dict(document["components"])
    components["schemas"] = {
        **schemas_of((ExtractionRequest, Problem)),
        **own_schemas(components),
    }
    components["securitySchemes"] = {_SCHEME: {"type": "http", "scheme": "bearer"}}
    paths = {
        path: {method: _operation(path, one) for method, one in operations.items()}
        for path, operations in document["paths"].items()
    }
    whole: dict[str, Any] = with_bounds_of_days(
        {**document, "paths": paths, "components": components}
    )
    return whole


def _operation(path: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    is_open = path in OPEN_PATHS
    codes = ["500"] if path == "/healthz" else ["500", "503"]
    codes += [] if is_open else ["401"]
    codes += _WITH_BODY if "requestBody" in operation else ()
    codes += ["422"] if operation.get("parameters") and "requestBody" not in operation else []
    codes += ["404"] if path == "/v1/services/{service_id}" else []
    codes += ["403"] if path in _FOR_A_PURPOSE else []
    return {
        **with_summary(operation),
        "responses": responses(operation, codes, _REFUSALS),
        "security": [] if is_open else [{_SCHEME: []}],
    }


def own_schemas(components: Mapping[str, Any]) -> dict[str, Any]:
    """The schemas of a document but those of the framework's own refusals, which are not ours."""
    return {
        name: schema
        for name, schema in components["schemas"].items()
        if name not in ("HTTPValidationError", "ValidationError")
    }


def responses(
    operation: Mapping[str, Any], codes: Iterable[str], said: Mapping[str, str]
) -> dict[str, Any]:
    """What an operation answers, and its refusals of some codes, each as a problem."""
    refused = {
        "content": {MEDIA_TYPE: {"schema": {"$ref": _REFERENCE.format(model=Problem.__name__)}}}
    }
    waiting = {"headers": {"Retry-After": _RETRY_AFTER}}
    answered = {code: one for code, one in operation["responses"].items() if code != "422"}
    return answered | {
        code: {"description": said[code], **refused, **(waiting if code in _WAITING else {})}
        for code in sorted(codes)
    }


def schemas_of(models: Iterable[type[BaseModel]]) -> dict[str, Any]:
    """The schemas of models, with those of what they hold, by name."""
    found: dict[str, Any] = {}
    for model in models:
        schema = model.model_json_schema(ref_template=_REFERENCE)
        found |= schema.pop("$defs", {})
        found[model.__name__] = schema
    return found
