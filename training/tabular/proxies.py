"""How much of each protected attribute the inputs, and the score alone, give away (F10).

An attribute that is kept out of a model may come back through what stands for it. The area under
the curve says how well people of a group are told from all others: by a model that reads all
inputs, by each input alone, and by the risk. One half of the people teaches and the other is told
apart, in turn; 0.5 is what guessing gives.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import lightgbm as lgb
import numpy as np
import pandas as pd
from scipy.stats import rankdata

from training.tabular import intervals
from training.tabular.intervals import Interval
from training.tabular.parts import Part, Parts
from training.tabular.scored import Array, Codes, Flags, Scored, same_rows
from training.tabular.slices import slices

SEED = 20261122
_FEWEST = 100  # of a group, and of all others
_TOP = 3  # inputs that tell the most
_DRAWN_TO = 10.0  # people of the whole's share that each value's share is drawn to
_TREES = 25
_PARAMETERS = {
    "objective": "binary",
    "num_leaves": 15,
    "learning_rate": 0.25,
    "min_data_in_leaf": 20,
    "verbosity": -1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """How well one input tells a group from all others."""

    column: str
    auc: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """How well a group is told from all others: by all inputs, by the risk, by single inputs.

    ``by_risk`` under 0.5 means that the group's risks are the lower ones. Where the attribute is
    itself an input, ``by_inputs`` is by the others; it is None where there are none.
    """

    name: str
    n: int
    is_input: bool
    by_inputs: Interval | None
    by_risk: Interval
    top: tuple[Proxy, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Half:
    teaches: Flags
    data: lgb.Dataset
    others: Array


def leaks(
    people: Scored, table: pd.DataFrame, groups: Parts, inputs: Sequence[str]
) -> tuple[Leak, ...]:
    """Say of every declared group of a hundred people and more how well it is told.

    Parameters
    ----------
    people
        A row per person.
    table
        The same rows, typed.
    groups
        Of the same rows; crossings are not looked at.
    inputs
        The columns that the model reads.

    Raises
    ------
    DataError
        When people and table do not have the same rows.
    """
    same_rows(people, table)
    first = np.zeros(len(people), dtype=bool)
    first[np.random.default_rng(SEED).permutation(len(people))[::2]] = True
    cuts = {name: slices(table[name], bands=20, most=60) for name in inputs}
    found = []
    for column, told in _worth_telling(groups, len(people)).items():
        others = [name for name in inputs if name != column]
        halves = _halves([cuts[name].codes for name in others], first) if others else ()
        for part in told:
            proxies = [_alone(name, cuts[name].codes, part, first) for name in others]
            proxies.sort(key=lambda proxy: (-(proxy.auc.value or 0.0), proxy.column))
            found.append(
                Leak(
                    name=part.name,
                    n=part.n,
                    is_input=column in inputs,
                    by_inputs=_together(halves, part, first) if halves else None,
                    by_risk=_told(people.risk, part.rows),
                    top=tuple(proxies[:_TOP]),
                )
            )
    return tuple(found)


def _worth_telling(groups: Parts, people: int) -> dict[str, list[Part]]:
    """By column, the groups that are large enough; of two that are everybody, the smaller."""
    wanted: dict[str, list[Part]] = {}
    for part in groups.groups:
        if len(part.columns) == 1:
            wanted.setdefault(part.columns[0], []).append(part)
    for column, held in wanted.items():
        large = [part for part in held if part.shown and _FEWEST <= part.n <= people - _FEWEST]
        mirrored = len(large) == 2 and sum(part.n for part in large) == people
        wanted[column] = [min(large, key=lambda part: part.n)] if mirrored else large
    return wanted


def _halves(codes: list[Codes], first: Flags) -> tuple[_Half, ...]:
    """Each half to teach, binned once, and the people to be told apart."""
    values = np.column_stack(codes).astype(float)
    return tuple(
        _Half(
            teaches, lgb.Dataset(values[teaches], free_raw_data=False, params={"verbosity": -1}),
            values[~teaches],
        )
        for teaches in (first, ~first)
    )  # fmt: skip


def _together(halves: tuple[_Half, ...], part: Part, first: Flags) -> Interval:
    """By a boosted model of all inputs, learnt from one half and read on the other, in turn."""
    told = np.empty(len(first))
    for half in halves:
        data = half.data.set_label(part.rows[half.teaches].astype(float))
        booster = lgb.train(dict(_PARAMETERS), data, num_boost_round=_TREES)
        told[~half.teaches] = np.asarray(booster.predict(half.others, num_threads=1))
    return _told(told, part.rows)


def _alone(name: str, codes: Codes, part: Part, first: Flags) -> Proxy:
    """By the share of the group among the people of each value, as the other half has it."""
    whole = float(part.rows.mean())
    told = np.empty(len(first))
    for teaches in (first, ~first):
        size = int(codes.max()) + 1
        count = np.bincount(codes[teaches], minlength=size)
        inside = np.bincount(codes[teaches], part.rows[teaches], minlength=size)
        rates = (inside + _DRAWN_TO * whole) / (count + _DRAWN_TO)
        told[~teaches] = rates[codes[~teaches]]
    return Proxy(column=name, auc=_told(told, part.rows))


def _told(values: Array, group: Flags) -> Interval:
    ranks = np.asarray(rankdata(values, method="dense"), dtype=np.int64) - 1
    area = intervals.area(ranks, group.astype(float), np.ones(len(group)))
    return intervals.auc(area)
