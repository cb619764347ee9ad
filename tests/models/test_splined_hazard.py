import json
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from matching.errors import DataError
from matching.models.risk import DiscreteHazard
from matching.models.splined_hazard import SplinedHazard
from tests.models.histories import history

X, Y = history()
MODEL = SplinedHazard(directions={}).fit(X, Y)


def bent(count: int, seed: int = 0) -> tuple[pd.DataFrame, pd.DataFrame, np.ndarray]:
    """In one period the middle of x finds work, and both ends do not; and its risk."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=count)
    chance = 1 / (1 + np.exp(2 * np.abs(x) - 1.5))
    event = np.where(rng.random(count) < chance, "work", "censored")
    return pd.DataFrame({"x": x}), pd.DataFrame({"months": 1, "event": event}), 1 - chance


def test_what_bends_is_followed_where_a_line_cannot() -> None:
    frame, seen, _ = bent(4000)
    others, _, truth = bent(1000, seed=1)
    settings = {"months": 1, "steps": (), "directions": {}}
    errors = [
        np.abs(model.fit(frame, seen).predict(others, (1,))["no_work_1"] - truth).mean()
        for model in (SplinedHazard(**settings), DiscreteHazard(C=None, **settings))
    ]
    assert errors[0] < 0.03
    assert errors[1] > 0.1


def test_a_known_direction_stays_a_line_that_keeps_it() -> None:
    model = SplinedHazard(directions={"skill": 1}).fit(X, Y)
    assert list(model.splines_.splines) == ["noise"]
    people = pd.DataFrame({"skill": np.linspace(-9, 9, 50), "noise": 0.0})
    assert model.predict(people)["no_work_12"].is_monotonic_decreasing


def test_many_are_foretold_as_each_of_them_is() -> None:
    many = pd.concat([X] * 18, ignore_index=True)
    found = MODEL.predict(many, (12,))
    assert len(found) == len(many) > 8192
    pd.testing.assert_frame_equal(found[-600:], MODEL.predict(many[-600:], (12,)), rtol=1e-9)


def test_a_strength_that_is_given_is_that_of_all_columns() -> None:
    model = SplinedHazard(directions={"skill": 1}, C=0.05).fit(X, Y)
    assert model.hazard_.undirected_ == 0.05
    back = SplinedHazard.from_json(model.to_json())
    assert back.get_params() == {**model.get_params(), "steps": [3, 6, 12, 18]}
    pd.testing.assert_frame_equal(back.predict(X[:9]), model.predict(X[:9]), check_exact=True)


def test_questions_are_of_the_covariate_and_not_of_its_columns() -> None:
    nobody = pd.DataFrame({"skill": [np.nan], "noise": [0.0]})
    assert list(MODEL.swings(nobody).columns) == ["skill", "noise"]
    assert MODEL.unknowns(nobody) == [("skill",)]


def test_without_numbers_that_bend_it_is_the_logistic_model() -> None:
    frame = (X.mean() < X).astype(float)
    ours, lines = SplinedHazard(directions={}), DiscreteHazard(C=None, directions={})
    np.testing.assert_array_equal(
        ours.fit(frame, Y).predict(frame), lines.fit(frame, Y).predict(frame)
    )


@pytest.mark.parametrize(
    "damage",
    [
        lambda m: m.update(format="another/1"),
        lambda m: m.update(covariates=None),
        lambda m: m.update(covariates=["noise", "skill"]),
        lambda m: m.update(covariates=["skill"]),
        lambda m: m.update(knots="5"),
        lambda m: m.update(splines=None),
        lambda m: m["splines"].pop("skill"),
        lambda m: m["splines"].update(other=m["splines"]["skill"]),
        lambda m: m["splines"]["skill"]["knots"].pop(),
        lambda m: m.update(hazard=None),
        lambda m: m["hazard"]["mean_"].pop(),
        lambda m: m["hazard"]["parameters"].update(C=None),
        lambda m: m["hazard"]["parameters"].update(allowed="age"),
    ],
)
def test_a_damaged_file_is_refused(damage: Callable[[dict], object]) -> None:
    content = json.loads(MODEL.to_json())
    damage(content)
    with pytest.raises(DataError):
        SplinedHazard.from_json(json.dumps(content))


def test_another_number_of_knots_is_refused_if_it_cannot_be() -> None:
    with pytest.raises(DataError, match="3 to 6"):
        SplinedHazard(knots=9, directions={}).fit(X, Y)
