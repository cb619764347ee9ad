"""Proposals over HTTP, as far as a test needs them; each by whoever does it."""

from typing import Any

import httpx

from matching.domain.access import Role
from tests.api.hub.desk import Desk
from tests.databases import LECCO

AGENCY, PERSON = Role.AGENCY, Role.PERSON
NAME, TELEPHONE, EMAIL = "Zaira", "0341 000007", "zaira.canarini@posta.example"
CONTACTS = {
    "given_name": NAME, "family_name": "Canarini", "telephone": TELEPHONE, "email": EMAIL,
    "address": "via dei Canarini 7",
}  # fmt: skip
CANARIES = (NAME, "Canarini", TELEPHONE, EMAIL)
YES = {"says": "yes", "way": "spoken", "contact": "telephone"}


def somebody(desk: Desk, **more: Any) -> str:
    """Somebody whose name and contacts would be noticed wherever they are."""
    return desk.add_person(**{"contacts": CONTACTS, **more})


def asked(
    desk: Desk,
    person: str | None = None,
    vacancy: str | None = None,
    *,
    hub: str = LECCO,
    **more: Any,
) -> str:
    """A proposal that nobody answered yet, of an agency's vacancy unless it is given."""
    body = {
        "person_id": person or somebody(desk, hub=hub),
        "vacancy_id": vacancy or desk.add_vacancy(role=AGENCY, hub=hub),
        **more,
    }
    answer = desk.post("/v1/proposals", body, hub=hub)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def step(
    desk: Desk, proposal: str, what: str, version: int, body: object = None, **options: Any
) -> httpx.Response:
    """Something done with a proposal that was read in a version."""
    headers = {"if-match": f'"{version}"', **options.pop("headers", {})}
    return desk.post(f"/v1/proposals/{proposal}/{what}", body, headers=headers, **options)


def accepted(desk: Desk, *given: str, contact: str = "telephone", **more: Any) -> str:
    """A proposal that she said yes to in a talk; its version is 2."""
    proposal = asked(desk, *given, **more)
    assert step(desk, proposal, "reply", 1, {**YES, "contact": contact}).status_code == 200
    return proposal


def sent(desk: Desk, *given: str, **more: Any) -> str:
    """A proposal that its company can read; its version is 3."""
    proposal = accepted(desk, *given, **more)
    assert step(desk, proposal, "sending", 2).status_code == 200
    return proposal


def read(desk: Desk, proposal: str, **options: Any) -> Any:
    """A proposal as somebody reads it."""
    answer = desk.get(f"/v1/proposals/{proposal}", **options)
    assert answer.status_code == 200, answer.text
    return answer.json()


def listed(desk: Desk, query: str = "", **options: Any) -> list[Any]:
    """Proposals as somebody lists them."""
    answer = desk.get(f"/v1/proposals{query}", **options)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["proposals"])


def decided(
    desk: Desk,
    person: str,
    vacancy: str | None = None,
    *,
    name: str = "",
    hub: str = LECCO,
    **more: Any,
) -> str:
    """A decision on somebody: unless told otherwise that she is proposed for a vacancy."""
    body = {"person_id": person, "vacancy_id": vacancy, "outcome": "proposed", **more}
    answer = desk.post("/v1/decisions", body, name=name, hub=hub)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def contested(desk: Desk, person: str, decision: str, **options: Any) -> str:
    """A contest of a decision, by her hub unless told otherwise."""
    body = {"person_id": person, "kind": "contest", "decision_id": decision}
    answer = desk.post("/v1/contests", body, **options)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])
