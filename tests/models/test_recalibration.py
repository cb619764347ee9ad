import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, logit

from matching.domain import CalibrationState
from matching.errors import DataError
from matching.models.recalibration import (
    FEWEST_EXITS,
    MOST_ERROR,
    read_recalibration,
    read_recalibrations,
    recalibrate,
    recalibration_text,
)


def hub(
    count: int, *, level: float = 0.0, slope: float = 1.0, seed: int = 0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Chances of some people, what came of them, and equal weights."""
    rng = np.random.default_rng(seed)
    odds = rng.normal(0.3, 0.8, count)
    stayed = (rng.random(count) < expit(level + slope * odds)).astype(float)
    return expit(odds), stayed, np.ones(count)


DONE = recalibrate(*hub(4000, level=0.5, slope=0.6), horizon=12)


def test_the_line_of_the_hub_is_found() -> None:
    assert DONE.state is CalibrationState.DONE
    assert (DONE.intercept, DONE.slope) == pytest.approx((0.5, 0.6), abs=0.1)
    chance, stayed, _ = hub(4000, level=0.5, slope=0.6, seed=1)
    truth = expit(0.5 + 0.6 * logit(chance))
    assert np.abs(DONE.at(chance) - truth).mean() < 0.02
    assert np.abs(chance - truth).mean() > 0.08
    assert DONE.at(chance).mean() == pytest.approx(stayed.mean(), abs=0.03)


def test_before_there_is_enough_the_chances_stay_and_it_is_said_what_it_takes() -> None:
    few = recalibrate(*hub(120), horizon=12)
    assert few.state is CalibrationState.FEW
    assert (few.outcomes, few.needed_exits) == (120, FEWEST_EXITS)
    assert few.needed is not None
    assert 120 < few.needed < 2000
    chance = hub(50)[0]
    np.testing.assert_array_equal(few.at(chance), chance)


def test_with_as_many_people_as_needed_the_line_is_as_sure_as_promised() -> None:
    needed = recalibrate(*hub(3000), horizon=12).needed
    assert needed is not None
    lines = [recalibrate(*hub(needed + 60, seed=seed), horizon=12) for seed in range(40)]
    slopes = np.array([line.slope for line in lines if line.state is not CalibrationState.FEW])
    assert len(slopes) > 30
    assert slopes.std() == pytest.approx(MOST_ERROR, rel=0.35)


def test_chances_that_are_right_are_nearly_always_left_alone() -> None:
    lines = [recalibrate(*hub(1500, seed=seed), horizon=12) for seed in range(60)]
    right = [line for line in lines if line.state is CalibrationState.RIGHT]
    assert len(right) >= 57
    chance = hub(50)[0]
    for line in right:
        assert line.slope != 1.0
        np.testing.assert_array_equal(line.at(chance), chance)


def test_how_sure_a_line_is_is_known() -> None:
    lines = [recalibrate(*hub(1500, level=0.8, seed=seed), horizon=12) for seed in range(60)]
    assert {line.state for line in lines} == {CalibrationState.DONE}
    for place, name in ((0, "intercept"), (2, "slope")):
        errors = np.sqrt([line.covariance[place] for line in lines])
        assert errors.mean() == pytest.approx(
            np.std([getattr(line, name) for line in lines]), rel=0.35
        )


def test_a_hundred_exits_are_needed_however_many_people_there_are() -> None:
    rng = np.random.default_rng(0)
    odds = rng.normal(3.5, 1.0, 2050)
    stayed = (rng.random(2050) < expit(odds)).astype(float)
    found = recalibrate(expit(odds), stayed, np.ones(2050), horizon=6)
    assert found.state is CalibrationState.FEW
    assert found.exits < FEWEST_EXITS
    assert found.needed is not None
    assert found.needed < found.outcomes


def test_weights_make_up_for_those_who_were_lost() -> None:
    chance, stayed, _ = hub(20_000, level=0.4)
    rng = np.random.default_rng(9)
    # Of those who stay half are lost, and the others stand for two.
    seen = (stayed == 0) | (rng.random(20_000) < 0.5)
    weight = np.where(seen, np.where(stayed == 1, 2.0, 1.0), 0.0)
    told = np.where(seen, stayed, np.nan)
    line = recalibrate(chance, told, weight, horizon=12)
    assert (line.intercept, line.slope) == pytest.approx((0.4, 1.0), abs=0.08)
    blind = recalibrate(chance, told, seen.astype(float), horizon=12)
    assert blind.intercept < line.intercept - 0.4
    # Who stands for two says no more than one: more people are needed.
    assert line.needed is not None
    assert blind.needed is not None
    assert line.needed > blind.needed


def test_a_hub_where_the_order_is_another_keeps_its_chances() -> None:
    chance, stayed, weight = hub(4000, slope=-0.5)
    found = recalibrate(chance, stayed, weight, horizon=12)
    assert found.state is CalibrationState.TURNED
    np.testing.assert_array_equal(found.at(chance), chance)


def test_chances_that_are_all_alike_are_never_enough() -> None:
    _, stayed, weight = hub(4000)
    found = recalibrate(np.full(4000, 0.5), stayed, weight, horizon=12)
    assert (found.state, found.needed) == (CalibrationState.FEW, None)


def test_what_it_takes_can_be_said_before_anything_is_known() -> None:
    chance = hub(300)[0]
    found = recalibrate(chance, np.full(300, np.nan), np.zeros(300), horizon=12)
    assert (found.outcomes, found.exits) == (0, 0)
    assert found.needed is not None
    assert found.needed > 100
    nobody = recalibrate(np.empty(0), np.empty(0), np.empty(0), horizon=12)
    assert (nobody.state, nobody.needed) == (CalibrationState.FEW, None)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=30))
def test_the_order_of_the_people_is_kept(chances: list[float]) -> None:
    given_ = np.sort(np.array(chances))
    found = DONE.at(given_)
    assert (np.diff(found) >= 0).all()
    assert ((found >= 0) & (found <= 1)).all()


def test_a_line_read_back_is_the_same() -> None:
    few = recalibrate(*hub(120), horizon=6)
    for one in (DONE, few):
        assert read_recalibration(json.loads(json.dumps(one.to_state()))) == one
    assert read_recalibrations(recalibration_text([few, DONE])) == (few, DONE)
    assert read_recalibrations(recalibration_text([])) == ()


def test_what_is_said_of_a_line_has_its_counts() -> None:
    few = recalibrate(*hub(120), horizon=6).summary
    assert (few.months, few.state, few.outcomes) == (6, CalibrationState.FEW, 120)
    assert few.needed is not None
    assert few.needed > 120


@pytest.mark.parametrize(
    "damage",
    [
        {"slope": -1.0},
        {"slope": "1"},
        {"intercept": float("nan")},
        {"outcomes": 1.5},
        {"exits": -1},
        {"state": "fine"},
        {"state": ["recalibrated"]},
        {"covariance": [0.1, 0.0]},
        {"covariance": [0.1, 0.0, -0.1]},
        {"covariance": [0.1, 5.0, 0.1]},
        {"covariance": [0.1, None, 0.1]},
        {"more": 1},
    ],
)
def test_a_damaged_line_is_refused(damage: dict) -> None:
    with pytest.raises(DataError, match="calibrate again"):
        read_recalibration({**DONE.to_state(), **damage})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        json.dumps({"format": "another/1", "lines": []}),
        json.dumps({"format": "valoriamo-recalibration/1", "lines": None}),
        json.dumps({"format": "valoriamo-recalibration/1", "lines": [None]}),
        json.dumps({"format": "valoriamo-recalibration/1", "lines": [], "more": 1}),
        recalibration_text([DONE, DONE]),
        recalibration_text([replace(DONE, horizon=0)]),
    ],
)
def test_what_is_no_file_of_lines_is_refused(text: str) -> None:
    with pytest.raises(DataError, match="calibrate again"):
        read_recalibrations(text)


@pytest.mark.parametrize(
    ("chance", "stayed", "weight"),
    [
        ([0.5, 0.5], [1.0], [1.0, 1.0]),
        ([1.5], [1.0], [1.0]),
        ([0.5], [2.0], [1.0]),
        ([0.5], [np.nan], [1.0]),
        ([0.5], [1.0], [np.inf]),
    ],
)
def test_what_cannot_be_recalibrated_is_refused(
    chance: list[float], stayed: list[float], weight: list[float]
) -> None:
    with pytest.raises(DataError):
        recalibrate(np.array(chance), np.array(stayed), np.array(weight), horizon=12)
