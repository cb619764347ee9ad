import re

import pytest

from matching.extraction.dates import MOMENT, NOW, full_year, moment

_ALONE = re.compile(MOMENT.format(p="a"))


def read(text: str) -> tuple[int, int] | None:
    """Year and month of a moment."""
    match = _ALONE.fullmatch(text)
    found = moment(match.groupdict(), "a") if match else None
    return (found.first // 12, found.first % 12 + 1) if found else None


@pytest.mark.parametrize(
    "text",
    [
        "3/2015",
        "03/2015",
        "03.2015",
        "3-2015",
        "1/3/2015",
        "01.03.2015",
        "01/03/15",
        "marzo 2015",
        "mar. 2015",
        "mar 2015",
        "marzo del 2015",
        "15 marzo 2015",
        "1° marzo 2015",
        "marzo '15",
        "marzo ’15",
        "2015 marzo",
        "march 2015",
    ],
)
def test_one_month_in_many_ways(text: str) -> None:
    assert read(text) == (2015, 3)


@pytest.mark.parametrize("text", ["2015", "'15", "’15"])
def test_a_year_alone_is_known_as_one(text: str) -> None:
    match = _ALONE.fullmatch(text)
    assert match is not None
    found = moment(match.groupdict(), "a")
    assert found is not None
    assert (found.first, found.whole_year, found.day) == (2015 * 12, True, False)


def test_a_day_is_known_as_one() -> None:
    match = _ALONE.fullmatch("15 marzo 2015")
    assert match is not None
    found = moment(match.groupdict(), "a")
    assert found is not None
    assert found.day


@pytest.mark.parametrize("text", ["13/2015", "0/2015", "40/03/2015", "12/2055", "marzo", "1850"])
def test_impossible_dates_are_none(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("written", "year"),
    [("2015", "2015"), ("'97", "1997"), ("’05", "2005"), ("97", "1997"), ("41", "1941")],
)
def test_short_years_have_a_century(written: str, year: str) -> None:
    assert full_year(written) == year


@pytest.mark.parametrize(
    "text", ["oggi", "ad oggi", "a tutt'oggi", "in corso", "alla data attuale", "presente", "now"]
)
def test_words_for_today(text: str) -> None:
    assert re.fullmatch(NOW, text)


@pytest.mark.parametrize("text", ["a oggiono", "orario", "presentazione", "in corso di validita"])
def test_words_that_begin_alike_are_not_today(text: str) -> None:
    assert re.match(NOW, text) is None
