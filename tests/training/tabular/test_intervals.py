import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from training.tabular import intervals
from training.tabular.intervals import Interval


def of(good: int, count: int) -> Interval:
    return intervals.share(np.repeat([1.0, 0.0], [good, count - good]), np.ones(count))


def area_of(risk: np.ndarray, bad: np.ndarray, weight: np.ndarray) -> intervals.Area | None:
    return intervals.area(np.unique(risk, return_inverse=True)[1], bad, weight)


def test_wilson_s_interval_worked_by_hand() -> None:
    # 1 of 10, z = 1.959964: middle (0.1 + 0.192073) / 1.384146, half as below.
    half = 1.959964 / 1.384146 * (0.1 * 0.9 / 10 + 1.959964**2 / 400) ** 0.5
    found = of(1, 10)
    assert (found.low, found.high) == pytest.approx(
        (0.292073 / 1.384146 - half, 0.292073 / 1.384146 + half), abs=1e-5
    )


def test_the_difference_of_two_shares_is_newcombe_s_published_example() -> None:
    # Newcombe 1998 (Statistics in Medicine 17, 873-890), table II, 56/70 less 48/80, method 10.
    found = intervals.apart(of(56, 70), of(48, 80))
    assert found.value == pytest.approx(0.2)
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=1e-4)


def test_an_area_is_that_of_scikit_learn_with_weights_and_ties() -> None:
    rng = np.random.default_rng(0)
    risk = np.round(rng.random(400), 1)
    bad = (rng.random(400) < risk).astype(float)
    weight = rng.uniform(0.5, 3, 400)
    found = area_of(risk, bad, weight)
    assert found is not None
    assert found.value == pytest.approx(roc_auc_score(bad, risk, sample_weight=weight), abs=1e-9)


@given(st.integers(1, 40), st.integers(0, 40), st.floats(0.2, 5))
def test_a_share_is_never_known_for_certain(count: int, good: int, weight: float) -> None:
    good = min(good, count)
    found = intervals.share(np.repeat([1.0, 0.0], [good, count - good]), np.full(count, weight))
    assert found.low is not None
    assert found.high is not None
    assert found.low <= good / count <= found.high
    assert found.high - found.low > 0.01


@given(st.integers(1, 8), st.integers(1, 8), st.integers(0, 10_000))
def test_an_area_is_never_known_for_certain(good: int, bad: int, seed: int) -> None:
    risk = np.random.default_rng(seed).integers(0, 4, good + bad).astype(float)
    outcome = np.repeat([0.0, 1.0], [good, bad])
    area = area_of(risk, outcome, np.ones(good + bad))
    found = intervals.auc(area)
    assert area is not None
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= area.value <= found.high <= 1
    assert found.high - found.low > 0.1


def test_nothing_is_said_of_nobody() -> None:
    nobody = np.empty(0)
    assert intervals.share(nobody, nobody).value is None
    assert intervals.auc(area_of(np.array([0.1]), np.array([1.0]), np.ones(1))).value is None
    assert intervals.mean(nobody, nobody, nobody).low is None
    assert intervals.apart(of(1, 2), intervals.share(nobody, nobody)).value is None


def test_a_constant_of_three_people_is_not_known_for_certain() -> None:
    found = intervals.mean(np.full(3, 0.01), np.ones(3), np.zeros(3))
    assert found.low is not None
    assert found.high is not None
    assert found.high - found.low > 0.1


def test_areas_and_weighted_shares_lie_in_their_intervals_as_often_as_said() -> None:
    rng = np.random.default_rng(1)
    held = {"area": 0, "share": 0}
    for _ in range(400):
        risk = rng.normal(size=120)
        bad = (rng.random(120) < 0.3).astype(float)
        found = intervals.auc(area_of(risk + bad, bad, np.ones(120)))
        held["area"] += (found.low or 0) <= 0.7602 <= (found.high or 1)  # of normals one apart
        seen = rng.random(120) < np.where(bad == 1, 0.9, 0.5)
        weight = seen / np.where(bad == 1, 0.9, 0.5)
        rate = intervals.share(bad, weight)
        held["share"] += (rate.low or 0) <= 0.3 <= (rate.high or 1)
    assert 0.92 <= held["area"] / 400 <= 0.99
    assert 0.92 <= held["share"] / 400 <= 0.99
