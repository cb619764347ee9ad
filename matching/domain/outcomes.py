"""What came of an agreed path: jobs, homes, results at 6, 12 and 24 months, the person's account.

None is *not known*, and is never read as no. Paths that were interrupted are recorded like the
others.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matching.domain.accompaniment import Measure, Need
from matching.domain.assessment import Level
from matching.domain.reading import Contract

HORIZONS = (6, 12, 24)
"""Months after a path was agreed at which one looks what came of it."""

LONG_TERM_MONTHS = 12
"""Months without work from which somebody is long out of work (ISTAT, Eurostat)."""


class WorkGroup(StrEnum):
    """For how long somebody was without work when the path was agreed. No protected attribute."""

    LONG_TERM = "long_term"
    OTHERS = "others"


class OutcomeKind(StrEnum):
    """What may have come of a path.

    Work that counts by the territory's rule; a job kept for six months; a course completed; the
    home kept; food without interruption; a household budget in order.
    """

    WORK = "work"
    RETAINED = "retained"
    COURSE_COMPLETED = "course_completed"
    HOME_KEPT = "home_kept"
    FOOD_CONTINUITY = "food_continuity"
    BUDGET_IN_ORDER = "budget_in_order"


class OutcomeSource(StrEnum):
    """Who says so."""

    PERSON = "person"
    EMPLOYER = "employer"
    PROVIDER = "provider"
    JOB_CENTRE = "job_centre"
    MUNICIPALITY = "municipality"
    MANAGER = "manager"


class OpportunityKind(StrEnum):
    """What was found."""

    JOB = "job"
    HOME = "home"


class OwnAccount(StrEnum):
    """How the person says that things go, beside when the path was agreed."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A measure that the person accepted: hours of it, slug of the service, where known."""

    measure: Measure
    hours: int | None = None
    service: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedNeed:
    """The level of a need as it was recorded when the path was agreed."""

    need: Need
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The baseline of an outcome: whether it was so already when the path was agreed."""

    kind: OutcomeKind
    was: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PathRecord:
    """A path as it was agreed on a day: the clock of everything that came of it starts there.

    ``offered`` are measures that were proposed, ``accepted`` those that the person took up; with
    none of these the person is one of those whom others are compared with. ``municipality`` is an
    ISTAT code. ``months_without_work``, ``needs``, ``education_level`` (EQF), ``weekly_hours`` and
    ``driving_licence`` are as on that day, ``before`` the baseline of outcomes. An interrupted path
    has the day on which it was.
    """

    id: str
    person_id: str
    agreed_on: date
    household_id: str | None = None
    municipality: str | None = None
    offered: tuple[Measure, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    months_without_work: int | None = None
    needs: tuple[RecordedNeed, ...] = ()
    education_level: int | None = None
    weekly_hours: int | None = None
    driving_licence: bool | None = None
    before: tuple[Before, ...] = ()
    interrupted_on: date | None = None

    @property
    def measures(self) -> frozenset[Measure]:
        """The measures that the person took up."""
        return frozenset(one.measure for one in self.accepted)

    @property
    def group(self) -> WorkGroup | None:
        """For how long the person was without work, None where it is not known."""
        if self.months_without_work is None:
            return None
        long = self.months_without_work >= LONG_TERM_MONTHS
        return WorkGroup.LONG_TERM if long else WorkGroup.OTHERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity:
    """A job or a home that was found. Two jobs of one person are two opportunities, one person.

    Of a job: the contract, the days planned (None without an end), or ``self_employed``; the day
    on which it ended, and the last day on which somebody confirmed that it goes on.
    """

    id: str
    path_id: str
    kind: OpportunityKind
    starts_on: date
    source: OutcomeSource
    contract: Contract | None = None
    planned_days: int | None = None
    self_employed: bool = False
    ended_on: date | None = None
    confirmed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRecord:
    """What is known of one outcome at a horizon: yes, no, or asked for and still not known."""

    path_id: str
    kind: OutcomeKind
    month: int
    seen_on: date
    source: OutcomeSource
    came: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRecord:
    """The person's own account at a horizon. ``text`` are her words: no export holds them."""

    path_id: str
    month: int
    told_on: date
    answer: OwnAccount | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmetNeed:
    """A need, or a missing skill as the plan names it, that no service of the catalogue answers.

    Without a need it is about the skill. ``municipality`` (ISTAT) is where the person lives.
    """

    person_id: str
    on: date
    municipality: str | None = None
    need: Need | None = None
    skill: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfilledVacancy:
    """A vacancy that nobody of the pool fits: ``occupation`` is its ISCO code where known."""

    vacancy_id: str
    on: date
    municipality: str | None = None
    occupation: str | None = None
    considered: int = 0
