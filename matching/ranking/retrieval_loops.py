"""Loops over the lists of a pool, for numba to compile where it is installed.

They are ordinary Python as well, which is how the tests compare them with the slower way. Nothing
is added in another order than there, so that scores are the same to the last bit.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int32]


def add_lists(
    starts: Ints, rows: Rows, values: Array, asked: Ints, weights: Array, scores: Array
) -> None:
    """Add to the scores of those who hold what is asked, list after list."""
    for number in range(len(asked)):
        weight = weights[number]
        for place in range(starts[asked[number]], starts[asked[number] + 1]):
            scores[rows[place]] += weight * values[place]


def add_nearest(
    starts: Ints,
    jobs: Rows,
    near: Array,
    weight: float,
    otherwise: float,
    rows: Ints,
    scores: Array,
) -> None:
    """Add to the score of each row how near the nearest of its jobs is, or what counts for none."""
    for number in range(len(rows)):
        first, last = starts[rows[number]], starts[rows[number] + 1]
        nearest = near[jobs[first]] if first < last else otherwise
        for place in range(first + 1, last):
            nearest = max(nearest, near[jobs[place]])
        scores[number] += weight * nearest


def reaching(scores: Array, more: float, least: float, rows: Ints) -> int:
    """Fill ``rows`` with those that with so much more reach the least; return how many."""
    found = 0
    for row in range(len(scores)):
        rows[found] = row
        found += scores[row] + more >= least
    return found


def keep_best(scores: Array, kept: Array, rows: Ints) -> None:
    """Fill ``kept`` and ``rows``, no longer than ``scores``, with the best and theirs, unordered.

    They are kept in a heap with the worst on top. Of equal scores the earlier row is better, and
    rows come in order, so one that equals the worst never takes its place.
    """
    size = len(rows)
    for row in range(size):
        score, place = scores[row], row
        while place > 0:
            above = (place - 1) // 2
            if kept[above] < score:
                break
            kept[place], rows[place] = kept[above], rows[above]
            place = above
        kept[place], rows[place] = score, row
    for row in range(size, len(scores)):
        score = scores[row]
        if score <= kept[0]:
            continue
        place = 0
        while 2 * place + 1 < size:
            below = 2 * place + 1
            other = min(below + 1, size - 1)
            if kept[other] < kept[below] or (
                kept[other] == kept[below] and rows[other] > rows[below]
            ):
                below = other
            if kept[below] >= score:
                break
            kept[place], rows[place] = kept[below], rows[below]
            place = below
        kept[place], rows[place] = score, row


@dataclass(frozen=True, slots=True)
class RetrievalLoops:
    """The loops, compiled or not."""

    add_lists: Callable[..., None] = add_lists
    add_nearest: Callable[..., None] = add_nearest
    reaching: Callable[..., int] = reaching
    keep_best: Callable[..., None] = keep_best


@lru_cache(maxsize=1)
def compiled_retrieval_loops() -> RetrievalLoops | None:
    """The compiled loops, None where numba is not installed. Compiling is done once per machine."""
    if find_spec("numba") is None:
        return None
    from numba import njit

    return RetrievalLoops(
        add_lists=njit(cache=True)(add_lists),
        add_nearest=njit(cache=True)(add_nearest),
        reaching=njit(cache=True)(reaching),
        keep_best=njit(cache=True)(keep_best),
    )
