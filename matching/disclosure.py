"""Which groups of people may be shown, so that none of fewer than ten can be worked out.

Hiding small groups is not enough: what is missing from a total is a difference away. A group is
shown only where no small group lies in what the groups shown so far and it give by adding and
taking away in any combination, and where it is not another that is shown but for fewer than ten
(Dalenius 1986, *Finding a needle in a haystack*; Willenborg and de Waal 2001, *Elements of
statistical disclosure control*, chapter 6).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

LEAST = 10
"""The fewest people of whom a number is shown (trust requirement F8)."""

_NOTHING = 1e-7  # of the length of a group's own vector
Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def showable(members: Sequence[Flags], *, lines: Sequence[Sequence[int]] = ()) -> list[bool]:
    """Say of each group whether it may be shown; groups given first are shown first.

    An empty group may be shown: there is nobody to be found out, and everybody knows it from the
    groups that there are (so the others in its line get no cover from it).

    Parameters
    ----------
    members
        Who is in each group, true or false per person. Give the whole first and small groups
        last: a small group's cover is taken from the last that can give it.
    lines
        Groups, by their place in ``members``, that together with others shown make up a group
        that is shown, such as the row of a table, or yes, no and not known: the small ones of a
        line are not to be worked out together either, when together they are fewer than ten.

    Examples
    --------
    >>> whole = np.ones(40, dtype=bool)
    >>> three, some = np.arange(40) < 3, (np.arange(40) >= 3) & (np.arange(40) < 18)
    >>> showable([whole, ~three & ~some, some, three], lines=[[1, 2, 3]])
    [True, True, False, False]
    """
    if not members or not len(members[0]):
        return [True] * len(members)
    vectors, counts = _kinds(members)
    sizes = vectors @ counts
    small = [vectors[row] for row, size in enumerate(sizes) if 0 < size < LEAST]
    for line in lines:
        parts = [row for row in line if 0 < sizes[row] < LEAST]
        together = np.minimum(vectors[parts].sum(axis=0), 1.0) if parts else np.zeros(len(counts))
        if 0 < together @ counts < LEAST:
            small.append(together)
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
    kept = set(shown)
    return [row in kept for row in range(len(sizes))]


def _nearly(both: Array, size: float, others: Array) -> bool:
    """Whether another group is this one but for fewer than ten; ``both`` is who is in both."""
    nested = (both == np.minimum(size, others)) & (others > 0)
    apart = np.abs(others - size)
    return bool((nested & (apart > 0) & (apart < LEAST)).any())


def _kinds(members: Sequence[Flags]) -> tuple[Array, Array]:
    """Who is alike in all groups: membership (groups, kinds of person), and how many of each."""
    bits = np.packbits(np.column_stack(members), axis=1)
    _, first, counts = np.unique(bits, axis=0, return_index=True, return_counts=True)
    kinds = np.array([group[first] for group in members], dtype=float)
    return kinds, np.asarray(counts, dtype=float)
