"""A model of risk whose chances were brought to what comes of a hub's own people.

The lines are of a few horizons; where one is not applied the chance by then stays as it was, but
never above that of an earlier horizon. What happens between two horizons is shared out over the
months as it was before. What each month then adds to the chance of work becomes the hazard of the
month, with the hazard of inactivity as it was: so all answers are of one course.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit, logit

from matching.models.covariates import Array
from matching.models.intervals import Z80
from matching.models.recalibration import Recalibration
from matching.models.risk import HORIZONS, REASON_MONTHS, chance_columns, worth_asking
from matching.models.risk_models import RiskModel
from matching.models.spells import check_horizons, exits

_LEAST = 1e-6
_SAME = 1e-9
_ROWS_AT_ONCE = 4096


_Line = tuple[float, tuple[float, float, float]]
_NO_LINE: _Line = (1.0, (0.0, 0.0, 0.0))


@dataclass(frozen=True, eq=False)
class RecalibratedHazard:
    """A model and the lines of a hub; a :class:`matching.models.risk_models.RiskModel` itself.

    Parameters
    ----------
    model
        As it learnt.
    lines
        In the order of their horizons; those of horizons that the model does not reach are not
        read.
    """

    model: RiskModel
    lines: tuple[Recalibration, ...]

    @property
    def months(self) -> int:
        """How many months are foretold."""
        return self.model.months

    @property
    def feature_names_in_(self) -> npt.NDArray[np.object_]:
        """The covariates that it reads."""
        return self.model.feature_names_in_

    def hazards(self, X: pd.DataFrame) -> Array:
        """As :meth:`matching.models.risk.DiscreteHazard.hazards`."""
        found = self.model.hazards(X)
        for start in range(0, len(found), _ROWS_AT_ONCE):
            rows = slice(start, start + _ROWS_AT_ONCE)
            found[rows] = self._moved(found[rows])
        return found

    def predict(self, X: pd.DataFrame, horizons: Sequence[int] = HORIZONS) -> pd.DataFrame:
        """As :meth:`matching.models.risk.DiscreteHazard.predict`."""
        check_horizons(horizons, self.months)
        return pd.DataFrame(
            _chances(self.hazards(X), horizons), X.index, chance_columns(tuple(horizons))
        )

    def predict_interval(
        self, X: pd.DataFrame, horizons: Sequence[int] = HORIZONS
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """As :meth:`matching.models.risk.DiscreteHazard.predict_interval`.

        The interval of the model moves with its chance, and is widened by how sure the line of
        the horizon is.
        """
        check_horizons(horizons, self.months)
        hazards = self.model.hazards(X)
        before, after = (_chances(one, horizons) for one in (hazards, self._moved(hazards)))
        odds, columns = _odds(before), chance_columns(tuple(horizons))
        # Inactivity has no line: it moves with what is left of the chance of no work.
        lines = [line for one in horizons for line in (self._line_at(one), _NO_LINE)]
        slope = np.array([line[0] for line in lines])
        level, both, steep = np.array([line[1] for line in lines]).T
        spread = Z80**2 * np.maximum(level + 2.0 * both * odds + steep * odds**2, 0.0)
        ends = []
        for side, end in zip((-1.0, 1.0), self.model.predict_interval(X, horizons), strict=True):
            own = slope * (_odds(end.to_numpy(dtype=float)) - odds)
            ends.append(expit(_odds(after) + side * np.sqrt(own**2 + spread)))
        lower, upper = np.minimum(ends[0], after), np.maximum(ends[1], after)
        return pd.DataFrame(lower, X.index, columns), pd.DataFrame(upper, X.index, columns)

    def typical(self, horizon: int = REASON_MONTHS) -> float:
        """As :meth:`matching.models.risk.DiscreteHazard.typical`."""
        return float(self._typical[min(horizon, self.months) - 1])

    def contributions(self, X: pd.DataFrame, horizon: int = REASON_MONTHS) -> pd.DataFrame:
        """As :meth:`matching.models.risk.DiscreteHazard.contributions`.

        The parts of the model, all of one person's by one factor: they sum to her chance here
        less that of the typical person here.
        """
        parts = self.model.contributions(X, horizon)
        last = min(horizon, self.months)
        here = _chances(self.hazards(X), (last,))[:, 0] - self.typical(horizon)
        values = parts.to_numpy(dtype=float)
        apart = values.sum(axis=1)
        factor = np.divide(here, apart, out=np.zeros_like(here), where=np.abs(apart) > _SAME)
        return pd.DataFrame(values * factor[:, None], X.index, parts.columns)

    def swings(self, X: pd.DataFrame, horizon: int = REASON_MONTHS) -> pd.DataFrame:
        """As :meth:`matching.models.risk.DiscreteHazard.swings`, as far as small moves go here."""
        last = min(horizon, self.months)
        hazards = self.model.hazards(X)
        before, after = (_chances(one, (last,))[:, 0] for one in (hazards, self._moved(hazards)))
        slope = self._line_at(last)[0]
        steep = slope * after * (1.0 - after) / np.maximum(before * (1.0 - before), _LEAST)
        found = self.model.swings(X, horizon)
        moved = np.minimum(found.to_numpy(dtype=float) * steep[:, None], 1.0)
        return pd.DataFrame(moved, X.index, found.columns)

    def unknowns(self, X: pd.DataFrame, horizon: int = REASON_MONTHS) -> list[tuple[str, ...]]:
        """As :meth:`matching.models.risk.DiscreteHazard.unknowns`."""
        return worth_asking(self.swings(X, horizon))

    @cached_property
    def _typical(self) -> Array:
        """The chances of no work of the typical person, by month."""
        chances = [[self.model.typical(month)] for month in range(1, self.months + 1)]
        return self._course(np.array(chances))[:, 0]

    def _course(self, no_work: Array) -> Array:
        """Chances of no work by each month as they are here, shape (months, persons)."""
        found = np.empty_like(no_work)
        first, was, now = 0, np.ones(no_work.shape[1]), np.ones(no_work.shape[1])
        for line in self.lines:
            if line.horizon > self.months:
                break
            end = no_work[line.horizon - 1]
            here = np.minimum(line.at(end), now)
            stretch = no_work[first : line.horizon]
            share = np.divide(was - stretch, was - end, out=np.ones_like(stretch), where=was > end)
            found[first : line.horizon] = now - (now - here) * share
            first, was, now = line.horizon, end, here
        # What comes after the last horizon goes on at the same pace among those without work.
        found[first:] = now * np.divide(
            no_work[first:], was, out=np.zeros_like(found[first:]), where=was > 0
        )
        return found

    def _moved(self, hazards: Array) -> Array:
        to_inactive = hazards[:, :, 1].T
        worked, _ = exits(hazards[:, :, 0].T, to_inactive)
        came = np.maximum(-np.diff(self._course(1.0 - worked), axis=0, prepend=1.0), 0.0)
        # Still in search after a month: (before - came) (1 - inactive), month after month. Where
        # fewer are left than the line asks for, nobody is.
        stays = np.cumprod(np.concatenate([np.ones_like(came[:1]), 1.0 - to_inactive]), axis=0)
        asked = np.divide(came, stays[:-1], out=np.full_like(came, np.inf), where=stays[:-1] > 0)
        left = np.maximum(1.0 - np.cumsum(asked, axis=0), 0.0)
        searching = stays[:-1] * np.concatenate([np.ones_like(came[:1]), left[:-1]])
        to_work = np.divide(came, searching, out=np.ones_like(came), where=came < searching)
        return np.stack([to_work.T, hazards[:, :, 1]], axis=-1)

    def _line_at(self, month: int) -> _Line:
        """Slope and covariance of the line of the first horizon from a month on, else the last."""
        line = next((one for one in self.lines if one.horizon >= month), self.lines[-1])
        return (line.slope, line.covariance) if line.applied else _NO_LINE


def _chances(hazards: Array, horizons: Sequence[int]) -> Array:
    """Columns as of ``predict``: no work and inactive by each horizon, shape (persons, 2 x h)."""
    worked, gone = exits(hazards[:, :, 0].T, hazards[:, :, 1].T)
    at = [horizon - 1 for horizon in horizons]
    both = np.stack([np.clip(1.0 - worked[at], 0.0, 1.0), gone[at]], axis=1)
    return np.asarray(both.reshape(2 * len(at), -1).T, dtype=float)


def _odds(chance: Array) -> Array:
    return np.asarray(logit(np.clip(chance, _LEAST, 1.0 - _LEAST)), dtype=float)
