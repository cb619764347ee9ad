"""Trees as boxes, and the exact part of each feature in what they add up to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
from scipy.special import beta

from matching.models.tree_loops import TreeLoops
from matching.models.trees import read_trees

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_ROWS_AT_ONCE = 256  # pairs explained together: bounds memory at rows x leaves x features


@dataclass(frozen=True)
class Leaves:
    """Every leaf of a set of trees: its ends by feature (above lower, up to upper), its value.

    ``loops`` are those that :meth:`shapley` uses; without, numpy compares every leaf's every
    feature.
    """

    lower: Array
    upper: Array
    value: Array
    loops: TreeLoops | None = None

    def shapley(self, values: Array, typical: Array) -> Array:
        """Shapley values of the margin against the typical row, shape (n, features).

        A leaf is a box, and is reached by a mixture of the two rows when each feature that only
        one of them has inside the box is taken from that one. With ``a`` features that only the
        row has and ``b`` that only the typical row has, the leaf adds ``(a-1)! b! / (a+b)!`` of
        its value to each of the former, and takes ``a! (b-1)! / (a+b)!`` from each of the latter.
        """
        parts = np.zeros(values.shape)
        if self.loops is not None:
            rows = np.ascontiguousarray(values, dtype=float)
            whole = np.ascontiguousarray(typical, dtype=float)
            self.loops.shapley(rows, whole, *self._sides, self.value, *self._shares, parts)
            return parts
        at_typical = (typical > self.lower) & (typical <= self.upper)
        for start in range(0, len(values), _ROWS_AT_ONCE):
            rows = values[start : start + _ROWS_AT_ONCE, None, :]
            inside = (rows > self.lower) & (rows <= self.upper)
            mine, other = inside & ~at_typical, ~inside & at_typical
            reached = (inside | at_typical).all(axis=2) * self.value
            a, b = mine.sum(axis=2), other.sum(axis=2)
            up = reached * beta(np.maximum(a, 1), b + 1)
            down = reached * beta(a + 1, np.maximum(b, 1))
            given, taken = (up[..., None] * mine).sum(axis=1), (down[..., None] * other).sum(axis=1)
            parts[start : start + _ROWS_AT_ONCE] = given - taken
        return parts

    @cached_property
    def _sides(self) -> tuple[Ints, Ints, Array, Array]:
        """Where each leaf's bounded features start, which they are, and their ends."""
        bounded = (self.lower > -np.inf) | (self.upper < np.inf)
        starts = np.concatenate([[0], np.cumsum(bounded.sum(axis=1))]).astype(np.int64)
        features = np.nonzero(bounded)[1].astype(np.int64)
        return starts, features, self.lower[bounded], self.upper[bounded]

    @cached_property
    def _shares(self) -> tuple[Array, Array]:
        """What a leaf adds and takes of its value, by ``a`` and ``b``."""
        most = int(np.diff(self._sides[0]).max(initial=0)) + 1
        a, b = np.arange(most)[:, None], np.arange(most)[None, :]
        return beta(np.maximum(a, 1), b + 1), beta(a + 1, np.maximum(b, 1))


def leaves_of(
    boosters: lgb.Booster | Sequence[lgb.Booster],
    features: int,
    *,
    loops: TreeLoops | None = None,
) -> Leaves:
    """The leaves of a booster over so many features, or of the mean of several.

    ``loops`` are what :func:`matching.models.tree_loops.compiled_tree_loops` gives.

    Raises
    ------
    ModelError
        If a tree is of another kind than :func:`matching.models.trees.tree_scorer` takes.
    """
    members = [boosters] if isinstance(boosters, lgb.Booster) else list(boosters)
    lower: list[Array] = []
    upper: list[Array] = []
    value: list[float] = []
    for booster in members:
        for tree in read_trees(booster):
            for number, (low, high) in _boxes(tree, features).items():
                lower.append(low)
                upper.append(high)
                value.append(float(tree["leaf_value"].split()[number]) / len(members))
    return Leaves(np.array(lower), np.array(upper), np.array(value), loops)


def _boxes(tree: Mapping[str, str], features: int) -> dict[int, tuple[Array, Array]]:
    """Ends of every leaf of a tree, by its number."""
    feature, left, right = (
        [int(number) for number in tree.get(name, "").split()]
        for name in ("split_feature", "left_child", "right_child")
    )
    threshold = [float(number) for number in tree.get("threshold", "").split()]
    found: dict[int, tuple[Array, Array]] = {}
    ends = np.full(features, np.inf)
    waiting = [(0 if feature else -1, -ends, ends)]
    while waiting:
        side, lower, upper = waiting.pop()
        if side < 0:
            found[-1 - side] = lower, upper
            continue
        here, end = np.arange(features) == feature[side], threshold[side]
        waiting.append((left[side], lower, np.where(here, np.minimum(upper, end), upper)))
        waiting.append((right[side], np.where(here, np.maximum(lower, end), lower), upper))
    return dict(sorted(found.items()))
