from collections.abc import Mapping
from datetime import date
from math import isnan, nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import Fact, Profile, Vacancy
from matching.features.availability import (
    asked_terms,
    availability_features,
    person_terms,
    shift_answers,
)
from tests.factories import a_fact, a_profile, a_space, a_vacancy, some_facts, the_features
from tests.features.strategies import often, profiles, seldom, vacancies

SPACE = a_space()


def _value(name: str, asked: Mapping[str, Any], given: Mapping[str, Any]) -> float:
    return the_features(a_vacancy(**asked), a_profile(**given), SPACE)[f"availability_{name}"]


def _asks(name: str, asked: Mapping[str, Any]) -> float:
    return the_features(a_vacancy(**asked), a_profile(), SPACE)[f"asked_{name}"]


@pytest.mark.parametrize(
    ("asked", "given", "value"),
    [
        (["full_time"], ["full_time"], 1.0),
        (["full_time", "part_time"], ["part_time"], 1.0),
        (["full_time"], ["part_time"], 0.3),
    ],
)
def test_one_length_of_the_week_in_common_is_enough(
    asked: list[str], given: list[str], value: float
) -> None:
    assert _value("hours", {"hours": asked}, {"hours": given}) == value


def test_another_contract_counts_three_tenths() -> None:
    assert _value("contract", {"contracts": ["agency"]}, {"contracts": ["permanent"]}) == 0.3
    assert _value("contract", {"contracts": ["agency"]}, {"contracts": ["agency"]}) == 1.0


@pytest.mark.parametrize(
    ("name", "column", "said"),
    [
        ("hours", "hours", ["full_time"]),
        ("weekly_hours", "weekly", 30),
        ("contracts", "contract", ["agency"]),
        ("shifts", "shifts", ["night"]),
        ("start", "start", "immediate"),
    ],
)
def test_silence_on_either_side_is_not_known(name: str, column: str, said: object) -> None:
    assert isnan(_value(column, {name: said}, {}))
    assert isnan(_value(column, {}, {name: said}))
    assert _asks(column, {name: said}) == 1.0
    assert _asks(column, {}) == 0.0


@pytest.mark.parametrize(
    ("asked", "given", "value"),
    [
        (40, 20, 0.5),
        (24, 20, 20 / 24),
        (20, 20, 1.0),
        (20, 40, 1.0),
        (30, 0, 0.0),
    ],
)
def test_hours_a_week_count_by_the_share_that_one_can_work(
    asked: int, given: int, value: float
) -> None:
    found = _value("weekly", {"weekly_hours": asked}, {"weekly_hours": given})
    assert found == pytest.approx(value)


def test_full_time_is_a_week_of_40_hours_where_no_number_is_said() -> None:
    full, half = {"hours": ["full_time"]}, {"weekly_hours": 20}
    assert _value("weekly", full, half) == 0.5
    assert _value("weekly", {"weekly_hours": 40}, full) == 1.0
    assert _value("weekly", {"weekly_hours": 48}, full) == pytest.approx(40 / 48)


def test_a_vacancy_that_says_its_full_week_asks_for_no_more() -> None:
    asked = {"hours": ["full_time"], "weekly_hours": 36}
    assert _value("weekly", asked, {"weekly_hours": 18}) == 0.5


def test_an_offer_of_full_or_part_time_asks_for_the_least_that_will_do() -> None:
    both = {"hours": ["full_time", "part_time"]}
    assert _value("weekly", both | {"weekly_hours": 20}, {"weekly_hours": 20}) == 1.0
    assert _asks("weekly", both) == 0.0


def test_who_would_work_full_or_part_time_can_work_full_time() -> None:
    given = {"hours": ["part_time", "full_time"], "weekly_hours": 20}
    assert _value("weekly", {"weekly_hours": 40}, given) == 1.0


def test_part_time_without_a_number_is_no_number_on_either_side() -> None:
    part = {"hours": ["part_time"]}
    assert _asks("weekly", part) == 0.0
    assert isnan(_value("weekly", {"weekly_hours": 30}, part))


def test_a_vacancy_of_no_hours_asks_for_none() -> None:
    assert _asks("weekly", {"weekly_hours": a_fact(0)}) == 0.0
    assert isnan(_value("weekly", {"weekly_hours": a_fact(0)}, {"weekly_hours": 20}))


def test_shifts_count_by_the_share_accepted() -> None:
    given = {"shifts": ["night"], "shifts_refused": ["weekend"]}
    assert _value("shifts", {"shifts": ["night", "weekend"]}, given) == 0.5
    assert _value("shifts", {"shifts": ["weekend"]}, given) == 0.0


def test_a_shift_that_is_not_spoken_of_is_left_out_of_the_share() -> None:
    assert _value("shifts", {"shifts": ["night", "weekend"]}, {"shifts": ["night"]}) == 1.0


def test_who_works_in_turn_works_by_day() -> None:
    assert shift_answers(some_facts(shifts=["rotating"])) == {
        "rotating": True, "day": True, "morning": True, "afternoon": True,
    }  # fmt: skip


def test_a_refusal_wins_over_turns() -> None:
    facts = some_facts(shifts=["rotating"], shifts_refused=["afternoon"])
    assert shift_answers(facts)["afternoon"] is False
    assert _value("shifts", {"shifts": ["rotating"]}, {"shifts": ["rotating"]}) == 1.0


def test_who_names_part_of_the_day_has_answered_for_the_day_and_not_for_the_weekend() -> None:
    assert shift_answers(some_facts(shifts=["morning"])) == {
        "morning": True, "afternoon": False, "day": False, "rotating": False, "night": False,
    }  # fmt: skip
    assert isnan(_value("shifts", {"shifts": ["weekend"]}, {"shifts": ["morning"]}))


@pytest.mark.parametrize(
    ("needed", "offered", "value"),
    [
        ("immediate", "immediate", 1.0),
        ("2026-03-01", "immediate", 1.0),
        ("2026-03-01", "2026-03-01", 1.0),
        ("2026-03-01", "2026-09-01", 0.3),
    ],
)
def test_a_start_counts_when_it_is_in_time(needed: str, offered: str, value: float) -> None:
    assert _value("start", {"start": needed}, {"start": offered}) == value


def test_whether_a_date_is_immediate_is_not_known() -> None:
    assert isnan(_value("start", {"start": "immediate"}, {"start": "2026-03-01"}))


def _in_time(needed: Fact | None, offered: Fact | None) -> float:
    """The same reading, one by one."""
    if needed is None or offered is None:
        return nan
    if offered.value == "immediate":
        return 1.0
    if needed.value == "immediate":
        return nan
    asked, given_ = (date.fromisoformat(str(fact.value)) for fact in (needed, offered))
    return 1.0 if given_ <= asked else 0.3


def _shift_share(asked: Vacancy, person: Profile) -> float:
    answers = shift_answers(person.facts)
    known = [answers[str(fact.value)] for fact in asked.facts.shifts if fact.value in answers]
    return sum(known) / len(known) if known else nan


starts = st.none() | st.just("immediate") | st.dates(date(1, 1, 1), date(9999, 12, 31)).map(str)


@often
@given(st.lists(starts, max_size=5), st.lists(starts, max_size=5))
def test_the_table_of_starts_holds_what_a_reading_one_by_one_gives(
    needed: list[str | None], offered: list[str | None]
) -> None:
    asked, people = ([some_facts(start=value) for value in side] for side in (needed, offered))
    found = availability_features(asked_terms(asked), person_terms(people))["availability_start"]
    assert found.shape == (len(needed), len(offered))
    for row, need in enumerate(asked):
        for column, can in enumerate(people):
            slow = _in_time(need.start, can.start)
            assert found[row, column] == pytest.approx(slow, nan_ok=True)


@seldom
@given(st.lists(vacancies(), max_size=3), st.lists(profiles(), max_size=4))
def test_the_tables_of_shifts_hold_what_a_reading_one_by_one_gives(
    asked: list[Vacancy], people: list[Profile]
) -> None:
    found = availability_features(
        asked_terms([vacancy.facts for vacancy in asked]),
        person_terms([person.facts for person in people]),
    )["availability_shifts"]
    for row, vacancy in enumerate(asked):
        for column, person in enumerate(people):
            slow = _shift_share(vacancy, person)
            assert found[row, column] == pytest.approx(slow, nan_ok=True)
