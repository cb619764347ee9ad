from datetime import date

import pytest

from matching.accompaniment.rules import Ask, Condition, Truth
from matching.accompaniment.rules.bounds import age, aged, lasted, within

H, F, U = Truth.HOLDS, Truth.FAILS, Truth.UNKNOWN


def asked(**bounds: int | bool) -> Condition:
    return Condition(ask=Ask.ISEE, **bounds)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("bounds", "value", "said"),
    [
        ({"at_most": 10140}, 10139, H),
        ({"at_most": 10140}, 10140, H),
        ({"at_most": 10140}, 10141, F),
        ({"at_most": 10140}, None, U),
        ({"at_least": 13}, 12, F),
        ({"at_least": 13}, 13, H),
        ({"at_least": 18, "at_most": 59}, 17, F),
        ({"at_least": 18, "at_most": 59}, 18, H),
        ({"at_least": 18, "at_most": 59}, 59, H),
        ({"at_least": 18, "at_most": 59}, 60, F),
        ({"at_most": 6500, "beyond": True}, 6500, H),
        ({"at_most": 6500, "beyond": True}, 6501, U),
        ({"at_least": 51, "perhaps": 50}, 49, F),
        ({"at_least": 51, "perhaps": 50}, 50, U),
        ({"at_least": 51, "perhaps": 50}, 51, H),
        ({"at_most": 10, "perhaps": 12}, 12, U),
        ({"at_most": 10, "perhaps": 12}, 13, F),
    ],
)
def test_a_bound_belongs_to_what_it_bounds(
    bounds: dict[str, int | bool], value: int | None, said: Truth
) -> None:
    assert within(asked(**bounds), value) is said


@pytest.mark.parametrize(
    ("on", "years"),
    [(date(2026, 3, 13), 49), (date(2026, 3, 14), 50), (date(2027, 3, 13), 50)],
)
def test_somebody_is_of_an_age_from_the_birthday_to_the_eve_of_the_next(
    on: date, years: int
) -> None:
    assert age(date(1976, 3, 14), on) == years


def test_who_was_born_on_a_leap_day_has_a_birthday_every_year() -> None:
    assert age(date(2004, 2, 29), date(2026, 2, 27)) == 21
    assert age(date(2004, 2, 29), date(2026, 2, 28)) == 22


def test_an_age_without_a_birth_is_not_known() -> None:
    assert aged(asked(at_least=60), None, date(2026, 1, 1)) is U


@pytest.mark.parametrize(
    ("bounds", "on", "said"),
    [
        ({"at_least": 12}, date(2026, 5, 14), F),
        ({"at_least": 12}, date(2026, 5, 15), H),
        ({"more_than": 12}, date(2026, 5, 15), F),
        ({"more_than": 12}, date(2026, 5, 16), H),
        ({"at_most": 12}, date(2026, 5, 15), H),
        ({"at_most": 12}, date(2026, 5, 16), F),
        ({"at_least": 12, "perhaps": 6}, date(2025, 11, 14), F),
        ({"at_least": 12, "perhaps": 6}, date(2025, 11, 15), U),
        ({"at_most": 12, "perhaps": 18}, date(2026, 11, 15), U),
        ({"at_most": 12, "perhaps": 18}, date(2026, 11, 16), F),
    ],
)
def test_months_are_completed_on_the_same_day_and_exceeded_the_day_after(
    bounds: dict[str, int], on: date, said: Truth
) -> None:
    assert lasted(asked(**bounds), date(2025, 5, 15), on) is said


def test_how_long_something_lasted_is_not_known_without_its_beginning() -> None:
    assert lasted(asked(at_least=12), None, date(2026, 1, 1)) is U
