"""Trees as boxes, and the exact part of each feature in what they add up to."""

from dataclasses import dataclass
from typing import Any

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
from scipy.special import beta

Array = npt.NDArray[np.float64]

_ROWS_AT_ONCE = 256  # pairs explained together: bounds memory at rows x leaves x features


@dataclass(frozen=True, slots=True)
class Leaves:
    """Every leaf of a set of trees: its ends by feature (above lower, up to upper), its value."""

    lower: Array
    upper: Array
    value: Array

    def shapley(self, values: Array, typical: Array) -> Array:
        """Shapley values of the margin against the typical row, shape (n, features).

        A leaf is a box, and is reached by a mixture of the two rows when each feature that only
        one of them has inside the box is taken from that one. With ``a`` features that only the
        row has and ``b`` that only the typical row has, the leaf adds ``(a-1)! b! / (a+b)!`` of
        its value to each of the former, and takes ``a! (b-1)! / (a+b)!`` from each of the latter.
        """
        at_typical = (typical > self.lower) & (typical <= self.upper)
        parts = np.zeros_like(values)
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


def leaves_of(booster: lgb.Booster, features: int) -> Leaves:
    """The leaves of a booster over so many features."""
    boxes: list[tuple[Array, Array, float]] = []

    def walk(node: dict[str, Any], lower: Array, upper: Array) -> None:
        if "split_feature" not in node:
            boxes.append((lower, upper, float(node["leaf_value"])))
            return
        here, end = np.arange(features) == node["split_feature"], float(node["threshold"])
        walk(node["left_child"], lower, np.where(here, np.minimum(upper, end), upper))
        walk(node["right_child"], np.where(here, np.maximum(lower, end), lower), upper)

    ends = np.full(features, np.inf)
    for tree in booster.dump_model()["tree_info"]:
        walk(tree["tree_structure"], -ends, ends)
    lower, upper, values = zip(*boxes, strict=True)
    return Leaves(np.array(lower), np.array(upper), np.array(values))
