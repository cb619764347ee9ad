"""What the routes take and answer, save what ranks: see ``given`` and ``matched``."""

from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import Field, field_validator
from pydantic.fields import FieldInfo

from matching.api.limits import MAX_ASSESSED
from matching.api.payloads import (
    NUMBER,
    AsOf,
    DocumentText,
    FormYesNo,
    Identifier,
    Model,
    Name,
    Payload,
    Question,
    Share,
    YesNo,
    all_differ,
)
from matching.domain import CalibrationState, DocumentErrorCode, DocumentKind, PriorityBand, State
from matching.domain.risk import OFFER_ACCOMPANIMENT
from matching.features.situation import SITUATION
from matching.models.drift import Watched

PURPOSE = OFFER_ACCOMPANIMENT
"""The only purpose for which a risk may be assessed."""

_ALLOWED = {column.name: column.allowed for column in SITUATION if column.allowed}


class _DocumentFields(Payload):
    kind: DocumentKind
    as_of: AsOf | None = None


class FileFields(_DocumentFields):
    """What is said of an uploaded file; ``ocr`` asks for text recognition where it is a scan.

    Without ``ocr``, the setting of the installation counts.
    """

    ocr: FormYesNo | None = None


class ExtractionRequest(_DocumentFields):
    """A text to read; the title of a vacancy stands at its head."""

    text: DocumentText


def _within(name: str) -> FieldInfo:
    """The bounds of an answer, as the catalog of situations has them."""
    least, most = _ALLOWED[name]
    found: FieldInfo = Field(ge=least, le=most)
    return found


_Named = TypeVar("_Named", "SituationGiven", "AgeGiven")


class SituationGiven(Payload):
    """A person's situation at intake, as she tells it; null means not known."""

    person_id: Identifier
    months_since_last_job: Annotated[int, _within("months_since_last_job"), NUMBER] | None = None
    share_worked_5y: Annotated[float, _within("share_worked_5y"), NUMBER] | None = None
    jobs_5y: Annotated[int, _within("jobs_5y"), NUMBER] | None = None
    longest_job_5y: Annotated[int, _within("longest_job_5y"), NUMBER] | None = None
    past_long_spells: Annotated[int, _within("past_long_spells"), NUMBER] | None = None
    education_level: Annotated[int, _within("education_level"), NUMBER] | None = None
    italian_level: Literal["A1", "A2", "B1", "B2", "C1", "C2"] | None = None
    driving_licence: YesNo | None = None
    own_vehicle: YesNo | None = None
    weekly_hours: Annotated[int, _within("weekly_hours"), NUMBER] | None = None
    debt_stress: YesNo | None = None
    housing_stress: YesNo | None = None
    local_demand: Annotated[float, _within("local_demand"), NUMBER] | None = None
    own_rating: Annotated[int, _within("own_rating"), NUMBER] | None = None


class AgeGiven(Payload):
    """A person's age in whole years, apart from the rest of what is known of her."""

    person_id: Identifier
    age: Annotated[int, Field(ge=14, le=110), NUMBER]


class RiskRequest(Payload):
    """Situations to assess, for one purpose: to offer more help.

    `ages` are refused, 422, where the territory's policy does not let the age in.
    """

    purpose: Annotated[Name, Field(description=f"Must be `{PURPOSE}`; others are refused, 403.")]
    persons: Annotated[list[SituationGiven], Field(min_length=1, max_length=MAX_ASSESSED)]
    ages: Annotated[list[AgeGiven], Field(max_length=MAX_ASSESSED)] = []
    as_of: AsOf | None = None

    @field_validator("persons", "ages")
    @classmethod
    def _differ(cls, persons: list[_Named]) -> list[_Named]:
        all_differ(person.person_id for person in persons)
        return persons


class Chance(Payload):
    """A probability with its 80% interval."""

    value: Share
    lower: Share
    upper: Share


class Horizon(Payload):
    """By a month from intake: no work, and of that, no longer searching."""

    months: int
    no_work: Chance
    inactive: Chance


class Factor(Payload):
    """One reason, in points of probability of no work by 12 months; positive raises it."""

    name: str
    effect: float
    text: str
    changeable: bool


class Priority(Payload):
    """The band that the hubs' capacity gives the chance of no work, and those of its interval."""

    band: PriorityBand
    lowest: PriorityBand
    highest: PriorityBand


class Thresholds(Payload):
    """From which chance of no work by 12 months a band begins, among how many people.

    `closely` and `lightly` are how many of them the managers can follow closely, and besides those
    at a lighter pace.
    """

    medium: float | None
    high: float | None
    people: int
    closely: int
    lightly: int


class Assessment(Payload):
    """The risk of staying without work of one person; `priority` is null where nothing is known."""

    person_id: str
    state: State
    horizons: tuple[Horizon, ...]
    typical: Share
    factors: tuple[Factor, ...]
    questions: tuple[Question, ...]
    priority: Priority | None
    thresholds: Thresholds | None


class Calibration(Payload):
    """What the hub's own outcomes did to the chances by a month, and how many were there."""

    months: int
    state: CalibrationState
    outcomes: int
    exits: int
    needed: int | None
    needed_exits: int


class RiskAnswer(Payload):
    """Assessments in the given order; they serve to add help, never to narrow it.

    ``notice`` is to be shown beside every number; it is there where the model is synthetic.
    ``calibration`` says by horizon whether the chances are those of the hub's own people, in
    words in ``calibration_notes``.
    """

    purpose: str
    as_of: date
    model: Model
    synthetic: bool
    notice: str | None
    calibration: tuple[Calibration, ...]
    calibration_notes: tuple[str, ...]
    assessments: tuple[Assessment, ...]


class WatchedInput(Payload):
    """An input of people who came lately beside training: the stability index, and how sure."""

    name: str
    state: Watched
    people: int
    index: float | None
    p: float | None
    unknown_before: Share
    unknown_now: Share


class WatchedExit(Payload):
    """Exits seen and foretold lately, their ratio and its 95% interval."""

    cause: str
    state: Watched
    seen: int
    foretold: float
    ratio: float | None
    low: float | None
    high: float | None


class Watch(Payload):
    """The last watch over the risk model in service; `alarms` name what somebody should look at."""

    since: date
    as_of: date
    alarms: tuple[str, ...]
    inputs: tuple[WatchedInput, ...]
    exits: tuple[WatchedExit, ...]


class Models(Payload):
    """What is in service; ``problems`` are sentences on models that could not serve.

    ``risk_watch`` is null where the risk model was never watched; ``risk_calibration`` says by
    horizon whether its chances are those of the hub's own people, in words in
    ``risk_calibration_notes``.
    """

    ranker: Model
    risk: Model | None
    risk_watch: Watch | None
    risk_calibration: tuple[Calibration, ...]
    risk_calibration_notes: tuple[str, ...]
    problems: tuple[str, ...]


class Health(Payload):
    """The process is up."""

    status: Literal["up"] = "up"


class Readiness(Payload):
    """The service can score, and with which models.

    `problems` is of how many things `GET /v1/models` says that another serves instead.
    """

    status: Literal["ready"] = "ready"
    ranker: str
    risk: str | None
    problems: int


class FieldProblem(Payload):
    """A field that was refused; what was in it is not repeated."""

    field: str
    message: str


class Problem(Payload):
    """A refusal, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: DocumentErrorCode | None = None
    errors: tuple[FieldProblem, ...] | None = None
