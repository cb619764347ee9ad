"""A loop over the months of a spell, for numba to compile where it is installed.

It is ordinary Python as well, which is how the tests compare it with
:func:`matching.models.spells.exits`.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.util import find_spec

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Fold = Callable[[Array, Array, Ints, Ints, Array], None]

FAR = 40.0  # of log odds: beyond it a chance is 0 or 1 to the last bit
BLOCK = 128  # rows at once: what is kept of them stays in a near cache


def fold(margins: Array, level: Array, stretch: Ints, at: Ints, found: Array) -> None:
    """Fill in the chances of no work, and of being inactive, by some months.

    Parameters
    ----------
    margins
        Log odds of each stretch and cause over the month's, shape (stretches, 2, n).
    level
        Odds of each month and cause, shape (months, 2).
    stretch
        Of each month.
    at
        The months asked for, from 0 and in order.
    found
        Filled, shape (n, 2 x months asked for): no work and inactive, month by month.
    """
    stretches, count = margins.shape[0], margins.shape[2]
    odds = np.zeros((stretches, 2, BLOCK))
    searching, gone = np.zeros(BLOCK), np.zeros(BLOCK)
    for start in range(0, count, BLOCK):
        size = min(BLOCK, count - start)
        for number in range(stretches):
            for cause in range(2):
                for row in range(size):
                    odds[number, cause, row] = np.exp(margins[number, cause, start + row])
        for row in range(BLOCK):
            searching[row], gone[row] = 1.0, 0.0
        month = 0
        for place in range(len(at)):
            while month <= at[place]:
                here, to_work, to_inactive = stretch[month], level[month, 0], level[month, 1]
                for row in range(BLOCK):
                    work = odds[here, 0, row] * to_work
                    inactive = odds[here, 1, row] * to_inactive
                    without = searching[row] / (1.0 + work)
                    gone[row] += without * inactive / (1.0 + inactive)
                    searching[row] = without / (1.0 + inactive)
                month += 1
            for row in range(size):
                found[start + row, 2 * place] = searching[row] + gone[row]
                found[start + row, 2 * place + 1] = gone[row]


def by_one_course(linear: Array, course: Array, at: Sequence[int], *, loop: Fold) -> Array:
    """Chances of no work, and of being inactive, where all months have the same effects.

    Parameters
    ----------
    linear
        Log odds that each person adds to those of the months, shape (n, 2).
    course
        Log odds of each month and cause, shape (months, 2).
    at
        The months asked for, from 0, in any order.
    loop
        :func:`fold`, compiled or not.

    Returns
    -------
    ndarray
        Shape (n, 2 x months asked for), as they were asked.
    """
    asked, place = np.unique(np.asarray(at, dtype=np.int64), return_inverse=True)
    found = np.empty((len(linear), 2 * len(asked)))
    margins = np.ascontiguousarray(np.clip(linear, -FAR, FAR).T)[None]
    loop(margins, np.exp(course), np.zeros(len(course), dtype=np.int64), asked, found)
    if np.array_equal(place, np.arange(len(asked))):
        return found
    columns = np.stack([2 * place, 2 * place + 1], axis=1).ravel()
    return found[:, columns]


@lru_cache(maxsize=1)
def compiled_fold() -> Fold | None:
    """The compiled loop, None where numba is not installed. Compiling is once per machine."""
    if find_spec("numba") is None:
        return None
    from numba import njit

    compiled: Fold = njit(cache=True, nogil=True)(fold)
    return compiled
