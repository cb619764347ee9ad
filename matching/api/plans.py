"""What a plan takes and answers: no household, no protected attribute; neither is sent here."""

from datetime import date
from typing import Annotated

from pydantic import Field, field_validator

from matching.api.given import PersonGiven, SomebodyGiven, VacancyGiven
from matching.api.limits import MAX_NAME, MAX_PERSONS, MAX_VACANCIES
from matching.api.matched import Notice
from matching.api.payloads import NUMBER, AsOf, Name, Payload, all_differ
from matching.domain import (
    Band,
    Channel,
    Grade,
    Matter,
    Measure,
    Need,
    Paper,
    Payer,
    PlanState,
    Weekday,
)

_MAX_EUR = 1_000_000


class PlanRequest(Payload):
    """A person, vacancies, and the needs that the person declares.

    `pool` are people among whom places are told, none by default. `paper` asks for the page to
    print, in one of the territory's languages; `name` stands on it, and the identifier without it.
    """

    person: SomebodyGiven
    vacancies: Annotated[list[VacancyGiven], Field(max_length=MAX_VACANCIES)]
    needs: Annotated[list[Need], Field(max_length=len(Need))] = []
    pool: Annotated[list[PersonGiven], Field(max_length=MAX_PERSONS)] = []
    budget_eur: Annotated[int, Field(ge=0, le=_MAX_EUR), NUMBER] | None = None
    paper: Annotated[str, Field(max_length=8, description="A language, such as it.")] | None = None
    name: Annotated[str, Field(max_length=MAX_NAME)] = ""
    as_of: AsOf | None = None

    @field_validator("vacancies", "pool")
    @classmethod
    def _differ(cls, rows: list[VacancyGiven]) -> list[VacancyGiven]:
        all_differ(row.id for row in rows)
        return rows


class Opened(Payload):
    """What a step would change for one vacancy: score (0 to 1) and rank, before and after."""

    vacancy_id: str
    title: str
    score_before: float
    score_after: float
    rank_before: int
    rank_after: int


class ToConfirm(Payload):
    """Something to talk over before a step is settled, and what it is about."""

    matter: Matter
    about: str


class PaperAsked(Payload):
    """A document to bring."""

    kind: Paper
    text: str


class Contact(Payload):
    """A way to ask for a service."""

    channel: Channel
    value: str


class Ordered(Payload):
    """A rule that puts a step where it is; `after` is the service that comes first, if one does."""

    rule: str
    after: str | None
    text: str


class PlanStep(Payload):
    """A step in its place.

    `start` is null where it begins when there is a seat, then not sooner than `not_before` if
    that is given. `first_edition` is one that could be had sooner, and `why_here` says why it was
    not chosen. `to_decide` is what could not be kept.
    """

    service: str
    name: Name
    measure: Measure
    provider: str
    place: str
    remote: bool
    minutes: int | None
    by_car: bool
    start: date | None
    ask_by: date | None
    not_before: date | None
    first_edition: date | None
    lead_days: int
    hours: int
    weekdays: tuple[Weekday, ...]
    bands: tuple[Band, ...]
    seats: int
    cost_eur: int
    paid_by: Payer
    skills: tuple[str, ...]
    needs: tuple[Need, ...]
    opens: tuple[Opened, ...]
    changes: str
    grade: Grade
    conditions: tuple[str, ...]
    documents: tuple[PaperAsked, ...]
    contacts: tuple[Contact, ...]
    to_confirm: tuple[ToConfirm, ...]
    alternatives: tuple[str, ...]
    example: bool
    order: tuple[Ordered, ...]
    why_here: tuple[str, ...]
    to_decide: tuple[str, ...]


class PlanAnswer(Payload):
    """A path to talk over: a proposal, in which nothing is an obligation.

    `over_budget` and `minor` are slugs of what was left out, by the budget or because it would
    change too little; `paper` is the page in HTML, null where none was asked for.
    """

    person_id: str
    as_of: date
    state: PlanState
    proposal: str
    rights_first: str
    in_view: tuple[str, ...]
    steps: tuple[PlanStep, ...]
    cost_eur: int
    budget_eur: int | None
    over_budget: tuple[str, ...]
    minor: tuple[str, ...]
    without_skills: tuple[str, ...]
    without_needs: tuple[Need, ...]
    paper: str | None
    warnings: tuple[Notice, ...]
