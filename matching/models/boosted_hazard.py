"""Risk of staying without work by boosted trees: what a person's hazards are, month by month.

The same spells as :class:`matching.models.risk.DiscreteHazard` reads, and the same answers.
Trees bend with a number, let one covariate depend on another, and let both depend on how long the
spell has lasted; where they have a known direction they keep it.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit, logit
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matching.errors import DataError, FeatureError
from matching.features.situation import DIRECTIONS
from matching.models.boosted_file import read_boosted, read_boosters, read_fits, write_boosted
from matching.models.boosted_fit import Fit, Plan, Spells, best_rounds, fit_trees
from matching.models.boosted_scoring import BoostedScorer, boosted_scorer
from matching.models.contributions import along
from matching.models.covariates import Array, covariates
from matching.models.hazard_fit import check_settings
from matching.models.intervals import Z80
from matching.models.risk import HORIZONS, REASON_MONTHS, chance_columns, worth_asking
from matching.models.spells import CENSORED, WORK, check_horizons, no_work_slopes, outcomes

_LEARNT = ("usual_", "blank_", "answers_", "signs_")
_BLANKS = ("typical", "apart")
# Below every value, so that a tree can tell it from all of them with one comparison.
_APART = -1e12
_ANSWERS = (0.1, 0.3, 0.5, 0.7, 0.9)
# By how much what halves of the persons say apart is widened, so that the interval holds the truth
# four times in five: found on synthetic districts, whose truth no tree can follow exactly.
_WIDER = 1.5
_ROWS_AT_ONCE = 4096
_EXPLAINED_AT_ONCE = 512
_LEAST = 1e-9


class BoostedHazard(BaseEstimator):  # type: ignore[misc]
    """Hazards of work and of inactivity by month, by trees; as ``DiscreteHazard`` otherwise.

    Parameters
    ----------
    months
        What comes after is not read.
    steps
        Months after which effects may change.
    leaves, learning_rate, least_rows, penalty
        Leaves of a tree at most, shrinkage, persons in a leaf at least, L2 penalty of a leaf.
    most_trees
        At most; how many there are is found by leaving out persons.
    members
        Models learnt on half of the persons, for the interval; an even number, 0 for none.
    blanks
        ``typical``: what is not known counts as the value nearest to the mean, and has no part in
        the risk. ``apart``: that it is not known may say something itself, except where a
        direction is known.
    directions
        As in ``DiscreteHazard``.
    allowed
        Protected names that may be covariates all the same.
    seed
        Of all chance. The same data, parameters and machine give the same model, byte for byte.
    """

    def __init__(
        self,
        *,
        months: int = 24,
        steps: Sequence[int] = (3, 6, 12, 18),
        leaves: int = 4,
        learning_rate: float = 0.1,
        most_trees: int = 300,
        least_rows: int = 30,
        penalty: float = 10.0,
        members: int = 8,
        blanks: str = "typical",
        directions: Mapping[str, int] | None = None,
        allowed: Sequence[str] = (),
        seed: int = 0,
    ) -> None:
        self.months = months
        self.steps = steps
        self.leaves = leaves
        self.learning_rate = learning_rate
        self.most_trees = most_trees
        self.least_rows = least_rows
        self.penalty = penalty
        self.members = members
        self.blanks = blanks
        self.directions = directions
        self.allowed = allowed
        self.seed = seed

    def fit(self, X: pd.DataFrame, y: pd.DataFrame) -> Self:
        """Learn from spells; see :meth:`matching.models.risk.DiscreteHazard.fit`.

        Raises
        ------
        FeatureError
            For a frame without the columns or with a protected one, a value that is no finite
            number, or an event or a length that cannot be.
        DataError
            For settings that cannot be; if no spell ends in work, or all of them in the first
            month.
        """
        self._check()
        values = covariates(X, allowed=self.allowed)
        months, event = outcomes(y, len(X))
        names = [str(name) for name in X.columns]
        if unseen := [name for name, v in zip(names, values.T, strict=True) if np.isnan(v).all()]:
            raise FeatureError(f"Nothing is known of {unseen[0]!r} in any spell; leave it out.")
        seen = np.minimum(months, self.months)
        works = int(((event == WORK) & (months <= self.months)).sum())
        if works in (0, int(seen.sum())):
            raise DataError(
                f"{works} of {seen.sum()} months without work end in work; a hazard needs months "
                "of both kinds: add spells."
            )
        known = DIRECTIONS if self.directions is None else self.directions
        self.signs_ = np.array([float(known.get(name, 0)) for name in names])
        mean = np.nanmean(values, axis=0) if names else np.empty(0)
        self.usual_ = np.array([_nearest(*pair) for pair in zip(values.T, mean, strict=True)])
        told = (self.signs_ == 0) & np.isnan(values).any(axis=0) & (self.blanks == "apart")
        self.blank_ = np.where(told, _APART, self.usual_)
        ends = [np.nanquantile(column, _ANSWERS) for column in values.T]
        self.answers_ = np.array(ends).reshape(len(names), len(_ANSWERS))

        # The mean is nobody's value: trees tell those of whom it is not known from the others, and
        # what they have in common is not taken for what the usual value says.
        filled = np.where(np.isnan(values), np.where(told, _APART, mean), values)
        spells = Spells(
            filled,
            seen,
            np.where(months <= self.months, event, CENSORED),
        )
        plan = self._plan()
        rounds = best_rounds(spells, plan)
        fits = [fit_trees(spells, plan, rounds)]
        chance = np.random.default_rng([self.seed, 2])
        for _ in range(self.members // 2):
            order = chance.permutation(len(spells.months))
            for half in np.array_split(order, 2):
                fits.append(fit_trees(spells.of(np.sort(half)), plan, rounds))
        self._load(names, fits)
        return self

    def hazards(self, X: pd.DataFrame) -> Array:
        """Chance in each month of finding work, and, not having found it, of going inactive.

        Shape (persons, months, 2), the first month first, in the order of ``CAUSES``.
        """
        work, inactive = self._scorer.hazards(self._filled(self._values(X)), self.months)
        return np.stack([work[:, 0].T, inactive[:, 0].T], axis=-1)

    def predict(self, X: pd.DataFrame, horizons: Sequence[int] = HORIZONS) -> pd.DataFrame:
        """Chance of no work by each horizon, inactive included, and of having gone inactive.

        As :meth:`matching.models.risk.DiscreteHazard.predict`.
        """
        check_horizons(horizons, self.months)
        found = self._chances(self._values(X), horizons, self._scorer)[0]
        return pd.DataFrame(found, X.index, chance_columns(tuple(horizons)))

    def predict_interval(
        self, X: pd.DataFrame, horizons: Sequence[int] = HORIZONS
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Lower and upper end of an 80% interval of each column of :meth:`predict`.

        How far what halves of the persons teach lies from what all of them do, which is as far as
        another history would lie; and, for a covariate that is not known, how far its answers lie
        apart. Both on the scale of log odds, as independent and normal, times a factor found on
        synthetic districts with a known truth. It holds the estimate.

        Raises
        ------
        DataError
            For a model without members.
        """
        check_horizons(horizons, self.months)
        values = self._values(X)
        if self._members is None:
            raise DataError("The model was learnt with members=0 and has no interval; give some.")
        middle = self._chances(values, horizons, self._scorer)[0]
        odds = _log_odds(middle)
        apart = _log_odds(self._chances(values, horizons, self._members)) - odds
        variance = (_WIDER**2) * (apart**2).mean(axis=0)
        for rows, answers in self._answered(values):
            tried = self._chances(np.vstack(answers), horizons, self._scorer)[0]
            each = _log_odds(tried).reshape(len(answers), -1, tried.shape[1])
            variance[rows] += each.var(axis=0)
        half = Z80 * np.sqrt(variance)
        lower = np.minimum(expit(odds - half), middle)
        upper = np.maximum(expit(odds + half), middle)
        columns = chance_columns(tuple(horizons))
        return pd.DataFrame(lower, X.index, columns), pd.DataFrame(upper, X.index, columns)

    def typical(self, horizon: int = REASON_MONTHS) -> float:
        """Chance of no work by a horizon of who has the usual value of every covariate."""
        check_is_fitted(self)
        return float(self._no_work(self.usual_[None], horizon)[0])

    def contributions(self, X: pd.DataFrame, horizon: int = REASON_MONTHS) -> pd.DataFrame:
        """Part of each covariate in the chance of no work by a horizon, over the typical person.

        A row per person, a column per covariate, in points of probability; a row sums to her
        chance less that of :meth:`typical`. Exact Shapley values of the trees' log odds against
        the typical person, brought to points along the straight way between the two (see
        :mod:`matching.models.contributions`). They describe the estimate, and are not effects of
        what one could change.
        """
        values = self._filled(self._values(X))
        last, usual = min(horizon, self.months), self.typical(horizon)
        shares = [np.empty((0, values.shape[1]))]
        for start in range(0, len(values), _EXPLAINED_AT_ONCE):
            rows = values[start : start + _EXPLAINED_AT_ONCE]
            parts, level = self._scorer.parts(rows, self.usual_, last)
            slopes = partial(self._slopes, level=level, months=last)
            shares.append(along(slopes, parts, self._no_work(rows, last) - usual))
        return pd.DataFrame(np.vstack(shares), X.index, self._names)

    def swings(self, X: pd.DataFrame, horizon: int = REASON_MONTHS) -> pd.DataFrame:
        """How far the answer to each unknown moves the chance of no work by a horizon.

        A row per person, a column per covariate: the distance, in points of probability, between
        the answers of a tenth and of nine tenths of the people; 0 where the answer is known, or
        where it counts that it is not.
        """
        values = self._values(X)
        moved = np.zeros_like(values)
        for number in np.flatnonzero(np.isnan(values).any(axis=0) & self._open):
            rows = np.isnan(values[:, number])
            ends = []
            for answer in self.answers_[number, [0, -1]]:
                tried = values[rows]
                tried[:, number] = answer
                ends.append(self._no_work(self._filled(tried), horizon))
            moved[rows, number] = np.abs(ends[1] - ends[0])
        return pd.DataFrame(moved, index=X.index, columns=self._names)

    def unknowns(self, X: pd.DataFrame, horizon: int = REASON_MONTHS) -> list[tuple[str, ...]]:
        """For each person, the unknown covariates worth asking for, what matters most first."""
        return worth_asking(self.swings(X, horizon))

    def to_json(self) -> str:
        """Write the whole model; :meth:`from_json` gives back the same predictions exactly."""
        check_is_fitted(self)
        settings = {
            **self.get_params(),
            "steps": list(self.steps),
            "allowed": list(self.allowed),
            "directions": None if self.directions is None else dict(self.directions),
        }
        learnt = {name: getattr(self, name) for name in _LEARNT}
        return write_boosted(settings, list(self.feature_names_in_), learnt, self.fits_)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a model back; a ``DataError`` if the text is not what :meth:`to_json` wrote."""
        file = read_boosted(text, set(cls().get_params()))
        model = cls(**file.parameters)
        model._check()
        count = len(file.covariates)
        shapes = ((count,), (count,), (count, len(_ANSWERS)), (count,))
        for name, shape in zip(_LEARNT, shapes, strict=True):
            setattr(model, name, file.array(name, shape))
        if not np.isin(model.signs_, (-1, 0, 1)).all():
            raise file.refused("signs_", "has others than -1, 0, 1")
        model._load(file.covariates, read_fits(file, model.months))
        return model

    def _check(self) -> None:
        check_settings(
            months=self.months,
            steps=self.steps,
            C=1.0,
            directions=self.directions,
            allowed=self.allowed,
            seed=self.seed,
        )
        whole = (self.leaves, self.most_trees, self.least_rows, self.members)
        parts = (self.learning_rate, self.penalty)
        sound = all(type(one) is int for one in whole) and min(whole) >= 0 and self.leaves >= 2
        sound = sound and all(isinstance(one, int | float) and one >= 0 for one in parts)
        if not sound or self.members % 2 or self.blanks not in _BLANKS or not self.learning_rate:
            raise DataError(
                f"leaves={self.leaves}, most_trees={self.most_trees}, members={self.members}, "
                f"least_rows={self.least_rows}, learning_rate={self.learning_rate}, "
                f"penalty={self.penalty}, blanks={self.blanks!r}: give whole numbers from 0, two "
                "leaves or more, an even number of members, a learning rate above 0, a penalty "
                f"from 0, and blanks as one of {', '.join(_BLANKS)}."
            )

    def _plan(self) -> Plan:
        return Plan(
            stretch=self._stretch(),
            signs=self.signs_,
            most_trees=self.most_trees,
            least_rows=self.least_rows,
            parameters={
                "num_leaves": self.leaves,
                "learning_rate": self.learning_rate,
                "lambda_l2": self.penalty,
            },
            seed=self.seed,
        )

    def _stretch(self) -> npt.NDArray[np.int64]:
        return np.searchsorted(np.array(self.steps, dtype=float), np.arange(self.months) + 0.5)

    def _load(self, names: list[str], fits: Sequence[Fit]) -> None:
        self.fits_ = tuple(fits)
        self.feature_names_in_ = np.asarray(names, dtype=object)
        self.n_features_in_ = len(names)
        self._names = pd.Index(names, dtype=object)
        self._open = self.blank_ == self.usual_
        features, stretch = len(names) + 1, self._stretch()
        made = [
            boosted_scorer(
                [fit.level for fit in some],
                [read_boosters(fit, features) for fit in some],
                stretch,
                features,
            )
            for some in (fits[:1], fits[1:])
            if some
        ]
        self._scorer, self._members = made[0], made[1] if len(made) > 1 else None

    def _values(self, X: pd.DataFrame) -> Array:
        check_is_fitted(self)
        return covariates(X, list(self.feature_names_in_), allowed=self.allowed)

    def _filled(self, values: Array) -> Array:
        return np.where(np.isnan(values), self.blank_, values)

    def _chances(self, values: Array, horizons: Sequence[int], scorer: BoostedScorer) -> Array:
        """Chances by each model, shape (models, n, 2 x horizons): no work, inactive, by horizon."""
        at = sorted({horizon - 1 for horizon in horizons})
        found = np.empty((len(scorer.levels), len(values), 2 * len(at)))
        for start in range(0, len(values), _ROWS_AT_ONCE):
            part = slice(start, start + _ROWS_AT_ONCE)
            found[:, part] = scorer.chances(self._filled(values[part]), at)
        np.clip(found, 0.0, 1.0, out=found)
        if len(at) == len(horizons) and list(horizons) == sorted(horizons):
            return found
        places = [2 * at.index(h - 1) + cause for h in horizons for cause in (0, 1)]
        return found[:, :, places]

    def _no_work(self, values: Array, horizon: int) -> Array:
        last = min(horizon, self.months)
        return self._chances(values, (last,), self._scorer)[0, :, 0]

    def _slopes(self, added: Array, *, level: Array, months: int) -> Array:
        work, inactive = self._scorer.from_margins(level + added, months)
        return self._scorer.summed(*no_work_slopes(work, inactive))

    def _answered(self, values: Array) -> Iterator[tuple[npt.NDArray[np.bool_], list[Array]]]:
        """For each covariate, who has not answered, and their rows with each usual answer."""
        for number in np.flatnonzero(np.isnan(values).any(axis=0) & self._open):
            rows = np.isnan(values[:, number])
            tried = [values[rows] for _ in _ANSWERS]
            for one, answer in zip(tried, self.answers_[number], strict=True):
                one[:, number] = answer
            yield rows, tried


def _nearest(values: Array, mean: float) -> float:
    """The known value nearest to the mean, the lower of two."""
    known = np.unique(values[~np.isnan(values)])
    return float(known[np.argmin(np.abs(known - mean))])


def _log_odds(chance: Array) -> Array:
    return np.asarray(logit(np.clip(chance, _LEAST, 1.0 - _LEAST)), dtype=float)
