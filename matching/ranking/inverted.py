"""A sparse matrix of what people hold, turned round: for each thing, who holds it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.errors import DataError
from matching.ranking.retrieval_loops import RetrievalLoops

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Places = npt.NDArray[np.uint16]

BLOCK = 1 << 16  # people of whom one is told by two bytes


@dataclass(frozen=True, slots=True)
class Wanted:
    """Columns of a matrix that are asked for, each once, and the weight of each."""

    columns: Ints
    weights: Array


@dataclass(frozen=True, slots=True, eq=False)
class Inverted:
    """For every column of a matrix with a row for every person who has which value in it.

    What is read is what costs, so people come in blocks of :data:`BLOCK`, in which a place is a
    short number, and those with the same value stand together: each column of a block is a list of
    groups. ``lists`` holds where each list's groups begin, block after block, ``starts`` where each
    group's ``rows`` do, ``values`` the value of each group. Made by :func:`inverted`.
    """

    lists: Ints
    starts: Ints
    rows: Places
    values: Array
    columns: int

    def add(self, asked: Wanted, scores: Array, *, loops: RetrievalLoops | None) -> None:
        """Add to everybody's score, shape (people,), the product with what is asked."""
        if loops is not None:
            loops.add_lists(
                self.lists, self.starts, self.rows, self.values,
                asked.columns, asked.weights, BLOCK, scores,
            )  # fmt: skip
            return
        for number, first in enumerate(range(0, len(scores), BLOCK)):
            part = scores[first : first + BLOCK]
            lists = self.lists[number * self.columns :]
            for column, weight in zip(asked.columns, asked.weights, strict=True):
                for group in range(lists[column], lists[column + 1]):
                    held = self.rows[self.starts[group] : self.starts[group + 1]]
                    part[held] += weight * self.values[group]


def inverted(matrix: sparse.csr_array) -> Inverted:
    """Turn a matrix round.

    Raises
    ------
    DataError
        If a value is not finite.
    """
    if not np.isfinite(matrix.data).all():
        raise DataError("A matrix to retrieve from holds a value that is not finite.")
    size, columns = matrix.shape
    groups: list[Ints] = []  # how many in each list
    people: list[Ints] = []  # how many in each group
    rows: list[Places] = [np.empty(0, dtype=np.uint16)]
    values: list[Array] = [np.empty(0)]
    for first in range(0, size, BLOCK):
        block = matrix[first : first + BLOCK].tocsc()
        block.sum_duplicates()
        kinds, kind = np.unique(block.data, return_inverse=True)
        list_of = np.repeat(np.arange(columns) * len(kinds), np.diff(block.indptr)) + kind
        order = np.argsort(list_of, kind="stable")
        named, counts = np.unique(list_of[order], return_counts=True)
        groups.append(np.bincount(named // max(1, len(kinds)), minlength=columns))
        people.append(counts)
        rows.append(block.indices[order].astype(np.uint16))
        values.append(kinds[named % max(1, len(kinds))].astype(float))
    return Inverted(
        lists=_begins(groups),
        starts=_begins(people),
        rows=np.concatenate(rows),
        values=np.concatenate(values),
        columns=columns,
    )


def _begins(counts: Sequence[Ints]) -> Ints:
    """Where each of some things begins that stand one after the other, and where the last ends."""
    return np.concatenate([[0], *counts]).astype(np.int64).cumsum()
