"""Minutes by the timetable of ``feeds``, worked by hand."""

from collections.abc import Callable
from datetime import time
from pathlib import Path

import numpy as np
import pytest

from matching.territory import Detour, TravelParameters
from matching.territory.gtfs import read_timetable
from matching.territory.journeys import distances_km
from matching.territory.timetabled import timetabled_minutes
from tests.territory.feeds import (
    ALTO,
    BORGO,
    COSTA,
    DIGA,
    PLACES,
    Change,
    a_place,
    commuting,
    parameters,
    write_feed,
)

ON_FOOT = 134 / 60  # from the northern stop to the centre of Borgo, or to the southern stop
TRANSFERS = "from_stop_id,to_stop_id,transfer_type,min_transfer_time\n"
Minutes = dict[tuple[str, str], float]


@pytest.fixture
def minutes(tmp_path: Path) -> Callable[..., Minutes]:
    def read(*changes: Change, travel: TravelParameters = parameters()) -> Minutes:  # noqa: B008
        timetable = read_timetable(write_feed(tmp_path / "feed", *changes), travel.commuting)
        found = timetabled_minutes(
            PLACES,
            timetable,
            travel,
            km=distances_km(PLACES, PLACES),
            separated=np.zeros((4, 4), dtype=bool),
        )
        return {
            (home.istat, work.istat): value
            for home, row in zip(PLACES, found.tolist(), strict=True)
            for work, value in zip(PLACES, row, strict=True)
            if not np.isnan(value)
        }

    return read


def test_a_journey_is_wait_rides_change_and_walk(minutes: Callable[..., Minutes]) -> None:
    assert minutes() == {
        # Out at 7:05 for the 7:10, at the northern stop at 7:30, on foot to the centre.
        (ALTO, BORGO): pytest.approx(25 + ON_FOOT),
        # As above; at the southern stop, with 3 minutes to spare, at 7:35:14; its bus of 7:40
        # arrives at 8:00.
        (ALTO, COSTA): pytest.approx(55),
        (BORGO, COSTA): pytest.approx(25),
        # Monday's bus of 31:00. Nobody gets off at Borgo.
        (COSTA, ALTO): pytest.approx(45),
    }


def test_a_change_that_is_too_short_is_missed(minutes: Callable[..., Minutes]) -> None:
    slow = parameters(commuting=commuting(change_minutes=7.5))
    assert minutes(travel=slow)[ALTO, COSTA] == pytest.approx(55)  # 7:30 and 584 s: 7:39:44
    slower = parameters(commuting=commuting(change_minutes=8))
    assert (ALTO, COSTA) not in minutes(travel=slower)


def test_nobody_changes_to_a_stop_that_is_too_far(minutes: Callable[..., Minutes]) -> None:
    assert (ALTO, COSTA) not in minutes(travel=parameters(change_radius_km=0.1))


def test_what_the_feed_says_of_a_change_comes_first(minutes: Callable[..., Minutes]) -> None:
    def change(row: str) -> Change:
        return ("transfers.txt", "", TRANSFERS + row)

    near = parameters(change_radius_km=0.1)
    assert (ALTO, COSTA) not in minutes(change("b-north,b-south,3,"))
    assert (ALTO, COSTA) not in minutes(change("b-north,b-south,2,601"))
    assert minutes(change("b-north,b-south,2,600"))[ALTO, COSTA] == pytest.approx(55)
    assert minutes(change("b-north,b-south,0,"), travel=near)[ALTO, COSTA] == pytest.approx(55)
    assert minutes(change("b-north,b-south,1,"), travel=near)[ALTO, COSTA] == pytest.approx(55)


def test_one_leaves_home_within_the_hours(minutes: Callable[..., Minutes]) -> None:
    just = parameters(commuting=commuting(earliest=time(7, 5), latest=time(7, 5)))
    assert minutes(travel=just)[ALTO, BORGO] == pytest.approx(25 + ON_FOOT)
    early = parameters(commuting=commuting(earliest=time(7, 0), latest=time(7, 1)))
    assert minutes(travel=early)[ALTO, BORGO] == pytest.approx(29 + ON_FOOT)  # waits 4 more
    late = parameters(commuting=commuting(earliest=time(7, 6), latest=time(8, 30)))
    assert (ALTO, BORGO) not in minutes(travel=late)


def test_what_takes_too_long_is_no_way(minutes: Callable[..., Minutes]) -> None:
    for longest, joined in ((55.0, True), (54.9, False)):
        found = minutes(travel=parameters(commuting=commuting(longest_minutes=longest)))
        assert ((ALTO, COSTA) in found) is joined


def test_the_quickest_of_the_hours_is_taken(minutes: Callable[..., Minutes]) -> None:
    express = "up-2,7:40:00,7:40:00,b-south,10"
    faster = minutes(
        ("trips.txt", "up-2\n", "up-2\nline,weekdays,express\n"),
        ("stop_times.txt", express, "express,8:20:00,8:20:00,b-south,1\n"
         "express,8:31:00,8:31:00,c,2\n" + express),
    )  # fmt: skip
    assert faster[BORGO, COSTA] == pytest.approx(16)
    assert faster[ALTO, COSTA] == pytest.approx(55)


def test_night_weekend_and_holiday_services_are_not_used(
    minutes: Callable[..., Minutes],
) -> None:
    # They would take Alto to Costa in 5 to 15 minutes.
    assert minutes()[ALTO, COSTA] == pytest.approx(55)


def test_a_place_far_from_every_stop_is_not_joined(minutes: Callable[..., Minutes]) -> None:
    assert all(DIGA not in pair for pair in minutes())


def test_one_walks_where_that_is_quicker_than_waiting(tmp_path: Path) -> None:
    places = (a_place("1", 45.1), a_place("2", 45.109))  # 1.0008 km: 20.02 minutes on foot
    travel = parameters()
    timetable = read_timetable(
        write_feed(
            tmp_path / "feed",
            ("stop_times.txt", "up-1,07:30:00,07:30:00,b-north,2", "up-1,07:40:00,07:40:00,b-s,2"),
            ("stop_times.txt", "up-1,07:10:00,07:10:00,a,1", "up-1,07:10:00,07:10:00,b-south,1"),
            ("stops.txt", "b-north,Borgo nord,45.101", "b-s,Borgo nord,45.109"),
        ),
        travel.commuting,
    )
    found = timetabled_minutes(
        places,
        timetable,
        travel,
        km=distances_km(places, places),
        separated=np.zeros((2, 2), dtype=bool),
    )
    assert found[0, 1] == pytest.approx(20.02, abs=0.01)  # by bus: 35
    assert found[1, 0] == pytest.approx(20.02, abs=0.01)  # no bus at all
    assert np.isnan(found[0, 0])


def test_nobody_walks_over_the_water(tmp_path: Path) -> None:
    # Riva lies 890 m from the stop of Borgo, on the other shore.
    places = (*PLACES[:3], a_place("5", 45.1, 9.0113))
    lake = Detour(
        side=frozenset({"5"}), other_side=frozenset({BORGO}), via=PLACES[0], reason="prova"
    )
    for detours, reached in (((), True), ((lake,), False)):
        travel = parameters(detours=detours)
        timetable = read_timetable(write_feed(tmp_path / "feed"), travel.commuting)
        separated = np.zeros((4, 4), dtype=bool)
        separated[1, 3] = separated[3, 1] = bool(detours)
        found = timetabled_minutes(
            places, timetable, travel, km=distances_km(places, places), separated=separated
        )
        assert np.isnan(found[3, 2]) != reached
        assert np.isnan(found[3, 1]) != reached


def test_a_timetable_without_rides_joins_nothing(minutes: Callable[..., Minutes]) -> None:
    at_noon = parameters(commuting=commuting(earliest=time(12, 0), latest=time(13, 0)))
    assert minutes(travel=at_noon) == {}
