"""What is true of every route: who may come in, how much, in what form, and what is refused how."""

import errno
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.openapi.models import OpenAPI

from matching import errors
from matching.api import create_app
from matching.api.errors import status_of
from matching.api.logs import StructuredLine
from matching.domain import DocumentErrorCode
from matching.errors import (
    DocumentError,
    KeyringError,
    SettingsError,
    ValoriamoError,
    WordingError,
)
from matching.service import Service
from matching.settings import Settings, read_settings
from tests.api.conftest import MAX_BYTES, RISK, TOKEN, Hub, in_parts, is_problem
from tests.api.rows import KEEPER, a_ranking, a_risk, some_vacancies

CLOSED = [
    ("POST", "/v1/extractions"),
    ("POST", "/v1/rankings"),
    ("POST", "/v1/persons/p/matches"),
    ("POST", "/v1/persons/p/plans"),
    ("POST", "/v1/risk-assessments"),
    ("POST", "/v1/worklists"),
    ("GET", "/v1/models"),
    ("GET", "/v1/services"),
    ("GET", "/v1/services/corso-asa"),
    ("POST", "/v1/fund/proposals"),
    ("GET", "/v1/fund"),
    ("GET", "/v1/persons/mario-rossi"),
    ("GET", "/docs"),
    ("GET", "/"),
]
POSTS = [path for method, path in CLOSED if method == "POST"]
DECLARED = {
    "/v1/persons/p/matches": "/v1/persons/{person_id}/matches",
    "/v1/persons/p/plans": "/v1/persons/{person_id}/plans",
    "/v1/services/corso-asa": "/v1/services/{service_id}",
}
"""Addresses as the document has them, where they are others."""


# models and health


def test_what_is_in_service_is_told(hub: Hub) -> None:
    answer = hub.get("/v1/models").json()
    assert answer["ranker"]["name"] == "baseline"
    assert (answer["risk"]["name"], answer["risk"]["digest"]) == ("risk", RISK.digest)
    assert answer["problems"] == []


def test_what_could_not_serve_is_told(hub_of: Callable[[Service], Hub], service: Service) -> None:
    answer = hub_of(replace(service, problems=("The ranker is damaged.",))).get("/v1/models").json()
    assert answer == {**answer, "risk": None, "problems": ["The ranker is damaged."]}
    assert (answer["risk_calibration"], answer["risk_calibration_notes"]) == ([], [])


def test_the_watcher_needs_no_token(hub: Hub) -> None:
    none = {"authorization": None}
    assert hub.get("/healthz", headers=none).json() == {"status": "up"}
    ready = hub.get("/readyz", headers=none)
    assert ready.status_code == 200
    assert ready.json() == {
        "status": "ready", "ranker": "baseline", "risk": str(RISK), "problems": 0
    }  # fmt: skip


# the token


@pytest.mark.parametrize(("method", "path"), CLOSED)
@pytest.mark.parametrize(
    "given",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        f"Bearer {TOKEN[:-1]}",
        f"Bearer {TOKEN}x",
        f"Bearer {TOKEN.lower()}",
        f"Basic {TOKEN}",
        TOKEN,
        "Bearer perché",
    ],
)
def test_without_the_token_nothing_is_answered(
    hub: Hub, method: str, path: str, given: str | None
) -> None:
    sent = None if given is None else given.encode("latin-1")
    response = hub.ask(method, path, headers={"authorization": sent})
    assert path not in is_problem(response, 401)["instance"]
    assert response.headers["www-authenticate"] == "Bearer"


def test_nothing_of_a_body_is_read_before_the_token_is_seen(hub: Hub) -> None:
    async def body() -> Any:
        raise AssertionError("the body was read")
        yield b""

    response = hub.post("/v1/rankings", content=body(), headers={"authorization": "Bearer no"})
    is_problem(response, 401)


def test_the_scheme_may_be_written_in_any_case(hub: Hub) -> None:
    assert hub.get("/v1/models", headers={"authorization": f"bearer {TOKEN}"}).status_code == 200


def test_the_application_is_not_made_without_a_token(service: Service) -> None:
    with pytest.raises(SettingsError, match=r"VALORIAMO_API_TOKEN.*token_urlsafe"):
        create_app(service, read_settings())


# the body


@pytest.mark.parametrize("path", POSTS)
def test_a_body_over_the_limit_is_refused_by_its_length(hub: Hub, path: str) -> None:
    response = hub.post(path, content=b" " * (MAX_BYTES + 1))
    assert "VALORIAMO_API_MAX_BYTES" in is_problem(response, 413)["detail"]


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x"])
def test_a_body_over_the_limit_is_refused_while_it_is_read(hub: Hub, path: str, kind: str) -> None:
    if kind.startswith("multipart") and path != "/v1/extractions":
        kind = "application/problem+json"
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="cv.txt"\r\n\r\n'
    content = in_parts(head + b"x" * MAX_BYTES)
    response = hub.post(path, content=content, headers={"content-type": kind})
    is_problem(response, 413)


def test_a_length_that_is_a_lie_does_not_help(hub: Hub) -> None:
    headers = {"content-type": "application/json", "content-length": "10"}
    response = hub.post("/v1/rankings", content=in_parts(b" " * (MAX_BYTES + 1)), headers=headers)
    is_problem(response, 413)


def test_a_body_up_to_the_limit_is_taken(hub: Hub) -> None:
    body = json.dumps(a_ranking(KEEPER)).encode()
    padded = body + b" " * (MAX_BYTES - len(body))
    headers = {"content-type": "application/json"}
    assert hub.post("/v1/rankings", content=padded, headers=headers).status_code == 200
    chunked = hub.post("/v1/rankings", content=in_parts(padded), headers=headers)
    assert chunked.status_code == 200


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("kind", [None, "text/plain", "application/xml", "json", "; ;"])
def test_a_body_of_another_kind_is_refused(hub: Hub, path: str, kind: str | None) -> None:
    response = hub.post(path, content=b"{}", headers={"content-type": kind})
    assert "application/json" in is_problem(response, 415)["detail"]


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("content", [b"", b"{", b"nix", b'{"text": "Mario Rossi'])
def test_json_that_is_none_is_refused(hub: Hub, path: str, content: bytes) -> None:
    headers = {"content-type": "application/json"}
    response = hub.post(path, content=content, headers=headers)
    assert "Rossi" not in response.text
    is_problem(response, 422)


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "content",
    [b'"\xff\xfe\xff"', b"[" * 100_000, b'{"id": ' + b"9" * 5000 + b"}", b'{"text": "\\ud800"}'],
)
def test_json_that_no_reader_takes_is_refused(hub: Hub, path: str, content: bytes) -> None:
    response = hub.post(path, content=content, headers={"content-type": "application/json"})
    assert response.status_code in (400, 422)
    is_problem(response, response.status_code)


# refusals


def test_an_address_that_does_not_exist_is_a_problem(hub: Hub) -> None:
    answer = hub.get("/v1/Canarini")
    problem = is_problem(answer, 404)
    assert problem["title"] == "Not Found"
    # What was written there may be a name; the log has the same identifier.
    assert "Canarini" not in answer.text
    assert problem["instance"] == f"urn:uuid:{answer.headers['x-request-id']}"


@pytest.mark.parametrize(("method", "path"), [("GET", POSTS[0]), ("DELETE", "/v1/models")])
def test_a_method_that_is_not_taken_is_a_problem(hub: Hub, method: str, path: str) -> None:
    response = hub.ask(method, path)
    is_problem(response, 405)
    assert response.headers["allow"]


def test_no_text_of_a_person_is_in_a_refusal(hub: Hub) -> None:
    canary = "Mariuccia Canarini"
    row = {"id": canary, "text": canary, "comune": canary, canary: canary, "sex": canary}
    bodies: list[Any] = [
        {"vacancy": row, "persons": [row, row], "as_of": canary, "explain": canary},
        {"vacancy": {"id": "v", "text": canary}, "persons": [{"id": canary, "text": canary}] * 2},
        {"vacancy": {"id": "v", "text": canary}, "persons": [], "weights": {canary: 2}},
        {"person": {**row, "text": canary}, "vacancies": [row, row], "first": canary},
        {"person": {"text": canary}, "vacancies": [{"id": canary, "text": canary}] * 2},
        {"purpose": canary, "persons": [{"person_id": canary, "italian_level": canary}]},
        a_risk({"person_id": canary}, purpose=canary),
        {"text": canary, "kind": canary, "as_of": canary, canary: canary},
        [canary],
        canary,
    ]
    for path in POSTS:
        for body in bodies:
            response = hub.post(path, body)
            assert response.status_code in (403, 422)
            assert "Canarini" not in response.text


def test_a_long_list_of_fields_is_cut_and_that_is_said(hub: Hub) -> None:
    body = a_ranking() | {"persons": [{"id": f"p{number}"} for number in range(80)]}
    problem = is_problem(hub.post("/v1/rankings", body), 422)
    assert problem["detail"].startswith("80 fields")
    assert problem["detail"].endswith("The first 50 are listed.")
    assert len(problem["errors"]) == 50


@pytest.mark.parametrize(
    "error", [WordingError("Mariuccia Canarini"), RuntimeError("Mariuccia Canarini")]
)
def test_what_nobody_foresaw_is_answered_without_its_words(
    hub_of: Callable[[Service], Hub], service: Service, error: Exception
) -> None:
    class Broken:
        def __getattr__(self, name: str) -> Any:
            raise error

    response = hub_of(replace(service, ranker=Broken())).get("/readyz")  # type: ignore[arg-type]
    problem = is_problem(response, 500)
    assert "Canarini" not in response.text
    assert problem["detail"].startswith("Something went wrong")


def kinds() -> Iterator[type[ValoriamoError]]:
    pending = [ValoriamoError]
    while pending:
        kind = pending.pop()
        yield kind
        pending += kind.__subclasses__()


def test_every_error_of_the_product_has_a_status() -> None:
    found = {
        kind.__name__: int(status_of(kind))
        for kind in kinds()
        if kind.__module__ == errors.__name__
    }
    assert found == {
        "ValoriamoError": 500,
        "DocumentError": 422,
        "DataError": 422,
        "InputError": 422,
        "OutOfTurnError": 409,
        "FundError": 422,
        "LedgerError": 503,
        "LexiconError": 500,
        "TaxonomyError": 500,
        "TerritoryError": 500,
        "WordingError": 500,
        "FeatureError": 503,
        "ModelError": 503,
        "SettingsError": 500,
        "StoreError": 503,
        "JournalError": 500,
        "KeyringError": 500,
        "ProviderError": 503,
        "RefusedError": 409,
        "UnknownError": 404,
        "ForbiddenError": 403,
        "StaleError": 412,
        "ConflictError": 409,
    }  # fmt: skip


def test_a_kind_of_error_that_is_added_later_is_answered_as_its_base() -> None:
    class Later(DocumentError):
        pass

    assert status_of(Later) == 422
    assert str(Later(DocumentErrorCode.EMPTY, "x")) == "x"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_said(
    hub: Hub, monkeypatch: pytest.MonkeyPatch, log: pytest.LogCaptureFixture, number: int
) -> None:
    def full(*given: object, **more: object) -> None:
        raise OSError(number, "Canarini")

    monkeypatch.setattr(Service, "extract", full)
    answer = hub.post("/v1/extractions", {"text": KEEPER, "kind": "cv"})
    assert "room" in is_problem(answer, 507)["detail"]
    assert "Canarini" not in answer.text
    assert "no room on the disk" in log.text


def test_another_error_of_the_system_is_one_that_nobody_foresaw(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*given: object, **more: object) -> None:
        raise OSError(errno.EIO, "Canarini")

    monkeypatch.setattr(Service, "extract", away)
    answer = hub.post("/v1/extractions", {"text": KEEPER, "kind": "cv"})
    is_problem(answer, 500)
    assert "Canarini" not in answer.text


def test_why_a_request_could_not_be_answered_is_logged_by_its_kind(
    hub: Hub, monkeypatch: pytest.MonkeyPatch, log: pytest.LogCaptureFixture
) -> None:
    def broken(*given: object, **more: object) -> None:
        raise KeyringError("Canarini")

    monkeypatch.setattr(Service, "extract", broken)
    answer = hub.post("/v1/extractions", {"text": KEEPER, "kind": "cv"})
    problem = is_problem(answer, 500)
    (line,) = [
        json.loads(StructuredLine().format(one))
        for one in log.records
        if one.levelname == "ERROR" and one.name == "valoriamo.api"
    ]
    assert line["error"] == "KeyringError"
    assert problem["instance"] == f"urn:uuid:{line['request']}"
    assert "Canarini" not in json.dumps(line)


# answers and logs


@pytest.mark.parametrize("path", ["/v1/models", "/healthz", "/readyz", "/openapi.json"])
def test_no_answer_is_kept_on_the_way(hub: Hub, path: str) -> None:
    response = hub.get(path)
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"


def test_the_log_says_the_route_and_nothing_of_what_was_sent(
    hub: Hub, log: pytest.LogCaptureFixture
) -> None:
    hub.post("/v1/rankings?name=Canarini", a_ranking("Mariuccia Canarini, magazziniera"))
    hub.post("/v1/persons/Canarini/matches", some_vacancies("Mariuccia Canarini, magazziniera"))
    hub.post("/v1/persons/Cana/rini/matches", {})
    hub.post("/v1/extractions", {"text": "Canarini"})
    hub.get("/v1/persons/Canarini")
    lines = StructuredLine()
    ours = [lines.format(record) for record in log.records if record.name == "valoriamo.api"]
    assert [(line["message"], line["status"]) for line in map(json.loads, ours)] == [
        ("POST /v1/rankings", 200),
        ("POST /v1/persons/{person_id}/matches", 200),
        ("POST /v1/persons/{person_id}/matches", 422),
        ("POST /v1/extractions", 422),
        ("-", 404),
    ]
    assert "Canarini" not in "\n".join(ours)


# the OpenAPI document


@pytest.fixture(scope="module")
def document(hub: Hub) -> dict[str, Any]:
    answer: dict[str, Any] = hub.get("/openapi.json", headers={"authorization": None}).json()
    return answer


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (value for key, value in node.items() if key == "$ref")
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from references(item)


def test_the_document_is_openapi_3_1_and_all_that_it_names_is_there(
    document: dict[str, Any],
) -> None:
    assert document["openapi"].startswith("3.1.")
    OpenAPI.model_validate(document)
    schemas = document["components"]["schemas"]
    named = {name.removeprefix("#/components/schemas/") for name in references(document)}
    assert named <= set(schemas)
    assert set(schemas) - named == set()


def test_every_route_is_documented_with_its_refusals_and_its_token(
    document: dict[str, Any],
) -> None:
    routes = {
        (method.upper(), path): operation
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    }
    opened = {("GET", "/healthz"), ("GET", "/readyz")}
    closed = {(method, DECLARED.get(path, path)) for method, path in CLOSED[:11]}
    assert set(routes) == opened | closed
    for route, operation in routes.items():
        assert operation["security"] == ([] if route in opened else [{"token": []}])
        assert ("401" in operation["responses"]) == (route in closed)
        if route[0] == "POST":
            assert {"400", "413", "415", "422", "503"} <= set(operation["responses"])
        refusals = {code: one for code, one in operation["responses"].items() if code >= "400"}
        assert all([*one["content"]] == ["application/problem+json"] for one in refusals.values())


@pytest.mark.parametrize("path", ["/v1/risk-assessments", "/v1/worklists"])
def test_that_another_purpose_is_refused_is_in_the_document(
    hub: Hub, document: dict[str, Any], path: str
) -> None:
    (body,) = (body for where, body in examples(document, "application/json") if where == path)
    is_problem(hub.post(path, {**body, "purpose": "to refuse help"}), 403)
    assert "403" in document["paths"][path]["post"]["responses"]


def examples(document: dict[str, Any], media: str) -> Iterator[tuple[str, Any]]:
    for path, operations in document["paths"].items():
        for operation in operations.values():
            content = operation.get("requestBody", {}).get("content", {})
            for example in content.get(media, {}).get("examples", {}).values():
                yield path.replace("{person_id}", "p"), example["value"]


def test_every_example_can_be_sent_as_it_stands(hub: Hub, document: dict[str, Any]) -> None:
    found = [*examples(document, "application/json")]
    assert {path for path, _ in found} == set(POSTS)
    for path, body in found:
        response = hub.post(path, body)
        assert response.status_code == 200, response.text
        assert not response.json().get("warnings")


def test_the_example_of_a_form_can_be_sent_with_a_file(hub: Hub, document: dict[str, Any]) -> None:
    ((path, form),) = examples(document, "multipart/form-data")
    fields = {name: value for name, value in form.items() if name != "file"}
    response = hub.post(path, files={"file": ("cv.txt", KEEPER.encode())}, data=fields)
    assert response.status_code == 200, response.text


def test_no_page_of_the_framework_is_served(hub: Hub) -> None:
    for path in ("/docs", "/redoc", "/docs/oauth2-redirect"):
        is_problem(hub.get(path), 404)


def test_the_token_shows_nowhere(settings: Settings, hub: Hub) -> None:
    assert TOKEN not in repr(settings) + str(settings) + repr(hub.app.user_middleware)
