"""What the routes take and answer."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, field_validator
from pydantic.fields import FieldInfo

from matching.api.extracted import Extracted
from matching.api.limits import MAX_ASSESSED, MAX_PERSONS
from matching.api.payloads import (
    NUMBER,
    AsOf,
    DocumentText,
    Identifier,
    Model,
    Name,
    Payload,
    Share,
    YesNo,
)
from matching.domain import Dimension, DocumentErrorCode, DocumentKind, State
from matching.features.situation import SITUATION

PURPOSE = "offer_accompaniment"
"""The only purpose for which a risk may be assessed."""

TEXT_TAG, EXTRACTION_TAG = "given-as-text", "given-as-extraction"
"""How the two forms of a row are told apart; no field has such a name."""

_ALLOWED = {column.name: column.allowed for column in SITUATION if column.allowed}


class _DocumentFields(Payload):
    kind: DocumentKind
    as_of: AsOf | None = None


class FileFields(_DocumentFields):
    """What is said of an uploaded file; ``ocr`` asks for text recognition where it is a scan.

    Without ``ocr``, the setting of the installation counts.
    """

    ocr: bool | None = None


class ExtractionRequest(_DocumentFields):
    """A text to read; the title of a vacancy stands at its head."""

    text: DocumentText


class _Row(Payload):
    id: Identifier
    comune: Annotated[
        Name | None, Field(description="Home or workplace: name or ISTAT code of a municipality.")
    ] = None


class PersonAsText(_Row):
    """A person by her CV."""

    text: DocumentText


class PersonAsExtraction(_Row):
    """A person by what was read in her CV."""

    extraction: Extracted


class VacancyAsText(PersonAsText):
    """A vacancy by its text."""

    title: Name = ""


class VacancyAsExtraction(PersonAsExtraction):
    """A vacancy by what was read in title and text together."""

    title: Name = ""


def _form(row: Any) -> str:
    if isinstance(row, dict):
        return EXTRACTION_TAG if "extraction" in row else TEXT_TAG
    return EXTRACTION_TAG if hasattr(row, "extraction") else TEXT_TAG


PersonGiven = Annotated[
    Annotated[PersonAsText, Tag(TEXT_TAG)] | Annotated[PersonAsExtraction, Tag(EXTRACTION_TAG)],
    Discriminator(_form),
]
VacancyGiven = Annotated[
    Annotated[VacancyAsText, Tag(TEXT_TAG)] | Annotated[VacancyAsExtraction, Tag(EXTRACTION_TAG)],
    Discriminator(_form),
]


def _all_differ(identifiers: Iterable[str]) -> None:
    first: dict[str, int] = {}
    for number, identifier in enumerate(identifiers):
        if identifier in first:
            raise ValueError(
                f"numbers {first[identifier]} and {number}, counted from 0, have the same "
                "identifier; identifiers must differ"
            )
        first[identifier] = number


class RankingRequest(Payload):
    """A vacancy and the pool of people to rank for it; the first ``explain`` with reasons."""

    vacancy: VacancyGiven
    persons: Annotated[list[PersonGiven], Field(max_length=MAX_PERSONS)]
    as_of: AsOf | None = None
    explain: Annotated[int, Field(ge=0, le=MAX_PERSONS), NUMBER] = 10

    @field_validator("persons")
    @classmethod
    def _differ(cls, persons: list[PersonGiven]) -> list[PersonGiven]:
        _all_differ(person.id for person in persons)
        return persons


class Reason(Payload):
    """One reason: its effect on the score, relative to knowing nothing, and what proves it."""

    dimension: Dimension
    effect: float
    text: str
    person_evidence: tuple[str, ...]
    vacancy_evidence: tuple[str, ...]


class Question(Payload):
    """What to ask next, and how far the answer can move the score or the chance."""

    key: str
    text: str
    swing: float


class Ranked(Payload):
    """One person of the pool; ``explained`` says whether reasons were asked for this far down.

    A person who cannot be judged is ``not_enough_data``: the no-information score, 0 and 1.
    """

    person_id: str
    rank: int
    score: Share
    lower: Share
    upper: Share
    state: State
    explained: bool
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    questions: tuple[Question, ...]


class Notice(Payload):
    """What of a row could not be used; ``code`` where its text could not be read."""

    id: str
    message: str
    code: DocumentErrorCode | None = None


class Ranking(Payload):
    """The whole pool, best first; equal scores share a rank.

    ``base`` is the score of somebody nothing is known of, from which the reasons count.
    """

    vacancy_id: str
    as_of: date
    model: Model
    base: Share
    matches: tuple[Ranked, ...]
    warnings: tuple[Notice, ...]


def _within(name: str) -> FieldInfo:
    """The bounds of an answer, as the catalog of situations has them."""
    least, most = _ALLOWED[name]
    found: FieldInfo = Field(ge=least, le=most)
    return found


class SituationGiven(Payload):
    """A person's situation at intake, as she tells it; null means not known."""

    person_id: Identifier
    months_since_last_job: Annotated[int, _within("months_since_last_job"), NUMBER] | None = None
    share_worked_5y: Annotated[float, _within("share_worked_5y"), NUMBER] | None = None
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


class RiskRequest(Payload):
    """Situations to assess, for one purpose: to offer more help."""

    purpose: Annotated[Name, Field(description=f"Must be `{PURPOSE}`; others are refused, 403.")]
    persons: Annotated[list[SituationGiven], Field(min_length=1, max_length=MAX_ASSESSED)]
    as_of: AsOf | None = None

    @field_validator("persons")
    @classmethod
    def _differ(cls, persons: list[SituationGiven]) -> list[SituationGiven]:
        _all_differ(person.person_id for person in persons)
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


class Assessment(Payload):
    """The risk of staying without work of one person."""

    person_id: str
    state: State
    horizons: tuple[Horizon, ...]
    typical: Share
    factors: tuple[Factor, ...]
    questions: tuple[Question, ...]


class RiskAnswer(Payload):
    """Assessments in the given order; they serve to add help, never to narrow it.

    ``notice`` is to be shown beside every number; it is there where the model is synthetic.
    """

    purpose: str
    as_of: date
    model: Model
    synthetic: bool
    notice: str | None
    assessments: tuple[Assessment, ...]


class Models(Payload):
    """What is in service; ``problems`` are sentences on models that could not serve."""

    ranker: Model
    risk: Model | None
    problems: tuple[str, ...]


class Health(Payload):
    """The process is up."""

    status: Literal["up"] = "up"


class Readiness(Payload):
    """The service can score, and with which models."""

    status: Literal["ready"] = "ready"
    ranker: str
    risk: str | None


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
