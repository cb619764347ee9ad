import pandas as pd
import pytest

from matching.domain import Situation
from matching.errors import DataError
from training.situations import situations_of

SPELLS = pd.DataFrame(
    {
        "person_id": ["a", "b"],
        "months_since_last_job": [14, 0],
        "share_worked_5y": [0.4, 1.0],
        "jobs_5y": [3, 1],
        "longest_job_5y": [14, 60],
        "past_long_spells": [1, 0],
        "education_eqf": [4, 1],
        "italian_level": [3, 6],
        "licence": [True, False],
        "own_vehicle": [False, True],
        "hours_available": [25, 40],
        "care_load": [True, False],
        "debt_stress": [True, False],
        "housing_stress": [False, True],
        "local_demand": [0.7, 0.2],
        "own_rating": [2, 5],
    }
)


def test_a_spell_becomes_the_situation_at_its_start() -> None:
    first, second = situations_of(SPELLS)
    assert first == Situation(
        person_id="a",
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
    assert (second.person_id, second.italian_level, second.own_vehicle) == ("b", "C2", True)


def test_a_load_of_care_is_not_handed_on() -> None:
    assert situations_of(SPELLS.assign(care_load=False)) == situations_of(SPELLS)
    assert situations_of(SPELLS.drop(columns="care_load")) == situations_of(SPELLS)


def test_a_missing_value_is_not_known() -> None:
    first, second = situations_of(SPELLS.assign(hours_available=[None, 30.0]))
    assert (first.weekly_hours, second.weekly_hours) == (None, 30)


def test_other_spells_are_refused() -> None:
    with pytest.raises(DataError, match="'licence'"):
        situations_of(SPELLS.drop(columns="licence"))
    with pytest.raises(DataError, match="italian_level is 7"):
        situations_of(SPELLS.assign(italian_level=[7, 1]))
