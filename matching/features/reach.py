"""Whether a person can get to the workplace: travel time, licence, vehicle."""

import numpy as np

from matching.domain import Facts
from matching.features.tables import EVERYDAY_LICENCES, Array, PersonTables, VacancyTables
from matching.territory import Mode, Territory, travel_minutes

VEHICLE = "vehicle"


def reach_features(
    vacancies: VacancyTables, persons: PersonTables, territory: Territory
) -> dict[str, Array]:
    """Travel time and everyday licences.

    Returns
    -------
    dict
        Arrays of shape (vacancies, persons): ``reach_minutes``, the estimated time from door to
        door, by public transport for a person who says there is no vehicle, else by car;
        ``reach_licence``, the share held of the everyday licences and vehicle asked for; NaN
        where not known or not asked; and the ``asked_`` columns. A licence that a CV does not
        mention is not known, not missing, unless the CV lists other licences.
    """
    shape = (len(vacancies.ids), len(persons.ids))
    places = [_place(facts) for facts in vacancies.facts]
    homes = [_place(facts) for facts in persons.facts]
    on_foot = [_vehicle(facts) is False for facts in persons.facts]
    minutes = np.full(shape, np.nan)
    known: dict[tuple[str, str, bool], float] = {}
    for row, place in enumerate(places):
        if place is None:
            continue
        for column, home in enumerate(homes):
            if home is None:
                continue
            key = (home, place, on_foot[column])
            if key not in known:
                known[key] = travel_minutes(
                    territory.municipality(home),
                    territory.municipality(place),
                    Mode.PUBLIC_TRANSPORT if on_foot[column] else Mode.CAR,
                    territory.travel,
                )
            minutes[row, column] = known[key]
    licence = np.full(shape, np.nan)
    asked_licence = np.zeros(shape)
    answers = [everyday_answers(facts) for facts in persons.facts]
    for row, facts in enumerate(vacancies.facts):
        asked = everyday_asked(facts)
        if not asked:
            continue
        asked_licence[row] = 1.0
        for column, answer in enumerate(answers):
            given = [answer[item] for item in asked if item in answer]
            if given:
                licence[row, column] = sum(given) / len(given)
    at_place = np.array([float(place is not None) for place in places])[:, None]
    return {
        "reach_minutes": minutes,
        "reach_licence": licence,
        "asked_place": np.broadcast_to(at_place, shape),
        "asked_licence": asked_licence,
    }


def _place(facts: Facts) -> str | None:
    return None if facts.comune is None else str(facts.comune.value)


def _vehicle(facts: Facts) -> bool | None:
    return None if facts.own_vehicle is None else bool(facts.own_vehicle.value)


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
