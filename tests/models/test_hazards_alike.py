"""What every model of hazards does, whatever it learns with."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import DataError, FeatureError
from matching.models.boosted_hazard import BoostedHazard
from matching.models.risk import HORIZONS, DiscreteHazard
from matching.models.splined_hazard import SplinedHazard
from tests.models.histories import history

X, Y = history(400)
KINDS: dict[str, type[Any]] = {
    "logistic": DiscreteHazard,
    "splined": SplinedHazard,
    "boosted": BoostedHazard,
}
MODELS = {name: kind(directions={}).fit(X, Y) for name, kind in KINDS.items()}
VALUE = st.one_of(st.just(np.nan), st.floats(-20, 20))
every = pytest.mark.parametrize("name", KINDS)


@every
@given(rows=st.lists(st.tuples(VALUE, VALUE), min_size=1, max_size=4))
def test_chances_are_chances_and_follow_the_months(
    name: str, rows: list[tuple[float, float]]
) -> None:
    people = pd.DataFrame(rows, columns=["skill", "noise"])
    horizons = list(range(1, 25))
    found = MODELS[name].predict(people, horizons)
    no_work = found[[f"no_work_{h}" for h in horizons]].to_numpy()
    inactive = found[[f"inactive_{h}" for h in horizons]].to_numpy()
    assert (np.diff(no_work, axis=1) <= 1e-12).all()
    assert (np.diff(inactive, axis=1) >= -1e-12).all()
    assert ((inactive >= 0) & (inactive <= no_work + 1e-12) & (no_work <= 1)).all()
    searching = np.cumprod((1 - MODELS[name].hazards(people)).prod(axis=2), axis=1)
    assert no_work - inactive == pytest.approx(searching, abs=1e-10)


@every
@given(row=st.tuples(VALUE, VALUE), horizon=st.sampled_from([1, 6, 12, 24]))
def test_reasons_sum_to_the_risk_over_the_typical_person(
    name: str, row: tuple[float, float], horizon: int
) -> None:
    model = MODELS[name]
    person = pd.DataFrame([row], columns=["skill", "noise"])
    parts = model.contributions(person, horizon)
    assert list(parts.columns) == ["skill", "noise"]
    risk = model.predict(person, (horizon,)).iloc[0, 0]
    assert parts.iloc[0].sum() == pytest.approx(risk - model.typical(horizon), abs=1e-12)
    assert not parts.iloc[0][[bool(np.isnan(value)) for value in row]].any()


@every
def test_reasons_are_of_twelve_months_unless_told_otherwise(name: str) -> None:
    model = MODELS[name]
    pd.testing.assert_frame_equal(model.contributions(X[:5]), model.contributions(X[:5], 12))
    assert model.typical() == model.typical(12)


@every
def test_an_interval_holds_the_estimate_and_does_not_depend_on_company(name: str) -> None:
    people = X[:60].assign(noise=X["noise"].where(X.index % 3 > 0))
    model = MODELS[name]
    lower, upper = model.predict_interval(people)
    middle = model.predict(people)
    assert list(lower.columns) == list(upper.columns) == list(middle.columns)
    assert ((lower <= middle) & (middle <= upper)).all(axis=None)
    assert (upper - lower > 0).all(axis=None)
    alone = model.predict_interval(people[50:51])
    np.testing.assert_allclose(alone[0], lower[50:51], rtol=1e-9)
    np.testing.assert_allclose(alone[1], upper[50:51], rtol=1e-9)
    assert model.predict_interval(people[:0])[0].shape == (0, 2 * len(HORIZONS))


@every
def test_horizons_may_be_asked_in_any_order(name: str) -> None:
    found = MODELS[name].predict(X[:9], (18, 6, 6))
    assert list(found.columns)[:4] == ["no_work_18", "inactive_18", "no_work_6", "inactive_6"]
    one = MODELS[name].predict(X[:9], (6, 18))
    np.testing.assert_array_equal(found["no_work_18"], one["no_work_18"])


@every
def test_the_order_of_the_columns_and_the_names_of_the_rows_do_not_matter(name: str) -> None:
    people = X[:20].set_axis([f"p{n}" for n in range(20)])
    found = MODELS[name].predict(people[["noise", "skill"]])
    assert list(found.index) == list(people.index)
    np.testing.assert_array_equal(found, MODELS[name].predict(X[:20]))


@every
def test_training_twice_gives_the_same_file(name: str) -> None:
    assert KINDS[name](directions={}).fit(*history(400)).to_json() == MODELS[name].to_json()


@every
def test_a_model_read_back_says_exactly_the_same(name: str) -> None:
    settings = {"months": 12, "steps": (4,), "seed": 3, "directions": {"skill": 1}}
    model = KINDS[name](**settings).fit(X, Y)
    back = KINDS[name].from_json(model.to_json())
    people = X[:20].assign(skill=X["skill"].where(X.index % 2 > 0))
    check = pd.testing.assert_frame_equal
    check(back.predict(people, (6, 12)), model.predict(people, (6, 12)), check_exact=True)
    check(back.contributions(people), model.contributions(people), check_exact=True)
    check(back.swings(people), model.swings(people), check_exact=True)
    for one, other in zip(
        back.predict_interval(people, (6,)), model.predict_interval(people, (6,)), strict=True
    ):
        check(one, other, check_exact=True)
    assert back.to_json() == model.to_json()


@every
def test_a_label_is_a_spell_of_one_period(name: str) -> None:
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"x": rng.normal(size=2000), "noise": rng.normal(size=2000)})
    works = rng.random(2000) < 1 / (1 + np.exp(-2 * frame["x"]))
    y = pd.DataFrame({"months": 1, "event": np.where(works, "work", "censored")})
    model = KINDS[name](months=1, steps=(), directions={}).fit(frame, y)
    risk = model.predict(frame, (1,))["no_work_1"]
    assert risk.mean() == pytest.approx(1 - works.mean(), abs=0.02)
    assert risk[frame["x"] < -1].mean() > 0.8
    assert risk[frame["x"] > 1].mean() < 0.2
    lower, upper = model.predict_interval(frame[:50], (1,))
    assert ((lower <= upper) & (upper <= 1)).all(axis=None)
    parts = model.contributions(frame[:50], 1)
    assert parts["x"].abs().mean() > 5 * parts["noise"].abs().mean()


@every
def test_a_protected_column_enters_only_where_it_is_allowed(name: str) -> None:
    frame = X.rename(columns={"noise": "Age"})
    with pytest.raises(FeatureError, match="protected"):
        KINDS[name]().fit(frame, Y)
    model = KINDS[name](allowed=("age",), directions={}).fit(frame, Y)
    back = KINDS[name].from_json(model.to_json())
    np.testing.assert_array_equal(back.predict(frame[:9]), MODELS[name].predict(X[:9]))
    with pytest.raises(FeatureError, match="protected"):
        back.predict(frame.assign(sex=1.0))


@every
@pytest.mark.parametrize("horizons", [(), (0,), (6, 25)])
def test_a_horizon_outside_the_months_is_refused(name: str, horizons: tuple[int, ...]) -> None:
    for ask in (MODELS[name].predict, MODELS[name].predict_interval):
        with pytest.raises(FeatureError, match="24 months"):
            ask(X, horizons)


@every
@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "valoriamo-hazard/1"}'])
def test_what_is_no_model_is_refused(name: str, text: str) -> None:
    with pytest.raises(DataError, match="restore the file or train again"):
        KINDS[name].from_json(text)


@every
def test_no_frame_is_no_answer(name: str) -> None:
    with pytest.raises(FeatureError, match="frame"):
        KINDS[name]().fit(X.to_numpy(), Y)
