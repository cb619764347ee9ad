"""What is sent and answered of vacancies: our own form, or schema.org's JobPosting."""

import html
import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from matching.api.hub.fields import Code, Id, Line, LongText
from matching.api.payloads import NUMBER, Change, Day, Payload
from matching.domain.days import day_at
from matching.hub.vacancies import KeptVacancy

Hours = Annotated[int, Field(ge=1, le=720), NUMBER]


class NewVacancyRequest(Payload):
    """A vacancy to post. An agency or an employer posts its own; `organisation_id` is then its.

    `answer_hours` are hours of working days within which a proposal is answered, those of the
    territory unless said.
    """

    title: Line
    text: Annotated[LongText, Field(min_length=1)]
    municipality: Line | None = None
    hub: Code | None = None
    organisation_id: Id | None = None
    external_id: Line | None = None
    opened_on: Day | None = None
    expires_on: Day | None = None
    mission_from: Day | None = None
    mission_until: Day | None = None
    answer_hours: Hours | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "NewVacancyRequest":
        in_order(self.opened_on, self.expires_on, self.mission_from, self.mission_until)
        return self


class VacancyChange(Change):
    """What changes of a vacancy; what is left out stays as it is."""

    title: Line | None = None
    text: Annotated[LongText, Field(min_length=1)] | None = None
    municipality: Line | None = None
    state: Literal["open", "closed", "withdrawn"] | None = None
    expires_on: Day | None = None
    mission_from: Day | None = None
    mission_until: Day | None = None
    answer_hours: Hours | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "VacancyChange":
        in_order(None, self.expires_on, self.mission_from, self.mission_until)
        return self


class Asked(Payload):
    """A skill that the vacancy asks for. `implied`: not written, usual in the trade."""

    uri: str
    label: str
    importance: str
    implied: bool
    evidence: tuple[str, ...]


class Trade(Payload):
    """An occupation that the vacancy is for."""

    uri: str
    label: str
    isco08: str


class VacancyAnswer(Payload):
    """A vacancy on record, with what was read in its text."""

    id: str
    hub: str
    organisation_id: str | None
    external_id: str | None
    state: str
    title: str
    text: str
    municipality: str | None
    skills: tuple[Asked, ...]
    occupations: tuple[Trade, ...]
    opened_on: date
    expires_on: date | None
    mission_from: date | None
    mission_until: date | None
    answer_hours: int
    version: int


_READ = frozenset({"title", "municipality", "skills", "occupations"})
_KEPT = tuple(name for name in VacancyAnswer.model_fields if name not in _READ)


class VacanciesPage(Payload):
    """A page of vacancies; a company sees its own."""

    vacancies: tuple[VacancyAnswer, ...]
    next_cursor: str | None


def in_order(
    opened: date | None, expires: date | None, begins: date | None, ends: date | None
) -> None:
    """Check days against each other, for a validator.

    Raises
    ------
    ValueError
        Naming the two that do not fit.
    """
    if opened and expires and expires < opened:
        raise ValueError("expires_on is before opened_on")
    if begins and ends and ends < begins:
        raise ValueError("mission_until is before mission_from")


def vacancy_answer(kept: KeptVacancy) -> VacancyAnswer:
    """A vacancy as it is answered."""
    vacancy = kept.vacancy
    place = vacancy.facts.comune
    # In one call: making each model in Python takes longer than all of them are checked in.
    return VacancyAnswer.model_validate(
        {
            **{name: getattr(kept, name) for name in _KEPT},
            "title": vacancy.title,
            "municipality": None if place is None else str(place.value),
            "skills": [
                {
                    "uri": one.uri, "label": one.label, "importance": one.importance,
                    "implied": one.implied, "evidence": [words.text for words in one.evidence],
                }
                for one in vacancy.skills
            ],
            "occupations": [
                {"uri": one.uri, "label": one.label, "isco08": one.isco08}
                for one in vacancy.occupations
            ],
        }
    )  # fmt: skip


_TAG = re.compile(r"<[^>]{0,2000}>")
_BREAK = re.compile(r"<(?:br|/p|/li|/div|/h[1-6])\b[^>]{0,200}>", re.IGNORECASE)


def from_job_posting(posting: dict[str, Any]) -> dict[str, Any]:
    """The fields of our own form in a JobPosting (schema.org), to be checked like any other.

    Reads `title`, `description` (HTML or text), `identifier`, `datePosted`, `validThrough`,
    `jobStartDate` and the locality of `jobLocation`; what else it says is in no field of ours.
    """
    found: dict[str, Any] = {
        "title": posting.get("title"),
        "text": _text(posting.get("description")),
        "municipality": _locality(posting.get("jobLocation")),
        "external_id": _identifier(posting.get("identifier")),
        "opened_on": _day(posting.get("datePosted")),
        "expires_on": _day(posting.get("validThrough")),
        "mission_from": _day(posting.get("jobStartDate")),
    }
    return {name: value for name, value in found.items() if value is not None}


def _text(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", value))).strip()


def _locality(value: Any) -> Any:
    for key in ("address", "addressLocality"):
        value = value[0] if isinstance(value, list) and value else value
        value = value.get(key) if isinstance(value, dict) else value
    return value if isinstance(value, str) else None


def _identifier(value: Any) -> Any:
    return value.get("value") if isinstance(value, dict) else value


def _day(value: Any) -> Any:
    # A day, or a moment, which begins with one: that of its own zone, which is not the hub's.
    if not isinstance(value, str):
        return value
    try:
        moment = datetime.fromisoformat(value)
        return value[:10] if moment.tzinfo is None else str(day_at(moment))
    except (ValueError, OverflowError):
        return value[:10]
