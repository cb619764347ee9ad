"""What has to be there before people, paths, households, papers and imports can be gone on with."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from schemathesis.generation.case import Case

from matching.api.hub.examples_imports import IMPORT, PREVIEW
from matching.domain.access import Role
from matching.hub.accounts import disable
from tests.api.hub.agreeing import COURSE, PROVIDER, a_path, hers, step_to
from tests.api.hub.desk import CV
from tests.databases import LECCO, everybody

if TYPE_CHECKING:
    from tests.api.hub.asker import Asker

ILL = {"kind": "other", "name": "carta.txt", "text": f"{CV}\nInvalidità civile al 60%"}
Situation = Callable[["Asker", Case, str | None], str | None]


def _on(case: Case, version: int | None = None, **things: str) -> None:
    given = case.path_parameters or {}
    case.path_parameters = {name: things.get(name, one) for name, one in given.items()}
    for header in [one for one in case.headers if one.lower() == "if-match"]:
        case.headers[header] = f'"{version}"'


def _agreed(asker: "Asker") -> tuple[str, int]:
    """A path with a step that its person agreed to, and the version of what the asker sees."""
    desk, person = asker.desk, asker.desk.add_person()
    if asker.role is Role.PROVIDER:
        desk.stands_for(PROVIDER)
    if asker.role is Role.PERSON:
        person = asker.things["person_id"]
    path = a_path(desk, person, COURSE)
    assert step_to(desk, path, COURSE, "agreed", 2, **hers(person)).status_code == 200
    return path, 2 if asker.role is Role.PROVIDER else 3


def _agrees(asker: "Asker", case: Case, session: str | None) -> str | None:
    path, version = _agreed(asker)
    _on(case, version, path_id=path, step_id=COURSE)
    if case.method.upper() == "PATCH":
        case.body = {"state": "started"}
    return session


def _goes(asker: "Asker", case: Case, session: str | None) -> str | None:
    path, version = _agreed(asker)
    assert step_to(asker.desk, path, COURSE, "started", 3).status_code == 200
    today = asker.desk.get(f"/v1/paths/{path}").json()["happened"][-1]["on"]
    _on(case, version + 1, path_id=path, step_id=COURSE)
    case.body = {"held_on": today, "attendance": "present"}
    return session


def _signs(asker: "Asker", case: Case, session: str | None) -> str | None:
    path, version = _agreed(asker)
    _on(case, version, path_id=path)
    case.body = {"signed": True}
    return session


def _is_kept_apart(asker: "Asker", case: Case, session: str | None) -> str | None:
    desk, person = asker.desk, asker.desk.add_person()
    files = {"file": ("carta.txt", str(ILL["text"]).encode())}
    answer = desk.post(f"/v1/persons/{person}/documents", files=files, data={"kind": "other"})
    _on(case, document_id=str(answer.json()["id"]))
    return session


def _spoke(asker: "Asker", case: Case, session: str | None) -> str | None:
    desk, person = asker.desk, {"given_name": "Ada", "family_name": "Prova"}
    body = {"contacts": person, "source": "parish", "agreed_on": "2026-11-20"}
    referral = str(desk.post("/v1/referrals", body).json()["id"])
    path = f"/v1/referrals/{referral}"
    was = {"if-match": desk.get(path).headers["etag"]}
    is_taken = case.method.upper() == "POST"
    if is_taken:
        desk.ask("PATCH", path, {"state": "contacted"}, headers=was)
    _on(case, 2 if is_taken else 1, referral_id=referral)
    case.body = {} if is_taken else {"state": "contacted"}
    return session


def _consents(asker: "Asker", case: Case, session: str | None) -> str | None:
    desk = asker.desk
    person = asker.things["person_id"] if asker.role is Role.PERSON else desk.add_person()
    given = {"purpose": "telling_story", "notice_version": "1"}
    if case.method.upper() == "DELETE":
        desk.post(f"/v1/persons/{person}/consents", given)
    else:
        case.body = given
    _on(case, person_id=person, purpose=given["purpose"])
    return session


def _is_gone(asker: "Asker", case: Case, session: str | None) -> str | None:
    desk = asker.desk
    gone, taker = (
        str(desk.get("/v1/me", name=f"{name} {asker.turn}").json()["id"])
        for name in ("gone", "taker")
    )
    with desk.store.writing(everybody()) as work:
        disable(work, gone)
    _on(case, account_id=gone)
    case.body = {"to": taker}
    return session


def _is_open(asker: "Asker", case: Case, session: str | None) -> str | None:
    _on(case, vacancy_id=asker.desk.add_vacancy())
    return session


def _body(made: Callable[["Asker"], dict[str, Any]]) -> Situation:
    def situation(asker: "Asker", case: Case, session: str | None) -> str | None:
        case.body = made(asker)
        return session

    return situation


def _content(examples: Mapping[str, Any]) -> Situation:
    (one,) = examples.values()

    def situation(asker: "Asker", case: Case, session: str | None) -> str | None:
        if case.media_type == "application/json":
            case.body = dict(one["value"])
        return session

    return situation


FOLLOWING: Mapping[str, Situation] = MappingProxyType(
    {
        "PATCH /v1/persons/{person_id}": _body(lambda asker: {"confirmed": True}),
        "POST /v1/outcomes": _body(
            lambda asker: {
                "person_id": asker.things["person_id"], "kind": "work",
                "happened_on": f"2026-{1 + asker.turn % 11:02}-{1 + asker.turn % 28:02}",
            }
        ),
        "POST /v1/households": _body(
            lambda asker: {"person_id": asker.desk.add_person(), "rent_eur": 400}
        ),
        "POST /v1/accounts": _body(
            lambda asker: {
                "username": f"{asker.role}-nuova-{asker.turn}@hub.example", "role": "admin"
            }
        ),
        "POST /v1/tokens": _body(
            lambda asker: {
                "name": "prova", "role": "machine", "hub": LECCO, "acts": ["read_services"],
                "days": 1,
            }
        ),
        "POST /v1/accounts/{account_id}/hand-over": _is_gone,
        "POST /v1/vacancies/{vacancy_id}/shortlists": _is_open,
        "POST /v1/persons/{person_id}/consents": _consents,
        "DELETE /v1/persons/{person_id}/consents/{purpose}": _consents,
        "POST /v1/imports/preview": _content(PREVIEW),
        "POST /v1/imports": _content(IMPORT),
        "PATCH /v1/paths/{path_id}": _signs,
        "PATCH /v1/paths/{path_id}/steps/{step_id}": _agrees,
        "POST /v1/paths/{path_id}/steps/{step_id}/sessions": _goes,
        "GET /v1/participants/{path_id}": _agrees,
        "PATCH /v1/referrals/{referral_id}": _spoke,
        "POST /v1/referrals/{referral_id}/persons": _spoke,
        "POST /v1/documents/{document_id}/release": _is_kept_apart,
    }
)  # fmt: skip
"""The operations that come to their end, or begin, with what few examples have."""
