"""Referrals: sent with the person's agreement, moved on by the hub, taken back at any time."""

from typing import Annotated

from fastapi import APIRouter, Body, Header, Path, Response

from matching.api.hub.acting import Acting, IfMatch, Made, expected, made, may
from matching.api.hub.examples_following import NEW_REFERRAL, REFERRAL_CHANGE, TAKEN_IN_CHARGE
from matching.api.hub.fields import (
    PAGE,
    Created,
    Cursor,
    Done,
    Id,
    Limit,
    entry_before,
    next_cursor,
)
from matching.api.hub.persons import contacts_of
from matching.api.hub.referrals import (
    NewReferralRequest,
    ReferralAnswer,
    ReferralChange,
    ReferralsPage,
    ReferralStateAnswer,
    ReferralStatesPage,
    TakenInCharge,
    referral_answer,
    state_answer,
)
from matching.api.payloads import Payload
from matching.domain import ReferralState
from matching.domain.access import Act, Role
from matching.hub.people import row_of
from matching.hub.referrals import (
    NewReferral,
    list_referrals,
    move_referral,
    read_referral,
    refer,
    referral_state,
    referral_states,
    take_in_charge,
    withdraw_referral,
)
from matching.store import Work

router = APIRouter(tags=["referrals"])
ReferralId = Annotated[Id, Path(description="As it was answered when the referral was made.")]


@router.post("/v1/referrals", status_code=201, response_model=Created)
def add(
    request: Annotated[NewReferralRequest, Body(openapi_examples=dict(NEW_REFERRAL))],
    acting: Annotated[Acting, may(Act.REFER)],
) -> Response:
    """Tell a hub of somebody who agreed to it.

    Name and contacts are sealed, read by the hub alone, and no longer kept once it decided.
    """
    new = NewReferral(
        hub=acting.hub(request.hub),
        source=request.source,
        contacts=contacts_of(request.contacts),
        agreed_on=request.agreed_on,
        note=request.note,
        organisation_id=request.organisation_id,
    )

    def do(work: Work) -> Made:
        referral = refer(work, new)
        return made(Created(id=referral), 201, location=f"/v1/referrals/{referral}")

    return acting.once(request, do)


@router.get("/v1/referrals", response_model=ReferralsPage | ReferralStatesPage)
def listed(
    acting: Annotated[Acting, may(Act.READ_REFERRAL)],
    limit: Limit = PAGE,
    cursor: Cursor = None,
    state: ReferralState | None = None,
) -> ReferralsPage | ReferralStatesPage:
    """A page of referrals, in a fixed order: of a hub, or one's own with their states alone.

    `state` chooses among a hub's; whoever refers is answered all of its own.
    """
    after = entry_before(cursor)
    with acting.noting() as work:
        if acting.actor.role is Role.REFERRER:
            own = [state_answer(one) for one in referral_states(work, after=after, limit=limit)]
            return ReferralStatesPage(referrals=tuple(own), next_cursor=next_cursor(own, limit))
        found = list_referrals(work, after=after, limit=limit, state=state)
    rows = [referral_answer(one) for one in found]
    return ReferralsPage(referrals=tuple(rows), next_cursor=next_cursor(rows, limit))


@router.get("/v1/referrals/{referral_id}", response_model=ReferralAnswer | ReferralStateAnswer)
def read(
    referral_id: ReferralId,
    acting: Annotated[Acting, may(Act.READ_REFERRAL)],
    response: Response,
) -> ReferralAnswer | ReferralStateAnswer:
    """One referral: with name and contacts for its hub, its state for whoever made it."""
    with acting.noting() as work:
        if acting.actor.role is Role.REFERRER:
            return state_answer(referral_state(work, referral_id))
        found = read_referral(work, referral_id)
    response.headers["etag"] = f'"{found.version}"'
    return referral_answer(found)


@router.patch("/v1/referrals/{referral_id}", response_model=Created)
def change(
    referral_id: ReferralId,
    request: Annotated[ReferralChange, Body(openapi_examples=dict(REFERRAL_CHANGE))],
    acting: Annotated[Acting, may(Act.TAKE_REFERRAL)],
    if_match: IfMatch,
) -> Response:
    """Say what became of a referral. Once she is directed elsewhere, or not, no name is kept."""
    version = expected(if_match)

    def do(work: Work) -> Made:
        now = move_referral(work, referral_id, ReferralState(request.state), version=version)
        return made(Created(id=referral_id, version=now), version=now)

    return acting.once(request, do)


@router.post("/v1/referrals/{referral_id}/persons", status_code=201, response_model=Created)
def take(
    referral_id: ReferralId,
    request: Annotated[TakenInCharge, Body(openapi_examples=dict(TAKEN_IN_CHARGE))],
    acting: Annotated[Acting, may(Act.TAKE_REFERRAL)],
    if_match: IfMatch,
) -> Response:
    """Take somebody in charge who was referred and spoken with: her file, which is answered."""
    version = expected(if_match)

    def do(work: Work) -> Made:
        person = take_in_charge(
            work, referral_id, version=version, point=request.point,
            manager_id=acting.actor.id, is_protected=request.is_protected,
        )  # fmt: skip
        file_version = row_of(work, person).version
        created = Created(id=person, version=file_version)
        return made(created, 201, location=f"/v1/persons/{person}", version=file_version)

    return acting.once(request, do)


@router.delete("/v1/referrals/{referral_id}", response_model=Done)
def withdraw(
    referral_id: ReferralId,
    acting: Annotated[Acting, may(Act.REFER)],
    if_match: Annotated[
        str | None, Header(max_length=40, description="Only where nothing changed since.")
    ] = None,
) -> Response:
    """She takes back her agreement: nothing is left but a count of source and month.

    Once she was taken in charge it is her file that is erased: `DELETE /v1/persons/{id}`.
    """
    version = None if if_match is None else expected(if_match)

    def do(work: Work) -> Made:
        withdraw_referral(work, referral_id, version=version)
        return made(Done())

    return acting.once(Payload(), do)
