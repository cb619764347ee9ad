from datetime import date
from pathlib import Path

import pytest

from matching.errors import TerritoryError
from matching.territory.gtfs import Change, Timetable, Validity, read_timetable, validity
from tests.territory.feeds import Change as Edit
from tests.territory.feeds import commuting, write_feed

FREQUENCIES = "trip_id,start_time,end_time,headway_secs,exact_times\n"
TRANSFERS = "from_stop_id,to_stop_id,transfer_type,min_transfer_time,from_trip_id\n"

Ride = tuple[str, str, str, str]


def _read(folder: Path, *changes: Edit) -> Timetable:
    return read_timetable(write_feed(folder, *changes), commuting())


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _rides(timetable: Timetable) -> list[Ride]:
    found = timetable.connections
    names = [stop.id for stop in timetable.stops]
    rides = [
        (names[start], names[end], _clock(departure), _clock(arrival))
        for start, end, departure, arrival in zip(
            found.start.tolist(),
            found.end.tolist(),
            found.departure.tolist(),
            found.arrival.tolist(),
            strict=True,
        )
    ]
    return sorted(rides, key=lambda ride: ride[2:])


USUAL = [
    ("c", "a", "07:00:00", "07:40:00"),
    ("a", "b-north", "07:10:00", "07:30:00"),
    ("b-south", "c", "07:40:00", "08:00:00"),
]


def test_the_rides_are_those_of_the_usual_day_and_of_a_run_of_the_day_before(
    tmp_path: Path,
) -> None:
    timetable = _read(tmp_path / "feed")
    assert timetable.day == date(2026, 1, 13)
    # The late one is Monday's: its 31:00 is 7:00 on Tuesday.
    assert _rides(timetable) == USUAL


def test_what_leaves_before_the_hours_or_too_long_after_them_is_left_out(tmp_path: Path) -> None:
    # The hours end at 8:30, the longest way takes three more.
    for hour, read in (
        ("06:29:59", False),
        ("06:30:00", True),
        ("11:29:59", True),
        ("11:30:00", False),
    ):
        timetable = _read(
            tmp_path / hour[:2],
            ("stop_times.txt", "night,02:00:00,02:00:00", f"night,{hour},{hour}"),
            ("stop_times.txt", "night,02:15:00,02:15:00", "night,12:15:00,12:15:00"),
        )
        assert (("a", "c", hour, "12:15:00") in _rides(timetable)) is read


def test_yesterday_s_late_service_does_not_run_if_yesterday_s_service_did_not(
    tmp_path: Path,
) -> None:
    monday = "1,1,1,1,1,0,0"
    timetable = _read(tmp_path / "feed", ("calendar.txt", monday, "0,1,1,1,1,0,0"))
    assert _rides(timetable) == USUAL[1:3]


def test_a_stop_without_a_time_lies_between_the_timed_ones(tmp_path: Path) -> None:
    calls = (
        "up-1,07:10:00,07:12:00,a,1\nup-1,,,b-north,2\nup-1,,,b-south,3\nup-1,07:30:00,07:30:00,c,4"
    )
    old = "up-1,07:10:00,07:10:00,a,1\nup-1,07:30:00,07:30:00,b-north,2"
    assert _rides(_read(tmp_path / "feed", ("stop_times.txt", old, calls)))[1:4] == [
        ("a", "b-north", "07:12:00", "07:18:00"),
        ("b-north", "b-south", "07:18:00", "07:24:00"),
        ("b-south", "c", "07:24:00", "07:30:00"),
    ]


def test_an_arrival_alone_is_the_departure_too(tmp_path: Path) -> None:
    changes = ("stop_times.txt", "up-1,07:10:00,07:10:00,a", "up-1,07:10:00,,a")
    assert _rides(_read(tmp_path / "feed", changes)) == USUAL


def test_calls_are_ordered_by_their_numbers_and_not_by_their_lines(tmp_path: Path) -> None:
    turned = "up-2,8:00:00,8:00:00,c,20\nup-2,7:40:00,7:40:00,b-south,10\n"
    straight = "up-2,7:40:00,7:40:00,b-south,10\nup-2,8:00:00,8:00:00,c,20\n"
    assert _rides(_read(tmp_path / "feed", ("stop_times.txt", straight, turned))) == USUAL


def test_nobody_gets_on_or_off_where_the_feed_says_so(tmp_path: Path) -> None:
    header = "stop_id,stop_sequence"
    lines = [
        ("stop_times.txt", header, header + ",pickup_type,drop_off_type"),
        ("stop_times.txt", "07:10:00,a,1", "07:10:00,a,1,1,0"),
        ("stop_times.txt", "b-north,2", "b-north,2,0,3"),
        ("stop_times.txt", "b-south,10", "b-south,10,2,"),
        ("stop_times.txt", "c,20", "c,20,,1"),
        ("stop_times.txt", "02:00:00,a,1", "02:00:00,a,1,,"),
        ("stop_times.txt", "02:15:00,c,2", "02:15:00,c,2,,"),
        ("stop_times.txt", "07:00:00,a,1", "07:00:00,a,1,,"),
        ("stop_times.txt", "07:05:00,c,2", "07:05:00,c,2,,"),
        ("stop_times.txt", "07:00:00,a,1\n", "07:00:00,a,1,,\n"),
        ("stop_times.txt", "07:06:00,c,2", "07:06:00,c,2,,"),
        ("stop_times.txt", "31:00:00,c,1", "31:00:00,c,1,,"),
        ("stop_times.txt", "31:40:00,a,2", "31:40:00,a,2,,"),
    ]
    found = _read(tmp_path / "feed", *lines).connections
    by_departure = dict(
        zip(
            found.departure.tolist(),
            zip(found.board.tolist(), found.alight.tolist(), strict=True),
            strict=True,
        )
    )
    assert by_departure == {
        7 * 3600: (True, True),
        7 * 3600 + 600: (False, True),
        7 * 3600 + 2400: (True, False),
    }


def test_a_trip_may_be_repeated_at_exact_times(tmp_path: Path) -> None:
    rows = FREQUENCIES + "up-2,07:00:00,08:00:00,1800,1\n"
    assert _rides(_read(tmp_path / "feed", ("frequencies.txt", "", rows))) == [
        ("b-south", "c", "07:00:00", "07:20:00"),
        ("c", "a", "07:00:00", "07:40:00"),
        ("a", "b-north", "07:10:00", "07:30:00"),
        ("b-south", "c", "07:30:00", "07:50:00"),
    ]


def test_without_exact_times_one_waits_for_half_the_interval(tmp_path: Path) -> None:
    rows = FREQUENCIES + "up-2,07:00:00,07:30:00,1800,\n"
    rides = _rides(_read(tmp_path / "feed", ("frequencies.txt", "", rows)))
    assert ("b-south", "c", "07:00:00", "07:35:00") in rides


def test_changes_are_read_for_stops_and_for_all_stops_of_a_station(tmp_path: Path) -> None:
    rows = TRANSFERS + "b,c,2,600,\na,a,3,,\na,c,0,,\nc,a,1,,\na,b-north,2,5,up-1\n"
    timetable = _read(tmp_path / "feed", ("transfers.txt", "", rows))
    names = [stop.id for stop in timetable.stops]
    assert {(names[a], names[b]): change for (a, b), change in timetable.changes.items()} == {
        ("b-north", "c"): Change(seconds=600),
        ("b-south", "c"): Change(seconds=600),
        ("a", "a"): Change(possible=False),
        ("a", "c"): Change(),
        ("c", "a"): Change(seconds=0),
    }


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2025, 12, 31), Validity.NOT_YET),
        (date(2026, 1, 1), Validity.CURRENT),
        (date(2026, 1, 31), Validity.CURRENT),
        (date(2026, 2, 1), Validity.EXPIRED),
    ],
)
def test_a_timetable_is_meant_for_the_days_of_its_feed(
    tmp_path: Path, as_of: date, expected: Validity
) -> None:
    timetable = _read(tmp_path / "feed")
    assert validity(timetable.first_day, timetable.last_day, as_of) is expected


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("stops.txt", "c,Costa,45.2", "a,Costa,45.2", "line 6: stop_id 'a'.*one line"),
        ("stops.txt", "45.2", "45,2", "line 6: 7 cells where 6"),
        ("stops.txt", "45.2", "", "line 6: stop_lat ''.*degrees with a point"),
        ("stops.txt", "45.2", "nan", "line 6: stop_lat 'nan'.*at most 90"),
        ("stops.txt", "45.2,9.0", "45.2,900", "line 6: stop_lon '900'.*at most 180"),
        ("trips.txt", "line,weekdays,up-1", "lime,weekdays,up-1", "line 2: route_id 'lime'"),
        ("trips.txt", "line,weekdays,up-1", "line,weekday,up-1", "line 2: service_id 'weekday'"),
        ("trips.txt", "weekdays,up-2", "weekdays,up-1", "line 3: trip_id 'up-1'.*one line"),
        ("stop_times.txt", "up-1,07:10:00", "up-3,07:10:00", "line 2: trip_id 'up-3'.*trips.txt"),
        ("stop_times.txt", "07:10:00,a,1", "07:10:00,z,1", "line 2: stop_id 'z'.*stops.txt"),
        ("stop_times.txt", "07:10:00,a,1", "07:10:00,b,1", "line 2: stop_id 'b'.*location_type"),
        ("stop_times.txt", "07:10:00,a,1", "07:10:00,a,-1", "line 2: stop_sequence '-1'"),
        ("stop_times.txt", "07:10:00,a", "7.10,a", "line 2: departure_time '7.10'.*HH:MM:SS"),
        ("stop_times.txt", "07:10:00,a", "07:60:00,a", "line 2: departure_time '07:60:00'"),
        ("stop_times.txt", "07:10:00,07:10:00,a", ",,a", "line 2: the first and the last call"),
        ("stop_times.txt", "07:10:00,07:10:00,a", "07:10:00,07:09:00,a", "line 2: the departure"),
        ("stop_times.txt", "07:30:00,07:30:00", "07:09:00,07:30:00", "line 3: the arrival is befo"),
        ("stop_times.txt", "b-north,2", "b-north,1", "line 3: the stop_sequence occurs twice"),
        ("frequencies.txt", "", FREQUENCIES + "x,07:00:00,08:00:00,600,1\n", "line 2: trip_id 'x'"),
        ("frequencies.txt", "", FREQUENCIES + "up-1,07:00:00,07:00:00,600,1\n", "line 2: end_time"),
        ("frequencies.txt", "", FREQUENCIES + "up-1,07:00:00,08:00:00,0,1\n", "line 2: headway"),
        ("frequencies.txt", "", FREQUENCIES + "up-1,07:00:00,08:00:00,60,2\n", "line 2: exact_tim"),
        ("transfers.txt", "", TRANSFERS + "a,z,0,,\n", "line 2: to_stop_id 'z'"),
        ("transfers.txt", "", TRANSFERS + "a,c,7,,\n", "line 2: transfer_type '7'"),
        ("transfers.txt", "", TRANSFERS + "a,c,2,,\n", "line 2: min_transfer_time ''"),
    ],
)  # fmt: skip
def test_a_faulty_feed_is_refused_with_file_line_value_and_remedy(
    tmp_path: Path, file: str, old: str, new: str, message: str
) -> None:
    with pytest.raises(TerritoryError, match=f"feed {file} {message}"):
        _read(tmp_path / "feed", (file, old, new))
