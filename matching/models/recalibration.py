"""Chances brought to what comes of a hub's own people, once enough is known of them.

A straight line on the log odds (Cox 1958, *Two further applications of a model for binary
regression*, Biometrika 45): its level says whether chances are too high or too low here, its slope
whether they are too far apart. It keeps the order of the people. Who was lost from sight before
the horizon is made up for by the weights of those who were not.

Nothing is brought anywhere on little data: before, the chances stay as they are, and it is said
how many outcomes there are and how many it takes.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from math import ceil, isfinite

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit, logit
from sklearn.linear_model import LogisticRegression

from matching.errors import DataError

Array = npt.NDArray[np.float64]

MOST_ERROR = 0.15
"""Standard error that slope and level may have at most: a slope of 1 is then known to .7 to 1.3,
and a chance of one half to 43% to 57%, nineteen times in twenty."""

FEWEST_EXITS = 100
"""People who were seen to leave by the horizon, at least."""

_LEAST = 1e-6
_FEW = 20  # of fewer known outcomes it is not asked how their chances spread


class CalibrationState(StrEnum):
    """What came of a recalibration."""

    DONE = "recalibrated"
    FEW = "not enough data here"
    TURNED = "the order is not that of the chances"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalibration:
    """The line of one horizon, or why there is none.

    Attributes
    ----------
    horizon
        In months.
    outcomes, exits
        How many people there are of whom it is known whether they left by the horizon, and who did.
    needed, needed_exits
        How many it takes; ``needed`` is None where the chances are too alike for any number.
    intercept, slope
        Of the log odds; 0 and 1 unless it was done.
    """

    state: CalibrationState
    horizon: int
    outcomes: int
    exits: int
    needed: int | None
    needed_exits: int
    intercept: float = 0.0
    slope: float = 1.0

    def at(self, chance: Array) -> Array:
        """The chances as they are here: in the same order, and unchanged unless it was done."""
        if self.state is not CalibrationState.DONE:
            return chance
        odds = logit(np.clip(chance, _LEAST, 1.0 - _LEAST))
        return np.asarray(expit(self.intercept + self.slope * odds), dtype=float)

    def to_state(self) -> dict[str, object]:
        """JSON values; :func:`read_recalibration` gives the same back."""
        return asdict(self)


def recalibrate(chance: Array, stayed: Array, weight: Array, *, horizon: int) -> Recalibration:
    """Learn the line of one horizon from people whom the model did not learn from.

    Parameters
    ----------
    chance
        Of no work by the horizon, shape (persons,).
    stayed
        1 for who had none, 0 for who found some; not read where the weight is 0.
    weight
        For how many each stands; 0 where it is not known what came.
    horizon
        In months.

    Returns
    -------
    Recalibration
        The number needed is the one at which, with chances spread as they are here, both the
        slope and the level at the middle of the chances have a standard error of ``MOST_ERROR``.

    Raises
    ------
    DataError
        For arrays of unequal lengths, or values that cannot be.
    """
    known = weight > 0 if chance.shape == stayed.shape == weight.shape else None
    if known is None or chance.ndim != 1 or not ((chance >= 0) & (chance <= 1)).all():
        raise DataError(
            f"Chances of shape {chance.shape}, outcomes of {stayed.shape} and weights of "
            f"{weight.shape}: give one of each for every person, chances within 0 and 1."
        )
    if not np.isfinite(weight).all() or not np.isin(stayed[known], (0.0, 1.0)).all():
        raise DataError("A weight is not finite, or a known outcome is neither 0 nor 1.")
    odds = logit(np.clip(chance, _LEAST, 1.0 - _LEAST))
    count, left = int(known.sum()), int((stayed[known] == 0.0).sum())
    spread = (odds[known], weight[known]) if count >= _FEW else (odds, np.ones_like(odds))
    needed = _needed(*spread)

    def found(state: CalibrationState, intercept: float = 0.0, slope: float = 1.0) -> Recalibration:
        return Recalibration(
            state=state,
            horizon=horizon,
            outcomes=count,
            exits=left,
            needed=needed,
            needed_exits=FEWEST_EXITS,
            intercept=intercept,
            slope=slope,
        )

    if needed is None or count < needed or left < FEWEST_EXITS or left == count:
        return found(CalibrationState.FEW)
    line = LogisticRegression(C=np.inf, tol=1e-10, max_iter=1000)
    line.fit(odds[known, None], stayed[known], sample_weight=weight[known])
    slope, intercept = float(line.coef_[0, 0]), float(line.intercept_[0])
    return (
        found(CalibrationState.DONE, intercept, slope)
        if slope > 0
        else found(CalibrationState.TURNED)
    )


def recalibrated(chances: pd.DataFrame, lines: Mapping[int, Recalibration]) -> pd.DataFrame:
    """A frame as a model's ``predict`` gives it, with the lines of the horizons that have one.

    A later horizon never has the higher chance of no work, and nobody is likelier to be inactive
    than to have no work.
    """
    found = chances.copy()
    before = np.ones(len(chances))
    for horizon in sorted(int(name[8:]) for name in chances.columns if name[:8] == "no_work_"):
        column = chances[f"no_work_{horizon}"].to_numpy(dtype=float)
        line = lines.get(horizon)
        before = np.minimum(before, column if line is None else line.at(column))
        found[f"no_work_{horizon}"] = before
        gone = f"inactive_{horizon}"
        if gone in chances.columns:
            found[gone] = np.minimum(chances[gone].to_numpy(dtype=float), before)
    return found


def read_recalibration(state: object) -> Recalibration:
    """Read a line back; a ``DataError`` if it is not what :meth:`Recalibration.to_state` gave."""
    mend = "restore the file or calibrate again."
    names = set(Recalibration.__dataclass_fields__)
    if not isinstance(state, dict) or set(state) != names:
        raise DataError(f"The recalibration does not have {sorted(names)}; {mend}")
    counts = [state[name] for name in ("horizon", "outcomes", "exits", "needed_exits")]
    counts += [] if state["needed"] is None else [state["needed"]]
    line = [state["intercept"], state["slope"]]
    if any(type(one) is not int or one < 0 for one in counts) or state["state"] not in {
        *CalibrationState
    }:
        raise DataError(f"The recalibration has the counts {counts}, {state['state']!r}; {mend}")
    if any(type(one) not in (int, float) or not isfinite(one) for one in line) or line[1] <= 0:
        raise DataError(f"The recalibration has the line {line}: no slope above 0; {mend}")
    return Recalibration(**{**state, "state": CalibrationState(state["state"])})


def _needed(odds: Array, weight: Array) -> int | None:
    """How many people of these make level and slope sure enough, were the chances right."""
    if not len(odds):
        return None
    rows = np.column_stack([np.ones_like(odds), odds - np.average(odds, weights=weight)])
    chance = expit(odds)
    each = chance * (1.0 - chance)
    information = rows.T @ (rows * (weight * each)[:, None])
    if np.linalg.cond(information) > 1e10:
        return None
    noise = rows.T @ (rows * (weight**2 * each)[:, None])
    inverse = np.linalg.inv(information)
    variance = float(np.diag(inverse @ noise @ inverse).max())
    return ceil(len(odds) * variance / MOST_ERROR**2)
