"""What the worklist takes and answers."""

from datetime import date
from typing import Annotated

from pydantic import Field, field_validator

from matching.api.limits import MAX_IN_CHARGE, MAX_RECORDS
from matching.api.payloads import NUMBER, AsOf, Day, Identifier, Name, Payload, all_differ
from matching.api.schemas import PURPOSE, Chance, Priority, Thresholds
from matching.domain import Attention, CaseEvent


class InChargeGiven(Payload):
    """A person in charge: since when, and when somebody was last in touch with her, if ever."""

    person_id: Identifier
    since: Day
    last_contact: Day | None = None


class AssessedGiven(Payload):
    """An assessment on record, of the chance of no work by 12 months; `because`: what for."""

    person_id: Identifier
    as_of: Day
    no_work: Chance
    model: Name
    because: CaseEvent | None = None


class HappenedGiven(Payload):
    """Something that happened to a person on a day."""

    person_id: Identifier
    on: Day
    event: CaseEvent


class WorklistRequest(Payload):
    """Everybody in charge of one hub, with assessments and events, for one purpose: more help.

    Without `managers` the territory's own number counts.
    """

    purpose: Annotated[Name, Field(description=f"Must be `{PURPOSE}`; others are refused, 403.")]
    people: Annotated[list[InChargeGiven], Field(min_length=1, max_length=MAX_IN_CHARGE)]
    assessments: Annotated[list[AssessedGiven], Field(max_length=MAX_RECORDS)] = []
    events: Annotated[list[HappenedGiven], Field(max_length=MAX_RECORDS)] = []
    managers: Annotated[int, Field(ge=1, le=1000), NUMBER] | None = None
    as_of: AsOf | None = None

    @field_validator("people")
    @classmethod
    def _differ(cls, people: list[InChargeGiven]) -> list[InChargeGiven]:
        all_differ(one.person_id for one in people)
        return people


class Entry(Payload):
    """One person; `why` says in words why she is called, and is empty where no rule speaks."""

    person_id: str
    rules: tuple[Attention, ...]
    why: tuple[str, ...]
    priority: Priority | None
    no_work: Chance | None
    days_without_contact: int
    rose: float | None
    within_caseload: bool


class WorklistAnswer(Payload):
    """Everybody in charge, those who need attention now first: an order, and never a gate."""

    purpose: str
    as_of: date
    rules: tuple[str, ...]
    thresholds: Thresholds | None
    caseload: int
    waiting: int
    entries: tuple[Entry, ...]
