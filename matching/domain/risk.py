"""A person's situation, the risk of staying without work, and how closely to follow her."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matching.domain.matching import Question, State
from matching.domain.models import ModelStamp

OFFER_ACCOMPANIMENT = "offer_accompaniment"
"""The only purpose for which a risk is assessed or shown (Regulation 2024/1689, art. 5(1)(c))."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A person's situation at intake, as she tells it: the only input of the risk model.

    None means not known. Nothing here is a protected attribute; a care load counts only through
    the hours that it leaves.

    ========================== =================================================================
    field                      value
    ========================== =================================================================
    ``months_since_last_job``  whole months, 0 for somebody still working
    ``share_worked_5y``        share of the last five years worked, 0 to 1
    ``jobs_5y``                contracts of the last five years, 0 for none
    ``longest_job_5y``         months of the longest of them, within the five years
    ``past_long_spells``       earlier spells of a year or more without work
    ``education_level``        highest level, EQF 1-8
    ``italian_level``          CEFR level, A1 to C2
    ``driving_licence``        whether she has licence B
    ``own_vehicle``            whether she has a vehicle
    ``weekly_hours``           hours a week that she can work
    ``debt_stress``            whether debts weigh on the household
    ``housing_stress``         whether the home is at risk, or lost
    ``local_demand``           how much her trade is asked for within reach, 0 least to 1 most
    ``own_rating``             her own idea of her chances, 1 lowest to 5 highest
    ========================== =================================================================
    """

    person_id: str
    months_since_last_job: int | None = None
    share_worked_5y: float | None = None
    jobs_5y: int | None = None
    longest_job_5y: int | None = None
    past_long_spells: int | None = None
    education_level: int | None = None
    italian_level: str | None = None
    driving_licence: bool | None = None
    own_vehicle: bool | None = None
    weekly_hours: int | None = None
    debt_stress: bool | None = None
    housing_stress: bool | None = None
    local_demand: float | None = None
    own_rating: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """A probability with its 80% interval."""

    value: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """What is expected by a month from intake: no work, and of that, no longer searching."""

    months: int
    no_work: Chance
    inactive: Chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """One reason for a risk, and whether anything can be done about it.

    ``effect`` is in points of probability (0 to 1) of no work by 12 months, over a person with
    everything typical: positive raises the risk, negative protects. It describes the estimate,
    and is not what a change would bring.
    """

    name: str
    effect: float
    text: str
    changeable: bool


class PriorityBand(StrEnum):
    """How closely a person is to be followed, by what the hub can carry; never whether."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Chances of no work by 12 months from which the bands begin, 0 to 1, and where they are from.

    None where nobody can be followed so. ``people`` are those compared, ``closely`` and
    ``lightly`` how many of them the hub can follow closely, and after those at a lighter pace.
    """

    medium: float | None
    high: float | None
    people: int
    closely: int
    lightly: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """The band of a chance, and the bands that its interval reaches."""

    band: PriorityBand
    lowest: PriorityBand
    highest: PriorityBand


class CalibrationState(StrEnum):
    """Whether chances were brought to what comes of a hub's own people, or why they were not."""

    DONE = "recalibrated"
    RIGHT = "right as they are"
    FEW = "not enough data here"
    TURNED = "the order is not that of the chances"


@dataclass(frozen=True, slots=True, kw_only=True)
class HubCalibration:
    """What a hub's own outcomes did to the chances of one horizon, in months.

    ``outcomes`` are people of whom it is known what came by then, ``exits`` those of them who
    found work; ``needed`` and ``needed_exits`` how many it takes, ``needed`` None where the chances
    are too alike for any number.
    """

    months: int
    state: CalibrationState
    outcomes: int
    exits: int
    needed: int | None
    needed_exits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskAssessment:
    """The risk of staying without work, with reasons. Used to add help, never to narrow it.

    ``priority`` is the band that the hub's capacity gives the chance of no work by 12 months, among
    the people of ``thresholds``; None where there is nothing to compare it with. ``calibration``
    says by horizon whether the chances are those of the hub's own people; nothing where the model
    was packed before that was recorded.
    """

    person_id: str
    as_of: date
    model: ModelStamp
    state: State
    horizons: tuple[Horizon, ...] = ()
    typical: float
    factors: tuple[Factor, ...] = ()
    questions: tuple[Question, ...] = ()
    priority: Priority | None = None
    thresholds: Thresholds | None = None
    calibration: tuple[HubCalibration, ...] = ()
