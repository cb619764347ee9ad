"""Agreed paths: begun with a person, read by her and her managers, changed by whoever has a part.

Nothing in them is an obligation: a no, an absence, a missing signature cost nothing.
"""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Path, Response

from matching.api.dependencies import TheService, Today
from matching.api.hub.acting import Acting, IfMatch, Made, expected, made, may
from matching.api.hub.examples_following import (
    NEW_PATH,
    NEW_STEP,
    PATH_CHANGE,
    PATH_CONTEST,
    SESSION,
    STEP_CHANGE,
)
from matching.api.hub.fields import Created, Id, Reason
from matching.api.hub.paths import (
    NewPathRequest,
    NewStepRequest,
    PathAnswer,
    PathChange,
    PathListedAnswer,
    PathsAnswer,
    SentDisagreement,
    SentInternship,
    SentSession,
    StepChange,
    StepName,
    path_answer,
)
from matching.api.hub.routes.persons import PersonId
from matching.domain.access import Act, Role
from matching.domain.agreement import (
    Contested,
    DropReason,
    Event,
    Reordered,
    SessionRecorded,
    Signed,
    StepAgreed,
    StepCompleted,
    StepDropped,
    StepStarted,
)
from matching.domain.internship import InternshipRecord
from matching.hub.agreeing import NewStep, agree_plan, propose_step
from matching.hub.organisations import services_of
from matching.hub.participants import record
from matching.hub.paths import add_event, paths_of, read_path
from matching.service import Service
from matching.store import Work
from matching.store.work import new_id

router = APIRouter(tags=["paths"])
PathId = Annotated[Id, Path(description="As it was answered when the path was begun.")]
StepId = Annotated[StepName, Path(description="The step's `id` in the path.")]
MayChange = Annotated[Acting, may(Act.CHANGE_PLAN_STEP)]


@router.post("/v1/persons/{person_id}/paths", status_code=201, response_model=Created)
def begin(
    person_id: PersonId,
    request: Annotated[NewPathRequest, Body(openapi_examples=dict(NEW_PATH))],
    acting: Annotated[Acting, may(Act.BEGIN_PLAN)],
    service: TheService,
) -> Response:
    """Begin a path with a person, with the steps of a plan proposed, none of them agreed to yet."""

    def do(work: Work) -> Made:
        path, version = agree_plan(
            work, person_id, request.plan_id, service.catalogue, chosen=request.steps
        )
        created = Created(id=path, version=version)
        return made(created, 201, location=f"/v1/paths/{path}", version=version)

    return acting.once(request, do)


@router.get("/v1/persons/{person_id}/paths", response_model=PathsAnswer)
def listed(
    person_id: PersonId,
    acting: Annotated[Acting, may(Act.READ_PLAN)],
    x_reason: Reason = None,
) -> PathsAnswer:
    """A person's paths, the first begun first."""
    with acting.noting(reason=x_reason) as work:
        found = paths_of(work, person_id, reason=x_reason)
    rows = (
        PathListedAnswer(
            id=one.id, begun_at=one.begun_at, plan_id=one.result_id, version=one.version
        )
        for one in found
    )
    return PathsAnswer(paths=tuple(rows))


@router.get("/v1/paths/{path_id}", response_model=PathAnswer)
def read(
    path_id: PathId,
    acting: Annotated[Acting, may(Act.READ_PLAN)],
    response: Response,
    service: TheService,
    today: Today,
    x_reason: Reason = None,
) -> PathAnswer:
    """A path as it stands, with what is due. The reading is entered into the journal."""
    with acting.noting(reason=x_reason) as work:
        seen = read_path(work, path_id, as_of=today, policy=service.paths.policy, reason=x_reason)
    response.headers["etag"] = f'"{seen.version}"'
    return path_answer(seen, by_herself=acting.actor.role is Role.PERSON)


@router.patch("/v1/paths/{path_id}", response_model=Created)
def change(
    path_id: PathId,
    request: Annotated[PathChange, Body(openapi_examples=dict(PATH_CHANGE))],
    acting: MayChange,
    if_match: IfMatch,
) -> Response:
    """Put the steps in her order, or say that the paper was signed; nothing depends on it."""
    version = expected(if_match)

    def event(on: date, by: str) -> Event:
        if request.order is not None:
            return Reordered(on=on, by=by, order=tuple(request.order))
        return Signed(on=on, by=by)

    def do(work: Work) -> Made:
        happened = event(request.on or work.today, acting.actor.id)
        now = add_event(work, path_id, happened, version=version)
        return made(Created(id=path_id, version=now), version=now)

    return acting.once(request, do)


@router.post("/v1/paths/{path_id}/steps", status_code=201, response_model=Created)
def propose(
    path_id: PathId,
    request: Annotated[NewStepRequest, Body(openapi_examples=dict(NEW_STEP))],
    acting: MayChange,
    if_match: IfMatch,
    service: TheService,
) -> Response:
    """Propose a step. Any service of the catalogue may be, whatever was refused before.

    The `version`, and the ETag, are the path's.
    """
    version = expected(if_match)
    new = NewStep(**request.model_dump())

    def do(work: Work) -> Made:
        step = propose_step(work, path_id, new, service.catalogue, version=version)
        now = version + 1
        return made(Created(id=step, version=now), 201, version=now)

    return acting.once(request, do)


@router.patch("/v1/paths/{path_id}/steps/{step_id}", response_model=Created)
def change_step(
    path_id: PathId,
    step_id: StepId,
    request: Annotated[StepChange, Body(openapi_examples=dict(STEP_CHANGE))],
    acting: MayChange,
    if_match: IfMatch,
    service: TheService,
) -> Response:
    """Say what became of a step: the person of her own, a provider of its own services' only.

    The `version`, and the ETag, are the path's; for a provider they are the step's.
    """

    def event(on: date, by: str) -> Event:
        if request.state == "agreed":
            return StepAgreed(on=on, by=by, step=step_id)
        if request.state == "completed":
            return StepCompleted(on=on, by=by, step=step_id)
        if request.state == "started":
            papers = None if request.internship is None else _papers(request.internship)
            return StepStarted(on=on, by=by, step=step_id, internship=papers)
        return StepDropped(
            on=on, by=by, step=step_id, reason=request.reason or DropReason.NOT_SAID,
            own_words=request.own_words or "",
        )  # fmt: skip

    do = _recorded(acting, path_id, step_id, request.on, event, expected(if_match), service)
    return acting.once(request, do)


@router.post(
    "/v1/paths/{path_id}/steps/{step_id}/sessions", status_code=201, response_model=Created
)
def attend(
    path_id: PathId,
    step_id: StepId,
    request: Annotated[SentSession, Body(openapi_examples=dict(SESSION))],
    acting: MayChange,
    if_match: IfMatch,
    service: TheService,
) -> Response:
    """Record whether the person was at a session. Why not is never recorded.

    The `version`, and the ETag, are the path's; for a provider they are the step's.
    """

    def event(on: date, by: str) -> Event:
        return SessionRecorded(
            on=on, by=by, step=step_id, held_on=request.held_on, attendance=request.attendance
        )

    do = _recorded(
        acting, path_id, step_id, request.on, event, expected(if_match), service, status=201
    )
    return acting.once(request, do)


@router.post("/v1/paths/{path_id}/contests", status_code=201, response_model=Created)
def contest(
    path_id: PathId,
    request: Annotated[SentDisagreement, Body(openapi_examples=dict(PATH_CONTEST))],
    acting: MayChange,
    if_match: IfMatch,
) -> Response:
    """Say, in her words, what she does not agree with. It changes nothing of what is offered."""
    version = expected(if_match)

    def do(work: Work) -> Made:
        event = Contested(
            on=request.on or work.today, by=acting.actor.id, own_words=request.own_words,
            step=request.step,
        )  # fmt: skip
        now = add_event(work, path_id, event, version=version)
        return made(Created(id=path_id, version=now), 201, version=now)

    return acting.once(request, do)


def _recorded(
    acting: Acting,
    path_id: str,
    step_id: str,
    on: date | None,
    event: Callable[[date, str], Event],
    version: int,
    service: Service,
    *,
    status: int = 200,
) -> Callable[[Work], Made]:
    """What records an event of a step, by whoever acts."""

    def do(work: Work) -> Made:
        happened = event(on or work.today, acting.actor.id)
        if acting.actor.role is Role.PROVIDER:
            own = services_of(work, service.catalogue)
            now = record(work, path_id, happened, version=version, services=own)
        else:
            now = add_event(work, path_id, happened, version=version)
        return made(Created(id=step_id, version=now), status, version=now)

    return do


def _papers(sent: SentInternship) -> InternshipRecord:
    # Whose internship it is, is seen to where the event is kept.
    return InternshipRecord(id=new_id(), person_id="", **sent.model_dump())
