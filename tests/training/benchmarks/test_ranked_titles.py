import numpy as np
import pytest

from training.benchmarks.ranked_titles import NAMES, metrics_of, ranked_values

IDS = ("a", "b", "c", "d")


def values(order, *relevant):
    found = ranked_values([np.array(order)], IDS, [frozenset(relevant)])
    return {name: float(row[0]) for name, row in found.items()}


def test_every_metric_is_computed_by_the_places_of_what_is_relevant():
    found = values([1, 0, 3, 2], "a", "c")
    assert tuple(found) == NAMES
    assert found["mrr"] == 0.5
    assert found["map"] == pytest.approx((1 / 2 + 2 / 4) / 2)
    assert (found["s@1"], found["s@5"]) == (0.0, 1.0)
    assert found["rp@5"] == 1.0


def test_what_is_not_ranked_was_never_found():
    assert values([0, 1, 2, 3], "z") == dict.fromkeys(NAMES, 0.0)
    assert values([0, 1, 2, 3], "a", "z")["map"] == 0.5


def test_a_metric_has_its_interval_and_its_standard_error():
    rows = {"mrr": np.array([0.0, 1.0, 1.0, 0.0])}
    found = metrics_of(rows, draws=200, seed=1)
    assert found["mrr"] == 0.5
    assert found["mrr_low"] < 0.5 < found["mrr_high"]
    assert found["mrr_se"] == pytest.approx(np.std([0, 1, 1, 0], ddof=1) / 2, abs=1e-5)


def test_one_query_has_no_standard_error():
    assert metrics_of({"mrr": np.array([1.0])}, draws=10, seed=1)["mrr_se"] == 0.0
