"""Whom to give more help, and when to look again: assessments on record, the worklist."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matching.domain.risk import Chance, Priority, Thresholds


class CaseEvent(StrEnum):
    """What happens to a person and makes an assessment old."""

    JOB_FOUND = "job_found"
    JOB_LOST = "job_lost"
    STEP_COMPLETED = "step_completed"
    NEW_BARRIER = "new_barrier"


class Attention(StrEnum):
    """Rules by which a person stands on the worklist, each shown with its entry.

    The risk is in the high band; it rose; nobody was in touch for too long; something happened
    since the assessment; the assessment is past its validity; there is none, or too little is
    known to make one.
    """

    HIGH = "high"
    RISING = "rising"
    NO_CONTACT = "no_contact"
    EVENT = "event"
    EXPIRED = "expired"
    TO_ASSESS = "to_assess"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """One assessment on record: when, the chance of no work by 12 months, with which model.

    ``because`` is what it was made for: None at intake or when the one before ran out.
    """

    person_id: str
    as_of: date
    no_work: Chance
    model: str
    because: CaseEvent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Something that happened to a person on a day."""

    person_id: str
    on: date
    event: CaseEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class InCharge:
    """A person in charge of the hub: since when, and when somebody was last in touch with her."""

    person_id: str
    since: date
    last_contact: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistEntry:
    """One person: why now, her priority if there is one, and for how long nobody was in touch.

    ``within_caseload`` says whether the managers can take her up now; ``rose`` is by how much the
    chance of no work rose since an earlier assessment, in points of probability (0 to 1).
    """

    person_id: str
    rules: tuple[Attention, ...]
    priority: Priority | None
    no_work: Chance | None
    days_without_contact: int
    rose: float | None
    within_caseload: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Worklist:
    """Everybody in charge, those who need attention now first. It is an order, never a gate.

    ``caseload`` is how many people the managers can take up; ``waiting`` how many need attention
    now beyond it.
    """

    as_of: date
    thresholds: Thresholds | None
    caseload: int
    waiting: int
    entries: tuple[WorklistEntry, ...]
