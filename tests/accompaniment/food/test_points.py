from datetime import date
from typing import Any

import pytest

from matching.accompaniment.food import check_lots, check_points
from matching.accompaniment.food.points import days_from, is_open
from matching.domain.food import Closure
from matching.errors import InputError
from tests.accompaniment.food.meals import AS_OF, a_lot, a_point, a_slot
from tests.factories import a_territory


def test_a_point_is_open_on_its_weekdays_and_not_on_the_days_it_is_closed() -> None:
    point = a_point("p", "tue", "sat", closed=(Closure(first=date(2026, 12, 5)),))
    assert [day.day for day in days_from(AS_OF, 14) if is_open(point, day)] == [1, 8, 12]


def test_both_ends_of_a_closure_are_closed() -> None:
    point = a_point("p", "mon", closed=(Closure(first=AS_OF, last=date(2026, 12, 7)),))
    assert [day.day for day in days_from(AS_OF, 21) if is_open(point, day)] == [14]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"municipality": "999999"}, r"point 'p': municipality is no municipality"),
        ({"openings": ()}, r"point 'p': openings is empty"),
        ({"openings": (a_slot("mon", "12:00", "09:00"),)}, r"openings\[0\]\.ends is not after"),
        (
            {"closed": (Closure(first=date(2026, 12, 5), last=date(2026, 12, 4)),)},
            r"closed\[0\]\.last is before first",
        ),
    ],
)
def test_a_point_that_cannot_be_is_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        check_points([a_point("p", **change)], a_territory())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"pick_up": "999999"}, r"lot 'l': pick_up is no municipality"),
        ({"portions": 0}, r"lot 'l': portions is 0"),
        ({"ready_on": date(2026, 12, 7)}, r"expires_on is before ready_on"),
        ({"id": " "}, r"A lot has a blank id"),
    ],
)
def test_a_lot_that_cannot_be_is_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        check_lots([a_lot(**change)], a_territory())


def test_an_identifier_used_twice_is_refused() -> None:
    with pytest.raises(InputError, match="'p' is that of two points"):
        check_points([a_point("p"), a_point("p")], a_territory())
    with pytest.raises(InputError, match="'l' is that of two lots"):
        check_lots([a_lot("l"), a_lot("l")], a_territory())
