"""Coming in: the first link, sign-in with a second factor, sign-out, one's own account."""

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response
from pydantic import Field

from matching.access.matrix import MATRIX, reach_of
from matching.api.dependencies import OnlyJson
from matching.api.errors import Refusal
from matching.api.hub.acting import Acting, may
from matching.api.hub.dependencies import ThePasswords, TheStore, TheSystem
from matching.api.hub.examples import FACTOR_CODE, INVITATION, SIGN_IN
from matching.api.hub.fields import Done
from matching.api.hub.gate import COOKIE, presented
from matching.api.hub.signing_in import SignedIn, signed_in
from matching.api.payloads import Payload
from matching.domain.access import Act, the_system
from matching.hub.accounts_invitations import accept_with_password, read_invitation
from matching.hub.accounts_second_factor import begin_factor, confirm_factor
from matching.hub.accounts_sign_in import claim, prove, sign_in
from matching.hub.sessions import sign_out

router = APIRouter(tags=["entering"])
Secret = Annotated[str, Field(min_length=1, max_length=1024)]
_REFUSED = (
    "Username, password or code are not right, or there were too many attempts: then wait a "
    "quarter of an hour."
)
Digits = Annotated[str, Field(pattern=r"^[0-9]{6}$")]


class SignInRequest(Payload):
    """Who comes in; `code` are the six digits of the second factor, where there is one."""

    username: Annotated[str, Field(min_length=1, max_length=200)]
    password: Secret
    code: Digits | None = None


class InvitationRequest(Payload):
    """The token of a one-time link, and the password that is chosen."""

    token: Secret
    password: Secret


class FactorCode(Payload):
    """The six digits that the new second factor shows."""

    code: Digits


class FactorToScan(Payload):
    """What an authenticator takes in; shown once."""

    uri: str


class Myself(Payload):
    """Who asks, and what it may do."""

    id: str
    role: str
    hubs: tuple[str, ...]
    organisation_id: str | None
    acts: tuple[str, ...]


@router.post("/v1/sessions", status_code=201, response_model=SignedIn, dependencies=[OnlyJson])
def enter(
    request: Request,
    sent: Annotated[SignInRequest, Body(openapi_examples=dict(SIGN_IN))],
    store: TheStore,
    passwords: ThePasswords,
    response: Response,
) -> SignedIn:
    """Sign in. Why it is refused is not told; after some failures one has to wait."""
    nobody = the_system(frozenset())
    with store.reading(nobody) as work:
        claimed = claim(work, sent.username)
    proof = prove(claimed, sent.password, passwords)
    with store.writing(nobody, request.state.request_id) as work:
        found = sign_in(work, proof, sent.code)
    return signed_in(request, response, found, refused=_REFUSED)


@router.delete("/v1/sessions/current", response_model=Done)
def leave(
    request: Request, acting: Annotated[Acting, may(Act.SIGN_IN)], response: Response
) -> Done:
    """Sign out."""
    session = _session(request)
    with acting.writing() as work:
        done = sign_out(work, session)
    response.delete_cookie(COOKIE, path="/")
    return Done(done=done)


@router.post("/v1/invitations", status_code=201, response_model=Done, dependencies=[OnlyJson])
def accept(
    request: Request,
    sent: Annotated[InvitationRequest, Body(openapi_examples=dict(INVITATION))],
    store: TheStore,
    passwords: ThePasswords,
    system: TheSystem,
) -> Done:
    """Choose the password of an account, with the token of its one-time link. Then sign in."""
    nobody = the_system(frozenset())
    with store.reading(system) as work:
        welcome = read_invitation(work, sent.token)
    chosen = passwords.hashed(sent.password, username=welcome.username)
    with store.writing(nobody, request.state.request_id) as work:
        accept_with_password(work, sent.token, chosen)
    return Done()


@router.post("/v1/me/second-factor", status_code=201, response_model=FactorToScan)
def factor(request: Request, acting: Annotated[Acting, may(Act.SIGN_IN)]) -> FactorToScan:
    """Begin to set up the second factor; it counts once a code of it was sent."""
    session = _session(request)
    with acting.writing() as work:
        return FactorToScan(uri=begin_factor(work, session).uri)


@router.post("/v1/me/second-factor/confirmation", response_model=Done)
def confirm(
    request: Request,
    sent: Annotated[FactorCode, Body(openapi_examples=dict(FACTOR_CODE))],
    acting: Annotated[Acting, may(Act.SIGN_IN)],
) -> Done:
    """Confirm the second factor with a code that it shows."""
    session = _session(request)
    with acting.writing() as work:
        right = confirm_factor(work, session, sent.code)
    if not right:
        raise Refusal(422, "The code is not right; wait for the next one and send it.")
    return Done()


@router.get("/v1/me", response_model=Myself)
def me(acting: Annotated[Acting, may(Act.SEE_ONESELF)]) -> Myself:
    """Who asks, in which role, and what it may do."""
    actor = acting.actor
    return Myself(
        id=actor.id,
        role=actor.role,
        hubs=tuple(sorted(actor.hubs)),
        organisation_id=actor.organisation,
        acts=tuple(sorted(act for act in MATRIX if reach_of(actor, act) is not None)),
    )


def _session(request: Request) -> str:
    session = presented(request).session
    if session is None:
        raise Refusal(422, "This is for somebody signed in, not for a token.")
    return session
