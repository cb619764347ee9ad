"""A ranker that learns from decisions: LightGBM's LambdaRank, monotone where the catalog says so.

It starts from the transparent baseline and learns how to depart from it, so that where decisions
say little it ranks as the baseline does. It is the mean of several boosters, each learnt on a draw
of the vacancies: how they differ says how sure the order is. It sees the features alone. Of what
a vacancy asks, and of how much a profile shows, it is told nothing: a pair of which nothing is
known scores the same whatever is asked. What is not known counts as the mean of what is known
elsewhere, so that by monotony a blank is never worse than the worst answer nor better than the
best.
"""

from math import sqrt
from statistics import NormalDist
from typing import Any, ClassVar, Self

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matching.errors import DataError
from matching.features.catalog import COLUMNS, FEATURE_LABELS, FEATURES, check_columns
from matching.models.baseline import TYPICAL, WEIGHTS, weighted
from matching.models.boosting import Pairs, bagged
from matching.models.chances import Chances
from matching.models.judgement import Judgement, Link
from matching.models.leaves import leaves_of
from matching.models.ranker_file import FORMAT, digest, joined, parted, sealed, verified
from matching.models.slopes import squashing
from matching.models.tree_loops import compiled_tree_loops
from matching.models.trees import tree_scorer

Array = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

_NAMES = [column.name for column in FEATURES]
_DIRECTIONS = np.array([column.direction for column in FEATURES])
_ASKED = [COLUMNS.index(str(column.asked_by)) for column in FEATURES]
_NOTHING = np.full((1, len(_NAMES)), np.nan)  # the pair of which nothing is known
# Beyond any share and any number of minutes: trees only compare, so it stands for "the most".
_FAR = 1e9
_Z80 = NormalDist().inv_cdf(0.9)
# However alike the boosters, a CV and an advertisement are not the work itself.
_LEAST_RESIDUAL = 0.05
_RANGE_ROWS = 500
# LightGBM's own limits for LambdaRank.
_MOST_ROWS, _MOST_GRADE = 10_000, 30
# Grades count in proportion: of those shortlisted, who is hired is for the most part chance.
_GAINS = list(range(_MOST_GRADE + 1))
_LEARNT = ("typical_", "ranges_", "priors_", "slope_", "intercept_", "residual_", "rank_scale_")


class LambdaRanker(BaseEstimator):  # type: ignore[misc]
    """Ranks pairs by trees learnt from graded decisions. Follows scikit-learn's contract.

    The baseline's score times ``prior`` and what the trees add give a margin, which only orders
    pairs; ``prior`` is the slope with which the baseline alone tells the better graded of two. The
    margin is the mean over the boosters. The score is
    ``1 / (1 + exp(-(slope * margin + intercept)))``, with the slope above 0: fitted on pairs whose
    vacancy the boosters had not drawn, it estimates the outcome as a share of the highest grade.
    The same data, parameters and machine give the same model, byte for byte.

    Parameters
    ----------
    members, trees, leaves
        Boosters, trees of each, leaves of a tree at most.
    learning_rate, least_rows, penalty
        Shrinkage, pairs in a leaf at least, L2 penalty of a leaf.
    top
        Ranks that count.
    threads, seed
        LightGBM's threads (on small data, or a busy machine, more are slower), and all chance.

    Attributes
    ----------
    rank_scale_
        By how much the spread of the boosters is multiplied to tell how the order would change
        had the ranker learnt from other decisions; 1 until :meth:`with_calibration`.
    """

    link: ClassVar[Link] = Link.LOGIT

    def __init__(
        self,
        *,
        members: int = 6,
        trees: int = 120,
        leaves: int = 6,
        learning_rate: float = 0.08,
        least_rows: int = 100,
        penalty: float = 20.0,
        top: int = 40,
        threads: int = 1,
        seed: int = 0,
    ) -> None:
        self.members = members
        self.trees = trees
        self.leaves = leaves
        self.learning_rate = learning_rate
        self.least_rows = least_rows
        self.penalty = penalty
        self.top = top
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
        if self.members < 2:
            raise DataError(f"The ranker was given members={self.members}; give 2 or more.")
        grades, codes = _grades(y, len(X)), _codes(groups, len(X))
        # LightGBM wants the pairs of a vacancy side by side.
        order = np.argsort(codes, kind="stable")
        grades, codes = grades[order], codes[order]
        known = X[_NAMES].to_numpy(dtype=float)[order]
        self.typical_ = _means(known)
        pairs = Pairs(known=known, filled=self._filled(known), grades=grades, codes=codes)
        found, unseen = bagged(
            pairs, self._parameters(), trees=self.trees, members=self.members, seed=self.seed
        )
        self.priors_ = np.array([member.prior for member in found])
        self._load([member.text for member in found])
        self.rank_scale_ = 1.0
        self.chances_: Chances | None = None
        margins = self._margins(known)
        apart = _unseen_mean(margins, unseen)
        learnt = ~np.isnan(apart)
        share = grades[learnt] / max(grades.max(), 1.0)
        self.slope_, self.intercept_ = squashing(apart[learnt], share)
        moved = self._squash(margins.mean(axis=0)[learnt]) - self._squash(apart[learnt])
        self.residual_ = max(sqrt(float((moved**2).mean())), _LEAST_RESIDUAL)
        self.ranges_ = self._ranges(known)
        return self

    def with_calibration(self, *, rank_scale: float, chances: Chances | None) -> Self:
        """Take on what was learnt on decisions that came after those of the fit."""
        check_is_fitted(self)
        self.rank_scale_ = rank_scale
        self.chances_ = chances
        return self

    def judge(self, X: pd.DataFrame) -> Judgement:
        """Everything at once; see :class:`matching.models.judgement.Judgement`.

        The interval: unknown answers are taken as independent, each moving the score as a uniform
        draw from the feature's range would; to that comes how far scores move when the pair's own
        vacancy is not learnt from. The sum is taken as normal. The interval holds the score, and
        is never narrower for knowing less.
        """
        values = self._values(X)
        margins = self._margins(values[:, : len(_NAMES)])
        margin = margins.mean(axis=0)
        score = self._squash(margin)
        blanks = np.sqrt(_unknown(values) @ self.ranges_**2 / 12.0)
        half = _Z80 * np.sqrt(blanks**2 + self.residual_**2)
        lower, upper = score - half, score + half
        # What would stick out at one end is given back at the other: cut off, an interval near
        # an end would be narrower for knowing less.
        below, above = np.maximum(-lower, 0.0), np.maximum(upper - 1.0, 0.0)
        return Judgement(
            score=score,
            lower=np.clip(lower - above, 0.0, 1.0),
            upper=np.clip(upper + below, 0.0, 1.0),
            position=margin,
            steepness=self.slope_ * score * (1.0 - score),
            members=margins,
            blanks=blanks,
            probability=None if self.chances_ is None else self.chances_.at(margin),
        )

    def predict(self, X: pd.DataFrame) -> Array:
        """Score of each pair in [0, 1], shape (n,)."""
        return self._squash(self._margin(self._known(X)))

    def predict_interval(self, X: pd.DataFrame) -> tuple[Array, Array]:
        """Lower and upper end of an 80% interval of the score, given what is not known."""
        found = self.judge(X)
        return found.lower, found.upper

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
        prior = float(self.priors_.mean())
        parts = (trees + prior * (weighted(known) - weighted(_NOTHING))) * scale[:, None]
        return pd.DataFrame(parts, index=X.index, columns=FEATURE_LABELS)

    def no_information(self) -> float:
        """Score of a pair of which nothing is known."""
        check_is_fitted(self)
        return float(self._squash(self._margin(_NOTHING))[0])

    def to_text(self) -> str:
        """Return the trees of all boosters in LightGBM's own text form, one after the other."""
        check_is_fitted(self)
        return self.text_

    def to_json(self) -> str:
        """Return all the rest as JSON, with the SHA-256 of the trees' text and of itself."""
        check_is_fitted(self)
        state: dict[str, Any] = {
            "made_for": _made_for(),
            "parameters": self.get_params(),
            "text_sha256": digest(self.text_),
            "chances": None if self.chances_ is None else self.chances_.to_state(),
            **{name: np.asarray(getattr(self, name)).tolist() for name in _LEARNT},
        }
        return sealed(state)

    @classmethod
    def from_json(cls, state: str, text: str) -> Self:
        """Restore a ranker from what ``to_json`` and ``to_text`` gave.

        Both are verified before LightGBM reads a byte: a truncated text would end the process.

        Raises
        ------
        DataError
            If either was altered, or was made for other features or another format.
        """
        stored = verified(state, text, _made_for())
        ranker = cls(**stored["parameters"])
        for name in _LEARNT:
            value = stored[name]
            setattr(ranker, name, np.array(value) if isinstance(value, list) else value)
        found = stored["chances"]
        ranker.chances_ = None if found is None else Chances.from_state(found)
        ranker._load(parted(text))
        return ranker

    def _parameters(self) -> dict[str, object]:
        return {
            "objective": "lambdarank",
            "num_leaves": self.leaves,
            "learning_rate": self.learning_rate,
            "min_data_in_leaf": self.least_rows,
            "lambda_l2": self.penalty,
            "lambdarank_truncation_level": self.top,
            "label_gain": _GAINS,
            "monotone_constraints": _DIRECTIONS.tolist(),
            "monotone_constraints_method": "basic",
            "feature_pre_filter": False,
            "deterministic": True,
            "force_row_wise": True,
            "num_threads": self.threads,
            "seed": self.seed,
            "verbosity": -1,
        }

    def _load(self, texts: list[str]) -> None:
        self.text_ = joined(texts)
        boosters = [lgb.Booster(model_str=text) for text in texts]
        loops = compiled_tree_loops()
        self._scorer = tree_scorer(boosters, loops=loops, threads=self.threads)
        self._leaves = leaves_of(boosters, len(_NAMES), loops=loops)
        self.feature_names_in_ = np.asarray(COLUMNS, dtype=object)
        self.n_features_in_ = len(COLUMNS)

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

    def _values(self, X: pd.DataFrame) -> Array:
        """The frame as numbers, NaN where not known."""
        check_is_fitted(self)
        check_columns(X)
        return np.asarray(X.to_numpy(dtype=float))

    def _known(self, X: pd.DataFrame) -> Array:
        return self._values(X)[:, : len(_NAMES)]

    def _filled(self, known: Array) -> Array:
        return np.where(np.isnan(known), self.typical_, known)

    def _margin(self, known: Array) -> Array:
        return np.asarray(self._margins(known).mean(axis=0), dtype=float)

    def _margins(self, known: Array) -> Array:
        """Margin of each pair by each booster, shape (boosters, n)."""
        base = weighted(known).sum(axis=1)
        added = self._scorer.margins(self._filled(known))
        return np.asarray(added + self.priors_[:, None] * base, dtype=float)

    def _squash(self, margin: Array) -> Array:
        return np.asarray(expit(self.slope_ * margin + self.intercept_), dtype=float)


def _unseen_mean(margins: Array, unseen: npt.NDArray[np.bool_]) -> Array:
    """Mean margin by the boosters that did not draw the pair's vacancy, NaN where all did."""
    count = unseen.sum(axis=0)
    total = np.where(unseen, margins, 0.0).sum(axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


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


def _unknown(values: Array) -> Array:
    return (np.isnan(values[:, : len(_NAMES)]) & (values[:, _ASKED] > 0)).astype(float)


def _made_for() -> list[Any]:
    columns = [[column.name, column.direction] for column in FEATURES]
    # The trees depart from the baseline as it was: another baseline makes another model.
    return [LambdaRanker.__name__, FORMAT, columns, dict(WEIGHTS), dict(TYPICAL)]
