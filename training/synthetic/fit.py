"""How well a person truly fits a vacancy, from what a document could say."""

from collections.abc import Sequence
from dataclasses import fields

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.territory import Mode, Territory
from training.synthetic.parameters import FitParameters
from training.synthetic.people import Person
from training.synthetic.trades import Crafts
from training.synthetic.vacancies import Opening

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

PARTS = tuple(
    field.name for field in fields(FitParameters) if field.name not in ("optional_skill",)
)
_LEVEL_STEP = 0.34
_MONTHS = 24.0
_MINUTES, _SPREAD = 38.0, 9.0  # half of the people would not go further than this


def true_fit(
    vacancy: Numbers,
    person: Numbers,
    *,
    openings: Sequence[Opening],
    people: Sequence[Person],
    crafts: Crafts,
    territory: Territory,
    weights: FitParameters,
) -> pd.DataFrame:
    """Parts of the fit and the fit itself for pairs of numbers, one row per pair.

    Returns
    -------
    DataFrame
        A column in [0, 1] for each part that :class:`FitParameters` weighs, and ``fit``, their
        weighted sum, with mean 0 and standard deviation 1 over the pairs.
    """
    needs = _needs(openings, len(crafts.skills), weights.optional_skill)
    held = np.zeros((len(people), len(crafts.skills)))
    for row, someone in enumerate(people):
        held[row, list(someone.skills)] = 1.0
    kin = np.array(
        [[crafts.kinship(a, b) for b in range(len(crafts.all))] for a in range(len(crafts.all))]
    )
    asked = np.array([opening.craft for opening in openings])
    skills = (needs[vacancy] * held[person]).sum(axis=1) / needs[vacancy].sum(axis=1)
    months = _months(people, len(crafts.all))[person]
    near = (months * kin[asked[vacancy]]).sum(axis=1)
    required = np.array([opening.months_required for opening in openings])[vacancy]
    experience = 1.0 - np.exp(-near / np.maximum(_MONTHS, required))
    wanted = np.zeros((len(people), len(crafts.all)))
    for row, someone in enumerate(people):
        wanted[row, list(someone.wanted)] = 1.0
    reach = _reach(territory, openings, people)[vacancy, person]
    part_time = np.array([opening.hours < 40 for opening in openings])[vacancy]
    pairs = [(openings[v], people[p]) for v, p in zip(vacancy, person, strict=True)]
    parts = pd.DataFrame(
        {
            "skills": skills,
            "experience": experience,
            "reach": reach,
            "licence": [_licence(opening, someone) for opening, someone in pairs],
            "availability": [_availability(opening, someone) for opening, someone in pairs],
            "education": [_education(opening, someone) for opening, someone in pairs],
            "languages": [_languages(opening, someone) for opening, someone in pairs],
            "aspiration": (wanted[person] * kin[asked[vacancy]]).max(axis=1),
            "skilled_and_tried": skills * experience,
            "far_and_part_time": (1.0 - reach) * part_time,
        }
    )
    raw = parts[list(PARTS)].to_numpy() @ np.array([getattr(weights, part) for part in PARTS])
    parts["fit"] = (raw - raw.mean()) / (raw.std() or 1.0)
    return parts


def in_trade(opening: Opening, person: Person, crafts: Crafts) -> bool:
    """Whether the person did or wants this trade or one of its kin."""
    known = {*person.wanted, *(job.craft for job in person.jobs)}
    return any(crafts.kinship(opening.craft, craft) >= 0.45 for craft in known)


def _needs(openings: Sequence[Opening], skills: int, optional: float) -> Array:
    needs = np.zeros((len(openings), skills))
    for row, opening in enumerate(openings):
        for number, weight in opening.essential:
            needs[row, number] = weight
        for number, weight in opening.optional:
            needs[row, number] = optional * weight
    return needs


def _months(people: Sequence[Person], trades: int) -> Array:
    months = np.zeros((len(people), trades))
    for row, person in enumerate(people):
        for job in person.jobs:
            months[row, job.craft] += job.months
    return months


def _reach(territory: Territory, openings: Sequence[Opening], people: Sequence[Person]) -> Array:
    """Chance that the way is acceptable, shape (openings, people)."""
    journeys = territory.journeys
    work = [journeys.numbers[opening.firm.municipality.istat] for opening in openings]
    home = [journeys.numbers[person.municipality.istat] for person in people]
    drives = np.array([person.vehicle for person in people])
    cells = np.ix_(home, work)
    car, public = (journeys.minutes[mode][cells].T for mode in (Mode.CAR, Mode.PUBLIC_TRANSPORT))
    taken = np.where(drives, car, public)
    return np.asarray(1.0 / (1.0 + np.exp((taken - _MINUTES) / _SPREAD)), dtype=float)


def _licence(opening: Opening, person: Person) -> float:
    if opening.licence and not person.licence:
        return 0.0
    return 0.4 if opening.vehicle and not person.vehicle else 1.0


def _availability(opening: Opening, person: Person) -> float:
    hours = 1.0 if person.hours >= opening.hours else 0.2
    return 0.5 * hours + 0.5 * float(opening.shift in person.shifts)


def _education(opening: Opening, person: Person) -> float:
    return max(0.0, 1.0 - _LEVEL_STEP * max(0, opening.education - person.education))


def _languages(opening: Opening, person: Person) -> float:
    levels = dict(person.languages)
    asked = [("it", opening.italian), ("en", opening.english)]
    shares = [min(1.0, levels.get(code, 0) / level) for code, level in asked if level]
    return sum(shares) / len(shares) if shares else 1.0
