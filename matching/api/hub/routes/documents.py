"""Documents of people: added as files, listed, opened, released, removed."""

from pathlib import PurePath
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Body, Path, Response

from matching.access.matrix import reach_of
from matching.api.dependencies import TheService, Today
from matching.api.hub.acting import Acting, Made, made, may
from matching.api.hub.documents import (
    DocumentAdded,
    DocumentAnswer,
    DocumentRequest,
    DocumentsAnswer,
    ReleaseRequest,
    Sent,
    document_answer,
    document_bodies,
    opened_answer,
)
from matching.api.hub.examples_rights import RELEASE
from matching.api.hub.fields import Done, Id, Reason
from matching.api.hub.persons import SentProfile
from matching.api.hub.reading import profile_of
from matching.api.hub.routes.persons import PersonId
from matching.domain import DocumentErrorCode
from matching.domain.access import Act
from matching.errors import DocumentError, ForbiddenError
from matching.hub.documents import (
    NewDocument,
    add_document,
    lift_quarantine,
    list_documents,
    read_document,
    remove_document,
)
from matching.hub.people import check_in_charge, check_may_grow, row_of
from matching.hub.profiles import keep_profile, read_profile
from matching.service import Service
from matching.store import Work
from matching.store.person_keys import key_of

router = APIRouter(tags=["documents"])
DocumentId = Annotated[Id, Path(description="As it was answered when the document was added.")]
_ANY = "application/octet-stream"


@router.post(
    "/v1/persons/{person_id}/documents",
    status_code=201,
    response_model=DocumentAdded,
    openapi_extra=document_bodies(),
)
def add(
    person_id: PersonId,
    acting: Annotated[Acting, may(Act.ADD_DOCUMENT)],
    sent: Sent,
    service: TheService,
    today: Today,
) -> Response:
    """Add a document: as JSON in base64, or as a file in a form.

    It is read in a limited child process; what cannot be read is refused with a code, but for a
    scan, which is kept apart. So is what tells of health, belief, union, origin or convictions.
    """
    if sent.into_profile and reach_of(acting.actor, Act.CHANGE_PERSON) is None:
        raise ForbiddenError(
            "The profile is changed by the hub, with the person: leave into_profile out."
        )
    with acting.reading() as work:
        check_may_grow(row_of(work, person_id))
        before = read_profile(work, key_of(work, person_id))
    data = sent.data()
    text = _text(service, data, sent)
    new = NewDocument(kind=sent.kind, name=sent.name, content=data, text=text)
    profile = None
    if sent.into_profile and text is not None:
        held = None if before is None else before[0]
        profile = profile_of(SentProfile(cv=text), service, as_of=today, before=held)

    def do(work: Work) -> Made:
        document_id, matters = add_document(work, person_id, new)
        version = None
        if profile is not None:
            check_in_charge(work, row_of(work, person_id))
            read = None if before is None else before[1]
            version = keep_profile(work, person_id, profile, version=read)
        answer = DocumentAdded(
            id=document_id,
            is_quarantined=text is None or bool(matters),
            matters=tuple(sorted(matters)),
            profile_version=version,
        )
        return made(answer, 201, location=f"/v1/documents/{document_id}")

    return acting.once(sent, do)


@router.get("/v1/persons/{person_id}/documents", response_model=DocumentsAnswer)
def listed(
    person_id: PersonId,
    acting: Annotated[Acting, may(Act.READ_DOCUMENT)],
    x_reason: Reason = None,
) -> DocumentsAnswer:
    """The documents of a person, without their content. The listing is entered into the journal."""
    with acting.noting(reason=x_reason) as work:
        found = list_documents(work, person_id, reason=x_reason)
    return DocumentsAnswer(documents=tuple(map(document_answer, found)))


@router.get("/v1/documents/{document_id}", response_model=DocumentAnswer)
def read(
    document_id: DocumentId,
    acting: Annotated[Acting, may(Act.READ_DOCUMENT)],
    x_reason: Reason = None,
) -> DocumentAnswer:
    """A document and the text that was read in it; 409 for one that is kept apart."""
    with acting.noting(reason=x_reason) as work:
        found = read_document(work, document_id, reason=x_reason)
    return opened_answer(found)


@router.get(
    "/v1/documents/{document_id}/content",
    response_class=Response,
    responses={200: {"content": {_ANY: {}}, "description": "The file, as it was added."}},
)
def content(
    document_id: DocumentId,
    acting: Annotated[Acting, may(Act.READ_DOCUMENT)],
    x_reason: Reason = None,
) -> Response:
    """The file itself, to be saved: no browser is told to show it. The reading is entered."""
    with acting.noting(reason=x_reason) as work:
        found = read_document(work, document_id, reason=x_reason)
    # By the name that it was added with; a path in it would be of another machine.
    name = quote(PurePath(found.document.name.replace("\\", "/")).name, safe="")
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(found.content, media_type=_ANY, headers=headers)


@router.post("/v1/documents/{document_id}/release", response_model=Done)
def release(
    document_id: DocumentId,
    request: Annotated[ReleaseRequest, Body(openapi_examples=dict(RELEASE))],
    acting: Annotated[Acting, may(Act.CHANGE_PERSON)],
) -> Response:
    """Say that a document that was kept apart is needed: its hub's managers open it from now on."""

    def do(work: Work) -> Made:
        lift_quarantine(work, document_id, request.why)
        return made(Done())

    return acting.once(request, do)


@router.delete("/v1/documents/{document_id}", response_model=Done)
def remove(document_id: DocumentId, acting: Annotated[Acting, may(Act.CHANGE_PERSON)]) -> Done:
    """Remove a document for good, kept apart or not."""
    with acting.writing() as work:
        remove_document(work, document_id)
    return Done()


def _text(service: Service, data: bytes, sent: DocumentRequest) -> str | None:
    """What is read in a file; None in a scan, which is kept without, unless a profile needs it."""
    try:
        return service.read_document(data, sent.name, ocr=sent.ocr).text
    except DocumentError as error:
        if error.code is not DocumentErrorCode.NO_TEXT or sent.into_profile:
            raise
        return None
