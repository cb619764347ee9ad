"""Chances brought to what comes of a hub's own people, once enough is known of them.

A straight line on the log odds (Cox 1958, *Two further applications of a model for binary
regression*, Biometrika 45): its level says whether chances are too high or too low here, its slope
whether they are too far apart. It keeps the order of the people. Who was lost from sight before
the horizon is made up for by the weights of those who were not.

Nothing is brought anywhere on little data: before, the chances stay as they are, and it is said
how many outcomes there are and how many it takes. Nor by chance: where the outcomes do not
contradict the chances as they are, these stay (a closed test, Vergouwe et al. 2017, *A closed
testing procedure to select an appropriate method for updating prediction models*, Statistics in
Medicine 36).
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from math import ceil, isfinite

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit
from sklearn.linear_model import LogisticRegression

from matching.domain import CalibrationState, HubCalibration
from matching.errors import DataError

Array = npt.NDArray[np.float64]

MOST_ERROR = 0.15
"""Standard error that slope and level may have at most: a slope of 1 is then known to .7 to 1.3,
and a chance of one half to 43% to 57%, nineteen times in twenty."""

FEWEST_EXITS = 100
"""People who were seen to leave by the horizon, at least."""

_FORMAT = "valoriamo-recalibration/1"
_MEND = "restore the file or calibrate again."
_LEAST = 1e-6
_FEW = 20  # of fewer known outcomes it is not asked how their chances spread
# Chi squared of two numbers that chance exceeds once in a hundred: every horizon has its own try,
# and a line that chance alone drew costs as much as it says.
_SURPRISING = 9.210340371976182


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
        Of the log odds, as found; 0 and 1 where none was. They are applied where it was done.
    covariance
        Variance of the intercept, covariance, variance of the slope.
    """

    state: CalibrationState
    horizon: int
    outcomes: int
    exits: int
    needed: int | None
    needed_exits: int
    intercept: float = 0.0
    slope: float = 1.0
    covariance: tuple[float, float, float] = (0.0, 0.0, 0.0)

    @property
    def applied(self) -> bool:
        """Whether it changes the chances."""
        return self.state is CalibrationState.DONE

    @property
    def summary(self) -> HubCalibration:
        """What is said of it to whoever reads the chances."""
        return HubCalibration(
            months=self.horizon,
            state=self.state,
            outcomes=self.outcomes,
            exits=self.exits,
            needed=self.needed,
            needed_exits=self.needed_exits,
        )

    def at(self, chance: Array) -> Array:
        """The chances as they are here: in the same order, and unchanged unless it was done."""
        if not self.applied:
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
        With enough the line is applied, unless that level 0 and slope 1 are the truth would
        explain the outcomes (Wald's test of both, robust to the weights, at 1%).

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

    plain = Recalibration(
        state=CalibrationState.FEW,
        horizon=horizon,
        outcomes=count,
        exits=left,
        needed=needed,
        needed_exits=FEWEST_EXITS,
    )
    if needed is None or count < needed or left < FEWEST_EXITS or left == count:
        return plain
    line = LogisticRegression(C=np.inf, tol=1e-10, max_iter=1000)
    line.fit(odds[known, None], stayed[known], sample_weight=weight[known])
    slope, intercept = float(line.coef_[0, 0]), float(line.intercept_[0])
    if slope <= 0:
        return replace(plain, state=CalibrationState.TURNED)
    covariance = _covariance(odds[known], stayed[known], weight[known], intercept, slope)
    apart = np.array([intercept, slope - 1.0])
    surprising = float(apart @ np.linalg.solve(covariance, apart)) > _SURPRISING
    return replace(
        plain,
        state=CalibrationState.DONE if surprising else CalibrationState.RIGHT,
        intercept=intercept,
        slope=slope,
        covariance=(float(covariance[0, 0]), float(covariance[0, 1]), float(covariance[1, 1])),
    )


def recalibration_text(lines: Sequence[Recalibration]) -> str:
    """The file of the lines of a model; :func:`read_recalibrations` gives the same back."""
    content = {"format": _FORMAT, "lines": [line.to_state() for line in lines]}
    return json.dumps(content, indent=1, allow_nan=False) + "\n"


def read_recalibrations(text: str) -> tuple[Recalibration, ...]:
    """Read the file back; a ``DataError`` if the text is not what was written."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataError(f"The recalibration is not JSON ({error}); {_MEND}") from error
    if not isinstance(content, dict) or content.get("format") != _FORMAT:
        raise DataError(f"The recalibration is not of the form {_FORMAT!r}; {_MEND}")
    given = content.get("lines")
    if not isinstance(given, list) or set(content) != {"format", "lines"}:
        raise DataError(f"The recalibration holds no list of lines; {_MEND}")
    lines = tuple(map(read_recalibration, given))
    horizons = [line.horizon for line in lines]
    if horizons != sorted({*horizons} - {0}):
        raise DataError(f"The recalibration is of the horizons {horizons}, not in order; {_MEND}")
    return lines


def read_recalibration(state: object) -> Recalibration:
    """Read a line back; a ``DataError`` if it is not what :meth:`Recalibration.to_state` gave."""
    names = set(Recalibration.__dataclass_fields__)
    if not isinstance(state, dict) or set(state) != names:
        raise DataError(f"The recalibration does not have {sorted(names)}; {_MEND}")
    counts = [state[name] for name in ("horizon", "outcomes", "exits", "needed_exits")]
    counts += [] if state["needed"] is None else [state["needed"]]
    if any(type(one) is not int or one < 0 for one in counts) or state["state"] not in [
        *CalibrationState
    ]:
        raise DataError(f"The recalibration has the counts {counts}, {state['state']!r}; {_MEND}")
    line = [state["intercept"], state["slope"]]
    if not _finite(line) or line[1] <= 0:
        raise DataError(f"The recalibration has the line {line}: no slope above 0; {_MEND}")
    spread = state["covariance"]
    sound = isinstance(spread, list) and len(spread) == 3 and _finite(spread)
    if (
        not sound
        or min(spread[0], spread[2]) < 0
        or spread[1] ** 2 > (1 + 1e-9) * spread[0] * spread[2]
    ):
        raise DataError(f"The recalibration has the covariance {spread}, which is none; {_MEND}")
    return Recalibration(
        **{**state, "state": CalibrationState(state["state"]), "covariance": tuple(spread)}
    )


def _finite(values: list[object]) -> bool:
    return all(type(one) in (int, float) and isfinite(one) for one in values)  # type: ignore[arg-type]


def _covariance(odds: Array, stayed: Array, weight: Array, intercept: float, slope: float) -> Array:
    """Of intercept and slope, whatever the weights are of (White 1982, Econometrica 50)."""
    rows = np.column_stack([np.ones_like(odds), odds])
    chance = expit(intercept + slope * odds)
    inverse = np.linalg.inv(rows.T @ (rows * (weight * chance * (1.0 - chance))[:, None]))
    noise = rows.T @ (rows * (weight**2 * (stayed - chance) ** 2)[:, None])
    return np.asarray(inverse @ noise @ inverse, dtype=float)


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
