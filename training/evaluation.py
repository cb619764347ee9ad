"""How well a ranking agrees with judgements: pure functions over one query's pool, and intervals.

In every function ``scores`` are a system's scores for one vacancy's pool, ``grades`` (whole
numbers from 0, higher is better) or ``relevant`` (true or false) the judgements of the same
persons in the same order: one-dimensional, of equal length, finite.

Equal scores are counted as what a random order of the tied persons would give on average
(McSherry and Najork 2008, *Computing information retrieval performance measures efficiently in
the presence of tied scores*, ECIR): the order of a file never decides a number, and a system that
gives everybody one score gets exactly what chance gives.

A metric that the judgements leave undefined (nobody relevant, all grades equal) is NaN, whatever
the system did; the means and intervals below are over the defined values.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from matching.errors import DataError

Values = Sequence[float] | Sequence[int] | Sequence[bool] | npt.NDArray[np.generic]
Array = npt.NDArray[np.float64]

DRAWS = 2000
SEED = 20261122
LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean with its interval, and over how many clusters (vacancies) it was taken."""

    value: float
    low: float
    high: float
    clusters: int


def ndcg(grades: Values, scores: Values, *, k: int) -> float:
    """Normalised discounted cumulative gain of the first ``k`` places.

    ``DCG@k = sum over places i = 1..k of (2^grade_i - 1) / log2(i + 1)``, divided by the DCG@k of
    the best order: Järvelin and Kekäläinen 2002 (*Cumulated gain-based evaluation of IR
    techniques*, TOIS 20), with the gain of Burges et al. 2005 (*Learning to rank using gradient
    descent*, ICML). Tied persons share the mean gain of their group. NaN when all grades are 0.

    Raises
    ------
    DataError
        For ``k`` under 1, unequal lengths, values that are not finite, grades that are negative
        or not whole.

    Examples
    --------
    >>> round(ndcg([3, 0, 1], [0.2, 0.9, 0.1], k=2), 4)
    0.5788
    """
    if k < 1:
        raise DataError(f"k = {k}: nDCG needs at least one place; give k of 1 or more.")
    judged, scored = _pool(grades, scores)
    if (judged < 0).any() or (judged != np.floor(judged)).any():
        raise DataError("Grades must be whole numbers from 0; shift the scale before calling.")
    gains = 2.0**judged - 1.0
    discounts = 1.0 / np.log2(np.arange(len(gains)) + 2.0)
    discounts[k:] = 0.0
    ideal = float(np.sort(gains)[::-1] @ discounts)
    if ideal == 0.0:
        return math.nan
    found = sum(
        float(gains[group].mean() * discounts[start : start + len(group)].sum())
        for start, group in _tie_groups(scored)
    )
    return found / ideal


def reciprocal_rank(relevant: Values, scores: Values) -> float:
    """One over the place of the first relevant person; its mean over vacancies is the MRR.

    Voorhees 1999 (*The TREC-8 question answering track report*). In a tie group of ``n`` with
    ``r`` relevant, the first relevant one stands at place ``i`` of the group with probability
    ``C(n - i, r - 1) / C(n, r)``. NaN when nobody is relevant.

    Raises
    ------
    DataError
        For unequal lengths, or values that are not finite, or judgements not true or false.

    Examples
    --------
    >>> reciprocal_rank([0, 1, 1], [0.9, 0.5, 0.1])
    0.5
    """
    judged, scored = _binary_pool(relevant, scores)
    for start, group in _tie_groups(scored):
        size, good = len(group), int(judged[group].sum())
        if good:
            # What is left of C(n, r) after i places is built up, to stay exact and small.
            chance, expected = good / size, 0.0
            for place in range(1, size - good + 2):
                expected += chance / (start + place)
                if place <= size - good:
                    chance *= (size - place - good + 1) / (size - place)
            return expected
    return math.nan


def average_precision(relevant: Values, scores: Values) -> float:
    """Mean over the relevant persons of the precision at their place; its mean is the MAP.

    Buckley and Voorhees 2000 (*Evaluating evaluation measure stability*, SIGIR). For the ``i``-th
    place of a tie group of ``n`` with ``r`` relevant, after ``p`` persons of whom ``R`` relevant,
    the expected precision there is
    ``r/n * (R + 1 + (i - 1) (r - 1)/(n - 1)) / (p + i)`` (McSherry and Najork 2008). Equals
    scikit-learn's ``average_precision_score`` where no scores are equal; that function takes a
    tie group as one threshold instead. NaN when nobody is relevant.

    Raises
    ------
    DataError
        As :func:`reciprocal_rank`.

    Examples
    --------
    >>> average_precision([1, 0, 1, 0], [0.9, 0.8, 0.4, 0.1]) == (1 + 2 / 3) / 2
    True
    """
    judged, scored = _binary_pool(relevant, scores)
    total = float(judged.sum())
    if total == 0.0:
        return math.nan
    expected, before = 0.0, 0.0
    for start, group in _tie_groups(scored):
        size, good = len(group), float(judged[group].sum())
        earlier = (good - 1.0) / (size - 1.0) if size > 1 else 0.0
        places = np.arange(size)
        expected += float(
            (good / size * (before + 1 + places * earlier) / (start + 1 + places)).sum()
        )
        before += good
    return expected / total


def auc(relevant: Values, scores: Values) -> float:
    """Chance that a relevant person scores above one who is not; equal scores count one half.

    The Mann-Whitney statistic on mid-ranks: Hanley and McNeil 1982 (*The meaning and use of the
    area under a ROC curve*, Radiology 143). NaN when all or nobody is relevant.

    Raises
    ------
    DataError
        As :func:`reciprocal_rank`.

    Examples
    --------
    >>> auc([1, 0, 0], [0.5, 0.5, 0.1])
    0.75
    """
    judged, scored = _binary_pool(relevant, scores)
    good = float(judged.sum())
    bad = len(judged) - good
    if good == 0.0 or bad == 0.0:
        return math.nan
    ranks = np.asarray(rankdata(scored), dtype=float)
    return float((ranks @ judged - good * (good + 1.0) / 2.0) / (good * bad))


def spearman(grades: Values, scores: Values) -> float:
    """Spearman's rank correlation: Pearson's correlation of the mid-ranks.

    Spearman 1904 (*The proof and measurement of association between two things*). NaN when all
    grades are equal. A system that gives everybody one score gets 0, what a random order gives
    on average, and not NaN: leaving such vacancies out would reward knowing nothing of them.

    Raises
    ------
    DataError
        For unequal lengths or values that are not finite.

    Examples
    --------
    >>> round(spearman([1, 2, 3, 4], [0.1, 0.3, 0.2, 0.4]), 10)
    0.8
    """
    judged, scored = _pool(grades, scores)
    first = rankdata(judged) - (len(judged) + 1.0) / 2.0
    second = rankdata(scored) - (len(scored) + 1.0) / 2.0
    if not first.any():
        return math.nan
    if not second.any():
        return 0.0
    return float(first @ second / math.sqrt((first @ first) * (second @ second)))


def quadratic_kappa(first: Values, second: Values) -> float:
    """Agreement of two judges beyond chance, a disagreement counting the square of its size.

    ``1 - sum((a_i - b_i)^2) / (mean over all i, j of (a_i - b_j)^2 times n)``: Cohen 1968
    (*Weighted kappa*, Psychological Bulletin 70). NaN when both judges use one same grade only.

    Raises
    ------
    DataError
        For unequal lengths or values that are not finite.

    Examples
    --------
    >>> quadratic_kappa([0, 0, 1, 1], [0, 1, 1, 1])
    0.5
    """
    one, two = _pool(first, second)
    by_chance = float(((one[:, None] - two[None, :]) ** 2).mean())
    if by_chance == 0.0:
        return math.nan
    return 1.0 - float(((one - two) ** 2).mean()) / by_chance


def calibration_error(chances: Values, happened: Values, *, bins: int = 10) -> float:
    """Mean distance of chances from how often it happened, over bins of equally many pairs.

    The expected calibration error of Naeini, Cooper and Hauskrecht 2015 (*Obtaining well
    calibrated probabilities using Bayesian binning*, AAAI), with bins of equal size.

    Raises
    ------
    DataError
        For unequal lengths, or values that are not finite, or outcomes not true or false.

    Examples
    --------
    >>> calibration_error([0.2, 0.2, 0.8, 0.8], [0, 0, 1, 1], bins=2)
    0.2
    """
    outcome, chance = _binary_pool(happened, chances)
    order = np.argsort(chance, kind="stable")
    parts = np.array_split(order, min(bins, len(order)))
    apart = [abs(chance[part].mean() - outcome[part].mean()) * len(part) for part in parts]
    return round(float(sum(apart) / len(order)), 12)


def bootstrap(values: Values, *, draws: int = DRAWS, seed: int = SEED) -> Estimate:
    """Mean of one metric over vacancies, with its 95% percentile bootstrap interval.

    Vacancies are the clusters: they are drawn with replacement, each with its whole pool (Efron
    and Tibshirani 1993, *An introduction to the bootstrap*, chapter 13; for ranking metrics Sakai
    2006, SIGIR). The same persons stand in the pools of all vacancies and are not drawn again, so
    an interval says how much other vacancies would change the number, not other persons.

    Parameters
    ----------
    values
        The metric of each vacancy; NaN where it is not defined, which is left out.
    draws
        How many samples of vacancies.
    seed
        Of the generator: equal inputs give equal intervals.

    Raises
    ------
    DataError
        When no value is defined, one is infinite, or ``draws`` is under 1.
    """
    array = np.asarray(values, dtype=float)
    if array.ndim != 1 or np.isinf(array).any():
        raise DataError(f"Values of shape {array.shape}: one finite number or NaN per vacancy.")
    if draws < 1:
        raise DataError(f"draws = {draws}: a bootstrap needs at least one; 2000 is usual.")
    defined = array[~np.isnan(array)]
    if not len(defined):
        raise DataError("The metric is not defined for any vacancy: nothing can be averaged.")
    picks = np.random.default_rng(seed).integers(len(defined), size=(draws, len(defined)))
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.quantile(defined[picks].mean(axis=1), [tail, 1.0 - tail])
    return Estimate(
        value=float(defined.mean()), low=float(low), high=float(high), clusters=len(defined)
    )


def paired_difference(
    first: Values, second: Values, *, draws: int = DRAWS, seed: int = SEED
) -> Estimate:
    """Mean of ``first - second`` over the same vacancies, with its 95% interval.

    The same vacancies are drawn for both systems, so that what makes a vacancy hard for both
    cancels. An interval that holds 0 does not tell the two systems apart.

    Raises
    ------
    DataError
        As :func:`bootstrap`; also when the two do not cover the same vacancies.
    """
    one, two = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    if one.shape != two.shape or not np.array_equal(np.isnan(one), np.isnan(two)):
        raise DataError(
            "The two systems are not defined for the same vacancies: compare them on equal pools."
        )
    return bootstrap(one - two, draws=draws, seed=seed)


def _pool(judged: Values, scores: Values) -> tuple[Array, Array]:
    one, two = np.asarray(judged, dtype=float), np.asarray(scores, dtype=float)
    if one.ndim != 1 or one.shape != two.shape or not len(one):
        raise DataError(
            f"Judgements of shape {one.shape} and scores of shape {two.shape}: give two lists of "
            "equal length, one value per person, at least one person."
        )
    if not (np.isfinite(one).all() and np.isfinite(two).all()):
        raise DataError("A judgement or a score is NaN or infinite: every person needs both.")
    return one, two


def _binary_pool(relevant: Values, scores: Values) -> tuple[Array, Array]:
    judged, scored = _pool(relevant, scores)
    if not np.isin(judged, (0.0, 1.0)).all():
        raise DataError("Relevance must be true or false: compare grades with a threshold first.")
    return judged, scored


def _tie_groups(scores: Array) -> Iterator[tuple[int, npt.NDArray[np.intp]]]:
    """Yield groups of equal scores, best first: how many stand before, and their positions."""
    order = np.argsort(-scores, kind="stable")
    ordered = scores[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    for number, start in enumerate(starts):
        stop = starts[number + 1] if number + 1 < len(starts) else len(order)
        yield int(start), order[start:stop]
