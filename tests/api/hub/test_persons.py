import uuid

from matching.domain.access import Role
from tests.api.hub.desk import Desk
from tests.databases import MERATE


def test_a_person_is_taken_in_charge_and_read_with_her_profile(desk: Desk) -> None:
    person = desk.add_person("Ada")
    answer = desk.get(f"/v1/persons/{person}")
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["contacts"]["given_name"] == "Ada"
    assert body["profile"]["occupations"][0]["isco08"]
    assert body["profile"]["answers"] == {"weekly_hours": 30}
    assert answer.headers["etag"] == f'"{body["version"]}"'
    assert answer.headers["cache-control"] == "no-store"


def test_another_hub_gets_the_answer_of_a_person_who_is_not_there(desk: Desk) -> None:
    person = desk.add_person()
    theirs = desk.get(f"/v1/persons/{person}", hub=MERATE)
    nobody = desk.get(f"/v1/persons/{uuid.uuid4()}", hub=MERATE)
    assert theirs.status_code == nobody.status_code == 404
    same = ("type", "title", "status", "detail")
    assert [theirs.json()[name] for name in same] == [nobody.json()[name] for name in same]
    assert desk.get("/v1/persons", hub=MERATE).json()["persons"] == []


def test_a_list_comes_in_pages_and_each_person_is_on_one(desk: Desk) -> None:
    made = {desk.add_person(f"Persona{n}", informed=False) for n in "abcde"}
    seen: list[str] = []
    cursor = ""
    while True:
        page = desk.get(f"/v1/persons?limit=2{cursor}").json()
        seen += [one["id"] for one in page["persons"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert sorted(seen) == sorted(made)
    assert len(seen) == 5


def test_a_change_of_what_somebody_else_changed_is_refused(desk: Desk) -> None:
    person = desk.add_person()
    etag = desk.get(f"/v1/persons/{person}").headers["etag"]
    first = desk.ask(
        "PATCH", f"/v1/persons/{person}", {"point": "punto-lecco"}, headers={"if-match": etag}
    )
    assert first.status_code == 200, first.text
    again = desk.ask(
        "PATCH", f"/v1/persons/{person}", {"point": "punto-oggiono"}, headers={"if-match": etag}
    )
    assert again.status_code == 412
    now = desk.get(f"/v1/persons/{person}")
    assert now.json()["point"] == "punto-lecco"
    assert now.headers["etag"] == first.headers["etag"]


def test_a_protected_attribute_has_no_field(desk: Desk) -> None:
    body = {"contacts": {"given_name": "Ada", "family_name": "Prova", "sex": "f"}}
    answer = desk.post("/v1/persons", body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "contacts.sex"


def test_a_protected_file_is_in_no_list_and_opened_with_a_reason_alone(desk: Desk) -> None:
    person = desk.add_person(is_protected=True)
    assert desk.get("/v1/persons").json()["persons"] == []
    path = f"/v1/persons/{person}"
    assert desk.get(path).status_code == 200  # the manager in charge
    assert desk.get(path, name="a colleague").status_code == 403
    reason = {"x-reason": "Ha chiamato per un appuntamento"}
    assert desk.get(path, headers=reason, name="a colleague").status_code == 200
    notes = desk.get(f"/v1/persons/{person}/notes").json()["notes"]
    assert [(one["kind"], one["text"]) for one in notes] == [("opened", reason["x-reason"])]
    (told,) = desk.get("/v1/reminders").json()["opened"]
    assert (told["person_id"], told["reason"]) == (person, reason["x-reason"])
    assert told["username"].endswith("a colleague")
    assert desk.get("/v1/reminders", name="a colleague").json()["opened"] == []
    assert desk.get(path).status_code == 200
    assert desk.get("/v1/reminders").json()["opened"] == []


def test_a_protected_file_is_opened_by_community_managers_alone_reason_or_not(desk: Desk) -> None:
    person = desk.add_person(is_protected=True)
    desk.add_vacancy()
    made = [desk.post(f"/v1/persons/{person}/{one}", {}) for one in ("matches", "plans")]
    asked = [("GET", f"/v1/persons/{person}"), *(("GET", one.headers["location"]) for one in made)]
    asked += [("POST", f"/v1/persons/{person}/{one}") for one in ("matches", "plans")]
    reason = {"x-reason": "Allineamento dei dati"}
    for role in frozenset(Role) - {Role.COMMUNITY_MANAGER, Role.PERSON, Role.SYSTEM}:
        for method, path in asked:
            body = {} if method == "POST" else None
            assert desk.ask(method, path, body, role=role, headers=reason).status_code == 403
    assert desk.get(f"/v1/persons/{person}/notes").json()["notes"] == []


def test_a_request_sent_again_with_its_key_is_done_once(desk: Desk) -> None:
    body = {"contacts": {"given_name": "Ada", "family_name": "Prova"}}
    key = {"idempotency-key": "una-volta"}
    first, again = (desk.post("/v1/persons", body, headers=key) for _ in range(2))
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert first.headers["location"] == again.headers["location"]
    assert len(desk.get("/v1/persons").json()["persons"]) == 1
    other = {"contacts": {"given_name": "Eva", "family_name": "Prova"}}
    assert desk.post("/v1/persons", other, headers=key).status_code == 409


def test_a_note_is_read_by_her_hub_alone(desk: Desk) -> None:
    person = desk.add_person()
    path = f"/v1/persons/{person}/notes"
    assert desk.post(path, {"text": "Richiamare al mattino."}).status_code == 201
    assert desk.get(path).json()["notes"][0]["text"] == "Richiamare al mattino."
    assert desk.get(path, hub=MERATE).status_code == 404
    assert desk.get(path, role=Role.CORPORATE_MANAGER).status_code == 403


def test_whom_a_programme_brings_in_has_no_manager_until_one_takes_her(desk: Desk) -> None:
    body = {"contacts": {"given_name": "Ada", "family_name": "Prova"}}
    added = desk.post("/v1/persons", body, role=Role.MACHINE)
    assert added.status_code == 201, added.text
    assert desk.get(added.headers["location"]).json()["manager_id"] is None
    # A protected file is opened and changed by its manager: without one, by nobody.
    protected = {**body, "is_protected": True}
    assert desk.post("/v1/persons", protected, role=Role.MACHINE).status_code == 422
