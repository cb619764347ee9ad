"""OpenID Connect: a public identity provider in front, such as SPID's or CIE's.

Authorization code with PKCE (RFC 7636), state and nonce; the identity token is believed once its
signature, issuer, audience, expiry and nonce hold (OpenID Connect Core 1.0, 3.1.3.7). Who is
identified is looked for among the accounts; no account makes itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from matching.access.secrets import new_secret, same
from matching.errors import ForbiddenError, ProviderError

WELL_KNOWN = "/.well-known/openid-configuration"

_ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")  # signatures alone: no secret that both know
_KINDS = ("RSA", "EC", "OKP")
_SECONDS = 10  # for each answer of the provider
_LEEWAY = 60  # seconds that its clock may differ
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_AGAIN = "Begin again from the sign-in page."


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """What we are to the provider.

    ``confirmed_by`` are the values of ``acr`` or ``amr`` that stand for a second factor.
    """

    issuer: str
    client_id: str
    secret: str | None = field(default=None, repr=False)
    confirmed_by: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Where the provider is asked, as it says itself."""

    authorization: str
    token: str
    keys: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What is kept, sealed, in the browser while its user is away at the provider's."""

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whom the provider says it is: its name for somebody, and whether by two factors."""

    issuer: str
    subject: str = field(repr=False)
    confirmed: bool


def discover(client: Client) -> Provider:
    """Ask the provider where it is to be asked; to be done once.

    Raises
    ------
    ProviderError
        Where it does not answer, or answers for somebody else.
    """
    with _session(client) as session:
        said = _json(session, client.issuer.rstrip("/") + WELL_KNOWN)
    if said.get("issuer") != client.issuer:
        raise ProviderError(
            f"The identity provider does not say that it is {client.issuer!r}. Write its issuer "
            "in VALORIAMO_OIDC_ISSUER as its own configuration does."
        )
    return Provider(
        authorization=_address(client, said, "authorization_endpoint"),
        token=_address(client, said, "token_endpoint"),
        keys=_address(client, said, "jwks_uri"),
    )


def begin(client: Client, provider: Provider, *, redirect_uri: str) -> tuple[str, Begun]:
    """The address to send a browser to, and what to keep until it comes back."""
    begun = Begun(state=new_secret(), nonce=new_secret(), verifier=new_secret())
    more = {"acr_values": " ".join(sorted(client.confirmed_by))} if client.confirmed_by else {}
    with _session(client, redirect_uri) as session:
        url, _ = session.create_authorization_url(
            provider.authorization,
            state=begun.state,
            nonce=begun.nonce,
            code_verifier=begun.verifier,
            **more,
        )
    return str(url), begun


def finish(
    client: Client,
    provider: Provider,
    begun: Begun,
    answer: Mapping[str, str],
    *,
    redirect_uri: str,
    now: datetime,
) -> Identity:
    """Who came back, by the parameters that the provider's redirect has.

    Raises
    ------
    ForbiddenError
        Where it was begun by another browser, refused there, or the token does not hold.
    ProviderError
        Where the provider does not answer.
    """
    if not same(answer.get("state", ""), begun.state):
        raise ForbiddenError(f"This sign-in was not begun in this browser. {_AGAIN}")
    # RFC 9207: an answer of another provider, mixed up with this one's.
    if answer.get("iss", client.issuer) != client.issuer:
        raise ForbiddenError(f"Another identity provider answered. {_AGAIN}")
    if not answer.get("code"):
        raise ForbiddenError(f"The identity provider let nobody in. {_AGAIN}")
    with _session(client, redirect_uri) as session:
        token = _token(session, provider, begun, answer["code"])
        keys = _json(session, provider.keys)
    claims = _claims(client, begun, token, keys, now)
    means = claims.get("amr") or []
    said = {str(claims.get("acr")), *map(str, means)}
    return Identity(
        issuer=client.issuer,
        subject=str(claims["sub"]),
        confirmed=bool(said & client.confirmed_by),
    )


def _token(session: Any, provider: Provider, begun: Begun, code: str) -> Mapping[str, Any]:
    try:
        found = session.fetch_token(
            provider.token,
            grant_type="authorization_code",
            code=code,
            code_verifier=begun.verifier,
            allow_redirects=False,
        )
    except OAuthError as error:
        # Its description may name somebody.
        raise ForbiddenError(f"The identity provider does not know this sign-in. {_AGAIN}") from (
            error
        )
    except (requests.RequestException, ValueError) as error:
        raise _away(provider.token, error) from error
    return dict(found)


def _claims(
    client: Client,
    begun: Begun,
    token: Mapping[str, Any],
    keys: Mapping[str, Any],
    now: datetime,
) -> Mapping[str, Any]:
    try:
        decoded = jwt.decode(
            str(token.get("id_token", "")), _key_set(keys), algorithms=list(_ALGORITHMS)
        )
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            options={
                "iss": {"essential": True, "value": client.issuer},
                "aud": {"essential": True, "value": client.client_id},
                "sub": {"essential": True},
                "exp": {"essential": True},
            },
            params={
                "nonce": begun.nonce,
                "client_id": client.client_id,
                "access_token": token.get("access_token"),
            },
        )
        claims.validate(now=int(now.timestamp()), leeway=_LEEWAY)
    except (JoseError, ValueError, TypeError) as error:
        raise ForbiddenError(
            f"What the identity provider says of this sign-in does not hold. {_AGAIN}"
        ) from error
    return dict(claims)


def _key_set(keys: Mapping[str, Any]) -> KeySet:
    listed = keys.get("keys")
    usable = [
        one
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, dict) and one.get("kty") in _KINDS and one.get("use", "sig") == "sig"
    ]
    return KeySet.import_key_set({"keys": usable})


def _session(client: Client, redirect_uri: str | None = None) -> Any:
    return OAuth2Session(
        client.client_id,
        client.secret,
        scope="openid",
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
        default_timeout=_SECONDS,
    )


def _json(session: Any, url: str) -> Mapping[str, Any]:
    try:
        answer = session.get(url, withhold_token=True, allow_redirects=False)
        answer.raise_for_status()
        said = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise _away(url, error) from error
    if answer.status_code != requests.codes.ok or not isinstance(said, dict):
        raise ProviderError(f"{url}: the identity provider does not answer as one does.")
    return said


def _address(client: Client, said: Mapping[str, Any], name: str) -> str:
    address = said.get(name)
    parts = urlsplit(address) if isinstance(address, str) else None
    if parts is None or not parts.hostname:
        raise ProviderError(f"{client.issuer}: the identity provider names no {name}.")
    # Without encryption only on this machine, as a provider that is tried out.
    if parts.scheme != "https" and not (
        parts.scheme == "http" and parts.hostname in _LOOPBACK and client.issuer.startswith("http:")
    ):
        raise ProviderError(f"{client.issuer}: its {name} is not encrypted (https).")
    return str(address)


def _away(url: str, error: Exception) -> ProviderError:
    return ProviderError(
        f"{url}: the identity provider does not answer ({type(error).__name__}). Try again in a "
        "moment; a password still lets in whoever has one."
    )
