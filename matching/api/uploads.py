"""A document as it is sent: a text in JSON, or a file in a form that never touches a disk."""

import sys
from dataclasses import dataclass
from typing import Annotated, NoReturn, TypeVar

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from matching.api.dependencies import is_json, media_type
from matching.api.errors import Refusal
from matching.api.schemas import ExtractionRequest, FileFields

FORM = "multipart/form-data"

_Fields = TypeVar("_Fields", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """An uploaded file, whole, and what was said of it."""

    data: bytes
    name: str
    fields: FileFields


class _InMemory(MultiPartParser):
    """Keeps a file in memory however large: a CV is not left in a folder for temporary files."""

    spool_max_size = sys.maxsize


async def sent_form(
    request: Request, fields: type[_Fields], *, hint: str, most: int
) -> tuple[bytes, str, _Fields]:
    """The file of a form, whole, the name that it has, and the form's fields.

    Parameters
    ----------
    fields
        What the form says besides the file.
    hint
        What to send, in words, for whoever sent something that is no form.
    most
        How many fields there may be besides the file.

    Raises
    ------
    Refusal
        For what is no form.
    RequestValidationError
        For a form without a file, or a field that cannot be used.
    """
    parser = _InMemory(request.headers, request.stream(), max_files=1, max_fields=most)
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise Refusal(400, f"The form cannot be read; send {hint}.") from error
    try:
        upload = form.get("file")
        said = {name: value for name, value in form.items() if name != "file"}
        found = fields.model_validate(said)
        if isinstance(upload, UploadFile):
            return await upload.read(), upload.filename or "", found
    except ValidationError as error:
        not_valid(error)
    finally:
        await form.close()
    raise RequestValidationError(
        [{"type": "missing", "loc": ("body", "file"), "msg": "A file with a name is needed"}]
    )


async def _sent(request: Request) -> ExtractionRequest | SentFile:
    media = media_type(request)
    if is_json(media):
        try:
            return ExtractionRequest.model_validate_json(await request.body())
        except ValidationError as error:
            not_valid(error)
    if media == FORM:
        return await _file(request)
    raise Refusal(415, f"Send JSON (application/json) or a form with a file ({FORM}).")


async def _file(request: Request) -> SentFile:
    data, name, fields = await sent_form(
        request, FileFields, hint="file, kind and, if known, as_of and ocr", most=3
    )
    return SentFile(data=data, name=name, fields=fields)


def not_valid(error: ValidationError) -> NoReturn:
    """Refuse a body that was checked by hand, as the framework refuses the others."""
    raise RequestValidationError(
        [{**item, "loc": ("body", *item["loc"])} for item in error.errors(include_input=False)]
    ) from None


Sent = Annotated[ExtractionRequest | SentFile, Depends(_sent)]
