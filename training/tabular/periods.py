"""Durations cut into periods, so that each horizon asked for is the end of one."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, gcd

import numpy as np
import numpy.typing as npt

from matching.errors import InputError

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

MOST = 60
_FEWEST, _USUAL = 12, 24
_PARTS = (1, 2, 4, 10)  # durations are whole, or in halves, quarters or tenths
_EXACT = 1e-9


def period_ends(durations: Array, horizons: Sequence[float]) -> tuple[float, ...]:
    """Ends of the periods, up to the last horizon.

    Durations in whole steps (two weeks, say) give a period per step if there are not over 60;
    otherwise periods are of the same length, or nearly so.

    Parameters
    ----------
    durations
        Finite, 0 or more.
    horizons
        Above 0, in the same unit.

    Raises
    ------
    InputError
        For a horizon within the first step.

    Examples
    --------
    >>> period_ends(np.array([2.0, 4.0, 8.0]), (5.0, 8.0))
    (2.0, 4.0, 6.0, 8.0)
    """
    step = _step(durations)
    if step is None:
        return _of_any_length(sorted({*horizons}))
    wanted = sorted({int(horizon / step + _EXACT) for horizon in horizons})
    if not wanted[0]:
        raise InputError(
            f"No duration is below {step:g}, so nothing can be said for a horizon of "
            f"{min(horizons):g}; ask for a later one."
        )
    return tuple(float(step * count) for count in _steps(wanted))


def periods_seen(durations: Array, ended: npt.NDArray[np.bool_], ends: Sequence[float]) -> Whole:
    """In how many periods each spell was seen: the one it ended in included, otherwise whole ones.

    >>> seen = periods_seen(np.array([0.0, 2.0, 2.5, 2.5]), np.array([1, 1, 1, 0]) > 0, (1, 2, 3))
    >>> seen.tolist()
    [1, 2, 3, 2]
    """
    grid = np.asarray(ends, dtype=float)
    # A duration that is the end of a period but for its last digit belongs to it.
    into = np.searchsorted(grid * (1 + _EXACT), durations, side="left") + 1
    whole = np.searchsorted(grid * (1 - _EXACT), durations, side="right")
    return np.where(ended, into, whole).astype(np.int64)


def _step(durations: Array) -> float | None:
    """The longest step that all durations are multiples of; None if there is none."""
    for parts in _PARTS:
        scaled = durations * parts
        if np.allclose(scaled, np.round(scaled), rtol=0, atol=1e-6):
            whole = np.round(scaled).astype(np.int64)
            common = int(np.gcd.reduce(whole))
            return common / parts if common else None
    return None


def _steps(wanted: Sequence[int]) -> Sequence[int]:
    """Ends of periods in steps."""
    last = wanted[-1]
    if last <= MOST:
        return range(1, last + 1)
    common = gcd(*wanted)
    for size in range(1, common + 1):
        if common % size == 0 and _FEWEST <= last / size <= MOST:
            return range(size, last + 1, size)
    even = np.round(np.linspace(0, last, _USUAL + 1)[1:]).astype(int).tolist()
    return sorted({*even, *wanted})


def _of_any_length(horizons: Sequence[float]) -> tuple[float, ...]:
    exact = [Fraction(horizon).limit_denominator(1000) for horizon in horizons]
    scale = max(one.denominator for one in exact)
    common = Fraction(gcd(*(int(one * scale) for one in exact)), scale)
    total = exact[-1] / common if common else Fraction(MOST + 1)
    if total > MOST or any(one * scale != int(one * scale) for one in exact):
        even = np.linspace(0, horizons[-1], _USUAL + 1)[1:].tolist()
        return tuple(sorted({*even, *horizons}))
    parts = ceil(_USUAL / total)
    count = int(total) * parts
    return tuple(horizons[-1] * number / count for number in range(1, count + 1))
