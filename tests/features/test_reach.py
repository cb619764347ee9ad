from collections.abc import Mapping
from dataclasses import replace
from math import isnan, nan
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import Profile, Vacancy
from matching.errors import TerritoryError
from matching.features.reach import (
    asked_reach,
    everyday_answers,
    everyday_asked,
    person_reach,
    reach_features,
    travels_by_car,
)
from matching.features.tables import Array
from matching.territory import Mode, Territory, distance_km, travel_minutes
from tests.factories import (
    HILL,
    VALLEY,
    a_profile,
    a_space,
    a_territory,
    a_vacancy,
    the_features,
)
from tests.features.strategies import often, profiles, vacancies
from tests.territory.feeds import ALTO, COSTA, PLACES, parameters, write_feed

SPACE = a_space()


def test_the_journey_is_by_car_unless_there_is_no_vehicle() -> None:
    vacancy = a_vacancy(comune=VALLEY)
    assert the_features(vacancy, a_profile(comune=HILL), SPACE)["reach_minutes"] == pytest.approx(
        21.6792, abs=1e-3
    )
    with_car = a_profile(comune=HILL, own_vehicle=True)
    assert the_features(vacancy, with_car, SPACE)["reach_minutes"] == pytest.approx(
        21.6792, abs=1e-3
    )
    without = a_profile(comune=HILL, own_vehicle=False)
    assert the_features(vacancy, without, SPACE)["reach_minutes"] == pytest.approx(
        48.3585, abs=1e-3
    )


def test_work_in_one_s_own_municipality_takes_the_fixed_minutes() -> None:
    found = the_features(a_vacancy(comune=HILL), a_profile(comune=HILL), SPACE)
    assert found["reach_minutes"] == pytest.approx(5.0)


@pytest.mark.parametrize("person", [{}, {"own_vehicle": True}, {"own_vehicle": False}])
def test_public_transport_and_the_straight_line_are_told_of_everybody(
    person: Mapping[str, Any],
) -> None:
    # 0.1 degrees of latitude are 11.1195 km; by road half as long again, at 30 km/h, and 15
    # minutes: 60 * 16.6792 / 30 + 15.
    found = the_features(a_vacancy(comune=VALLEY), a_profile(comune=HILL, **person), SPACE)
    assert found["reach_km"] == pytest.approx(11.1195, abs=1e-3)
    assert found["reach_public"] == pytest.approx(48.3585, abs=1e-3)


def test_one_s_own_municipality_is_at_no_kilometres_and_the_fixed_minutes_of_the_bus() -> None:
    found = the_features(a_vacancy(comune=HILL), a_profile(comune=HILL), SPACE)
    assert (found["reach_km"], found["reach_public"]) == (0.0, pytest.approx(15.0))


@pytest.mark.parametrize(("place", "home", "asked"), [(None, HILL, 0.0), (VALLEY, None, 1.0)])
def test_without_both_places_there_is_no_journey(
    place: str | None, home: str | None, asked: float
) -> None:
    found = the_features(a_vacancy(comune=place), a_profile(comune=home), SPACE)
    assert all(isnan(found[name]) for name in ("reach_minutes", "reach_public", "reach_km"))
    assert found["asked_place"] == asked


def _licence(asked: Mapping[str, Any], given: Mapping[str, Any]) -> float:
    return the_features(a_vacancy(**asked), a_profile(**given), SPACE)["reach_licence"]


def test_a_licence_that_is_held_counts_in_full() -> None:
    assert _licence({"licences": ["B"]}, {"licences": ["A", "B"]}) == 1.0


def test_a_licence_that_the_cv_does_not_mention_is_not_known() -> None:
    assert isnan(_licence({"licences": ["B"]}, {}))


def test_a_licence_left_out_of_a_list_of_licences_is_lacking() -> None:
    assert _licence({"licences": ["B"]}, {"licences": ["AM"]}) == 0.0


@pytest.mark.parametrize("held", ["C", "CE", "CQC-M", "BE"])
def test_who_drives_lorries_may_drive_a_car(held: str) -> None:
    assert _licence({"licences": ["B"]}, {"licences": [held]}) == 1.0


def test_who_has_a_vehicle_drives_it() -> None:
    assert _licence({"licences": ["B"]}, {"own_vehicle": True}) == 1.0


def test_who_has_no_vehicle_is_not_known_to_lack_the_licence() -> None:
    assert isnan(_licence({"licences": ["B"]}, {"own_vehicle": False}))


def test_a_vehicle_asked_for_and_denied_counts_nothing() -> None:
    assert _licence({"own_vehicle": True}, {"own_vehicle": False}) == 0.0


def test_licence_and_vehicle_are_averaged_over_what_is_known() -> None:
    both = {"licences": ["B"], "own_vehicle": True}
    assert _licence(both, {"licences": ["B"], "own_vehicle": False}) == 0.5
    assert _licence(both, {"licences": ["B"]}) == 1.0


@pytest.mark.parametrize(
    ("given", "minutes"),
    [
        ({}, nan),
        ({"licences": ["B"]}, nan),
        ({"licences": ["B"], "own_vehicle": True}, 21.6792),
        ({"licences": ["B"], "own_vehicle": False}, 48.3585),
        ({"licences": ["AM"]}, 48.3585),
    ],
)
def test_of_who_does_not_say_how_she_travels_no_journey_is_stated(
    given: Mapping[str, Any], minutes: float
) -> None:
    found = the_features(a_vacancy(comune=VALLEY), a_profile(comune=HILL, **given), SPACE)
    assert found["reach_stated"] == pytest.approx(minutes, abs=1e-3, nan_ok=True)


@pytest.mark.parametrize(
    ("given", "held"),
    [({"licences": ["B"]}, nan), ({"own_vehicle": True}, 1.0), ({"own_vehicle": False}, 0.0)],
)
def test_a_licence_tells_nothing_of_the_vehicle_asked_for(
    given: Mapping[str, Any], held: float
) -> None:
    asked = {"licences": ["B"], "own_vehicle": True}
    found = the_features(a_vacancy(**asked), a_profile(**given), SPACE)
    assert found["reach_vehicle"] == pytest.approx(held, nan_ok=True)
    assert found["asked_vehicle"] == 1.0


def test_of_a_vacancy_that_asks_for_no_vehicle_none_counts() -> None:
    found = the_features(a_vacancy(licences=["B"]), a_profile(own_vehicle=True), SPACE)
    assert isnan(found["reach_vehicle"])
    assert found["asked_vehicle"] == 0.0


def test_a_lorry_licence_is_the_work_and_not_the_way_to_it() -> None:
    found = the_features(a_vacancy(licences=["C"]), a_profile(licences=["B"]), SPACE)
    assert found["asked_licence"] == 0.0
    assert isnan(found["reach_licence"])


def test_a_vacancy_that_needs_no_vehicle_asks_for_none() -> None:
    found = the_features(a_vacancy(own_vehicle=False), a_profile(own_vehicle=True), SPACE)
    assert found["asked_licence"] == 0.0


@pytest.mark.parametrize(
    ("given", "by_car"),
    [
        ({}, True),
        ({"licences": ["B"]}, True),
        ({"licences": ["A"]}, True),
        ({"licences": ["C"]}, True),
        ({"licences": ["AM"]}, False),
        ({"licences": ["AM", "B"]}, True),
        ({"licences": ["B"], "own_vehicle": False}, False),
        ({"licences": ["AM"], "own_vehicle": True}, True),
    ],
)
def test_who_has_no_licence_for_the_road_does_not_go_by_car(
    given: Mapping[str, Any], by_car: bool
) -> None:
    person = a_profile(comune=HILL, **given)
    assert travels_by_car(person.facts) is by_car
    minutes = the_features(a_vacancy(comune=VALLEY), person, SPACE)["reach_minutes"]
    assert minutes == pytest.approx(21.6792 if by_car else 48.3585, abs=1e-3)


def _arrays(
    asked: list[Vacancy], people: list[Profile], territory: Territory = SPACE.territory
) -> dict[str, Array]:
    return reach_features(
        asked_reach([vacancy.facts for vacancy in asked], territory),
        person_reach([person.facts for person in people], territory),
        territory,
    )


def _row_wise(vacancy: Vacancy, person: Profile) -> dict[str, float]:
    """The same reading, pair by pair."""
    home, work = person.facts.comune, vacancy.facts.comune
    ways = {"reach_minutes": nan, "reach_stated": nan, "reach_public": nan, "reach_km": nan}
    if home is not None and work is not None:
        a, b = (SPACE.territory.municipality(str(place.value)) for place in (home, work))
        held = {str(licence.value) for licence in person.facts.licences}
        vehicle = person.facts.own_vehicle
        on_foot = held == {"AM"} if vehicle is None else not vehicle.value
        travel = SPACE.territory.travel
        public = travel_minutes(a, b, Mode.PUBLIC_TRANSPORT, travel)
        car = travel_minutes(a, b, Mode.CAR, travel)
        ways = {
            "reach_minutes": public if on_foot else car,
            "reach_stated": public if on_foot else nan if vehicle is None else car,
            "reach_public": public,
            "reach_km": distance_km(a, b),
        }
    answers, asked = everyday_answers(person.facts), everyday_asked(vacancy.facts)
    known = [answers[item] for item in asked if item in answers]
    return {
        **ways,
        "reach_licence": sum(known) / len(known) if known else nan,
        "reach_vehicle": answers.get("vehicle", nan) if "vehicle" in asked else nan,
        "asked_place": float(work is not None),
        "asked_licence": float(bool(asked)),
        "asked_vehicle": float("vehicle" in asked),
    }


@often
@given(st.lists(vacancies(), max_size=3), st.lists(profiles(), max_size=4))
def test_the_arrays_hold_what_a_reading_pair_by_pair_gives(
    asked: list[Vacancy], people: list[Profile]
) -> None:
    arrays = _arrays(asked, people)
    assert all(values.shape == (len(asked), len(people)) for values in arrays.values())
    for row, vacancy in enumerate(asked):
        for column, person in enumerate(people):
            found = {name: float(values[row, column]) for name, values in arrays.items()}
            assert found == pytest.approx(_row_wise(vacancy, person), nan_ok=True)


def test_a_licence_written_twice_counts_twice_as_ever() -> None:
    asked = {"licences": ["B", "B"], "own_vehicle": True}
    assert _licence(asked, {"licences": ["B"], "own_vehicle": False}) == pytest.approx(2 / 3)


def test_the_timetable_is_read_from_home_to_work(tmp_path: Path) -> None:
    territory = replace(
        a_territory(),
        municipalities=PLACES,
        travel=parameters(),
        timetable=write_feed(tmp_path / "feed"),
    )
    without_car = a_profile("p", comune=ALTO, own_vehicle=False)
    there = _arrays([a_vacancy(comune=COSTA)], [without_car], territory)
    back = _arrays([a_vacancy(comune=ALTO)], [a_profile(comune=COSTA)], territory)
    assert there["reach_minutes"] == pytest.approx(55)
    assert there["reach_public"] == pytest.approx(55)
    assert back["reach_public"] == pytest.approx(45)
    assert back["reach_minutes"] == pytest.approx(38.358, abs=1e-3)


def test_a_municipality_that_the_territory_does_not_know_is_named() -> None:
    elsewhere = [a_profile(comune="999999").facts]
    with pytest.raises(TerritoryError, match="'999999'"):
        person_reach(elsewhere, SPACE.territory)
    with pytest.raises(TerritoryError, match="'999999'"):
        asked_reach(elsewhere, SPACE.territory)
