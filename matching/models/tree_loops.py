"""Loops over the trees of a forest, for numba to compile where it is installed.

They are ordinary Python as well, which is how the tests compare them with LightGBM. What the
arrays hold is said at :class:`matching.models.trees.Forest`.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

EXPLAINED = 32  # rows explained at once
BLOCK = 128  # rows at once: what the splits of a tree give for all of them stays in a near cache
_ZERO = float(np.float32(1e-35))  # what is no farther from 0 is 0 to LightGBM


def walk(
    rows: Array,
    features: Ints,
    nan_as: Array,
    zero_too: Flags,
    boosters: Ints,
    splits: Ints,
    leaves: Ints,
    column: Ints,
    threshold: Array,
    left: Ints,
    right: Ints,
    value: Array,
    margins: Array,
) -> None:
    """Fill the margins by walking every tree from its root, row after row."""
    for row in range(len(rows)):
        for booster in range(len(boosters) - 1):
            margin = 0.0
            for tree in range(boosters[booster], boosters[booster + 1]):
                side = 0 if splits[tree] < splits[tree + 1] else -1
                while side >= 0:
                    split = splits[tree] + side
                    at = column[split]
                    known = rows[row, features[at]]
                    if math.isnan(known) or zero_too[at] and abs(known) <= _ZERO:
                        known = nan_as[at]
                    side = left[split] if known <= threshold[split] else right[split]
                margin += value[leaves[tree] - side - 1]
            margins[booster, row] = margin


def climb(
    rows: Array,
    features: Ints,
    nan_as: Array,
    zero_too: Flags,
    boosters: Ints,
    splits: Ints,
    leaves: Ints,
    column: Ints,
    threshold: Array,
    left: Ints,
    right: Ints,
    value: Array,
    margins: Array,
) -> None:
    """Fill the margins by evaluating every split of a tree, the last first, for a block of rows.

    Both sides are read before one is chosen, so that the loops over rows hold no jump: compiled,
    they choose for four rows at a time and more.
    """
    columns = np.zeros((len(features), BLOCK))
    most = 1
    for tree in range(len(splits) - 1):
        most = max(most, splits[tree + 1] - splits[tree])
    chosen = np.zeros((most, BLOCK))
    total = np.zeros(BLOCK)
    for start in range(0, len(rows), BLOCK):
        size = min(BLOCK, len(rows) - start)
        for row in range(size):
            for at in range(len(features)):
                known = rows[start + row, features[at]]
                if math.isnan(known) or zero_too[at] and abs(known) <= _ZERO:
                    known = nan_as[at]
                columns[at, row] = known
        for booster in range(len(boosters) - 1):
            for row in range(BLOCK):
                total[row] = 0.0
            for tree in range(boosters[booster], boosters[booster + 1]):
                first, leaf = splits[tree], leaves[tree]
                if first == splits[tree + 1]:
                    for row in range(BLOCK):
                        total[row] += value[leaf]
                    continue
                for split in range(splits[tree + 1] - 1, first - 1, -1):
                    at, end, number = column[split], threshold[split], split - first
                    one, other = left[split], right[split]
                    if one < 0 and other < 0:
                        low, high = value[leaf - one - 1], value[leaf - other - 1]
                        for row in range(BLOCK):
                            chosen[number, row] = low if columns[at, row] <= end else high
                    elif one < 0:
                        low = value[leaf - one - 1]
                        for row in range(BLOCK):
                            high = chosen[other, row]
                            chosen[number, row] = low if columns[at, row] <= end else high
                    elif other < 0:
                        high = value[leaf - other - 1]
                        for row in range(BLOCK):
                            low = chosen[one, row]
                            chosen[number, row] = low if columns[at, row] <= end else high
                    else:
                        for row in range(BLOCK):
                            low, high = chosen[one, row], chosen[other, row]
                            chosen[number, row] = low if columns[at, row] <= end else high
                for row in range(BLOCK):
                    total[row] += chosen[0, row]
            for row in range(size):
                margins[booster, start + row] = total[row]


def shapley(
    rows: Array,
    typical: Array,
    starts: Ints,
    features: Ints,
    lower: Array,
    upper: Array,
    value: Array,
    adds: Array,
    takes: Array,
    parts: Array,
) -> None:
    """Fill the parts, as :meth:`matching.models.leaves.Leaves.shapley` says.

    Only the features that bound a leaf are looked at: ``starts`` says where each leaf's begin. How
    many of them only the row has inside, ``mine``, is the same for every row that reaches the leaf
    at all: all those that the typical row has outside.
    """
    columns = np.zeros((rows.shape[1], EXPLAINED))
    sums = np.zeros((rows.shape[1], EXPLAINED))
    reached, given, taken = np.zeros(EXPLAINED), np.zeros(EXPLAINED), np.zeros(EXPLAINED)
    others = np.zeros(EXPLAINED, dtype=np.int64)
    for start in range(0, len(rows), EXPLAINED):
        size = min(EXPLAINED, len(rows) - start)
        for row in range(size):
            for at in range(rows.shape[1]):
                columns[at, row] = rows[start + row, at]
                sums[at, row] = 0.0
        for leaf in range(len(value)):
            mine = 0
            for row in range(EXPLAINED):
                reached[row] = value[leaf]
                others[row] = 0
            for place in range(starts[leaf], starts[leaf + 1]):
                at, low, high = features[place], lower[place], upper[place]
                if low < typical[at] <= high:
                    for row in range(EXPLAINED):
                        known = columns[at, row]
                        others[row] += 0 if (known > low) & (known <= high) else 1
                else:
                    mine += 1
                    for row in range(EXPLAINED):
                        known, held = columns[at, row], reached[row]
                        reached[row] = held if (known > low) & (known <= high) else 0.0
            for row in range(EXPLAINED):
                given[row] = reached[row] * adds[mine, others[row]]
                taken[row] = reached[row] * takes[mine, others[row]]
            for place in range(starts[leaf], starts[leaf + 1]):
                at, low, high = features[place], lower[place], upper[place]
                if low < typical[at] <= high:
                    for row in range(EXPLAINED):
                        known, lost = columns[at, row], taken[row]
                        sums[at, row] -= 0.0 if (known > low) & (known <= high) else lost
                else:
                    for row in range(EXPLAINED):
                        sums[at, row] += given[row]
        for row in range(size):
            for at in range(rows.shape[1]):
                parts[start + row, at] = sums[at, row]


@dataclass(frozen=True, slots=True)
class TreeLoops:
    """The loops, compiled or not."""

    walk: Callable[..., None] = walk
    climb: Callable[..., None] = climb
    shapley: Callable[..., None] = shapley


@lru_cache(maxsize=1)
def compiled_tree_loops() -> TreeLoops | None:
    """The compiled loops, None where numba is not installed. Compiling is done once per machine."""
    if find_spec("numba") is None:
        return None
    from numba import njit

    return TreeLoops(
        walk=njit(cache=True, nogil=True)(walk),
        climb=njit(cache=True, nogil=True)(climb),
        shapley=njit(cache=True, nogil=True)(shapley),
    )
