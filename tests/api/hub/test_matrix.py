"""Every route, by every role, of one's own hub and of another: as the matrix declares it."""

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute

from matching.access.matrix import MATRIX
from matching.api.hub.openapi import OPEN_PATHS, acts_of
from matching.domain.access import Act, Reach, Role
from tests.api.hub.agreeing import COURSE, a_path
from tests.api.hub.desk import Desk
from tests.api.hub.importing import PREVIEWED, an_import
from tests.api.hub.proposing import asked, contested, decided
from tests.databases import LECCO, MERATE

PEOPLE = [role for role in Role if role not in (Role.SYSTEM, Role.MACHINE, Role.PERSON)]
ROLES = [*PEOPLE, Role.MACHINE, Role.PERSON]
OF_A_HUB = [
    Role.COMMUNITY_MANAGER, Role.CORPORATE_MANAGER, Role.MACHINE, Role.AGENCY, Role.EMPLOYER,
    Role.PERSON,
]  # fmt: skip
REFERRED = {
    "contacts": {"given_name": "Ada", "family_name": "Prova"},
    "source": "parish",
    "agreed_on": "2026-01-15",
}

AGENCY = {"name": "Agenzia", "kind": "agency"}
DOCUMENT = {"kind": "other", "name": "carta.txt", "content": "Q2FydGE="}


def routes(desk: Desk) -> Iterator[tuple[APIRoute, str, Act | None]]:
    for route, act in acts_of(desk.app.state.parts):
        for method in sorted(route.methods or ()):
            yield route, method, act


def test_every_route_asks_for_a_right_or_is_open_by_name(desk: Desk) -> None:
    found = [(route.path_format, act) for route, _, act in routes(desk)]
    assert len(found) > 20
    assert {path for path, act in found if act is None} <= set(OPEN_PATHS)
    assert {act for _, act in found if act is not None} <= set(MATRIX)


def test_no_route_is_open_to_whoever_has_not_signed_in(desk: Desk) -> None:
    for route, method, _ in routes(desk):
        path = filled(route.path_format, {})
        answer = desk.ask(method, path, role=None)
        if route.path_format in OPEN_PATHS:
            assert answer.status_code != 401 or route.path_format == "/v1/sessions", path
        else:
            assert answer.status_code == 401, (method, path)
    assert desk.get("/v1/nothing", role=None).status_code == 401


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_what_the_matrix_says_and_nothing_else(desk: Desk, role: Role) -> None:
    name = desk.add_person() if role is Role.PERSON else ""
    for route, method, act in routes(desk):
        if act is None or route.path_format == "/v1/sessions/current":
            continue  # to sign out would end the session that the next route is asked with
        answer = desk.ask(method, filled(route.path_format, {}), role=role, name=name)
        if role is Role.MACHINE and act is Act.SIGN_IN:
            continue  # what a session alone can do
        allowed = role in MATRIX[act]
        refused = answer.status_code == 403
        assert refused is not allowed, (role, method, route.path_format, answer.text[:200])


@pytest.mark.parametrize("role", OF_A_HUB)
def test_what_is_of_another_hub_is_not_there(desk: Desk, role: Role) -> None:
    theirs = everything_of(desk, MERATE)
    name = desk.add_person() if role is Role.PERSON else ""
    for route, method, act in routes(desk):
        if act is None or role not in MATRIX[act] or "{" not in route.path_format:
            continue
        if not theirs.keys() >= set(re.findall(r"{(\w+)", route.path_format)):
            continue
        path = filled(route.path_format, theirs)
        answer = desk.ask(
            method, path, body_for(route.path_format), role=role, hub=LECCO, name=name,
            headers={"if-match": '"1"'},
        )  # fmt: skip
        assert answer.status_code == 404, (role, method, path, answer.text[:300])


@pytest.mark.parametrize("role", [Role.AGENCY, Role.EMPLOYER])
def test_a_company_sees_its_own_vacancies_alone(desk: Desk, role: Role) -> None:
    own = desk.add_vacancy(role=role)
    other = desk.add_vacancy()
    rival = desk.add_vacancy(role=Role.EMPLOYER if role is Role.AGENCY else Role.AGENCY)
    listed = desk.get("/v1/vacancies", role=role).json()["vacancies"]
    assert [one["id"] for one in listed] == [own]
    assert desk.get(f"/v1/vacancies/{own}", role=role).status_code == 200
    for one in (other, rival):
        assert desk.get(f"/v1/vacancies/{one}", role=role).status_code == 404


def test_no_act_of_a_companys_role_reaches_a_hub(desk: Desk) -> None:
    for role in (Role.AGENCY, Role.EMPLOYER, Role.REFERRER, Role.PROVIDER, Role.PERSON):
        for act, roles in MATRIX.items():
            assert roles.get(role) is not Reach.HUB, (role, act)


def filled(path: str, known: dict[str, str]) -> str:
    """A path with identifiers: those known, and for the rest of something that is not there."""
    return re.sub(r"{(\w+)(?::path)?}", lambda found: known.get(found[1], str(uuid.uuid4())), path)


def everything_of(desk: Desk, hub: str) -> dict[str, str]:
    """An object of each kind in a hub, by the name of its parameter."""
    person, vacancy = desk.add_person(hub=hub), desk.add_vacancy(hub=hub)
    shortlist = desk.post(f"/v1/vacancies/{vacancy}/shortlists", {}, hub=hub).json()["id"]
    outcome = {"person_id": person, "kind": "work", "happened_on": "2026-11-20"}
    return {
        "person_id": person,
        "vacancy_id": vacancy,
        "shortlist_id": shortlist,
        **results_about(desk, person, hub),
        "document_id": desk.post(f"/v1/persons/{person}/documents", DOCUMENT, hub=hub).json()["id"],
        "organisation_id": desk.post(
            "/v1/organisations", AGENCY, hub=hub, role=Role.CORPORATE_MANAGER
        ).json()["id"],
        "referral_id": desk.post("/v1/referrals", REFERRED, hub=hub).json()["id"],
        "path_id": a_path(desk, person, COURSE, hub=hub),
        "step_id": COURSE,
        "outcome_id": desk.post("/v1/outcomes", outcome, hub=hub).json()["id"],
        "purpose": "telling_story",
        "household_id": desk.post("/v1/households", {"person_id": person}, hub=hub).json()["id"],
        "member_id": person,
        "proposal_id": asked(desk, person, hub=hub),
        "decision_id": (decision := decided(desk, person, vacancy, hub=hub)),
        "contest_id": contested(desk, person, decision, hub=hub),
        "job_id": an_import(desk, hub=hub),
    }


def results_about(desk: Desk, person: str, hub: str) -> dict[str, str]:
    """What the engine said of somebody, by the name of its parameter."""
    made = {
        "matches_id": ("matches", {}),
        "assessment_id": ("risk-assessments", {"purpose": "offer_accompaniment"}),
        "plan_id": ("plans", {"needs": ["care"]}),
    }
    answers = {
        name: desk.post(f"/v1/persons/{person}/{what}", body, hub=hub)
        for name, (what, body) in made.items()
    }
    # A service without a model of risk assesses none.
    return {name: one.json()["id"] for name, one in answers.items() if one.status_code == 201}


def body_for(path: str) -> Any:
    """A body that the route takes."""
    bodies: dict[str, Any] = {
        "/notices": {"version": "1", "way": "paper"},
        "/notes": {"text": "Una nota."},
        "/account": {"username": "ada@example.org"},
        "/organisations/{organisation_id}": {"name": "Agenzia srl"},
        "/documents": DOCUMENT,
        "/protected-attributes": {},
        "/release": {"why": "asked_by_person"},
        "/risk-assessments": {"purpose": "offer_accompaniment"},
        "/persons/{person_id}": {"confirmed": True},
        "/vacancies/{vacancy_id}": {"state": "closed"},
        "/referrals/{referral_id}": {"state": "contacted"},
        "/paths/{path_id}": {"signed": True},
        "/households/{household_id}": {"rent_eur": 1},
        "/members": {"relation": "child"},
        "/members/{member_id}": {"relation": "parent"},
        "/consents": {"purpose": "telling_story", "notice_version": "1"},
        "/steps": {"title": "Un passo"},
        "/steps/{step_id}": {"state": "agreed"},
        "/sessions": {"held_on": "2026-11-20", "attendance": "present"},
        "/imports/preview": dict(PREVIEWED),
        "/imports": {**PREVIEWED, "confirm": "0" * 64},
        "/paths/{path_id}/contests": {"own_words": "Non va bene."},
        "/reply": {"says": "no"},
        "/answer": {"answer": "hired"},
        "/contests/{contest_id}/decision": {"state": "upheld", "reason_code": "checked"},
    }
    return next((body for end, body in bodies.items() if path.endswith(end)), {})
