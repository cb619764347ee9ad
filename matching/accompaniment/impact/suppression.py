"""Which groups of people, by their names, an evaluator's tables may show."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TypeVar

import numpy as np

from matching import disclosure
from matching.disclosure import LEAST

__all__ = ["LEAST", "showable"]

_Key = TypeVar("_Key", bound=Hashable)


def showable(
    groups: Mapping[_Key, Collection[str]], *, lines: Sequence[Sequence[_Key]] = ()
) -> frozenset[_Key]:
    """The groups that may be shown; see :func:`matching.disclosure.showable`.

    Parameters
    ----------
    groups
        People by group. Those given first are shown first: give wholes before their parts. A group
        of nobody may be shown.
    lines
        Groups that together make up another that is shown, such as yes, no and not known: what
        its small ones come to is a small group as well.
    """
    place = {person: at for at, person in enumerate(sorted(set().union(*groups.values())))}
    member = np.zeros((len(groups), len(place)), dtype=bool)
    for row, people in enumerate(groups.values()):
        member[row, [place[person] for person in people]] = True
    rows = {key: row for row, key in enumerate(groups)}
    shown = disclosure.showable(list(member), lines=[[rows[key] for key in line] for line in lines])
    return frozenset(key for key, row in rows.items() if shown[row])
