import numpy as np
import pytest

from matching.domain import Situation
from matching.errors import InputError
from matching.features.age import AGE, with_age
from matching.features.catalog import PROTECTED
from matching.features.situation import SITUATION_COLUMNS, situation_features

FRAME = situation_features([Situation(person_id="p1"), Situation(person_id="p2")])


def test_the_age_is_protected_and_no_part_of_a_situation() -> None:
    assert AGE.name in PROTECTED
    assert AGE.name not in SITUATION_COLUMNS
    assert AGE.direction == 0
    assert not AGE.changeable


def test_an_age_comes_beside_what_is_known_and_the_unknown_stays_unknown() -> None:
    found = with_age(FRAME, {"p2": 47, "p9": 20})
    np.testing.assert_array_equal(found["age"], [np.nan, 47.0])
    assert list(found.columns) == [*SITUATION_COLUMNS, "age"]


@pytest.mark.parametrize("age", [13, 111, 47.5, True, "47"])
def test_an_age_that_cannot_be_is_refused_and_not_repeated(age: object) -> None:
    with pytest.raises(InputError, match="'p1'") as refusal:
        with_age(FRAME, {"p1": age})
    assert "47" not in str(refusal.value)
