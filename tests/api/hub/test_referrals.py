from typing import Any

import pytest

from matching.domain.access import Role
from matching.store.tables import referrals
from tests.api.hub.desk import Desk
from tests.databases import MERATE, everybody

REFERRER = Role.REFERRER
BODY = {
    "contacts": {"given_name": "Zaira", "family_name": "Canarini", "telephone": "0341 000001"},
    "source": "parish",
    "agreed_on": "2026-01-15",
    "note": "Meglio la mattina.",
}


def referred(desk: Desk, **options: Any) -> str:
    answer = desk.post("/v1/referrals", BODY, **{"role": REFERRER, **options})
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/v1/referrals/{answer.json()['id']}"
    return str(answer.json()["id"])


def changed(desk: Desk, referral: str, state: str, version: int, **options: Any) -> int:
    answer = desk.ask(
        "PATCH", f"/v1/referrals/{referral}", {"state": state},
        headers={"if-match": f'"{version}"'}, **options,
    )  # fmt: skip
    return answer.status_code


def taken(desk: Desk, referral: str, version: int, **body: Any) -> Any:
    headers = {"if-match": f'"{version}"'}
    return desk.post(f"/v1/referrals/{referral}/persons", body, headers=headers)


def test_whoever_referred_is_answered_the_state_and_nothing_else(desk: Desk) -> None:
    referral = referred(desk)
    path = f"/v1/referrals/{referral}"
    answer = desk.get(path, role=REFERRER)
    assert set(answer.json()) == {"id", "state", "since"}
    assert "etag" not in answer.headers
    (one,) = desk.get("/v1/referrals", role=REFERRER).json()["referrals"]
    assert one == answer.json()
    assert changed(desk, referral, "contacted", 1) == 200
    assert desk.get(path, role=REFERRER).json()["state"] == "contacted"
    assert changed(desk, referral, "closed", 2, role=REFERRER) == 403


def test_another_referrer_and_another_hub_find_no_referral(desk: Desk) -> None:
    referral = referred(desk)
    for stranger in ({"role": REFERRER, "name": "altra"}, {"hub": MERATE}):
        assert desk.get(f"/v1/referrals/{referral}", **stranger).status_code == 404
        assert desk.get("/v1/referrals", **stranger).json()["referrals"] == []
        gone = desk.ask("DELETE", f"/v1/referrals/{referral}", **stranger)
        assert gone.status_code == 404


def test_a_hub_reads_whom_to_call_in_one_referral_and_no_name_in_a_list(desk: Desk) -> None:
    referral = referred(desk)
    answer = desk.get(f"/v1/referrals/{referral}")
    body = answer.json()
    assert body["contacts"]["given_name"] == "Zaira"
    assert (body["source"], body["network"], body["note"]) == ("parish", "informal", BODY["note"])
    assert answer.headers["etag"] == '"1"'
    listed = desk.get("/v1/referrals")
    assert "Zaira" not in listed.text
    assert listed.json()["referrals"][0]["contacts"] is None
    assert desk.get("/v1/referrals?state=closed").json()["referrals"] == []


def test_referrals_come_in_pages(desk: Desk) -> None:
    made = {referred(desk) for _ in range(3)}
    for role in (REFERRER, Role.COMMUNITY_MANAGER):
        first = desk.get("/v1/referrals?limit=2", role=role).json()
        cursor = first["next_cursor"]
        last = desk.get(f"/v1/referrals?limit=2&cursor={cursor}", role=role).json()
        assert last["next_cursor"] is None
        assert {one["id"] for one in (*first["referrals"], *last["referrals"])} == made


def test_whoever_is_taken_in_charge_has_a_file_and_the_referral_no_name(desk: Desk) -> None:
    referral = referred(desk)
    assert taken(desk, referral, 1).status_code == 422  # nobody spoke with her yet
    assert changed(desk, referral, "contacted", 1) == 200
    assert taken(desk, referral, 1).status_code == 412
    answer = taken(desk, referral, 2, point="punto-lecco")
    assert answer.status_code == 201, answer.text
    person = desk.get(answer.headers["location"]).json()
    assert person["contacts"]["telephone"] == BODY["contacts"]["telephone"]  # type: ignore[index]
    assert person["point"] == "punto-lecco"
    assert person["manager_id"] == desk.get("/v1/me").json()["id"]
    kept = desk.get(f"/v1/referrals/{referral}").json()
    assert (kept["state"], kept["contacts"], kept["note"]) == ("taken_in_charge", None, None)
    # From now on it is her file that she asks to be removed.
    assert desk.ask("DELETE", f"/v1/referrals/{referral}", role=REFERRER).status_code == 409


def test_a_change_of_what_somebody_else_changed_says_so(desk: Desk) -> None:
    referral = referred(desk)
    assert changed(desk, referral, "contacted", 1) == 200
    assert changed(desk, referral, "contacted", 1) == 412
    assert changed(desk, referral, "contacted", 2) == 422
    # Taking in charge makes a file, and is no change of a state.
    assert changed(desk, referral, "taken_in_charge", 2) == 422


@pytest.mark.parametrize("role", [REFERRER, Role.COMMUNITY_MANAGER])
def test_an_agreement_is_taken_back_whatever_happened_meanwhile(desk: Desk, role: Role) -> None:
    referral = referred(desk)
    changed(desk, referral, "contacted", 1)
    path = f"/v1/referrals/{referral}"
    stale = desk.ask("DELETE", path, role=role, headers={"if-match": '"1"'})
    assert stale.status_code == 412
    assert desk.ask("DELETE", path, role=role).json() == {"done": True}
    for asked in (REFERRER, Role.COMMUNITY_MANAGER):
        assert desk.get(path, role=asked).status_code == 404
        assert desk.get("/v1/referrals", role=asked).json()["referrals"] == []
        assert desk.ask("DELETE", path, role=asked).status_code == 404
    with desk.store.reading(everybody()) as work:
        (row,) = work.rows(referrals)
    assert (row.sealed, row.source_kind) == (None, "parish")


def test_nobody_is_referred_before_she_agreed(desk: Desk) -> None:
    without = {name: value for name, value in BODY.items() if name != "agreed_on"}
    assert desk.post("/v1/referrals", without, role=REFERRER).status_code == 422
    later = desk.post("/v1/referrals", {**BODY, "agreed_on": "2099-01-01"}, role=REFERRER)
    assert later.status_code == 422
    assert "agreed" in later.json()["detail"]
    assert desk.get("/v1/referrals").json()["referrals"] == []


def test_a_referral_is_sent_once_and_to_ones_own_hub_alone(desk: Desk) -> None:
    key = {"idempotency-key": "una-volta"}
    assert referred(desk, headers=key) == referred(desk, headers=key)
    assert desk.post("/v1/referrals", {**BODY, "hub": MERATE}, role=REFERRER).status_code == 404
    assert desk.post("/v1/referrals", {**BODY, "diagnosis": "x"}, role=REFERRER).status_code == 422


def test_no_name_of_a_referral_is_in_the_journal(desk: Desk) -> None:
    referral = referred(desk)
    desk.get(f"/v1/referrals/{referral}")
    changed(desk, referral, "contacted", 1)
    taken(desk, referral, 2)
    with desk.store.engine.connect() as connection:
        told = str(connection.exec_driver_sql("SELECT * FROM journal").all())
    assert not [word for word in ("Zaira", "Canarini", "000001", "mattina") if word in told]
    for act in ("refer", "read_referral", "take_referral", "add_person"):
        assert f"'{act}'" in told
