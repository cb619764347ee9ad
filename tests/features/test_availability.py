from collections.abc import Mapping
from math import isnan
from typing import Any

import pytest

from matching.features.availability import shift_answers
from tests.factories import a_profile, a_space, a_vacancy, some_facts, the_features

SPACE = a_space()


def _value(name: str, asked: Mapping[str, Any], given: Mapping[str, Any]) -> float:
    return the_features(a_vacancy(**asked), a_profile(**given), SPACE)[f"availability_{name}"]


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


@pytest.mark.parametrize("name", ["hours", "contracts", "shifts", "start"])
def test_silence_on_either_side_is_not_known(name: str) -> None:
    column = {"hours": "hours", "contracts": "contract", "shifts": "shifts", "start": "start"}
    said: dict[str, object] = {
        "hours": ["full_time"], "contracts": ["agency"], "shifts": ["night"], "start": "immediate",
    }  # fmt: skip
    assert isnan(_value(column[name], {name: said[name]}, {}))
    assert isnan(_value(column[name], {}, {name: said[name]}))


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
