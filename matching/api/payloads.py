"""What all payloads share: strictness, identifiers, days, the stamp of a model."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from matching.api.limits import EARLIEST, LATEST, MAX_CHARACTERS, MAX_NAME, OLDEST
from matching.service.records import can_identify

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Payload(BaseModel):
    """A frozen payload that takes no field it does not know."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, from_attributes=True, allow_inf_nan=False
    )


class Change(Payload):
    """What changes of something; what is left out stays as it is, and not all can be."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("says nothing to change")
        return self


def _visible(value: str) -> str:
    if not can_identify(value):
        raise ValueError("is blank or holds a control character; use visible characters")
    return value


def _as_a_day(value: object) -> object:
    # Numbers and hours of the day would be taken for days.
    if isinstance(value, date) or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise ValueError("is no day like 2026-11-22")


def _a_number(value: object) -> object:
    # Texts and booleans would be taken for numbers; 14.0 is a whole number in JSON.
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("is no number")
    return value


def _true_or_false(value: object) -> object:
    # A form has texts alone: these are how JSON and OpenAPI write booleans in one.
    if value not in ("true", "false"):
        raise ValueError("is neither true nor false")
    return value


NUMBER = BeforeValidator(_a_number)
"""Stands last in what is said of a number, so that its bounds are seen in the schema."""

AnyDay = Annotated[date, BeforeValidator(_as_a_day)]
"""A day that was read in a text, which may be any."""

Day = Annotated[AnyDay, Field(ge=OLDEST, le=LATEST)]
"""A day that somebody states: days and months can be added to it and taken from it."""

AsOf = Annotated[
    AnyDay, Field(ge=EARLIEST, le=LATEST, description="Compute as of this day [today].")
]
_SPACES = r"\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000"
_UNSEEN = r"\u0000-\u001F\u007F-\u009F\u2028\u2029"
VISIBLE = rf"^[^{_UNSEEN}]*[^ {_SPACES}{_UNSEEN}][^{_UNSEEN}]*$"
"""What ``can_identify`` takes, as a pattern for schemas: visible, and not blank."""

Identifier = Annotated[
    str,
    Field(
        min_length=1,
        max_length=MAX_NAME,
        description="The caller's identifier; a pseudonym is best.",
        json_schema_extra={"pattern": VISIBLE},
    ),
    AfterValidator(_visible),
]
Name = Annotated[str, Field(max_length=MAX_NAME)]
DocumentText = Annotated[str, Field(max_length=MAX_CHARACTERS)]
Share = Annotated[float, Field(ge=0, le=1), NUMBER]
YesNo = Annotated[bool, Field(strict=True)]
FormYesNo = Annotated[bool, BeforeValidator(_true_or_false)]


class Model(Payload):
    """Which model computed a result; ``synthetic`` where it learnt from a synthetic history."""

    name: str
    version: Annotated[int, NUMBER] | None = None
    digest: str | None = None
    synthetic: YesNo = False
    known_until: AnyDay | None = None


class Question(Payload):
    """What to ask next, and how far the answer can move the score or the chance."""

    key: str
    text: str
    swing: float


def all_differ(identifiers: Iterable[str]) -> None:
    """Check that identifiers differ, for a validator of a payload.

    Raises
    ------
    ValueError
        Naming the places of two that are the same, not the identifier.
    """
    first: dict[str, int] = {}
    for number, identifier in enumerate(identifiers):
        if identifier in first:
            raise ValueError(
                f"numbers {first[identifier]} and {number}, counted from 0, have the same "
                "identifier; identifiers must differ"
            )
        first[identifier] = number
