"""A model brought to a hub's own outcomes: its answers are of one course, and moved as said."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import CalibrationState
from matching.errors import FeatureError
from matching.models.boosted_hazard import BoostedHazard
from matching.models.recalibrated_hazard import RecalibratedHazard
from matching.models.recalibration import Recalibration
from matching.models.risk import HORIZONS, MATTERS, DiscreteHazard
from matching.models.risk_models import RiskModel
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


def a_line(horizon: int, intercept: float = 0.0, slope: float = 1.0) -> Recalibration:
    """A line; level 0 and slope 1 for one that is not applied."""
    plain = (intercept, slope) == (0.0, 1.0)
    return Recalibration(
        state=CalibrationState.FEW if plain else CalibrationState.DONE,
        horizon=horizon,
        outcomes=900,
        exits=400,
        needed=400,
        needed_exits=100,
        intercept=intercept,
        slope=slope,
        covariance=(0.0, 0.0, 0.0) if plain else (0.01, 0.001, 0.01),
    )


LINES = (a_line(6, 0.2, 0.9), a_line(12, 0.1, 1.05), a_line(18), a_line(24))


def moved(name: str, *lines: Recalibration) -> RecalibratedHazard:
    return RecalibratedHazard(MODELS[name], lines or LINES)


@every
def test_the_chance_by_a_horizon_is_that_of_its_line(name: str) -> None:
    before, after = MODELS[name].predict(X), moved(name).predict(X)
    assert isinstance(moved(name), RiskModel)
    np.testing.assert_allclose(
        after["no_work_6"], LINES[0].at(before["no_work_6"].to_numpy()), rtol=1e-9
    )
    # Where nobody is left in search there is no more work to find than there is.
    asked = np.minimum(LINES[1].at(before["no_work_12"].to_numpy()), after["no_work_6"])
    assert (after["no_work_12"] >= asked - 1e-12).all()
    assert np.isclose(after["no_work_12"], asked).mean() > 0.9


@every
def test_a_horizon_without_a_line_stays_unless_an_earlier_one_is_lower(name: str) -> None:
    before = MODELS[name].predict(X)
    only_late = moved(name, a_line(6), a_line(12), a_line(18, 0.3), a_line(24)).predict(X)
    for horizon in (6, 12):
        np.testing.assert_allclose(
            only_late[f"no_work_{horizon}"], before[f"no_work_{horizon}"], rtol=1e-9
        )
    only_early = moved(name, a_line(6, -1.0), a_line(12)).predict(X)
    asked = np.minimum(before["no_work_12"], only_early["no_work_6"])
    assert np.isclose(only_early["no_work_12"], asked).mean() > 0.9


@every
@given(rows=st.lists(st.tuples(VALUE, VALUE), min_size=1, max_size=3))
def test_chances_are_chances_and_follow_the_months(
    name: str, rows: list[tuple[float, float]]
) -> None:
    people = pd.DataFrame(rows, columns=["skill", "noise"])
    horizons = list(range(1, 25))
    model = moved(name, a_line(6, 0.9, 0.5), a_line(12, -1.5, 1.6), a_line(18), a_line(24, 0.2))
    found = model.predict(people, horizons)
    no_work = found[[f"no_work_{h}" for h in horizons]].to_numpy()
    inactive = found[[f"inactive_{h}" for h in horizons]].to_numpy()
    assert (np.diff(no_work, axis=1) <= 1e-12).all()
    assert (np.diff(inactive, axis=1) >= -1e-12).all()
    assert ((inactive >= 0) & (inactive <= no_work + 1e-12) & (no_work <= 1)).all()
    hazards = model.hazards(people)
    assert ((hazards >= 0) & (hazards <= 1)).all()
    assert no_work - inactive == pytest.approx(
        np.cumprod((1 - hazards).prod(axis=2), axis=1), abs=1e-10
    )


@every
def test_reasons_sum_to_the_risk_over_the_typical_person(name: str) -> None:
    people = X[:60].assign(noise=X["noise"].where(X.index % 3 > 0))
    model = moved(name)
    for horizon in (6, 9, 12, 24):
        parts = model.contributions(people, horizon)
        risk = model.predict(people, (horizon,))[f"no_work_{horizon}"]
        assert parts.sum(axis=1).to_numpy() == pytest.approx(
            (risk - model.typical(horizon)).to_numpy(), abs=1e-9
        )
    # What raised the risk still does.
    before = MODELS[name].contributions(people)["skill"]
    assert (np.sign(model.contributions(people)["skill"]) == np.sign(before)).mean() > 0.95


@every
def test_an_interval_holds_the_estimate_and_knows_that_a_line_is_not_certain(name: str) -> None:
    people = X[:60].assign(noise=X["noise"].where(X.index % 3 > 0))
    model = moved(name)
    lower, upper = model.predict_interval(people)
    middle = model.predict(people)
    assert ((lower <= middle) & (middle <= upper)).all(axis=None)
    assert ((lower >= 0) & (upper <= 1)).all(axis=None)
    sure = RecalibratedHazard(
        MODELS[name], tuple(_certain(line) for line in LINES)
    ).predict_interval(people)
    assert (upper - lower >= sure[1] - sure[0] - 1e-12).all(axis=None)
    assert (upper - lower)["no_work_6"].mean() > (sure[1] - sure[0])["no_work_6"].mean() + 0.001
    alone = model.predict_interval(people[50:51])
    np.testing.assert_allclose(alone[0], lower[50:51], rtol=1e-9)


@every
def test_what_is_worth_asking_is_by_how_far_it_moves_the_chance_here(name: str) -> None:
    people = X[:20].assign(skill=np.nan)
    model = moved(name)
    swings = model.swings(people)
    flat = moved(name, a_line(6), a_line(12, 0.1, 0.2), a_line(18), a_line(24))
    assert (swings["noise"] == 0).all()
    assert (flat.swings(people)["skill"] < swings["skill"]).all()
    assert model.unknowns(people) == [("skill",)] * 20
    assert swings["skill"].min() >= MATTERS


def test_months_beyond_the_lines_go_on_as_they_were() -> None:
    model = moved("logistic", a_line(6, 0.5), a_line(12, 0.5))
    before = MODELS["logistic"].predict(X, (12, 24))
    after = model.predict(X, (12, 24))
    pace = before["no_work_24"] / before["no_work_12"]
    held = np.isclose(after["no_work_24"] / after["no_work_12"], pace)
    assert held.mean() > 0.9


def test_a_line_of_a_horizon_that_the_model_does_not_reach_is_not_read() -> None:
    short = DiscreteHazard(months=6, steps=(3,), directions={}).fit(X, Y)
    found = RecalibratedHazard(short, LINES)
    assert found.months == 6
    np.testing.assert_allclose(
        found.predict(X, (6,))["no_work_6"],
        LINES[0].at(short.predict(X, (6,))["no_work_6"].to_numpy()),
    )
    assert found.typical(12) == found.typical(6)


@every
def test_the_columns_asked_for_are_as_of_any_model(name: str) -> None:
    found = moved(name).predict(X[:9], (18, 6, 6))
    assert list(found.columns)[:4] == ["no_work_18", "inactive_18", "no_work_6", "inactive_6"]
    assert list(moved(name).feature_names_in_) == ["skill", "noise"]
    assert moved(name).months == max(HORIZONS)
    assert moved(name).predict_interval(X[:0])[0].shape == (0, 2 * len(HORIZONS))
    for ask in (moved(name).predict, moved(name).predict_interval):
        with pytest.raises(FeatureError, match="24 months"):
            ask(X, (25,))


def _certain(line: Recalibration) -> Recalibration:
    return (
        a_line(line.horizon)
        if not line.applied
        else Recalibration(
            **{**line.to_state(), "state": line.state, "covariance": (0.0, 0.0, 0.0)}
        )
    )
