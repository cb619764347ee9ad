from datetime import date
from pathlib import Path

import pytest

from matching.domain import Weekday
from matching.errors import TerritoryError
from matching.territory.gtfs_calendar import Calendar, read_calendar, usual_day
from matching.territory.gtfs_files import open_feed
from tests.territory.feeds import Change, write_feed

TRIPS = {"weekdays": 4, "saturdays": 1, "holiday": 1}


def _calendar(folder: Path, *changes: Change) -> Calendar:
    with open_feed(write_feed(folder, *changes)) as files:
        return read_calendar(files)


def test_a_service_runs_on_its_days_between_its_dates(tmp_path: Path) -> None:
    calendar = _calendar(tmp_path / "feed")
    assert calendar.running(date(2026, 1, 13)) == {"weekdays"}
    assert calendar.running(date(2026, 1, 17)) == {"saturdays"}
    assert calendar.running(date(2026, 1, 18)) == frozenset()
    assert calendar.running(date(2026, 2, 3)) == frozenset()


def test_an_exception_takes_a_day_away_and_gives_one(tmp_path: Path) -> None:
    assert _calendar(tmp_path / "feed").running(date(2026, 1, 6)) == {"holiday"}


def test_the_usual_day_is_no_holiday(tmp_path: Path) -> None:
    day = usual_day(_calendar(tmp_path / "feed"), Weekday.TUE, TRIPS, "feed")
    assert day == date(2026, 1, 13)


def test_a_feed_may_list_every_day_by_itself(tmp_path: Path) -> None:
    feed = write_feed(
        tmp_path / "feed",
        (
            "calendar_dates.txt",
            "",
            "service_id,date,exception_type\nx,20260106,1\ny,20260113,1\nz,20260120,1\n",
        ),
    )
    (feed / "calendar.txt").unlink()
    with open_feed(feed) as files:
        calendar = read_calendar(files)
    assert (calendar.first_day, calendar.last_day) == (date(2026, 1, 6), date(2026, 1, 20))
    # Each on one Tuesday only: the one with most trips is taken, of equals the earliest.
    assert usual_day(calendar, Weekday.TUE, {"x": 1, "y": 5, "z": 5}, "feed") == date(2026, 1, 13)


def test_the_feed_says_for_which_days_it_is_meant(tmp_path: Path) -> None:
    info = "feed_publisher_name,feed_start_date,feed_end_date\nProva,20260110,20260120\n"
    calendar = _calendar(tmp_path / "feed", ("feed_info.txt", "", info))
    assert (calendar.first_day, calendar.last_day) == (date(2026, 1, 10), date(2026, 1, 20))


def test_without_its_word_a_feed_is_meant_for_the_days_of_its_services(tmp_path: Path) -> None:
    calendar = _calendar(tmp_path / "feed")
    assert (calendar.first_day, calendar.last_day) == (date(2026, 1, 1), date(2026, 1, 31))


def test_a_feed_that_ends_in_the_far_future_is_read(tmp_path: Path) -> None:
    calendar = _calendar(tmp_path / "feed", ("calendar.txt", "20260131", "20991231"))
    assert calendar.last_day == date(2099, 12, 31)
    assert usual_day(calendar, Weekday.TUE, TRIPS, "feed") == date(2026, 1, 13)


def test_a_weekday_without_trips_is_said(tmp_path: Path) -> None:
    calendar = _calendar(tmp_path / "feed")
    with pytest.raises(TerritoryError, match="orari.zip: no trip on any 'sun' from 2026-01-01"):
        usual_day(calendar, Weekday.SUN, TRIPS, "orari.zip")


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("calendar.txt", "saturdays", "weekdays", "line 3: service_id 'weekdays'.*one line"),
        ("calendar.txt", "1,1,1,1,1,0,0", "1,yes,1,1,1,0,0", "line 2: tuesday 'yes'.*write 1"),
        ("calendar.txt", "20260131", "2026-01-31", "line 2: end_date '2026-01-31'.*YYYYMMDD"),
        ("calendar.txt", "20260131", "20260231", "line 2: end_date '20260231'.*exists"),
        ("calendar.txt", "20260131", "20251231", "line 2: end_date '20251231'.*not before"),
        ("calendar_dates.txt", "20260106,2", "20260106,3", "line 2: exception_type '3'.*write 1"),
        ("calendar_dates.txt", "20260106,2", "6 gennaio,2", "line 2: date '6 gennaio'"),
    ],
)
def test_a_faulty_calendar_is_refused_with_line_value_and_remedy(
    tmp_path: Path, file: str, old: str, new: str, message: str
) -> None:
    with pytest.raises(TerritoryError, match=f"feed {file} {message}"):
        _calendar(tmp_path / "feed", (file, old, new))


def test_a_feed_in_which_nothing_ever_runs_is_refused(tmp_path: Path) -> None:
    feed = write_feed(
        tmp_path / "feed",
        ("calendar.txt", "1,1,1,1,1,0,0", "0,0,0,0,0,0,0"),
        ("calendar.txt", "0,0,0,0,0,1,0", "0,0,0,0,0,0,0"),
        ("calendar_dates.txt", "20260106,1", "20260106,2"),
    )
    with open_feed(feed) as files, pytest.raises(TerritoryError, match="no service runs on any"):
        read_calendar(files)
