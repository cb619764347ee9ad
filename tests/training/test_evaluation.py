import doctest
import itertools
import math
import statistics
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import bootstrap as scipy_bootstrap
from scipy.stats import spearmanr
from sklearn.metrics import (
    average_precision_score,
    cohen_kappa_score,
    ndcg_score,
    roc_auc_score,
)

from matching.errors import DataError
from training import evaluation
from training.evaluation import (
    auc,
    average_precision,
    bootstrap,
    ndcg,
    paired_difference,
    quadratic_kappa,
    reciprocal_rank,
    spearman,
)

Metric = Callable[[list[int], list[float]], float]
NEAR = {"abs": 1e-12, "rel": 1e-12}


def ndcg_at_three(grades: list[int], scores: list[float]) -> float:
    return ndcg(grades, scores, k=3)


METRICS = [ndcg_at_three, reciprocal_rank, average_precision, auc, spearman]
ON_GRADES = {ndcg_at_three, spearman}


def pools(
    *, most: int = 12, grades: int = 3, ties: bool = True
) -> st.SearchStrategy[tuple[list[int], list[float]]]:
    """Grades and scores of one pool; with ties, of few different scores."""
    score = st.sampled_from([0.0, 0.25, 0.5, 1.0]) if ties else st.integers(-999, 999)

    def of(size: int) -> st.SearchStrategy[tuple[list[int], list[float]]]:
        given_ = st.lists(st.integers(0, grades), min_size=size, max_size=size)
        scored = st.lists(score.map(float), min_size=size, max_size=size, unique=not ties)
        return st.tuples(given_, scored)

    return st.integers(1, most).flatmap(of)


def plain(metric: Metric, grades: tuple[int, ...]) -> float:
    """The textbook value of a strict order, best first, written without the module's help."""
    if metric is ndcg_at_three:
        best = sorted(grades, reverse=True)

        def gain(row: list[int]) -> float:
            return sum((2**g - 1) / math.log2(i + 2) for i, g in enumerate(row[:3]))

        return gain(list(grades)) / gain(best)
    places = [i + 1 for i, g in enumerate(grades) if g]
    if metric is reciprocal_rank:
        return 1 / places[0]
    return sum((n + 1) / place for n, place in enumerate(places)) / len(places)


def average_over_orders(metric: Metric, grades: list[int], scores: list[float]) -> float:
    """Mean of the textbook value over every order that the scores allow."""
    values = []
    for order in itertools.permutations(range(len(grades))):
        if all(scores[a] >= scores[b] for a, b in itertools.pairwise(order)):
            values.append(plain(metric, tuple(grades[i] for i in order)))
    return statistics.fmean(values)


def test_the_examples_of_the_docstrings_hold():
    assert doctest.testmod(evaluation).failed == 0
    assert doctest.testmod(evaluation).attempted >= 6


# ndcg


def test_ndcg_of_a_worked_case():
    # Order of the scores: grades 0, 3, 1. Gains 0, 7, 1; discounts 1, 1/log2(3).
    worked = (7 / math.log2(3)) / (7 + 1 / math.log2(3))
    assert ndcg([3, 0, 1], [0.2, 0.9, 0.1], k=2) == pytest.approx(worked, **NEAR)


def test_ndcg_gives_tied_persons_the_mean_gain_of_their_group():
    assert ndcg([3, 0], [0.5, 0.5], k=1) == pytest.approx(0.5, **NEAR)
    # Only one place of the group of three is left within k = 2, worth a third of 7 each.
    assert ndcg([0, 3, 0, 0], [0.9, 0.5, 0.5, 0.5], k=2) == pytest.approx(
        (7 / 3 / math.log2(3)) / 7, **NEAR
    )


def test_ndcg_of_the_best_order_is_one_and_beyond_the_pool_k_changes_nothing():
    assert ndcg([3, 2, 0], [9, 8, 7], k=3) == pytest.approx(1.0, **NEAR)
    assert ndcg([0, 2, 3], [9, 8, 7], k=3) == ndcg([0, 2, 3], [9, 8, 7], k=50)


def test_ndcg_is_not_defined_where_nobody_has_a_grade():
    assert math.isnan(ndcg([0, 0], [0.1, 0.2], k=2))


@given(pools(), st.integers(1, 12))
def test_ndcg_agrees_with_scikit_learn_ties_included(pool, k):
    grades, scores = pool
    assume(len(grades) > 1 and any(grades))
    theirs = ndcg_score([[2**g - 1 for g in grades]], [scores], k=k)
    assert ndcg(grades, scores, k=k) == pytest.approx(theirs, **NEAR)


@pytest.mark.parametrize(("grades", "k"), [([-1, 2], 1), ([0.5, 2], 1), ([1, 2], 0), ([1, 2], -3)])
def test_ndcg_refuses_grades_off_the_scale_and_no_places(grades, k):
    with pytest.raises(DataError):
        ndcg(grades, [0.1, 0.2], k=k)


# reciprocal rank and average precision


def test_reciprocal_rank_of_worked_cases():
    assert reciprocal_rank([0, 0, 1, 1], [4, 3, 2, 1]) == pytest.approx(1 / 3, **NEAR)
    # One relevant among three tied: first, second or third with equal chance.
    assert reciprocal_rank([1, 0, 0], [5, 5, 5]) == pytest.approx((1 + 1 / 2 + 1 / 3) / 3, **NEAR)
    # Two relevant among three tied: first with chance 2/3, else second.
    assert reciprocal_rank([1, 1, 0], [5, 5, 5]) == pytest.approx(2 / 3 + 1 / 3 / 2, **NEAR)


def test_average_precision_of_worked_cases():
    assert average_precision([1, 0, 1, 0], [4, 3, 2, 1]) == pytest.approx((1 + 2 / 3) / 2, **NEAR)
    # Places 1 and 2, 1 and 3, 2 and 3 of the two relevant among three tied, equally likely.
    worked = ((1 + 1) / 2 + (1 + 2 / 3) / 2 + (1 / 2 + 2 / 3) / 2) / 3
    assert average_precision([1, 1, 0], [5, 5, 5]) == pytest.approx(worked, **NEAR)


@given(pools(grades=1, ties=False))
def test_average_precision_agrees_with_scikit_learn_without_ties(pool):
    relevant, scores = pool
    assume(any(relevant))
    theirs = average_precision_score(relevant, scores)
    assert average_precision(relevant, scores) == pytest.approx(theirs, **NEAR)


@pytest.mark.parametrize("metric", [reciprocal_rank, average_precision, auc])
def test_what_needs_a_relevant_person_is_not_defined_without_one(metric):
    assert math.isnan(metric([0, 0], [0.1, 0.2]))


@pytest.mark.parametrize("metric", [reciprocal_rank, average_precision, auc])
def test_a_grade_is_not_taken_for_a_yes_or_no(metric):
    with pytest.raises(DataError, match="true or false"):
        metric([0, 2], [0.1, 0.2])


# auc, spearman, kappa


def test_auc_of_worked_cases():
    assert auc([1, 0, 1, 0], [4, 3, 2, 1]) == 0.75
    assert auc([1, 0, 0], [0.5, 0.5, 0.1]) == 0.75
    assert auc([1, 0], [0.5, 0.5]) == 0.5
    assert math.isnan(auc([1, 1], [0.1, 0.2]))


@given(pools(grades=1))
def test_auc_agrees_with_scikit_learn_ties_included(pool):
    relevant, scores = pool
    assume(0 < sum(relevant) < len(relevant))
    assert auc(relevant, scores) == pytest.approx(roc_auc_score(relevant, scores), **NEAR)


def test_spearman_of_worked_cases():
    # 1 - 6 * sum of squared rank differences / (n (n^2 - 1)) = 1 - 6 * 2 / 60.
    assert spearman([1, 2, 3, 4], [0.1, 0.3, 0.2, 0.4]) == pytest.approx(0.8, **NEAR)
    # Mid-ranks 1.5 1.5 3 against 1 2 3: covariance 1.5, variances 1.5 and 2.
    assert spearman([0, 0, 1], [1, 2, 3]) == pytest.approx(1.5 / math.sqrt(3), **NEAR)


def test_spearman_of_a_system_that_says_nothing_is_zero_and_of_equal_grades_not_defined():
    assert spearman([0, 1, 2], [0.5, 0.5, 0.5]) == 0.0
    assert math.isnan(spearman([2, 2, 2], [0.1, 0.2, 0.3]))
    assert math.isnan(spearman([2, 2, 2], [0.5, 0.5, 0.5]))


@given(pools())
def test_spearman_agrees_with_scipy_ties_included(pool):
    grades, scores = pool
    assume(len(set(grades)) > 1 and len(set(scores)) > 1)
    assert spearman(grades, scores) == pytest.approx(spearmanr(grades, scores).statistic, **NEAR)


def test_kappa_of_worked_cases():
    # Squared differences 0 1 0 0, mean 1/4; by chance 1/2.
    assert quadratic_kappa([0, 0, 1, 1], [0, 1, 1, 1]) == pytest.approx(0.5, **NEAR)
    assert quadratic_kappa([0, 3], [3, 0]) == pytest.approx(-1.0, **NEAR)
    assert math.isnan(quadratic_kappa([2, 2], [2, 2]))


@given(pools(most=20).map(lambda pool: (pool[0], [int(4 * score) % 4 for score in pool[1]])))
def test_kappa_agrees_with_scikit_learn(pair):
    first, second = pair
    assume(len({*first, *second}) > 1)
    theirs = cohen_kappa_score(first, second, weights="quadratic", labels=[0, 1, 2, 3])
    assert quadratic_kappa(first, second) == pytest.approx(theirs, **NEAR)


# every metric


@pytest.mark.parametrize("metric", [ndcg_at_three, reciprocal_rank, average_precision])
@given(pool=pools(most=6))
def test_ties_count_as_the_average_over_every_order_they_allow(metric, pool):
    grades, scores = pool
    assume(any(grades))
    if metric is not ndcg_at_three:
        grades = [int(grade > 0) for grade in grades]
    expected = average_over_orders(metric, grades, scores)
    assert metric(grades, scores) == pytest.approx(expected, **NEAR)


@pytest.mark.parametrize("metric", METRICS)
@given(pool=pools(), seed=st.integers(0, 99))
def test_the_order_of_the_file_decides_nothing(metric, pool, seed):
    grades, scores = _for(metric, pool)
    order = np.random.default_rng(seed).permutation(len(grades))
    shuffled = metric([grades[i] for i in order], [scores[i] for i in order])
    assert shuffled == pytest.approx(metric(grades, scores), nan_ok=True, **NEAR)


@pytest.mark.parametrize("metric", METRICS)
@given(pool=pools())
def test_only_the_order_of_the_scores_counts(metric, pool):
    grades, scores = _for(metric, pool)
    stretched = [math.exp(3 * score) - 7 for score in scores]
    assert metric(grades, stretched) == pytest.approx(metric(grades, scores), nan_ok=True, **NEAR)


@pytest.mark.parametrize("metric", METRICS)
@given(pool=pools())
def test_values_stay_on_their_scale_and_the_grades_as_scores_are_best(metric, pool):
    grades, scores = _for(metric, pool)
    value, best = metric(grades, scores), metric(grades, [float(grade) for grade in grades])
    assume(not math.isnan(best))
    assert (-1.0 if metric is spearman else 0.0) - 1e-12 <= value <= best + 1e-12
    assert best == pytest.approx(1.0, **NEAR)


@given(pool=pools())
def test_auc_and_spearman_of_the_opposite_scores_are_mirrored(pool):
    grades, scores = pool
    opposite = [-score for score in scores]
    relevant = [int(grade > 1) for grade in grades]
    assert auc(relevant, opposite) == pytest.approx(1 - auc(relevant, scores), nan_ok=True, **NEAR)
    if len(set(grades)) > 1:
        assert spearman(grades, opposite) == pytest.approx(-spearman(grades, scores), **NEAR)


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize(
    ("judged", "scores"),
    [([], []), ([1], [0.1, 0.2]), ([1, 0], [0.1, math.nan]), ([1, 0], [math.inf, 0.1])],
)
def test_pools_that_are_not_one_score_per_person_are_refused(metric, judged, scores):
    with pytest.raises(DataError):
        metric(judged, scores)


def _for(metric: Metric, pool: tuple[list[int], list[float]]) -> tuple[list[int], list[float]]:
    grades, scores = pool
    return (grades if metric in ON_GRADES else [int(g > 1) for g in grades]), scores


# intervals


def test_the_interval_is_scipys_percentile_interval_of_the_same_draws():
    values = np.random.default_rng(4).random(12)
    theirs = scipy_bootstrap(
        (values,), np.mean, n_resamples=2000, method="percentile", rng=np.random.default_rng(7)
    ).confidence_interval
    ours = bootstrap(values, seed=7)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), **NEAR)
    assert ours.value == pytest.approx(values.mean(), **NEAR)


def test_the_interval_of_two_vacancies_spans_them_and_of_equal_ones_is_a_point():
    wide = bootstrap([0.0, 1.0])
    assert (wide.value, wide.low, wide.high) == (0.5, 0.0, 1.0)
    point = bootstrap([0.25, 0.25, 0.25])
    assert (point.low, point.high) == (0.25, 0.25)


def test_vacancies_where_the_metric_is_not_defined_are_left_out():
    assert bootstrap([0.0, math.nan, 1.0]) == bootstrap([0.0, 1.0])
    assert bootstrap([0.0, math.nan, 1.0]).clusters == 2


def test_equal_seeds_give_equal_intervals_and_others_do_not():
    values = list(np.random.default_rng(0).random(30))
    assert bootstrap(values, seed=1) == bootstrap(values, seed=1)
    assert bootstrap(values, seed=1) != bootstrap(values, seed=2)


def test_the_interval_covers_the_truth_about_as_often_as_it_says():
    generator = np.random.default_rng(11)
    held = 0
    for number in range(300):
        found = bootstrap(generator.normal(0.5, 0.2, size=30), draws=400, seed=number)
        held += found.low <= 0.5 <= found.high
    # 95% nominal, some less for 30 clusters; three standard errors are 0.04.
    assert 0.89 <= held / 300 <= 0.99


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=15),
    st.integers(0, 9),
)
def test_a_difference_turned_round_changes_sign_and_its_value_lies_in_its_interval(pairs, seed):
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    one = paired_difference(first, second, draws=200, seed=seed)
    two = paired_difference(second, first, draws=200, seed=seed)
    assert (one.value, one.low, one.high) == pytest.approx((-two.value, -two.high, -two.low))
    assert one.value == pytest.approx(np.mean(first) - np.mean(second), abs=1e-12)


def test_pairing_cancels_what_makes_a_vacancy_hard():
    hard = np.linspace(0.0, 1.0, 20)
    found = paired_difference(hard + 0.01, hard)
    assert found.low == pytest.approx(0.01)
    assert found.high == pytest.approx(0.01)


def test_systems_on_other_vacancies_are_not_compared():
    with pytest.raises(DataError, match="same vacancies"):
        paired_difference([0.1, math.nan], [0.1, 0.2])
    with pytest.raises(DataError, match="same vacancies"):
        paired_difference([0.1], [0.1, 0.2])


@pytest.mark.parametrize(
    ("values", "draws"),
    [([], 10), ([math.nan], 10), ([math.inf, 0.1], 10), ([[0.1]], 10), ([0.1], 0)],
)
def test_a_bootstrap_of_nothing_is_refused(values, draws):
    with pytest.raises(DataError):
        bootstrap(values, draws=draws)
