"""The path that may change a person's situation: needs, services, steps."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matching.domain.catalogue import Contact, PaperAsked
from matching.domain.reach import ReachGain


class Need(StrEnum):
    """Needs that a service answers."""

    WORK = "work"
    SKILLS = "skills"
    HOUSING = "housing"
    FOOD = "food"
    BUDGET = "budget"
    CARE = "care"
    MOBILITY = "mobility"
    DIGITAL = "digital"
    DOCUMENTS = "documents"
    HEALTH = "health"
    SOCIAL = "social"


class Difficulty(StrEnum):
    """What is hard, within a need: an answer tells it, and a service may be made to ease it."""

    NO_JOB = "no_job"
    FEW_HOURS = "few_hours"
    SEARCHING_ALONE = "searching_alone"
    TRAINING = "training"
    ITALIAN = "italian"
    HOME_AT_RISK = "home_at_risk"
    NO_HOME = "no_home"
    RENT_ARREARS = "rent_arrears"
    UNFIT_HOME = "unfit_home"
    TOO_LITTLE_FOOD = "too_little_food"
    POOR_FOOD = "poor_food"
    MONTH_END = "month_end"
    DEBTS = "debts"
    NO_SAVINGS = "no_savings"
    CHILD_CARE = "child_care"
    ADULT_CARE = "adult_care"
    NO_STAND_IN = "no_stand_in"
    NO_TRANSPORT = "no_transport"
    TRAVEL_COST = "travel_cost"
    NO_DEVICE = "no_device"
    ONLINE_ALONE = "online_alone"
    PAPERS = "papers"
    NO_ISEE = "no_isee"
    NO_TREATMENT = "no_treatment"
    NO_DOCTOR = "no_doctor"
    NOBODY_NEAR = "nobody_near"
    SELDOM_OUT = "seldom_out"


class Measure(StrEnum):
    """Kinds of intervention."""

    COURSE = "course"
    CERTIFICATE = "certificate"
    WORK_GRANT = "work_grant"
    INTERNSHIP = "internship"
    JOB_SEARCH_HELP = "job_search_help"
    HOUSING = "housing"
    FOOD = "food"
    BUDGET = "budget"
    CARE = "care"
    LANGUAGE = "language"
    DIGITAL = "digital"
    TRANSPORT = "transport"
    BUSINESS_START = "business_start"
    LISTENING = "listening"
    LEGAL_HELP = "legal_help"


class Payer(StrEnum):
    """Who pays for a service."""

    FUND = "fund"
    PUBLIC = "public"
    PROVIDER = "provider"
    PERSON = "person"


class Grade(StrEnum):
    """Evidence of an effect on work: randomised, meta-analysis, monitoring, opinion."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Band(StrEnum):
    """Parts of the day or week in which a service is held."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    WEEKEND = "weekend"


class Weekday(StrEnum):
    """Days of the week."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


class Matter(StrEnum):
    """What is to be talked over before a step is settled; never a ground to leave it out.

    The service expects a skill that the CV does not show; it is held at a time, or takes more
    hours a week, than the CV offers; it is held at the same time as an earlier step; it teaches a
    language, to a level that must be compared. The provider asks for something of the person (who
    she is, her age, where she lives); what is known of the service was not confirmed lately.
    """

    REQUIRED_SKILL = "required_skill"
    BAND = "band"
    PART_TIME = "part_time"
    WEEKLY_HOURS = "weekly_hours"
    SAME_TIME = "same_time"
    LANGUAGE_LEVEL = "language_level"
    AUDIENCE = "audience"
    AGE = "age"
    AREA = "area"
    STALE = "stale"
    UNDATED = "undated"


class PlanState(StrEnum):
    """Whether there was a catalogue to propose from."""

    OK = "ok"
    NO_CATALOGUE = "no_catalogue"
    CATALOGUE_NOT_VALID = "catalogue_not_valid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a step would change for one vacancy: score (0 to 1) and rank before and after."""

    vacancy_id: str
    title: str
    score_before: float
    score_after: float
    rank_before: int
    rank_after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ToConfirm:
    """Something to talk over before a step is settled, and what it is about."""

    matter: Matter
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One proposed service of a path: why, where, when, at what cost, and what it would change.

    ``skills`` (labels) and ``needs`` say what of this person's the step answers. ``start`` is
    None where it begins when there is a seat, not sooner than ``lead_days`` after asking.
    ``minutes`` is the estimated journey, None where her home is not known or she need not go
    (``remote``); ``by_car`` says how. ``cost_eur`` is what the fund pays. ``opens`` is what this
    step alone would change. ``alternatives`` are the other services that answer what only this
    step does. ``documents`` are to be brought, ``contacts`` to be asked; none where not known.
    ``gain`` is what it would open over all the vacancies, None where that was not counted.
    """

    service: str
    name: str
    measure: Measure
    provider: str
    place: str
    remote: bool
    minutes: int | None
    by_car: bool
    start: date | None
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
    to_confirm: tuple[ToConfirm, ...]
    alternatives: tuple[str, ...]
    example: bool
    documents: tuple[PaperAsked, ...] = ()
    contacts: tuple[Contact, ...] = ()
    gain: ReachGain | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A path to talk over with the person: steps, their cost, and what nothing answers.

    ``steps`` are within ``budget_eur``, where there is one; ``over_budget`` are those that would
    answer the rest and that it does not pay for, ``minor`` those that cost something and would
    change too little to be worth it. ``without_skills`` (labels) and
    ``without_needs`` are what no service of the catalogue answers on this day. ``in_view`` are
    the titles of the vacancies whose missing skills are meant, ``opens`` what all the steps
    together would change for them. ``valid_from`` and ``valid_to`` are the catalogue's.
    """

    person_id: str
    as_of: date
    state: PlanState
    steps: tuple[Step, ...] = ()
    cost_eur: int = 0
    in_view: tuple[str, ...] = ()
    opens: tuple[Opened, ...] = ()
    budget_eur: int | None = None
    over_budget: tuple[Step, ...] = ()
    minor: tuple[Step, ...] = ()
    without_skills: tuple[str, ...] = ()
    without_needs: tuple[Need, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
