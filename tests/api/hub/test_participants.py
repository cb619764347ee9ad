from typing import Any

from matching.domain.access import Role
from tests.api.hub.agreeing import (
    COURSE,
    OTHER,
    OTHER_PROVIDER,
    PROVIDER,
    a_path,
    hers,
    on_path,
    step_to,
)
from tests.api.hub.desk import Desk
from tests.databases import MERATE

OURS: dict[str, Any] = {"role": Role.PROVIDER}


def agreed(desk: Desk, given: str = "Ada") -> tuple[str, str]:
    """Somebody with a path of two steps, of which she agreed to the provider's."""
    person = desk.add_person(given, informed=False)
    path = a_path(desk, person, COURSE)
    own = on_path(desk, path, "POST", "/steps", {"title": "Visita dal dottore"}, 2)
    assert own.status_code == 201
    assert step_to(desk, path, COURSE, "agreed", 3, **hers(person)).status_code == 200
    return person, path


def listed(desk: Desk, **options: Any) -> list[dict[str, Any]]:
    answer = desk.get("/v1/participants", **{**OURS, **options})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["participants"]
    return found


def test_a_provider_sees_a_name_its_step_and_the_days_and_nothing_else(desk: Desk) -> None:
    desk.stands_for(PROVIDER)
    person, path = agreed(desk)
    answer = desk.get(f"/v1/participants/{path}", **OURS)
    (one,) = listed(desk)
    assert one == answer.json()
    assert set(one) == {"path_id", "name", "steps"}
    (step,) = one["steps"]
    assert one["name"] == "Ada Prova"
    assert (step["service"], step["state"], step["version"]) == (COURSE, "agreed", 2)
    assert set(step) == {
        "id", "service", "name", "measure", "state", "since", "starts_on", "ask_by", "ends_on",
        "started_on", "sessions", "version",
    }  # fmt: skip
    assert "dottore" not in answer.text
    for path_of_hers in (f"/v1/persons/{person}", f"/v1/persons/{person}/paths", "/v1/persons"):
        assert desk.get(path_of_hers, **OURS).status_code == 403


def test_a_provider_sees_who_agreed_and_only_of_its_own_services(desk: Desk) -> None:
    desk.stands_for(PROVIDER)
    desk.stands_for(OTHER_PROVIDER, name="altra")
    person, path = agreed(desk)
    a_path(desk, desk.add_person("Eva", informed=False), COURSE)  # nobody agreed to that
    assert [one["path_id"] for one in listed(desk)] == [path]
    for stranger in ({"name": "altra"}, {"name": "nessuna"}, {"hub": MERATE}):
        assert listed(desk, **stranger) == []
        gone = desk.get(f"/v1/participants/{path}", **{**OURS, **stranger})
        assert gone.status_code == 404
        changed = step_to(desk, path, COURSE, "started", 2, **{**OURS, **stranger})
        assert changed.status_code == 404
    # Once she no longer takes part, it sees her no more.
    assert step_to(desk, path, COURSE, "dropped", 4, **hers(person)).status_code == 200
    assert listed(desk) == []
    assert desk.get(f"/v1/participants/{path}", **OURS).status_code == 404


def test_a_provider_that_stands_for_none_any_more_sees_nobody(desk: Desk) -> None:
    desk.stands_for(PROVIDER)
    agreed(desk)
    assert len(listed(desk)) == 1
    desk.stands_for(None)
    assert listed(desk) == []


def test_a_provider_records_attendance_and_the_end_on_its_own_steps_version(desk: Desk) -> None:
    desk.stands_for(PROVIDER)
    person, path = agreed(desk)
    started = step_to(desk, path, COURSE, "started", 2, **OURS)
    assert started.status_code == 200, started.text
    assert started.headers["etag"] == '"3"'
    # What happens elsewhere in the path is nothing to it, and in nobody's way.
    assert on_path(desk, path, "PATCH", "", {"signed": True}, 5, **hers(person)).status_code == 200
    today = started_on(desk, path)
    session = {"held_on": today, "attendance": "absent"}
    at = f"/steps/{COURSE}/sessions"
    assert on_path(desk, path, "POST", at, session, 2, **OURS).status_code == 412
    done = on_path(desk, path, "POST", at, session, 3, **OURS)
    assert done.status_code == 201, done.text
    (step,) = listed(desk)[0]["steps"]
    assert (step["sessions"], step["version"]) == ([session], 4)
    assert step_to(desk, path, COURSE, "completed", 4, **OURS).status_code == 200
    assert desk.get(f"/v1/paths/{path}").json()["steps"][0]["state"] == "completed"
    assert listed(desk) == []


def started_on(desk: Desk, path: str) -> str:
    (step,) = desk.get(f"/v1/participants/{path}", **OURS).json()["steps"]
    return str(step["started_on"])


def test_a_provider_records_nothing_else(desk: Desk) -> None:
    desk.stands_for(PROVIDER)
    person, path = agreed(desk)
    assert step_to(desk, path, COURSE, "agreed", 2, **OURS).status_code == 422
    words = {"own_words": "Non viene mai"}
    assert step_to(desk, path, COURSE, "dropped", 2, more=words, **OURS).status_code == 422
    for method, rest, body in (
        ("PATCH", "", {"signed": True}),
        ("PATCH", "", {"order": [COURSE]}),
        ("POST", "/steps", {"service": OTHER}),
        ("POST", "/contests", {"own_words": "x"}),
    ):
        assert on_path(desk, path, method, rest, body, 4, **OURS).status_code == 404, rest
    assert desk.post(f"/v1/persons/{person}/paths", {}, **OURS).status_code == 403


def test_a_protected_person_is_no_providers_participant(desk: Desk) -> None:
    desk.stands_for(PROVIDER)
    person, path = agreed(desk)
    etag = desk.get(f"/v1/persons/{person}").headers["etag"]
    done = desk.ask(
        "PATCH", f"/v1/persons/{person}", {"is_protected": True}, headers={"if-match": etag}
    )
    assert done.status_code == 200
    assert listed(desk) == []
    assert desk.get(f"/v1/participants/{path}", **OURS).status_code == 404
    assert step_to(desk, path, COURSE, "started", 2, **OURS).status_code == 404


def test_participants_come_in_pages(desk: Desk) -> None:
    desk.stands_for(PROVIDER)
    made = {agreed(desk, given)[1] for given in ("Ada", "Eva", "Ida")}
    first = desk.get("/v1/participants?limit=2", **OURS).json()
    cursor = first["next_cursor"]
    last = desk.get(f"/v1/participants?limit=2&cursor={cursor}", **OURS).json()
    assert last["next_cursor"] is None
    seen = [one["path_id"] for one in (*first["participants"], *last["participants"])]
    assert sorted(seen) == sorted(made)
