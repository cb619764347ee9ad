"""What is sent and answered of imports: a file, how it is read, what became of its rows."""

import base64
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from fastapi import Depends, Request
from pydantic import Field, TypeAdapter, ValidationError

from matching.api.dependencies import is_json, media_type
from matching.api.errors import Refusal
from matching.api.hub.documents import Base64
from matching.api.hub.examples_imports import IMPORT, IMPORT_FORM, PREVIEW, PREVIEW_FORM
from matching.api.hub.fields import Code, Id, Line
from matching.api.payloads import Payload
from matching.api.uploads import FORM, not_valid, sent_form
from matching.interchange import (
    Assumed,
    FileKind,
    Preview,
    ProblemCode,
    RowProblem,
    Written,
)
from matching.interchange.refused import Ground
from matching.jobs.import_files import ImportFile, Mode, Similar
from matching.jobs.import_preview import Compared
from matching.jobs.kinds import RowState
from matching.wording import Wording

SHOWN_PROBLEMS = 200
"""Problems of rows that a preview answers; it says how many there are."""

_REFERENCE = "#/components/schemas/{model}"
_HINT = "file, kind and, if wanted, columns, sheet, organisation_id, hub, mode, similar, confirm"
_TEXTS = ("kind", "hub", "sheet", "organisation_id", "mode", "similar", "confirm")


class Column(Payload):
    """What a column is. Without `field` it is not read."""

    column: Line
    field: Code | None = None


Columns = Annotated[tuple[Column, ...], Field(max_length=200)]


class PreviewRequest(Payload):
    """A file of rows; `content` is its bytes in base64, of CSV or XLSX.

    `columns` says what those are that are not clear by their headings. `organisation_id` is the
    company whose vacancies they are; `hub` is needed by whoever works for several.
    """

    kind: FileKind
    content: Base64
    hub: Code | None = None
    columns: Columns = ()
    sheet: Line | None = None
    organisation_id: Id | None = None

    def data(self) -> bytes:
        """The file."""
        return base64.b64decode(self.content)

    def told(self) -> dict[str, str]:
        """Fields by heading; an empty one for a column that is not to be read."""
        return {one.column: one.field or "" for one in self.columns}


class ImportRequest(PreviewRequest):
    """A file as it was previewed, with the `confirm` of that preview.

    `mode`: all rows or none where one cannot be taken, or the good rows. `similar`: rows that might
    be somebody who is on file are held until somebody looked, or taken as well.
    """

    confirm: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    mode: Mode = Mode.ALL_OR_NOTHING
    similar: Similar = Similar.HOLD


class ProposedColumn(Payload):
    """A field that a column may be, to be confirmed; how alike the headings are, from 0 to 100."""

    column: str
    field: str
    likeness: int


class RefusedColumn(Payload):
    """A column that may not be collected, and on what ground."""

    column: str
    ground: Ground


class Assumption(Payload):
    """Something that the file does not say of itself."""

    what: Assumed
    how: str


class RowProblemAnswer(Payload):
    """What is wrong with a row, in which column; `value` is what stands there, shortened."""

    row: int
    column: str
    value: str
    code: ProblemCode
    message: str


class PreviewAnswer(Payload):
    """How a file is read. Nothing of it is kept.

    `good` rows can be taken; of the first `compared` of them, `known` are on record already. With
    `confirm` the file can be imported as it was previewed; it is null while a column is not clear,
    is missing, or may not be collected. `problems` are the first of `problems_total`.
    """

    kind: FileKind
    rows: int
    good: int
    compared: int | None
    known: int | None
    confirm: str | None
    headings: tuple[str, ...]
    columns: tuple[Column, ...]
    proposals: tuple[ProposedColumn, ...]
    unread: tuple[str, ...]
    missing: tuple[str, ...]
    refused: tuple[RefusedColumn, ...]
    assumptions: tuple[Assumption, ...]
    first: tuple[tuple[str, ...], ...]
    problems: tuple[RowProblemAnswer, ...]
    problems_total: int


class RowAnswer(Payload):
    """What became of a row: `subject` is what it was written as, or is known by.

    `others` are people whom it might be. `field` and `message` say what is wrong with it.
    """

    row: int
    state: RowState
    subject: str | None
    code: ProblemCode | None
    field: str
    message: str
    others: tuple[str, ...]


class RowsPage(Payload):
    """A page of rows, in the order of the file."""

    rows: tuple[RowAnswer, ...]
    next_cursor: str | None


async def _sent_preview(request: Request) -> PreviewRequest:
    return await _sent(request, PreviewRequest)


async def _sent_import(request: Request) -> ImportRequest:
    found = await _sent(request, ImportRequest)
    if not isinstance(found, ImportRequest):
        raise TypeError(f"An import is read as such, not as {type(found).__name__}.")
    return found


async def _sent(request: Request, model: type[PreviewRequest]) -> PreviewRequest:
    media = media_type(request)
    try:
        if is_json(media):
            return model.model_validate_json(await request.body())
        if media != FORM:
            raise Refusal(415, f"Send JSON (application/json) or a form with a file ({FORM}).")
        data, _, said = await sent_form(request, _Form, hint=_HINT, most=8)
        given = {name: value for name in _TEXTS if (value := getattr(said, name)) is not None}
        if model is PreviewRequest:
            given = {name: value for name, value in given.items() if name not in _OF_IMPORTS}
        return model.model_validate(
            {**given, "columns": _columns(said.columns), "content": base64.b64encode(data).decode()}
        )
    except ValidationError as error:
        not_valid(error)


class _Form(Payload):
    """The fields of a form besides the file, as texts."""

    kind: str
    hub: str | None = None
    columns: str | None = None
    sheet: str | None = None
    organisation_id: str | None = None
    mode: str | None = None
    similar: str | None = None
    confirm: str | None = None


_OF_IMPORTS = frozenset({"mode", "similar", "confirm"})
_COLUMNS = TypeAdapter(Columns)


def _columns(text: str | None) -> tuple[Column, ...]:
    if text is None:
        return ()
    try:
        return _COLUMNS.validate_json(text)
    except ValidationError as error:
        raise Refusal(
            422, 'columns is no JSON such as [{"column": "Tel.", "field": "telephone"}].'
        ) from error


SentPreview = Annotated[PreviewRequest, Depends(_sent_preview)]
SentImport = Annotated[ImportRequest, Depends(_sent_import)]


def preview_bodies() -> dict[str, Any]:
    """The two forms in which a file is sent to be previewed."""
    return _bodies(PreviewRequest, PREVIEW, PREVIEW_FORM)


def import_bodies() -> dict[str, Any]:
    """The two forms in which a file is sent to be imported."""
    return _bodies(ImportRequest, IMPORT, IMPORT_FORM)


def _bodies(model: type[PreviewRequest], examples: Any, form_examples: Any) -> dict[str, Any]:
    schema = model.model_json_schema(ref_template=_REFERENCE)
    of_json = {"content", "columns"}
    form = {
        "type": "object",
        "required": ["file", *(name for name in schema["required"] if name not in of_json)],
        "properties": {
            "file": {"type": "string", "contentMediaType": "application/octet-stream"},
            "columns": schema["properties"]["columns"],
            **{
                # A form has no null: what is not said is left out.
                name: one["anyOf"][0] if "anyOf" in one else one
                for name, one in schema["properties"].items()
                if name not in of_json
            },
        },
        "additionalProperties": False,
    }
    own = {"$ref": _REFERENCE.format(model=model.__name__)}
    return {
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": own, "examples": dict(examples)},
                FORM: {
                    "schema": form,
                    "encoding": {"columns": {"contentType": "application/json"}},
                    "examples": dict(form_examples),
                },
            },
        }
    }


def preview_answer(
    shown: Preview,
    file: ImportFile | None,
    compared: Compared | None,
    written: Written,
    wording: Wording,
) -> PreviewAnswer:
    """A preview as it is answered, to whoever sent the file."""
    mapping = shown.mapping
    found = (*shown.problems, *(() if compared is None else compared.problems))
    return PreviewAnswer(
        kind=shown.kind, rows=shown.rows, good=len(shown.good),
        compared=None if compared is None else compared.rows,
        known=None if compared is None else compared.known,
        confirm=None if file is None else file.source,
        headings=shown.headings,
        columns=tuple(
            Column.model_construct(column=heading, field=name)
            for heading, name in mapping.columns.items()
        ),
        proposals=tuple(
            ProposedColumn(column=one.heading, field=one.field, likeness=one.likeness)
            for one in mapping.proposals
        ),
        unread=mapping.unread, missing=mapping.missing,
        refused=tuple(
            RefusedColumn(column=one.heading, ground=one.ground) for one in mapping.refused
        ),
        assumptions=tuple(Assumption(what=one.what, how=one.how) for one in shown.assumptions),
        first=shown.first,
        problems=tuple(_problems(found[:SHOWN_PROBLEMS], shown, written, wording)),
        problems_total=len(found),
    )  # fmt: skip


def _problems(
    found: Sequence[RowProblem], shown: Preview, written: Written, wording: Wording
) -> Iterator[RowProblemAnswer]:
    headings = {name: heading for heading, name in shown.mapping.columns.items()}
    for one in found:
        column = headings.get(one.column, one.column)
        yield RowProblemAnswer(
            row=one.number, column=column, value=written.under(one.number, column), code=one.code,
            message=wording.say(f"row_problem.{one.code}", detail=one.detail),
        )  # fmt: skip
