"""The people of the district: what they did, can do, need, and who they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from matching.domain.days import MONTH_DAYS
from matching.territory import Municipality, Territory
from training.synthetic.careers import Job, make_career
from training.synthetic.parameters import PeopleParameters, Setting, Size
from training.synthetic.trades import Crafts

_EDUCATION = (1, 3, 4, 6, 7)
_EDUCATION_SHARE = (0.458, 0.067, 0.356, 0.058, 0.061)
_ORIGINS = (
    # language, share among its group, member of the European Union
    ("ro", 0.80, True),
    ("pl", 0.20, True),
    ("sq", 0.20, False),
    ("ar", 0.24, False),
    ("uk", 0.14, False),
    ("es", 0.13, False),
    ("fr", 0.14, False),
    ("bn", 0.08, False),
    ("ur", 0.07, False),
)
NATIVE = 6  # CEFR levels as numbers, A1 = 1
STYLES = 3  # dimensions of what a firm likes and no document describes


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What a CV could say of a person, her situation at intake, and traits that nobody reads.

    ``gap`` and ``long_spells`` are months without work until intake and earlier spells of a year
    or more; ``share_worked`` counts the last five years. Levels of languages are 1 to 6.
    """

    id: str
    intake: date
    municipality: Municipality
    jobs: tuple[Job, ...]
    wanted: tuple[int, ...]
    skills: tuple[int, ...]
    education: int
    licence: bool
    vehicle: bool
    languages: tuple[tuple[str, int], ...]
    hours: int
    shifts: tuple[str, ...]
    gap: int
    share_worked: float
    long_spells: int
    care_load: bool
    debt_stress: bool
    housing_stress: bool
    reliability: float
    style: tuple[float, ...]

    @property
    def italian(self) -> int:
        """Level of Italian, 1 to 6."""
        return dict(self.languages)["it"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """What no model may see: for the audit, the legal rules, and the grammar of a CV."""

    id: str
    sex: str
    birth_year: int
    citizenship: str
    adults: int
    minors: int

    @property
    def feminine(self) -> bool:
        """Whether the person writes of herself in the feminine."""
        return self.sex == "female"


def make_people(
    territory: Territory, crafts: Crafts, *, seed: int, setting: Setting, size: Size
) -> tuple[list[Person], list[Protected]]:
    """Draw people one by one, each from her own stream: a larger district begins with the same."""
    weights = np.array([place.population or 1 for place in territory.municipalities], dtype=float)
    trades = np.array([craft.trade.people for craft in crafts.all])
    drawn = [
        _person(
            np.random.default_rng([seed, 1, number]),
            number,
            territory,
            weights / weights.sum(),
            crafts,
            trades / trades.sum(),
            setting.people,
            size,
        )
        for number in range(size.people)
    ]
    return [person for person, _ in drawn], [protected for _, protected in drawn]


def _person(
    rng: np.random.Generator,
    number: int,
    territory: Territory,
    where: npt.NDArray[np.float64],
    crafts: Crafts,
    trades: npt.NDArray[np.float64],
    p: PeopleParameters,
    size: Size,
) -> tuple[Person, Protected]:
    identity = f"sintetico-p-{number:05d}"
    held = _trades_of(rng, crafts, trades, p)
    main = crafts.all[held[0]].trade
    feminine = rng.random() < main.women
    days = int(rng.integers(round(size.months * MONTH_DAYS)))
    intake = size.start + timedelta(days=days)
    low, high = ((18, 30), (30, 55), (55, 65))[int(rng.choice(3, p=p.ages))]
    age = int(rng.integers(low, high))
    origin, citizenship = _origin(rng, p)
    minors = int(rng.choice(4, p=(0.62, 0.2, 0.13, 0.05))) if 22 < age < 58 else 0
    care = bool(rng.random() < p.care_load * (0.5 + 0.6 * feminine + 0.5 * (minors > 0)))
    education = _education(rng, main.eqf, age)
    place = territory.municipalities[int(rng.choice(len(where), p=where))]
    haste = 1.0 if origin == "it" else p.foreign_gap
    jobs = make_career(rng, held, intake, age, education, territory, where, haste)
    licence = bool(rng.random() < p.licence * (1.0 if citizenship == "italian" else 0.85))
    part_time = rng.random() < (0.62 if care else p.part_time_only * 0.5)
    strain = rng.normal() + 0.3 * min(jobs.gap, 24) / 12
    person = Person(
        id=identity,
        intake=intake,
        municipality=place,
        jobs=jobs.jobs,
        wanted=tuple(held[: 1 + int(rng.random() < 0.4)]),
        skills=_skills(rng, crafts, [job.craft for job in jobs.jobs], held[0], p),
        education=education,
        licence=licence,
        vehicle=bool(licence and rng.random() < p.vehicle_with_licence),
        languages=_languages(rng, origin, education),
        hours=int(rng.choice((20, 24, 30))) if part_time else 40,
        shifts=_shifts(rng, care),
        gap=jobs.gap,
        share_worked=jobs.share_worked,
        long_spells=jobs.long_spells,
        care_load=care,
        debt_stress=bool(strain + rng.normal() > 0.95),
        housing_stress=bool(strain + rng.normal() > 1.25),
        reliability=float(rng.normal()),
        style=tuple(float(value) for value in rng.normal(size=STYLES)),
    )
    return person, Protected(
        id=identity,
        sex="female" if feminine else "male",
        birth_year=intake.year - age,
        citizenship=citizenship,
        adults=1 + int(rng.random() < 0.55) + int(rng.random() < 0.12),
        minors=minors,
    )


def _trades_of(
    rng: np.random.Generator,
    crafts: Crafts,
    weights: npt.NDArray[np.float64],
    p: PeopleParameters,
) -> list[int]:
    held = [int(rng.choice(len(weights), p=weights))]
    for chance in (p.second_trade, p.third_trade):
        if rng.random() < chance:
            near = np.array(
                [crafts.kinship(held[0], other) >= 0.45 for other in range(len(weights))]
            )
            odds = weights * (near if rng.random() < p.neighbour_trade and near.sum() > 1 else 1.0)
            other = int(rng.choice(len(weights), p=odds / odds.sum()))
            if other not in held:
                held.append(other)
    return held


def _origin(rng: np.random.Generator, p: PeopleParameters) -> tuple[str, str]:
    if rng.random() >= p.foreign:
        return "it", "italian"
    union = bool(rng.random() >= p.foreign_non_eu)
    group = [(code, share) for code, share, member in _ORIGINS if member is union]
    code = group[int(rng.choice(len(group), p=[share for _, share in group]))][0]
    return code, "eu" if union else "non_eu"


def _education(rng: np.random.Generator, usual: int, age: int) -> int:
    share = np.array(_EDUCATION_SHARE)
    if usual >= 4:
        share = share * (0.05, 0.6, 2.2, 2.0, 2.0)
    elif usual == 3:
        share = share * (0.5, 4.0, 1.2, 0.5, 0.3)
    if age < 20:
        share = share * (1, 1, 1, 0, 0)
    return int(rng.choice(_EDUCATION, p=share / share.sum()))


def _languages(
    rng: np.random.Generator, origin: str, education: int
) -> tuple[tuple[str, int], ...]:
    if origin == "it":
        found = [("it", NATIVE)]
        if rng.random() < 0.25 + 0.08 * education:
            found.append(("en", int(rng.integers(1, 4 if education < 6 else 6))))
        return tuple(found)
    # 1-5: from a few words to fluent, the better the longer the stay.
    return (("it", int(rng.choice(5, p=(0.06, 0.22, 0.3, 0.27, 0.15))) + 1), (origin, NATIVE))


def _shifts(rng: np.random.Generator, care: bool) -> tuple[str, ...]:
    chances = {
        "day": 0.95,
        "morning": 0.95,
        "afternoon": 0.45 if care else 0.9,
        "rotating": 0.25 if care else 0.72,
        "night": 0.08 if care else 0.38,
        "weekend": 0.25 if care else 0.6,
    }
    return tuple(shift for shift, chance in chances.items() if rng.random() < chance)


def _skills(
    rng: np.random.Generator, crafts: Crafts, done: Sequence[int], main: int, p: PeopleParameters
) -> tuple[int, ...]:
    held: set[int] = set()
    for number in dict.fromkeys((*done, main) if done else (main,)):
        craft = crafts.all[number]
        # Who never did the trade has learnt some of it at school or at home.
        share = 1.0 if number in done else 0.5
        held |= {s for s in craft.essential if rng.random() < share * p.skill_essential}
        held |= {s for s in craft.optional if rng.random() < share * p.skill_optional}
    stray = int(rng.poisson(p.skill_stray))
    held |= {int(s) for s in rng.integers(len(crafts.skills), size=stray)}
    return tuple(sorted(held))
