"""Which groups of people may be shown, so that none of fewer than ten can be worked out.

Hiding small groups is not enough: what is missing from a total is a difference away. A group is
shown only where no small group lies in what the groups shown so far and it give by adding and
taking away in any combination, and where it is not another that is shown but for fewer than ten
(Dalenius 1986, *Finding a needle in a haystack*; Willenborg and de Waal 2001, *Elements of
statistical disclosure control*, chapter 6).
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

LEAST = 10
"""The fewest people of whom a number is shown."""

_NOTHING = 1e-7  # of the length of a group's own vector
_Key = TypeVar("_Key", bound=Hashable)
Array = npt.NDArray[np.float64]


def showable(
    groups: Mapping[_Key, Collection[str]], *, lines: Sequence[Sequence[_Key]] = ()
) -> frozenset[_Key]:
    """The groups that may be shown.

    Parameters
    ----------
    groups
        People by group. Those given first are shown first: give wholes before their parts. A group
        of nobody may be shown.
    lines
        Groups that together make up another that is shown, such as yes, no and not known: what
        its small ones come to is a small group as well.
    """
    everybody = sorted(set().union(*groups.values()))
    if not everybody:
        return frozenset(groups)
    place = {person: number for number, person in enumerate(everybody)}
    member = np.zeros((len(groups), len(everybody)), dtype=bool)
    for row, people in enumerate(groups.values()):
        member[row, [place[person] for person in people]] = True
    # People who are in the same groups need not be told apart.
    kinds, times = np.unique(member, axis=1, return_counts=True)
    vectors, counts = kinds.astype(np.float64), times.astype(np.float64)
    sizes = vectors @ counts
    rows = {key: row for row, key in enumerate(groups)}
    small = [vectors[row] for row, size in enumerate(sizes) if 0 < size < LEAST]
    for line in lines:
        parts = [rows[key] for key in line if 0 < sizes[rows[key]] < LEAST]
        together = np.minimum(vectors[parts].sum(axis=0), 1.0) if parts else np.zeros(len(counts))
        if 0 < together @ counts < LEAST:
            small.append(together)
    return frozenset(_shown(list(groups), vectors, counts, sizes, small))


def _shown(
    keys: Sequence[_Key], vectors: Array, counts: Array, sizes: Array, small: Sequence[Array]
) -> list[_Key]:
    hidden = np.array(small).reshape(len(small), len(counts))
    lengths = np.linalg.norm(hidden, axis=1)
    both = (vectors * counts) @ vectors.T
    base = np.empty((min(vectors.shape), len(counts)))
    rank = 0
    shown: list[int] = []
    for row, size in enumerate(sizes):
        if size == 0:
            shown.append(row)
            continue
        if size < LEAST or _nearly(both[row, shown], size, sizes[shown]):
            continue
        known = base[:rank]
        fresh = vectors[row] - known.T @ (known @ vectors[row])
        fresh = fresh - known.T @ (known @ fresh)  # twice, for rounding
        if np.linalg.norm(fresh) <= _NOTHING * np.linalg.norm(vectors[row]):
            shown.append(row)
            continue
        fresh = fresh / np.linalg.norm(fresh)
        left = hidden - np.outer(hidden @ fresh, fresh)
        if (np.linalg.norm(left, axis=1) <= _NOTHING * lengths).any():
            continue
        hidden = left
        base[rank] = fresh
        rank += 1
        shown.append(row)
    return [keys[row] for row in shown]


def _nearly(both: Array, size: float, others: Array) -> bool:
    """Whether another group is this one but for fewer than ten; ``both`` is who is in both."""
    nested = (both == np.minimum(size, others)) & (others > 0)
    apart = np.abs(others - size)
    return bool((nested & (apart > 0) & (apart < LEAST)).any())
