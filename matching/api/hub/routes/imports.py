"""Files of people, vacancies and outcomes: previewed, imported, written."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response

from matching.access.matrix import reach_of
from matching.api.dependencies import TheService
from matching.api.hub.acting import Acting, Made, made, may
from matching.api.hub.fields import Code
from matching.api.hub.imports import (
    PreviewAnswer,
    PreviewRequest,
    SentImport,
    SentPreview,
    import_bodies,
    preview_answer,
    preview_bodies,
)
from matching.api.hub.jobs import WRITES, JobAnswer, job_answer
from matching.domain.access import Act
from matching.domain.days import day_at
from matching.errors import ConflictError, ForbiddenError, UnknownError
from matching.hub.listings import listing
from matching.interchange import FileKind, Written, csv_bytes, preview, read_table, xlsx_bytes
from matching.jobs.gazetteer import gazetteer_of
from matching.jobs.import_files import ask_import, read_file
from matching.jobs.import_preview import compare
from matching.jobs.queue import read_job
from matching.service import Service
from matching.store import Work

router = APIRouter(tags=["imports and exports"])
_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FILES: Mapping[int | str, dict[str, Any]] = MappingProxyType(
    {200: {"content": {"text/csv": {}, _XLSX: {}}, "description": "A file."}}
)
_Form = Annotated[Literal["csv", "xlsx"], Query(description="Of the file.")]
_HubAsked = Annotated[Code | None, Query(description="Needed by whoever works for several.")]


@router.post("/v1/imports/preview", response_model=PreviewAnswer, openapi_extra=preview_bodies())
def show(
    acting: Annotated[Acting, may(Act.IMPORT)],
    sent: SentPreview,
    service: TheService,
) -> PreviewAnswer:
    """Say how a file would be read and what of it is on record already. Nothing is written.

    A column about sex, age, origin, family, health, belief, union or convictions stops the file.
    """
    _check_right(acting, sent)
    hub = _hub(acting, sent.hub)
    table = read_table(sent.data(), sheet=sent.sheet)
    day = day_at(acting.store.clock())
    places = gazetteer_of(service.territory)(hub)
    shown = preview(table, sent.kind, as_of=day, places=places, told=sent.told())
    file = compared = None
    if shown.can_be_read:
        file = read_file(
            sent.data(), sent.kind, hub=hub, told=sent.told(), sheet=sent.sheet,
            organisation_id=sent.organisation_id, table=table,
        )  # fmt: skip
        with acting.reading() as work:
            compared = compare(work, file, shown.good, as_of=day)
    return preview_answer(shown, file, compared, Written(table), service.wording)


@router.post(
    "/v1/imports", status_code=202, response_model=JobAnswer, openapi_extra=import_bodies()
)
def ask(acting: Annotated[Acting, may(Act.IMPORT)], sent: SentImport) -> Response:
    """Have a file imported as it was previewed; what becomes of it is told by its job.

    Sent again, a file that was taken whole is answered with the job that took it. 409 where it is
    not the file of the preview, or is read otherwise.
    """
    _check_right(acting, sent)
    file = read_file(
        sent.data(), sent.kind, hub=_hub(acting, sent.hub), told=sent.told(), sheet=sent.sheet,
        organisation_id=sent.organisation_id,
    )  # fmt: skip
    if file.source != sent.confirm:
        raise ConflictError(
            "This is not the file that was previewed, or it is to be read in another way. Preview "
            "it again and confirm what that says."
        )

    def do(work: Work) -> Made:
        job_id, _ = ask_import(work, file, mode=sent.mode, similar=sent.similar)
        return made(job_answer(read_job(work, job_id)), 202, location=f"/v1/jobs/{job_id}")

    return acting.once(sent, do)


@router.get("/v1/exports/persons", response_class=Response, responses=dict(_FILES))
def persons(
    acting: Annotated[Acting, may(Act.EXPORT_PEOPLE)],
    service: TheService,
    form: _Form = "csv",
    hub: _HubAsked = None,
) -> Response:
    """The hub's people as a file for a spreadsheet. Protected files are left out.

    No text in it is a formula. It is entered into the journal.
    """
    return _file(acting, service, FileKind.PERSONS, form, hub)


@router.get("/v1/exports/vacancies", response_class=Response, responses=dict(_FILES))
def vacancies(
    acting: Annotated[Acting, may(Act.EXPORT)],
    service: TheService,
    form: _Form = "csv",
    hub: _HubAsked = None,
) -> Response:
    """The hub's vacancies as a file for a spreadsheet. It is entered into the journal."""
    return _file(acting, service, FileKind.VACANCIES, form, hub)


@router.get("/v1/exports/outcomes", response_class=Response, responses=dict(_FILES))
def outcomes(
    acting: Annotated[Acting, may(Act.EXPORT_PEOPLE)],
    service: TheService,
    form: _Form = "csv",
    hub: _HubAsked = None,
) -> Response:
    """What came of paths, as a file for a spreadsheet. It is entered into the journal."""
    return _file(acting, service, FileKind.OUTCOMES, form, hub)


def _hub(acting: Acting, asked: str | None) -> str:
    hub = acting.hub(asked)
    if hub not in acting.actor.hubs:
        raise UnknownError("There is no such hub for whoever asks.")
    return hub


def _check_right(acting: Acting, sent: PreviewRequest) -> None:
    if reach_of(acting.actor, WRITES[sent.kind]) is None:
        raise ForbiddenError(f"Files of {sent.kind} are not for the role {acting.actor.role}.")


def _file(acting: Acting, service: Service, kind: FileKind, form: str, hub: str | None) -> Response:
    territory = service.territory
    places = (*territory.municipalities, *territory.neighbours)
    names = {one.istat: one.name for one in places}
    with acting.noting() as work:
        rows = listing(work, _hub(acting, hub), kind, place=names.get)
    is_csv = form == "csv"
    content = (csv_bytes if is_csv else xlsx_bytes)(rows.headings, rows.rows)
    headers = {"content-disposition": f"attachment; filename={kind}.{form}"}
    return Response(content, media_type=_CSV if is_csv else _XLSX, headers=headers)
