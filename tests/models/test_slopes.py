from math import log

import numpy as np
import pytest
from scipy.special import expit

from matching.models.slopes import pairwise_slope, squashing


def test_the_slope_of_two_gaps_worked_by_hand() -> None:
    # In three vacancies the better one leads by .5, in one she trails by .5: the odds are 3 to 1,
    # so that slope times .5 is log 3.
    start = np.array([0.7, 0.2] * 3 + [0.2, 0.7])
    grades = np.array([1.0, 0.0] * 4)
    codes = np.repeat(np.arange(4), 2)
    assert pairwise_slope(start, grades, codes) == pytest.approx(2 * log(3), abs=1e-4)


def test_a_score_that_tells_nothing_has_no_slope() -> None:
    codes = np.array([0, 0, 1, 1])
    assert pairwise_slope(np.full(4, 0.3), np.array([1.0, 0.0, 0.0, 1.0]), codes) == 0.0
    assert pairwise_slope(np.array([0.1, 0.9, 0.2, 0.8]), np.ones(4), codes) == 0.0


def test_a_score_that_misleads_is_never_followed_backwards() -> None:
    start, grades = np.array([0.1, 0.9]), np.array([1.0, 0.0])
    assert pairwise_slope(start, grades, np.zeros(2, dtype=int)) == pytest.approx(0.0, abs=1e-3)


def test_only_pairs_of_one_vacancy_are_compared() -> None:
    start, grades = np.array([0.9, 0.1]), np.array([1.0, 0.0])
    assert pairwise_slope(start, grades, np.array([0, 1])) == 0.0


def test_many_pairs_of_a_vacancy_are_sampled_and_say_the_same() -> None:
    rng = np.random.default_rng(1)
    start = rng.random(2_000)
    grades = (rng.random(2_000) < expit(4 * (start - 0.5))).astype(float)
    found = pairwise_slope(start, grades, np.zeros(2_000, dtype=int))
    assert found == pytest.approx(4.0, abs=1.2)


def test_a_squashing_finds_the_line_that_made_the_shares() -> None:
    margin = np.linspace(-3, 3, 4_000)
    slope, intercept = squashing(margin, expit(0.8 * margin - 0.5))
    assert slope == pytest.approx(0.8, abs=0.01)
    assert intercept == pytest.approx(-0.5, abs=0.01)


def test_the_slope_of_a_squashing_stays_above_0() -> None:
    margin = np.linspace(-3, 3, 100)
    assert squashing(margin, expit(-margin))[0] > 0
