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
Places = npt.NDArray[np.uint16]


def add_lists(
    lists: Ints,
    starts: Ints,
    rows: Places,
    values: Array,
    asked: Ints,
    weights: Array,
    block: int,
    scores: Array,
) -> None:
    """Add to the scores of those who hold what is asked, block after block and list after list.

    The arrays are those of :class:`matching.ranking.inverted.Inverted`; ``block`` is how many
    people a block has. Their scores stay in a near cache meanwhile.
    """
    blocks = (len(scores) + block - 1) // block
    for number in range(blocks):
        first = number * ((len(lists) - 1) // blocks)
        part = scores[number * block : (number + 1) * block]
        for one in range(len(asked)):
            for group in range(lists[first + asked[one]], lists[first + asked[one] + 1]):
                more = weights[one] * values[group]
                for at in range(starts[group], starts[group + 1]):
                    part[rows[at]] += more


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


@dataclass(frozen=True, slots=True)
class RetrievalLoops:
    """The loops, compiled or not."""

    add_lists: Callable[..., None] = add_lists
    add_nearest: Callable[..., None] = add_nearest
    reaching: Callable[..., int] = reaching


@lru_cache(maxsize=1)
def compiled_retrieval_loops() -> RetrievalLoops | None:
    """The compiled loops, None where numba is not installed. Compiling is done once per machine."""
    if find_spec("numba") is None:
        return None
    from numba import njit

    return RetrievalLoops(
        add_lists=njit(cache=True, nogil=True)(add_lists),
        add_nearest=njit(cache=True, nogil=True)(add_nearest),
        reaching=njit(cache=True, nogil=True)(reaching),
    )
