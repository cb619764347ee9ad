import json
from dataclasses import replace
from datetime import date, timedelta

from matching.domain.access import Act, Role
from matching.store.person_keys import key_of
from matching.store.tables import installation, jobs, journal
from tests.api.hub.desk import Desk
from tests.databases import LECCO, MERATE, everybody

ADMIN, EVALUATOR = {"role": Role.ADMIN}, {"role": Role.EVALUATOR}
NOTICE = {"version": "2", "language": "it", "text": "Un'altra.", "valid_from": "2027-01-01"}


def test_a_notice_is_published_once_and_read_by_those_who_give_it(desk: Desk) -> None:
    published = desk.post("/v1/notices", NOTICE, **ADMIN)
    assert published.status_code == 201, published.text
    assert desk.get(published.headers["location"]).json() == NOTICE
    # The same again changes nothing; another text would change what people were given.
    assert desk.post("/v1/notices", NOTICE, **ADMIN).status_code == 201
    assert desk.post("/v1/notices", NOTICE | {"text": "Nuova."}, **ADMIN).status_code == 409
    assert desk.post("/v1/notices", NOTICE | {"text": " "}, **ADMIN).status_code == 422
    assert desk.post("/v1/notices", NOTICE).status_code == 403
    assert desk.get("/v1/notices/3/it").status_code == 404
    body = {"version": "2", "way": "paper"}
    person = desk.add_person(informed=False)
    assert desk.post(f"/v1/persons/{person}/notices", body).status_code == 201


def test_what_changes_nothing_may_be_sent_with_a_key_too(desk: Desk) -> None:
    for key in ("una volta", "due volte", "due volte"):
        answer = desk.post("/v1/notices", NOTICE, headers={"idempotency-key": key}, **ADMIN)
        assert answer.status_code == 201, answer.text
        assert answer.json() == NOTICE


def test_how_often_a_notice_was_given_is_counted_for_those_who_see_to_it(desk: Desk) -> None:
    person = desk.add_person()
    desk.add_person(hub=MERATE)

    def given(**options: object) -> list[int | None]:
        notices = desk.get("/v1/notices", **options).json()["notices"]  # type: ignore[arg-type]
        return [one["given"] for one in notices]

    assert given(**ADMIN) == [2]
    assert given() == given(hub=MERATE) == [1]
    assert given(role=Role.PERSON, name=person) == [None]


def test_the_switch_stops_computing_at_the_next_request_and_the_desk_works_on(desk: Desk) -> None:
    person, vacancy = desk.add_person(), desk.add_vacancy()
    path = f"/v1/vacancies/{vacancy}/shortlists"
    assert desk.post(path, {}).status_code == 201
    for who in (EVALUATOR, ADMIN):
        stopped = desk.ask("PUT", "/v1/scoring", {"stopped": True}, **who)
        assert stopped.json() == {"stopped": True, "approved": True, "reason": None}
        assert desk.post(path, {}).status_code == 409
        assert desk.get("/readyz", role=None).json()["scoring"] == "stopped"
        assert desk.get(f"/v1/persons/{person}").status_code == 200
        assert desk.ask("PUT", "/v1/scoring", {"stopped": False}, **who).status_code == 200
        assert desk.post(path, {}).status_code == 201
    assert desk.ask("PUT", "/v1/scoring", {"stopped": True}).status_code == 403
    assert desk.ask("PUT", "/v1/scoring", {"stopped": "yes"}, **ADMIN).status_code == 422
    assert desk.get("/v1/scoring", **ADMIN).json()["stopped"] is False
    with desk.store.reading(everybody()) as work:
        told = work.rows(journal, journal.c.act == Act.STOP_SCORING, journal.c.role != "system")
    assert [one.role for one in told] == ["evaluator"] * 2 + ["admin"] * 2


def test_why_it_was_stopped_is_shown_until_it_is_switched_again_and_kept_sealed(desk: Desk) -> None:
    why = "Zenobia non compare in graduatoria"
    stopped = desk.ask("PUT", "/v1/scoring", {"stopped": True, "reason": why}, **ADMIN)
    assert stopped.json()["reason"] == why
    assert desk.get("/v1/scoring", **EVALUATOR).json()["reason"] == why
    with desk.store.reading(everybody()) as work:
        (entry,) = work.rows(journal, journal.c.act == Act.STOP_SCORING, journal.c.role == "admin")
        facts = [row.value for row in work.rows(installation)]
    assert json.loads(entry.detail) == {"stopped": True, "has_reason": True}
    assert "Zenobia" not in f"{entry} {facts}"
    again = desk.ask("PUT", "/v1/scoring", {"stopped": False}, **EVALUATOR)
    assert again.json() == {"stopped": False, "approved": True, "reason": None}
    for unfit in ("", " ", "a" * 201):
        refused = desk.ask("PUT", "/v1/scoring", {"stopped": True, "reason": unfit}, **ADMIN)
        assert refused.status_code == 422


def test_what_would_go_is_said_and_nothing_goes(desk: Desk) -> None:
    desk.add_person()
    ahead = date.today() + timedelta(days=49 * 31)
    found = desk.get(f"/v1/retention?as_of={ahead}", **ADMIN).json()
    due = {one["table"]: one["count"] for one in found["due"]}
    assert due["persons"] == 1
    assert found["unconfirmed"] == 1
    assert found["runs"] == []
    assert desk.get("/v1/retention", **ADMIN).json()["due"] == []
    assert len(desk.get("/v1/persons").json()["persons"]) == 1
    assert desk.get("/v1/retention").status_code == 403


def test_a_run_of_retention_is_asked_for_in_each_hub_once(desk: Desk) -> None:
    keeping = desk.app.state.keeping
    in_force = replace(keeping.policy, valid_to=date(2199, 12, 31))
    desk.app.state.keeping = replace(keeping, policy=in_force)
    first, again = (desk.post("/v1/retention/runs", **ADMIN) for _ in range(2))
    assert (first.status_code, first.json()) == (202, again.json())
    asked = {one["hub"]: one["state"] for one in first.json()["runs"]}
    assert asked.keys() >= {LECCO, MERATE}
    assert set(asked.values()) == {"queued"}
    listed = desk.get("/v1/retention", **ADMIN).json()["runs"]
    assert {one["job_id"] for one in listed} == {one["job_id"] for one in first.json()["runs"]}
    with desk.store.reading(everybody()) as work:
        assert work.count(jobs, jobs.c.hub == LECCO) == 1
    ended = replace(in_force, valid_to=date(2026, 1, 2))
    desk.app.state.keeping = replace(keeping, policy=ended)
    assert desk.post("/v1/retention/runs", **ADMIN).status_code == 409


def test_the_journal_is_read_page_by_page_by_pseudonym_alone(desk: Desk) -> None:
    person = desk.add_person("Zenobia")
    desk.get(f"/v1/persons/{person}")
    with desk.store.reading(everybody()) as work:
        pseudonym = key_of(work, person).pseudonym
    first = desk.get("/v1/journal?limit=3", **EVALUATOR)
    assert first.status_code == 200, first.text
    numbers = [one["number"] for one in first.json()["entries"]]
    cursor = first.json()["next_cursor"]
    rest = desk.get(f"/v1/journal?limit=3&cursor={cursor}", **EVALUATOR).json()["entries"]
    numbers += [one["number"] for one in rest]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) == 6
    hers = desk.get(f"/v1/journal?subject={pseudonym}", **EVALUATOR).json()
    acts = [one["act"] for one in hers["entries"]]
    assert acts == ["read_person", "give_notice", "change_person", "add_person"]
    assert hers["next_cursor"] is None
    one = desk.get(f"/v1/journal?act=add_person&hub={LECCO}", **EVALUATOR).json()["entries"]
    assert [entry["detail"] for entry in one] == [{"is_protected": False}]
    tomorrow = date.today() + timedelta(days=2)
    assert desk.get(f"/v1/journal?since={tomorrow}", **EVALUATOR).json()["entries"] == []
    assert desk.get("/v1/journal?until=2020-01-01", **EVALUATOR).json()["entries"] == []
    said = str([hers, one, first.json(), rest])
    assert "Zenobia" not in said
    assert person not in said
    # Each reading is on record, too.
    own = desk.get("/v1/journal?act=read_journal", **EVALUATOR).json()["entries"]
    assert own[-1]["detail"]["count"] == 3


def test_nobody_but_whoever_evaluates_reads_the_journal(desk: Desk) -> None:
    for role in (Role.ADMIN, Role.COMMUNITY_MANAGER, Role.MACHINE, Role.FUND_COMMITTEE):
        assert desk.get("/v1/journal", role=role).status_code == 403
        assert desk.get("/v1/journal/verification", role=role).status_code == 403
    for query in ("cursor=nothing", "act=dance", "subject=Zenobia", "limit=201", "since=ieri"):
        assert desk.get(f"/v1/journal?{query}", **EVALUATOR).status_code == 422, query


def test_the_verdict_on_the_journal_says_what_was_changed(desk: Desk) -> None:
    desk.add_person()
    good = desk.get("/v1/journal/verification", **EVALUATOR).json()
    assert (good["holds"], good["problems"]) == (True, [])
    assert good["entries"] == good["number"]
    with desk.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE journal SET actor = 'x' WHERE number = 2")
    bad = desk.get("/v1/journal/verification", **EVALUATOR).json()
    assert bad["holds"] is False
    assert any("2" in problem for problem in bad["problems"])


def test_without_an_assessment_it_is_said_that_nothing_was_approved(desk: Desk) -> None:
    with desk.store.writing(everybody()) as work:
        work.remove(installation, installation.c.name == "dpia_approval")
        work.tell(Act.STOP_SCORING, "installation", None)
    assert desk.get("/v1/scoring", **ADMIN).json() == {
        "stopped": False,
        "approved": False,
        "reason": None,
    }
