"""Slopes of log odds: of a score that tells two pairs apart, and of a margin that is a share."""

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize, minimize_scalar
from scipy.special import expit

Array = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

_STEEPEST = 100.0
_COMPARED = 300  # pairs of a vacancy compared two by two, at most
_SQUASHING = [(0.001, 50.0), (-15.0, 15.0)]  # of slope and intercept


def pairwise_slope(start: Array, grades: Array, codes: Codes) -> float:
    """Slope of a score in the log odds that the better graded of two pairs of a vacancy leads.

    Of least pairwise cross-entropy (Burges et al. 2005, *Learning to rank using gradient descent*,
    ICML), and never below 0; 0 where no two pairs differ in grade and score.

    Parameters
    ----------
    start
        The score of each pair, shape (n,).
    grades, codes
        Grade and vacancy of each, the pairs of a vacancy side by side.
    """
    apart = [np.empty(0)]
    for places in np.split(np.arange(len(codes)), np.flatnonzero(np.diff(codes)) + 1):
        step = -(-len(places) // _COMPARED)
        some = places[::step]
        better, worse = np.nonzero(grades[some][:, None] > grades[some][None, :])
        apart.append(start[some[better]] - start[some[worse]])
    gaps = np.concatenate(apart)
    if not gaps.any():
        return 0.0

    def loss(slope: float) -> float:
        return float(np.logaddexp(0.0, -slope * gaps).mean())

    return float(minimize_scalar(loss, bounds=(0.0, _STEEPEST), method="bounded").x)


def squashing(margin: Array, target: Array) -> tuple[float, float]:
    """Slope and intercept of least cross-entropy; the slope is kept above 0.

    As Platt 1999 (*Probabilistic outputs for support vector machines*) does, with half a success
    and half a failure more.

    Parameters
    ----------
    margin
        Of each pair, shape (n,).
    target
        What it should say, from 0 to 1.
    """
    # Half a success and half a failure more, so that no share is 0 or 1.
    pairs = len(target)
    target = (target * pairs + 0.5) / (pairs + 1.0)

    def loss(line: Array) -> tuple[float, Array]:
        logit = line[0] * margin + line[1]
        entropy = np.logaddexp(0.0, logit) - target * logit
        over = expit(logit) - target
        return float(entropy.mean()), np.array([(over * margin).mean(), over.mean()])

    best = minimize(loss, [1.0, 0.0], jac=True, method="L-BFGS-B", bounds=_SQUASHING)
    return float(best.x[0]), float(best.x[1])
