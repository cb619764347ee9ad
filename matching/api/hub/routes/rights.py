"""A person's rights: everything about her, its end, and what the audit alone may know."""

import json
from typing import Annotated, Literal

from fastapi import APIRouter, Body, Query, Request, Response

from matching.accompaniment.fund.from_ledger import last_movement
from matching.accompaniment.fund.ledger import Ledger
from matching.accompaniment.fund.ledger_file import read_ledger
from matching.api.dependencies import TheService
from matching.api.hub.accepting import preferred
from matching.api.hub.acting import Acting, Made, made, may
from matching.api.hub.dependencies import TheStore
from matching.api.hub.examples_rights import PROTECTED
from matching.api.hub.fields import Done, Reason
from matching.api.hub.keeping import TheKeeping, after_erasing
from matching.api.hub.rights import (
    CountsAnswer,
    ErasureAnswer,
    ErasureRequest,
    ExportAnswer,
    ProtectedRequest,
    counts_answer,
)
from matching.api.hub.routes.persons import PersonId
from matching.api.payloads import Day
from matching.api.routes.fund import TheLedgerFile
from matching.domain.access import Act
from matching.hub.erasure import Cause
from matching.hub.erasure_asked import ErasureAsked, erase_as_asked
from matching.hub.erasure_words import erased_lines
from matching.hub.export import export_archive, export_person
from matching.hub.export_page import person_page
from matching.hub.page import style_source
from matching.hub.people import check_in_charge, row_of
from matching.hub.protected import keep_protected, remove_protected_of
from matching.hub.protected_counts import protected_counts
from matching.store import Work
from matching.store.columns import Lane
from matching.store.person_keys import key_of

router = APIRouter(tags=["rights"])
_JSON, _PAGE, _ZIP = "application/json", "text/html", "application/zip"


@router.get(
    "/v1/persons/{person_id}/export",
    response_model=ExportAnswer,
    responses={
        200: {
            "description": "As a programme reads it, as a page, or both with her documents.",
            "content": {_PAGE: {"schema": {"type": "string"}}, _ZIP: {}},
        }
    },
)
def export(
    person_id: PersonId,
    request: Request,
    acting: Annotated[Acting, may(Act.EXPORT_PERSON)],
    service: TheService,
    keeping: TheKeeping,
    x_reason: Reason = None,
) -> Response:
    """Everything about a person, for herself (GDPR art. 15 and 20); it is entered into the journal.

    By Accept: `application/json` for programmes, `text/html` a page to read and print,
    `application/zip` both of them with her documents.
    """
    form = preferred(request.headers.get("accept"), (_JSON, _PAGE, _ZIP))
    with acting.noting(reason=x_reason) as work:
        found = export_person(work, person_id, reason=x_reason)
    if form == _ZIP:
        whole = export_archive(found, keeping.words, service.wording)
        headers = {"content-disposition": "attachment; filename=person.zip"}
        return Response(whole, media_type=_ZIP, headers=headers)
    names = sorted(found.files)
    if form == _PAGE:
        page = person_page(found.data, names, keeping.words, service.wording)
        policy = f"default-src 'none'; style-src {style_source()}; frame-ancestors 'none'"
        return Response(page, media_type=_PAGE, headers={"content-security-policy": policy})
    content = json.dumps({**found.data, "files": names}, ensure_ascii=False)
    return Response(content, media_type=_JSON)


@router.delete("/v1/persons/{person_id}", response_model=ErasureAnswer)
def erase(
    person_id: PersonId,
    acting: Annotated[Acting, may(Act.ERASE_PERSON)],
    service: TheService,
    store: TheStore,
    keeping: TheKeeping,
    ledger_file: TheLedgerFile,
    cause: Annotated[
        Literal["asked", "mistake"], Query(description="She asked for it, or it was a mistake.")
    ] = "asked",
    paid_on: Annotated[
        Day | None,
        Query(description="When the fund last paid for her, if the ledger here does not know."),
    ] = None,
    x_reason: Reason = None,
) -> Response:
    """Erase a person: her file, documents, account, work at hand; her key is destroyed.

    Where the fund paid something for her, accounts must be kept: then her file is restricted
    instead, and the answer says until when. It also says what stays where, without her name.
    """
    asked = ErasureRequest(cause=cause, paid_on=paid_on)
    ledger = read_ledger(ledger_file)[0] if ledger_file.exists() else Ledger()

    def do(work: Work) -> Made:
        row_of(work, person_id)
        wanted = ErasureAsked(
            person_id=person_id,
            cause=Cause(asked.cause),
            ledger_day=last_movement(ledger, key_of(work, person_id).pseudonym),
            paid_on=asked.paid_on,
            reason=x_reason,
        )
        done = erase_as_asked(work, wanted, keeping.policy)
        said = erased_lines(
            done,
            service.wording,
            journal_months=keeping.policy.lanes[Lane.JOURNAL].months,
            result_months=keeping.policy.lanes[Lane.RESULT].months,
        )
        return made(
            ErasureAnswer(
                state="erased" if done.restricted_until is None else "restricted",
                restricted_until=done.restricted_until,
                recipients=done.recipients,
                said=tuple(said),
            )
        )

    answer = acting.once(asked, do)
    after_erasing(keeping, store, acting.actor)
    return answer


@router.put("/v1/persons/{person_id}/protected-attributes", response_model=Done)
def keep(
    person_id: PersonId,
    request: Annotated[ProtectedRequest, Body(openapi_examples=dict(PROTECTED))],
    acting: Annotated[Acting, may(Act.WRITE_PROTECTED_ATTRIBUTES)],
) -> Response:
    """Keep what a person wants to say of herself for the audit, in place of what she said before.

    They lie apart, under a pseudonym of their own: nobody reads them here again, and nothing that
    scores, ranks or explains can.
    """

    def do(work: Work) -> Made:
        check_in_charge(work, row_of(work, person_id))
        keep_protected(work, person_id, request.kept())
        return made(Done())

    return acting.once(request, do)


@router.delete("/v1/persons/{person_id}/protected-attributes", response_model=Done)
def take_back(
    person_id: PersonId, acting: Annotated[Acting, may(Act.WRITE_PROTECTED_ATTRIBUTES)]
) -> Done:
    """Remove what a person said of herself for the audit; `done` is false where there was nothing.

    It costs her nothing.
    """
    with acting.writing() as work:
        return Done(done=remove_protected_of(work, person_id))


@router.get("/v1/protected-attributes/counts", response_model=CountsAnswer)
def counts(acting: Annotated[Acting, may(Act.READ_PROTECTED_ATTRIBUTES)]) -> CountsAnswer:
    """How many people said what of themselves, for whoever evaluates; no group under ten."""
    with acting.noting() as work:
        return counts_answer(protected_counts(work))
