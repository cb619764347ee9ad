"""LightGBM's trees, evaluated many rows at a time, to the last bit as LightGBM evaluates them.

A booster walks each tree from the root, one row after the other, and at every split waits for the
outcome of a comparison that no processor can guess. Trees of few leaves are quicker evaluated
whole, from the leaves up: at every split the value of the left or of the right side is kept, for a
block of rows at once, without a jump. Where numba is not installed, LightGBM itself scores.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import lightgbm as lgb
import numpy as np
import numpy.typing as npt

from matching.errors import ModelError
from matching.models.tree_loops import TreeLoops

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# Bits of LightGBM's decision type: what is missing, and the side it goes to.
_LEFT, _MISSING = 0b10, 0b1110
_NOT_MISSING, _ZERO_MISSING = 0, 1
_COLUMN, _OF_SPLITS = ("split_feature", "decision_type"), ("threshold", "left_child", "right_child")
_VALUE = "leaf_value"
_FEW = 8  # so few rows are quicker walked one by one


@dataclass(frozen=True, slots=True)
class Forest:
    """The trees of several boosters over the same features, in flat arrays.

    A split compares a column: a feature, with what NaN (``zero_too``: and 0) counts as in it, so
    that ``value <= threshold`` alone sends a row to the left. A side from 0 is a split of the
    tree, numbered behind its parent; ``-1`` is the tree's first leaf, ``-2`` the second.
    ``boosters`` holds where each booster's trees start, ``splits`` and ``leaves`` where those of
    each tree do.
    """

    features: Ints
    nan_as: Array
    zero_too: npt.NDArray[np.bool_]
    boosters: Ints
    splits: Ints
    leaves: Ints
    column: Ints
    threshold: Array
    left: Ints
    right: Ints
    value: Array

    @property
    def arrays(self) -> tuple[npt.NDArray[Any], ...]:
        """Everything, in the order in which the loops take it."""
        return (
            self.features, self.nan_as, self.zero_too, self.boosters, self.splits, self.leaves,
            self.column, self.threshold, self.left, self.right, self.value,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class TreeScorer:
    """Margins by some boosters of the same rows. Made by :func:`tree_scorer`."""

    boosters: tuple[lgb.Booster, ...]
    features: int
    forest: Forest | None
    loops: TreeLoops | None
    threads: int

    def margins(self, rows: Array) -> Array:
        """Raw scores, shape (boosters, n), of rows of shape (n, features).

        Raises
        ------
        ModelError
            If the rows have not as many features as the boosters.
        """
        if rows.ndim != 2 or rows.shape[1] != self.features:
            raise ModelError(
                f"Rows of shape {rows.shape} were given to trees over {self.features} features; "
                "give one column for each."
            )
        if not len(rows):
            return np.empty((len(self.boosters), 0))
        if self.forest is None or self.loops is None:
            return np.array(
                [
                    booster.predict(rows, raw_score=True, num_threads=self.threads)
                    for booster in self.boosters
                ],
                dtype=float,
            )
        margins = np.zeros((len(self.boosters), len(rows)))
        loop = self.loops.walk if len(rows) <= _FEW else self.loops.climb
        loop(np.ascontiguousarray(rows, dtype=float), *self.forest.arrays, margins)
        return margins


def tree_scorer(
    boosters: Sequence[lgb.Booster], *, loops: TreeLoops | None, threads: int = 1
) -> TreeScorer:
    """What scores rows by boosters over the same features.

    Parameters
    ----------
    boosters
        One or more, of numeric splits, constant leaves and one tree a round.
    loops
        What :func:`matching.models.tree_loops.compiled_tree_loops` gives; with None, LightGBM
        scores.
    threads
        Of LightGBM; the loops use one.

    Raises
    ------
    ModelError
        If there is no booster, if they differ in features, or a tree is of another kind.
    """
    widths = sorted({booster.num_feature() for booster in boosters})
    if len(widths) != 1:
        raise ModelError(
            f"Boosters over {widths} features were given; give one or more over the same."
        )
    forest = None if loops is None else _forest(boosters)
    return TreeScorer(tuple(boosters), widths[0], forest, loops, threads)


def _forest(boosters: Sequence[lgb.Booster]) -> Forest:
    columns: dict[tuple[int, int], int] = {}
    ends, splits, leaves = [0], [0], [0]
    column: list[int] = []
    found: dict[str, list[str]] = {name: [] for name in (*_OF_SPLITS, _VALUE)}
    for booster in boosters:
        for tree in read_trees(booster):
            for name, values in found.items():
                values += tree.get(name, "").split()
            for feature, kind in zip(
                *(tree.get(name, "").split() for name in _COLUMN), strict=True
            ):
                key = int(feature), int(kind) & _MISSING
                column.append(columns.setdefault(key, len(columns)))
            splits.append(len(column))
            leaves.append(len(found[_VALUE]))
        ends.append(len(splits) - 1)
    threshold, left, right = (found[name] for name in _OF_SPLITS)
    kinds = [kind for _, kind in columns]
    return Forest(
        features=np.array([feature for feature, _ in columns], dtype=np.int64),
        # Below all thresholds, or above them: nothing compares with NaN.
        nan_as=np.array([_nan_as(kind) for kind in kinds], dtype=float),
        zero_too=np.array([kind >> 2 == _ZERO_MISSING for kind in kinds], dtype=np.bool_),
        boosters=np.array(ends, dtype=np.int64),
        splits=np.array(splits, dtype=np.int64),
        leaves=np.array(leaves, dtype=np.int64),
        column=np.array(column, dtype=np.int64),
        threshold=np.array(threshold, dtype=float),
        left=np.array(left, dtype=np.int64),
        right=np.array(right, dtype=np.int64),
        value=np.array(found[_VALUE], dtype=float),
    )


def _nan_as(kind: int) -> float:
    if kind >> 2 == _NOT_MISSING:
        return 0.0
    return -np.inf if kind & _LEFT else np.nan


def read_trees(booster: lgb.Booster) -> Iterator[Mapping[str, str]]:
    """The fields of every tree, as LightGBM writes them.

    They are read from the text: the dump has an infinite threshold as a large number, and takes
    twenty times as long.

    Raises
    ------
    ModelError
        For a tree that does more than compare numbers and add its leaf's value to the others'.
    """
    head, *trees = booster.model_to_string().split("\nTree=")
    lines = head.splitlines()
    if "num_tree_per_iteration=1" not in lines or "average_output" in lines:
        raise ModelError(
            "The booster has several trees a round, or averages them; give one whose trees add "
            "up to one score, as a ranker's do."
        )
    for tree in trees:
        fields = dict(line.split("=", 1) for line in tree.split("\n\n")[0].splitlines()[1:])
        for name, kind in (("num_cat", "categorical splits"), ("is_linear", "linear leaves")):
            if fields.get(name, "0") != "0":
                raise ModelError(
                    f"The booster's trees have {kind}; give one of numeric splits and constant "
                    "leaves."
                )
        yield fields
