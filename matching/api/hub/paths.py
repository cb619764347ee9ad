"""What is sent and answered of agreed paths. A provider is answered its own steps alone."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, model_validator

from matching.accompaniment.agreement.lines import KINDS
from matching.accompaniment.agreement.reminders import Reminder
from matching.api.hub.fields import Id, Line, Words
from matching.api.limits import EARLIEST, LATEST
from matching.api.payloads import NUMBER, AnyDay, Payload, YesNo
from matching.domain import Measure
from matching.domain.agreement import (
    AgreedStep,
    Attendance,
    DropReason,
    Event,
    Proposer,
    StepState,
)
from matching.domain.internship import InternshipKind
from matching.hub.paths import PathSeen

OnDay = Annotated[AnyDay, Field(ge=EARLIEST, le=LATEST)]
Euros = Annotated[int, Field(ge=0, le=1_000_000), NUMBER]
Count = Annotated[int, Field(ge=0, le=1_000_000), NUMBER]
StepName = Annotated[Line, Field(description="The slug of a service, or an identifier of ours.")]
_KINDS = {kind: name for name, kind in KINDS.items()}


class NewPathRequest(Payload):
    """A path to begin with a person: of a plan that was proposed to her, or without a step yet.

    `steps` are services of the plan, in the order in which they are taken over; all without.
    """

    plan_id: Id | None = None
    steps: Annotated[list[StepName], Field(max_length=100)] | None = None


class NewStepRequest(Payload):
    """A step to propose: a `service` by its slug, or something else by its `title`.

    `starts_on` names an edition of a dated service; `ends_on` goes with a title. Whose idea it was
    is told by `proposer`; what the person sends herself is hers.
    """

    service: StepName | None = None
    title: Line | None = None
    proposer: Proposer = Proposer.HUB
    on: OnDay | None = None
    starts_on: OnDay | None = None
    ends_on: OnDay | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> "NewStepRequest":
        if (self.service is None) == (self.title is None):
            raise ValueError("needs a service, or a title, and not both")
        if self.service is not None and self.ends_on is not None:
            raise ValueError("ends_on is known of a service; leave it out")
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValueError("ends_on is before starts_on")
        return self


class SentInternship(Payload):
    """The papers of an internship; without all of them it does not start."""

    kind: InternshipKind = InternshipKind.EXTRA_CURRICULAR
    promoter: Line | None = None
    host: Line | None = None
    agreement_on: OnDay | None = None
    project_on: OnDay | None = None
    promoter_tutor: Line | None = None
    host_tutor: Line | None = None
    accident_insured_from: OnDay | None = None
    liability_insured_from: OnDay | None = None
    social_assessment_by: Line | None = None
    social_assessment_on: OnDay | None = None
    starts_on: OnDay | None = None
    ends_on: OnDay | None = None
    allowance_eur: Euros | None = None
    daily_hours: Annotated[float, Field(ge=0, le=24), NUMBER] | None = None
    meals: YesNo | None = None
    public_host: YesNo | None = None
    host_employees: Count | None = None
    host_interns: Count | None = None
    length_rule: Line | None = None


class StepChange(Payload):
    """What became of a step. A no costs nothing, needs no reason, and may be changed any day.

    `reason` and `own_words` go with `dropped`, `internship` with `started`.
    """

    state: Literal["agreed", "started", "completed", "dropped"]
    on: OnDay | None = None
    reason: DropReason | None = None
    own_words: Words | None = None
    internship: SentInternship | None = None

    @model_validator(mode="after")
    def _together(self) -> "StepChange":
        if self.state != "dropped" and (self.reason or self.own_words):
            raise ValueError("reason and own_words go with the state dropped")
        if self.state != "started" and self.internship:
            raise ValueError("internship goes with the state started")
        return self


class SentSession(Payload):
    """Whether the person was at a session. Why not is never recorded."""

    held_on: OnDay
    attendance: Attendance
    on: OnDay | None = None


class PathChange(Payload):
    """Her order of the steps, all of them by name; or that the paper was signed.

    One of the two at a time. Nobody needs to sign.
    """

    order: Annotated[list[StepName], Field(max_length=200)] | None = None
    signed: Literal[True] | None = None
    on: OnDay | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> "PathChange":
        if (self.order is None) == (self.signed is None):
            raise ValueError("needs an order, or signed, and not both")
        return self


class SentDisagreement(Payload):
    """What she does not agree with, in her words; `step` is left out for the whole path."""

    own_words: Words
    step: StepName | None = None
    on: OnDay | None = None


class SessionAnswer(Payload):
    """A session that was recorded."""

    held_on: date
    attendance: Attendance


class ProviderStep(Payload):
    """A step as its provider sees it. `version` counts what happened to this step alone."""

    id: str
    service: str
    name: str
    measure: Measure | None
    state: StepState
    since: date
    starts_on: date | None
    ask_by: date | None
    ends_on: date | None
    started_on: date | None
    sessions: tuple[SessionAnswer, ...]
    version: int


class ParticipantAnswer(Payload):
    """Somebody who agreed to steps with a provider: all that the provider sees."""

    path_id: str
    name: str
    steps: tuple[ProviderStep, ...]


class ParticipantsPage(Payload):
    """A page of a provider's participants. Protected people are in none."""

    participants: tuple[ParticipantAnswer, ...]
    next_cursor: str | None


class StepAnswer(Payload):
    """A step as it stands. `reason` and `own_words` are of the last no, and null without one."""

    id: str
    title: str
    proposer: Proposer
    service: str | None
    measure: Measure | None
    state: StepState
    since: date
    starts_on: date | None
    ask_by: date | None
    ends_on: date | None
    started_on: date | None
    follows: str | None
    reason: DropReason | None
    own_words: str | None
    sessions: tuple[SessionAnswer, ...]


class Disagreement(Payload):
    """What was contested, when, in her words."""

    on: date
    step: str | None
    own_words: str


class DueAnswer(Payload):
    """Something that is due on a day; `lacking` are papers of an internship."""

    due: str
    step: str
    on: date
    lacking: tuple[str, ...]


class CallAnswer(Payload):
    """A call to make, to ask how things are: by which rule, and what it saw."""

    sign: str
    step: str
    since: date
    seen: int
    of: int | None
    limit: float


class Happened(Payload):
    """What happened on a day, and to which step."""

    on: date
    kind: str
    step: str | None


class PathAnswer(Payload):
    """A path as it stands: the steps in her order. `calls` are for her managers, null for her."""

    id: str
    person_id: str
    version: int
    signed_on: date | None
    steps: tuple[StepAnswer, ...]
    contested: tuple[Disagreement, ...]
    due: tuple[DueAnswer, ...]
    calls: tuple[CallAnswer, ...] | None
    happened: tuple[Happened, ...]


class PathListedAnswer(Payload):
    """A path of a person: since when, and the plan that it was begun of."""

    id: str
    begun_at: datetime
    plan_id: str | None
    version: int


class PathsAnswer(Payload):
    """A person's paths, the first begun first."""

    paths: tuple[PathListedAnswer, ...]


def due_answer(due: Reminder) -> DueAnswer:
    """What is due, as it is answered."""
    return DueAnswer(due=due.due, step=due.step, on=due.on, lacking=due.lacking)


def path_answer(seen: PathSeen, *, by_herself: bool) -> PathAnswer:
    """A path as it is answered to her managers, or to herself."""
    agreement = seen.agreement
    return PathAnswer(
        id=seen.id,
        person_id=seen.person_id,
        version=seen.version,
        signed_on=agreement.signed_on,
        steps=tuple(map(_step, agreement.steps)),
        contested=tuple(
            Disagreement(on=one.on, step=one.step, own_words=one.own_words)
            for one in agreement.contested
        ),
        due=tuple(map(due_answer, seen.due)),
        calls=None if by_herself else tuple(map(CallAnswer.model_validate, seen.calls)),
        happened=tuple(map(_happened, agreement.events)),
    )


def sessions_of(step: AgreedStep) -> tuple[SessionAnswer, ...]:
    """What was recorded of the sessions of a step."""
    return tuple(map(SessionAnswer.model_validate, step.sessions))


def _step(step: AgreedStep) -> StepAnswer:
    proposal = step.proposal
    return StepAnswer(
        id=step.id,
        title=proposal.title,
        proposer=proposal.proposer,
        service=proposal.service,
        measure=proposal.measure,
        state=step.state,
        since=step.since,
        starts_on=proposal.starts_on,
        ask_by=proposal.ask_by,
        ends_on=proposal.ends_on,
        started_on=step.started_on,
        follows=proposal.follows,
        reason=step.reason,
        own_words=step.own_words or None,
        sessions=sessions_of(step),
    )


def _happened(event: Event) -> Happened:
    return Happened(on=event.on, kind=_KINDS[type(event)], step=getattr(event, "step", None))
