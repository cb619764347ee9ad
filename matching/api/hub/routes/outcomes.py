"""Outcomes: what came of a path, recorded by managers and, of their own steps, by providers."""

from typing import Annotated

from fastapi import APIRouter, Body, Path, Response

from matching.api.dependencies import TheService, Today
from matching.api.errors import Refusal
from matching.api.hub.acting import Acting, Made, made, may
from matching.api.hub.examples_following import NEW_OUTCOME
from matching.api.hub.fields import Created, Done, Id, Reason
from matching.api.hub.outcomes import NewOutcomeRequest, OutcomeAnswer, OutcomesAnswer
from matching.api.hub.routes.persons import PersonId
from matching.api.payloads import Payload
from matching.domain.access import Act, Role
from matching.hub.organisations import services_of
from matching.hub.outcomes import NewOutcome, outcomes_of, record_outcome, remove_outcome
from matching.hub.participants import record_step_outcome
from matching.service import Service
from matching.store import Work

router = APIRouter(tags=["outcomes"])
MayRecord = Annotated[Acting, may(Act.RECORD_OUTCOME)]


@router.post("/v1/outcomes", status_code=201, response_model=Created)
def add(
    request: Annotated[NewOutcomeRequest, Body(openapi_examples=dict(NEW_OUTCOME))],
    acting: MayRecord,
    service: TheService,
    today: Today,
) -> Response:
    """Record what came of it. It changes nothing of what is offered to her."""
    by_provider = acting.actor.role is Role.PROVIDER
    if by_provider is not (request.person_id is None):
        wanted = "path_id and step" if by_provider else "person_id"
        raise Refusal(422, f"Say whose outcome it is by {wanted}.")
    if request.happened_on > today:
        raise Refusal(422, "happened_on is still to come; record it once it happened.")

    def do(work: Work) -> Made:
        return made(Created(id=_record(work, request, service)), 201)

    return acting.once(request, do)


@router.get("/v1/persons/{person_id}/outcomes", response_model=OutcomesAnswer)
def listed(
    person_id: PersonId,
    acting: Annotated[Acting, may(Act.READ_OUTCOMES)],
    x_reason: Reason = None,
) -> OutcomesAnswer:
    """What came of somebody's path, the latest first. The reading is entered into the journal."""
    with acting.noting(reason=x_reason) as work:
        found = outcomes_of(work, person_id, reason=x_reason)
    return OutcomesAnswer(outcomes=tuple(map(OutcomeAnswer.model_validate, found)))


@router.delete("/v1/outcomes/{outcome_id}", response_model=Done)
def remove(
    outcome_id: Annotated[Id, Path(description="As it was answered when it was recorded.")],
    acting: MayRecord,
) -> Response:
    """Remove an outcome that was recorded by mistake; a provider one of its own."""

    def do(work: Work) -> Made:
        remove_outcome(work, outcome_id)
        return made(Done())

    return acting.once(Payload(), do)


def _record(work: Work, request: NewOutcomeRequest, service: Service) -> str:
    if request.person_id is None:
        own = services_of(work, service.catalogue)
        return record_step_outcome(
            work, request.path_id or "", request.step or "", request.kind, request.happened_on,
            services=own,
        )  # fmt: skip
    return record_outcome(
        work,
        NewOutcome(
            person_id=request.person_id, kind=request.kind, happened_on=request.happened_on,
            vacancy_id=request.vacancy_id, note=request.note, external_id=request.external_id,
        ),
    )  # fmt: skip
