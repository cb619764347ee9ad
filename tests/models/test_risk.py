import json
from math import log

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import DataError, FeatureError
from matching.models.risk import HORIZONS, MATTERS, DiscreteHazard
from tests.models.histories import history, nothing_asked, outcomes_of

# Ten people: in the first month 2 work, 1 inactive, 1 out of sight; in the second, of the 6 left,
# 3 work, 1 inactive, 2 out of sight.
TEN = outcomes_of(
    (1, "work", 2), (1, "inactive", 1), (1, "censored", 1),
    (2, "work", 3), (2, "inactive", 1), (2, "censored", 2),
)  # fmt: skip


X, Y = history()
MODEL = DiscreteHazard().fit(X, Y)


def test_two_months_worked_by_hand() -> None:
    model = DiscreteHazard(months=2, steps=[1], C=1e8).fit(nothing_asked(10), TEN)
    one = nothing_asked(1)
    # Work 2 of 10, then inactive 1 of the 8 without work; work 3 of 6, then inactive 1 of 3.
    assert model.hazards(one)[0] == pytest.approx(np.array([[0.2, 1 / 8], [0.5, 1 / 3]]), abs=1e-6)
    # By 2 months: work .2 + .8 * 7/8 * .5 = .55; inactive .8 / 8 + .7 * .5 / 3 = .216667.
    found = model.predict(one, horizons=(1, 2)).iloc[0]
    assert found.to_dict() == pytest.approx(
        {"no_work_1": 0.8, "inactive_1": 0.1, "no_work_2": 0.45, "inactive_2": 0.216667}, abs=1e-6
    )


def test_an_interval_worked_by_hand() -> None:
    # One month, work for 50 of 100: log odds 0, variance 1 / (100 * .25), so 80% within
    # expit(-+1.2816 * .2) = .4362, .5638, up to the chance of the draws.
    seen = outcomes_of((1, "work", 50), (1, "censored", 50))
    model = DiscreteHazard(months=1, steps=[]).fit(nothing_asked(100), seen)
    lower, upper = model.predict_interval(nothing_asked(1), horizons=(1,))
    assert lower["no_work_1"][0] == pytest.approx(0.4362, abs=0.015)
    assert upper["no_work_1"][0] == pytest.approx(0.5638, abs=0.015)


def test_open_spells_count_for_the_months_seen() -> None:
    rng = np.random.default_rng(11)
    works, last = rng.geometric(0.08, size=4000), rng.integers(1, 15, size=4000)
    seen = pd.DataFrame(
        {
            "months": np.minimum(works, last),
            "event": np.where(works <= last, "work", "censored"),
        }
    )
    truth = 0.92**12

    def no_work(spells: pd.DataFrame) -> float:
        model = DiscreteHazard().fit(nothing_asked(len(spells)), spells)
        return float(model.predict(nothing_asked(1))["no_work_12"][0])

    assert no_work(seen) == pytest.approx(truth, abs=0.03)
    closed = seen[seen["event"] == "work"].reset_index(drop=True)
    assert no_work(closed) < truth - 0.15


def test_a_spell_that_ends_after_the_last_month_modelled_was_open_until_then() -> None:
    late = Y.assign(months=Y["months"].where(Y["months"] <= 24, 25), event=Y["event"])
    open_ = late.assign(
        months=late["months"].clip(upper=24),
        event=late["event"].where(late["months"] <= 24, "censored"),
    )
    assert (late["months"] > 24).any()
    np.testing.assert_array_equal(DiscreteHazard().fit(X, late).coef_, MODEL.coef_)
    np.testing.assert_array_equal(DiscreteHazard().fit(X, open_).coef_, MODEL.coef_)


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=1, max_size=5))
def test_chances_are_chances_and_follow_the_months(rows: list[tuple[float, float]]) -> None:
    people = pd.DataFrame(rows, columns=["skill", "noise"])
    horizons = list(range(1, 25))
    found = MODEL.predict(people, horizons)
    no_work = found[[f"no_work_{h}" for h in horizons]].to_numpy()
    inactive = found[[f"inactive_{h}" for h in horizons]].to_numpy()
    assert (np.diff(no_work, axis=1) <= 1e-12).all()
    assert (np.diff(inactive, axis=1) >= -1e-12).all()
    assert ((inactive >= 0) & (inactive <= no_work + 1e-12) & (no_work <= 1)).all()
    # No work by h, and not inactive: still searching in every month until then.
    searching = np.cumprod((1 - MODEL.hazards(people)).prod(axis=2), axis=1)
    assert no_work - inactive == pytest.approx(searching, abs=1e-12)


@given(st.tuples(*[st.one_of(st.just(np.nan), st.floats(-20, 20))] * 2))
def test_reasons_sum_to_the_risk_over_the_typical_person(row: tuple[float, float]) -> None:
    person = pd.DataFrame([row], columns=["skill", "noise"])
    parts = MODEL.contributions(person).iloc[0]
    risk = MODEL.predict(person)["no_work_12"][0]
    assert parts.sum() == pytest.approx(risk - MODEL.typical(), abs=1e-12)
    assert not parts[[bool(np.isnan(value)) for value in row]].any()


def test_the_reasons_of_one_covariate_and_one_month_are_worked_by_hand() -> None:
    # Odds of work 1 to 1 where x is 0, 3 to 1 where it is 1; the typical person is between.
    frame = pd.DataFrame({"x": [0.0] * 40 + [1.0] * 40, "y": [0.0, 1.0] * 40})
    seen = outcomes_of((1, "work", 20), (1, "censored", 20), (1, "work", 30), (1, "censored", 10))
    model = DiscreteHazard(months=1, steps=[], C=1e8).fit(frame, seen)
    typical = 1 / (1 + np.exp(log(3) / 2))
    assert model.typical() == pytest.approx(typical, abs=1e-3)
    parts = model.contributions(pd.DataFrame({"x": [1.0], "y": [np.nan]}))
    assert parts["x"][0] == pytest.approx(0.25 - typical, abs=1e-3)


def test_what_lowers_the_hazard_of_work_raises_the_risk() -> None:
    people = pd.DataFrame({"skill": [-4.0, 2.0, 8.0], "noise": [0.0, 0.0, 0.0]})
    assert MODEL.predict(people)["no_work_12"].is_monotonic_decreasing
    assert MODEL.contributions(people)["skill"].is_monotonic_decreasing
    parts = MODEL.contributions(people)
    assert parts["skill"].abs()[0] > 10 * parts["noise"].abs()[0]


def test_the_unknown_counts_as_the_mean_with_a_wider_interval() -> None:
    mean = X.mean().to_frame().T
    asked, unasked = mean, mean.assign(skill=np.nan)
    pd.testing.assert_frame_equal(MODEL.predict(asked), MODEL.predict(unasked))
    near, far = (
        upper - lower for lower, upper in (MODEL.predict_interval(f) for f in (asked, unasked))
    )
    assert (far.filter(like="no_work") > near.filter(like="no_work") + 0.05).all(axis=None)


def test_only_unknowns_that_matter_are_worth_asking() -> None:
    people = pd.DataFrame(
        {"skill": [np.nan, 1.0, np.nan], "noise": [np.nan, np.nan, 0.0]}, index=["a", "b", "c"]
    )
    swings = MODEL.swings(people)
    assert swings.loc["b", "skill"] == 0.0
    assert swings.loc["a", "skill"] > MATTERS
    assert list(swings.index) == ["a", "b", "c"]
    # The distance between the risk of a tenth of the people, and that of nine tenths.
    ends = X["skill"].mean() + X["skill"].std(ddof=0) * np.array([-1.2816, 1.2816])
    apart = MODEL.predict(pd.DataFrame({"skill": ends, "noise": 0.0}))["no_work_12"]
    assert swings.loc["c", "skill"] == pytest.approx(apart[0] - apart[1], abs=1e-4)
    assert swings.loc["a", "noise"] < MATTERS
    assert MODEL.unknowns(people) == [("skill",), (), ("skill",)]


def test_an_interval_holds_the_estimate_and_does_not_depend_on_company() -> None:
    people = X[:300].assign(noise=X["noise"].where(X.index % 3 > 0))
    lower, upper = MODEL.predict_interval(people)
    middle = MODEL.predict(people)
    assert ((lower <= middle) & (middle <= upper)).all(axis=None)
    assert (upper - lower > 0).all(axis=None)
    alone = MODEL.predict_interval(people[290:291])
    np.testing.assert_allclose(alone[0], lower[290:291], rtol=1e-9)
    np.testing.assert_allclose(alone[1], upper[290:291], rtol=1e-9)
    assert MODEL.predict_interval(people[:0])[0].shape == (0, 2 * len(HORIZONS))


def with_effects(work: list[float], inactive: list[float]) -> DiscreteHazard:
    """The model with other effects of its two covariates, held to be certain."""
    content = json.loads(MODEL.to_json())
    content["coef_"][0][-2:], content["coef_"][1][-2:] = work, inactive
    content["covariance_"] = np.zeros_like(content["covariance_"]).tolist()
    return DiscreteHazard.from_json(json.dumps(content))


def test_what_matters_most_is_asked_first() -> None:
    nobody = pd.DataFrame({"skill": [np.nan], "noise": [np.nan]})
    assert with_effects([0.3, -0.8], [0.0, 0.0]).unknowns(nobody) == [("noise", "skill")]
    assert with_effects([-0.8, 0.3], [0.0, 0.0]).unknowns(nobody) == [("skill", "noise")]


def test_an_interval_holds_an_estimate_that_any_answer_would_lower() -> None:
    # Whoever is a little above the mean works at once, a little below never goes inactive.
    model = with_effects([50.0, 0.0], [50.0, 0.0])
    person = pd.DataFrame({"skill": [np.nan], "noise": [0.0]})
    estimate = model.predict(person)["inactive_24"][0]
    assert estimate > 0.1
    assert model.predict_interval(person)[1]["inactive_24"][0] == estimate


def test_reasons_for_and_against_are_in_proportion_in_a_single_month() -> None:
    model = DiscreteHazard(months=1, steps=[]).fit(X, Y)
    person = pd.DataFrame({"skill": [8.0], "noise": [-40.0 * np.sign(model.coef_[0, 2])]})
    # In one month the risk depends on the sum of the log odds alone.
    added = model.coef_[0, 1:] * (person.iloc[0].to_numpy() - model.mean_) / model.scale_
    assert added[0] > 0 > added[1]
    parts = model.contributions(person).iloc[0].to_numpy()
    total = model.predict(person, (1,))["no_work_1"][0] - model.typical()
    assert parts == pytest.approx(total * added / added.sum(), abs=1e-6)


def test_more_spells_make_a_narrower_interval() -> None:
    few = DiscreteHazard().fit(X[:150], Y[:150])
    widths = [
        float((upper - lower)["no_work_12"].mean())
        for lower, upper in (model.predict_interval(X[:50]) for model in (few, MODEL))
    ]
    assert widths[0] > 1.4 * widths[1]


def test_an_exit_never_seen_has_a_low_level_and_no_reasons() -> None:
    seen = Y.assign(event=Y["event"].replace("inactive", "censored"))
    found = DiscreteHazard().fit(X, seen).hazards(X)[:, :, 1]
    assert 0 < found.max() < 0.001
    assert np.ptp(found) == 0.0


def test_the_scale_of_a_covariate_does_not_matter() -> None:
    other = DiscreteHazard().fit(X.assign(skill=X["skill"] * 1000 + 5), Y)
    moved = X.assign(skill=X["skill"] * 1000 + 5)
    np.testing.assert_allclose(other.predict(moved), MODEL.predict(X), rtol=1e-6)


def test_a_covariate_that_never_changes_says_nothing() -> None:
    same = DiscreteHazard().fit(X.assign(flat=True), Y)
    found = same.contributions(X[:5].assign(flat=True))
    assert not found["flat"].any()


def test_training_twice_gives_the_same_file() -> None:
    assert DiscreteHazard().fit(*history()).to_json() == MODEL.to_json()


def test_a_model_read_back_says_exactly_the_same() -> None:
    model = DiscreteHazard(months=12, steps=(4,), C=0.2, seed=3).fit(X, Y)
    back = DiscreteHazard.from_json(model.to_json())
    people = X[:20].assign(skill=np.nan)
    pd.testing.assert_frame_equal(
        back.predict(people, (6, 12)), model.predict(people, (6, 12)), check_exact=True
    )
    for one, other in zip(
        back.predict_interval(people, (6,)), model.predict_interval(people, (6,)), strict=True
    ):
        pd.testing.assert_frame_equal(one, other, check_exact=True)
    pd.testing.assert_frame_equal(
        back.contributions(people), model.contributions(people), check_exact=True
    )
    assert back.to_json() == model.to_json()


def test_the_order_of_the_columns_does_not_matter() -> None:
    pd.testing.assert_frame_equal(MODEL.predict(X[["noise", "skill"]]), MODEL.predict(X))


def test_a_covariate_known_of_nobody_is_refused() -> None:
    with pytest.raises(FeatureError, match="'noise'"):
        DiscreteHazard().fit(X.assign(noise=np.nan), Y)


@pytest.mark.parametrize(
    "seen",
    [
        Y.assign(event="censored"),
        Y.assign(months=1, event="work"),
        Y.assign(months=0, event="censored"),
    ],
)
def test_spells_that_say_nothing_of_the_hazard_are_refused(seen: pd.DataFrame) -> None:
    with pytest.raises(DataError, match="both kinds"):
        DiscreteHazard().fit(X, seen)


@pytest.mark.parametrize("horizons", [(), (0,), (6, 25)])
def test_a_horizon_outside_the_months_is_refused(horizons: tuple[int, ...]) -> None:
    with pytest.raises(FeatureError, match="24 months"):
        MODEL.predict(X, horizons)


@pytest.mark.parametrize(
    "model",
    [
        DiscreteHazard(months=0),
        DiscreteHazard(steps=[0, 3]),
        DiscreteHazard(steps=[6, 3]),
        DiscreteHazard(steps=[3, 3]),
        DiscreteHazard(C=0.0),
        DiscreteHazard(C=float("nan")),
        DiscreteHazard(seed=-1),
    ],
)
def test_settings_that_cannot_be_are_refused(model: DiscreteHazard) -> None:
    with pytest.raises(DataError, match="at least one month"):
        model.fit(X, Y)


def test_a_direction_is_kept_in_both_hazards_and_in_every_draw() -> None:
    assert MODEL.coef_[0, -2] > 0.3
    turned = DiscreteHazard(directions={"skill": -1}).fit(X, Y)
    assert turned.coef_[0, -2] == 0.0
    assert turned.coef_[1, -2] >= 0.0
    people = X[:50].assign(noise=0.0).sort_values("skill")
    for found in (turned.predict(people), *turned.predict_interval(people)):
        assert found["no_work_12"].is_monotonic_increasing
    # What no draw can lower widens the interval to one side only.
    above = people["skill"] > X["skill"].mean()
    lower, _ = turned.predict_interval(people)
    assert np.ptp(lower["no_work_12"][above]) < 0.015


def test_the_directions_of_the_situation_are_kept_unless_told_otherwise() -> None:
    wrong = X.rename(columns={"skill": "debt_stress"})
    assert DiscreteHazard().fit(wrong, Y).coef_[0, -2] == 0.0
    assert DiscreteHazard(directions={}).fit(wrong, Y).coef_[0, -2] > 0.1


def test_a_model_with_directions_is_read_back_exactly() -> None:
    model = DiscreteHazard(directions={"skill": -1}).fit(X, Y)
    back = DiscreteHazard.from_json(model.to_json())
    for one, other in zip(back.predict_interval(X[:9]), model.predict_interval(X[:9]), strict=True):
        pd.testing.assert_frame_equal(one, other, check_exact=True)
    assert back.to_json() == model.to_json()


@pytest.mark.parametrize("directions", [{"skill": 2}, {"skill": "up"}, ["skill"]])
def test_directions_that_cannot_be_are_refused(directions: object) -> None:
    with pytest.raises(DataError, match="-1, 0 or 1"):
        DiscreteHazard(directions=directions).fit(X, Y)


def test_a_label_is_a_spell_of_one_period_worked_by_hand() -> None:
    frame = pd.DataFrame({"x": [0.0] * 100 + [1.0] * 100})
    seen = outcomes_of((1, "work", 30), (1, "censored", 70), (1, "work", 60), (1, "censored", 40))
    model = DiscreteHazard(months=1, steps=(), C=1e6, directions={}).fit(frame, seen)
    risk = model.predict(frame, (1,))["no_work_1"]
    assert risk[[0, 100]].to_list() == pytest.approx([0.7, 0.4], abs=1e-4)


def test_the_strength_is_chosen_by_what_was_seen() -> None:
    strong = DiscreteHazard(C=None, directions={}).fit(X, Y)
    nothing = DiscreteHazard(C=None, directions={}).fit(X[["noise"]], Y)
    assert strong.C_ > nothing.C_
    assert np.abs(nothing.coef_[:, -1]).max() < 0.05
    fixed = DiscreteHazard(C=strong.C_, directions={}).fit(X, Y)
    np.testing.assert_array_equal(fixed.coef_, strong.coef_)
    back = DiscreteHazard.from_json(strong.to_json())
    assert back.C_ == strong.C_
    assert back.to_json() == strong.to_json()


def test_many_are_foretold_as_each_of_them_is() -> None:
    many = pd.concat([X] * 18, ignore_index=True).assign(noise=lambda frame: frame["noise"] + 0.1)
    assert len(many) > 10_000
    found = MODEL.predict(many, (12, 6))
    assert list(found.columns) == ["no_work_12", "inactive_12", "no_work_6", "inactive_6"]
    few = pd.concat([MODEL.predict(many[at : at + 900], (12, 6)) for at in range(0, 10_800, 900)])
    pd.testing.assert_frame_equal(found, few, check_exact=False, rtol=0, atol=1e-12)
    assert MODEL.predict(many[:0]).shape == (0, 8)
    parts = MODEL.contributions(many[:2100])
    pd.testing.assert_frame_equal(parts[2000:], MODEL.contributions(many[2000:2100]), rtol=1e-9)


def of_one_direction(**settings: object) -> DiscreteHazard:
    return DiscreteHazard(directions={"skill": 1}, **settings).fit(X, Y)  # type: ignore[arg-type]


def test_what_has_no_direction_is_held_back_unless_it_tells_something() -> None:
    noise = of_one_direction()
    assert noise.undirected_ == 0.0004
    assert np.abs(noise.coef_[:, -1]).max() < 0.03
    alike = of_one_direction(undirected=0.03)
    np.testing.assert_array_equal(alike.coef_, DiscreteHazard(directions={}).fit(X, Y).coef_)
    # The same column as before, but it tells: it is as free as the others.
    other = DiscreteHazard(directions={"noise": 1}).fit(X, Y)
    assert other.undirected_ == other.C
    assert other.coef_[0, -2] == pytest.approx(noise.coef_[0, -2], abs=0.01)


def test_where_all_or_none_have_a_direction_there_is_one_strength() -> None:
    both = DiscreteHazard(directions={"skill": 1, "noise": -1}).fit(X, Y)
    for model in (both, MODEL, of_one_direction(C=None)):
        assert model.undirected_ is None
        assert "undirected" not in json.loads(model.to_json())["parameters"]


def test_the_strength_of_what_has_no_direction_is_kept_in_the_file() -> None:
    model = of_one_direction()
    back = DiscreteHazard.from_json(model.to_json())
    assert back.undirected_ == back.undirected == 0.0004
    assert back.to_json() == model.to_json()
    again = DiscreteHazard(**back.get_params()).fit(X, Y)
    np.testing.assert_array_equal(again.coef_, model.coef_)


@pytest.mark.parametrize("strength", [0, -0.1, float("nan"), "little"])
def test_a_strength_that_cannot_be_is_refused(strength: object) -> None:
    with pytest.raises(DataError, match="undirected="):
        of_one_direction(undirected=strength)


def test_the_horizon_of_reasons_and_questions_may_be_told() -> None:
    people = X[:20].assign(noise=np.nan)
    for horizon in (1, 6, 24):
        risk = MODEL.predict(people, (horizon,))[f"no_work_{horizon}"] - MODEL.typical(horizon)
        np.testing.assert_allclose(MODEL.contributions(people, horizon).sum(axis=1), risk)
    unknown = people.assign(skill=np.nan)
    assert MODEL.swings(unknown, 1)["skill"][0] < MODEL.swings(unknown, 6)["skill"][0]
    assert MODEL.unknowns(unknown, 6)[0][0] == "skill"


def test_a_file_from_before_protected_names_could_be_allowed_is_read_as_ever() -> None:
    content = json.loads(MODEL.to_json())
    assert "allowed" not in content["parameters"]
    assert DiscreteHazard.from_json(MODEL.to_json()).allowed == ()


def test_many_rows_and_columns_are_learnt_from_within_seconds() -> None:
    rng = np.random.default_rng(0)
    wide = pd.DataFrame(rng.normal(size=(20_000, 40)), columns=[f"x{n}" for n in range(40)])
    works = rng.random(20_000) < 1 / (1 + np.exp(1 - wide["x0"]))
    seen = pd.DataFrame({"months": 1, "event": np.where(works, "work", "censored")})
    model = DiscreteHazard(months=1, steps=(), C=1.0, directions={}).fit(wide, seen)
    assert model.coef_[0, 1] == pytest.approx(1.0, abs=0.1)
    assert np.abs(model.coef_[0, 2:]).max() < 0.1
