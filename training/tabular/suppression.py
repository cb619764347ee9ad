"""Which groups may be shown so that no group of fewer than ten can be worked out from the rest.

Hiding the small groups is not enough: what is missing from a total that is shown is a difference
away. A group is shown only when no small group lies in what the groups shown so far and it would
give by adding and taking away in any combination (Dalenius 1986, *Finding a needle in a haystack*;
Willenborg and de Waal 2001, *Elements of statistical disclosure control*, chapter 6).
"""

from collections.abc import Sequence

import numpy as np

from training.tabular.scored import Array, Flags

LEAST = 10  # persons in a group that is shown (trust requirement F8)
_NOTHING = 1e-7  # of the length of a group's own vector


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
        that is shown, such as the row of a table: the small ones of a line are not to be worked
        out together either, when together they are fewer than ten.

    Examples
    --------
    >>> whole = np.ones(40, dtype=bool)
    >>> three, some = np.arange(40) < 3, (np.arange(40) >= 3) & (np.arange(40) < 18)
    >>> showable([whole, ~three & ~some, some, three], lines=[[1, 2, 3]])
    [True, True, False, False]
    """
    if not members:
        return []
    patterns, counts = _patterns(members)
    sizes = patterns @ counts
    small = [patterns[group] for group, size in enumerate(sizes) if 0 < size < LEAST]
    for line in lines:
        together = sum((patterns[i] for i in line if 0 < sizes[i] < LEAST), np.zeros(len(counts)))
        if 0 < together @ counts < LEAST:
            small.append(together)
    hidden = np.array(small).reshape(len(small), len(counts))
    lengths = np.linalg.norm(hidden, axis=1)
    base = np.empty((0, len(counts)))
    shown = []
    for group, size in enumerate(sizes):
        if size == 0:
            shown.append(True)
            continue
        if size < LEAST:
            shown.append(False)
            continue
        fresh = _beyond(patterns[group], base)
        if np.linalg.norm(fresh) <= _NOTHING * np.linalg.norm(patterns[group]):
            shown.append(_apart(patterns, group, shown, counts))
            continue
        fresh /= np.linalg.norm(fresh)
        left = hidden - np.outer(hidden @ fresh, fresh)
        fits = bool((np.linalg.norm(left, axis=1) > _NOTHING * lengths).all())
        fits = fits and _apart(patterns, group, shown, counts)
        shown.append(fits)
        if fits:
            hidden, base = left, np.vstack([base, fresh])
    return shown


def _apart(patterns: Array, group: int, shown: Sequence[bool], counts: Array) -> bool:
    """Whether no group that is shown is this one but for fewer than ten."""
    mine = patterns[group]
    for other, is_shown in enumerate(shown):
        if not is_shown:
            continue
        theirs = patterns[other]
        for less, more in ((mine, theirs), (theirs, mine)):
            if (less <= more).all() and 0 < (more - less) @ counts < LEAST:
                return False
    return True


def _beyond(vector: Array, base: Array) -> Array:
    """What of a vector the base does not give; twice, for rounding."""
    left = vector - base.T @ (base @ vector)
    return np.asarray(left - base.T @ (base @ left), dtype=float)


def _patterns(members: Sequence[Flags]) -> tuple[Array, Array]:
    """Who is alike in all groups: membership (groups, kinds of person), and how many of each."""
    bits = np.packbits(np.column_stack(members), axis=1)
    _, first, counts = np.unique(bits, axis=0, return_index=True, return_counts=True)
    kinds = np.array([group[first] for group in members], dtype=float)
    return kinds, np.asarray(counts, dtype=float)
