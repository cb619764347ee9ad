from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.upkeep.births import BirthLikeness, birth_likeness, read_day

BORN = date(1985, 3, 12)


@pytest.mark.parametrize(
    "written",
    ["1985-03-12", " 12/03/1985 ", "12.3.1985", "12-03-1985", "12 / 3 / 1985", "1985-03-12T00:00"],
)
def test_a_day_is_read_in_the_usual_forms(written: str) -> None:
    assert read_day(written) == BORN


@pytest.mark.parametrize(
    "written", ["", "1985", "31/02/1985", "12/13/1985", "00/01/1985", "0000-01-01", "12/03/85"]
)
def test_what_is_no_day_is_none(written: str) -> None:
    assert read_day(written) is None


@pytest.mark.parametrize(
    ("other", "likeness"),
    [
        (date(1985, 3, 12), "same"),
        (date(1985, 12, 3), "slip"),
        (date(1985, 3, 13), "slip"),
        (date(1985, 3, 21), "slip"),
        (date(1958, 3, 12), "other"),  # a parent of that name, rather than a slip
        (date(1975, 3, 12), "slip"),
        (date(1986, 3, 12), "slip"),
        (date(1985, 4, 13), "other"),
        (date(1988, 12, 3), "other"),
        (date(2005, 3, 12), "other"),
        (date(1990, 6, 27), "other"),
    ],
)
def test_a_slip_of_the_pen_is_told_from_another_day(other: date, likeness: str) -> None:
    assert birth_likeness(BORN, other) == birth_likeness(other, BORN) == BirthLikeness(likeness)


@given(st.dates(date(1930, 1, 1), date(2010, 12, 31)), st.integers(15, 60))
def test_a_generation_is_never_a_slip(born: date, years: int) -> None:
    later = born.replace(year=born.year + years, day=min(born.day, 28))
    assert birth_likeness(born, later) is BirthLikeness.OTHER
