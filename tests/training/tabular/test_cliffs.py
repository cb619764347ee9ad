from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from matching.errors import DataError
from tests.repeats import examples
from tests.training.tabular.audited import words
from training.tabular.cliffs import Cliff, survey
from training.tabular.known_rules import KnownRule
from training.tabular.scored import Scored, scored

SMOOTH = {
    "rising": lambda age, score: expit(-1.4 + 2 * age + 0.5 * score),
    "steep": lambda age, score: expit(-3 + 6 * age),
    "very steep": lambda age, score: expit(-1 + 12 * (age - 0.5)),
    "wavy": lambda age, score: 0.3 + 0.2 * np.sin(8 * age) + 0.05 * np.clip(score, -2, 2),
    "waves": lambda age, score: expit(2 * np.sin(2 * score)),
}


def jump_in_words(cliff: Cliff, *, reads: bool) -> str:
    return words().jump(cliff, reads=reads, outcome="the bad outcome")


def table_of(
    count: int, *, seed: int, shape: str = "rising", jump: float = 0.0, at: float = 45.0,
    lost: bool = False,
) -> tuple[Scored, pd.DataFrame]:  # fmt: skip
    rng = np.random.default_rng(seed)
    age = rng.integers(18, 65, count).astype(float)
    score, income = rng.normal(size=count), np.round(rng.lognormal(10, 1, count), 2)
    chance = SMOOTH[shape]((age - 18) / 47, score) + jump * (age >= at)
    bad = (rng.random(count) < np.clip(chance, 0, 1)).astype(float)
    weight = None
    if lost:
        gone = rng.random(count) < np.where(bad == 0, 0.4, 0.1)
        weight, bad[gone] = np.where(bad == 0, 1 / 0.6, 1 / 0.9), np.nan
    table = pd.DataFrame({"age": age, "score": score, "income": income})
    return scored(np.full(count, 0.3), bad, weight), table


@pytest.mark.parametrize("lost", [False, True], ids=["all seen", "some lost"])
@pytest.mark.parametrize("shape", SMOOTH)
def test_a_smooth_curve_has_no_cliff(shape: str, lost: bool) -> None:
    trials = examples(4)
    found = [
        bool(survey(*table_of(3000, seed=seed, shape=shape, lost=lost)).cliffs)
        for seed in range(trials)
    ]
    # One in twenty may be; of four none is, of eighty up to eight is what one in twenty gives.
    assert sum(found) <= (0 if trials < 20 else 0.1 * trials)


def test_a_jump_of_forty_points_among_five_thousand_people_is_found_where_it_is() -> None:
    trials = examples(10)
    found = [survey(*table_of(5000, seed=seed, jump=0.4)).cliffs for seed in range(trials)]
    first = [cliffs[0] for cliffs in found if cliffs]
    assert sum(cliff.column == "age" and cliff.at == 45 for cliff in first) >= 0.9 * trials
    assert np.mean([cliff.jump.value or 0 for cliff in first]) == pytest.approx(0.4, abs=0.06)


def test_a_jump_along_many_values_is_found_to_the_value_and_named_by_the_round_number() -> None:
    rng = np.random.default_rng(1)
    income = np.round(rng.uniform(0, 40_000, 8000), 2)
    chance = 0.3 + 0.3 * (income >= 15_000) - 0.2 * income / 40_000
    bad = (rng.random(8000) < chance).astype(float)
    found = survey(scored(np.full(8000, 0.3), bad), pd.DataFrame({"income": income})).cliffs
    assert [(cliff.at, cliff.whole) for cliff in found] == [(15_000.0, True)]
    assert found[0].p_corrected < 0.01
    assert found[0].n_below == (income < 15_000).sum()


def test_dates_jump_too_and_the_first_of_a_month_is_named() -> None:
    rng = np.random.default_rng(2)
    days = pd.Series(pd.Timestamp("2020-01-01") + pd.to_timedelta(rng.integers(0, 730, 8000), "D"))
    bad = (rng.random(8000) < np.where(days >= "2021-03-01", 0.6, 0.25)).astype(float)
    found = survey(scored(np.full(8000, 0.3), bad), pd.DataFrame({"registered": days})).cliffs
    assert [(cliff.said, cliff.whole) for cliff in found] == [("2021-03-01", True)]


def test_columns_that_say_the_same_in_other_numbers_are_one_cliff() -> None:
    who, table = table_of(5000, seed=3, jump=0.45)
    table["years to 65"] = 65 - table["age"]
    table["months"] = 12 * table["age"]
    found = survey(who, table)
    assert [cliff.columns for cliff in found.cliffs] == [("age", "years to 65", "months")]
    assert "The same is said by years to 65, months." in jump_in_words(found.cliffs[0], reads=True)


def test_a_declared_rule_is_named_and_one_without_a_jump_is_said_to_be() -> None:
    who, table = table_of(5000, seed=3, jump=0.45)
    rules = tuple(
        KnownRule(column="age", at=at, what=f"An invented right from {at}", source="A law",
                  valid_from=date(1990, 1, 1))
        for at in (45, 30)
    )  # fmt: skip
    found = survey(who, table, rules=rules)
    assert found.cliffs[0].rules == rules[:1]
    assert found.rules_without_jump == rules[1:]
    said = jump_in_words(found.cliffs[0], reads=False)
    assert (
        "A declared rule begins there: An invented right from 45 (A law; from 1990-01-01)" in said
    )
    assert "Find the rule" not in said
    assert "this one does not read it" in said


def test_what_a_cliff_means_is_said_with_what_to_do() -> None:
    said = jump_in_words(survey(*table_of(5000, seed=3, jump=0.45)).cliffs[0], reads=True)
    assert "the mark of a rule, such as the length of a benefit, rather than of people" in said
    assert "reads it, and has learnt the law" in said
    assert "Train on one side of 45, or give the model the entitlement itself" in said


def test_codes_of_a_list_and_columns_of_the_outcome_are_not_looked_along() -> None:
    who, table = table_of(3000, seed=4)
    table["code"] = np.random.default_rng(4).integers(0, 5, 3000).astype(float)
    table["weeks"] = who.bad * 60 + np.arange(3000) / 3000
    found = survey(who, table, skip=["weeks"])
    assert found.cliffs == ()
    assert set(found.columns) == {"age", "score", "income"}


def test_few_people_give_no_cliff_and_other_rows_are_refused() -> None:
    who, table = table_of(150, seed=5, jump=0.5)
    assert survey(who, table).cliffs == ()
    with pytest.raises(DataError, match="rows"):
        survey(who, table.iloc[:10])


@pytest.mark.shared_data
def test_the_benefit_of_the_austrian_women_from_fifty_is_the_first_cliff(shared: Path) -> None:
    path = shared / "data" / "risk-austria-ubduration" / "austria_ubduration.csv"
    table = pd.read_csv(path).astype(float)
    bad = (table["duration_weeks"] > 52).to_numpy(dtype=float)
    rule = KnownRule(
        column="age",
        at=50,
        what="Women who were 50 could draw benefits for 209 weeks in this region, others for 30",
        source="Lalive 2008, Journal of Econometrics 142",
        valid_from=date(1988, 6, 1),
        valid_to=date(1993, 7, 31),
    )
    who = scored(np.full(len(bad), bad.mean()), bad)
    skip = ["duration_weeks", "ltu_52w"]
    first = survey(who, table, skip=skip).cliffs[0]
    assert (first.columns, first.at, first.whole) == (("age", "age_minus_50"), 50.0, True)
    assert first.below.value == pytest.approx(0.062, abs=0.001)
    assert first.above.value == pytest.approx(0.527, abs=0.001)
    assert (first.jump.low or 0) > 0.4
    named = survey(who, table, skip=skip, rules=[rule]).cliffs[0]
    assert named.rules == (rule,)
    assert "209 weeks" in jump_in_words(named, reads=True)
