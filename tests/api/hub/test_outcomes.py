from typing import Any

from matching.domain.access import Role
from tests.api.hub.agreeing import COURSE, PROVIDER, a_path, hers, step_to
from tests.api.hub.desk import Desk
from tests.databases import MERATE

OURS: dict[str, Any] = {"role": Role.PROVIDER}
WORK = {"kind": "work", "happened_on": "2026-11-20"}


def outcomes_of(desk: Desk, person: str, **options: Any) -> list[dict[str, Any]]:
    answer = desk.get(f"/v1/persons/{person}/outcomes", **options)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["outcomes"]
    return found


def test_an_outcome_is_recorded_read_and_taken_back(desk: Desk) -> None:
    person, vacancy = desk.add_person(informed=False), desk.add_vacancy()
    body = {**WORK, "person_id": person, "vacancy_id": vacancy, "note": "Contratto di un anno."}
    made = desk.post("/v1/outcomes", body)
    assert made.status_code == 201, made.text
    (one,) = outcomes_of(desk, person)
    assert {name: one[name] for name in ("kind", "happened_on", "vacancy_id", "note")} == {
        name: body[name] for name in ("kind", "happened_on", "vacancy_id", "note")
    }
    assert outcomes_of(desk, person, **hers(person)) == [one]
    path = f"/v1/outcomes/{one['id']}"
    assert desk.ask("DELETE", path, hub=MERATE).status_code == 404
    assert desk.ask("DELETE", path).json() == {"done": True}
    assert desk.ask("DELETE", path).status_code == 404
    assert outcomes_of(desk, person) == []


def test_an_outcome_is_of_somebody_of_ones_own_hub_and_not_to_come(desk: Desk) -> None:
    person = desk.add_person(informed=False)
    theirs = desk.add_person(hub=MERATE, informed=False)
    for body, status in (
        ({**WORK, "person_id": theirs}, 404),
        ({**WORK, "person_id": person, "vacancy_id": desk.add_vacancy(hub=MERATE)}, 404),
        ({**WORK, "person_id": person, "happened_on": "2099-01-01"}, 422),
        ({**WORK, "person_id": person, "kind": "married"}, 422),
        ({**WORK, "person_id": person, "path_id": person, "step": "x"}, 422),
        ({**WORK, "path_id": person, "step": "x"}, 422),
        (WORK, 422),
    ):
        assert desk.post("/v1/outcomes", body).status_code == status, body
    assert outcomes_of(desk, person) == []
    assert desk.get(f"/v1/persons/{theirs}/outcomes").status_code == 404


def test_a_provider_records_what_came_of_its_own_step_and_reads_none(desk: Desk) -> None:
    desk.stands_for(PROVIDER)
    person = desk.add_person(informed=False)
    path = a_path(desk, person, COURSE)
    step_to(desk, path, COURSE, "agreed", 2, **hers(person))
    body = {"kind": "course_completed", "happened_on": "2026-11-20"}
    of_step = {**body, "path_id": path, "step": COURSE}
    # She agreed, and did not begin yet.
    assert desk.post("/v1/outcomes", of_step, **OURS).status_code == 404
    step_to(desk, path, COURSE, "started", 2, **OURS)
    made = desk.post("/v1/outcomes", of_step, **OURS)
    assert made.status_code == 201, made.text
    assert [one["id"] for one in outcomes_of(desk, person)] == [made.json()["id"]]
    # By the number of a file a provider records, and reads, nothing.
    assert desk.post("/v1/outcomes", {**body, "person_id": person}, **OURS).status_code == 422
    noted = {**of_step, "note": "x"}
    assert desk.post("/v1/outcomes", noted, **OURS).status_code == 422
    assert desk.get(f"/v1/persons/{person}/outcomes", **OURS).status_code == 403
    # It takes back its own, and no manager's.
    by_manager = desk.post("/v1/outcomes", {**WORK, "person_id": person}).json()["id"]
    assert desk.ask("DELETE", f"/v1/outcomes/{by_manager}", **OURS).status_code == 404
    assert desk.ask("DELETE", f"/v1/outcomes/{made.json()['id']}", **OURS).status_code == 200
    assert [one["id"] for one in outcomes_of(desk, person)] == [by_manager]


def test_a_provider_that_is_not_hers_records_nothing(desk: Desk) -> None:
    desk.stands_for(PROVIDER)
    person = desk.add_person(informed=False)
    path = a_path(desk, person, COURSE)
    step_to(desk, path, COURSE, "agreed", 2, **hers(person))
    step_to(desk, path, COURSE, "started", 2, **OURS)
    of_step = {"kind": "work", "happened_on": "2026-11-20", "path_id": path, "step": COURSE}
    for stranger in ({"name": "altra"}, {"hub": MERATE}):
        assert desk.post("/v1/outcomes", of_step, **OURS, **stranger).status_code == 404


def test_an_outcome_is_sent_once_by_its_key_or_its_number(desk: Desk) -> None:
    person = desk.add_person(informed=False)
    body = {**WORK, "person_id": person, "external_id": "pratica-7"}
    key = {"idempotency-key": "una-volta"}
    first, again = (desk.post("/v1/outcomes", body, headers=key) for _ in range(2))
    assert first.content == again.content
    assert desk.post("/v1/outcomes", body).status_code == 409
    assert len(outcomes_of(desk, person)) == 1
