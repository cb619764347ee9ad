from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, reset_tzpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain.days import ZONE, at_hub, day_at, start_of

MOMENTS = st.datetimes(
    datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.sampled_from(
        (UTC, timezone(timedelta(hours=-11)), timezone(timedelta(hours=5, minutes=45)))
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 12, 1, 22, 59, tzinfo=UTC), date(2026, 12, 1)),
        (datetime(2026, 12, 1, 23, 0, tzinfo=UTC), date(2026, 12, 2)),
    ],
)
def test_a_day_begins_at_midnight_of_the_hub_in_summer_and_in_winter(
    moment: datetime, day: date
) -> None:
    assert day_at(moment) == day
    assert at_hub(moment) == moment


@given(MOMENTS)
def test_a_moment_is_of_the_day_that_began_before_it_and_has_not_ended(moment: datetime) -> None:
    day = day_at(moment)
    assert start_of(day) <= moment < start_of(day + timedelta(days=1))
    assert start_of(day).tzinfo is UTC


def test_the_day_on_which_the_clock_is_put_forward_has_an_hour_less() -> None:
    assert start_of(date(2026, 3, 30)) - start_of(date(2026, 3, 29)) == timedelta(hours=23)
    assert start_of(date(2026, 10, 26)) - start_of(date(2026, 10, 25)) == timedelta(hours=25)


def test_a_machine_without_zones_of_its_own_has_that_of_the_hubs() -> None:
    reset_tzpath([])
    try:
        zone = ZoneInfo.no_cache(ZONE)
    finally:
        reset_tzpath()
    assert zone.utcoffset(datetime(2026, 7, 1)) == timedelta(hours=2)
