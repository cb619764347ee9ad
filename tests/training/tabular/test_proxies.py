import numpy as np
import pandas as pd
import pytest

from tests.training.tabular.audited import people
from training.tabular.parts import parts
from training.tabular.proxies import Leak, leaks
from training.tabular.scored import Scored, scored


def told(who: Scored, table: pd.DataFrame, declared: list[str], inputs: list[str]) -> list[Leak]:
    return list(leaks(who, table, parts(table, declared), inputs))


def test_an_input_that_stands_for_a_protected_attribute_is_named_first() -> None:
    who, table = people(2000, seed=1)
    rng = np.random.default_rng(1)
    table["school"] = np.where(rng.random(2000) < 0.9, table["sex"], "other")
    (found,) = told(who, table, ["sex"], ["age", "school", "income"])
    assert found.top[0].column == "school"
    assert found.by_inputs is not None
    # Only of two people of whom neither is known, one pair in a hundred, the order is guessed.
    assert found.by_inputs.value == pytest.approx(0.995, abs=0.004)
    assert found.top[0].auc.value == pytest.approx(0.995, abs=0.004)
    assert not found.is_input


def test_inputs_and_risks_that_say_nothing_tell_no_better_than_guessing() -> None:
    who, table = people(3000, seed=2)
    (found,) = told(who, table, ["sex"], ["age", "income"])
    assert found.by_inputs is not None
    for one in (found.by_inputs, found.by_risk, *(proxy.auc for proxy in found.top)):
        assert (one.low or 0) < 0.5 < (one.high or 1)


def test_a_risk_that_is_the_attribute_gives_it_away_and_says_which_way() -> None:
    _, table = people(1000, seed=3)
    woman = (table["sex"] == "F").to_numpy()
    (found,) = told(scored(np.where(woman, 0.2, 0.1), np.zeros(1000)), table, ["sex"], ["age"])
    wanted = 1.0 if found.name == "sex = F" else 0.0
    assert found.by_risk.value == wanted
    assert (found.by_risk.low, found.by_risk.high) != (wanted, wanted)


def test_an_attribute_that_is_an_input_is_told_by_the_others() -> None:
    who, table = people(1000, seed=4)
    (found,) = told(who, table, ["sex"], ["sex", "age"])
    assert found.is_input
    assert [proxy.column for proxy in found.top] == ["age"]
    (alone,) = told(who, table, ["sex"], ["sex"])
    assert alone.by_inputs is None
    assert alone.top == ()


def test_small_groups_are_not_looked_at_and_equal_inputs_give_equal_answers() -> None:
    who, table = people(1000, seed=5, share=0.05)
    assert told(who, table, ["trait"], ["age"]) == []
    assert told(who, table, ["area"], ["age", "sex"]) == told(who, table, ["area"], ["age", "sex"])
