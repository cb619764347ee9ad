import json

import numpy as np
import pandas as pd
import pytest

from matching.errors import DataError, FeatureError
from matching.models.boosted_hazard import BoostedHazard
from matching.models.risk import DiscreteHazard
from tests.models.histories import history, nothing_asked, outcomes_of
from training.spell_evaluation import surprise

X, Y = history()
FREE = {"directions": {}}


def label(count: int, seed: int = 0) -> tuple[pd.DataFrame, pd.DataFrame, np.ndarray]:
    """One period whose good outcome needs two things together, its chance, and blanks."""
    rng = np.random.default_rng(seed)
    found = pd.DataFrame(rng.normal(size=(count, 3)), columns=["one", "two", "noise"])
    chance = np.where((found["one"] > 0) & (found["two"] > 0), 0.8, 0.2)
    works = rng.random(count) < chance
    y = pd.DataFrame({"months": 1, "event": np.where(works, "work", "censored")})
    return found, y, 1.0 - chance


@pytest.fixture(scope="module")
def model() -> BoostedHazard:
    return BoostedHazard(directions={"skill": 1}).fit(X, Y)


@pytest.fixture(scope="module")
def one_period() -> BoostedHazard:
    found, y, _ = label(3000)
    return BoostedHazard(months=1, steps=(), directions={}).fit(found, y)


def test_what_depends_on_two_things_together_is_found(one_period: BoostedHazard) -> None:
    learnt, y, _ = label(3000)
    others, _, truth = label(1000, seed=1)
    line = DiscreteHazard(months=1, steps=(), C=1.0, directions={}).fit(learnt, y)
    ours, lines = (
        np.abs(one.predict(others, (1,))["no_work_1"] - truth).mean() for one in (one_period, line)
    )
    assert ours < 0.05 < lines


def test_an_interval_holds_the_truth_four_times_in_five(one_period: BoostedHazard) -> None:
    others, _, truth = label(1000, seed=1)
    lower, upper = one_period.predict_interval(others, (1,))
    held = ((lower["no_work_1"] <= truth) & (truth <= upper["no_work_1"])).mean()
    assert 0.7 < held < 0.95


def test_more_people_make_a_narrower_interval(one_period: BoostedHazard) -> None:
    few, y, _ = label(400)
    small = BoostedHazard(months=1, steps=(), directions={}).fit(few, y)
    widths = [
        (upper - lower)["no_work_1"].mean()
        for lower, upper in (one.predict_interval(few, (1,)) for one in (small, one_period))
    ]
    assert widths[0] > 1.4 * widths[1]


def test_an_effect_may_end_when_the_spell_is_long() -> None:
    rng = np.random.default_rng(0)
    early = rng.random(3000) < 0.5
    hazard = np.where(early[:, None] & (np.arange(12) < 3), 0.4, 0.1)
    left = rng.random((3000, 12)) < hazard
    works = left.any(axis=1)
    y = pd.DataFrame(
        {
            "months": np.where(works, left.argmax(axis=1) + 1, 12),
            "event": np.where(works, "work", "censored"),
        }
    )
    learnt = BoostedHazard(months=12, steps=(3, 6), directions={}, members=0)
    learnt.fit(pd.DataFrame({"early": early, "noise": rng.normal(size=3000)}), y)
    found = learnt.hazards(pd.DataFrame({"early": [1.0, 0.0], "noise": 0.0}))[:, :, 0]
    np.testing.assert_allclose(found[:, :3], [[0.4] * 3, [0.1] * 3], atol=0.05)
    np.testing.assert_allclose(found[:, 3:], 0.1, atol=0.04)


def test_it_foretells_better_than_knowing_nobody(model: BoostedHazard) -> None:
    later, after = history(900, seed=6)
    nobody = DiscreteHazard().fit(nothing_asked(600), Y)
    ours = surprise(after, model.hazards(later)).mean()
    assert ours < surprise(after, nobody.hazards(nothing_asked(900))).mean() - 0.05


def test_a_direction_is_kept_for_everybody() -> None:
    # The truth is the other way round: nothing may be said then.
    turned = BoostedHazard(directions={"skill": -1}, members=0).fit(X, Y)
    people = pd.DataFrame({"skill": np.linspace(-9, 9, 60), "noise": 0.0})
    assert turned.predict(people)["no_work_12"].is_monotonic_increasing
    assert np.ptp(BoostedHazard(members=0, **FREE).fit(X, Y).predict(people)["no_work_12"]) > 0.2


def test_a_known_direction_lowers_the_risk_all_the_way(model: BoostedHazard) -> None:
    people = pd.DataFrame({"skill": np.linspace(-9, 9, 60), "noise": 0.3})
    for horizon in (6, 12, 24):
        assert model.predict(people, (horizon,))[f"no_work_{horizon}"].is_monotonic_decreasing


def test_the_unknown_counts_as_usual_with_a_wider_interval(model: BoostedHazard) -> None:
    mean = X.iloc[[int((X["skill"] - X["skill"].mean()).abs().argmin())]].reset_index(drop=True)
    unasked = mean.assign(skill=np.nan)
    pd.testing.assert_frame_equal(model.predict(mean), model.predict(unasked))
    near, far = (up - low for low, up in (model.predict_interval(one) for one in (mean, unasked)))
    assert (far.filter(like="no_work") > near.filter(like="no_work")).all(axis=None)
    assert model.contributions(unasked)["skill"][0] == 0.0
    swings = model.swings(unasked)
    assert swings["skill"][0] > 0.1
    assert swings["noise"][0] == 0.0
    assert model.unknowns(unasked) == [("skill",)]


def test_that_something_is_not_known_may_say_something_itself() -> None:
    learnt, y, _ = label(3000)
    rng = np.random.default_rng(5)
    # Blank where the outcome was bad, four times in five.
    blank = (y["event"] == "censored").to_numpy() & (rng.random(3000) < 0.8)
    learnt["noise"] = learnt["noise"].where(~blank)
    person = pd.DataFrame({"one": [0.5], "two": [0.5], "noise": [np.nan]})
    settings = {"months": 1, "steps": (), "members": 2, "directions": {}}
    apart = BoostedHazard(blanks="apart", **settings).fit(learnt, y)
    typical = BoostedHazard(**settings).fit(learnt, y)
    assert apart.predict(person, (1,))["no_work_1"][0] > 0.9
    assert typical.predict(person, (1,))["no_work_1"][0] < 0.5
    assert apart.contributions(person, 1)["noise"][0] > 0.3
    assert apart.swings(person, 1)["noise"][0] == 0.0
    # Not where a direction is known: a blank is never the worst answer, nor the best.
    signed = BoostedHazard(blanks="apart", **{**settings, "directions": {"noise": 1}})
    assert signed.fit(learnt, y).contributions(person, 1)["noise"][0] == 0.0


def test_a_covariate_with_no_blanks_in_training_has_the_usual_value_for_them() -> None:
    learnt, y, _ = label(800)
    found = BoostedHazard(months=1, steps=(), members=0, blanks="apart", directions={})
    found.fit(learnt, y)
    person = pd.DataFrame({"one": [np.nan], "two": [0.5], "noise": [0.0]})
    one = learnt["one"]
    mean = person.assign(one=one[(one - one.mean()).abs().idxmin()])
    pd.testing.assert_frame_equal(found.predict(person, (1,)), found.predict(mean, (1,)))


def test_an_exit_never_seen_has_a_low_level_and_no_reasons() -> None:
    seen = Y.assign(event=Y["event"].replace("inactive", "censored"))
    found = BoostedHazard(members=0, **FREE).fit(X, seen).hazards(X)[:, :, 1]
    assert 0 < found.max() < 0.001
    np.testing.assert_array_equal(found, np.broadcast_to(found[:1], found.shape))


def test_without_covariates_everybody_has_the_level_of_the_months() -> None:
    seen = outcomes_of((1, "work", 200), (2, "work", 300), (2, "censored", 500))
    found = BoostedHazard(months=2, steps=(1,), members=2).fit(nothing_asked(1000), seen)
    chances = found.predict(nothing_asked(3), (1, 2))
    np.testing.assert_allclose(chances["no_work_1"], 0.8, atol=0.01)
    np.testing.assert_allclose(chances["no_work_2"], 0.5, atol=0.01)
    assert found.contributions(nothing_asked(3), 2).shape == (3, 0)
    lower, upper = found.predict_interval(nothing_asked(3), (2,))
    assert (lower["no_work_2"] < 0.5).all()
    assert (upper["no_work_2"] > 0.5).all()


def test_a_model_without_members_has_no_interval() -> None:
    with pytest.raises(DataError, match="members=0"):
        BoostedHazard(members=0, **FREE).fit(X, Y).predict_interval(X)


@pytest.mark.parametrize(
    "settings",
    [
        {"leaves": 1},
        {"members": 3},
        {"members": -2},
        {"most_trees": 1.5},
        {"learning_rate": 0.0},
        {"penalty": -1.0},
        {"blanks": "zero"},
        {"months": 0},
        {"directions": {"skill": 3}},
        {"allowed": "age"},
    ],
)
def test_settings_that_cannot_be_are_refused(settings: dict) -> None:
    with pytest.raises(DataError, match="give"):
        BoostedHazard(**settings).fit(X, Y)


@pytest.mark.parametrize(
    "seen",
    [
        Y.assign(event="censored"),
        Y.assign(months=1, event="work"),
        Y.assign(months=0, event="censored"),
        Y.assign(months=30),
    ],
)
def test_spells_that_say_nothing_of_the_hazard_are_refused(seen: pd.DataFrame) -> None:
    with pytest.raises(DataError, match="both kinds"):
        BoostedHazard().fit(X, seen)


def test_a_covariate_known_of_nobody_is_refused() -> None:
    with pytest.raises(FeatureError, match="'noise'"):
        BoostedHazard().fit(X.assign(noise=np.nan), Y)


def test_a_change_anywhere_in_the_file_is_refused_before_a_tree_is_read(
    model: BoostedHazard,
) -> None:
    text = model.to_json()
    whole = json.loads(text)
    rng = np.random.default_rng(0)
    same = 0
    for at in rng.integers(0, len(text), 200):
        other = text[:at] + chr(33 + (ord(text[at]) + 1) % 90) + text[at + 1 :]
        try:
            same += json.loads(other) == whole
        except ValueError:
            same += 0
        with pytest.raises(DataError, match="restore the file or train again"):
            BoostedHazard.from_json(other)
    assert same == 0
    for cut in rng.integers(0, len(text) - 2, 50):
        with pytest.raises(DataError, match="restore the file or train again"):
            BoostedHazard.from_json(text[:cut])
