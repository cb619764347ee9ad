"""What payloads of the hub share: lines and texts that can be kept, identifiers, pages."""

import uuid
from typing import Annotated, Any

from fastapi import Header, Query
from pydantic import AfterValidator, Field

from matching.api.catalogue import cursor_of, slug_after
from matching.api.errors import Refusal
from matching.api.payloads import VISIBLE, Payload
from matching.service.records import can_identify

PAGE, LARGEST_PAGE = 50, 200
"""Entries of a page, unless asked otherwise, and at most."""


def _visible(value: str) -> str:
    if value and not can_identify(value):
        raise ValueError("is blank or holds a control character; use visible characters")
    return value


def keepable(value: str) -> str:
    """A text that every database can keep.

    Raises
    ------
    ValueError
        For one that cannot.
    """
    # PostgreSQL keeps no NUL, and half a surrogate pair is no character.
    if "\0" in value or any("\ud800" <= one <= "\udfff" for one in value):
        raise ValueError("holds a character that cannot be kept")
    return value


Line = Annotated[
    str,
    Field(min_length=1, max_length=200, json_schema_extra={"pattern": VISIBLE}),
    AfterValidator(_visible),
]
_KEPT = Field(json_schema_extra={"pattern": r"^[^\u0000]*$"})
Prose = Annotated[str, Field(min_length=1, max_length=20_000), _KEPT, AfterValidator(keepable)]
Words = Annotated[str, Field(min_length=1, max_length=2_000), _KEPT, AfterValidator(keepable)]
LongText = Annotated[str, Field(max_length=1_000_000), _KEPT, AfterValidator(keepable)]
Version = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[0-9A-Za-z._-]+$")]
Code = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,40}$")]


def _uuid(value: str) -> str:
    try:
        return str(uuid.UUID(value))
    except ValueError:
        raise ValueError("is no identifier of ours, such as GET lists them") from None


Id = Annotated[
    str,
    Field(min_length=36, max_length=36, json_schema_extra={"format": "uuid"}),
    AfterValidator(_uuid),
]

Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="Entries of a page.")]
Cursor = Annotated[
    str | None, Query(max_length=100, description="`next_cursor` of the page before.")
]
Reason = Annotated[
    str | None,
    Header(
        alias="x-reason", max_length=500, description="Why a protected file is opened; it is kept."
    ),
]


class Created(Payload):
    """What was made: its identifier, and its version where it can be changed."""

    id: str
    version: int | None = None


class Done(Payload):
    """That it was done."""

    done: bool = True


class Nothing(Payload):
    """What is sent where there is nothing to say."""


def entry_before(cursor: str | None) -> str | None:
    """The identifier of the entry that a cursor stands after.

    Raises
    ------
    Refusal
        For what is no cursor.
    """
    if cursor is None:
        return None
    try:
        return _uuid(slug_after(cursor) or "")
    except ValueError as error:
        raise Refusal(
            422, "cursor is none of ours; send next_cursor as it was answered."
        ) from error


def next_cursor(rows: list[Any], limit: int) -> str | None:
    """The cursor of the page after some rows, None where there is none."""
    return next_cursor_of(rows[-1].id if len(rows) == limit else None)


def next_cursor_of(last: str | None) -> str | None:
    """The cursor of the page after an entry, None where there is none."""
    return None if last is None else cursor_of(last)
