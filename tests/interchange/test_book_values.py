from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, to_excel

from matching.interchange.book_values import (
    SINCE_1900,
    SINCE_1904,
    day_of,
    serial_of,
    shows_days,
    unescaped,
)

DAYS = st.dates(min_value=date(1900, 3, 1))


@given(DAYS)
def test_a_day_has_one_number_as_other_programs_have_it(day: date) -> None:
    number = serial_of(day)
    assert number == to_excel(day)
    assert number is not None
    assert day_of(float(number), SINCE_1900) == day


@given(st.floats(min_value=1, max_value=2_900_000))
def test_a_number_is_the_day_that_other_programs_show(number: float) -> None:
    # They round to milliseconds, by which the last moments of a day are the next one's.
    rounded = int(number + 0.000_01) if number % 1 > 0.999_98 else number
    for ours, theirs in ((SINCE_1900, WINDOWS_EPOCH), (SINCE_1904, MAC_EPOCH)):
        assert day_of(rounded, ours) == from_excel(rounded, theirs).date()


def test_days_before_the_one_that_never_was_are_right() -> None:
    assert day_of(59, SINCE_1900) == date(1900, 2, 28)
    assert day_of(61, SINCE_1900) == date(1900, 3, 1)
    assert serial_of(date(1900, 2, 28)) == 59
    assert serial_of(date(1900, 1, 1)) == 1
    assert serial_of(date(1899, 12, 31)) is None


@pytest.mark.parametrize("number", [-1.0, 3_000_000.0, float("nan"), float("inf")])
def test_a_number_that_is_of_no_day_is_none(number: float) -> None:
    assert day_of(number, SINCE_1900) is None


@pytest.mark.parametrize(("number", "said"), [(0.0, "00:00"), (0.5, "12:00"), (0.999, "23:59")])
def test_an_hour_is_of_no_day(number: float, said: str) -> None:
    assert day_of(number, SINCE_1900) == said


@pytest.mark.parametrize("number", BUILTIN_FORMATS)
def test_formats_that_are_known_by_number_are_those_of_other_programs(number: int) -> None:
    code = BUILTIN_FORMATS[number]
    theirs = is_date_format(code) and not is_timedelta_format(code)
    # What is left of an hour is no day, and no date that a field could have.
    assert shows_days(number, None) == (theirs and number not in (45, 46, 47))


@pytest.mark.parametrize(
    ("code", "is_day"),
    [
        ("dd/mm/yyyy", True), ("[$-410]d mmmm yyyy", True), ("yyyy-mm-dd;@", True),
        ('0.00" mesi"', False), ("General", False), ("[h]:mm", False), ('"dal" 0', False),
        ("#,##0.00\\ \\d", False), ("[Red]0", False), ("@", False),
    ],
)  # fmt: skip
def test_a_format_of_its_own_shows_days_by_its_letters(code: str, is_day: bool) -> None:
    assert shows_days(164, code) is is_day


def test_characters_are_written_by_their_number() -> None:
    assert unescaped("a_x000D_b_x005F_x0041_") == "a\rb_x0041_"
    assert unescaped("_x00_") == "_x00_"


def test_the_two_calendars_are_four_years_apart() -> None:
    assert timedelta(days=1462) == SINCE_1904 - SINCE_1900
