"""Risk of staying without work where a number's effect may bend: logistic hazards over splines."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matching.errors import DataError
from matching.features.situation import DIRECTIONS
from matching.models.covariates import Array, covariates
from matching.models.risk import HORIZONS, REASON_MONTHS, DiscreteHazard, worth_asking
from matching.models.splines import fit_splines, read_splines

FORMAT = "valoriamo-splined-hazard/1"
_ROWS_AT_ONCE = 8192  # columns of splines are many: these stay in a near cache
_MEND = "restore the file or train again."


class SplinedHazard(BaseEstimator):  # type: ignore[misc]
    """As ``DiscreteHazard``, with a natural spline of ``knots`` knots for each number.

    A covariate with a known direction stays a line, which keeps it; so does one of few values.
    The penalty is chosen by default: it holds back the bends as well as the slopes.
    """

    def __init__(
        self,
        *,
        months: int = 24,
        steps: Sequence[int] = (3, 6, 12, 18),
        knots: int = 5,
        C: float | None = None,
        directions: Mapping[str, int] | None = None,
        allowed: Sequence[str] = (),
        seed: int = 0,
    ) -> None:
        self.months = months
        self.steps = steps
        self.knots = knots
        self.C = C
        self.directions = directions
        self.allowed = allowed
        self.seed = seed

    def fit(self, X: pd.DataFrame, y: pd.DataFrame) -> Self:
        """Learn from spells; see :meth:`matching.models.risk.DiscreteHazard.fit`."""
        names = [str(name) for name in X.columns] if isinstance(X, pd.DataFrame) else []
        frame = self._frame(covariates(X, allowed=self.allowed), names, X.index)
        known = DIRECTIONS if self.directions is None else self.directions
        bending = [name for name in names if not known.get(name, 0)]
        self.splines_ = fit_splines(frame, bending, knots=self.knots)
        self.hazard_ = DiscreteHazard(
            months=self.months,
            steps=self.steps,
            C=self.C,
            undirected=self.C,
            directions=self.directions,
            allowed=self.allowed,
            seed=self.seed,
        ).fit(self.splines_.transform(frame), y)
        self._ready(names)
        return self

    def hazards(self, X: pd.DataFrame) -> Array:
        """As :meth:`matching.models.risk.DiscreteHazard.hazards`."""
        return self.hazard_.hazards(self._read(X))

    def predict(self, X: pd.DataFrame, horizons: Sequence[int] = HORIZONS) -> pd.DataFrame:
        """As :meth:`matching.models.risk.DiscreteHazard.predict`."""
        if len(X) <= _ROWS_AT_ONCE:
            return self.hazard_.predict(self._read(X), horizons)
        parts = [
            self.predict(X.iloc[start : start + _ROWS_AT_ONCE], horizons)
            for start in range(0, len(X), _ROWS_AT_ONCE)
        ]
        return pd.concat(parts)

    def predict_interval(
        self, X: pd.DataFrame, horizons: Sequence[int] = HORIZONS
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """As :meth:`matching.models.risk.DiscreteHazard.predict_interval`."""
        return self.hazard_.predict_interval(self._read(X), horizons)

    def typical(self, horizon: int = REASON_MONTHS) -> float:
        """Chance of no work by a horizon of who is at the mean of every column of the splines."""
        check_is_fitted(self)
        return self.hazard_.typical(horizon)

    def contributions(self, X: pd.DataFrame, horizon: int = REASON_MONTHS) -> pd.DataFrame:
        """As :meth:`matching.models.risk.DiscreteHazard.contributions`, by covariate."""
        return self.splines_.gathered(
            self.hazard_.contributions(self._read(X), horizon), self._names
        )

    def swings(self, X: pd.DataFrame, horizon: int = REASON_MONTHS) -> pd.DataFrame:
        """How far the answer to each unknown moves the chance: that of its columns together."""
        return self.splines_.gathered(self.hazard_.swings(self._read(X), horizon), self._names)

    def unknowns(self, X: pd.DataFrame, horizon: int = REASON_MONTHS) -> list[tuple[str, ...]]:
        """For each person, the unknown covariates worth asking for, what matters most first."""
        return worth_asking(self.swings(X, horizon))

    def to_json(self) -> str:
        """Write the whole model; :meth:`from_json` gives back the same predictions exactly."""
        check_is_fitted(self)
        content = {
            "format": FORMAT,
            "knots": self.knots,
            "covariates": self._names,
            "splines": self.splines_.to_state(),
            "hazard": json.loads(self.hazard_.to_json()),
        }
        return json.dumps(content, indent=1, allow_nan=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a model back; a ``DataError`` if the text is not what :meth:`to_json` writes."""
        try:
            content = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise DataError(f"The splined hazard model is not JSON ({error}); {_MEND}") from error
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise DataError(f"The splined hazard model is not of the form {FORMAT!r}; {_MEND}")
        names, knots = content.get("covariates"), content.get("knots")
        if not isinstance(names, list) or any(type(name) is not str for name in names):
            raise DataError(f"The splined hazard model lacks its covariates; {_MEND}")
        if type(knots) is not int:
            raise DataError(f"The splined hazard model has knots={knots!r}; {_MEND}")
        splines = read_splines(content.get("splines"))
        hazard = DiscreteHazard.from_json(json.dumps(content.get("hazard")))
        empty = pd.DataFrame(columns=names, dtype=float)
        if not {*splines.splines} <= {*names} or list(splines.transform(empty).columns) != list(
            hazard.feature_names_in_
        ):
            raise DataError(f"The splined hazard model's splines are of another; {_MEND}")
        settings = hazard.get_params()
        del settings["undirected"]  # bends have the strength of all
        model = cls(knots=knots, **settings)
        model.splines_, model.hazard_ = splines, hazard
        model._ready(names)
        return model

    def _ready(self, names: list[str]) -> None:
        """Make once what takes longer than one person does."""
        self.feature_names_in_ = np.asarray(names, dtype=object)
        self.n_features_in_ = len(names)
        self._names = names
        self._wide = pd.Index(self.splines_.names(names), dtype=object)

    def _read(self, X: pd.DataFrame) -> pd.DataFrame:
        check_is_fitted(self)
        values = covariates(X, self._names, allowed=self.allowed)
        return pd.DataFrame(self.splines_.columns(values, self._names), X.index, self._wide)

    @staticmethod
    def _frame(values: Array, names: Sequence[str], index: "pd.Index[Any]") -> pd.DataFrame:
        return pd.DataFrame(values, index=index, columns=list(names))
