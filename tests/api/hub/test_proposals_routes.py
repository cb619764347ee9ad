import uuid
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from matching.api.dependencies import Today
from matching.domain.access import Role
from matching.service import Service
from matching.store.tables import kept_requests
from tests.api.hub.agreeing import a_path, on_path
from tests.api.hub.desk import OFFER, Desk, a_desk
from tests.api.hub.proposing import (
    AGENCY,
    CANARIES,
    NAME,
    PERSON,
    TELEPHONE,
    YES,
    accepted,
    asked,
    listed,
    read,
    sent,
    somebody,
    step,
)
from tests.databases import MERATE, everybody, made

BY_HERSELF = {"says": "yes", "way": "account", "contact": "telephone"}


def test_the_story_of_a_proposal_from_the_question_to_the_answer(desk: Desk) -> None:
    person, vacancy = somebody(desk), desk.add_vacancy(role=AGENCY)
    shortlist = desk.post(f"/v1/vacancies/{vacancy}/shortlists", {}).json()["id"]
    body = {"person_id": person, "vacancy_id": vacancy, "result_id": shortlist}
    answer = desk.post("/v1/proposals", body)
    assert answer.status_code == 201, answer.text
    proposal, said = answer.json()["id"], " ".join(answer.json()["sentences"])
    assert answer.headers["location"] == f"/v1/proposals/{proposal}"
    assert "guida del muletto" in said
    assert "agency srl" in said
    hers = read(desk, proposal, role=PERSON, name=person)
    assert (hers["state"], hers["offer"], hers["company"]) == ("asked", OFFER, "agency srl")
    assert (hers["shown"]["name"], hers["shown"]["contact"]) == (None, None)
    by_her = step(desk, proposal, "reply", 1, BY_HERSELF, role=PERSON, name=person)
    assert by_her.json() == {"id": proposal, "version": 2}
    assert step(desk, proposal, "sending", 2).headers["etag"] == '"3"'
    (row,) = listed(desk, role=AGENCY)
    assert (row["id"], row["state"], row["shown"]) == (proposal, "sent", None)
    seen = read(desk, proposal, role=AGENCY)
    assert (seen["shown"]["name"], seen["shown"]["contact"]) == ("Zaira Canarini", TELEPHONE)
    assert [one["label"] for one in seen["shown"]["skills"]][0]
    given = {"answer": "not_suitable", "reason_code": "qualification", "text": "Serve la patente C"}
    assert step(desk, proposal, "answer", 3, given, role=AGENCY).status_code == 200
    by_manager = read(desk, proposal)
    assert (by_manager["reason_code"], by_manager["reason_text"]) == (
        "qualification",
        given["text"],
    )
    hers = read(desk, proposal, role=PERSON, name=person)
    assert hers["reason_code"] == "qualification"
    assert hers["seen_at"] is not None
    assert given["text"] not in str(hers)
    # What does not go on shows nobody any more.
    assert read(desk, proposal, role=AGENCY)["shown"] is None


def test_each_role_is_answered_its_own_fields_and_no_other(desk: Desk) -> None:
    person = somebody(desk)
    proposal = sent(desk, person)
    fields = {
        "hub": set(read(desk, proposal)),
        "herself": set(read(desk, proposal, role=PERSON, name=person)),
        "company": set(read(desk, proposal, role=AGENCY)),
    }
    assert fields["hub"] - fields["herself"] == {"hub", "person_id", "reason_text"}
    assert not fields["company"] & {
        "hub", "person_id", "accepted_way", "accepted_at", "made_at", "reason_code", "reason_text",
        "offer", "sentences", "seen_at",
    }  # fmt: skip
    (row,) = listed(desk, role=AGENCY)
    assert set(row) == fields["company"]
    assert person not in str(row)


def test_no_name_is_answered_to_a_company_before_a_yes_and_its_sending(desk: Desk) -> None:
    person, vacancy = somebody(desk), desk.add_vacancy(role=AGENCY)
    answers: list[Any] = []

    def as_the_company_tries(proposal: str) -> None:
        answers.append(desk.get("/v1/proposals", role=AGENCY))
        answers.append(desk.get(f"/v1/proposals?vacancy={vacancy}&state=asked", role=AGENCY))
        answers.append(desk.get(f"/v1/vacancies/{vacancy}", role=AGENCY))
        path = f"/v1/proposals/{proposal}"
        for tried in (
            desk.get(path, role=AGENCY),
            step(desk, proposal, "answer", 1, {"answer": "hired"}, role=AGENCY),
        ):
            nothing = desk.get(f"/v1/proposals/{uuid.uuid4()}", role=AGENCY)
            assert tried.status_code == nothing.status_code == 404
            assert tried.json()["detail"] == nothing.json()["detail"]
            assert "etag" not in tried.headers
            answers.append(tried)
        for what in ("reply", "sending", "withdrawal"):
            body = YES if what == "reply" else None
            answers.append(step(desk, proposal, what, 1, body, role=AGENCY))
            assert answers[-1].status_code == 403

    proposal = asked(desk, person, vacancy)
    as_the_company_tries(proposal)
    # Nobody sends what she did not accept.
    assert step(desk, proposal, "sending", 1).status_code == 409
    assert step(desk, proposal, "reply", 1, YES).status_code == 200
    as_the_company_tries(proposal)
    assert listed(desk, role=AGENCY) == []
    assert step(desk, proposal, "reply", 2, {"says": "no"}).status_code == 200
    as_the_company_tries(proposal)
    said = " ".join(f"{one.text} {dict(one.headers)}" for one in answers)
    assert not [word for word in (*CANARIES, person) if word in said]


def test_a_yes_to_one_company_shows_nothing_to_another(desk: Desk) -> None:
    proposal = sent(desk)
    for who in ({"role": AGENCY, "name": "another"}, {"role": Role.EMPLOYER}, {"hub": MERATE}):
        assert desk.get(f"/v1/proposals/{proposal}", **who).status_code == 404
        assert listed(desk, **who) == []
    stranger = desk.add_person("Altra")
    by_her = {"role": PERSON, "name": stranger}
    assert desk.get(f"/v1/proposals/{proposal}", **by_her).status_code == 404
    assert listed(desk, **by_her) == []
    assert step(desk, proposal, "withdrawal", 3, **by_her).status_code == 404


def test_a_reason_that_discriminates_reaches_the_evaluator_alone(desk: Desk) -> None:
    person = somebody(desk)
    proposal = sent(desk, person)
    text = "Zaira ha due figli piccoli, cerchiamo un uomo"
    given = {"answer": "not_suitable", "reason_code": "other", "text": text}
    answer = step(desk, proposal, "answer", 3, given, role=AGENCY)
    # The company is told nothing that another answer would not tell it.
    assert answer.json() == {"id": proposal, "version": 4}
    shown = [
        read(desk, proposal), read(desk, proposal, role=PERSON, name=person), *listed(desk),
        read(desk, proposal, role=AGENCY), desk.get("/v1/reminders").json(),
    ]  # fmt: skip
    assert "figli" not in str(shown)
    assert shown[0]["reason_code"] == "not_forwarded"
    for role in (Role.COMMUNITY_MANAGER, AGENCY, Role.ADMIN, Role.MACHINE):
        assert desk.get("/v1/reserved-reports", role=role).status_code == 403
    evaluator = Role.EVALUATOR
    (row,) = desk.get("/v1/reserved-reports?state=open", role=evaluator).json()["reports"]
    assert (row["said"], row["company"]) == (None, None)
    path = f"/v1/reserved-reports/{row['id']}"
    report = desk.get(path, role=evaluator).json()
    assert report["grounds"] == ["sex", "family"]
    assert report["company"] == "agency srl"
    assert "due figli piccoli" in report["said"]["text"]
    assert not [word for word in (*CANARIES, person) if word in str(report)]
    assert desk.post(f"{path}/handling", role=evaluator).json() == {"done": True}
    assert desk.post(f"{path}/handling", role=evaluator).status_code == 409
    assert desk.get("/v1/reserved-reports?state=open", role=evaluator).json()["reports"] == []


def test_reserved_reports_come_in_pages_the_oldest_first(desk: Desk) -> None:
    person = somebody(desk)
    for _ in range(3):
        proposal = sent(desk, person)
        given = {"answer": "not_suitable", "reason_code": "age"}
        assert step(desk, proposal, "answer", 3, given, role=AGENCY).status_code == 200
    path, seen, cursor = "/v1/reserved-reports?limit=1", [], ""
    while True:
        page = desk.get(f"{path}{cursor}", role=Role.EVALUATOR).json()
        seen += page["reports"]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    moments = [one["opened_at"] for one in seen]
    assert (len({one["id"] for one in seen}), moments) == (3, sorted(moments))


def test_what_somebody_else_changed_meanwhile_is_not_done(desk: Desk) -> None:
    proposal = asked(desk)
    assert step(desk, proposal, "reply", 1, YES).status_code == 200
    for what, body in (("reply", {"says": "no"}), ("sending", None), ("withdrawal", None)):
        assert step(desk, proposal, what, 1, body).status_code == 412, what
    assert step(desk, proposal, "sending", 2).status_code == 200
    assert step(desk, proposal, "withdrawal", 3).status_code == 200
    late = step(desk, proposal, "answer", 3, {"answer": "hired"}, role=AGENCY)
    assert (late.status_code, read(desk, proposal)["state"]) == (409, "withdrawn")
    assert desk.post(f"/v1/proposals/{proposal}/withdrawal").status_code == 422


def test_reading_a_proposal_changes_nothing_of_it(desk: Desk) -> None:
    proposal = sent(desk)
    path = f"/v1/proposals/{proposal}"
    before = desk.get(path)
    for _ in range(2):
        assert desk.get(path, role=AGENCY).headers["etag"] == before.headers["etag"]
    now = desk.get(path)
    assert now.headers["etag"] == before.headers["etag"]
    # When she was first seen is what the journal says.
    assert before.json()["seen_at"] is None
    assert now.json() == {**before.json(), "seen_at": now.json()["seen_at"]}
    assert now.json()["seen_at"] >= now.json()["sent_at"]


def test_what_is_sent_again_with_its_key_is_done_once(desk: Desk) -> None:
    body = {"person_id": somebody(desk), "vacancy_id": desk.add_vacancy(role=AGENCY)}
    key = {"idempotency-key": "una-domanda"}
    first, again = (desk.post("/v1/proposals", body, headers=key) for _ in range(2))
    assert first.content == again.content
    assert first.headers["etag"] == again.headers["etag"]
    assert len(listed(desk)) == 1
    assert desk.post("/v1/proposals", body).status_code == 409
    proposal = first.json()["id"]
    for what, version, sent_body, role in (
        ("reply", 1, YES, Role.COMMUNITY_MANAGER),
        ("sending", 2, None, Role.COMMUNITY_MANAGER),
        ("answer", 3, {"answer": "interview"}, AGENCY),
        ("withdrawal", 4, None, Role.COMMUNITY_MANAGER),
    ):
        done = [
            step(desk, proposal, what, version, sent_body, role=role, headers={
                "idempotency-key": what
            })
            for _ in range(2)
        ]  # fmt: skip
        assert [one.status_code for one in done] == [200, 200], what
        assert done[0].content == done[1].content
        assert done[1].headers["etag"] == f'"{version + 1}"'


def test_nothing_that_was_said_of_her_is_kept_to_be_said_again_once_she_is_erased(
    desk: Desk,
) -> None:
    person = somebody(desk)
    body = {"person_id": person, "vacancy_id": desk.add_vacancy(role=AGENCY)}
    key = {"idempotency-key": "una-domanda"}
    assert desk.post("/v1/proposals", body, headers=key).status_code == 201
    erased = desk.ask("DELETE", f"/v1/persons/{person}")
    assert erased.status_code == 200, erased.text
    with desk.store.reading(everybody()) as work:
        assert work.count(kept_requests) == 0
    assert desk.post("/v1/proposals", body, headers=key).status_code == 404


@pytest.mark.parametrize(
    ("change", "left"), [({"state": "closed"}, 1), ({"is_protected": True}, 0)]
)
def test_what_is_on_its_way_ends_with_her_file(
    desk: Desk, change: dict[str, Any], left: int
) -> None:
    person = somebody(desk)
    proposals = [make(desk, person) for make in (asked, accepted, sent, sent)]
    interview = {"answer": "interview"}
    assert step(desk, proposals[3], "answer", 3, interview, role=AGENCY).status_code == 200
    version = desk.get(f"/v1/persons/{person}").headers["etag"]
    headers = {"if-match": version}
    assert desk.ask("PATCH", f"/v1/persons/{person}", change, headers=headers).status_code == 200
    assert {read(desk, one)["state"] for one in proposals} == {"withdrawn"}
    assert listed(desk, role=AGENCY) == []
    for one in proposals:
        assert desk.get(f"/v1/proposals/{one}", role=AGENCY).status_code == 404
    colleague = desk.get(f"/v1/proposals/{proposals[3]}", name="a colleague")
    assert (colleague.status_code == 200) == bool(left)
    assert (len(listed(desk)) > 0) == bool(left)
    new = {"person_id": person, "vacancy_id": desk.add_vacancy(role=AGENCY)}
    assert desk.post("/v1/proposals", new).status_code == 409


def test_what_would_be_shown_of_her_is_not_said_again_to_a_colleague_once_she_is_protected(
    desk: Desk,
) -> None:
    person = somebody(desk)
    body = {"person_id": person, "vacancy_id": desk.add_vacancy(role=AGENCY)}
    key = {"idempotency-key": "una-domanda"}
    made = desk.post("/v1/proposals", body, headers=key, name="a colleague")
    assert made.status_code == 201, made.text
    again = desk.post("/v1/proposals", body, headers=key, name="a colleague")
    assert (again.status_code, again.content) == (201, made.content)
    etag = desk.get(f"/v1/persons/{person}").headers["etag"]
    protected = {"is_protected": True}
    done = desk.ask("PATCH", f"/v1/persons/{person}", protected, headers={"if-match": etag})
    assert done.status_code == 200, done.text
    again = desk.post("/v1/proposals", body, headers=key, name="a colleague")
    assert again.status_code == 404


def test_what_is_not_answered_ends_with_its_vacancy_and_the_manager_is_told(desk: Desk) -> None:
    vacancy = desk.add_vacancy(role=AGENCY)
    people = [somebody(desk) for _ in range(3)]
    invited, waiting = sent(desk, people[0], vacancy), sent(desk, people[1], vacancy)
    unsent = accepted(desk, people[2], vacancy)
    interview = {"answer": "interview"}
    assert step(desk, invited, "answer", 3, interview, role=AGENCY).status_code == 200
    closed = desk.ask(
        "PATCH", f"/v1/vacancies/{vacancy}", {"state": "closed"}, role=AGENCY,
        headers={"if-match": '"1"'},
    )  # fmt: skip
    assert closed.json() == {"id": vacancy, "version": 2}
    assert [read(desk, one)["state"] for one in (waiting, unsent)] == ["withdrawn"] * 2
    assert read(desk, waiting, role=AGENCY)["shown"] is None
    hired = step(desk, invited, "answer", 4, {"answer": "hired"}, role=AGENCY)
    assert hired.status_code == 200
    told = {one["proposal_id"]: one for one in desk.get("/v1/reminders").json()["proposals"]}
    for one in (waiting, unsent):
        assert (told[one]["waits"], told[one]["cause"]) == ("withdrawn", "vacancy_closed")
    assert (told[invited]["waits"], told[invited]["answer"]) == ("answered", "hired")


def test_what_waits_for_a_manager_says_for_what_and_whose_it_is(desk: Desk) -> None:
    person = somebody(desk)
    by_her = sent(desk, person)
    made = {
        "reply": asked(desk, person), "sending": accepted(desk, person), "withdrawn": by_her,
    }  # fmt: skip
    taken_back = step(desk, by_her, "withdrawal", 3, role=PERSON, name=person)
    assert taken_back.status_code == 200
    mine = desk.get("/v1/reminders").json()["proposals"]
    assert {one["waits"]: one["proposal_id"] for one in mine} == made
    assert all(one["is_mine"] and one["person_id"] == person for one in mine)
    theirs = desk.get("/v1/reminders", name="a colleague").json()["proposals"]
    assert len(theirs) == 3
    assert not any(one["is_mine"] for one in theirs)
    assert NAME not in str(mine)
    elsewhere = desk.get("/v1/reminders", hub=MERATE).json()
    assert set(elsewhere) == {"proposals", "contests", "paths", "handed_over", "opened"}
    assert not any(elsewhere.values())


def test_what_is_due_in_a_path_waits_too(desk: Desk) -> None:
    person = somebody(desk)
    path = a_path(desk, person)
    added = on_path(desk, path, "POST", "/steps", {"title": "Un corso di disegno"}, 1)
    assert added.status_code == 201, added.text
    assert desk.get("/v1/reminders").json()["paths"] == []
    in_a_month = date.today() + timedelta(days=30)
    desk.app.dependency_overrides[Today.__metadata__[0].dependency] = lambda: in_a_month
    (due,) = desk.get("/v1/reminders").json()["paths"]
    assert (due["path_id"], due["person_id"], due["calls"]) == (path, person, [])
    (one,) = due["due"]
    assert (one["due"], due["titles"][one["step"]]) == ("answer", "Un corso di disegno")


def test_a_territory_decides_the_senders_name_and_the_time_to_answer(
    risky: Service, tmp_path: Path
) -> None:
    policy = risky.territory.policy
    proposing = replace(policy.proposals, sender="Sportello di prova", answer_hours=30)
    territory = replace(risky.territory, policy=replace(policy, proposals=proposing))
    engine = made("sqlite", tmp_path)
    with a_desk(replace(risky, territory=territory), engine, tmp_path) as desk:
        own, stated = desk.add_vacancy(role=AGENCY), desk.add_vacancy(answer_hours=7)
        hours = [desk.get(f"/v1/vacancies/{one}").json()["answer_hours"] for one in (own, stated)]
        assert hours == [30, 7]
        seen = read(desk, sent(desk, somebody(desk), own), role=AGENCY)
        assert seen["sender"] == "Sportello di prova"
    engine.dispose()


def test_the_lists_of_reasons_are_answered_by_role(desk: Desk) -> None:
    by_company = desk.get("/v1/reasons", role=AGENCY).json()
    assert by_company["neutral"] is None
    assert by_company["decisions"] == []
    codes = {one["code"] for one in by_company["answers"]}
    assert {"experience", "other"} <= codes
    assert not codes & {"age", "family", "not_forwarded"}
    by_manager = desk.get("/v1/reasons").json()
    assert by_manager["neutral"]["texts"]["it"].startswith("L'azienda non va avanti")
    assert {"proposed", "not_proposed"} <= {
        outcome for one in by_manager["decisions"] for outcome in one["outcomes"]
    }
    whole = desk.get("/v1/reasons", role=Role.EVALUATOR).json()
    assert {"age", "family"} <= {one["ground"] for one in whole["answers"]}


def test_a_reply_or_an_answer_that_does_not_hold_together_is_refused(desk: Desk) -> None:
    proposal = sent(desk)
    for body in (
        {"says": "yes"},
        {"says": "no", "contact": "email"},
        {"says": "maybe"},
        {**YES, "age": 50},
    ):
        assert step(desk, proposal, "reply", 3, body).status_code == 422
    for body in (
        {"answer": "not_suitable"},
        {"answer": "hired", "reason_code": "pay"},
        {"answer": "not_suitable", "reason_code": "zaira"},
        {"answer": "not_suitable", "reason_code": "other", "text": " "},
        {"answer": "not_suitable", "reason_code": "Zaira Canarini"},
    ):
        refused = step(desk, proposal, "answer", 3, body, role=AGENCY)
        assert refused.status_code == 422, body
        assert "zaira" not in refused.text.lower()
    elsewhere = {"person_id": somebody(desk), "vacancy_id": desk.add_vacancy()}
    assert "which one" in desk.post("/v1/proposals", elsewhere).json()["detail"]


def test_proposals_come_in_pages_and_can_be_chosen_by_state_and_vacancy(desk: Desk) -> None:
    vacancy = desk.add_vacancy(role=AGENCY)
    made = {asked(desk, None, vacancy) for _ in range(3)}
    other = sent(desk)
    path, seen, cursor = f"?limit=2&vacancy={vacancy}", [], ""
    while True:
        page = desk.get(f"/v1/proposals{path}{cursor}").json()
        seen += [one["id"] for one in page["proposals"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert (len(seen), set(seen)) == (3, made)
    assert [one["id"] for one in listed(desk, "?state=sent")] == [other]
