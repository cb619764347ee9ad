"""The OpenAPI document of a hub, and what it promised before the application was held to it."""

import json
import re

from tests.api.hub.desk import Desk


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


def test_whatever_the_document_refers_to_is_in_it(desk: Desk) -> None:
    document = desk.app.openapi()
    named = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert sorted(named - set(document["components"]["schemas"])) == []
