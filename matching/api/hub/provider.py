"""The identity provider in front of an installation, and what is kept in the browser meanwhile.

While somebody is away at the provider's, state, nonce and verifier lie sealed in a cookie of that
browser: nobody else can come back in her place, and this service keeps nothing.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends, Request, Response

from matching.access.oidc import Begun, Client, Identity, Provider, discover
from matching.errors import ForbiddenError, KeyringError, UnknownError
from matching.hub.accounts_provider import BACK, provider_client, provider_redirect
from matching.settings import Settings
from matching.store import Store
from matching.store.sealing import seal, unseal

MINUTES = 10
"""For how long somebody may be away at the provider's."""

_AWAY, _KNOWN = "valoriamo_away", "valoriamo_known"
_PURPOSE = "provider_sign_in"
_AGAIN = "Begin again from the sign-in page."


@dataclass
class Door:
    """What we are to the provider, where people come back to, and where the provider is asked."""

    client: Client
    redirect_uri: str
    _found: Provider | None = field(default=None, repr=False)

    def provider(self) -> Provider:
        """Where the provider is asked: it says so once, and is asked again if it did not answer.

        Raises
        ------
        ProviderError
            Where it does not answer, or answers for somebody else.
        """
        # Two who come first at once both ask it, and hear the same.
        found = self._found or discover(self.client)
        self._found = found
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Somebody at the provider's: how it was begun, and the one-time link that is followed."""

    begun: Begun
    invitation: str | None = field(repr=False)


def open_door(settings: Settings) -> Door | None:
    """The door of the settings, None where no provider is in front.

    Raises
    ------
    SettingsError
        Where the settings say half of it.
    """
    client = provider_client(settings)
    return None if client is None else Door(client, provider_redirect(settings))


def _door(request: Request) -> Door:
    door = request.app.state.door
    if not isinstance(door, Door):
        raise UnknownError("No identity provider is in front of this installation.")
    return door


TheDoor = Annotated[Door, Depends(_door)]


def keep_away(request: Request, response: Response, store: Store, away: Away) -> None:
    """Keep in the browser how the way to the provider was begun."""
    begun = away.begun
    kept = {
        "state": begun.state,
        "nonce": begun.nonce,
        "verifier": begun.verifier,
        "invitation": away.invitation,
    }
    _keep(request, response, store, _AWAY, kept)


def come_back(request: Request, store: Store) -> Away:
    """How the way to the provider was begun in this browser.

    Raises
    ------
    ForbiddenError
        Where it was not, or too long ago.
    """
    kept = _kept(request, store, _AWAY)
    begun = Begun(
        state=str(kept["state"]), nonce=str(kept["nonce"]), verifier=str(kept["verifier"])
    )
    invitation = kept["invitation"]
    return Away(begun=begun, invitation=None if invitation is None else str(invitation))


def keep_known(request: Request, response: Response, store: Store, identity: Identity) -> None:
    """Keep in the browser whom the provider named, until the code of the second factor comes."""
    response.delete_cookie(_AWAY, path=BACK)
    kept = {
        "issuer": identity.issuer, "subject": identity.subject, "confirmed": identity.confirmed,
    }  # fmt: skip
    _keep(request, response, store, _KNOWN, kept)


def known(request: Request, store: Store) -> Identity:
    """Whom the provider named in this browser.

    Raises
    ------
    ForbiddenError
        Where it named nobody, or too long ago.
    """
    kept = _kept(request, store, _KNOWN)
    return Identity(
        issuer=str(kept["issuer"]), subject=str(kept["subject"]), confirmed=bool(kept["confirmed"])
    )


def forget(response: Response) -> None:
    """Have the browser forget what it kept."""
    for name in (_AWAY, _KNOWN):
        response.delete_cookie(name, path=BACK)


def _keep(
    request: Request, response: Response, store: Store, name: str, kept: Mapping[str, object]
) -> None:
    until = store.clock() + timedelta(minutes=MINUTES)
    content = json.dumps({**kept, "until": until.isoformat()}).encode()
    key_id = store.ring.current
    sealed = seal(store.ring.derived(_PURPOSE, key_id), content, name)
    response.set_cookie(
        name,
        f"{key_id}.{base64.urlsafe_b64encode(sealed).decode()}",
        max_age=MINUTES * 60,
        httponly=True,
        secure=request.app.state.is_secure,
        # The provider sends people back from another site: with strict it would not come along.
        samesite="lax",
        path=BACK,
    )


def _kept(request: Request, store: Store, name: str) -> Mapping[str, object]:
    key_id, _, written = request.cookies.get(name, "").partition(".")
    try:
        sealed = base64.b64decode(written, altchars=b"-_", validate=True)
        kept = json.loads(unseal(store.ring.derived(_PURPOSE, key_id), sealed, name))
    except (KeyringError, binascii.Error, ValueError) as error:
        raise ForbiddenError(f"This sign-in was not begun in this browser. {_AGAIN}") from error
    if datetime.fromisoformat(kept["until"]) < store.clock():
        raise ForbiddenError(f"This sign-in was begun too long ago. {_AGAIN}")
    return dict(kept)
