"""A shortlist: everybody in a pool for one vacancy, and all that is to be said of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from matching.domain.accompaniment import Payer
from matching.domain.matching import Dimension, Question, Reason, State, Vacancy
from matching.domain.models import ModelStamp


class BarrierState(StrEnum):
    """What is known of a hard requirement: the data say that it is not met, or say nothing."""

    NOT_MET = "not_met"
    TO_CHECK = "to_check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Barrier:
    """A hard requirement that is not shown to be met: eligibility, which is not fit.

    ``rule`` names the rule, ``law`` its source (None where the vacancy alone asks for it),
    ``text`` says what is required and what is known, ``answer`` what would change it.
    """

    rule: str
    state: BarrierState
    text: str
    answer: str
    law: str | None = None
    person_evidence: tuple[str, ...] = ()
    vacancy_evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A local service that teaches a missing skill; ``minutes`` is None where not known."""

    slug: str
    name: str
    provider: str
    place: str
    start: date | None
    minutes: float | None
    cost_eur: int
    paid_by: Payer


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A missing skill, what score and rank would be with it, and who teaches it nearby."""

    uri: str
    label: str
    score: float
    rank: int
    courses: tuple[Course, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighting:
    """Weights that a user gives to dimensions, 1 being the model's own.

    ``preferred`` is what was asked for, ``applied`` what the ranking uses: within the limits, and
    1 for a dimension in which the vacancy asks for nothing.
    """

    preferred: Mapping[Dimension, float] = field(default_factory=lambda: MappingProxyType({}))
    applied: Mapping[Dimension, float] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Balancing:
    """How near ties were ordered by exposure: the policy, the day's seed, and who moved."""

    policy: str
    seed: int
    moved: tuple[str, ...] = ()


class Absence(StrEnum):
    """Why a person or a vacancy left the pool."""

    STALE_PROFILE = "stale_profile"
    EXPIRED_VACANCY = "expired_vacancy"
    NO_NOTICE = "no_notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Somebody or something that left the pool, visibly: why, since when, what brings it back."""

    id: str
    why: Absence
    since: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One person for one vacancy: score with interval, reasons, what is missing, what to ask.

    ``rank_lower`` and ``rank_upper`` bound an 80% interval of the rank: of a learned model, were
    it learnt anew from as many decisions; of the baseline, were the answers known that it lacks.
    ``close_to_next`` says that the order with the next person is too close to call.
    ``probability`` is the calibrated chance of being taken into the employer's shortlist, None
    where the model has none. ``barriers`` are hard requirements not shown to be met. With one that
    is not met, ``apart`` is true: the person is listed after the others, with her score, and with
    the rank that she would have among them.
    """

    vacancy_id: str
    person_id: str
    rank: int
    score: float
    lower: float
    upper: float
    state: State
    rank_lower: int | None = None
    rank_upper: int | None = None
    close_to_next: bool = False
    probability: float | None = None
    apart: bool = False
    barriers: tuple[Barrier, ...] = ()
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    """The whole pool for one vacancy, best first, those not eligible apart at the end.

    ``reserved`` marks a vacancy reserved by L. 68/99: nobody is ranked for it here. ``matches`` may
    be made as they are looked at.
    """

    vacancy: Vacancy
    as_of: date
    model: ModelStamp
    matches: Sequence[Match]
    reserved: bool = False
    weighting: Weighting | None = None
    balancing: Balancing | None = None
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMatches:
    """The whole pool of vacancies for one person, best first, those she cannot take apart.

    Each score is that of the same pair in the shortlist of its vacancy; ranks are among these
    vacancies. ``reserved`` are vacancies reserved by L. 68/99, for which nobody is ranked here.
    """

    person_id: str
    as_of: date
    model: ModelStamp
    matches: Sequence[Match]
    reserved: tuple[str, ...] = ()
    balancing: Balancing | None = None
    left_out: tuple[LeftOut, ...] = ()
