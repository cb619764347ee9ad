"""The spells: base rates, the hazards behind them, censoring, and whether they can be recovered."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from matching.taxonomy import Taxonomy
from matching.territory import Territory
from training.synthetic import (
    HARD,
    HORIZONS,
    MILD,
    SETTINGS,
    District,
    Size,
    SpellParameters,
    design,
    generate,
)
from training.synthetic.spells import (
    Plan,
    duration,
    hazards,
    linear,
    path,
    plan_chances,
    true_chances,
)

# Nobody is shown to anybody here: only the spells count.
SIZE = Size(people=1500, vacancies=1, pool=(1, 1))


@pytest.fixture(scope="module")
def districts(territory: Territory, taxonomy: Taxonomy) -> dict[str, District]:
    return {
        name: generate(territory, taxonomy, seed=31, setting=SETTINGS[name], size=SIZE)
        for name in ("mild", "hard")
    }


@pytest.fixture(scope="module")
def mild(districts: dict[str, District]) -> District:
    return districts["mild"]


def person_months(district: District) -> tuple[np.ndarray, np.ndarray]:
    """Design with early and late months, and work found, a row per month at risk."""
    months = district.spells["months"].to_numpy()
    row = np.repeat(np.arange(len(months)), months)
    month = np.concatenate([np.arange(1, count + 1) for count in months])
    works = (district.spells["event"] == "work").to_numpy()
    baseline = np.column_stack([month <= 3, month > 12]).astype(float)
    inputs = np.hstack([design(district.spells).to_numpy()[row], baseline])
    return inputs, (month == months[row]) & works[row]


def test_the_base_rates_are_those_of_the_facts(mild: District) -> None:
    truth = mild.truth.spells
    assert 0.45 <= truth["no_work_12"].mean() <= 0.50
    # In Italy more of the unemployed are inactive than searching a year later.
    assert truth["inactive_12"].mean() > truth["searching_12"].mean()
    assert 0.15 <= truth["searching_12"].mean() <= 0.30
    months = mild.truth.spells["exit_month"]
    assert ((truth["exit"] != "work") | (months > 12)).mean() == pytest.approx(0.475, abs=0.04)


def test_foreign_people_find_work_no_less_than_others(mild: District) -> None:
    foreign = (mild.protected["citizenship"] != "italian").to_numpy()
    chance = mild.truth.spells["no_work_6"].to_numpy()
    assert chance[foreign].mean() < chance[~foreign].mean()


@pytest.mark.parametrize("name", ["mild", "hard"])
@pytest.mark.parametrize("horizon", HORIZONS)
def test_what_happened_without_censoring_agrees_with_the_truth(
    districts: dict[str, District], name: str, horizon: int
) -> None:
    truth = districts[name].truth.spells
    no_work = (truth["exit"] != "work") | (truth["exit_month"] > horizon)
    inactive = (truth["exit"] == "inactive") & (truth["exit_month"] <= horizon)
    assert no_work.mean() == pytest.approx(truth[f"no_work_{horizon}"].mean(), abs=0.03)
    assert inactive.mean() == pytest.approx(truth[f"inactive_{horizon}"].mean(), abs=0.03)
    third = pd.qcut(truth[f"no_work_{horizon}"], 3, labels=False)
    gap = no_work.groupby(third).mean() - truth[f"no_work_{horizon}"].groupby(third).mean()
    assert gap.abs().max() < 0.06


def test_a_perfect_forecaster_is_as_good_as_the_literature_says(
    districts: dict[str, District],
) -> None:
    for district in districts.values():
        truth = district.truth.spells
        no_work = (truth["exit"] != "work") | (truth["exit_month"] > 12)
        assert 0.66 <= roc_auc_score(no_work, truth["no_work_12"]) <= 0.80


def test_the_parts_of_no_work_add_up(mild: District) -> None:
    truth = mild.truth.spells
    for horizon in HORIZONS:
        parts = truth[f"inactive_{horizon}"] + truth[f"searching_{horizon}"]
        np.testing.assert_allclose(parts, truth[f"no_work_{horizon}"])
        # Who may drop out works less often than who may not.
        assert (truth[f"no_work_if_active_{horizon}"] < truth[f"no_work_{horizon}"]).all()
    for shorter, longer in zip(HORIZONS, HORIZONS[1:], strict=False):
        assert (truth[f"no_work_{shorter}"] > truth[f"no_work_{longer}"]).all()


def test_a_logistic_hazard_recovers_the_planted_effects(mild: District) -> None:
    inputs, found = person_months(mild)
    model = LogisticRegression(C=1e3, max_iter=1000).fit(inputs, found)
    planted = np.array(list(MILD.spells.work_effects.values()))
    assert list(MILD.spells.work_effects) == list(design(mild.spells).columns)
    assert np.abs(model.coef_[0, :10] - planted).mean() < 0.10
    assert np.corrcoef(model.coef_[0, :10], planted)[0, 1] > 0.85
    late = np.exp(model.coef_[0, 11])
    assert late == pytest.approx(MILD.spells.duration_factor, abs=0.2)


def test_the_truth_can_be_recovered_within_four_points(mild: District) -> None:
    model = LogisticRegression(C=0.1, max_iter=1000).fit(*person_months(mild))
    columns = design(mild.spells).to_numpy()
    active = np.ones(len(columns))
    for month in range(1, 13):
        baseline = np.tile([float(month <= 3), float(month > 12)], (len(columns), 1))
        active *= 1 - model.predict_proba(np.hstack([columns, baseline]))[:, 1]
    gap = np.abs(active - mild.truth.spells["no_work_if_active_12"])
    assert gap.mean() < 0.04


def test_what_is_seen_is_the_truth_until_the_books_close(mild: District) -> None:
    seen, truth = mild.spells, mild.truth.spells
    done = seen["event"] != "censored"
    assert (seen["event"][done] == truth["exit"][done]).all()
    assert (seen["months"][done] == truth["exit_month"][done]).all()
    assert (seen["months"][~done] < truth["exit_month"][~done]).all()
    assert (seen["closed"] >= seen["intake"]).all()
    assert (seen["closed"] <= mild.observed_on).all()


def test_a_quarter_is_censored_and_most_of_it_by_the_end_of_the_history(mild: District) -> None:
    seen = mild.spells
    assert 0.15 <= (seen["event"] == "censored").mean() <= 0.35
    assert ((seen["censored_by"] == "") == (seen["event"] != "censored")).all()
    reasons = seen["censored_by"].value_counts()
    assert reasons["observation"] > reasons["lost"] > 0
    watched = (pd.Timestamp(mild.observed_on) - pd.to_datetime(seen["intake"])).dt.days / 30.4375
    unseen = watched - seen["months"]
    assert unseen[seen["censored_by"] == "observation"].between(0, 1).all()
    assert (unseen[seen["censored_by"] == "lost"] >= 1).all()


def test_without_loss_nobody_is_lost(territory: Territory, taxonomy: Taxonomy) -> None:
    kept = replace(MILD, spells=replace(MILD.spells, loss=0.0))
    size = replace(SIZE, people=200)
    seen = generate(territory, taxonomy, seed=1, setting=kept, size=size).spells
    assert set(seen["censored_by"]) == {"", "observation"}


def test_the_hazard_falls_by_half_after_a_year() -> None:
    work, _ = hazards(np.zeros(1), np.zeros(1), np.zeros(24), MILD.spells)
    assert work[0, 12] / work[0, 11] == pytest.approx(0.5, abs=0.03)
    assert work[0, 0] > work[0, 5] == work[0, 11]
    assert duration(MILD.spells, 2).tolist() == [MILD.spells.early] * 2


def test_a_measure_locks_in_while_it_lasts_and_helps_afterwards() -> None:
    course = MILD.spells.measures["course"]
    added = path(Plan("course", 3), MILD.spells, 8)
    assert added.tolist() == [0, 0, *[course.lock_in] * 3, *[course.effect] * 3]
    assert course.lock_in < 0 < course.effect
    assert path(Plan(), MILD.spells, 3).tolist() == [0, 0, 0]


def test_chances_of_plans_add_up_and_grow_with_need() -> None:
    work = np.linspace(-3, 3, 50)
    chances = plan_chances(work, MILD.spells)
    total = np.sum(list(chances.values()), axis=0)
    np.testing.assert_allclose(total, 1)
    assert all((chance >= 0).all() for chance in chances.values())
    assert chances[Plan()][0] < chances[Plan()][-1]


def test_true_chances_are_right_where_they_can_be_worked_by_hand() -> None:
    flat = SpellParameters(
        work_intercept=float(np.log(0.1 / 0.9)),
        inactive_intercept=float(np.log(0.05 / 0.95)),
        early=0.0,
        duration_factor=1.0,
    )
    zero = np.zeros(1)
    found = true_chances(zero, zero, {Plan(): np.ones(1)}, flat)
    # Each month .1 work, then .05 of the other .9 drop out: .855 go on searching.
    searching = 0.855**12
    work = 0.1 * (1 - searching) / (1 - 0.855)
    assert found["no_work_12"][0] == pytest.approx(1 - work)
    assert found["searching_12"][0] == pytest.approx(searching)
    assert found["inactive_12"][0] == pytest.approx(1 - work - searching)
    assert found["no_work_if_active_12"][0] == pytest.approx(0.9**12)


def test_frailty_pulls_the_true_chances_towards_the_middle() -> None:
    work = np.array([-2.0, 2.0])
    plans = {Plan(): np.ones(2)}
    sure = true_chances(work, np.zeros(2), plans, replace(HARD.spells, frailty=0.0))["no_work_6"]
    less = true_chances(work, np.zeros(2), plans, HARD.spells)["no_work_6"]
    assert sure[0] > less[0] > less[1] > sure[1]


def test_measures_begin_while_the_spell_lasts_and_some_take_one(mild: District) -> None:
    rows = mild.measures.merge(mild.spells, on="person_id", validate="one_to_one")
    assert (rows["start_month"] < rows["months_y"]).all()
    assert set(rows["kind"]) == {"course", "work_grant", "internship"}
    assert 0.08 <= len(rows) / len(mild.spells) <= 0.30


def test_covariates_are_in_their_ranges(mild: District) -> None:
    seen = mild.spells
    assert seen["own_rating"].isin(range(1, 6)).all()
    assert seen["italian_level"].between(1, 6).all()
    assert seen["share_worked_5y"].between(0, 1).all()
    assert seen["longest_job_5y"].between(0, 60).all()
    assert ((seen["jobs_5y"] == 0) == (seen["longest_job_5y"] == 0)).all()
    assert seen["months_since_last_job"].between(0, 96).all()
    assert seen["local_demand"].between(0, 1).all()
    assert set(seen["education_eqf"]) <= {1, 3, 4, 6, 7}
    assert seen["licence"][seen["own_vehicle"]].all()
    assert not seen.isna().any().any()


def test_the_design_is_about_centred_and_of_unit_scale(mild: District) -> None:
    columns = design(mild.spells)
    assert columns.mean().abs().max() < 0.45
    assert columns.std().between(0.3, 1.4).all()
    log_odds = linear(columns, MILD.spells.work_effects)
    np.testing.assert_allclose(log_odds, mild.truth.spells["work_log_odds"])


def test_intakes_spread_over_the_whole_history(mild: District) -> None:
    day = pd.to_datetime(mild.people["intake"])
    years = day.dt.to_period("Y").value_counts()
    assert day.min().date() < SIZE.start + timedelta(days=30)
    assert day.max().date() > mild.observed_on - timedelta(days=30)
    # About five hundred a year.
    assert years[years.index.isin(["2024", "2025"])].between(400, 600).all()
