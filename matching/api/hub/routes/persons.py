"""People: taken in charge, listed, read, brought up to date."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Body, Path, Response

from matching.api.dependencies import TheService, Today
from matching.api.errors import Refusal
from matching.api.hub.acting import Acting, IfMatch, Made, expected, made, may, shown
from matching.api.hub.examples import NEW_PERSON, PERSON_CHANGE
from matching.api.hub.fields import (
    PAGE,
    Created,
    Cursor,
    Id,
    Limit,
    Reason,
    entry_before,
    next_cursor,
)
from matching.api.hub.persons import (
    NewPersonRequest,
    PersonAnswer,
    PersonChange,
    PersonsPage,
    SentProfile,
    contacts_of,
    person_answer,
)
from matching.api.hub.reading import profile_of
from matching.domain.access import Act, Role
from matching.hub.endings import change_file
from matching.hub.people import (
    NewPerson,
    add_person,
    check_in_charge,
    list_persons,
    open_file,
    row_of,
)
from matching.hub.profiles import KeptProfile, keep_profile, read_profile
from matching.service import Service
from matching.store import Work
from matching.store.person_keys import key_of

router = APIRouter(tags=["people"])
PersonId = Annotated[Id, Path(description="As it was answered when the file was made.")]


@router.post("/v1/persons", status_code=201, response_model=Created)
def add(
    request: Annotated[NewPersonRequest, Body(openapi_examples=dict(NEW_PERSON))],
    acting: Annotated[Acting, may(Act.ADD_PERSON)],
    service: TheService,
    today: Today,
) -> Response:
    """Take somebody in charge of a hub.

    Nothing is computed about her until she was given the notice: `POST /v1/persons/{id}/notices`.
    Sex, citizenship, family, health, union, religion have no field here, and an unknown field is
    refused.
    """
    by_machine = acting.actor.role is Role.MACHINE
    if by_machine and request.is_protected:
        raise Refusal(
            422, "is_protected needs a manager in charge: whoever follows her makes this file."
        )
    kept = _read(request.profile, service, today)
    new = NewPerson(
        hub=acting.hub(request.hub),
        contacts=contacts_of(request.contacts),
        taken_on=request.taken_on or today,
        point=request.point,
        manager_id=None if by_machine else acting.actor.id,
        is_protected=request.is_protected,
    )

    def do(work: Work) -> Made:
        person_id = add_person(work, new)
        if kept is not None:
            keep_profile(work, person_id, kept)
        row = row_of(work, person_id)
        created = Created(id=person_id, version=row.version)
        return made(created, 201, location=f"/v1/persons/{person_id}", version=row.version)

    return acting.once(request, do)


@router.get("/v1/persons", response_model=PersonsPage)
def listed(
    acting: Annotated[Acting, may(Act.LIST_PERSONS)],
    limit: Limit = PAGE,
    cursor: Cursor = None,
    state: Literal["open", "closed", "restricted"] | None = None,
) -> Response:
    """A page of the hub's files, in a fixed order. Protected files are in no list."""
    with acting.noting() as work:
        found = list(list_persons(work, after=entry_before(cursor), limit=limit, state=state))
    page = PersonsPage.model_construct(
        persons=tuple(map(person_answer, found)), next_cursor=next_cursor(found, limit)
    )
    return shown(page)


@router.get("/v1/persons/{person_id}", response_model=PersonAnswer)
def read(
    person_id: PersonId,
    acting: Annotated[Acting, may(Act.READ_PERSON)],
    x_reason: Reason = None,
) -> Response:
    """One file, with contacts and profile. The reading is entered into the journal."""
    with acting.noting(reason=x_reason) as work:
        person, key = open_file(work, person_id, reason=x_reason)
        profile = read_profile(work, key)
    return shown(person_answer(person, profile), version=person.version)


@router.patch("/v1/persons/{person_id}", response_model=Created)
def change(
    person_id: PersonId,
    request: Annotated[PersonChange, Body(openapi_examples=dict(PERSON_CHANGE))],
    acting: Annotated[Acting, may(Act.CHANGE_PERSON)],
    if_match: IfMatch,
    service: TheService,
    today: Today,
) -> Response:
    """Change a file that is still as it was read; 412 where somebody changed it meanwhile.

    Where it is closed, or becomes protected, what is proposed from it is taken back.
    """
    version = expected(if_match)
    with acting.reading() as work:
        row_of(work, person_id)
        found = read_profile(work, key_of(work, person_id))
    before = None if found is None else found[0]
    kept = _read(request.profile, service, today, before)

    def do(work: Work) -> Made:
        check_in_charge(work, row_of(work, person_id))
        values = {
            name: value
            for name in ("state", "point", "manager_id", "is_protected")
            if (value := getattr(request, name)) is not None
        }
        if request.confirmed:
            values["confirmed_on"] = today
        contacts = None if request.contacts is None else contacts_of(request.contacts)
        change_file(work, person_id, version=version, contacts=contacts, **values)
        if kept is not None:
            keep_profile(work, person_id, kept, version=None if found is None else found[1])
        now = row_of(work, person_id).version
        return made(Created(id=person_id, version=now), version=now)

    return acting.once(request, do)


def _read(
    sent: SentProfile | None, service: Service, today: date, before: KeptProfile | None = None
) -> KeptProfile | None:
    return None if sent is None else profile_of(sent, service, as_of=today, before=before)
