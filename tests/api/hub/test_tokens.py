from typing import Any

import pytest

from matching.domain.access import Role
from tests.api.hub.desk import Desk
from tests.databases import LECCO

ADMIN = {"role": Role.ADMIN}
BODY = {"name": "Portale", "hub": LECCO, "acts": ["list_vacancies"], "days": 30}


def shown(token: str) -> dict[str, Any]:
    return {"role": None, "headers": {"authorization": f"Bearer {token}"}}


def test_a_token_does_what_it_was_made_for_until_it_is_revoked(desk: Desk) -> None:
    made = desk.post("/v1/tokens", BODY, **ADMIN)
    assert made.status_code == 201, made.text
    token, path = made.json()["token"], f"/v1/tokens/{made.json()['id']}"
    assert desk.get("/v1/vacancies", **shown(token)).status_code == 200
    assert desk.get("/v1/persons", **shown(token)).status_code == 403
    assert desk.ask("DELETE", path, **ADMIN).status_code == 200
    assert desk.get("/v1/vacancies", **shown(token)).status_code == 401
    assert desk.ask("DELETE", path, **ADMIN).status_code == 409


def test_tokens_are_listed_without_their_secrets_also_after_they_ended(desk: Desk) -> None:
    made = [desk.post("/v1/tokens", BODY | {"name": f"n{n}"}, **ADMIN).json() for n in range(3)]
    desk.ask("DELETE", f"/v1/tokens/{made[0]['id']}", **ADMIN)
    first = desk.get("/v1/tokens?limit=2", **ADMIN).json()
    rest = desk.get(f"/v1/tokens?limit=2&cursor={first['next_cursor']}", **ADMIN).json()
    listed = [*first["tokens"], *rest["tokens"]]
    assert {one["id"] for one in listed} == {one["id"] for one in made}
    assert [one["id"] for one in listed if one["revoked_at"]] == [made[0]["id"]]
    assert not any(one["token"] in str(listed) for one in made)


@pytest.mark.parametrize(
    "other",
    [
        {"acts": []},
        {"acts": ["manage_accounts"]},
        {"acts": ["no_such_act"]},
        {"days": 366},
        {"days": 0},
        {"role": "community_manager"},
        {"role": "agency"},
        {"name": "a\nb"},
        {"token": "mine"},
    ],
)
def test_a_token_that_cannot_be_is_refused(desk: Desk, other: dict[str, Any]) -> None:
    assert desk.post("/v1/tokens", BODY | other, **ADMIN).status_code == 422


def test_a_token_is_shown_once_also_where_the_request_is_sent_again(desk: Desk) -> None:
    key = {"idempotency-key": "un-gettone"}
    first, again = (desk.post("/v1/tokens", BODY, headers=key, **ADMIN) for _ in range(2))
    assert again.json() == {**first.json(), "token": None}
    assert len(desk.get("/v1/tokens", **ADMIN).json()["tokens"]) == 1
