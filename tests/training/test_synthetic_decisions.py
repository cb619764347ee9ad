"""The decisions: what an oracle could know of them, whom they favour, when they happened."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from matching.taxonomy import Taxonomy
from matching.territory import Territory
from training.synthetic import (
    BIASED,
    MILD,
    SETTINGS,
    Bias,
    DecisionParameters,
    District,
    Setting,
    Size,
    generate,
)
from training.synthetic.outcomes import Chance, outcome

SIZE = Size(people=1000, vacancies=240)
CERTAIN = DecisionParameters(
    reliability=0, interview=0, taste=0, manager_noise=0, employer_noise=0, exposure=0
)


def quick(setting: Setting) -> Setting:
    return replace(setting, decisions=replace(setting.decisions, repetitions=80))


@pytest.fixture(scope="module")
def districts(territory: Territory, taxonomy: Taxonomy) -> dict[str, District]:
    return {
        name: generate(territory, taxonomy, seed=21, setting=quick(setting), size=SIZE)
        for name, setting in SETTINGS.items()
    }


@pytest.fixture(scope="module")
def mild(districts: dict[str, District]) -> District:
    return districts["mild"]


def within(district: District, score: str) -> float:
    """Mean AUC over vacancies of a true score for being shortlisted."""
    rows = district.decisions[["vacancy_id", "shortlisted"]].assign(s=district.truth.pairs[score])
    aucs = [
        roc_auc_score(group["shortlisted"], group["s"])
        for _, group in rows.groupby("vacancy_id")
        if 0 < group["shortlisted"].sum() < len(group)
    ]
    return float(np.mean(aucs))


def loss_of(district: District, attribute: str, group: str, step: str) -> float:
    """Log odds that a group loses at equal fit."""
    rows = district.decisions.merge(
        district.protected, left_on="person_id", right_on="id", validate="many_to_one"
    )
    member = (rows[attribute] == group).to_numpy(dtype=float)
    inputs = np.column_stack([district.truth.pairs["fit"], member])
    return float(LogisticRegression(C=1e6).fit(inputs, rows[step]).coef_[0, 1])


def still(pool: int, *, ready: bool = True, repetitions: int = 1) -> Chance:
    zero = np.zeros((repetitions, pool))
    return Chance(zero, zero, zero, zero, zero, np.full((repetitions, pool), ready))


@pytest.mark.parametrize("name", SETTINGS)
def test_the_oracle_is_good_and_far_from_perfect(districts: dict[str, District], name: str) -> None:
    district = districts[name]
    listed, fit = district.decisions["shortlisted"], district.truth.pairs["fit"]
    assert 0.70 <= roc_auc_score(listed, fit) <= 0.85
    assert 0.70 <= within(district, "fit") <= 0.85


def test_the_hard_setting_is_harder(districts: dict[str, District]) -> None:
    assert within(districts["hard"], "fit") < within(districts["mild"], "fit") - 0.03


def test_what_no_document_says_matters_beyond_the_fit(mild: District) -> None:
    inputs = mild.truth.pairs[["fit", "hidden"]].to_numpy()
    shown = mild.decisions["shown"].to_numpy()
    model = LogisticRegression(C=1e6).fit(inputs[shown], mild.decisions["shortlisted"][shown])
    assert model.coef_[0, 1] > 0.3


def test_the_expected_grade_ranks_at_least_as_well_as_the_fit(mild: District) -> None:
    assert within(mild, "expected_grade") >= within(mild, "fit") - 0.01
    grade = mild.truth.pairs["expected_grade"]
    assert grade.between(0, 3).all()
    # Averaged over chance, expected and actual labels agree.
    expected = mild.truth.pairs["expected_label"]
    assert expected.mean() == pytest.approx(mild.decisions["label"].mean(), abs=0.02)


def test_the_expected_label_is_calibrated(mild: District) -> None:
    fifth = pd.qcut(mild.truth.pairs["expected_label"], 5, labels=False)
    said = mild.truth.pairs["expected_label"].groupby(fifth).mean()
    happened = mild.decisions["label"].groupby(fifth).mean()
    assert (said - happened).abs().max() < 0.12


@pytest.mark.parametrize("bias", BIASED.decisions.biases, ids=lambda bias: bias.group)
def test_the_biased_setting_has_the_planted_gap_and_the_mild_has_not(
    districts: dict[str, District], bias: Bias
) -> None:
    attribute, group = bias.attribute, bias.group
    for step in ("shown", "shortlisted"):
        fair = loss_of(districts["mild"], attribute, group, step)
        assert abs(fair) < 0.3
        assert loss_of(districts["biased"], attribute, group, step) < fair - 0.35


def test_the_true_grade_of_the_biased_setting_is_free_of_the_bias(
    districts: dict[str, District],
) -> None:
    biased, mild = districts["biased"], districts["mild"]
    pd.testing.assert_series_equal(biased.truth.pairs["fit"], mild.truth.pairs["fit"])
    foreign = biased.decisions["person_id"].isin(
        biased.protected.loc[biased.protected["citizenship"] == "non_eu", "id"]
    )
    truth = biased.truth.pairs
    assert (truth["expected_grade"] - truth["expected_label"])[foreign].mean() > 0.08
    pd.testing.assert_series_equal(truth["expected_grade"], mild.truth.pairs["expected_grade"])


def test_labels_and_flags_say_the_same(mild: District) -> None:
    rows = mild.decisions
    assert (rows["label"] == rows[["shown", "shortlisted", "hired"]].sum(axis=1)).all()
    assert set(rows["label"]) == {0, 1, 2, 3}
    assert rows.groupby("vacancy_id")["hired"].sum().max() == 1
    assert 0.25 <= rows.groupby("vacancy_id")["hired"].any().mean() <= 0.6


def test_each_step_has_its_day_and_comes_after_the_one_before(mild: District) -> None:
    rows = mild.decisions
    for step in ("shown", "shortlisted", "hired"):
        assert (rows[f"{step}_on"].notna() == rows[step]).all()
    listed = rows[rows["shortlisted"]]
    assert (listed["opened_on"] < listed["shown_on"]).all()
    assert (listed["shown_on"] < listed["shortlisted_on"]).all()
    hired = rows[rows["hired"]]
    assert (hired["shortlisted_on"] < hired["hired_on"]).all()
    assert hired["hired_on"].max() <= mild.observed_on


def test_only_people_in_charge_are_considered(mild: District) -> None:
    rows = mild.decisions.merge(mild.spells, on="person_id", validate="many_to_one")
    assert (rows["intake"] <= rows["opened_on"]).all()
    assert (rows["opened_on"] < rows["closed"]).all()


def test_a_hire_is_the_end_of_the_spell_and_happens_once(mild: District) -> None:
    hired = mild.decisions[mild.decisions["hired"]].merge(mild.spells, on="person_id")
    assert hired["person_id"].is_unique
    assert (hired["event"] == "work").all()
    assert (hired["hired_on"] == hired["closed"]).all()
    assert set(mild.spells.loc[mild.spells["channel"] == "hub", "person_id"]) == set(
        hired["person_id"]
    )
    assert (mild.spells["channel"] != "").equals(mild.spells["event"] == "work")


def test_every_part_of_the_fit_is_a_share_and_each_counts(mild: District) -> None:
    parts = mild.truth.pairs.drop(
        columns=["vacancy_id", "person_id", "hidden", "expected_grade", "expected_label", "fit"]
    )
    assert len(parts.columns) == 10
    assert parts.min().min() >= 0
    assert parts.max().max() <= 1
    assert (parts.std() > 0.01).all()
    assert mild.truth.pairs["fit"].mean() == pytest.approx(0, abs=1e-9)
    assert mild.truth.pairs["fit"].std(ddof=0) == pytest.approx(1)


def test_the_fit_follows_the_weights(territory: Territory, taxonomy: Taxonomy) -> None:
    weights = dict.fromkeys(("experience", "reach", "licence", "availability"), 0.0)
    rest = ("education", "languages", "aspiration", "skilled_and_tried", "far_and_part_time")
    only = replace(MILD, fit=replace(MILD.fit, **weights, **dict.fromkeys(rest, 0.0)))
    size = Size(people=120, vacancies=15)
    pairs = generate(territory, taxonomy, seed=2, setting=only, size=size).truth.pairs
    assert np.corrcoef(pairs["fit"], pairs["skills"])[0, 1] == pytest.approx(1)


def test_without_chance_the_best_are_shown_shortlisted_and_hired() -> None:
    fit = np.array([0.1, 0.9, 0.5, -1.0])
    assert outcome(fit, still(4), CERTAIN, shown=3, shortlisted=2).tolist() == [[1, 3, 2, 0]]


def test_nobody_is_hired_where_nobody_takes_up_work() -> None:
    fit = np.array([0.1, 0.9, 0.5])
    labels = outcome(fit, still(3, ready=False), CERTAIN, shown=3, shortlisted=2)
    assert labels.tolist() == [[1, 2, 2]]


def test_exposure_helps_to_be_shown_and_not_to_be_hired() -> None:
    fit = np.array([0.0, 1.0, 2.0])
    labels = outcome(
        fit, still(3), CERTAIN, shown=2, shortlisted=1, exposure=np.array([5.0, 0.0, 0.0])
    )
    assert labels.tolist() == [[1, 0, 3]]


def test_bias_takes_from_the_group_at_each_step() -> None:
    fit = np.array([1.0, 0.9])
    none, all_of_it = np.zeros(2), np.array([0.5, 0.0])
    by_manager = outcome(fit, still(2), CERTAIN, shown=1, shortlisted=1, loss=(all_of_it, none))
    by_employer = outcome(fit, still(2), CERTAIN, shown=2, shortlisted=1, loss=(none, all_of_it))
    assert by_manager.tolist() == [[0, 3]]
    assert by_employer.tolist() == [[1, 3]]


@given(
    seed=st.integers(0, 2**16),
    pool=st.integers(1, 12),
    shown=st.integers(1, 8),
    shortlisted=st.integers(1, 8),
)
def test_no_more_people_pass_a_step_than_it_takes(
    seed: int, pool: int, shown: int, shortlisted: int
) -> None:
    rng = np.random.default_rng(seed)
    chance = Chance.drawn(rng, 5, pool, 0.5)
    labels = outcome(
        rng.normal(size=pool), chance, MILD.decisions, shown=shown, shortlisted=shortlisted
    )
    assert ((labels >= 1).sum(axis=1) == min(shown, pool)).all()
    assert ((labels >= 2).sum(axis=1) == min(shown, shortlisted, pool)).all()
    assert ((labels == 3).sum(axis=1) <= 1).all()
    assert (chance.ready[labels == 3]).all()
