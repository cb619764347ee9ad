from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import TerritoryError
from matching.territory import (
    Basis,
    Detour,
    Mode,
    Municipality,
    Territory,
    Validity,
    distance_km,
    travel_minutes,
)
from matching.territory.journeys import all_journeys
from tests.factories import HILL, VALLEY, a_territory
from tests.territory.feeds import (
    ALTO,
    BORGO,
    COSTA,
    DIGA,
    PLACES,
    a_place,
    parameters,
    write_feed,
    zip_feed,
)

LAKE = Detour(
    side=frozenset({ALTO}), other_side=frozenset({DIGA}), via=a_place("9", 45.0, 9.5), reason="lago"
)


@st.composite
def places(draw: st.DrawFn) -> tuple[Municipality, ...]:
    points = st.tuples(st.floats(35, 47), st.floats(6, 19))
    return tuple(
        a_place(f"{number:06}", *point)
        for number, point in enumerate(draw(st.lists(points, min_size=1, max_size=5)), start=1)
    )


@given(places())
def test_the_matrices_hold_what_the_model_says_of_each_pair(
    places: tuple[Municipality, ...],
) -> None:
    travel = parameters(detours=(LAKE,))
    found = all_journeys(places, travel, None)
    for a in places:
        for b in places:
            for mode in Mode:
                journey = found.journey(a.istat, b.istat, mode)
                assert journey.minutes == pytest.approx(travel_minutes(a, b, mode, travel))
                assert journey.km == pytest.approx(distance_km(a, b), abs=1e-6)
                assert journey.basis is Basis.ESTIMATE


def test_the_matrices_cannot_be_written() -> None:
    found = all_journeys(PLACES, parameters(), None)
    for values in (found.km, found.timetabled, *found.minutes.values()):
        with pytest.raises(ValueError, match="read-only"):
            values[0, 0] = 1


def test_the_timetable_replaces_the_estimate_where_it_joins_two_places(tmp_path: Path) -> None:
    found = all_journeys(PLACES, parameters(), write_feed(tmp_path / "feed"))
    estimate = all_journeys(PLACES, parameters(), None)
    public = Mode.PUBLIC_TRANSPORT
    there = found.journey(ALTO, COSTA, public)
    assert (there.minutes, there.basis) == (pytest.approx(55), Basis.TIMETABLE)
    back = found.journey(COSTA, ALTO, public)
    assert (back.minutes, back.basis) == (pytest.approx(45), Basis.TIMETABLE)
    for home, work in ((ALTO, DIGA), (BORGO, ALTO), (ALTO, ALTO)):
        assert found.journey(home, work, public) == estimate.journey(home, work, public)


def test_the_timetable_changes_nothing_by_car(tmp_path: Path) -> None:
    found = all_journeys(PLACES, parameters(), write_feed(tmp_path / "feed"))
    estimate = all_journeys(PLACES, parameters(), None)
    assert np.array_equal(found.minutes[Mode.CAR], estimate.minutes[Mode.CAR])
    assert found.journey(ALTO, COSTA, Mode.CAR).basis is Basis.ESTIMATE


def test_the_way_round_the_lake_stays_where_the_timetable_has_none(tmp_path: Path) -> None:
    travel = parameters(detours=(LAKE,))
    found = all_journeys(PLACES, travel, write_feed(tmp_path / "feed"))
    straight = all_journeys(PLACES, parameters(), None)
    for mode in Mode:
        journey = found.journey(ALTO, DIGA, mode)
        assert journey.basis is Basis.ESTIMATE
        assert journey.minutes > straight.journey(ALTO, DIGA, mode).minutes + 30


def test_a_boat_of_the_timetable_crosses_the_lake(tmp_path: Path) -> None:
    lake = replace(LAKE, other_side=frozenset({COSTA}))
    found = all_journeys(PLACES, parameters(detours=(lake,)), write_feed(tmp_path / "feed"))
    assert found.journey(ALTO, COSTA, Mode.PUBLIC_TRANSPORT).minutes == pytest.approx(55)


def test_which_timetable_was_used_is_said(tmp_path: Path) -> None:
    use = all_journeys(PLACES, parameters(), write_feed(tmp_path / "orari")).timetable
    assert use is not None
    assert (use.file, use.day) == ("orari", date(2026, 1, 13))
    assert use.places == {ALTO, BORGO, COSTA}
    assert use.validity(date(2026, 1, 31)) is Validity.CURRENT
    assert use.validity(date(2026, 2, 1)) is Validity.EXPIRED
    assert all_journeys(PLACES, parameters(), None).timetable is None


def _with_timetable(path: Path) -> Territory:
    return replace(a_territory(), municipalities=PLACES, travel=parameters(), timetable=path)


def test_a_territory_answers_for_two_of_its_places(tmp_path: Path) -> None:
    territory = _with_timetable(zip_feed(tmp_path / "orari.zip"))
    found = territory.journey(ALTO, COSTA, Mode.PUBLIC_TRANSPORT)
    assert (found.minutes, found.basis) == (pytest.approx(55), Basis.TIMETABLE)
    assert territory.journeys is territory.journeys


def test_a_territory_without_timetable_estimates() -> None:
    found = a_territory().journey(HILL, VALLEY, Mode.PUBLIC_TRANSPORT)
    assert (found.minutes, found.basis) == (pytest.approx(48.3585, abs=1e-3), Basis.ESTIMATE)


def test_a_place_that_is_not_known_is_named() -> None:
    with pytest.raises(TerritoryError, match="'999999'.*municipalities.csv"):
        a_territory().journey(HILL, "999999", Mode.CAR)


def test_a_timetable_is_read_at_the_first_use_only(tmp_path: Path) -> None:
    territory = _with_timetable(tmp_path / "orari.zip")
    with pytest.raises(TerritoryError, match="there is no such file"):
        territory.journey(ALTO, COSTA, Mode.CAR)
