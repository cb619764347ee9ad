"""Exact parts of small trees, worked by hand and against every order of arrival."""

from itertools import permutations
from math import factorial

import lightgbm as lgb
import numpy as np
import pytest

from matching.models.leaves import leaves_of
from matching.models.tree_loops import TreeLoops, compiled_tree_loops


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


@pytest.mark.parametrize("rows", [1, 32, 70])
@pytest.mark.parametrize("loops", [TreeLoops(), compiled_tree_loops()], ids=["loops", "compiled"])
def test_the_loops_find_the_parts_that_numpy_finds(
    booster: lgb.Booster, loops: TreeLoops | None, rows: int
) -> None:
    rng = np.random.default_rng(3)
    for typical in (rng.random(3), np.array([0.0, 1.0, 0.5])):
        values = rng.random((rows, 3)).round(2)
        found = leaves_of(booster, 3, loops=loops).shapley(values, typical)
        expected = leaves_of(booster, 3).shapley(values, typical)
        np.testing.assert_allclose(found, expected, atol=1e-12)
        assert expected.any()


def test_of_several_boosters_the_parts_are_the_mean(booster: lgb.Booster) -> None:
    rng = np.random.default_rng(4)
    settings = {"num_leaves": 3, "verbosity": -1, "num_threads": 1}
    other = lgb.train(settings, lgb.Dataset(rng.random((200, 3)), rng.random(200)), 4)
    values, typical = rng.random((9, 3)), rng.random(3)
    alone = [leaves_of(one, 3).shapley(values, typical) for one in (booster, other)]
    together = leaves_of([booster, other], 3, loops=compiled_tree_loops())
    np.testing.assert_allclose(
        together.shapley(values, typical), np.mean(alone, axis=0), atol=1e-12
    )


def test_trees_without_a_split_have_no_parts() -> None:
    rows = np.zeros((50, 3))
    settings = {"num_leaves": 4, "verbosity": -1, "num_threads": 1}
    constant = lgb.train(settings, lgb.Dataset(rows, np.arange(50.0)), num_boost_round=1)
    values = np.random.default_rng(5).random((4, 3))
    for loops in (None, compiled_tree_loops()):
        assert not leaves_of(constant, 3, loops=loops).shapley(values, rows[0]).any()
