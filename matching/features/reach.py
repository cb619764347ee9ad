"""Whether a person can get to the workplace: travel time, distance, licence, vehicle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.domain import Facts
from matching.features.tables import EVERYDAY_LICENCES, Array, Rows
from matching.territory import Mode, Territory

VEHICLE = "vehicle"

_ITEMS = (*sorted(EVERYDAY_LICENCES), VEHICLE)
_CAR = _ITEMS.index(VEHICLE)
# With these one drives the roads on which a journey by car is estimated; a moped (AM) may not go
# on the main ones (D.Lgs 285/1992, art. 175).
_ROAD_LICENCES = ("A", "B")


@dataclass(frozen=True, slots=True, eq=False)
class PersonReach(Rows):
    """What reach needs to know of persons, by row.

    ``home`` numbers the municipality in the territory's journeys, one past the last where it is
    not known; ``by_car`` says how the person travels, ``stated`` whether anything is said of
    it; ``answers`` has a column for each everyday licence and the vehicle, 1 or 0, NaN where not
    known.
    """

    home: npt.NDArray[np.int64]
    by_car: npt.NDArray[np.bool_]
    stated: npt.NDArray[np.bool_]
    answers: Array


def person_reach(facts: Sequence[Facts], territory: Territory) -> PersonReach:
    """Read once what does not depend on the vacancy; the rest is arithmetic on arrays."""
    # Many people answer alike: each kind of answer is worked out once.
    kinds: dict[tuple[tuple[str, ...], bool | None], int] = {}
    given: list[dict[str, float]] = []
    kind: list[int] = []
    for of_person in facts:
        said = (tuple(str(item.value) for item in of_person.licences), _vehicle(of_person))
        if said not in kinds:
            kinds[said] = len(given)
            given.append(everyday_answers(of_person))
        kind.append(kinds[said])
    answers = [[answer.get(item, np.nan) for item in _ITEMS] for answer in given]
    number = np.array(kind, dtype=np.int64)
    by_car = np.array([_drives(answer) for answer in given], dtype=bool)[number]
    table = np.array(answers, dtype=float).reshape(-1, len(_ITEMS))[number]
    return PersonReach(
        home=_numbers(facts, territory),
        by_car=by_car,
        stated=~(np.isnan(table[:, _CAR]) & by_car),
        answers=table,
    )


@dataclass(frozen=True, slots=True, eq=False)
class AskedReach(Rows):
    """Vacancies by row: the municipality of the workplace, and everyday licences asked for."""

    work: npt.NDArray[np.int64]
    asked: Array


def asked_reach(facts: Sequence[Facts], territory: Territory) -> AskedReach:
    """Read once what does not depend on the person."""
    asked = [[everyday_asked(given).count(item) for item in _ITEMS] for given in facts]
    return AskedReach(
        work=_numbers(facts, territory),
        asked=np.array(asked, dtype=float).reshape(-1, len(_ITEMS)),
    )


def reach_features(
    vacancies: AskedReach, persons: PersonReach, territory: Territory
) -> dict[str, Array]:
    """Travel time, distance and everyday licences.

    Returns
    -------
    dict
        Arrays of shape (vacancies, persons): ``reach_minutes``, the time from door to door in the
        way that the person can travel, see :func:`travels_by_car`; ``reach_public``, the same by
        public transport whoever travels; ``reach_stated``, that in the way that she says she
        can travel, NaN where she says nothing of it and is counted by car; ``reach_km``, the
        straight line; ``reach_licence``, the share held of the everyday licences and vehicle
        asked for; ``reach_vehicle``, 1 or 0, of the vehicle alone; NaN where not known or not
        asked; and the ``asked_`` columns. A licence that a CV does not mention is not known, not
        missing, unless the CV lists other licences.
    """
    shape = (len(vacancies.work), len(persons.home))
    journeys = territory.journeys
    by_car, by_public = (
        _to_work(journeys.minutes[mode], vacancies.work)
        for mode in (Mode.CAR, Mode.PUBLIC_TRANSPORT)
    )
    public = by_public[:, persons.home]
    known = ~np.isnan(persons.answers)
    answered = vacancies.asked @ known.T.astype(float)
    held = vacancies.asked @ np.where(known, persons.answers, 0.0).T
    licence = np.full(shape, np.nan)
    np.divide(held, answered, out=licence, where=answered > 0)
    at_place = (vacancies.work < len(journeys.numbers)).astype(float)[:, None]
    any_asked = (vacancies.asked.sum(axis=1) > 0).astype(float)[:, None]
    vehicle = vacancies.asked[:, [_CAR]] > 0
    minutes = np.where(persons.by_car, by_car[:, persons.home], public)
    return {
        "reach_minutes": minutes,
        "reach_stated": np.where(persons.stated, minutes, np.nan),
        "reach_public": public,
        "reach_km": _to_work(journeys.km, vacancies.work)[:, persons.home],
        "reach_licence": licence,
        "reach_vehicle": np.where(vehicle, persons.answers[:, _CAR], np.nan),
        "asked_place": np.broadcast_to(at_place, shape),
        "asked_licence": np.broadcast_to(any_asked, shape),
        "asked_vehicle": np.broadcast_to(vehicle.astype(float), shape),
    }


def travels_by_car(facts: Facts) -> bool:
    """Whether a journey is counted by car.

    Not for who says that there is no vehicle, nor for who has no licence for it: who lists
    licences, and neither a car's nor a motorcycle's among them. Who says nothing is counted by
    car.
    """
    return _drives(everyday_answers(facts))


def everyday_asked(facts: Facts) -> list[str]:
    """Everyday licences that a vacancy asks for, and ``VEHICLE``."""
    licences = [str(item.value) for item in facts.licences if item.value in EVERYDAY_LICENCES]
    return licences + ([VEHICLE] if _vehicle(facts) else [])


def everyday_answers(facts: Facts) -> dict[str, float]:
    """1 or 0 for each everyday licence, and ``VEHICLE``, that a profile answers for."""
    vehicle = _vehicle(facts)
    held = {str(item.value) for item in facts.licences}
    if held - EVERYDAY_LICENCES:
        held |= {"B"}  # C and D are issued only to holders of B (D.Lgs 285/1992, art. 116)
    answers = dict.fromkeys(held, 1.0)
    if held:
        answers |= dict.fromkeys(EVERYDAY_LICENCES - held, 0.0)
    if vehicle is not None:
        answers[VEHICLE] = float(vehicle)
        if vehicle:
            answers["B"] = 1.0  # somebody with a car of her own drives it
    return answers


def _drives(answers: Mapping[str, float]) -> bool:
    licensed = any(answers.get(licence, 1.0) for licence in _ROAD_LICENCES)
    return bool(answers.get(VEHICLE, 1.0)) and licensed


def _to_work(table: Array, work: npt.NDArray[np.int64]) -> Array:
    """Column of ``table`` (home, work) for every workplace, as a row; NaN for unknown places."""
    places = len(table)
    found = np.full((len(work), places + 1), np.nan)
    known = work < places
    found[known, :places] = table[:, work[known]].T
    return found


def _numbers(facts: Sequence[Facts], territory: Territory) -> npt.NDArray[np.int64]:
    """Number of every municipality in the journeys, one past the last where it is not known."""
    numbers = territory.journeys.numbers
    found: list[int] = []
    for of_one in facts:
        if of_one.comune is None:
            found.append(len(numbers))
        else:
            found.append(numbers[territory.municipality(str(of_one.comune.value)).istat])
    return np.array(found, dtype=np.int64)


def _vehicle(facts: Facts) -> bool | None:
    return None if facts.own_vehicle is None else bool(facts.own_vehicle.value)
