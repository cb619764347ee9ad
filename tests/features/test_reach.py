from collections.abc import Mapping
from math import isnan
from typing import Any

import pytest

from tests.factories import HILL, VALLEY, a_profile, a_space, a_vacancy, the_features

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


@pytest.mark.parametrize(("place", "home", "asked"), [(None, HILL, 0.0), (VALLEY, None, 1.0)])
def test_without_both_places_there_are_no_minutes(
    place: str | None, home: str | None, asked: float
) -> None:
    found = the_features(a_vacancy(comune=place), a_profile(comune=home), SPACE)
    assert isnan(found["reach_minutes"])
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


def test_a_lorry_licence_is_the_work_and_not_the_way_to_it() -> None:
    found = the_features(a_vacancy(licences=["C"]), a_profile(licences=["B"]), SPACE)
    assert found["asked_licence"] == 0.0
    assert isnan(found["reach_licence"])


def test_a_vacancy_that_needs_no_vehicle_asks_for_none() -> None:
    found = the_features(a_vacancy(own_vehicle=False), a_profile(own_vehicle=True), SPACE)
    assert found["asked_licence"] == 0.0
