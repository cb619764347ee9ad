"""Exact parts of small trees, worked by hand and against every order of arrival."""

from itertools import permutations
from math import factorial

import lightgbm as lgb
import numpy as np
import pytest

from matching.models.leaves import leaves_of


@pytest.fixture(scope="module")
def booster() -> lgb.Booster:
    rng = np.random.default_rng(0)
    values = rng.random((400, 3))
    target = 2.0 * (values[:, 0] > 0.5) + (values[:, 1] > 0.3) * (values[:, 0] > 0.2)
    settings = {"num_leaves": 6, "verbosity": -1, "num_threads": 1, "seed": 0}
    return lgb.train(settings, lgb.Dataset(values, target), num_boost_round=5)


def test_the_leaves_add_up_to_the_trees(booster: lgb.Booster) -> None:
    leaves = leaves_of(booster, 3)
    rows = np.random.default_rng(1).random((50, 3))
    inside = ((rows[:, None] > leaves.lower) & (rows[:, None] <= leaves.upper)).all(axis=2)
    np.testing.assert_allclose(inside @ leaves.value, booster.predict(rows), atol=1e-12)


def test_parts_are_the_mean_over_every_order_in_which_features_become_known(
    booster: lgb.Booster,
) -> None:
    leaves = leaves_of(booster, 3)
    rng = np.random.default_rng(2)
    typical, rows = rng.random(3), rng.random((12, 3))
    expected = np.zeros_like(rows)
    for order in permutations(range(3)):
        known = np.tile(typical, (len(rows), 1))
        for feature in order:
            before = booster.predict(known)
            known[:, feature] = rows[:, feature]
            expected[:, feature] += (booster.predict(known) - before) / factorial(3)
    np.testing.assert_allclose(leaves.shapley(rows, typical), expected, atol=1e-12)


def test_a_row_like_the_typical_one_has_no_parts(booster: lgb.Booster) -> None:
    typical = np.array([0.4, 0.6, 0.1])
    assert not leaves_of(booster, 3).shapley(typical[None, :], typical).any()
