"""Who told the hub of a person, with her agreement, and what became of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Network(StrEnum):
    """Whether those who refer do so by office or by neighbourhood."""

    FORMAL = "formal"
    INFORMAL = "informal"


class SourceKind(StrEnum):
    """Who refers people to a hub."""

    MUNICIPALITY = "municipality"
    SOCIAL_SERVICES = "social_services"
    JOB_CENTRE = "job_centre"
    SCHOOL = "school"
    HEALTH_SERVICE = "health_service"
    PARISH = "parish"
    ASSOCIATION = "association"
    UNION_DESK = "union_desk"
    TRADE_DESK = "trade_desk"
    NEIGHBOUR = "neighbour"

    @property
    def network(self) -> Network:
        """The network that it belongs to."""
        return Network.FORMAL if self in _FORMAL else Network.INFORMAL


_FORMAL = frozenset(
    {
        SourceKind.MUNICIPALITY,
        SourceKind.SOCIAL_SERVICES,
        SourceKind.JOB_CENTRE,
        SourceKind.SCHOOL,
        SourceKind.HEALTH_SERVICE,
        SourceKind.UNION_DESK,
        SourceKind.TRADE_DESK,
    }
)


class ReferralState(StrEnum):
    """What became of a referral."""

    RECEIVED = "received"
    CONTACTED = "contacted"
    TAKEN_IN_CHARGE = "taken_in_charge"
    DIRECTED_ELSEWHERE = "directed_elsewhere"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A state that a referral came to: on which day, and which person of the hub says so."""

    state: ReferralState
    on: date
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A referral to which the person agreed on a day. ``moves`` is its whole life, oldest first."""

    id: str
    source: SourceKind
    referrer: str
    person_id: str
    agreed_on: date
    moves: tuple[Moved, ...]

    @property
    def state(self) -> ReferralState:
        """What it came to last."""
        return self.moves[-1].state

    @property
    def since(self) -> date:
        """The day on which it came to that."""
        return self.moves[-1].on


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """All that is kept without the person's agreement: that one came, from where, in which month.

    ``month`` is its first day. No identifier of anybody, nor of the referral.
    """

    source: SourceKind
    month: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferrerView:
    """All that whoever referred may see."""

    referral_id: str
    state: ReferralState
    since: date


class PartnerService(StrEnum):
    """Public services to and from which a person is handed over."""

    SOCIAL_SERVICES = "social_services"
    JOB_CENTRE = "job_centre"


class HandOverWay(StrEnum):
    """Which way a hand-over goes."""

    TO_PARTNER = "to_partner"
    FROM_PARTNER = "from_partner"


class HandOverState(StrEnum):
    """How far a hand-over is."""

    PLANNED = "planned"
    HANDED_OVER = "handed_over"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class HandOverOutcome(StrEnum):
    """How a hand-over ended."""

    TAKEN_UP = "taken_up"
    SHARED = "shared"
    SENT_BACK = "sent_back"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """A step with a public service: planned on a day, with a named contact there, and an outcome.

    ``contact`` is who receives (or sends) at the partner; ``by`` who of the hub last recorded.
    """

    id: str
    person_id: str
    partner: PartnerService
    way: HandOverWay
    agreed_on: date
    planned_on: date
    by: str
    state: HandOverState = HandOverState.PLANNED
    contact: str | None = None
    handed_on: date | None = None
    outcome: HandOverOutcome | None = None
    closed_on: date | None = None


class AppointmentState(StrEnum):
    """What became of an appointment. One that was not held says nothing about why."""

    BOOKED = "booked"
    HELD = "held"
    NOT_HELD = "not_held"
    MOVED = "moved"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A meeting: ``interpreter`` is a language (ISO 639-1), "" for none needed, None if unknown."""

    id: str
    person_id: str
    on: date
    place: str
    by: str
    interpreter: str | None = None
    state: AppointmentState = AppointmentState.BOOKED
    next_id: str | None = None


class ContactChannel(StrEnum):
    """How somebody was contacted."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    MESSAGE = "message"
    EMAIL = "email"
    LETTER = "letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactMade:
    """A contact that was made or tried. What was said is not kept."""

    person_id: str
    on: date
    by: str
    channel: ContactChannel
    reached: bool
    interpreter: str | None = None
