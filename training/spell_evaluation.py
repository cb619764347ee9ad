"""How well hazards foretell spells that may still be open: pure functions over persons.

``outcomes`` are a row per person: ``months`` seen and ``event`` (work, inactive, censored).
``hazards`` are a model's chances by month, shape (persons, months, 2): of work, and, without work,
of going inactive. Months beyond those of the hazards are not looked at.
"""

import math

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import logit
from sklearn.linear_model import LogisticRegression

from matching.errors import DataError
from matching.models.risk import INACTIVE, WORK

Array = npt.NDArray[np.float64]

_LEAST = 1e-12  # a chance of exactly 0 or 1 would cost infinitely much when it is wrong


def surprise(outcomes: pd.DataFrame, hazards: Array) -> Array:
    """Minus the log-likelihood of each person's months, shape (persons,); lower is better.

    A proper score for spells that may be open: a censored one counts for the months seen
    (Singer and Willett 1993, *It's about time*, J. Educational Statistics 18).

    Raises
    ------
    DataError
        For hazards of another shape than the outcomes want.
    """
    months, works, quits = _read(outcomes, hazards)
    chance = np.clip(hazards, _LEAST, 1.0 - _LEAST)
    stay = np.log1p(-chance).sum(axis=2)  # neither work nor inactive in the month
    until = np.concatenate([np.zeros((len(stay), 1)), np.cumsum(stay, axis=1)], axis=1)
    rows = np.arange(len(stay))
    found = until[rows, months]
    last = np.maximum(months, 1) - 1
    to_work, to_inactive = chance[rows, last, 0], chance[rows, last, 1]
    before = until[rows, last]
    found = np.where(works, before + np.log(to_work), found)
    found = np.where(quits, before + np.log1p(-to_work) + np.log(to_inactive), found)
    return np.asarray(-found, dtype=float)


def concordance(outcomes: pd.DataFrame, risk: Array) -> float:
    """Chance that of two persons the one with the lower risk finds work first; ties are a half.

    Harrell's C (Harrell et al. 1982, JAMA 247) for the exit to work: a pair counts when one was
    seen to find work while the other was still without. Who went inactive stays without work and
    counts so against everybody. NaN when no pair counts.

    Examples
    --------
    >>> seen = pd.DataFrame({"months": [1, 3, 2], "event": ["work", "work", "censored"]})
    >>> concordance(seen, np.array([0.1, 0.9, 0.5]))
    1.0
    """
    event = outcomes["event"].to_numpy(dtype=object)
    months = outcomes["months"].to_numpy(dtype=float)
    without = np.where(event == INACTIVE, np.inf, months)
    agreeing = counted = 0.0
    for person in np.flatnonzero(event == WORK):
        # In the month of an exit who is censored then was still without work.
        later = without > months[person]
        later |= (without == months[person]) & (event != WORK)
        counted += float(later.sum())
        agreeing += float((risk[later] > risk[person]).sum())
        agreeing += 0.5 * float((risk[later] == risk[person]).sum())
    return agreeing / counted if counted else math.nan


def calibration(outcomes: pd.DataFrame, hazards: Array) -> tuple[float, float]:
    """Slope and intercept of the monthly log odds of work against those foretold; 1 and 0 is best.

    Cox 1958 (*Two further applications of a model for binary regression*, Biometrika 45), over
    the months at risk, so that open spells count for what was seen of them.

    Raises
    ------
    DataError
        As :func:`surprise`; also when nobody, or everybody, found work.
    """
    months, works, _ = _read(outcomes, hazards)
    at_risk = np.arange(hazards.shape[1]) < months[:, None]
    happens = works[:, None] & (np.arange(hazards.shape[1]) == months[:, None] - 1)
    foretold = logit(np.clip(hazards[:, :, 0], _LEAST, 1.0 - _LEAST))[at_risk]
    seen = happens[at_risk]
    if seen.all() or not seen.any():
        raise DataError(
            f"{int(seen.sum())} of {len(seen)} months end in work: calibration needs both kinds."
        )
    line = LogisticRegression(C=np.inf, tol=1e-10, max_iter=1000)
    line.fit(foretold[:, None], seen)
    return float(line.coef_[0, 0]), float(line.intercept_[0])


def _read(
    outcomes: pd.DataFrame, hazards: Array
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    if hazards.ndim != 3 or hazards.shape[0] != len(outcomes) or hazards.shape[2] != 2:
        raise DataError(
            f"Hazards of shape {hazards.shape} for {len(outcomes)} persons: give one row each, by "
            "month, for both exits."
        )
    longest = hazards.shape[1]
    months = outcomes["months"].to_numpy(dtype=np.int64)
    event = outcomes["event"].to_numpy(dtype=object)
    seen = months <= longest  # what happened after the last month foretold is not looked at
    return np.minimum(months, longest), (event == WORK) & seen, (event == INACTIVE) & seen
