from dataclasses import replace
from typing import Any

from matching.access.passwords import PasswordHash
from matching.domain import ModelStamp
from matching.domain.access import Role
from matching.hub.accounts import invite
from matching.hub.accounts_invitations import accept_with_password
from matching.hub.sessions import open_session
from matching.store.tables import decisions
from tests.api.hub.desk import Desk
from tests.api.hub.proposing import PERSON, contested, decided, somebody
from tests.databases import LECCO, MERATE, everybody

ANN, BEA = "ann", "bea"
CHANGED = {"state": "changed", "reason_code": "error_found"}


def a_shortlist(desk: Desk, vacancy: str) -> Any:
    answer = desk.post(f"/v1/vacancies/{vacancy}/shortlists", {})
    assert answer.status_code == 201, answer.text
    return answer.json()


def explained(desk: Desk, decision: str, **options: Any) -> Any:
    answer = desk.get(f"/v1/decisions/{decision}", **options)
    assert answer.status_code == 200, answer.text
    return answer.json()


def settled(desk: Desk, contest: str, body: object = None, **options: Any) -> Any:
    return desk.post(f"/v1/contests/{contest}/decision", body or CHANGED, **options)


def test_a_decision_is_told_in_words_to_whom_it_is_about_and_stays_as_it_was(desk: Desk) -> None:
    person, vacancy = somebody(desk), desk.add_vacancy()
    shortlist = a_shortlist(desk, vacancy)
    decision = decided(desk, person, result_id=shortlist["id"])
    before = explained(desk, decision, role=PERSON, name=person)
    assert (before["tool"], before["position"], before["listed"]) == ("shortlist", 1, 1)
    assert before["model"]["name"] == "baseline"
    said = " ".join(before["sentences"])
    for part in (
        "Magazziniere/a",
        "posto è il 1 di 1",
        "community_manager-hub-lecco-",
        "contestare",
    ):
        assert part in said, part
    assert before["elements"]
    assert not before["is_override"]
    # Another model serves from now on.
    service = replace(desk.app.state.service, model=ModelStamp(name="ranker", version=9))
    desk.app.state.service = service
    assert explained(desk, decision, role=PERSON, name=person) == before
    assert desk.get(f"/v1/decisions/{decision}", hub=MERATE).status_code == 404
    stranger = desk.add_person("Altra")
    theirs = desk.get(f"/v1/decisions/{decision}", role=PERSON, name=stranger)
    assert theirs.status_code == 404


def test_departing_from_what_was_shown_needs_a_reason_of_the_list(desk: Desk) -> None:
    vacancy = desk.add_vacancy()
    for name in ("Prima", "Seconda"):
        desk.add_person(name)
    second = a_shortlist(desk, vacancy)
    last = second["matches"][-1]
    assert last["rank"] > 1 or second["matches"][0]["rank"] == last["rank"]
    first = second["matches"][0]["person_id"]
    body = {"person_id": first, "outcome": "not_proposed", "result_id": second["id"]}
    refused = desk.post("/v1/decisions", body)
    assert refused.status_code == 422
    assert "declined" in refused.json()["detail"]
    assert desk.post("/v1/decisions", {**body, "reason_code": "motivation"}).status_code == 422
    assert desk.post("/v1/decisions", {**body, "reason_code": "other"}).status_code == 422
    kept = desk.post("/v1/decisions", {**body, "reason_code": "not_reached"})
    assert explained(desk, kept.json()["id"])["is_override"] is True


def test_nobody_but_a_manager_with_a_name_decides(desk: Desk) -> None:
    body = {"person_id": somebody(desk), "vacancy_id": desk.add_vacancy(), "outcome": "proposed"}
    for role in (Role.MACHINE, Role.AGENCY, Role.EVALUATOR, Role.ADMIN, Role.CORPORATE_MANAGER):
        assert desk.post("/v1/decisions", body, role=role).status_code == 403, role
    with desk.store.reading(everybody()) as work:
        assert work.count(decisions) == 0
    # Nothing is preselected.
    missing = {name: value for name, value in body.items() if name != "outcome"}
    assert desk.post("/v1/decisions", missing).json()["errors"][0]["field"] == "outcome"


def test_a_person_finds_contests_and_reads_what_became_of_a_decision(desk: Desk) -> None:
    person, vacancy = somebody(desk), desk.add_vacancy()
    decided(
        desk, person, vacancy, name=ANN, outcome="not_proposed", reason_code="requirement"
    )  # fmt: skip
    by_her = {"role": PERSON, "name": person}
    (row,) = desk.get(f"/v1/persons/{person}/decisions", **by_her).json()["decisions"]
    assert (row["title"], row["outcome"], row["is_contested"]) == (
        "Magazziniere/a", "not_proposed", False,
    )  # fmt: skip
    body = {"kind": "contest", "decision_id": row["id"], "text": "Il patentino c'è"}
    key = {"idempotency-key": "contesto"}
    first, again = (desk.post("/v1/contests", body, headers=key, **by_her) for _ in range(2))
    assert first.status_code == again.status_code == 201, first.text
    contest = first.json()["id"]
    assert again.json() == first.json()
    assert desk.post("/v1/contests", body, **by_her).status_code == 409
    assert desk.get(f"/v1/contests/{contest}", name=BEA).json()["text"] == body["text"]
    (listed,) = desk.get("/v1/contests", name=ANN).json()["contests"]
    assert (listed["may_decide"], listed["text"], listed["state"]) == (False, None, "open")
    answer = settled(desk, contest, name=BEA)
    assert answer.status_code == 201, answer.text
    seen = desk.get(f"/v1/contests/{contest}", **by_her).json()
    assert (seen["state"], seen["decided"]) == ("changed", answer.json()["id"])
    told = explained(desk, seen["decided"], **by_her)
    assert (told["outcome"], told["contest_id"]) == ("proposed", contest)
    assert settled(desk, contest, name=BEA).status_code == 409
    assert desk.get("/v1/contests?state=open", **by_her).json()["contests"] == []
    stranger = {"role": PERSON, "name": desk.add_person("Altra")}
    assert desk.get(f"/v1/contests/{contest}", **stranger).status_code == 404
    assert desk.get("/v1/contests", **stranger).json()["contests"] == []
    assert desk.get(f"/v1/persons/{person}/decisions", **stranger).status_code == 404


def test_a_manager_contests_for_her_and_says_for_whom(desk: Desk) -> None:
    person = somebody(desk)
    decision = decided(desk, person, desk.add_vacancy(), name=ANN)
    nobody = desk.post("/v1/contests", {"kind": "contest", "decision_id": decision})
    assert "whose" in nobody.json()["detail"]
    contest = contested(desk, person, decision, name=BEA)
    # Who wrote it down does not decide on it.
    assert settled(desk, contest, name=BEA).status_code == 403
    assert settled(desk, contest, name="cleo").status_code == 201


def test_contests_come_in_pages_the_oldest_first(desk: Desk) -> None:
    person = somebody(desk)
    made = [
        contested(desk, person, decided(desk, person, desk.add_vacancy())) for _ in range(3)
    ]  # fmt: skip
    path, seen, cursor = "/v1/contests?limit=2", [], ""
    while True:
        page = desk.get(f"{path}{cursor}").json()
        seen += [one["id"] for one in page["contests"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert seen == made
    rows = desk.get(f"/v1/persons/{person}/decisions?limit=2").json()
    rest = desk.get(
        f"/v1/persons/{person}/decisions?limit=2&cursor={rows['next_cursor']}"
    ).json()  # fmt: skip
    every = [*rows["decisions"], *rest["decisions"]]
    assert [one["is_contested"] for one in every] == [True] * 3


def test_where_a_hub_has_one_manager_a_contest_goes_to_another_of_the_territory(
    desk: Desk,
) -> None:
    person = somebody(desk)
    decision = decided(desk, person, desk.add_vacancy())
    contest = contested(desk, person, decision, role=PERSON, name=person)
    (waiting,) = desk.get("/v1/reminders").json()["contests"]
    assert (waiting["id"], waiting["has_decider"], waiting["may_decide"]) == (contest, False, False)
    refused = settled(desk, contest)
    assert refused.status_code == 403
    told = refused.json()["detail"]
    assert "administrator" in told
    assert f"accounts invite USERNAME --role community_manager --hub {LECCO}" in told
    # A manager of another hub does not reach it as such ...
    assert settled(desk, contest, hub=MERATE).status_code == 404
    # ... and does with an account of this one, as the refusal says.
    with desk.store.writing(everybody()) as work:
        link = invite(work, "eva.merate@lecco", role=Role.COMMUNITY_MANAGER, hub=LECCO)
        account = accept_with_password(work, link.token, PasswordHash("$argon2id$prova"))
        opened = open_session(work, account, confirmed=True)
    desk.sessions[str(Role.COMMUNITY_MANAGER), LECCO, "eva"] = opened.token
    (waiting,) = desk.get("/v1/contests", name="eva").json()["contests"]
    assert (waiting["has_decider"], waiting["may_decide"]) == (True, True)
    assert "colleague" in settled(desk, contest).json()["detail"]
    assert settled(desk, contest, name="eva").status_code == 201
    whole = desk.get(f"/v1/contests/{contest}", role=PERSON, name=person).json()
    assert whole["state"] == "changed"


def test_what_was_decided_on_a_protected_person_is_read_by_her_manager_and_herself(
    desk: Desk,
) -> None:
    person = somebody(desk, is_protected=True)
    decision = decided(desk, person, desk.add_vacancy())
    path = f"/v1/persons/{person}/decisions"
    for who in ({}, {"role": PERSON, "name": person}):
        assert [one["id"] for one in desk.get(path, **who).json()["decisions"]] == [decision]
    contest = contested(desk, person, decision, role=PERSON, name=person)
    colleague: dict[str, Any] = {"name": "a colleague"}
    paths = (path, f"/v1/decisions/{decision}", f"/v1/contests/{contest}")
    assert [desk.get(one, **colleague).status_code for one in paths] == [403] * 3
    # Who decides on it says why it is opened, which is kept, and is not told who she is.
    why = {"headers": {"x-reason": "Decide sulla contestazione"}, **colleague}
    assert [desk.get(one, **why).status_code for one in paths] == [200] * 3
    assert desk.get(f"/v1/contests/{contest}", **why).json()["person_id"] is None
    notes = desk.get(f"/v1/persons/{person}/notes").json()["notes"]
    assert {one["kind"] for one in notes} == {"opened"}
    assert settled(desk, contest, **colleague).status_code == 201


def test_how_decisions_follow_what_is_shown_is_for_the_evaluator(desk: Desk) -> None:
    person, vacancy = somebody(desk), desk.add_vacancy()
    for _ in range(2):
        decided(desk, person, result_id=a_shortlist(desk, vacancy)["id"])
    for role in (Role.COMMUNITY_MANAGER, Role.ADMIN, Role.AGENCY, Role.MACHINE):
        assert desk.get("/v1/follow-rates", role=role).status_code == 403
    found = desk.get("/v1/follow-rates", role=Role.EVALUATOR).json()
    (row,) = found["accounts"]
    assert (row["decisions"], row["followed"], row["is_near_all"]) == (2, 1.0, False)
    assert row["account_id"] == desk.get("/v1/me").json()["id"]
    later = desk.get("/v1/follow-rates?since=2090-01-01", role=Role.EVALUATOR)
    assert later.json()["accounts"] == []
