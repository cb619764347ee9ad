"""What goes with a file: the notice that a person was given, and notes of talks."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Body, Response
from pydantic import Field

from matching.api.hub.acting import Acting, Made, made, may, shown
from matching.api.hub.examples import NOTE, NOTICE
from matching.api.hub.fields import Created, Prose, Reason, Version
from matching.api.hub.routes.persons import PersonId
from matching.api.payloads import Payload
from matching.domain.access import Act
from matching.hub.notes import add_note, read_notes
from matching.hub.notices import Way, give_notice
from matching.hub.people import row_of, tell_opening
from matching.store import Work
from matching.store.person_keys import key_of

router = APIRouter(tags=["people"])


class NoticeGiven(Payload):
    """Which version of the notice a person was given, in which language, how."""

    version: Version
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] = "it"
    way: Way


class SentNote(Payload):
    """What is to be remembered of a talk."""

    text: Prose


class NoteAnswer(Payload):
    """A note; `kind` is `opened` for why a protected file was opened."""

    id: str
    kind: str
    text: str
    written_by: str
    written_at: datetime


class NotesAnswer(Payload):
    """The notes on a person, the latest first."""

    notes: tuple[NoteAnswer, ...]


@router.post(
    "/v1/persons/{person_id}/notices",
    status_code=201,
    response_model=Created,
)
def inform(
    person_id: PersonId,
    request: Annotated[NoticeGiven, Body(openapi_examples=dict(NOTICE))],
    acting: Annotated[Acting, may(Act.GIVE_NOTICE)],
) -> Response:
    """Record that a person was given the notice. Before that nothing is computed about her."""

    def do(work: Work) -> Made:
        record = give_notice(work, person_id, request.version, request.language, request.way)
        return made(Created(id=record), 201)

    return acting.once(request, do)


@router.post(
    "/v1/persons/{person_id}/notes",
    status_code=201,
    response_model=Created,
)
def write(
    person_id: PersonId,
    request: Annotated[SentNote, Body(openapi_examples=dict(NOTE))],
    acting: Annotated[Acting, may(Act.ADD_NOTE)],
) -> Response:
    """Write down what is to be remembered of a talk. Sealed; read by her hub's managers alone."""

    def do(work: Work) -> Made:
        return made(Created(id=add_note(work, person_id, request.text)), 201)

    return acting.once(request, do)


@router.get("/v1/persons/{person_id}/notes", response_model=NotesAnswer)
def notes(
    person_id: PersonId,
    acting: Annotated[Acting, may(Act.READ_NOTES)],
    x_reason: Reason = None,
) -> Response:
    """The notes on a person. The reading is entered into the journal."""
    with acting.noting(reason=x_reason) as work:
        tell_opening(work, row_of(work, person_id), key_of(work, person_id), x_reason)
        found = read_notes(work, person_id)
    return shown(NotesAnswer(notes=tuple(NoteAnswer.model_validate(one) for one in found)))
