"""Accounts: invited, listed, closed, unlocked, invited again; by the administration alone.

A person's own account is the matter of her hub, which knows who she is.
"""

from typing import Annotated

from fastapi import APIRouter, Body, Path, Response

from matching.api.errors import Refusal
from matching.api.hub.acting import Acting, IfMatch, Made, expected, made, may
from matching.api.hub.administration import (
    AccountAnswer,
    AccountsPage,
    HandedOverAnswer,
    HandOverRequest,
    InvitedAnswer,
    InviteRequest,
    PersonInvite,
    UnlockRequest,
)
from matching.api.hub.examples_rights import HAND_OVER, INVITE, INVITE_PERSON, UNLOCK
from matching.api.hub.fields import PAGE, Cursor, Id, Limit, Nothing, entry_before, next_cursor
from matching.api.hub.routes.persons import PersonId
from matching.domain.access import EVERYWHERE, Act, Role
from matching.hub.accounts import (
    EVERYWHERE_ROLES,
    Invited,
    account,
    accounts_page,
    disable,
    invite,
    invite_again,
    invite_person,
    unlock,
)
from matching.hub.charge import hand_over
from matching.hub.people import check_in_charge, check_may_grow, row_of
from matching.store import Work

router = APIRouter(tags=["administration"])
AccountId = Annotated[Id, Path(description="As it was answered when somebody was invited.")]


@router.post("/v1/accounts", status_code=201, response_model=InvitedAnswer)
def add(
    request: Annotated[InviteRequest, Body(openapi_examples=dict(INVITE))],
    acting: Annotated[Acting, may(Act.MANAGE_ACCOUNTS)],
) -> Response:
    """Make an account that lets nobody in until its one-time link was followed, within 24 hours."""
    if request.role is Role.PERSON:
        raise Refusal(422, "A person is invited by her hub: POST /v1/persons/{id}/account.")
    hub = request.hub
    if hub is None and request.role not in EVERYWHERE_ROLES:
        raise Refusal(422, f"hub is needed: an account of the role {request.role} is of one hub.")

    def do(work: Work) -> Made:
        found = invite(
            work,
            request.username,
            role=request.role,
            hub=hub or EVERYWHERE,
            organisation_id=request.organisation_id,
        )
        return _invited(found)

    return acting.once(request, do)


@router.get("/v1/accounts", response_model=AccountsPage)
def listed(
    acting: Annotated[Acting, may(Act.MANAGE_ACCOUNTS)],
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> AccountsPage:
    """A page of accounts, in a fixed order."""
    with acting.reading() as work:
        found = list(accounts_page(work, after=entry_before(cursor), limit=limit))
    return AccountsPage(
        accounts=tuple(map(AccountAnswer.model_validate, found)),
        next_cursor=next_cursor(found, limit),
    )


@router.get("/v1/accounts/{account_id}", response_model=AccountAnswer)
def read(
    account_id: AccountId,
    acting: Annotated[Acting, may(Act.MANAGE_ACCOUNTS)],
    response: Response,
) -> AccountAnswer:
    """One account."""
    with acting.reading() as work:
        found = account(work, account_id)
    response.headers["etag"] = f'"{found.version}"'
    return AccountAnswer.model_validate(found)


@router.post("/v1/accounts/{account_id}/disable", response_model=AccountAnswer)
def close(
    account_id: AccountId,
    acting: Annotated[Acting, may(Act.MANAGE_ACCOUNTS)],
    if_match: IfMatch,
) -> Response:
    """Close an account at once: its sessions end, its links lead nowhere. Never one's own.

    Where protected files are left in its charge (`left_in_charge`), hand them over.
    """
    version = expected(if_match)

    def do(work: Work) -> Made:
        disable(work, account_id, version=version)
        return _shown(work, account_id)

    return acting.once(Nothing(), do)


@router.post("/v1/accounts/{account_id}/hand-over", response_model=HandedOverAnswer)
def give(
    account_id: AccountId,
    request: Annotated[HandOverRequest, Body(openapi_examples=dict(HAND_OVER))],
    acting: Annotated[Acting, may(Act.HAND_OVER)],
) -> Response:
    """Hand the protected files of a closed account over to another manager of its hub.

    That manager is told which they are (`GET /v1/reminders`); here it is said how many.
    """

    def do(work: Work) -> Made:
        return made(HandedOverAnswer(files=hand_over(work, account_id, request.to)))

    return acting.once(request, do)


@router.post("/v1/accounts/{account_id}/unlock", response_model=AccountAnswer)
def open_again(
    account_id: AccountId,
    request: Annotated[UnlockRequest, Body(openapi_examples=dict(UNLOCK))],
    acting: Annotated[Acting, may(Act.MANAGE_ACCOUNTS)],
) -> Response:
    """Let an account that wrong passwords locked try again, or set up a second factor anew."""

    def do(work: Work) -> Made:
        unlock(work, account_id, second_factor=request.second_factor)
        return _shown(work, account_id)

    return acting.once(request, do)


@router.post("/v1/accounts/{account_id}/invitations", status_code=201, response_model=InvitedAnswer)
def again(account_id: AccountId, acting: Annotated[Acting, may(Act.MANAGE_ACCOUNTS)]) -> Response:
    """A new one-time link, as when a password was forgotten; the last one ends."""
    return acting.once(Nothing(), lambda work: _invited(invite_again(work, account_id)))


@router.post("/v1/persons/{person_id}/account", status_code=201, response_model=InvitedAnswer)
def own(
    person_id: PersonId,
    request: Annotated[PersonInvite, Body(openapi_examples=dict(INVITE_PERSON))],
    acting: Annotated[Acting, may(Act.INVITE_PERSON)],
) -> Response:
    """Let a person in to see her own file: an account, or a new link for the one that she has."""

    def do(work: Work) -> Made:
        row = row_of(work, person_id)
        check_may_grow(row)
        check_in_charge(work, row)
        return _invited(invite_person(work, person_id, request.username))

    return acting.once(request, do)


def _invited(found: Invited) -> Made:
    answer = InvitedAnswer(
        account_id=found.account_id, token=found.token, expires_at=found.expires_at
    )
    return made(answer, 201, again=answer.model_copy(update={"token": None}))


def _shown(work: Work, account_id: str) -> Made:
    found = account(work, account_id)
    return made(AccountAnswer.model_validate(found), version=found.version)
