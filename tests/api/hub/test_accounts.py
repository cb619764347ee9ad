from typing import Any

from matching.domain.access import EVERYWHERE, Role
from matching.store.tables import accounts, journal
from tests.api.hub.desk import Desk
from tests.databases import LECCO, MERATE, everybody

PASSWORD = "cavallo graffetta batteria giusto"
ANNA = {"username": "anna@hub.example", "role": "community_manager", "hub": LECCO}
ADMIN = {"role": Role.ADMIN}


def invited(desk: Desk, body: dict[str, Any] = ANNA) -> dict[str, Any]:
    answer = desk.post("/v1/accounts", body, **ADMIN)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def let_in(desk: Desk, username: str, token: str) -> None:
    """Somebody follows a link and signs in."""
    chosen = {"token": token, "password": PASSWORD}
    assert desk.post("/v1/invitations", chosen, role=None).status_code == 201
    assert enters(desk, username) == 201


def enters(desk: Desk, username: str, password: str = PASSWORD) -> int:
    sent = {"username": username, "password": password}
    return desk.post("/v1/sessions", sent, role=None).status_code


def test_whoever_is_invited_chooses_a_password_and_is_let_in(desk: Desk) -> None:
    found = invited(desk)
    assert enters(desk, ANNA["username"]) == 401
    let_in(desk, ANNA["username"], found["token"])
    account = desk.get(f"/v1/accounts/{found['account_id']}", **ADMIN).json()
    assert (account["state"], account["home_hub"]) == ("active", LECCO)
    assert desk.post("/v1/invitations", {"token": found["token"], "password": PASSWORD}, role=None
                     ).status_code == 404  # fmt: skip
    assert desk.post("/v1/accounts", ANNA, **ADMIN).status_code == 409


def test_an_account_of_the_territory_needs_no_hub_and_any_other_does(desk: Desk) -> None:
    found = invited(desk, {"username": "eva@x", "role": "evaluator"})
    account = desk.get(f"/v1/accounts/{found['account_id']}", **ADMIN).json()
    assert account["home_hub"] == EVERYWHERE
    for body in (
        {"username": "eva@y", "role": "community_manager"},
        {"username": "eva@y", "role": "evaluator", "hub": LECCO},
        {"username": "eva@y", "role": "agency", "hub": LECCO},
        {"username": "eva@y", "role": "system"},
        {"username": "eva@y", "role": "machine", "hub": LECCO},
        {"username": "eva@y", "role": "person", "hub": LECCO},
        {**ANNA, "password": PASSWORD},
    ):
        assert desk.post("/v1/accounts", body, **ADMIN).status_code == 422, body
    elsewhere = {**ANNA, "username": "eva@y", "hub": "hub-nowhere"}
    assert desk.post("/v1/accounts", elsewhere, **ADMIN).status_code == 404


def test_a_link_is_shown_once_also_where_the_request_is_sent_again(desk: Desk) -> None:
    key = {"idempotency-key": "un-invito"}
    first, again = (desk.post("/v1/accounts", ANNA, headers=key, **ADMIN) for _ in range(2))
    token = first.json()["token"]
    assert again.json() == {**first.json(), "token": None}
    with desk.store.engine.connect() as connection:
        tables = ("kept_requests", "journal", "invitations")
        kept = [connection.exec_driver_sql(f"SELECT * FROM {name}").all() for name in tables]
    assert token not in str(kept)
    let_in(desk, ANNA["username"], token)


def test_accounts_come_in_pages_without_anything_that_lets_anybody_in(desk: Desk) -> None:
    names = {invited(desk, {**ANNA, "username": f"{name}@x.example"})["account_id"] for name in
             ("anna", "bea", "cleo")}  # fmt: skip
    seen: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = desk.get(f"/v1/accounts?limit=2{cursor}", **ADMIN).json()
        seen += page["accounts"]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert names <= {one["id"] for one in seen}
    assert len({one["id"] for one in seen}) == len(seen)
    assert not {"password_hash", "totp_sealed", "external_subject"} & set(seen[0])


def test_a_closed_account_is_out_at_once_and_a_new_link_lets_it_in_again(desk: Desk) -> None:
    found = invited(desk)
    let_in(desk, ANNA["username"], found["token"])
    path = f"/v1/accounts/{found['account_id']}"
    etag = desk.get(path, **ADMIN).headers["etag"]
    headers = {"if-match": etag}
    closed = desk.post(f"{path}/disable", headers=headers, **ADMIN)
    assert closed.json()["state"] == "disabled"
    assert closed.headers["etag"] != etag
    assert desk.post(f"{path}/disable", headers=headers, **ADMIN).status_code == 412
    assert enters(desk, ANNA["username"]) == 401
    again = desk.post(f"{path}/invitations", **ADMIN)
    assert again.status_code == 201
    let_in(desk, ANNA["username"], again.json()["token"])


def test_an_account_that_wrong_passwords_locked_is_unlocked(desk: Desk) -> None:
    found = invited(desk)
    let_in(desk, ANNA["username"], found["token"])
    for _ in range(5):
        assert enters(desk, ANNA["username"], "un'altra parola lunga") == 401
    assert enters(desk, ANNA["username"]) == 401
    path = f"/v1/accounts/{found['account_id']}"
    assert desk.get(path, **ADMIN).json()["locked_until"] is not None
    answer = desk.post(f"{path}/unlock", {}, **ADMIN)
    assert answer.json()["locked_until"] is None
    assert enters(desk, ANNA["username"]) == 201


def test_nobody_closes_the_account_that_they_act_with(desk: Desk) -> None:
    desk.session(Role.ADMIN)
    own = desk.get("/v1/me", **ADMIN).json()["id"]
    headers = {"if-match": '"1"'}
    assert desk.post(f"/v1/accounts/{own}/disable", headers=headers, **ADMIN).status_code == 409
    factor = {"second_factor": True}
    assert desk.post(f"/v1/accounts/{own}/unlock", factor, **ADMIN).status_code == 409
    colleague = {"role": Role.ADMIN, "name": "a colleague"}
    assert desk.post(f"/v1/accounts/{own}/disable", headers=headers, **colleague).status_code == 200


def test_a_person_is_let_in_by_her_hub_and_sees_her_own_file(desk: Desk) -> None:
    person, body = desk.add_person("Ada"), {"username": "ada.prova@example.org"}
    path = f"/v1/persons/{person}/account"
    found = desk.post(path, body)
    assert found.status_code == 201, found.text
    let_in(desk, body["username"], found.json()["token"])
    # The same account gets a new link; another username is not hers.
    assert desk.post(path, body).json()["account_id"] == found.json()["account_id"]
    assert desk.post(path, {"username": "altra@example.org"}).status_code == 409
    assert desk.post(path, body, hub=MERATE).status_code == 404
    assert desk.post(path, body, **ADMIN).status_code == 403
    with desk.store.reading(everybody()) as work:
        row = work.one(accounts, accounts.c.person_id == person)
    assert (row.role, row.home_hub) == ("person", LECCO)


def test_who_did_what_to_an_account_is_on_record_without_its_username(desk: Desk) -> None:
    found = invited(desk)
    desk.post(f"/v1/accounts/{found['account_id']}/invitations", **ADMIN)
    with desk.store.reading(everybody()) as work:
        told = work.rows(journal, journal.c.act == "manage_accounts")
    assert [one.role for one in told] == ["admin", "admin"]
    assert ANNA["username"] not in str(told)


def test_files_of_whoever_is_gone_are_handed_over_unseen_and_told_to_their_new_manager(
    desk: Desk,
) -> None:
    person = desk.add_person("Zenobia", is_protected=True)
    desk.add_person("Eva")
    gone = desk.get("/v1/me").json()["id"]
    new: dict[str, Any] = {"name": "a colleague"}
    taker = desk.get("/v1/me", **new).json()["id"]
    path = f"/v1/accounts/{gone}"
    assert desk.post(f"{path}/hand-over", {"to": taker}, **ADMIN).status_code == 409
    closed = desk.post(f"{path}/disable", headers={"if-match": '"1"'}, **ADMIN)
    assert closed.json()["left_in_charge"] == 1
    change = {"point": "punto-lecco"}
    stuck = desk.ask("PATCH", f"/v1/persons/{person}", change, headers={"if-match": '"1"'}, **new)
    assert stuck.status_code == 403
    assert desk.get("/v1/reminders", **new).json()["handed_over"] == []
    done = desk.post(f"{path}/hand-over", {"to": taker}, **ADMIN)
    assert (done.status_code, done.json()) == (200, {"files": 1})
    assert desk.get(path, **ADMIN).json()["left_in_charge"] == 0
    (told,) = desk.get("/v1/reminders", **new).json()["handed_over"]
    assert told["person_id"] == person
    read = desk.get(f"/v1/persons/{person}", **new)
    changed = desk.ask(
        "PATCH", f"/v1/persons/{person}", change, headers={"if-match": read.headers["etag"]}, **new
    )
    assert changed.status_code == 200, changed.text
    assert desk.get("/v1/reminders", **new).json()["handed_over"] == []


def test_a_file_is_put_in_the_charge_of_nobody_who_could_not_follow_it(desk: Desk) -> None:
    person = desk.add_person()
    for where in ({"hub": MERATE}, {"role": Role.CORPORATE_MANAGER}):
        other = desk.get("/v1/me", **where).json()["id"]
        answer = desk.ask(
            "PATCH", f"/v1/persons/{person}", {"manager_id": other}, headers={"if-match": '"1"'}
        )
        assert (answer.status_code, "manager_id" in answer.text) == (422, True)
