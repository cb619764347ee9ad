import dataclasses
import json
from collections.abc import Iterator
from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import httpx
import pyotp
import pytest

from matching.api.hub.gate import COOKIE, csrf_token
from matching.domain.access import Role
from matching.errors import SettingsError
from matching.hub.accounts import disable, invite
from matching.hub.accounts_second_factor import begin_factor, confirm_factor
from matching.hub.sessions import open_session
from matching.service import Service
from matching.store.store import utc_now
from matching.store.tables import accounts, journal
from tests.access.provider import CLIENT, REDIRECT, SECRET, SUBJECT, Playing, a_provider
from tests.api.hub.desk import Desk, a_desk
from tests.databases import LECCO, everybody, made

PATH = "/v1/sessions/provider"
ANNA = "anna@hub.example"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def provider() -> Iterator[Playing]:
    with a_provider() as playing:
        yield playing


@pytest.fixture
def door(risky: Service, tmp_path: Path, provider: Playing) -> Iterator[Desk]:
    """An application with a provider in front."""
    engine = made("sqlite", tmp_path)
    settings = {
        "oidc_issuer": provider.issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET,
        "oidc_second_factor": "level-2", "public_url": REDIRECT.removesuffix(PATH),
    }  # fmt: skip
    with a_desk(risky, engine, tmp_path, **settings) as found:
        yield found
    engine.dispose()


def cookies_of(answer: httpx.Response) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in answer.headers.get_list("set-cookie"):
        for name, one in SimpleCookie(line).items():
            found[name] = one.value
    return found


def shown(cookies: dict[str, str]) -> dict[str, Any]:
    sent = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return {"role": None, "headers": {"cookie": sent}}


def begun(desk: Desk, **body: Any) -> tuple[str, dict[str, str]]:
    """The address that a browser is sent to, and the cookies that it keeps."""
    answer = desk.post(PATH, body, role=None)
    assert answer.status_code == 201, answer.text
    return answer.json()["address"], cookies_of(answer)


def come_back(desk: Desk, provider: Playing, **body: Any) -> httpx.Response:
    """Somebody goes to the provider and comes back in the same browser."""
    address, cookies = begun(desk, **body)
    parameters = provider.authorize(address)
    return desk.get(PATH, params=parameters, **shown(cookies))


def a_link(desk: Desk, username: str = ANNA, role: Role = Role.COMMUNITY_MANAGER) -> str:
    hub = "*" if role in (Role.ADMIN, Role.EVALUATOR) else LECCO
    with desk.store.writing(everybody()) as work:
        return invite(work, username, role=role, hub=hub).token


def test_whoever_follows_a_link_through_the_provider_is_let_in_by_it_from_then_on(
    door: Desk, provider: Playing
) -> None:
    first = come_back(door, provider, invitation=a_link(door))
    assert first.status_code == 200, first.text
    again = come_back(door, provider)
    session = cookies_of(again)[COOKIE]
    assert again.json()["csrf_token"] == csrf_token(session)
    me = door.get("/v1/me", **shown({COOKIE: session})).json()
    assert me["role"] == "community_manager"
    with door.store.reading(everybody()) as work:
        told = [json.loads(one.detail) for one in work.rows(journal, journal.c.act == "sign_in")]
    assert [one["outcome"] for one in told] == ["accepted", "signed_in", "signed_in"]
    # The provider's name for somebody may be a tax code: it lies nowhere.
    with door.store.engine.connect() as connection:
        tables = ("accounts", "journal", "sessions")
        kept = [connection.exec_driver_sql(f"SELECT * FROM {name}").all() for name in tables]
    assert SUBJECT not in str(kept)


def test_no_account_makes_itself(door: Desk, provider: Playing) -> None:
    answer = come_back(door, provider)
    assert answer.status_code == 401
    assert COOKIE not in cookies_of(answer)
    with door.store.reading(everybody()) as work:
        assert work.count(accounts) == 0


def test_what_was_begun_is_kept_sealed_in_the_browser_alone(door: Desk, provider: Playing) -> None:
    answer = door.post(PATH, {}, role=None)
    (line,) = answer.headers.get_list("set-cookie")
    assert all(part in line for part in ("HttpOnly", "SameSite=lax", f"Path={PATH}", "Max-Age=600"))
    state = httpx.URL(answer.json()["address"]).params["state"]
    assert state not in line
    assert "verifier" not in line


def test_nobody_comes_back_in_anothers_place(door: Desk, provider: Playing) -> None:
    link = a_link(door)
    address, cookies = begun(door, invitation=link)
    parameters = provider.authorize(address)
    _, others = begun(door)
    # Another browser, none at all, a cookie that was altered or put in another's place.
    (name, value), *_ = cookies.items()
    for other in (others, {}, {name: value[:-8] + "AAAAAAAA"}, {name: "k9.x"}, {name: ""}):
        answer = door.get(PATH, params=parameters, **shown(other))
        assert answer.status_code == 403, other
    code = door.post(f"{PATH}/code", {"code": "123456"}, **shown({"valoriamo_known": value}))
    assert code.status_code == 403
    for changed in ({"state": "another"}, {"iss": "https://other.example"}):
        answer = door.get(PATH, params=parameters | changed, **shown(cookies))
        assert answer.status_code == 403
    refused = {"state": parameters["state"], "error": "access_denied"}
    assert door.get(PATH, params=refused, **shown(cookies)).status_code == 403
    assert door.get(PATH, params=parameters, **shown(cookies)).status_code == 200


@pytest.mark.parametrize(
    "claims", [{"nonce": "another"}, {"aud": "another"}, {"exp": 1}, {"iss": "https://x.example"}]
)
def test_a_token_that_does_not_hold_lets_nobody_in(
    door: Desk, provider: Playing, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    answer = come_back(door, provider, invitation=a_link(door))
    assert answer.status_code == 403
    assert COOKIE not in cookies_of(answer)


def test_a_sign_in_that_was_begun_too_long_ago_is_begun_again(
    door: Desk, provider: Playing
) -> None:
    address, cookies = begun(door)
    parameters = provider.authorize(address)
    later = dataclasses.replace(door.store, clock=lambda: utc_now() + timedelta(minutes=11))
    door.app.state.store = later
    answer = door.get(PATH, params=parameters, **shown(cookies))
    assert (answer.status_code, "too long ago" in answer.json()["detail"]) == (403, True)


def test_a_closed_account_is_not_let_in_by_the_provider(door: Desk, provider: Playing) -> None:
    assert come_back(door, provider, invitation=a_link(door)).status_code == 200
    with door.store.writing(everybody()) as work:
        disable(work, work.one(accounts).id)
    assert come_back(door, provider).status_code == 401


def test_a_link_that_was_followed_leads_nowhere(door: Desk, provider: Playing) -> None:
    link = a_link(door)
    assert come_back(door, provider, invitation=link).status_code == 200
    assert door.post(PATH, {"invitation": link}, role=None).status_code == 404
    # Of one identity, one account.
    other = come_back(door, provider, invitation=a_link(door, "altra@hub.example"))
    assert other.status_code == 409


def test_an_administrator_is_confirmed_by_the_provider_or_sets_up_a_second_factor(
    door: Desk, provider: Playing
) -> None:
    first = come_back(door, provider, invitation=a_link(door, role=Role.ADMIN))
    assert first.json()["must_set_up"] is True
    session = shown({COOKIE: cookies_of(first)[COOKIE]})
    assert door.get("/v1/accounts", **session).status_code == 403
    provider.claims = {"acr": "level-2"}
    second = come_back(door, provider)
    assert second.json()["must_set_up"] is False
    session = shown({COOKIE: cookies_of(second)[COOKIE]})
    assert door.get("/v1/accounts", **session).status_code == 200


def test_a_second_factor_of_our_own_is_asked_for_after_coming_back(
    door: Desk, provider: Playing
) -> None:
    assert come_back(door, provider, invitation=a_link(door)).status_code == 200
    with door.store.writing(everybody()) as work:
        token = open_session(work, work.one(accounts).id, confirmed=False).token
        secret = begin_factor(work, token).secret
        assert confirm_factor(work, token, pyotp.TOTP(secret).at(work.now - timedelta(seconds=30)))
    wanted = come_back(door, provider)
    assert (wanted.status_code, "six digits" in wanted.json()["detail"]) == (401, True)
    kept = {"valoriamo_known": cookies_of(wanted)["valoriamo_known"]}
    wrong = door.post(f"{PATH}/code", {"code": "000000"}, **shown(kept))
    assert wrong.status_code == 401
    code = pyotp.TOTP(secret).at(utc_now())
    right = door.post(f"{PATH}/code", {"code": code}, **shown(kept))
    assert right.status_code == 201, right.text
    assert COOKIE in cookies_of(right)
    # A code is taken once.
    assert door.post(f"{PATH}/code", {"code": code}, **shown(kept)).status_code == 401


def test_a_provider_that_is_away_is_said_and_asked_again(door: Desk, provider: Playing) -> None:
    provider.document = {"issuer": "https://another.example"}
    away = door.post(PATH, {}, role=None)
    assert away.status_code == 503
    provider.document = {}
    assert door.post(PATH, {}, role=None).status_code == 201
    provider.token_status = 500
    assert come_back(door, provider).status_code == 503
    assert len([one for one in provider.asked if "openid-configuration" in one]) == 2


def test_without_a_provider_in_front_there_is_no_such_way_in(desk: Desk) -> None:
    for answer in (
        desk.post(PATH, {}, role=None),
        desk.get(PATH, role=None),
        desk.post(f"{PATH}/code", {"code": "123456"}, role=None),
    ):
        assert answer.status_code == 404


@pytest.mark.parametrize(
    "settings", [{}, {"public_url": "http://hub.example"}, {"oidc_client_id": None}]
)
def test_settings_that_would_let_nobody_come_back_do_not_serve(
    risky: Service, tmp_path: Path, settings: dict[str, Any]
) -> None:
    engine = made("sqlite", tmp_path)
    given = {"oidc_issuer": "https://id.example", "oidc_client_id": CLIENT} | settings
    with (
        pytest.raises(SettingsError, match="VALORIAMO_"),
        a_desk(risky, engine, tmp_path, **given),
    ):
        raise AssertionError("it was served")
    engine.dispose()
