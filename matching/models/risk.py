"""Risk of staying without work: discrete-time logistic hazards by month, fitted on spells.

In each month of a spell a person may find work, with a hazard of its own; who does not may become
inactive, with another. A spell that is still open when it is last seen counts for the months that
were seen, and only for them. The risk is used to add help, never to narrow it.
"""

import json
from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit, logit
from sklearn.base import BaseEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.utils.validation import check_is_fitted

from matching.errors import DataError, FeatureError
from matching.features.catalog import PROTECTED

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

WORK, INACTIVE, CENSORED = "work", "inactive", "censored"
CAUSES = (WORK, INACTIVE)
HORIZONS = (6, 12, 18, 24)
# Horizon of the reasons, and how much an unknown must be able to move it to be worth asking.
REASON_MONTHS = 12
MATTERS = 0.02

_FORMAT = "valoriamo-hazard/1"
_MEND = "restore the file or train again."
_LEARNT = ("mean_", "scale_", "coef_", "covariance_")
# The course of the hazard over the months is penalised by the square of this less than the
# covariates are: it is estimated from everybody, and a halving after a year must stay one.
_STEP_SIZE = 3.0
_DRAWS = 300
_ROWS_AT_ONCE = 256
_Z80 = 1.2815515655446004  # standard normal quantile of an 80% interval
_NUDGE = 1e-5
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(12)


class DiscreteHazard(BaseEstimator):  # type: ignore[misc]
    """Hazards of work and of inactivity by month, and what follows from them.

    The log odds of each are linear in the covariates, standardised inside, and change after each
    month in ``steps``; what comes after ``months`` is not read. The ridge penalty is ``1 / C``; by
    default most effects are taken to be below a third of a log odds per standard deviation. A
    covariate that is not known counts as its mean in training, and as uncertain. ``seed`` is of
    the draws behind the intervals.
    """

    def __init__(
        self,
        *,
        months: int = 24,
        steps: Sequence[int] = (3, 6, 12, 18),
        C: float = 0.1,
        seed: int = 0,
    ) -> None:
        self.months = months
        self.steps = steps
        self.C = C
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
        self._check_settings()
        values = _values(X)
        months, event = _outcomes(y, len(X))
        names = [str(name) for name in X.columns]
        if unseen := [name for name, v in zip(names, values.T, strict=True) if np.isnan(v).all()]:
            raise FeatureError(f"Nothing is known of {unseen[0]!r} in any spell; leave it out.")
        self.feature_names_in_ = np.asarray(names, dtype=object)
        self.n_features_in_ = len(names)
        self.mean_ = np.nanmean(values, axis=0)
        spread = np.nanstd(values, axis=0)
        self.scale_ = np.where(spread > 1e-12, spread, 1.0)

        spell, month = _person_months(np.minimum(months, self.months))
        exits = np.where(month == months[spell], event[spell], CENSORED)
        works, quits = exits == WORK, exits == INACTIVE
        if not works.any() or works.all():
            raise DataError(
                f"{int(works.sum())} of {len(works)} months without work end in work; a hazard "
                "needs months of both kinds: add spells."
            )
        rows = np.hstack([self._course(month), self._standardised(values)[spell]])
        # Who finds work in a month cannot become inactive in it.
        work = _fit_cause(rows, works, self.C)
        inactive = _fit_cause(rows[~works], quits[~works], self.C)
        self.coef_ = np.array([work[0], inactive[0]])
        self.covariance_ = np.array([work[1], inactive[1]])
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
        if not horizons or min(horizons) < 1 or max(horizons) > self.months:
            raise FeatureError(
                f"The horizons {list(horizons)} are not all within 1 and {self.months} months; "
                "ask for others or train with more months."
            )
        chances = self.hazards(X)
        worked, gone = _exits(chances[:, :, 0].T, chances[:, :, 1].T)
        columns: dict[str, Array] = {}
        for horizon in horizons:
            columns[f"no_work_{horizon}"] = np.clip(1.0 - worked[horizon - 1], 0.0, 1.0)
            columns[f"inactive_{horizon}"] = gone[horizon - 1]
        return pd.DataFrame(columns, index=X.index)

    def predict_interval(
        self, X: pd.DataFrame, horizons: Sequence[int] = HORIZONS
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Lower and upper end of an 80% interval of each column of :meth:`predict`.

        From draws of the coefficients, normal around the estimate with the inverse of the
        penalised information; an unknown covariate is drawn too, as normal with its mean and
        deviation in training and independent of the rest. The interval is of the probability,
        for people alike in what is asked; it holds the estimate.
        """
        middle = self.predict(X, horizons)
        z, unknown = self._read(X)
        rng = np.random.default_rng(self.seed)
        # One noise for all people: an interval does not depend on who else is in the frame.
        noise = rng.standard_normal((_DRAWS, self.n_features_in_))
        drawn = [
            rng.multivariate_normal(self.coef_[k], self.covariance_[k], _DRAWS, method="eigh")
            for k in range(len(CAUSES))
        ]
        first = 1 + len(self.steps)
        grid = self._months()[: max(horizons)]
        base = [grid @ one[:, :first].T for one in drawn]
        slopes = [one[:, first:] for one in drawn]
        at = np.array(horizons) - 1
        lower, upper = [], []
        for start in range(0, len(z), _ROWS_AT_ONCE):
            part = slice(start, start + _ROWS_AT_ONCE)
            linear = [z[part] @ one.T + unknown[part] @ (noise * one).T for one in slopes]
            chances = [expit(base[k][:, None, :] + linear[k][None]) for k in range(len(CAUSES))]
            worked, gone = _exits(*chances)
            both = np.stack([1.0 - worked[at], gone[at]], axis=1).reshape(2 * len(at), -1, _DRAWS)
            lower.append(np.quantile(both, 0.1, axis=2).T)
            upper.append(np.quantile(both, 0.9, axis=2).T)
        none = np.empty((0, middle.shape[1]))
        low = pd.DataFrame(np.vstack([none, *lower]), X.index, middle.columns)
        high = pd.DataFrame(np.vstack([none, *upper]), X.index, middle.columns)
        return low.where(low < middle, middle), high.where(high > middle, middle)

    def typical(self) -> float:
        """Chance of no work by 12 months of who is at the mean of every covariate."""
        return float(self._no_work(np.zeros((1, 2)))[0])

    def contributions(self, X: pd.DataFrame) -> pd.DataFrame:
        """Part of each covariate in the chance of no work by 12 months, over the typical person.

        A row per person, a column per covariate, in points of probability. The way from the typical
        person to this one is walked in a straight line, and each small change of the chance is
        shared by what each covariate adds to the log odds (the Aumann-Shapley value): the parts of
        a row sum to her chance less that of :meth:`typical`. They describe the estimate, and are
        not effects of what one could change. What is not known has part 0.
        """
        z = self._read(X)[0]
        linear = self._linear(z)
        parts = np.zeros_like(z)
        for cause, slopes in enumerate(self._slopes()):
            nudge = np.eye(2)[cause] * _NUDGE
            for node, weight in zip((_NODES + 1) / 2, _WEIGHTS / 2, strict=True):
                at = node * linear
                steep = (self._no_work(at + nudge) - self._no_work(at - nudge)) / (2 * _NUDGE)
                parts += weight * steep[:, None] * z * slopes
        # What rounding leaves over, far below what a screen shows, goes by size.
        rest = self._no_work(linear) - self.typical() - parts.sum(axis=1)
        size = np.abs(parts).sum(axis=1, keepdims=True)
        parts += rest[:, None] * np.abs(parts) / np.where(size > 0, size, 1.0)
        return pd.DataFrame(parts, index=X.index, columns=list(self.feature_names_in_))

    def swings(self, X: pd.DataFrame) -> pd.DataFrame:
        """How far the answer to each unknown moves the chance of no work by 12 months.

        A row per person, a column per covariate: the distance, in points of probability, between
        the two ends of the middle 80% of answers; 0 where the answer is known.
        """
        z, unknown = self._read(X)
        linear = self._linear(z)
        moved = np.zeros_like(z)
        for number, step in enumerate(_Z80 * self._slopes().T):
            apart = self._no_work(linear + step) - self._no_work(linear - step)
            moved[:, number] = np.abs(apart) * unknown[:, number]
        return pd.DataFrame(moved, index=X.index, columns=list(self.feature_names_in_))

    def unknowns(self, X: pd.DataFrame) -> list[tuple[str, ...]]:
        """For each person, the unknown covariates worth asking for, what matters most first."""
        swings = self.swings(X)
        ordered = (row.sort_values(ascending=False) for _, row in swings.iterrows())
        return [tuple(str(name) for name in row.index[row >= MATTERS]) for row in ordered]

    def to_json(self) -> str:
        """Write the whole model; :meth:`from_json` gives back the same predictions exactly."""
        check_is_fitted(self)
        content = {
            "format": _FORMAT,
            "parameters": {**self.get_params(), "steps": list(self.steps)},
            "covariates": list(self.feature_names_in_),
            **{name: getattr(self, name).tolist() for name in _LEARNT},
        }
        return json.dumps(content, indent=1, allow_nan=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a model back; a ``DataError`` if the text is not what :meth:`to_json` writes."""
        try:
            content = json.loads(text)
        except json.JSONDecodeError as error:
            raise DataError(f"The hazard model is not JSON ({error}); {_MEND}") from error
        if not isinstance(content, dict) or content.get("format") != _FORMAT:
            raise DataError(f"The hazard model is not of the form {_FORMAT!r}; {_MEND}")
        names, settings = content.get("covariates"), content.get("parameters")
        if not isinstance(names, list) or not isinstance(settings, dict):
            raise DataError(f"The hazard model lacks its covariates or parameters; {_MEND}")
        if set(settings) != set(cls().get_params()) or any(type(n) is not str for n in names):
            raise DataError(f"The hazard model's covariates or parameters are damaged; {_MEND}")
        model = cls(**settings)
        model._check_settings()
        width = 1 + len(model.steps) + len(names)
        shapes = ((len(names),), (len(names),), (2, width), (2, width, width))
        for name, shape in zip(_LEARNT, shapes, strict=True):
            values = np.array(content.get(name), dtype=object).ravel()
            sound = values.size == np.prod(shape) and all(type(v) in (int, float) for v in values)
            if not sound or not np.isfinite(values.astype(float)).all():
                raise DataError(f"The hazard model's {name!r} is not {shape} numbers; {_MEND}")
            setattr(model, name, values.astype(float).reshape(shape))
        if (model.scale_ <= 0).any():
            raise DataError(f"The hazard model's 'scale_' is not above 0; {_MEND}")
        model.feature_names_in_ = np.asarray(names, dtype=object)
        model.n_features_in_ = len(names)
        return model

    def _check_settings(self) -> None:
        steps: Any = self.steps
        given = (self.months, self.seed, *steps) if isinstance(steps, list | tuple) else (None,)
        whole = all(isinstance(one, int) for one in given) and isinstance(self.C, int | float)
        whole = whole and min(self.months, self.seed + 1) >= 1 and self.C > 0
        if not whole or list(steps) != sorted({0, *steps})[1:]:
            raise DataError(
                f"months={self.months}, steps={steps}, C={self.C}, seed={self.seed}: give at least "
                "one month, a list of whole steps from 1 up in order, C above 0, a seed from 0."
            )

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
        check_is_fitted(self)
        values = _values(X, list(self.feature_names_in_))
        return self._standardised(values), np.isnan(values).astype(float)

    def _no_work(self, linear: Array) -> Array:
        """Chance of no work by the month of the reasons, from the log odds of :meth:`_linear`."""
        chances = expit(self._base()[:REASON_MONTHS, None, :] + linear)
        return np.asarray(1.0 - _exits(chances[..., 0], chances[..., 1])[0][-1], dtype=float)


def _values(X: pd.DataFrame, names: Sequence[str] | None = None) -> Array:
    """The named columns as numbers, shape (rows, names), after the checks of a frame."""
    if not isinstance(X, pd.DataFrame):
        raise FeatureError(f"A {type(X).__name__} was given where a frame of covariates is due.")
    given = [str(name) for name in X.columns]
    if protected := [name for name in given if _is_protected(name)]:
        raise FeatureError(f"{protected} are protected and never enter a model; leave them out.")
    names = given if names is None else names
    missing = [name for name in names if name not in given]
    unknown = [name for name in given if name not in names]
    if missing or unknown or len({*given}) != len(given):
        raise FeatureError(
            f"Give each covariate of the model once: missing {missing}, unknown {unknown}, "
            f"given {given}."
        )
    columns = [_numbers(X.iloc[:, given.index(name)], name) for name in names]
    return np.column_stack(columns) if columns else np.empty((len(X), 0))


def _is_protected(name: str) -> bool:
    plain = f"{name.strip().casefold()}_"
    return any(plain.startswith(f"{one}_") for one in PROTECTED)


def _numbers(column: "pd.Series[Any]", name: str) -> Array:
    if not pd.api.types.is_numeric_dtype(column.dtype):
        raise FeatureError(f"The column {name!r} holds {column.dtype}; give numbers or booleans.")
    values = column.to_numpy(dtype=float, na_value=np.nan)
    if np.isinf(values).any():
        raise FeatureError(f"The column {name!r} holds an infinite value; what is unknown is NaN.")
    return np.asarray(values, dtype=float)


def _outcomes(y: pd.DataFrame, count: int) -> tuple[Whole, npt.NDArray[np.object_]]:
    if not isinstance(y, pd.DataFrame) or not {"months", "event"} <= {*y.columns}:
        raise FeatureError("The outcomes are a frame with the columns 'months' and 'event'.")
    if len(y) != count or not count:
        raise FeatureError(f"{len(y)} outcomes were given for {count} spells; give one for each.")
    event = y["event"].to_numpy(dtype=object)
    if strange := sorted({str(one) for one in event} - {WORK, INACTIVE, CENSORED}):
        raise FeatureError(f"The event {strange[0]!r} is none of work, inactive, censored.")
    months = _numbers(y["months"], "months")
    # Who found work, or went inactive, was seen for at least the month in which it happened.
    least = np.where(event == CENSORED, 0, 1)
    if wrong := np.flatnonzero(~((months >= least) & (months == np.floor(months)))).tolist():
        raise FeatureError(
            f"A spell of {months[wrong[0]]} months that ends as {event[wrong[0]]!r} cannot be "
            "read: months are whole, and an exit takes at least one."
        )
    return months.astype(np.int64), event


def _person_months(months: Whole) -> tuple[Whole, Whole]:
    """The spell, and the month of it, of each month at risk."""
    spell = np.repeat(np.arange(len(months)), months)
    first = np.cumsum(months) - months
    return spell, np.arange(len(spell)) - first[spell] + 1


def _exits(to_work: Array, to_inactive: Array) -> tuple[Array, Array]:
    """Chances of having found work, and of having gone inactive, by each month (first axis)."""
    stay = (1.0 - to_work) * (1.0 - to_inactive)
    before = np.cumprod(np.concatenate([np.ones_like(stay[:1]), stay[:-1]]), axis=0)
    worked = np.cumsum(before * to_work, axis=0)
    return worked, np.cumsum(before * (1.0 - to_work) * to_inactive, axis=0)


def _fit_cause(rows: Array, happens: npt.NDArray[np.bool_], strength: float) -> tuple[Array, Array]:
    """Coefficients, the intercept first, and the inverse of their penalised information."""
    count, events = len(rows), int(happens.sum())
    full = np.hstack([np.ones((count, 1)), rows])
    coef, penalty = np.zeros(full.shape[1]), np.full(full.shape[1], 1.0 / strength)
    penalty[0] = 0.0
    if not rows.shape[1] or events in (0, count):
        # Of an exit never seen only the level can be said: half an event, and no reasons.
        level = events / count if 0 < events < count else (events + 0.5) / (count + 1)
        coef[0] = logit(level)
    else:
        model = LogisticRegression(C=strength, solver="newton-cholesky", tol=1e-8, max_iter=200)
        model.fit(rows, happens)
        coef = np.concatenate([model.intercept_, model.coef_[0]])
    chance = expit(full @ coef)
    information = full.T @ (full * (chance * (1.0 - chance))[:, None]) + np.diag(penalty)
    inverse = np.linalg.inv(information)
    return coef, np.asarray((inverse + inverse.T) / 2, dtype=float)
