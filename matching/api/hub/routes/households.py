"""Households: kept with managers, read by them and by each adult of their own, joined and left."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Response

from matching.api.dependencies import TheService
from matching.api.hub.acting import Acting, IfMatch, Made, expected, made, may
from matching.api.hub.examples_following import (
    HOUSEHOLD_CHANGE,
    MEMBER_CHANGE,
    NEW_HOUSEHOLD,
    NEW_MEMBER,
)
from matching.api.hub.fields import (
    PAGE,
    Created,
    Cursor,
    Done,
    Id,
    Limit,
    Reason,
    entry_before,
    next_cursor,
)
from matching.api.hub.households import (
    HouseholdAnswer,
    HouseholdChange,
    HouseholdsPage,
    MemberChange,
    NewHouseholdRequest,
    NewMember,
    SentHome,
    home_values,
    household_answer,
    listed_answer,
    member_of,
    member_values,
    work_values,
)
from matching.api.hub.reading import istat_of
from matching.api.payloads import Payload
from matching.domain.access import Act
from matching.domain.household import Household
from matching.hub.household_changes import (
    begin_household,
    change_household,
    change_member,
    join_household,
    leave,
    remove_household,
)
from matching.hub.households import list_households, read_household
from matching.service import Service
from matching.store import Work
from matching.store.work import new_id

router = APIRouter(tags=["households"])
HouseholdId = Annotated[Id, Path(description="As it was answered when the household was kept.")]
MemberId = Annotated[Id, Path(description="The member's `id` in the household.")]
MayWrite = Annotated[Acting, may(Act.WRITE_HOUSEHOLD)]
MayRead = Annotated[Acting, may(Act.READ_HOUSEHOLD)]


@router.post("/v1/households", status_code=201, response_model=Created)
def add(
    request: Annotated[NewHouseholdRequest, Body(openapi_examples=dict(NEW_HOUSEHOLD))],
    acting: MayWrite,
    service: TheService,
) -> Response:
    """Keep the household of a person. It is read by legal rules, and by nothing that proposes."""
    home = _home(request, service)
    members = [member_of(request.herself, request.person_id)]
    members += [member_of(one, one.person_id or new_id()) for one in request.others]
    household = Household(id="", members=tuple(one for one, _ in members), **home)
    statuses = tuple(status for _, status in members if status is not None)
    on_file = [one.person_id for one in request.others if one.person_id is not None]

    def do(work: Work) -> Made:
        kept, version = begin_household(
            work, request.person_id, household, statuses=statuses, on_file=on_file
        )
        created = Created(id=kept, version=version)
        return made(created, 201, location=f"/v1/households/{kept}", version=version)

    return acting.once(request, do)


@router.get("/v1/households", response_model=HouseholdsPage)
def listed(acting: MayRead, limit: Limit = PAGE, cursor: Cursor = None) -> HouseholdsPage:
    """A page of households, in a fixed order, without what is told of them; to a person her own."""
    after = entry_before(cursor)
    with acting.noting() as work:
        found = list(list_households(work, after=after, limit=limit))
    return HouseholdsPage(
        households=tuple(map(listed_answer, found)), next_cursor=next_cursor(found, limit)
    )


@router.get("/v1/households/{household_id}", response_model=HouseholdAnswer)
def read(
    household_id: HouseholdId, acting: MayRead, response: Response, x_reason: Reason = None
) -> HouseholdAnswer:
    """One household. Each adult reads of herself, of children and of the home; not of the others.

    The reading is entered into the journal.
    """
    with acting.noting(reason=x_reason) as work:
        found = read_household(work, household_id, reason=x_reason)
    response.headers["etag"] = f'"{found.version}"'
    return household_answer(found)


@router.patch("/v1/households/{household_id}", response_model=Created)
def change(
    household_id: HouseholdId,
    request: Annotated[HouseholdChange, Body(openapi_examples=dict(HOUSEHOLD_CHANGE))],
    acting: MayWrite,
    if_match: IfMatch,
    service: TheService,
) -> Response:
    """Change what is told of the home and the means."""
    version = expected(if_match)
    values = _home(request, service)

    def do(work: Work) -> Made:
        now = change_household(work, household_id, values, version=version)
        return made(Created(id=household_id, version=now), version=now)

    return acting.once(request, do)


@router.delete("/v1/households/{household_id}", response_model=Done)
def remove(household_id: HouseholdId, acting: MayWrite, if_match: IfMatch) -> Response:
    """Remove all that is told of a household. The files of its people stay."""
    version = expected(if_match)

    def do(work: Work) -> Made:
        remove_household(work, household_id, version=version)
        return made(Done())

    return acting.once(Payload(), do)


@router.post("/v1/households/{household_id}/members", status_code=201, response_model=Created)
def join(
    household_id: HouseholdId,
    request: Annotated[NewMember, Body(openapi_examples=dict(NEW_MEMBER))],
    acting: MayWrite,
    if_match: IfMatch,
) -> Response:
    """Somebody joins. The `id` is the member's; the `version`, and the ETag, the household's."""
    version = expected(if_match)
    member, status = member_of(request, request.person_id or "")

    def do(work: Work) -> Made:
        joined, now = join_household(
            work, household_id, member, status, on_file=request.person_id is not None,
            version=version,
        )  # fmt: skip
        return made(Created(id=joined, version=now), 201, version=now)

    return acting.once(request, do)


@router.patch("/v1/households/{household_id}/members/{member_id}", response_model=Created)
def change_one(
    household_id: HouseholdId,
    member_id: MemberId,
    request: Annotated[MemberChange, Body(openapi_examples=dict(MEMBER_CHANGE))],
    acting: MayWrite,
    if_match: IfMatch,
) -> Response:
    """Change what is told of a member. The `version`, and the ETag, are the household's."""
    version = expected(if_match)

    def do(work: Work) -> Made:
        now = change_member(
            work, household_id, member_id, member_values(request),
            work_status=work_values(request), version=version,
        )  # fmt: skip
        return made(Created(id=member_id, version=now), version=now)

    return acting.once(request, do)


@router.delete("/v1/households/{household_id}/members/{member_id}", response_model=Created)
def depart(
    household_id: HouseholdId, member_id: MemberId, acting: MayWrite, if_match: IfMatch
) -> Response:
    """A member leaves. Once nobody on file is left it is removed, and `version` is null."""
    version = expected(if_match)

    def do(work: Work) -> Made:
        now = leave(work, household_id, member_id, version=version)
        return made(Created(id=household_id, version=now), version=now)

    return acting.once(Payload(), do)


def _home(sent: SentHome, service: Service) -> dict[str, Any]:
    values = home_values(sent)
    if values.get("municipality") is not None:
        values["municipality"] = istat_of(service, values["municipality"], "municipality")
    return values
