"""How much an outcome jumps at one place along a number: a curve fitted on either side of it."""

import math
from dataclasses import dataclass

import numpy as np

from training.tabular.intervals import smoothed
from training.tabular.scored import Array, Codes, spread
from training.tabular.sums import dot, gram, pulled

FEWEST = 120  # people on either side
WINDOW = 1 / 8  # of the people, on either side
_FREE = 3  # distinct values on either side beyond the degree: fewer do not show a curve
_PARTS = 10  # of a side, to see whether the curve fits


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """The people along one column, in its order, and where each distinct value begins.

    ``values`` says for each person which of the distinct values she has. ``columns`` are the
    column and others of the same order; ``dates`` are in days since 1970.
    """

    columns: tuple[str, ...]
    x: Array
    bad: Array
    weight: Array
    values: Codes
    starts: Codes
    dates: bool


@dataclass(frozen=True, slots=True)
class Jump:
    """What is left between two curves where they meet, before ``place`` and from it on."""

    place: int
    size: float
    error: float

    @property
    def apart(self) -> float:
        """Its size in standard errors."""
        return abs(self.size) / self.error


def reach(line: Line, window: float = WINDOW) -> int:
    """How many people a curve is fitted to on either side."""
    return max(FEWEST, round(len(line.x) * window))


def jump_at(
    line: Line, place: int, walls: tuple[int, int], *, degree: int = 1, window: float = WINDOW
) -> Jump | None:
    """Fit both sides of a place; None where there are too few people or values for a curve.

    Parameters
    ----------
    line
        See there.
    place
        The first person of the right side, who is the first of her value.
    walls
        Between which people the fit must stay: other jumps are not smooth.
    degree
        Of the curves.
    window
        The share of the people, on either side, that is fitted to. Where they have too few
        distinct values, as the codes of a list have, a jump is not told from a difference.
    """
    people = reach(line, window)
    # Whole values, so that the order of people of one value decides nothing.
    ends = np.append(line.starts, len(line.x))
    first = int(np.searchsorted(ends, place - people, side="right")) - 1
    last = int(np.searchsorted(ends, place + people))
    start = max(int(ends[max(first, 0)]), walls[0])
    stop = min(int(ends[min(last, len(ends) - 1)]), walls[1])
    before, after = place - start, stop - place
    values = np.searchsorted(ends, [start, place, stop])
    if min(before, after) < FEWEST or min(np.diff(values)) < degree + _FREE:
        return None
    left = _side(line, start, place, line.x[place], degree)
    right = _side(line, place, stop, line.x[place], degree)
    if left is None or right is None:
        return None
    return Jump(place, right[0] - left[0], math.sqrt(left[1] + right[1]))


def _side(line: Line, start: int, stop: int, at: float, degree: int) -> tuple[float, float] | None:
    """A curve's end at ``at``, and its variance."""
    x, bad, weight = line.x[start:stop], line.bad[start:stop], line.weight[start:stop]
    values = line.values[start:stop] - line.values[start]
    far = float(np.abs(x - at).max())
    design = ((x - at) / far)[:, None] ** np.arange(degree + 1) if far > 0 else np.empty((0, 1))
    if far == 0:
        return None
    bend = gram(design, weight)
    if np.linalg.cond(bend) > 1e10:
        return None
    inverse = np.linalg.inv(bend)
    found = inverse @ pulled(design, weight * bad)
    left = bad - (design * found).sum(axis=1)
    pull = (design * inverse[0]).sum(axis=1) * weight  # how each outcome moves the end
    robust = dot(pull**2, left**2)
    rate = smoothed(dot(weight, bad) / float(weight.sum()), spread(weight))
    least = float((pull**2).sum()) * rate * (1 - rate)
    return float(found[0]), max(robust, least) * _unfit(values, left, weight, degree, rate)


def _unfit(values: Codes, left: Array, weight: Array, degree: int, rate: float) -> float:
    """By how much the people of a part differ more from the curve than chance, 1 or more.

    A curve that does not fit leaves jumps behind; where values are few, a whole value of people
    can be off (Lee and Card 2008, J. Econometrics 142).
    """
    parts = values
    if values[-1] + 1 > _PARTS:
        parts = np.arange(len(values)) * _PARTS // len(values)
    sums = np.bincount(parts, weight * left)
    spreads = np.bincount(parts, weight**2) * rate * (1 - rate)
    free = len(sums) - degree - 1
    return max(1.0, float((sums**2 / spreads).sum()) / free) if free > 0 else 1.0
