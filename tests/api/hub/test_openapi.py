"""The OpenAPI document of a hub, and what it promised before the application was held to it."""

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import jsonschema_rs
import pytest
from fastapi.openapi.models import OpenAPI

from matching.api.hub.examples_imports import FILE
from matching.api.hub.openapi import OPEN_PATHS
from matching.domain.access import Role
from tests.api.hub.asker import Asker, spares, version_at, who_may
from tests.api.hub.desk import CV, Desk
from tests.api.hub.test_matrix import filled

JSON, FORM, JOB_POSTING = "application/json", "multipart/form-data", "application/ld+json"
SECRETS = {"POST /v1/sessions": 401}


@pytest.fixture(scope="module")
def desk(shared_desk: Desk) -> Desk:
    return shared_desk


@pytest.fixture(scope="module")
def document(desk: Desk) -> dict[str, Any]:
    return desk.app.openapi()


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def contents(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each form of a body: operation, media type, what is said of it."""
    for name, operation in operations(document):
        for media, content in operation.get("requestBody", {}).get("content", {}).items():
            yield name, media, content


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (value for key, value in node.items() if key == "$ref")
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from references(item)


def checker(document: dict[str, Any], schema: dict[str, Any]) -> Any:
    whole = {**schema, "components": document["components"]}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)


def test_the_document_is_openapi_3_1_and_all_that_it_names_is_there(
    document: dict[str, Any],
) -> None:
    assert document["openapi"].startswith("3.1.")
    OpenAPI.model_validate(document)
    schemas = document["components"]["schemas"]
    named = {name.removeprefix("#/components/schemas/") for name in references(document)}
    assert named == set(schemas)


def test_every_schema_and_its_patterns_are_read_by_others_too(document: dict[str, Any]) -> None:
    schemas = [*document["components"]["schemas"].values()]
    for _, operation in operations(document):
        schemas += [one["schema"] for one in operation.get("parameters", ())]
    assert len(schemas) > 100
    checker(document, {"anyOf": schemas})


def test_every_operation_says_what_it_is(document: dict[str, Any]) -> None:
    names = []
    for where, operation in operations(document):
        names.append(operation["operationId"])
        assert re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", operation["operationId"]), where
        assert 5 <= len(operation["summary"]) <= 120, where
        assert operation["description"].startswith(operation["summary"][:20]), where
        assert operation["tags"], where
        for parameter in operation.get("parameters", ()):
            assert parameter["schema"], where
    assert len(names) == len(set(names))


def test_every_operation_says_who_may_ask_and_how_it_refuses(document: dict[str, Any]) -> None:
    for where, operation in operations(document):
        answers = operation["responses"]
        is_open = where.partition(" ")[2] in OPEN_PATHS
        assert (operation["security"] == []) is is_open, where
        assert ("x-roles" in operation) is not is_open, where
        refused = {code: one for code, one in answers.items() if code >= "400"}
        assert all([*one["content"]] == ["application/problem+json"] for one in refused.values())
        assert "500" in refused, where
        assert is_open or {"401", "403", "404", "409"} <= set(refused), where
        assert "requestBody" not in operation or {"400", "413", "415", "422"} <= set(refused)
        named = {one["name"] for one in operation.get("parameters", ())}
        assert ("412" in refused) is ("if-match" in named), where
        assert len(answers) > len(refused), where


def test_every_body_has_examples_and_its_schema_takes_them(document: dict[str, Any]) -> None:
    for where, media, content in contents(document):
        assert content["examples"], (where, media)
        is_valid = checker(document, content["schema"]).is_valid
        for example in content["examples"].values():
            assert example["summary"], where
            assert is_valid(example["value"]), (where, media, example["summary"])


def test_every_example_can_be_sent_as_it_stands(desk: Desk, document: dict[str, Any]) -> None:
    asker = Asker(desk, Role.COMMUNITY_MANAGER, {})
    things = asker.anew() | spares(desk)
    refused = []
    for where, media, content in contents(document):
        for example in content["examples"].values():
            answer = sent(desk, where, media, example["value"], things)
            if not is_truthful(where, answer):
                # Examples before may have brought to its end what this one is about.
                things = asker.anew() | spares(desk)
                answer = sent(desk, where, media, example["value"], things)
            if not is_truthful(where, answer):
                refused.append(f"{where}, {example['summary']}: {answer.text}")
    assert not refused, "\n".join(refused)


def is_truthful(where: str, answer: httpx.Response) -> bool:
    """Whether an example was taken, or what it tells of is not there: examples know no secret."""
    return answer.is_success or answer.status_code in (404, 409, SECRETS.get(where))


def sent(desk: Desk, where: str, media: str, value: Any, things: dict[str, str]) -> httpx.Response:
    method, _, path = where.partition(" ")
    there = filled(path, things)
    role, name = who_may(desk, where, things)
    # Whoever decided does not decide on the contest.
    name = "a colleague" if path.endswith("/contests/{contest_id}/decision") else name
    named = desk.app.openapi()["paths"][path][method.lower()].get("parameters", ())
    is_change = any(one["name"] == "if-match" for one in named)
    headers = {"if-match": version_at(desk, there)} if is_change else {}
    return desk.ask(method, there, role=role, name=name, **sent_as(media, value, headers))


def sent_as(media: str, value: Any, headers: dict[str, str]) -> dict[str, Any]:
    """What a client gives its library to send a value in a form."""
    if media == FORM:
        file = ("rows.csv", FILE.encode()) if "columns" in value else ("cv.txt", CV.encode())
        fields = {name: one for name, one in value.items() if name != "file"}
        texts = {n: one if isinstance(one, str) else json.dumps(one) for n, one in fields.items()}
        return {"files": {"file": file}, "data": texts, "headers": headers}
    return {"json": value, "headers": {**headers, "content-type": media}}


def test_an_address_tells_all_methods_that_it_takes(desk: Desk) -> None:
    person = desk.add_person(informed=False)
    for path, methods in {
        "/v1/persons": "GET, POST",
        f"/v1/persons/{person}": "GET, PATCH",
        f"/v1/persons/{person}/notes": "GET, POST",
        "/v1/me": "GET",
    }.items():
        answer = desk.ask("PUT", path, {})
        assert answer.status_code == 405
        assert set(methods.split(", ")) <= set(answer.headers["allow"].split(", ")), path
        assert "PUT" not in answer.headers["allow"]


def test_a_header_that_is_missing_is_named(desk: Desk) -> None:
    person = desk.add_person(informed=False)
    answer = desk.ask("PATCH", f"/v1/persons/{person}", {"confirmed": True})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"field": "header.if-match", "message": "Field required."}]


def test_a_state_that_nothing_can_have_is_refused(desk: Desk) -> None:
    for path in ("/v1/persons", "/v1/vacancies"):
        assert desk.get(f"{path}?state=open").status_code == 200
        assert desk.get(f"{path}?state=aperta").status_code == 422
        assert desk.get(f"{path}?state=%00").status_code == 422


def test_the_document_says_what_a_session_sends_with_a_change(desk: Desk) -> None:
    document = desk.app.openapi()
    assert document["components"]["securitySchemes"]["csrf"]["name"] == "X-CSRF-Token"
    persons = document["paths"]["/v1/persons"]
    assert persons["get"]["security"] == [{"token": []}, {"session": []}]
    assert persons["post"]["security"] == [{"token": []}, {"session": [], "csrf": []}]


def test_an_address_with_a_slash_more_is_none(desk: Desk) -> None:
    for path in ("/v1/persons/", "/healthz/", "//v1/persons"):
        answer = desk.get(path, headers={"host": "evil.example"})
        assert answer.status_code == 404
        assert "evil" not in answer.text + str(answer.headers)
