from typing import Any

import pytest

from matching.domain.access import Role
from tests.api.hub.agreeing import COURSE, OTHER, a_path, hers, on_path, step_to
from tests.api.hub.desk import Desk
from tests.databases import MERATE


def steps_of(desk: Desk, path: str, **options: Any) -> dict[str, Any]:
    return {one["id"]: one for one in desk.get(f"/v1/paths/{path}", **options).json()["steps"]}


def test_a_path_is_begun_of_a_plan_with_nothing_agreed_to(desk: Desk) -> None:
    person = desk.add_person()
    desk.add_vacancy()
    plan = desk.post(f"/v1/persons/{person}/plans", {"needs": ["care"]}).json()
    proposed = [step["service"] for step in plan["said"]["steps"]]
    begun = desk.post(f"/v1/persons/{person}/paths", {"plan_id": plan["id"]})
    assert begun.status_code == 201, begun.text
    answer = desk.get(begun.headers["location"])
    body = answer.json()
    assert answer.headers["etag"] == begun.headers["etag"] == f'"{1 + len(proposed)}"'
    assert [one["service"] for one in body["steps"]] == proposed
    assert {one["state"] for one in body["steps"]} == {"proposed"}
    assert body["steps"][0]["title"] == plan["said"]["steps"][0]["name"]
    (listed,) = desk.get(f"/v1/persons/{person}/paths").json()["paths"]
    assert (listed["id"], listed["plan_id"]) == (body["id"], plan["id"])
    chosen = {"plan_id": plan["id"], "steps": proposed[:1]}
    assert desk.post(f"/v1/persons/{person}/paths", chosen).json()["version"] == 2
    other = desk.add_person("Eva")
    assert desk.post(f"/v1/persons/{other}/paths", chosen).status_code == 404


def test_she_reads_her_own_path_and_says_yes_and_no(desk: Desk) -> None:
    person = desk.add_person()
    path = a_path(desk, person, COURSE, OTHER)
    assert step_to(desk, path, COURSE, "agreed", 3, **hers(person)).status_code == 200
    words = {"reason": "not_now", "own_words": "Prima finisco il trasloco."}
    no = step_to(desk, path, OTHER, "dropped", 4, more=words, **hers(person))
    assert no.status_code == 200, no.text
    assert no.headers["etag"] == '"5"'
    own = {"title": "Parlare con mia sorella", "proposer": "hub"}
    added = on_path(desk, path, "POST", "/steps", own, 5, **hers(person))
    assert added.status_code == 201, added.text
    seen = desk.get(f"/v1/paths/{path}", **hers(person)).json()
    steps = {one["id"]: one for one in seen["steps"]}
    assert steps[COURSE]["state"] == "agreed"
    assert (steps[OTHER]["state"], steps[OTHER]["own_words"]) == ("dropped", words["own_words"])
    assert steps[added.json()["id"]]["proposer"] == "person"
    assert seen["calls"] is None
    assert desk.get(f"/v1/persons/{person}/paths", **hers(person)).json()["paths"]
    # Whom to call is for her managers.
    assert desk.get(f"/v1/paths/{path}").json()["calls"] == []


def test_she_records_what_she_says_and_not_what_the_hub_does(desk: Desk) -> None:
    person = desk.add_person()
    path = a_path(desk, person, COURSE)
    step_to(desk, path, COURSE, "agreed", 2)
    started = step_to(desk, path, COURSE, "started", 3, **hers(person))
    assert started.status_code == 422
    assert "ask them" in started.json()["detail"]
    order = on_path(desk, path, "PATCH", "", {"order": [COURSE]}, 3, **hers(person))
    assert order.status_code == 200, order.text
    contest = {"own_words": "Il corso è troppo lontano.", "step": COURSE}
    said = on_path(desk, path, "POST", "/contests", contest, 4, **hers(person))
    assert said.status_code == 201, said.text
    assert on_path(desk, path, "PATCH", "", {"signed": True}, 5, **hers(person)).status_code == 200
    seen = desk.get(f"/v1/paths/{path}").json()
    assert seen["signed_on"]
    assert [one["own_words"] for one in seen["contested"]] == [contest["own_words"]]
    kinds = [one["kind"] for one in seen["happened"]]
    assert kinds[-4:] == ["step_agreed", "reordered", "contested", "signed"]


def test_nobody_else_finds_a_path(desk: Desk) -> None:
    person, other = desk.add_person(), desk.add_person("Eva")
    path = a_path(desk, person, COURSE)
    for stranger in (hers(other), {"hub": MERATE}):
        assert desk.get(f"/v1/paths/{path}", **stranger).status_code == 404
        assert desk.get(f"/v1/persons/{person}/paths", **stranger).status_code == 404
        assert step_to(desk, path, COURSE, "agreed", 2, **stranger).status_code == 404
    for role in (Role.PROVIDER, Role.CORPORATE_MANAGER, Role.AGENCY, Role.REFERRER):
        assert desk.get(f"/v1/paths/{path}", role=role).status_code == 403


def test_a_refused_step_costs_nothing(desk: Desk) -> None:
    person = desk.add_person()
    vacancy = desk.add_vacancy()
    path = a_path(desk, person, COURSE)
    plans = f"/v1/persons/{person}/plans"
    before = desk.post(plans, {"needs": ["care"]}).json()["said"]
    ranked = desk.post(f"/v1/vacancies/{vacancy}/shortlists", {}).json()["matches"]
    assert step_to(desk, path, COURSE, "dropped", 2).status_code == 200
    assert desk.post(plans, {"needs": ["care"]}).json()["said"] == before
    assert desk.post(f"/v1/vacancies/{vacancy}/shortlists", {}).json()["matches"] == ranked
    # And it may be proposed, and agreed to, again.
    again = on_path(desk, path, "POST", "/steps", {"service": COURSE}, 3)
    assert again.status_code == 201
    assert again.json()["id"] != COURSE
    assert step_to(desk, path, COURSE, "agreed", 4, **hers(person)).status_code == 200


def test_a_path_that_changed_meanwhile_is_read_again_first(desk: Desk) -> None:
    person = desk.add_person()
    path = a_path(desk, person, COURSE)
    assert step_to(desk, path, COURSE, "agreed", 2, **hers(person)).status_code == 200
    assert step_to(desk, path, COURSE, "agreed", 2).status_code == 412
    missing = on_path(desk, path, "PATCH", f"/steps/{COURSE}", {"state": "agreed"}, None)
    assert missing.status_code == 422
    assert steps_of(desk, path)[COURSE]["state"] == "agreed"


def test_a_step_is_lived_through_to_its_end(desk: Desk) -> None:
    person = desk.add_person()
    path = a_path(desk, person, COURSE)
    day = {"on": "2026-11-01"}
    assert step_to(desk, path, COURSE, "agreed", 2, more=day).status_code == 422  # before the last
    assert step_to(desk, path, COURSE, "agreed", 2).status_code == 200
    assert step_to(desk, path, COURSE, "started", 3).status_code == 200
    today = desk.get(f"/v1/paths/{path}").json()["happened"][-1]["on"]
    session = {"held_on": today, "attendance": "present"}
    at = f"/steps/{COURSE}/sessions"
    assert on_path(desk, path, "POST", at, session, 4).status_code == 201
    assert on_path(desk, path, "POST", at, session, 5).status_code == 422  # recorded before
    assert step_to(desk, path, COURSE, "completed", 5).status_code == 200
    step = steps_of(desk, path)[COURSE]
    assert (step["state"], step["sessions"]) == ("completed", [session])
    later = {"on": "2099-01-01"}
    assert step_to(desk, path, COURSE, "dropped", 6, more=later).status_code == 422


def test_an_internship_starts_once_all_its_papers_are_there(desk: Desk) -> None:
    person = desk.add_person()
    service = next(
        one.slug for one in desk.app.state.service.catalogue.services if one.measure == "internship"
    )
    path = a_path(desk, person, service)
    step_to(desk, path, service, "agreed", 2)
    today = desk.get(f"/v1/paths/{path}").json()["happened"][-1]["on"]
    papers = {
        "promoter": "Ente", "host": "Ditta", "agreement_on": "2026-11-02",
        "project_on": "2026-11-02", "promoter_tutor": "A. Rossi", "host_tutor": "B. Bianchi",
        "accident_insured_from": "2026-11-02", "starts_on": today,
    }  # fmt: skip
    lacking = step_to(desk, path, service, "started", 3, more={"internship": papers})
    assert lacking.status_code == 422
    assert "liability_insurance" in lacking.json()["detail"]
    papers["liability_insured_from"] = "2026-11-02"
    started = step_to(desk, path, service, "started", 3, more={"internship": papers})
    assert started.status_code == 200, started.text


@pytest.mark.parametrize(
    "body",
    [
        {"state": "agreed", "own_words": "x"},
        {"state": "completed", "internship": {}},
        {"state": "attended"},
        {"state": "dropped", "diagnosis": "x"},
    ],
)
def test_what_does_not_go_with_a_step_is_refused(desk: Desk, body: Any) -> None:
    path = a_path(desk, desk.add_person(), COURSE)
    assert on_path(desk, path, "PATCH", f"/steps/{COURSE}", body, 2).status_code == 422


def test_the_path_of_a_protected_person_is_opened_with_a_reason_alone(desk: Desk) -> None:
    person = desk.add_person(is_protected=True)
    path = a_path(desk, person, COURSE)
    colleague = {"name": "a colleague"}
    assert desk.get(f"/v1/paths/{path}").status_code == 200
    assert desk.get(f"/v1/paths/{path}", **colleague).status_code == 403
    reason = {"x-reason": "Sostituzione"}
    assert desk.get(f"/v1/paths/{path}", headers=reason, **colleague).status_code == 200
    # Nor is it said without one that there is a path, or since when.
    listed = f"/v1/persons/{person}/paths"
    assert desk.get(listed, **colleague).status_code == 403
    assert [one["id"] for one in desk.get(listed).json()["paths"]] == [path]
    again = desk.get(listed, headers=reason, **colleague)
    assert [one["id"] for one in again.json()["paths"]] == [path]
    told = desk.get("/v1/reminders").json()["opened"]
    assert [one["reason"] for one in told] == ["Sostituzione"] * 2
    assert step_to(desk, path, COURSE, "agreed", 2, **colleague).status_code == 403
    assert desk.post(f"/v1/persons/{person}/paths", {}, **colleague).status_code == 403
    assert step_to(desk, path, COURSE, "agreed", 2, **hers(person)).status_code == 200


def test_what_is_not_there_is_answered_as_such(desk: Desk) -> None:
    path = a_path(desk, desk.add_person(), COURSE)
    assert step_to(desk, path, "inventato", "agreed", 2).status_code == 404
    unknown = on_path(desk, path, "POST", "/steps", {"service": "inventato"}, 2)
    assert unknown.status_code == 422
    wrong = on_path(desk, path, "PATCH", "", {"order": ["inventato"]}, 2)
    assert wrong.status_code == 422


def test_own_words_are_in_no_entry_of_the_journal(desk: Desk) -> None:
    person = desk.add_person()
    path = a_path(desk, person, COURSE)
    step_to(desk, path, COURSE, "dropped", 2, more={"own_words": "zampogna"})
    with desk.store.engine.connect() as connection:
        told = str(connection.exec_driver_sql("SELECT * FROM journal").all())
        kept = str(connection.exec_driver_sql("SELECT * FROM plan_events").all())
    assert "zampogna" not in told + kept
    assert person not in told
    for act in ("begin_plan", "change_plan_step"):
        assert f"'{act}'" in told
