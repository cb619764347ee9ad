import math
from dataclasses import fields, replace

import pandas as pd
import pytest

from matching.domain import Situation
from matching.errors import InputError
from matching.features.catalog import COLUMNS, NOT_IN_MATCHING, PROTECTED
from matching.features.situation import (
    DIRECTIONS,
    SITUATION,
    SITUATION_COLUMNS,
    nothing_known,
    situation_features,
)
from matching.settings import shipped_data
from matching.wording import load_wording

ALL = Situation(
    person_id="p",
    months_since_last_job=14,
    share_worked_5y=0.4,
    jobs_5y=3,
    longest_job_5y=14,
    past_long_spells=1,
    education_level=4,
    italian_level="B1",
    driving_licence=True,
    own_vehicle=False,
    weekly_hours=25,
    debt_stress=True,
    housing_stress=False,
    local_demand=0.7,
    own_rating=2,
)


def the_row(**values: object) -> dict[str, float]:
    return situation_features([replace(ALL, **values)]).iloc[0].to_dict()


def test_a_situation_worked_by_hand() -> None:
    assert the_row() == pytest.approx(
        {
            "months_since_last_job": 2.708050,  # log 15
            "share_worked_5y": 0.4,
            "jobs_5y": 1.386294,  # log 4
            "longest_job_5y": 2.708050,
            "past_long_spells": 1,
            "education_level": 1,
            "italian_level": 3,
            "driving_licence": 1,
            "own_vehicle": 0,
            "weekly_hours": 25,
            "debt_stress": 1,
            "housing_stress": 0,
            "local_demand": 0.7,
            "own_rating": 2,
        },
        abs=1e-6,
    )


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("months_since_last_job", 0, 0.0),
        ("months_since_last_job", 60, math.log(61)),
        ("months_since_last_job", 240, math.log(61)),
        ("jobs_5y", 0, 0.0),
        ("jobs_5y", 99, math.log(21)),
        ("longest_job_5y", 60, math.log(61)),
        ("past_long_spells", 3, 3),
        ("past_long_spells", 7, 3),
        ("education_level", 3, 0),
        ("education_level", 8, 1),
        ("italian_level", "A1", 1),
        ("italian_level", "C2", 6),
        ("weekly_hours", 48, 40),
        ("weekly_hours", 0, 0),
        ("local_demand", 1, 1),
    ],
)
def test_what_an_answer_counts_for(name: str, value: object, found: float) -> None:
    assert the_row(**{name: value})[name] == pytest.approx(found)


@pytest.mark.parametrize("name", SITUATION_COLUMNS)
def test_what_is_not_known_is_nan_and_changes_nothing_else(name: str) -> None:
    row = the_row(**{name: None})
    assert math.isnan(row.pop(name))
    whole = the_row()
    del whole[name]
    assert row == whole


def test_the_rows_follow_the_situations_and_do_not_depend_on_each_other() -> None:
    other = Situation(person_id="q", weekly_hours=10)
    frame = situation_features([other, ALL])
    assert list(frame.index) == ["q", "p"]
    assert frame.index.name == "person_id"
    pd.testing.assert_frame_equal(frame[1:], situation_features([ALL]))
    assert list(frame.columns) == list(SITUATION_COLUMNS)
    assert {str(dtype) for dtype in frame.dtypes} == {"float64"}


def test_nobody_makes_an_empty_frame_of_numbers() -> None:
    frame = situation_features([])
    assert frame.shape == (0, len(SITUATION_COLUMNS))
    assert {str(dtype) for dtype in frame.dtypes} == {"float64"}


@pytest.mark.parametrize(
    ("name", "value", "due"),
    [
        ("months_since_last_job", -1, "a whole number from 0 to 720"),
        ("months_since_last_job", 3.5, "a whole number"),
        ("months_since_last_job", True, "a whole number"),
        ("share_worked_5y", 1.2, "a number from 0 to 1"),
        ("share_worked_5y", math.nan, "a number from 0 to 1"),
        ("longest_job_5y", 61, "a whole number from 0 to 60"),
        ("past_long_spells", -1, "a whole number from 0"),
        ("education_level", 0, "from 1 to 8"),
        ("education_level", 9, "from 1 to 8"),
        ("italian_level", "B3", "one of A1, A2, B1, B2, C1, C2"),
        ("driving_licence", 1, "true or false"),
        ("own_vehicle", "yes", "true or false"),
        ("weekly_hours", 200, "from 0 to 80"),
        ("local_demand", -0.1, "from 0 to 1"),
        ("own_rating", 0, "from 1 to 5"),
        ("own_rating", 6, "from 1 to 5"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(name: str, value: object, due: str) -> None:
    with pytest.raises(InputError) as refused:
        situation_features([Situation(person_id="q"), replace(ALL, **{name: value})])
    for part in ("'p'", name, repr(value), due):
        assert part in str(refused.value)


def test_the_catalog_is_the_situation_and_nothing_protected() -> None:
    asked = {field.name for field in fields(Situation)} - {"person_id"}
    assert set(SITUATION_COLUMNS) == asked
    assert len(SITUATION_COLUMNS) == len(asked)
    for name in SITUATION_COLUMNS:
        assert not PROTECTED & set(name.split("_"))


def test_time_since_the_last_job_is_read_here_only() -> None:
    assert NOT_IN_MATCHING & set(SITUATION_COLUMNS) == {"months_since_last_job"}
    assert not NOT_IN_MATCHING & set(COLUMNS)


def test_a_past_cannot_be_changed() -> None:
    fixed = {column.name for column in SITUATION if not column.changeable}
    assert {"months_since_last_job", "share_worked_5y", "past_long_spells"} <= fixed
    assert {"driving_licence", "debt_stress", "housing_stress"}.isdisjoint(fixed)


def test_every_column_has_a_direction() -> None:
    assert set(DIRECTIONS) == set(SITUATION_COLUMNS)
    assert {name for name, sign in DIRECTIONS.items() if sign == -1} == {
        "months_since_last_job", "past_long_spells", "debt_stress", "housing_stress",
    }  # fmt: skip
    either = {name for name, sign in DIRECTIONS.items() if sign == 0}
    assert either == {"jobs_5y", "longest_job_5y"}


@pytest.mark.parametrize("language", ["it", "en"])
def test_every_column_has_its_words(language: str) -> None:
    held = load_wording(shipped_data() / "wording", language).sentences
    keys = [key for column in SITUATION for key in (column.label, column.question)]
    assert [key for key in keys if key not in held] == []


def test_nothing_is_known_until_something_is() -> None:
    assert nothing_known(Situation(person_id="p"))
    assert not nothing_known(Situation(person_id="p", debt_stress=False))
    assert not nothing_known(Situation(person_id="p", months_since_last_job=0))
