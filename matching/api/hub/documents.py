"""What is sent and answered of documents: a file in JSON or in a form, kept sealed."""

import base64
import binascii
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from pydantic import AfterValidator, Field, ValidationError, model_validator

from matching.api.dependencies import is_json, media_type
from matching.api.errors import Refusal
from matching.api.hub.examples_rights import DOCUMENT, DOCUMENT_FORM
from matching.api.hub.fields import Line
from matching.api.payloads import FormYesNo, Payload, YesNo
from matching.api.uploads import FORM, not_valid, sent_form
from matching.hub.documents import Document, Needed, OpenedDocument, PaperKind
from matching.hub.sensitive import Sensitive

_REFERENCE = "#/components/schemas/{model}"


def _base64(value: str) -> str:
    try:
        base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("is not base64") from None
    return value


Base64 = Annotated[
    str,
    Field(
        json_schema_extra={
            "contentEncoding": "base64",
            "pattern": r"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
        }
    ),
    AfterValidator(_base64),
]


class _Said(Payload):
    kind: PaperKind
    ocr: FormYesNo | None = None
    into_profile: FormYesNo = False


class DocumentRequest(Payload):
    """A document; `content` is the file in base64.

    `ocr` asks for text recognition where it is a scan. `into_profile`: what a CV says becomes the
    person's profile, in place of what an older CV said.
    """

    kind: PaperKind
    name: Line
    content: Base64
    ocr: YesNo | None = None
    into_profile: YesNo = False

    @model_validator(mode="after")
    def _a_cv(self) -> "DocumentRequest":
        if self.into_profile and self.kind is not PaperKind.CV:
            raise ValueError("into_profile is for a CV; of another document it is not known")
        return self

    def data(self) -> bytes:
        """The file."""
        return base64.b64decode(self.content)


class DocumentAdded(Payload):
    """What was kept. `is_quarantined`: nobody but the person opens it before a manager decided.

    `matters` are why, none where nothing could be read in it. `profile_version` is that of the
    profile that was made from it.
    """

    id: str
    is_quarantined: bool
    matters: tuple[Sensitive, ...]
    profile_version: int | None = None


class DocumentAnswer(Payload):
    """A document without its content; `size` is in bytes. `text` is what was read in it."""

    id: str
    person_id: str
    kind: PaperKind
    name: str
    size: int
    is_quarantined: bool
    added_by: str
    added_at: datetime
    text: str | None = None


class DocumentsAnswer(Payload):
    """The documents of a person, the latest first, without their texts."""

    documents: tuple[DocumentAnswer, ...]


class ReleaseRequest(Payload):
    """Why a document that was kept apart is needed, as the person and her manager decided."""

    why: Needed


async def _sent(request: Request) -> DocumentRequest:
    media = media_type(request)
    try:
        if is_json(media):
            return DocumentRequest.model_validate_json(await request.body())
        if media != FORM:
            raise Refusal(415, f"Send JSON (application/json) or a form with a file ({FORM}).")
        data, name, said = await sent_form(
            request, _Said, hint="file, kind and, if wanted, ocr and into_profile", most=3
        )
        content = base64.b64encode(data).decode()
        return DocumentRequest(name=name, content=content, **said.model_dump())
    except ValidationError as error:
        not_valid(error)


Sent = Annotated[DocumentRequest, Depends(_sent)]


def document_bodies() -> dict[str, Any]:
    """The two forms in which a document may be sent."""
    form = {
        "type": "object",
        "required": ["file", "kind"],
        "properties": {
            "file": {"type": "string", "contentMediaType": "application/octet-stream"},
            "kind": {"type": "string", "enum": [str(kind) for kind in PaperKind]},
            "ocr": {"type": "boolean"},
            "into_profile": {"type": "boolean"},
        },
        "additionalProperties": False,
    }
    own = {"$ref": _REFERENCE.format(model=DocumentRequest.__name__)}
    return {
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": own, "examples": dict(DOCUMENT)},
                FORM: {"schema": form, "examples": dict(DOCUMENT_FORM)},
            },
        }
    }


def document_answer(document: Document) -> DocumentAnswer:
    """A document as lists have it."""
    return DocumentAnswer.model_validate(document)


def opened_answer(found: OpenedDocument) -> DocumentAnswer:
    """A document with the text that was read in it."""
    return document_answer(found.document).model_copy(update={"text": found.text})
