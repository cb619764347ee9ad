"""Intervals of chances from draws of hazards' coefficients and of what is not known."""

from collections.abc import Sequence

import numpy as np
from scipy.special import expit

from matching.models.covariates import Array
from matching.models.spells import exits

_ROWS_AT_ONCE = 256
_ENDS = (0.1, 0.9)
Z80 = 1.2815515655446004
"""Standard normal quantile of an 80% interval."""


def drawn_ends(
    base: Sequence[Array],
    slopes: Sequence[Array],
    noise: Array,
    z: Array,
    unknown: Array,
    at: Sequence[int],
) -> tuple[Array, Array]:
    """Ends of the middle 80% of the drawn chances.

    Parameters
    ----------
    base
        Log odds of the typical person for each cause, shape (months, draws).
    slopes
        Drawn effects for each cause, shape (draws, covariates).
    noise
        Drawn answers, of mean 0 and deviation 1, shape (draws, covariates); the same for all
        people, so that an interval does not depend on who else is in the frame.
    z, unknown
        Covariates, 0 where unknown, and 1 where unknown, shape (persons, covariates).
    at
        Numbers of the months asked for, the first month 0.

    Returns
    -------
    tuple
        Lower and upper ends, shape (persons, 2 x months asked for): no work by each month, then
        inactive by it, in the order of ``at``, month by month.
    """
    none = np.empty((0, 2 * len(at)))
    lower, upper = [none], [none]
    for start in range(0, len(z), _ROWS_AT_ONCE):
        part = slice(start, start + _ROWS_AT_ONCE)
        linear = [z[part] @ one.T for one in slopes]
        if unknown[part].any():
            linear = [
                added + unknown[part] @ (noise * one).T
                for added, one in zip(linear, slopes, strict=True)
            ]
        chances = [
            expit(level[:, None, :] + added[None])
            for level, added in zip(base, linear, strict=True)
        ]
        worked, gone = exits(*chances)
        both = np.stack([1.0 - worked[at], gone[at]], axis=1)
        both = both.reshape(2 * len(at), -1, len(noise))
        ends = np.quantile(both, _ENDS, axis=2)
        lower.append(ends[0].T)
        upper.append(ends[1].T)
    return np.vstack(lower), np.vstack(upper)
