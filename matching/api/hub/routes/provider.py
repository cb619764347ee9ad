"""Coming in through an identity provider (OpenID Connect), such as SPID's or CIE's."""

from typing import Annotated

from fastapi import APIRouter, Body, Query, Request, Response
from pydantic import Field

from matching.access.oidc import begin, finish
from matching.api.dependencies import OnlyJson
from matching.api.errors import problem
from matching.api.hub.dependencies import TheStore, TheSystem
from matching.api.hub.examples_rights import AWAY, CODE
from matching.api.hub.provider import (
    Away,
    TheDoor,
    come_back,
    forget,
    keep_away,
    keep_known,
    known,
)
from matching.api.hub.routes.entering import Digits, Secret
from matching.api.hub.signing_in import SignedIn, signed_in
from matching.api.payloads import Payload
from matching.domain.access import the_system
from matching.hub.accounts_invitations import accept_with_identity, read_invitation
from matching.hub.accounts_provider import BACK
from matching.hub.accounts_sign_in import Outcome, sign_in_with_identity

router = APIRouter(tags=["entering"])
_REFUSED = (
    "No account here is tied to this identity, or it is closed or locked. Whoever manages accounts "
    "sends a one-time link, which ties them."
)
_Parameter = Annotated[str | None, Query(max_length=4096)]


class ProviderStart(Payload):
    """`invitation` is the token of a one-time link: its account is tied to who comes back."""

    invitation: Secret | None = None


class ProviderAddress(Payload):
    """Where the browser goes next."""

    address: Annotated[str, Field(json_schema_extra={"format": "uri"})]


class CodeRequest(Payload):
    """The six digits of the second factor."""

    code: Digits


@router.post(BACK, status_code=201, response_model=ProviderAddress, dependencies=[OnlyJson])
def start(
    request: Request,
    sent: Annotated[ProviderStart, Body(openapi_examples=dict(AWAY))],
    store: TheStore,
    door: TheDoor,
    system: TheSystem,
    response: Response,
) -> ProviderAddress:
    """Begin a sign-in at the identity provider: the answer is the address to send the browser to.

    A cookie, sealed, remembers for ten minutes that it was begun in this browser.
    """
    if sent.invitation is not None:
        with store.reading(system) as work:
            read_invitation(work, sent.invitation)
    address, begun = begin(door.client, door.provider(), redirect_uri=door.redirect_uri)
    keep_away(request, response, store, Away(begun=begun, invitation=sent.invitation))
    return ProviderAddress(address=address)


@router.get(BACK, response_model=SignedIn)
def back(
    request: Request,
    store: TheStore,
    door: TheDoor,
    response: Response,
    state: _Parameter = None,
    code: _Parameter = None,
    iss: _Parameter = None,
) -> SignedIn | Response:
    """Come back from the provider. The one GET that changes something: the standard wants it so.

    Nobody who was not invited is let in. Where the account has a second factor of its own that
    the provider's does not replace, 401 asks for its code: `POST /v1/sessions/provider/code`.
    """
    away = come_back(request, store)
    said = {"state": state, "code": code, "iss": iss}
    identity = finish(
        door.client,
        door.provider(),
        away.begun,
        {name: value for name, value in said.items() if value is not None},
        redirect_uri=door.redirect_uri,
        now=store.clock(),
    )
    with store.writing(the_system(frozenset()), request.state.request_id) as work:
        if away.invitation is not None:
            accept_with_identity(work, away.invitation, identity)
        found = sign_in_with_identity(work, identity)
    if found.outcome is Outcome.CODE_WANTED:
        answer = problem(
            request, 401, f"Send the six digits of the second factor: POST {BACK}/code."
        )
        keep_known(request, answer, store, identity)
        return answer
    forget(response)
    return signed_in(request, response, found, refused=_REFUSED)


@router.post(f"{BACK}/code", status_code=201, response_model=SignedIn, dependencies=[OnlyJson])
def confirm(
    request: Request,
    sent: Annotated[CodeRequest, Body(openapi_examples=dict(CODE))],
    store: TheStore,
    door: TheDoor,
    response: Response,
) -> SignedIn:
    """Send the code of the second factor after coming back from the provider."""
    identity = known(request, store)
    with store.writing(the_system(frozenset()), request.state.request_id) as work:
        found = sign_in_with_identity(work, identity, sent.code)
    signed = signed_in(request, response, found, refused=_REFUSED)
    forget(response)
    return signed
