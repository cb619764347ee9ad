"""Whom an audit tells apart: the declared groups, their crossings, and which may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import pandas as pd

from matching.disclosure import showable
from training.tabular.scored import Flags
from training.tabular.slices import Slices, slices

NOBODY: Mapping[str, Sequence[str]] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A group of people: by which columns, of which values, who they are.

    ``shown`` is false for a group of fewer than ten, and for one that would give such a group
    away.
    """

    columns: tuple[str, ...]
    values: tuple[str, ...]
    rows: Flags
    shown: bool = True

    @property
    def n(self) -> int:
        """How many people."""
        return int(self.rows.sum())

    @property
    def name(self) -> str:
        """The group in words."""
        named = zip(self.columns, self.values, strict=True)
        return " and ".join(f"{column} = {value}" for column, value in named) or "everybody"


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """All groups of an audit: everybody first, then one column at a time, then two.

    ``absent`` are declared columns that the table does not have: nothing is known of them.
    ``lines`` are the groups, by place, that make up another one together.
    """

    groups: tuple[Part, ...]
    absent: tuple[str, ...]
    lines: tuple[tuple[int, ...], ...] = ()


def parts(
    table: pd.DataFrame,
    declared: Sequence[str],
    *,
    expected: Mapping[str, Sequence[str]] = NOBODY,
) -> Parts:
    """Cut a table by its declared columns, and by two of them at a time.

    Parameters
    ----------
    table
        One row per person.
    declared
        The protected columns. One that the table does not have is kept as absent.
    expected
        By column, the values that there should be: a value that nobody has is a group of nobody,
        and said so, rather than left out.
    """
    present = [column for column in dict.fromkeys(declared) if column in table.columns]
    cuts = [slices(table[column], expected=expected.get(column, ())) for column in present]
    groups = [Part((), (), np.ones(len(table), dtype=bool))]
    lines: list[list[int]] = []
    for cut in cuts:
        line = [_single(cut, code) for code in range(len(cut.labels))]
        lines.append(list(range(len(groups), len(groups) + len(line))))
        groups += line
    for one, other in combinations(cuts, 2):
        crossed = _crossed(one, other)
        lines += _lines(crossed, len(groups))
        groups += [part for part, _, _ in crossed]
    return Parts(
        groups=tuple(_judged(groups, lines)),
        absent=tuple(column for column in dict.fromkeys(declared) if column not in present),
        lines=tuple(tuple(line) for line in lines),
    )


def also_showable(known: Parts, others: Sequence[Flags]) -> list[bool]:
    """Which further groups may be shown beside those of an audit, in their order.

    The people left over when a further group is taken from everybody count as a group too.
    """
    order = sorted(range(len(known.groups)), key=lambda i: not known.groups[i].shown)
    members = [known.groups[i].rows for i in order]
    decided = showable([*members, *others], lines=_placed(known.lines, order))
    return decided[len(members) :]


def _placed(lines: Sequence[Sequence[int]], order: Sequence[int]) -> list[list[int]]:
    """The lines, with the places that the groups have in an order."""
    place = {group: position for position, group in enumerate(order)}
    return [[place[group] for group in line] for line in lines]


def _judged(groups: list[Part], lines: list[list[int]]) -> list[Part]:
    """Mark what may not be shown; the larger and simpler groups are shown first."""
    order = sorted(range(len(groups)), key=lambda i: (len(groups[i].columns), -groups[i].n, i))
    decided = showable([groups[i].rows for i in order], lines=_placed(lines, order))
    shown = dict(zip(order, decided, strict=True))
    return [replace(part, shown=shown[i]) for i, part in enumerate(groups)]


def _single(cut: Slices, code: int) -> Part:
    return Part((cut.column,), (cut.labels[code],), cut.rows(code))


def _crossed(one: Slices, other: Slices) -> list[tuple[Part, int, int]]:
    """Every crossing that somebody is in, with the two codes."""
    wide = len(other.labels)
    pair = one.codes * wide + other.codes
    return [
        (
            Part(
                (one.column, other.column),
                (one.labels[code // wide], other.labels[code % wide]),
                np.asarray(pair == code, dtype=bool),
            ),
            int(code // wide),
            int(code % wide),
        )
        for code in np.unique(pair)
    ]


def _lines(crossed: list[tuple[Part, int, int]], start: int) -> list[list[int]]:
    """The rows and columns of a two-way table, and the whole of it, by place among all groups."""
    rows: dict[tuple[int, int], list[int]] = {}
    for place, (_, first, second) in enumerate(crossed, start):
        rows.setdefault((0, first), []).append(place)
        rows.setdefault((1, second), []).append(place)
    return [*rows.values(), list(range(start, start + len(crossed)))]
