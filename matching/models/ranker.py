"""A ranker that learns from decisions: LightGBM's LambdaRank, monotone where the catalog says so.

It starts from the transparent baseline and learns how to depart from it, so that where decisions
say little it ranks as the baseline does. It sees the features alone. Of what a vacancy asks, and
of how much a profile shows, it is told nothing: a pair of which nothing is known scores the same
whatever is asked. What is not known counts as the mean of what is known elsewhere, so that by
monotony a blank is never worse than the worst answer nor better than the best.
"""

import hashlib
import json
from collections.abc import Mapping
from math import sqrt
from statistics import NormalDist
from types import MappingProxyType
from typing import Any, Self

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matching.errors import DataError
from matching.features.catalog import COLUMNS, FEATURES, check_columns
from matching.models.baseline import TYPICAL, WEIGHTS, weighted
from matching.models.leaves import leaves_of
from matching.models.slopes import pairwise_slope, squashing

Array = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

_NAMES = [column.name for column in FEATURES]
_DIRECTIONS = np.array([column.direction for column in FEATURES])
_NOTHING = np.full((1, len(_NAMES)), np.nan)  # the pair of which nothing is known
# Beyond any share and any number of minutes: trees only compare, so it stands for "the most".
_FAR = 1e9
_Z80 = NormalDist().inv_cdf(0.9)
# However alike the models of the folds, a CV and an advertisement are not the work itself.
_LEAST_RESIDUAL = 0.05
_RANGE_ROWS = 500
# LightGBM's own limits for LambdaRank.
_MOST_ROWS, _MOST_GRADE = 10_000, 30
_FORMAT = 2
_LEARNT = ("typical_", "ranges_", "prior_", "slope_", "intercept_", "residual_")


class LambdaRanker(BaseEstimator):  # type: ignore[misc]
    """Ranks pairs by trees learnt from graded decisions. Follows scikit-learn's contract.

    The baseline's score times ``prior`` and what the trees add give a margin, which only orders
    pairs; ``prior`` is the slope with which the baseline alone tells the better graded of two. The
    score is ``1 / (1 + exp(-(slope * margin + intercept)))``, with the slope above 0: fitted on
    pairs whose vacancy the trees had not seen, it estimates the outcome as a share of the highest
    grade.
    The same data, parameters and machine give the same model, byte for byte.

    Parameters
    ----------
    trees, leaves, learning_rate, least_rows, penalty
        Trees, leaves of each at most, shrinkage, pairs in a leaf at least, L2 penalty of a leaf.
    top, folds
        Ranks that count; parts, by vacancy, from which slope and uncertainty are learnt.
    threads, seed
        LightGBM's threads (on small data, or a busy machine, more are slower), and all chance.
    """

    def __init__(
        self,
        *,
        trees: int = 150,
        leaves: int = 4,
        learning_rate: float = 0.05,
        least_rows: int = 100,
        penalty: float = 20.0,
        top: int = 20,
        folds: int = 5,
        threads: int = 1,
        seed: int = 0,
    ) -> None:
        self.trees = trees
        self.leaves = leaves
        self.learning_rate = learning_rate
        self.least_rows = least_rows
        self.penalty = penalty
        self.top = top
        self.folds = folds
        self.threads = threads
        self.seed = seed

    def fit(self, X: pd.DataFrame, y: object = None, groups: object = None) -> Self:
        """Learn from pairs, shape (n, columns), their grades and vacancies, shape (n,) each.

        Grades are whole numbers from 0, higher is better. Pairs of a vacancy may stand apart.

        Raises
        ------
        FeatureError
            If the columns are not the catalog's.
        DataError
            If grades or vacancies are missing or cannot be learnt from.
        """
        check_columns(X)
        if self.folds < 2:
            raise DataError(f"The ranker was given folds={self.folds}; give 2 or more.")
        grades, codes = _grades(y, len(X)), _codes(groups, len(X))
        # LightGBM wants the pairs of a vacancy side by side.
        order = np.argsort(codes, kind="stable")
        grades, codes = grades[order], codes[order]
        known = X[_NAMES].to_numpy(dtype=float)[order]
        self.typical_ = _means(known)
        text, self.prior_ = self._train(known, grades, codes)
        self._load(text)
        unseen = self._out_of_fold(known, grades, codes)
        self.slope_, self.intercept_ = squashing(unseen, grades / max(grades.max(), 1.0))
        moved = self._squash(self._margin(known)) - self._squash(unseen)
        self.residual_ = max(sqrt(float((moved**2).mean())), _LEAST_RESIDUAL)
        self.ranges_ = self._ranges(known)
        return self

    def predict(self, X: pd.DataFrame) -> Array:
        """Score of each pair in [0, 1], shape (n,)."""
        return self._squash(self._margin(self._known(X)))

    def predict_interval(self, X: pd.DataFrame) -> tuple[Array, Array]:
        """Lower and upper end of an 80% interval of the score, given what is not known.

        Unknown answers are taken as independent, each moving the score as a uniform draw from
        the feature's range would; to that comes how far scores move when the pair's own vacancy
        is not learnt from. The sum is taken as normal. The interval holds the score, and is never
        narrower for knowing less.
        """
        score = self.predict(X)
        variance = _unknown(X) @ self.ranges_**2 / 12.0 + self.residual_**2
        lower, upper = score - _Z80 * np.sqrt(variance), score + _Z80 * np.sqrt(variance)
        # What would stick out at one end is given back at the other: cut off, an interval near
        # an end would be narrower for knowing less.
        below, above = np.maximum(-lower, 0.0), np.maximum(upper - 1.0, 0.0)
        return np.clip(lower - above, 0.0, 1.0), np.clip(upper + below, 0.0, 1.0)

    def contributions(self, X: pd.DataFrame) -> pd.DataFrame:
        """Part of each feature in the score, over the no-information score, by pair.

        Exact Shapley values of the margin against the pair of which nothing is known, so that a
        feature that is not known has no part; brought to the scale of the score.
        """
        known = self._known(X)
        margin, base = self._margin(known), self._margin(_NOTHING)
        score, start = self._squash(margin), self._squash(base)
        apart = margin - base
        near = np.abs(apart) < 1e-9
        tangent = self.slope_ * score * (1.0 - score)  # what the secant tends to
        scale = np.where(near, tangent, (score - start) / np.where(near, 1.0, apart))
        trees = self._leaves.shapley(self._filled(known), self.typical_)
        parts = (trees + self.prior_ * (weighted(known) - weighted(_NOTHING))) * scale[:, None]
        return pd.DataFrame(parts, index=X.index, columns=_NAMES)

    def swings(self, X: pd.DataFrame) -> pd.DataFrame:
        """How far the answer to each unknown could move the score, 0 where it is known."""
        known = self._known(X)
        moved = np.zeros_like(known)
        for number, rows in enumerate(_unknown(X).T > 0):
            moved[rows, number] = self._worst_to_best(known[rows], number)
        return pd.DataFrame(moved, index=X.index, columns=_NAMES)

    def stakes(self) -> Mapping[str, float]:
        """How far the best of each feature moves the score over its worst: at most, as learnt."""
        check_is_fitted(self)
        return MappingProxyType(dict(zip(_NAMES, self.ranges_.tolist(), strict=True)))

    def no_information(self) -> float:
        """Score of a pair of which nothing is known."""
        check_is_fitted(self)
        return float(self._squash(self._margin(_NOTHING))[0])

    def to_text(self) -> str:
        """Return the trees in LightGBM's own text form."""
        check_is_fitted(self)
        return self.text_

    def to_json(self) -> str:
        """Return all the rest as JSON, with the SHA-256 of the trees' text and of itself."""
        check_is_fitted(self)
        state: dict[str, Any] = {
            "made_for": _made_for(),
            "parameters": self.get_params(),
            "text_sha256": _digest(self.text_),
            **{name: np.asarray(getattr(self, name)).tolist() for name in _LEARNT},
        }
        return _canonical(state | {"sha256": _digest(_canonical(state))})

    @classmethod
    def from_json(cls, state: str, text: str) -> Self:
        """Restore a ranker from what ``to_json`` and ``to_text`` gave.

        Both are verified before LightGBM reads a byte: a truncated text would end the process.

        Raises
        ------
        DataError
            If either was altered, or was made for other features or another format.
        """
        stored = _verified(state)
        if _digest(text) != stored["text_sha256"]:
            raise DataError(
                "The ranker's trees were altered, or are another model's: they have not the "
                "SHA-256 that its state records; load the last good version."
            )
        ranker = cls(**stored["parameters"])
        for name in _LEARNT:
            value = stored[name]
            setattr(ranker, name, np.array(value) if isinstance(value, list) else value)
        ranker._load(text)
        return ranker

    def _load(self, text: str) -> None:
        self.text_ = text
        self._booster = lgb.Booster(model_str=text)
        self._leaves = leaves_of(self._booster, len(_NAMES))
        self.feature_names_in_ = np.asarray(COLUMNS, dtype=object)
        self.n_features_in_ = len(COLUMNS)

    def _train(self, known: Array, grades: Array, codes: Codes) -> tuple[str, float]:
        """Trees as text, and how much the baseline they start from counts."""
        parameters = {
            "objective": "lambdarank",
            "num_leaves": self.leaves,
            "learning_rate": self.learning_rate,
            "min_data_in_leaf": self.least_rows,
            "lambda_l2": self.penalty,
            "lambdarank_truncation_level": self.top,
            "monotone_constraints": _DIRECTIONS.tolist(),
            "monotone_constraints_method": "basic",
            "feature_pre_filter": False,
            "deterministic": True,
            "force_row_wise": True,
            "num_threads": self.threads,
            "seed": self.seed,
            "verbosity": -1,
        }
        start = weighted(known).sum(axis=1)
        prior = pairwise_slope(start, grades, codes)
        data = lgb.Dataset(
            self._filled(known),
            grades,
            group=np.unique(codes, return_counts=True)[1],
            init_score=prior * start,
            feature_name=_NAMES,
            params=parameters,
        )
        return lgb.train(parameters, data, num_boost_round=self.trees).model_to_string(), prior

    def _out_of_fold(self, known: Array, grades: Array, codes: Codes) -> Array:
        """Margin of each pair by trees that saw no pair of its vacancy."""
        turn = np.random.default_rng(self.seed).permutation(int(codes.max()) + 1)
        fold = (turn % self.folds)[codes]
        margin = np.empty(len(known))
        for number in np.unique(fold):
            held = fold == number
            text, prior = self._train(known[~held], grades[~held], codes[~held])
            trees = lgb.Booster(model_str=text)
            margin[held] = self._added(trees, known[held]) + _base(prior, known[held])
        return margin

    def _ranges(self, known: Array) -> Array:
        chance = np.random.default_rng(self.seed)
        size = min(len(known), _RANGE_ROWS)
        sample = known[np.sort(chance.choice(len(known), size, replace=False))]
        return np.array([self._worst_to_best(sample, n).max() for n in range(len(_NAMES))])

    def _worst_to_best(self, known: Array, number: int) -> Array:
        far = np.where(np.arange(len(_NAMES)) == number, _FAR * _DIRECTIONS, 0.0)
        best, worst = (np.where(far != 0.0, end, known) for end in (far, -far))
        moved = self._squash(self._margin(best)) - self._squash(self._margin(worst))
        return np.maximum(moved, 0.0)  # rounding apart, never below 0

    def _known(self, X: pd.DataFrame) -> Array:
        """Features of the catalog as they are, NaN where not known."""
        check_is_fitted(self)
        check_columns(X)
        return np.asarray(X[_NAMES].to_numpy(dtype=float))

    def _filled(self, known: Array) -> Array:
        return np.where(np.isnan(known), self.typical_, known)

    def _margin(self, known: Array) -> Array:
        return self._added(self._booster, known) + _base(self.prior_, known)

    def _added(self, trees: lgb.Booster, known: Array) -> Array:
        """What trees add to the baseline's part of the margin."""
        if len(known) == 0:
            return np.empty(0)
        added = trees.predict(self._filled(known), raw_score=True, num_threads=self.threads)
        return np.asarray(added, dtype=float)

    def _squash(self, margin: Array) -> Array:
        return np.asarray(expit(self.slope_ * margin + self.intercept_), dtype=float)


def _base(prior: float, known: Array) -> Array:
    return np.asarray(prior * weighted(known).sum(axis=1), dtype=float)


def _grades(y: object, rows: int) -> Array:
    grades = np.asarray(y, dtype=float)
    if grades.shape != (rows,):
        raise DataError(f"{rows} pairs have grades of shape {grades.shape}; give one for each.")
    wrong = grades[~((grades >= 0) & (grades <= _MOST_GRADE) & (grades == np.floor(grades)))]
    if len(wrong):
        raise DataError(f"The grade {wrong[0]} is not a whole number from 0 to {_MOST_GRADE}.")
    return grades


def _codes(groups: object, rows: int) -> Codes:
    vacancies = np.asarray(groups)
    if vacancies.shape != (rows,):
        raise DataError(f"{rows} pairs have vacancies of shape {vacancies.shape}; give each one.")
    codes = np.asarray(pd.factorize(vacancies, sort=True)[0], dtype=np.int64)
    if (codes < 0).any():
        raise DataError("A pair has no vacancy; leave it out or say which it is.")
    sizes = np.bincount(codes)
    if len(sizes) < 2:
        raise DataError(f"{len(sizes)} vacancies are too few to keep one apart; give 2 or more.")
    if sizes.max() > _MOST_ROWS:
        raise DataError(f"A vacancy has {sizes.max()} pairs; give {_MOST_ROWS} at most.")
    return codes


def _means(known: Array) -> Array:
    there = ~np.isnan(known)  # of a feature never known nothing is learnt: any constant does
    means: Array = np.where(there, known, 0.0).sum(axis=0) / np.maximum(there.sum(axis=0), 1)
    return means


def _unknown(X: pd.DataFrame) -> Array:
    asked = X[[str(column.asked_by) for column in FEATURES]].to_numpy(dtype=float) > 0
    return (X[_NAMES].isna().to_numpy() & asked).astype(float)


def _made_for() -> list[Any]:
    columns = [[column.name, column.direction] for column in FEATURES]
    # The trees depart from the baseline as it was: another baseline makes another model.
    return [LambdaRanker.__name__, _FORMAT, columns, dict(WEIGHTS), dict(TYPICAL)]


def _canonical(state: Mapping[str, Any]) -> str:
    return json.dumps(state, sort_keys=True, indent=1)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _verified(state: str) -> dict[str, Any]:
    altered = "The ranker's state was altered ({}); load the last good version."
    try:
        stored = json.loads(state)
    except (ValueError, RecursionError) as error:
        raise DataError(altered.format(f"no JSON: {error}")) from error
    digest = stored.pop("sha256", None) if isinstance(stored, dict) else None
    if digest is None or digest != _digest(_canonical(stored)):
        raise DataError(altered.format("it has not the SHA-256 that it records"))
    if stored.get("made_for") != _made_for():
        raise DataError("The ranker's state is of another format or catalog; train it anew.")
    return dict(stored)
