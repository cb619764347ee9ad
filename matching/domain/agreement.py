"""The agreed path (*percorso concordato*) as what happened to it. Nothing in it is an obligation.

Whatever proposes services, orders people or gives from the fund may not import this module (import
contract "a refusal costs nothing"), which is why :mod:`matching.domain` does not hand it on. There
is no field for why somebody was absent, nor for a state of health.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from matching.domain.accompaniment import Measure
from matching.domain.internship import InternshipRecord


class StepState(StrEnum):
    """How far a step is. One that was dropped may be agreed to again."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    STARTED = "started"
    ATTENDED = "attended"
    COMPLETED = "completed"
    DROPPED = "dropped"


class Proposer(StrEnum):
    """Whose idea a step is."""

    HUB = "hub"
    PERSON = "person"


class DropReason(StrEnum):
    """Why a step is not taken or not gone on with; ``NOT_SAID`` is as good as any."""

    NOT_SAID = "not_said"
    NOT_WANTED = "not_wanted"
    NOT_NOW = "not_now"
    OTHER_STEP = "other_step"
    HOURS = "hours"
    DISTANCE = "distance"
    CARE = "care"
    COST = "cost"
    NOT_CLEAR = "not_clear"
    WORK_FOUND = "work_found"
    NO_SEAT = "no_seat"
    SERVICE_ENDED = "service_ended"
    OTHER = "other"


class Attendance(StrEnum):
    """What is recorded of a session; why somebody was absent never is."""

    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"
    NOT_HELD = "not_held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened on a day, and who of the hub recorded it."""

    on: date
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun(Event):
    """A path was begun with a person."""

    id: str
    person_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepProposed(Event):
    """A step was proposed by the hub or by the person.

    ``service`` is a slug of the catalogue, None for a step of the person's own; ``starts_on``,
    ``ask_by`` and ``ends_on`` are known where the service is dated; ``follows`` is who follows it.
    """

    step: str
    title: str
    proposer: Proposer
    service: str | None = None
    measure: Measure | None = None
    starts_on: date | None = None
    ask_by: date | None = None
    ends_on: date | None = None
    follows: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepAgreed(Event):
    """The person said yes."""

    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRefused(Event):
    """The person said no; ``own_words`` are hers, and may be left empty."""

    step: str
    reason: DropReason = DropReason.NOT_SAID
    own_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStarted(Event):
    """A step began; an internship with all its papers."""

    step: str
    internship: InternshipRecord | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRecorded(Event):
    """Whether the person was at a session, which was on ``held_on``."""

    step: str
    held_on: date
    attendance: Attendance


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCompleted(Event):
    """A step was gone through to its end."""

    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDropped(Event):
    """A step that had been agreed to was interrupted, by the person, the hub or the provider."""

    step: str
    reason: DropReason = DropReason.NOT_SAID
    own_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reordered(Event):
    """The person put the steps in another order: all of them, by their ids."""

    order: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested(Event):
    """The person does not agree with something, in her words; ``step`` None for the whole."""

    own_words: str
    step: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed(Event):
    """The paper was signed. Nobody needs to, and nothing depends on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session of a step and what was recorded of it."""

    held_on: date
    attendance: Attendance


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedStep:
    """A step of an agreed path, as it stands."""

    proposal: StepProposed
    state: StepState
    since: date
    started_on: date | None = None
    reason: DropReason | None = None
    own_words: str = ""
    sessions: tuple[Session, ...] = ()

    @property
    def id(self) -> str:
        """Its name within the path."""
        return self.proposal.step


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """An agreed path as it stands: ``steps`` in the person's order, ``events`` its whole life."""

    id: str
    person_id: str
    steps: tuple[AgreedStep, ...] = ()
    signed_on: date | None = None
    contested: tuple[Contested, ...] = ()
    events: tuple[Event, ...] = field(default=(), repr=False)

    def step(self, step_id: str) -> AgreedStep | None:
        """The step of a name, None where there is none."""
        return next((one for one in self.steps if one.id == step_id), None)
