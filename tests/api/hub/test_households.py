from typing import Any

import httpx

from matching.domain.access import Role
from tests.api.hub.agreeing import hers
from tests.api.hub.desk import Desk
from tests.databases import MERATE

HOME = {"tenure": "rented", "rent_eur": 450, "isee_eur": 9000, "receives": ["adi"]}
HERSELF = {"birth": "1971-04-02", "citizenship": "it", "work": {"out_of_work": "yes"}}
OTHERS = [{"relation": "child", "birth": "2015-06-30"}]


def a_household(desk: Desk, person: str, *others: dict[str, Any], **options: Any) -> str:
    """A household of a person, with others in it."""
    body = {**HOME, "person_id": person, "herself": HERSELF, "others": [*OTHERS, *others]}
    answer = desk.post("/v1/households", body, **options)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/v1/households/{answer.json()['id']}"
    return str(answer.json()["id"])


def at(
    desk: Desk, home: str, method: str, rest: str, body: Any, version: int, **options: Any
) -> httpx.Response:
    """A change of a household on the version that was read."""
    headers = {"if-match": f'"{version}"'}
    return desk.ask(method, f"/v1/households/{home}{rest}", body, headers=headers, **options)


def read(desk: Desk, home: str, **options: Any) -> dict[str, Any]:
    answer = desk.get(f"/v1/households/{home}", **options)
    assert answer.status_code == 200, answer.text
    assert answer.headers["etag"] == f'"{answer.json()["version"]}"'
    found: dict[str, Any] = answer.json()
    return found


def test_a_household_is_kept_as_it_was_told(desk: Desk) -> None:
    person = desk.add_person(informed=False)
    home = a_household(desk, person)
    seen = read(desk, home)
    assert {name: seen[name] for name in HOME} == HOME
    assert seen["eviction_on"] is None
    own, child = seen["members"]
    assert (own["id"], own["person_id"], own["relation"]) == (person, person, "applicant")
    assert (own["birth"], own["work"]["out_of_work"]) == ("1971-04-02", "yes")
    assert own["sex"] is None
    assert (child["person_id"], child["birth"]) == (None, "2015-06-30")
    assert desk.get(f"/v1/persons/{person}").json()["household_id"] == home
    (listed,) = desk.get("/v1/households").json()["households"]
    assert (listed["id"], listed["persons"]) == (home, [person])
    assert desk.post("/v1/households", {"person_id": person}).status_code == 409


def test_what_is_not_known_any_more_is_told_with_null(desk: Desk) -> None:
    person = desk.add_person(informed=False)
    home = a_household(desk, person)
    changed = at(desk, home, "PATCH", "", {"rent_eur": 480, "isee_eur": None}, 1)
    assert changed.status_code == 200, changed.text
    assert changed.headers["etag"] == '"2"'
    seen = read(desk, home)
    assert (seen["rent_eur"], seen["isee_eur"], seen["tenure"]) == (480, None, "rented")
    assert at(desk, home, "PATCH", "", {"municipality": "Merate"}, 2).status_code == 200
    assert read(desk, home)["municipality"] == "097048"
    elsewhere = at(desk, home, "PATCH", "", {"municipality": "Atlantide"}, 3)
    assert elsewhere.status_code == 422
    assert at(desk, home, "PATCH", "", {"rent_eur": 1}, 1).status_code == 412
    assert at(desk, home, "PATCH", "", {}, 3).status_code == 422


def test_members_join_change_and_leave(desk: Desk) -> None:
    ada, eva = (desk.add_person(given, informed=False) for given in ("Ada", "Eva"))
    home = a_household(desk, ada)
    partner = {"relation": "partner", "person_id": eva}
    joined = at(desk, home, "POST", "/members", partner, 1)
    assert joined.status_code == 201, joined.text
    assert joined.json() == {"id": eva, "version": 2}
    assert at(desk, home, "POST", "/members", partner, 2).status_code == 409
    born = at(desk, home, "POST", "/members", {"relation": "child", "birth": "2026-10-01"}, 2)
    child = born.json()["id"]
    assert child not in (ada, eva)
    work = {"sex": "f", "work": {"out_of_work": "no", "weeks_contributed": 20}}
    assert at(desk, home, "PATCH", f"/members/{eva}", work, 3).status_code == 200
    assert at(desk, home, "PATCH", f"/members/{eva}", {"work": None}, 4).status_code == 200
    of_eva = next(one for one in read(desk, home)["members"] if one["id"] == eva)
    assert (of_eva["sex"], of_eva["work"], of_eva["relation"]) == ("f", None, "partner")
    assert at(desk, home, "DELETE", f"/members/{child}", None, 5).json()["version"] == 6
    assert at(desk, home, "DELETE", f"/members/{child}", None, 6).status_code == 404
    assert at(desk, home, "DELETE", f"/members/{ada}", None, 5).status_code == 412
    assert at(desk, home, "DELETE", f"/members/{ada}", None, 6).status_code == 200
    assert desk.get(f"/v1/persons/{ada}").json()["household_id"] is None
    # She may begin another, with whoever of the first is not of it any more.
    assert desk.post("/v1/households", {"person_id": ada}).status_code == 201
    last = at(desk, home, "DELETE", f"/members/{eva}", None, 7)
    assert last.json() == {"id": home, "version": None}
    assert desk.get(f"/v1/households/{home}").status_code == 404


def test_each_adult_has_an_access_of_her_own(desk: Desk) -> None:
    ada, eva = (desk.add_person(given, informed=False) for given in ("Ada", "Eva"))
    partner = {"relation": "partner", "person_id": eva, "disability": "yes", "sex": "f"}
    home = a_household(desk, ada, partner)
    seen = read(desk, home, **hers(ada))
    own, child, other = seen["members"]
    assert own["work"]["out_of_work"] == "yes"
    assert child["birth"] == "2015-06-30"
    told = {name: value for name, value in other.items() if value is not None}
    assert told == {"id": "member-3", "relation": "partner"}
    assert seen["rent_eur"] == 450
    theirs = read(desk, home, **hers(eva))
    assert theirs["members"][2]["disability"] == "yes"
    assert theirs["members"][0]["work"] is None
    (listed,) = desk.get("/v1/households", **hers(eva)).json()["households"]
    assert listed["persons"] == [eva]
    assert at(desk, home, "PATCH", "", {"rent_eur": 1}, 1, **hers(ada)).status_code == 403
    # Whoever left reads it no more; who stayed does.
    at(desk, home, "DELETE", f"/members/{eva}", None, 1)
    assert desk.get(f"/v1/households/{home}", **hers(eva)).status_code == 404
    assert desk.get("/v1/households", **hers(eva)).json()["households"] == []
    assert len(read(desk, home, **hers(ada))["members"]) == 2


def test_a_household_is_between_its_people_and_their_managers(desk: Desk) -> None:
    ada, other = (desk.add_person(given, informed=False) for given in ("Ada", "Ida"))
    home = a_household(desk, ada)
    for stranger in (hers(other), {"hub": MERATE}):
        assert desk.get(f"/v1/households/{home}", **stranger).status_code == 404
        assert desk.get("/v1/households", **stranger).json()["households"] == []
    for role in (Role.CORPORATE_MANAGER, Role.AGENCY, Role.PROVIDER, Role.MACHINE, Role.EVALUATOR):
        assert desk.get(f"/v1/households/{home}", role=role).status_code == 403
    theirs = desk.add_person(hub=MERATE, informed=False)
    body = {"relation": "other", "person_id": theirs}
    assert at(desk, home, "POST", "/members", body, 1).status_code == 404
    with_theirs = {"person_id": other, "others": [body]}
    assert desk.post("/v1/households", with_theirs).status_code == 404
    of_another = {"person_id": other, "others": [{"relation": "partner", "person_id": ada}]}
    assert desk.post("/v1/households", of_another).status_code == 409


def test_nobody_is_found_through_a_household_who_is_protected(desk: Desk) -> None:
    ada = desk.add_person(informed=False)
    eva = desk.add_person("Eva", informed=False, is_protected=True)
    home = a_household(desk, ada, {"relation": "partner", "person_id": eva})
    colleague = {"name": "a colleague"}
    assert desk.get("/v1/households").json()["households"] == []
    assert desk.get(f"/v1/households/{home}", **hers(ada)).status_code == 404
    assert desk.get(f"/v1/households/{home}", **colleague).status_code == 403
    reason = {"x-reason": "Domanda di alloggio"}
    assert desk.get(f"/v1/households/{home}", headers=reason, **colleague).status_code == 200
    assert at(desk, home, "PATCH", "", {"rent_eur": 1}, 1, **colleague).status_code == 403
    assert at(desk, home, "PATCH", "", {"rent_eur": 1}, 1).status_code == 200
    assert read(desk, home, **hers(eva))["rent_eur"] == 1


def test_a_household_is_removed_with_all_that_was_told(desk: Desk) -> None:
    person = desk.add_person(informed=False)
    home = a_household(desk, person)
    assert at(desk, home, "DELETE", "", None, 2).status_code == 412
    assert at(desk, home, "DELETE", "", None, 1).json() == {"done": True}
    assert desk.get(f"/v1/households/{home}").status_code == 404
    assert desk.get(f"/v1/persons/{person}").json()["household_id"] is None
    with desk.store.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM households").scalar() == 0


def test_households_come_in_pages(desk: Desk) -> None:
    made = {
        a_household(desk, desk.add_person(given, informed=False)) for given in ("Ada", "Eva", "Ida")
    }
    first = desk.get("/v1/households?limit=2").json()
    last = desk.get(f"/v1/households?limit=2&cursor={first['next_cursor']}").json()
    assert last["next_cursor"] is None
    assert {one["id"] for one in (*first["households"], *last["households"])} == made


def test_a_household_is_joined_here_and_not_by_writing_its_number_into_a_file(desk: Desk) -> None:
    ada, eva = (desk.add_person(given, informed=False) for given in ("Ada", "Eva"))
    home = a_household(desk, ada)
    body = {"household_id": home}
    done = desk.ask("PATCH", f"/v1/persons/{eva}", body, headers={"if-match": '"1"'})
    assert done.status_code == 422
    assert desk.get(f"/v1/persons/{eva}").json()["household_id"] is None


def test_no_fact_of_a_household_is_in_the_journal(desk: Desk) -> None:
    person = desk.add_person(informed=False)
    home = a_household(desk, person)
    read(desk, home)
    with desk.store.engine.connect() as connection:
        told = str(connection.exec_driver_sql("SELECT * FROM journal").all())
    assert not [word for word in ("rented", "1971-04-02", '"adi"', person) if word in told]
    for act in ("write_household", "read_household"):
        assert f"'{act}'" in told
