import json
from dataclasses import replace
from typing import Any

import pytest

from matching.api.hub.results import ListAnswer, list_content
from matching.domain.access import Act, Role
from matching.hub.erasure import Cause, erase
from matching.hub.results import ResultKind, read_result
from matching.hub.scoring import stop
from matching.store.person_keys import key_of
from matching.store.tables import journal
from tests.api.hub.desk import CV, OFFER, Desk
from tests.databases import MERATE, a_manager, everybody

ASSESSED = {"purpose": "offer_accompaniment"}


def test_a_shortlist_is_kept_as_it_was_shown(desk: Desk) -> None:
    people = {desk.add_person("Ada"), desk.add_person("Eva")}
    vacancy = desk.add_vacancy()
    answer = desk.post(f"/v1/vacancies/{vacancy}/shortlists", {"explain": 1})
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert {one["person_id"] for one in made["matches"]} == people
    assert made["matches"][0]["said"]["reasons"]
    desk.add_person("Ida")
    again = desk.get(answer.headers["location"])
    assert again.content == answer.content
    assert desk.get(answer.headers["location"], hub=MERATE).status_code == 404


def test_lists_are_answered_in_every_field_of_their_schema(desk: Desk) -> None:
    person, vacancy = desk.add_person(), desk.add_vacancy()
    desk.add_person("Eva", informed=False)
    shown = desk.post(f"/v1/vacancies/{vacancy}/shortlists", {})
    for answer in (shown, desk.post(f"/v1/persons/{person}/matches", {})):
        # Written from plain values, it is what the models would have written.
        assert ListAnswer.model_validate_json(answer.content).model_dump_json() == answer.text
    assert len(shown.json()["left_out"]) == 1


def test_a_list_that_is_asked_for_again_is_computed_once(desk: Desk) -> None:
    desk.add_person()
    path, key = f"/v1/vacancies/{desk.add_vacancy()}/shortlists", {"idempotency-key": "k"}
    first = desk.post(path, {}, headers=key)
    desk.add_person("Eva")
    again = desk.post(path, {}, headers=key)
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["location"] == first.headers["location"]
    assert len(desk.post(path, {}).json()["matches"]) == 2
    assert desk.post(path, {"explain": 1}, headers=key).status_code == 409


def test_of_whoever_was_erased_nothing_is_said_again(desk: Desk) -> None:
    person, vacancy = desk.add_person(), desk.add_vacancy()
    key = {"idempotency-key": "k"}
    first = desk.post(f"/v1/vacancies/{vacancy}/shortlists", {}, headers=key)
    assert first.json()["matches"][0]["said"]
    assert desk.ask("DELETE", f"/v1/persons/{person}").status_code == 200
    again = desk.post(f"/v1/vacancies/{vacancy}/shortlists", {}, headers=key)
    assert again.json()["id"] == first.json()["id"]
    (gone,) = again.json()["matches"]
    assert (gone["person_id"], gone["said"]) == (None, None)


def test_who_was_given_no_notice_is_left_out_and_it_is_said(desk: Desk) -> None:
    person = desk.add_person(informed=False)
    vacancy = desk.add_vacancy()
    found = desk.post(f"/v1/vacancies/{vacancy}/shortlists", {}).json()
    assert found["matches"] == []
    assert [(one["person_id"], one["why"]) for one in found["left_out"]] == [(person, "no_notice")]
    assert desk.post(f"/v1/persons/{person}/matches", {}).status_code == 409


def test_a_protected_person_is_in_no_shortlist_and_not_said_to_be_left_out(desk: Desk) -> None:
    desk.add_person(is_protected=True)
    found = desk.post(f"/v1/vacancies/{desk.add_vacancy()}/shortlists", {}).json()
    assert found["matches"] == found["left_out"] == []


def protect(desk: Desk, person: str) -> None:
    etag = desk.get(f"/v1/persons/{person}").headers["etag"]
    body = {"is_protected": True}
    done = desk.ask("PATCH", f"/v1/persons/{person}", body, headers={"if-match": etag})
    assert done.status_code == 200, done.text


def test_whoever_was_protected_since_is_in_a_list_like_somebody_erased_to_all_but_her_manager(
    desk: Desk,
) -> None:
    people = [desk.add_person(name, informed=name != "Ida") for name in ("Ada", "Eva", "Ida")]
    path, key = f"/v1/vacancies/{desk.add_vacancy()}/shortlists", {"idempotency-key": "k"}
    made = desk.post(path, {}, headers=key)
    where = made.headers["location"]
    sent = {who: desk.post(path, {}, headers=key, **who_asks(who)).json()["id"] for who in OTHERS}
    first = {who: desk.get(f"/v1/shortlists/{sent[who]}", **who_asks(who)).json() for who in OTHERS}
    protect(desk, people[0])
    protect(desk, people[2])
    assert desk.get(where).content == made.content
    for who in OTHERS:
        asks = who_asks(who)
        shown = [
            desk.get(where, **asks).json(), desk.get(where, **asks, headers=REASON).json(),
            desk.get(f"/v1/shortlists/{sent[who]}", **asks).json(),
            desk.post(path, {}, headers=key, **asks).json(),
        ]  # fmt: skip
        expected = [without(one, people[0], people[2]) for one in (made.json(), first[who])]
        assert shown == [expected[0], expected[0], expected[1], expected[1]]
    # Nothing tells her from somebody who was erased.
    assert desk.ask("DELETE", f"/v1/persons/{people[1]}").status_code == 200
    found = desk.get(where, name="a colleague").json()
    assert found == without(made.json(), *people)
    assert openings_told(desk) == 0


OTHERS = ("a colleague", "a machine")
REASON = {"x-reason": "Ada mi ha cercata."}


def who_asks(who: str) -> dict[str, Any]:
    return {"role": Role.MACHINE} if who == "a machine" else {"name": who}


def without(found: dict[str, Any], *people: str) -> dict[str, Any]:
    """A list as it is answered where people of it are not shown: the places stay."""
    rows = [*found["matches"], *found["left_out"]]
    assert {one["person_id"] for one in rows} >= set(people)

    def kept_back(row: dict[str, Any]) -> dict[str, Any]:
        nothing = dict.fromkeys({"person_id", "pseudonym", "said"} & row.keys())
        return {**row, **nothing} if row["person_id"] in people else row

    return {
        **found,
        "matches": [kept_back(one) for one in found["matches"]],
        "left_out": [kept_back(one) for one in found["left_out"]],
    }


def test_whoever_is_not_shown_is_not_among_those_who_took_turns_either(desk: Desk) -> None:
    people = [desk.add_person(name) for name in ("Ada", "Eva")]
    made = desk.post(f"/v1/vacancies/{desk.add_vacancy()}/shortlists", {}).json()
    protect(desk, people[0])
    names = {one["person_id"]: one["pseudonym"] for one in made["matches"]}
    colleague = a_manager(name="a colleague")
    with desk.store.reading(colleague) as work:
        found = read_result(work, made["id"], ResultKind.SHORTLIST)
    turns = {"policy": "turns", "seed": 1, "moved": sorted(names.values())}
    answer = json.loads(list_content(replace(found, body={**found.body, "balancing": turns})))
    assert answer["balancing"] == {**turns, "moved": [names[people[1]]]}
    assert names[people[0]] not in str(answer)


def test_a_pair_has_one_score_in_both_directions(desk: Desk) -> None:
    person, vacancy = desk.add_person(), desk.add_vacancy()
    (one,) = desk.post(f"/v1/vacancies/{vacancy}/shortlists", {}).json()["matches"]
    (other,) = desk.post(f"/v1/persons/{person}/matches", {}).json()["matches"]
    assert one["score"] == other["score"]
    assert other["vacancy_id"] == vacancy


def test_a_changed_profile_changes_the_next_list_and_not_the_last(desk: Desk) -> None:
    person, vacancy = desk.add_person(), desk.add_vacancy()
    first = desk.post(f"/v1/vacancies/{vacancy}/shortlists", {})
    etag = desk.get(f"/v1/persons/{person}").headers["etag"]
    body = {"profile": {"cv": "Parrucchiera dal 2010 al 2024, tagli e colore."}}
    done = desk.ask("PATCH", f"/v1/persons/{person}", body, headers={"if-match": etag})
    assert done.status_code == 200, done.text
    second = desk.post(f"/v1/vacancies/{vacancy}/shortlists", {})
    assert second.json()["matches"][0]["score"] < first.json()["matches"][0]["score"]
    assert second.json()["inputs_digest"] != first.json()["inputs_digest"]
    assert desk.get(first.headers["location"]).content == first.content


def test_what_a_person_told_is_no_guess_from_what_a_path_was_made_of(desk: Desk) -> None:
    person, eva = desk.add_person(), desk.add_person("Eva")

    def made_of(*needs: str) -> str:
        answer = desk.post(f"/v1/persons/{person}/plans", {"needs": list(needs)})
        return str(answer.json()["inputs_digest"])

    assert made_of("care", "housing") == made_of("housing", "care") != made_of("care")
    with desk.store.reading(everybody()) as work:
        hers, other = key_of(work, person), key_of(work, eva)
    assert hers.word("inputs", "care") == hers.word("inputs", "care")
    assert hers.word("inputs", "care") != other.word("inputs", "care")


def test_a_vacancy_that_is_added_changed_or_closed_counts_in_the_next_list(desk: Desk) -> None:
    person, first = desk.add_person(), desk.add_vacancy()

    def listed() -> dict[str, str]:
        answer = desk.post(f"/v1/persons/{person}/matches", {})
        assert answer.status_code == 201, answer.text
        return {one["vacancy_id"]: one["title"] for one in answer.json()["matches"]}

    def plans() -> tuple[str, list[str]]:
        answer = desk.post(f"/v1/persons/{person}/plans", {"needs": ["care"]}).json()
        return answer["inputs_digest"], answer["said"]["in_view"]

    def change(vacancy: str, **body: str) -> None:
        etag = desk.get(f"/v1/vacancies/{vacancy}").headers["etag"]
        path = f"/v1/vacancies/{vacancy}"
        assert desk.ask("PATCH", path, body, headers={"if-match": etag}).status_code == 200

    assert listed() == {first: "Magazziniere/a"}
    planned = [plans()]
    second = desk.add_vacancy(title="Altro magazzino")
    assert listed() == {first: "Magazziniere/a", second: "Altro magazzino"}
    planned.append(plans())
    change(second, title="Terzo magazzino")
    assert listed() == {first: "Magazziniere/a", second: "Terzo magazzino"}
    planned.append(plans())
    change(first, state="closed")
    assert listed() == {second: "Terzo magazzino"}
    planned.append(plans())
    assert [sorted(seen) for _, seen in planned] == [
        ["Magazziniere/a"], ["Altro magazzino", "Magazziniere/a"],
        ["Magazziniere/a", "Terzo magazzino"], ["Terzo magazzino"],
    ]  # fmt: skip
    assert len({inputs for inputs, _ in planned}) == len(planned)


def test_a_risk_is_assessed_to_offer_help_alone(desk: Desk) -> None:
    person = desk.add_person()
    path = f"/v1/persons/{person}/risk-assessments"
    assert desk.post(path, {"purpose": "select"}).status_code == 403
    answer = desk.post(path, {"purpose": "offer_accompaniment"})
    assert answer.status_code == 201, answer.text
    assert answer.json()["said"]["horizons"]
    for role in (Role.AGENCY, Role.CORPORATE_MANAGER, Role.EVALUATOR):
        assert desk.post(path, {"purpose": "offer_accompaniment"}, role=role).status_code == 403


def test_a_path_is_proposed_and_kept(desk: Desk) -> None:
    person = desk.add_person()
    desk.add_vacancy()
    answer = desk.post(f"/v1/persons/{person}/plans", {"needs": ["care"]})
    assert answer.status_code == 201, answer.text
    assert answer.json()["said"]["steps"]


def test_nothing_is_computed_once_it_was_stopped(desk: Desk) -> None:
    person, vacancy = desk.add_person(), desk.add_vacancy()
    with desk.store.writing(everybody()) as work:
        stop(work, stopped=True)
    assert desk.post(f"/v1/vacancies/{vacancy}/shortlists", {}).status_code == 409
    assert desk.post(f"/v1/persons/{person}/matches", {}).status_code == 409
    # Nor on texts that are sent and not kept.
    ranking = {"vacancy": {"id": "v", "text": OFFER}, "persons": [{"id": "p", "text": CV}]}
    answer = desk.post("/v1/rankings", ranking)
    assert (answer.status_code, "stopped" in answer.json()["detail"]) == (409, True)
    assert desk.post("/v1/risk-assessments", {}).status_code == 409
    assert desk.get(f"/v1/persons/{person}").status_code == 200


def test_every_act_is_in_the_journal_and_no_name_is(desk: Desk) -> None:
    person, vacancy = desk.add_person("Zenobia"), desk.add_vacancy()
    desk.post(f"/v1/vacancies/{vacancy}/shortlists", {})
    desk.get(f"/v1/persons/{person}")
    verdict = desk.store.verified()
    assert verdict.problems == ()
    with desk.store.engine.connect() as connection:
        said = str(connection.exec_driver_sql("SELECT * FROM journal").all())
    for act in ("add_person", "give_notice", "make_shortlist", "read_person", "add_vacancy"):
        assert act in said
    assert "Zenobia" not in said
    assert person not in said


ABOUT: dict[str, tuple[str, dict[str, Any], Act]] = {
    "matches": ("matches", {}, Act.READ_MATCHES),
    "risk-assessments": ("risk-assessments", ASSESSED, Act.READ_RISK),
    "plans": ("plans", {"needs": ["care"]}, Act.READ_PROPOSED_PLAN),
}


@pytest.mark.parametrize("what", ABOUT)
def test_what_was_said_of_somebody_is_read_again_as_it_was_shown(desk: Desk, what: str) -> None:
    path, body, act = ABOUT[what]
    person, vacancy = desk.add_person(), desk.add_vacancy()
    made = desk.post(f"/v1/persons/{person}/{path}", body)
    assert made.status_code == 201, made.text
    where = made.headers["location"]
    assert where == f"/v1/{what}/{made.json()['id']}"
    etag = desk.get(f"/v1/vacancies/{vacancy}").headers["etag"]
    closing = {"state": "closed"}
    desk.ask("PATCH", f"/v1/vacancies/{vacancy}", closing, headers={"if-match": etag})
    with desk.store.writing(everybody()) as work:
        stop(work, stopped=True)
    again = desk.get(where)
    assert (again.status_code, again.content) == (200, made.content)
    with desk.store.reading(everybody()) as work:
        (entry,) = work.rows(journal, journal.c.act == act)
        assert entry.subject == key_of(work, person).pseudonym
    assert desk.get(where, hub=MERATE).status_code == 404
    for other in ABOUT.keys() - {what}:
        assert desk.get(f"/v1/{other}/{made.json()['id']}").status_code == 404


@pytest.mark.parametrize("what", ABOUT)
def test_what_is_said_of_somebody_protected_is_said_to_a_colleague_with_a_reason_alone(
    desk: Desk, what: str
) -> None:
    path, body, _ = ABOUT[what]
    person = desk.add_person(is_protected=True)
    desk.add_vacancy()
    colleague: dict[str, Any] = {"name": "a colleague"}
    said: dict[str, Any] = {**colleague, "headers": {"x-reason": "Ada mi ha cercata."}}
    where = f"/v1/persons/{person}/{path}"
    refused = desk.post(where, body, **colleague)
    assert (refused.status_code, "X-Reason" in refused.text) == (403, True)
    made = desk.post(where, body)
    assert made.status_code == 201, made.text
    assert desk.get(made.headers["location"]).content == made.content
    assert desk.get(made.headers["location"], **colleague).status_code == 403
    assert openings_told(desk) == 0
    assert desk.get(made.headers["location"], **said).content == made.content
    assert desk.post(where, body, **said).status_code == 201
    assert openings_told(desk) == 2


@pytest.mark.parametrize("what", ABOUT)
def test_what_was_asked_before_she_was_protected_is_not_said_again_without_a_reason(
    desk: Desk, what: str
) -> None:
    path, body, _ = ABOUT[what]
    person = desk.add_person()
    desk.add_vacancy()
    where, key = f"/v1/persons/{person}/{path}", {"idempotency-key": "k"}
    made = {who: desk.post(where, body, headers=key, name=who) for who in ("", "a colleague")}
    assert [one.status_code for one in made.values()] == [201, 201]
    protect(desk, person)
    again = desk.post(where, body, headers=key)
    assert (again.status_code, again.content) == (201, made[""].content)
    refused = desk.post(where, body, headers=key, name="a colleague")
    assert (refused.status_code, "X-Reason" in refused.text) == (403, True)
    assert openings_told(desk) == 0
    told = desk.post(where, body, headers=key | REASON, name="a colleague")
    assert (told.status_code, told.content) == (201, made["a colleague"].content)
    assert told.headers["location"] == made["a colleague"].headers["location"]
    assert openings_told(desk) == 1


def openings_told(desk: Desk) -> int:
    with desk.store.reading(everybody()) as work:
        return work.count(journal, journal.c.act == Act.OPEN_PROTECTED_FILE)


@pytest.mark.parametrize("what", ABOUT)
def test_nothing_is_said_any_more_of_somebody_who_was_erased(desk: Desk, what: str) -> None:
    path, body, _ = ABOUT[what]
    person = desk.add_person()
    desk.add_vacancy()
    made = desk.post(f"/v1/persons/{person}/{path}", body)
    with desk.store.writing(everybody()) as work:
        erase(work, person, cause=Cause.ASKED)
    again = desk.get(made.headers["location"]).json()
    assert again["digest"] == made.json()["digest"]
    left = again["matches"] if what == "matches" else [again]
    assert left
    assert [one["said"] for one in left] == [None] * len(left)
