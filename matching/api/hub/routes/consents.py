"""Consents: given where consent is the basis, withdrawn as easily, and nothing depends on them."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Body, Path, Response

from matching.api.hub.acting import Acting, Made, made, may
from matching.api.hub.examples_following import NEW_CONSENT
from matching.api.hub.fields import Created, Done, Reason, Version
from matching.api.hub.routes.persons import PersonId
from matching.api.payloads import Payload
from matching.domain.access import Act
from matching.hub.consents import ConsentFor, consents_of, give_consent, withdraw_consent
from matching.store import Work

router = APIRouter(tags=["people"])


class NewConsentRequest(Payload):
    """What she consents to, and the notice by which she was told of it."""

    purpose: ConsentFor
    notice_version: Version


class ConsentAnswer(Payload):
    """A consent on record; `withdrawn_at` is null while it stands."""

    id: str
    purpose: ConsentFor
    notice_version: str
    given_at: datetime
    withdrawn_at: datetime | None
    recorded_by: str


class ConsentsAnswer(Payload):
    """A person's consents, the latest first, with those withdrawn."""

    consents: tuple[ConsentAnswer, ...]


@router.post("/v1/persons/{person_id}/consents", status_code=201, response_model=Created)
def give(
    person_id: PersonId,
    request: Annotated[NewConsentRequest, Body(openapi_examples=dict(NEW_CONSENT))],
    acting: Annotated[Acting, may(Act.CONSENT)],
) -> Response:
    """Record a consent. Nobody needs to give any in order to be helped."""

    def do(work: Work) -> Made:
        consent = give_consent(work, person_id, request.purpose, request.notice_version)
        return made(Created(id=consent), 201)

    return acting.once(request, do)


@router.get("/v1/persons/{person_id}/consents", response_model=ConsentsAnswer)
def listed(
    person_id: PersonId,
    acting: Annotated[Acting, may(Act.READ_CONSENTS)],
    x_reason: Reason = None,
) -> ConsentsAnswer:
    """A person's consents. The reading is entered into the journal."""
    with acting.noting(reason=x_reason) as work:
        found = consents_of(work, person_id, reason=x_reason)
    return ConsentsAnswer(consents=tuple(map(ConsentAnswer.model_validate, found)))


@router.delete("/v1/persons/{person_id}/consents/{purpose}", response_model=Done)
def withdraw(
    person_id: PersonId,
    purpose: Annotated[ConsentFor, Path(description="What she consented to.")],
    acting: Annotated[Acting, may(Act.CONSENT)],
) -> Response:
    """Withdraw the consent that stands, at any time; what was done before stays lawful."""

    def do(work: Work) -> Made:
        withdraw_consent(work, person_id, purpose)
        return made(Done())

    return acting.once(Payload(), do)
