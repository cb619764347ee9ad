"""Paths of people at the desk, for tests of whoever has a part in them."""

from typing import Any

import httpx

from matching.domain.access import Role
from tests.api.hub.desk import Desk

COURSE, OTHER = "patentino-carrello-feriale", "patentino-carrello-sabato"
PROVIDER, OTHER_PROVIDER = "sicurezza", "coop-formazione"


def a_path(desk: Desk, person: str, *services: str, **options: Any) -> str:
    """A path with steps for services, proposed by the hub."""
    answer = desk.post(f"/v1/persons/{person}/paths", {}, **options)
    assert answer.status_code == 201, answer.text
    path = str(answer.json()["id"])
    for number, service in enumerate(services, start=1):
        added = on_path(desk, path, "POST", "/steps", {"service": service}, number, **options)
        assert added.status_code == 201, added.text
    return path


def on_path(
    desk: Desk, path: str, method: str, rest: str, body: Any, version: int | None, **options: Any
) -> httpx.Response:
    """A request about a path, on the version that was read."""
    headers = {} if version is None else {"if-match": f'"{version}"'}
    return desk.ask(method, f"/v1/paths/{path}{rest}", body, headers=headers, **options)


def step_to(
    desk: Desk, path: str, step: str, state: str, version: int, **options: Any
) -> httpx.Response:
    """A step brought to a state; ``more`` are further members of the body."""
    body = {"state": state, **options.pop("more", {})}
    return on_path(desk, path, "PATCH", f"/steps/{step}", body, version, **options)


def hers(person: str) -> dict[str, Any]:
    """Options of a request that a person sends herself."""
    return {"role": Role.PERSON, "name": person}
