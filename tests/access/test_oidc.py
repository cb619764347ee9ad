import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import ECKey, OctKey

from matching.access.oidc import Begun, Client, Identity, begin, discover, finish
from matching.errors import ForbiddenError, ProviderError
from tests.access.provider import CLIENT, REDIRECT, SECRET, SUBJECT, Playing, a_provider


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def provider() -> Iterator[Playing]:
    with a_provider() as playing:
        yield playing


def a_client(provider: Playing, **other: Any) -> Client:
    return replace(Client(issuer=provider.issuer, client_id=CLIENT, secret=SECRET), **other)


def signed_in(provider: Playing, client: Client | None = None, **answer: str) -> Identity:
    asked = client or a_client(provider)
    where = discover(asked)
    url, begun = begin(asked, where, redirect_uri=REDIRECT)
    come_back = {**provider.authorize(url), **answer}
    return finish(asked, where, begun, come_back, redirect_uri=REDIRECT, now=datetime.now(UTC))


def test_whom_the_provider_knows_comes_back_with_its_name_for_them(provider: Playing) -> None:
    assert signed_in(provider) == Identity(issuer=provider.issuer, subject=SUBJECT, confirmed=False)


def test_nothing_that_is_kept_or_found_is_shown(provider: Playing) -> None:
    client = a_client(provider)
    _, begun = begin(client, discover(client), redirect_uri=REDIRECT)
    shown = repr((client, begun, signed_in(provider)))
    hidden = (SECRET, begun.state, begun.nonce, begun.verifier, SUBJECT)
    assert not [secret for secret in hidden if secret in shown]


def test_state_nonce_and_verifier_are_new_each_time_and_the_verifier_stays_here(
    provider: Playing,
) -> None:
    client = a_client(provider)
    where = discover(client)
    tries = [begin(client, where, redirect_uri=REDIRECT) for _ in range(5)]
    assert len({value for _, b in tries for value in (b.state, b.nonce, b.verifier)}) == 15
    for url, begun in tries:
        assert begun.verifier not in url
        assert parse_qs(urlsplit(url).query)["scope"] == ["openid"]


@pytest.mark.parametrize("claims", [{"acr": "level-2"}, {"amr": ["pwd", "otp"]}])
def test_a_second_factor_is_believed_where_the_settings_say_what_stands_for_it(
    provider: Playing, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    assert not signed_in(provider).confirmed
    client = a_client(provider, confirmed_by=frozenset({"level-2", "otp"}))
    assert signed_in(provider, client).confirmed
    url, _ = begin(client, discover(client), redirect_uri=REDIRECT)
    assert parse_qs(urlsplit(url).query)["acr_values"] == ["level-2 otp"]


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"aud": "another"},
        {"aud": [CLIENT, "another"]},
        {"iss": "https://other.example"},
        {"exp": int(time.time()) - 3600},
        {"iat": int(time.time()) + 7200, "nbf": int(time.time()) + 7200},
        {"azp": "another"},
        {"at_hash": "wrong"},
        {"amr": "otp"},
    ],
)
def test_a_token_that_says_anything_wrong_lets_nobody_in(
    provider: Playing, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    with pytest.raises(ForbiddenError, match="does not hold") as refused:
        signed_in(provider)
    assert SUBJECT not in str(refused.value)


@pytest.mark.parametrize("name", ["iss", "aud", "sub", "exp", "iat", "nonce"])
def test_a_token_that_leaves_anything_out_lets_nobody_in(provider: Playing, name: str) -> None:
    provider.without = frozenset({name})
    with pytest.raises(ForbiddenError):
        signed_in(provider)


def test_a_token_signed_by_another_key_lets_nobody_in(provider: Playing) -> None:
    provider.signed_with = ECKey.generate_key("P-256", {"kid": "one"})
    with pytest.raises(ForbiddenError, match="does not hold"):
        signed_in(provider)


@pytest.mark.parametrize("header", [{"alg": "none"}, {"alg": "HS256", "kid": "one"}])
def test_a_token_without_a_signature_of_the_providers_lets_nobody_in(
    provider: Playing, header: dict[str, str]
) -> None:
    # Whoever has the public key, or our own secret, must not be able to sign with it.
    public = str(provider.key.as_dict(private=False)["x"])
    provider.signed_with = OctKey.import_key(public)
    provider.header = header
    with pytest.raises(ForbiddenError, match="does not hold"):
        signed_in(provider)


def test_an_answer_that_another_browser_began_is_refused_before_anything_is_asked(
    provider: Playing,
) -> None:
    client = a_client(provider)
    where = discover(client)
    url, _ = begin(client, where, redirect_uri=REDIRECT)
    _, mine = begin(client, where, redirect_uri=REDIRECT)
    provider.asked.clear()
    with pytest.raises(ForbiddenError, match="this browser"):
        finish(
            client, where, mine, provider.authorize(url), redirect_uri=REDIRECT,
            now=datetime.now(UTC),
        )  # fmt: skip
    assert provider.asked == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"code": ""}, "let nobody in"),
        ({"iss": "https://other.example"}, "Another identity provider"),
        ({"code": "stolen"}, "does not know"),
    ],
)
def test_a_refusal_over_there_is_one_here(
    provider: Playing, answer: dict[str, str], said: str
) -> None:
    with pytest.raises(ForbiddenError, match=said) as refused:
        signed_in(provider, **answer)
    assert "Anna" not in str(refused.value)


def test_a_code_is_of_no_use_to_who_did_not_begin(provider: Playing) -> None:
    client = a_client(provider)
    where = discover(client)
    url, begun = begin(client, where, redirect_uri=REDIRECT)
    answer = provider.authorize(url)
    thief = Begun(state=begun.state, nonce=begun.nonce, verifier="x" * 43)
    with pytest.raises(ForbiddenError, match="does not know"):
        finish(client, where, thief, answer, redirect_uri=REDIRECT, now=datetime.now(UTC))


def test_a_token_is_held_against_the_clock_of_whoever_asks(provider: Playing) -> None:
    client = a_client(provider)
    where = discover(client)
    url, begun = begin(client, where, redirect_uri=REDIRECT)
    answer = provider.authorize(url)
    with pytest.raises(ForbiddenError):
        finish(
            client, where, begun, answer, redirect_uri=REDIRECT,
            now=datetime.now(UTC) + timedelta(hours=1),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "body"), [(500, b"{}"), (302, b"{}"), (200, b"<html>"), (200, b"[]"), (503, b"")]
)
def test_a_provider_that_does_not_answer_as_one_lets_nobody_in(
    provider: Playing, status: int, body: bytes
) -> None:
    provider.token_status, provider.token_body = status, body
    with pytest.raises((ProviderError, ForbiddenError)):
        signed_in(provider)
    assert "/elsewhere" not in provider.asked


def test_a_provider_that_is_away_is_said_to_be() -> None:
    with a_provider() as playing:
        client = a_client(playing)
    with pytest.raises(ProviderError, match="does not answer"):
        discover(client)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"issuer": "https://other.example"}, "OIDC_ISSUER"),
        ({"token_endpoint": None}, "token_endpoint"),
        ({"jwks_uri": "http://other.example/keys"}, "not encrypted"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "authorization_endpoint"),
    ],
)
def test_a_provider_that_says_something_odd_of_itself_is_not_asked(
    provider: Playing, document: dict[str, Any], said: str
) -> None:
    provider.document = document
    with pytest.raises(ProviderError, match=said):
        discover(a_client(provider))
