"""Every number of the generator by name, and the three settings.

Base rates follow ``labour-market-facts`` of 22 November 2026 (users of the public employment
programme in the north-west, 2022-2025). Effects on the hazard are log odds per unit of the design
of :func:`training.synthetic.spells.design`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from matching.errors import DataError

# Decisions take up to four months; what opens later would still be undecided at the end.
DECISION_MONTHS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much history: people, vacancies, and the days between which they come.

    ``pool`` is the least and the largest number of people considered for a vacancy, fewer only
    where fewer are in charge; no vacancy opens in the first ``quiet`` months, while the first
    people come.
    """

    people: int = 1500
    vacancies: int = 400
    pool: tuple[int, int] = (25, 60)
    start: date = date(2023, 10, 1)
    months: int = 36
    quiet: int = 4

    def __post_init__(self) -> None:
        """Refuse a history without people, vacancies, or months in which one could open."""
        if self.people < 1 or self.vacancies < 1 or not 1 <= self.pool[0] <= self.pool[1]:
            raise DataError(
                f"people={self.people}, vacancies={self.vacancies}, pool={self.pool}: ask for at "
                "least one of each, and for a pool from the least to the largest number."
            )
        if self.quiet < 0 or self.months < self.quiet + DECISION_MONTHS + 1:
            raise DataError(
                f"months={self.months} leaves no time to decide on a vacancy after the first "
                f"{self.quiet}; ask for at least {self.quiet + DECISION_MONTHS + 1}."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleParameters:
    """Who comes to the hub."""

    foreign: float = 0.232
    foreign_non_eu: float = 0.72  # of the foreign
    foreign_gap: float = 0.5  # pauses are shorter: they go back to work sooner
    ages: tuple[float, float, float] = (0.314, 0.496, 0.190)  # 18-29, 30-54, 55-64
    licence: float = 0.78
    vehicle_with_licence: float = 0.80
    part_time_only: float = 0.22
    care_load: float = 0.30
    skill_essential: float = 0.85  # held by who did the trade
    skill_optional: float = 0.48
    skill_stray: float = 1.5  # mean number from other trades
    second_trade: float = 0.50
    third_trade: float = 0.18
    neighbour_trade: float = 0.60  # a further trade is of the same branch


@dataclass(frozen=True, slots=True, kw_only=True)
class TextParameters:
    """How people and firms write."""

    paraphrase: float = 0.5  # a phrase that is no label, where the bank has one
    omitted_in_cv: float = 0.25  # skills held and not written
    omitted_in_vacancy: float = 0.12
    typos: float = 0.012  # misspelt words per word
    sloppy: float = 0.25  # people who misspell four times as much
    vague_title: float = 0.22  # a job named by a title that is no label
    omitted_facts: float = 0.22  # licence, hours, languages ... not written
    noise: float = 0.65


@dataclass(frozen=True, slots=True, kw_only=True)
class FitParameters:
    """Weights of the true fit of a person to a vacancy, each part in [0, 1]."""

    skills: float = 2.6
    experience: float = 1.3
    reach: float = 1.5
    licence: float = 1.2
    availability: float = 1.3
    education: float = 0.4
    languages: float = 0.5
    aspiration: float = 0.7
    skilled_and_tried: float = 1.0  # skills x experience
    far_and_part_time: float = -0.6  # (1 - reach) x part time: not worth the way
    optional_skill: float = 0.4  # weight of an optional need beside an essential one


@dataclass(frozen=True, slots=True, kw_only=True)
class Bias:
    """What a group loses at equal fit, in standard deviations of the fit."""

    attribute: str
    group: str
    manager: float
    employer: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionParameters:
    """Who is shown, shortlisted, hired. Effects are in standard deviations of the fit."""

    shown: tuple[int, int] = (7, 12)
    shortlisted: tuple[int, int] = (3, 5)
    reliability: float = 0.7  # trait, known in part to the manager and to the employer
    interview: float = 0.9  # form on the day, seen by the employer
    taste: float = 0.7  # of the firm, for a kind of person no document describes
    manager_noise: float = 1.7
    employer_noise: float = 0.8
    exposure: float = 0.6  # who was met lately comes to mind
    relevant: float = 3.0  # odds of being considered, in the trade or wanting it
    start_within_days: int = 75
    biases: tuple[Bias, ...] = ()
    repetitions: int = 200  # of chance, for the expected grade


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureParameters:
    """One kind of measure: who takes it, how long it locks in, what it changes afterwards."""

    uptake: float
    months: int
    lock_in: float  # log odds while it lasts
    effect: float  # log odds afterwards


def _effects(**values: float) -> Mapping[str, float]:
    return MappingProxyType(values)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellParameters:
    """Monthly hazards of work and of inactivity, and how spells are lost from sight.

    ``work_effects`` and ``inactive_effects`` are log odds by column of the design. After
    ``duration_month`` the odds of work are multiplied by ``duration_factor``. ``frailty`` is the
    standard deviation of what no covariate says; the true probabilities are averaged over it.
    """

    work_intercept: float = -2.70
    work_effects: Mapping[str, float] = field(
        default_factory=lambda: _effects(
            gap=-0.28,
            share_worked=0.24,
            long_spells=-0.18,
            diploma=0.20,
            licence=0.24,
            hours=0.18,
            debt_stress=-0.20,
            housing_stress=-0.28,
            local_demand=0.16,
            own_rating=0.20,
        )
    )
    inactive_intercept: float = -3.15
    inactive_effects: Mapping[str, float] = field(
        default_factory=lambda: _effects(gap=0.22, hours=-0.25, own_rating=-0.20)
    )
    early_months: int = 3
    early: float = 0.18  # log odds in the first months
    duration_month: int = 12
    duration_factor: float = 0.5
    frailty: float = 0.0
    loss: float = 0.008  # monthly, contact lost
    horizon: int = 60
    measures: Mapping[str, MeasureParameters] = field(
        default_factory=lambda: MappingProxyType(
            {
                "course": MeasureParameters(uptake=0.14, months=3, lock_in=-0.55, effect=0.14),
                "work_grant": MeasureParameters(uptake=0.06, months=4, lock_in=-0.40, effect=0.30),
                "internship": MeasureParameters(uptake=0.09, months=6, lock_in=-0.50, effect=0.22),
            }
        )
    )
    measure_starts: tuple[int, ...] = (2, 3, 4, 6)
    measure_need: float = 0.35  # log odds of any measure per unit of need
    rating_noise: float = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A named set of true parameters."""

    name: str
    people: PeopleParameters = PeopleParameters()
    text: TextParameters = TextParameters()
    fit: FitParameters = FitParameters()
    decisions: DecisionParameters = DecisionParameters()
    spells: SpellParameters = SpellParameters()


MILD = Setting(name="mild")

HARD = Setting(
    name="hard",
    text=TextParameters(
        paraphrase=0.62,
        omitted_in_cv=0.38,
        omitted_in_vacancy=0.22,
        typos=0.022,
        sloppy=0.40,
        vague_title=0.35,
        omitted_facts=0.36,
        noise=0.85,
    ),
    decisions=DecisionParameters(
        reliability=0.9,
        interview=1.2,
        taste=1.0,
        manager_noise=2.4,
        employer_noise=1.1,
        exposure=0.8,
    ),
    spells=SpellParameters(frailty=0.45),
)

BIASED = Setting(
    name="biased",
    decisions=DecisionParameters(
        biases=(
            Bias(attribute="citizenship", group="non_eu", manager=1.2, employer=0.9),
            Bias(attribute="sex", group="female", manager=0.6, employer=0.5),
        )
    ),
)

SETTINGS: Mapping[str, Setting] = MappingProxyType({s.name: s for s in (MILD, HARD, BIASED)})
