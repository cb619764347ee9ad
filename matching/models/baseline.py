"""The transparent baseline: stated weights on the features, no learning.

A feature's value is brought to [0, 1] (1 is best). What is not known counts as what is typical,
and as uncertain; what the vacancy does not ask counts as typical and as certain, so that one
agreeing field never makes a full score. The score is the weighted mean, in [0, 1].
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matching.features.catalog import COLUMNS, FEATURE_LABELS, FEATURES, check_columns
from matching.models.judgement import Judgement, Link

Array = npt.NDArray[np.float64]

# Judgement, not estimate: what managers and agencies look at first. They sum to 1.
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "skills_essential": 0.11,
        "skills_optional": 0.02,
        "skills_trade": 0.06,
        "skills_related": 0.03,
        "skills_words": 0.40,
        "experience_proximity": 0.13,
        "experience_months": 0.05,
        # No better on data/gold/relevance-dev at any weight: what is near is enough there.
        "experience_family": 0.0,
        "experience_required": 0.02,
        "education_level": 0.02,
        "education_certified": 0.01,
        "reach_minutes": 0.04,
        # What the journey as the person can make it says already.
        "reach_stated": 0.0,
        "reach_public": 0.0,
        "reach_km": 0.0,
        "reach_licence": 0.03,
        "reach_vehicle": 0.0,
        "aspirations_proximity": 0.02,
        "availability_hours": 0.005,
        "availability_weekly": 0.005,
        "availability_shifts": 0.01,
        "availability_contract": 0.01,
        "availability_start": 0.01,
        "languages": 0.02,
    }
)
# What is usual among the people of a hub and the vacancies around it, seen on the development
# set: of a trade named at random most people know little, most can get to the workplace.
TYPICAL: Mapping[str, float] = MappingProxyType(
    {
        "skills_essential": 0.1,
        "skills_optional": 0.1,
        "skills_trade": 0.1,
        "skills_related": 0.15,
        "skills_words": 0.2,
        "experience_proximity": 0.15,
        "experience_months": 0.1,
        "experience_family": 0.2,
        "experience_required": 0.2,
        "education_level": 0.7,
        "education_certified": 0.2,
        "reach_minutes": 0.6,
        "reach_stated": 0.5,
        "reach_public": 0.4,
        "reach_km": 0.6,
        "reach_licence": 0.7,
        "reach_vehicle": 0.6,
        "aspirations_proximity": 0.3,
        "availability_hours": 0.6,
        "availability_weekly": 0.7,
        "availability_shifts": 0.6,
        "availability_contract": 0.6,
        "availability_start": 0.6,
        "languages": 0.4,
    }
)
_ASKED = [COLUMNS.index(str(column.asked_by)) for column in FEATURES]
# A CV of the trade holds 0.3 of a vacancy's trade words and more; above, more says nothing new.
ALIKE = 0.3
# Values at which a journey is as good, and as bad, as it can count: minutes, kilometres.
_TO_UNIT = MappingProxyType(
    {
        "reach_minutes": (15.0, 75.0),
        "reach_stated": (15.0, 75.0),
        "reach_public": (15.0, 75.0),
        "reach_km": (3.0, 40.0),
    }
)
_Z80 = 1.2815515655446004  # standard normal quantile of an 80% interval
_UNIFORM_VARIANCE = 1.0 / 12.0
# Skills that a CV does not mention may still be there, the more so the shorter the CV: with n
# skills shown, up to 1 / (1 + n / 4) of what is missing.
_THIN_CV = 4.0
_SILENT_SKILLS = (
    "skills_essential", "skills_optional", "skills_trade", "skills_related", "skills_words",
)  # fmt: skip
# Even with every answer known, a CV and an advertisement are not the work itself.
_FLOOR = 0.05


class BaselineRanker(BaseEstimator):  # type: ignore[misc]
    """Ranks pairs by stated weights. Follows scikit-learn's contract; fitting learns nothing."""

    link: ClassVar[Link] = Link.IDENTITY
    rank_scale_: ClassVar[float] = 1.0

    def fit(self, X: pd.DataFrame, y: object = None, groups: object = None) -> Self:
        """Remember the columns. ``y`` and ``groups`` are accepted and not used."""
        check_columns(X)
        self.feature_names_in_ = np.asarray(X.columns, dtype=object)
        self.n_features_in_ = len(X.columns)
        return self

    def predict(self, X: pd.DataFrame) -> Array:
        """Score of each pair in [0, 1]."""
        values = self._values(X)
        return _score(values)

    def judge(self, X: pd.DataFrame) -> Judgement:
        """Everything at once; see :class:`matching.models.judgement.Judgement`.

        The 80% interval is that of the score, given what is not known. Unknown answers are taken
        as independent and as uncertain as a uniform draw from [0, 1], skills that a thin CV does
        not show likewise on the part they could add; the sum is taken as normal. The interval
        holds the score, and is never narrower for knowing less.
        """
        values = self._values(X)
        weights = _weights()
        blanks = (self._unknown(X) * weights**2).sum(axis=1) * _UNIFORM_VARIANCE
        variance = blanks + _FLOOR**2
        thin = 1.0 / (1.0 + X["person_skills"].to_numpy(dtype=float) / _THIN_CV)
        gain = np.zeros(len(X))
        for number, column in enumerate(FEATURES):
            if column.name in _SILENT_SKILLS:
                asked = X[str(column.asked_by)].to_numpy(dtype=float) > 0
                room = (1.0 - values[:, number]) * thin * weights[number]
                gain += np.where(asked, room**2, 0.0) * _UNIFORM_VARIANCE
        score = _score(values)
        lower = score - _Z80 * np.sqrt(variance)
        upper = score + _Z80 * np.sqrt(variance + gain)
        # What would stick out at one end is given back at the other: cut off, an interval near
        # an end would be narrower for knowing less.
        below, above = np.maximum(-lower, 0.0), np.maximum(upper - 1.0, 0.0)
        return Judgement(
            score=score,
            lower=np.clip(lower - above, 0.0, 1.0),
            upper=np.clip(upper + below, 0.0, 1.0),
            position=score,
            steepness=np.ones(len(X)),
            members=np.empty((0, len(X))),
            blanks=np.sqrt(blanks),
            probability=None,
        )

    def predict_interval(self, X: pd.DataFrame) -> tuple[Array, Array]:
        """Lower and upper end of an 80% interval of the score, given what is not known."""
        found = self.judge(X)
        return found.lower, found.upper

    def contributions(self, X: pd.DataFrame) -> pd.DataFrame:
        """Part of each feature in the score, over the no-information score, by pair."""
        added = (self._values(X) - _typical()) * _weights()
        return pd.DataFrame(added, index=X.index, columns=FEATURE_LABELS)

    def no_information(self) -> float:
        """Score of a pair that cannot be judged: everything typical."""
        return round(float(_typical() @ _weights()), 12)

    def _check(self, X: pd.DataFrame) -> None:
        check_is_fitted(self)
        check_columns(X)

    def _values(self, X: pd.DataFrame) -> Array:
        self._check(X)
        return _unit(X.to_numpy(dtype=float)[:, : len(FEATURES)])

    def _unknown(self, X: pd.DataFrame) -> Array:
        self._check(X)
        values = X.to_numpy(dtype=float)
        unknown = np.isnan(values[:, : len(FEATURES)]) & (values[:, _ASKED] > 0)
        return np.asarray(unknown, dtype=float, order="C")


def weighted(known: Array) -> Array:
    """What each feature adds to the baseline's score, which is the sum of a row.

    Parameters
    ----------
    known
        Features in the catalog's order, shape (n, features); NaN counts as what is typical.
    """
    return np.asarray(_unit(known) * _weights(), dtype=float)


def _unit(known: Array) -> Array:
    """Features brought to [0, 1], 1 the best; NaN becomes what is typical."""
    # Row by row in memory, or a sum would depend, in its last digit, on how many rows there are.
    values = np.array(known, dtype=float, order="C")
    for number, column in enumerate(FEATURES):
        if column.name in _TO_UNIT:
            best, worst = _TO_UNIT[column.name]
            values[:, number] = (worst - values[:, number]) / (worst - best)
        elif column.name == "skills_words":
            values[:, number] /= ALIKE
    np.clip(values, 0.0, 1.0, out=values)
    return np.where(np.isnan(values), _typical(), values)


def _weights() -> Array:
    return np.array([WEIGHTS[column.name] for column in FEATURES])


def _typical() -> Array:
    return np.array([TYPICAL[column.name] for column in FEATURES])


def _score(values: Array) -> Array:
    # Weights that sum to 1 may sum to a hair more in floating point.
    return np.clip(values @ _weights(), 0.0, 1.0)
