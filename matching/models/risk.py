"""Risk of staying without work: discrete-time logistic hazards by month, fitted on spells.

In each month of a spell a person may find work, with a hazard of its own; who does not may become
inactive, with another. A spell that is still open when it is last seen counts for the months that
were seen, and only for them. The risk is used to add help, never to narrow it.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from typing import Self

import numpy as np
import pandas as pd
from scipy.special import expit
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matching.errors import DataError, FeatureError
from matching.features.situation import DIRECTIONS
from matching.models.contributions import shared
from matching.models.covariates import Array, covariates
from matching.models.hazard_file import read_hazard, write_hazard
from matching.models.hazard_fit import (
    Cause,
    check_settings,
    fit_cause,
    likeliest_loose,
    likeliest_strength,
)
from matching.models.hazard_loops import by_one_course, compiled_fold
from matching.models.intervals import Z80, drawn_ends
from matching.models.spells import (
    CAUSES,
    CENSORED,
    INACTIVE,
    WORK,
    Whole,
    check_horizons,
    exits,
    no_work_slopes,
    outcomes,
    person_months,
)

__all__ = [
    "CAUSES",
    "CENSORED",
    "HORIZONS",
    "INACTIVE",
    "MATTERS",
    "REASON_MONTHS",
    "WORK",
    "DiscreteHazard",
]

HORIZONS = (6, 12, 18, 24)
# Horizon of the reasons, and how much an unknown must be able to move it to be worth asking.
REASON_MONTHS = 12
MATTERS = 0.02

_LEARNT = ("mean_", "scale_", "signs_", "coef_", "covariance_")
# The course of the hazard over the months is penalised by the square of this less than the
# covariates are: it is estimated from everybody, and a halving after a year must stay one.
_STEP_SIZE = 3.0
_DRAWS = 300
_ROWS_AT_ONCE = 8192
_EXPLAINED_AT_ONCE = 1024
_FEW = 4096


@lru_cache(maxsize=64)
def chance_columns(horizons: tuple[int, ...]) -> "pd.Index[str]":
    """The columns of chances by some horizons, made once: it takes as long as to foretell does."""
    names = [f"{name}_{one}" for one in horizons for name in ("no_work", "inactive")]
    return pd.Index(names, dtype=object)


def worth_asking(swings: pd.DataFrame) -> list[tuple[str, ...]]:
    """For each row of a model's ``swings``, the covariates that matter, the most first."""
    names, values = [str(name) for name in swings.columns], swings.to_numpy(dtype=float)
    order = np.argsort(-values, axis=1, kind="stable")
    return [
        tuple(names[place] for place in places if row[place] >= MATTERS)
        for row, places in zip(values, order, strict=True)
    ]


class DiscreteHazard(BaseEstimator):  # type: ignore[misc]
    """Hazards of work and of inactivity by month, and what follows from them.

    The log odds of each are linear in the covariates, standardised inside, and change after each
    month in ``steps``; what comes after ``months`` is not read. A label that says what came after
    one period is a spell of one: ``months=1, steps=()``. The ridge penalty is ``1 / C``; by
    default most effects are taken to be below a fifth of a log odds per standard deviation, and
    with None the penalty is chosen under which what was seen is likeliest (``C_``).
    ``directions`` says which covariates cannot lower (1) or raise (-1) the odds of work, nor
    raise or lower those of going inactive; by default those of the catalog of situations.
    ``undirected`` is the strength of the covariates without a direction that stand beside others
    with one; by default that, up to ``C``, under which what was seen is likeliest
    (``undirected_``): who cannot say in which way something works cannot say that it does. A
    covariate that is not known counts as its mean in training, and as uncertain. ``allowed`` are
    protected names that may be covariates all the same. ``seed`` is of the draws behind the
    intervals.
    """

    def __init__(
        self,
        *,
        months: int = 24,
        steps: Sequence[int] = (3, 6, 12, 18),
        C: float | None = 0.03,
        undirected: float | None = None,
        directions: Mapping[str, int] | None = None,
        allowed: Sequence[str] = (),
        seed: int = 0,
    ) -> None:
        self.months = months
        self.steps = steps
        self.C = C
        self.undirected = undirected
        self.directions = directions
        self.allowed = allowed
        self.seed = seed

    def fit(self, X: pd.DataFrame, y: pd.DataFrame) -> Self:
        """Learn from spells.

        Parameters
        ----------
        X
            Covariates at the start, a row per spell, numbers or booleans; NaN where not known.
        y
            A row per spell in the same order: ``months`` seen, whole, the month of the exit
            included; ``event``, one of work, inactive, censored. No two are of one person.

        Raises
        ------
        FeatureError
            For a frame without the columns or with a protected one, a value that is no finite
            number, or an event or a length that cannot be.
        DataError
            If no spell ends in work, or all of them in the first month.
        """
        check_settings(**self.get_params())
        values = covariates(X, allowed=self.allowed)
        months, event = outcomes(y, len(X))
        names = [str(name) for name in X.columns]
        if unseen := [name for name, v in zip(names, values.T, strict=True) if np.isnan(v).all()]:
            raise FeatureError(f"Nothing is known of {unseen[0]!r} in any spell; leave it out.")
        self.mean_ = np.nanmean(values, axis=0)
        spread = np.nanstd(values, axis=0)
        self.scale_ = np.where(spread > 1e-12, spread, 1.0)
        known = DIRECTIONS if self.directions is None else self.directions
        self.signs_ = np.array([float(known.get(name, 0)) for name in names])

        spell, month = person_months(np.minimum(months, self.months))
        exits = np.where(month == months[spell], event[spell], CENSORED)
        works, quits = exits == WORK, exits == INACTIVE
        if not works.any() or works.all():
            raise DataError(
                f"{int(works.sum())} of {len(works)} months without work end in work; a hazard "
                "needs months of both kinds: add spells."
            )
        rows = np.hstack([self._course(month), self._standardised(values)[spell]])
        # Who finds work in a month cannot become inactive in it.
        signs = np.append(np.zeros(len(self.steps)), self.signs_)
        both = (rows, works), (rows[~works], quits[~works])
        strength = self._strength(both)
        work = fit_cause(*both[0], strength=strength, signs=signs)
        inactive = fit_cause(*both[1], strength=strength, signs=-signs)
        self.coef_ = np.array([work[0], inactive[0]])
        self.covariance_ = np.array([work[1], inactive[1]])
        self._ready(names)
        return self

    def hazards(self, X: pd.DataFrame) -> Array:
        """Chance in each month of finding work, and, not having found it, of going inactive.

        Shape (persons, months, 2), the first month first, in the order of ``CAUSES``.
        """
        return np.asarray(expit(self._base() + self._linear(self._read(X)[0])[:, None, :]))

    def predict(self, X: pd.DataFrame, horizons: Sequence[int] = HORIZONS) -> pd.DataFrame:
        """Chance of no work by each horizon, inactive included, and of having gone inactive.

        A row per person; columns ``no_work_h`` and ``inactive_h`` for each horizon h in months, in
        [0, 1]. Both exits compete: who goes inactive is counted as never finding work. A
        ``FeatureError`` if the covariates are not those of training, or an h is over ``months``.
        """
        check_horizons(horizons, self.months)
        values, found = self._values(X), []
        for start in range(0, max(len(values), 1), _ROWS_AT_ONCE):
            z = self._standardised(values[start : start + _ROWS_AT_ONCE])
            found.append(self._chances(self._linear(z), [horizon - 1 for horizon in horizons]))
        chances = found[0] if len(found) == 1 else np.vstack(found)
        return pd.DataFrame(chances, X.index, chance_columns(tuple(horizons)))

    def predict_interval(
        self, X: pd.DataFrame, horizons: Sequence[int] = HORIZONS
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Lower and upper end of an 80% interval of each column of :meth:`predict`.

        From draws of the coefficients, normal around the estimate with the inverse of the
        penalised information, 0 where a draw is against its direction; an unknown covariate is
        drawn too, as normal with its mean and deviation in training and independent of the rest.
        The interval is of the probability, for people alike in what is asked; it holds the
        estimate.
        """
        middle = self.predict(X, horizons)
        z, unknown = self._read(X)
        base, slopes, noise = self._drawn
        at = [horizon - 1 for horizon in horizons]
        base = [one[: max(horizons)] for one in base]
        ends = drawn_ends(base, slopes, noise, z, unknown, at)
        chance = middle.to_numpy(dtype=float)
        lower, upper = np.minimum(ends[0], chance), np.maximum(ends[1], chance)
        return (
            pd.DataFrame(lower, X.index, middle.columns),
            pd.DataFrame(upper, X.index, middle.columns),
        )

    def typical(self, horizon: int = REASON_MONTHS) -> float:
        """Chance of no work by a horizon of who is at the mean of every covariate."""
        check_is_fitted(self)
        return float(self._no_work(np.zeros((1, 2)), horizon=horizon)[0])

    def contributions(self, X: pd.DataFrame, horizon: int = REASON_MONTHS) -> pd.DataFrame:
        """Part of each covariate in the chance of no work by a horizon, over the typical person.

        A row per person, a column per covariate, in points of probability; a row sums to her
        chance less that of :meth:`typical` (see :mod:`matching.models.contributions`). They
        describe the estimate, and are not effects of what one could change. What is not known
        has part 0.
        """
        z = self._read(X)[0]
        apart = self._no_work(self._linear(z), horizon=horizon) - self.typical(horizon)
        steep = partial(self._steep, horizon=horizon)
        parts = [np.empty((0, z.shape[1]))]
        for start in range(0, len(z), _EXPLAINED_AT_ONCE):
            rows = slice(start, start + _EXPLAINED_AT_ONCE)
            parts.append(shared(steep, z[rows], self._slopes(), apart[rows]))
        return pd.DataFrame(np.vstack(parts), X.index, self._names)

    def swings(self, X: pd.DataFrame, horizon: int = REASON_MONTHS) -> pd.DataFrame:
        """How far the answer to each unknown moves the chance of no work by a horizon.

        A row per person, a column per covariate: the distance, in points of probability, between
        the two ends of the middle 80% of answers; 0 where the answer is known.
        """
        z, unknown = self._read(X)
        linear = self._linear(z)
        moved = np.zeros_like(z)
        for number in np.flatnonzero(unknown.any(axis=0)):
            rows, step = unknown[:, number] > 0, Z80 * self._slopes()[:, number]
            ends = (self._no_work(linear[rows] + one, horizon=horizon) for one in (step, -step))
            moved[rows, number] = np.abs(next(ends) - next(ends))
        return pd.DataFrame(moved, index=X.index, columns=self._names)

    def unknowns(self, X: pd.DataFrame, horizon: int = REASON_MONTHS) -> list[tuple[str, ...]]:
        """For each person, the unknown covariates worth asking for, what matters most first."""
        return worth_asking(self.swings(X, horizon))

    def to_json(self) -> str:
        """Write the whole model; :meth:`from_json` gives back the same predictions exactly."""
        check_is_fitted(self)
        settings = {**self.get_params(), "steps": list(self.steps), "C": self.C_}
        if self.directions is not None:
            settings["directions"] = dict(self.directions)
        # Files from before these could be given have none: they stay as they were, byte for byte.
        del settings["allowed"], settings["undirected"]
        if self.allowed:
            settings["allowed"] = list(self.allowed)
        if self.undirected_ is not None:
            settings["undirected"] = self.undirected_
        learnt = {name: getattr(self, name) for name in _LEARNT}
        return write_hazard(settings, list(self.feature_names_in_), learnt)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a model back; a ``DataError`` if the text is not what :meth:`to_json` writes."""
        file = read_hazard(text, set(cls().get_params()), may_lack={"allowed", "undirected"})
        model = cls(**file.parameters)
        check_settings(**model.get_params())
        count = len(file.covariates)
        width = 1 + len(model.steps) + count
        shapes = ((count,), (count,), (count,), (2, width), (2, width, width))
        for name, shape in zip(_LEARNT, shapes, strict=True):
            setattr(model, name, file.array(name, shape))
        if (model.scale_ <= 0).any():
            raise file.refused("scale_", "is not above 0")
        if not np.isin(model.signs_, (-1, 0, 1)).all():
            raise file.refused("signs_", "has others than -1, 0, 1")
        if model.C is None:
            raise file.refused("C", "is not the strength that was chosen")
        model.C_, model.undirected_ = model.C, model.undirected
        model._ready(file.covariates)
        return model

    def _ready(self, names: Sequence[str]) -> None:
        """Make once what takes longer than one person does."""
        self.feature_names_in_ = np.asarray(names, dtype=object)
        self.n_features_in_ = len(names)
        self._names = pd.Index(list(names), dtype=object)
        self._drawn = self._draw()

    def _draw(self) -> tuple[list[Array], list[Array], Array]:
        """What :func:`matching.models.intervals.drawn_ends` reads."""
        rng = np.random.default_rng(self.seed)
        noise = rng.standard_normal((_DRAWS, self.n_features_in_))
        first = 1 + len(self.steps)
        base, slopes = [], []
        for cause, sign in enumerate((self.signs_, -self.signs_)):
            drawn = rng.multivariate_normal(
                self.coef_[cause], self.covariance_[cause], _DRAWS, method="eigh"
            )
            base.append(self._months() @ drawn[:, :first].T)
            slopes.append(np.where(drawn[:, first:] * sign < 0, 0.0, drawn[:, first:]))
        return base, slopes, noise

    def _strength(self, causes: Sequence[Cause]) -> Array:
        """Of each column but the level; the strengths that are not given are chosen."""
        self.C_ = likeliest_strength(causes) if self.C is None else self.C
        self.undirected_ = self.undirected
        loose = np.append(np.zeros(len(self.steps), dtype=bool), self.signs_ == 0)
        told = self.C is None or self.undirected is not None
        if not told and self.signs_.any() and loose.any():
            self.undirected_ = likeliest_loose(causes, strength=self.C_, loose=loose)
        other = self.C_ if self.undirected_ is None else self.undirected_
        return np.where(loose, other, self.C_)

    def _course(self, month: Whole) -> Array:
        return _STEP_SIZE * (month[:, None] > np.array(self.steps, dtype=int)[None]).astype(float)

    def _months(self) -> Array:
        """The intercept and the steps of every month, shape (months, 1 + steps)."""
        return np.hstack([np.ones((self.months, 1)), self._course(np.arange(1, self.months + 1))])

    def _base(self) -> Array:
        """Log odds of the typical person, shape (months, 2)."""
        return np.asarray(self._months() @ self.coef_[:, : 1 + len(self.steps)].T, dtype=float)

    def _slopes(self) -> Array:
        return np.asarray(self.coef_[:, 1 + len(self.steps) :], dtype=float)

    def _linear(self, z: Array) -> Array:
        """Log odds that the covariates add, shape (persons, 2)."""
        return np.asarray(z @ self._slopes().T, dtype=float)

    def _standardised(self, values: Array) -> Array:
        standard = (values - self.mean_) / self.scale_
        return np.where(np.isnan(standard), 0.0, standard)

    def _read(self, X: pd.DataFrame) -> tuple[Array, Array]:
        """Standardised covariates with 0 where unknown, and 1 where unknown."""
        values = self._values(X)
        return self._standardised(values), np.isnan(values).astype(float)

    def _values(self, X: pd.DataFrame) -> Array:
        check_is_fitted(self)
        return covariates(X, list(self.feature_names_in_), allowed=self.allowed)

    def _chances(self, linear: Array, at: Sequence[int]) -> Array:
        """The columns of :meth:`predict`, from :meth:`_linear` and months from 0."""
        course = self._base()[: max(at) + 1]
        # To load what is compiled takes longer than a few people do.
        loop = compiled_fold() if len(linear) > _FEW else None
        if loop is not None:
            return by_one_course(linear, course, at, loop=loop)
        hazards = expit(course[:, None, :] + linear)
        worked, gone = exits(hazards[..., 0], hazards[..., 1])
        both = np.stack([np.clip(1.0 - worked[at], 0.0, 1.0), gone[at]], axis=1)
        return np.asarray(both.reshape(2 * len(at), -1).T, dtype=float)

    def _no_work(self, linear: Array, *, horizon: int) -> Array:
        """Chance of no work by a horizon, the last month at most, from :meth:`_linear`."""
        chances = expit(self._base()[:horizon, None, :] + linear)
        return np.asarray(1.0 - exits(chances[..., 0], chances[..., 1])[0][-1], dtype=float)

    def _steep(self, linear: Array, *, horizon: int) -> Array:
        """How that chance changes with each of the log odds, the shape of ``linear``."""
        chances = expit(self._base()[:horizon, None, :] + linear)
        slopes = no_work_slopes(chances[..., 0], chances[..., 1])
        return np.stack([by_month.sum(axis=0) for by_month in slopes], axis=1)
