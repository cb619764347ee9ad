"""Trees of the hazards of work and of inactivity, on months at risk, and the level of each month.

What the trees add to the level of a stretch of the spell depends on the person and on the stretch,
so that what speeds up a return early need not do so late. What is then left of a month, for people
as they are by then, is its own level. How many trees there are is found by leaving out a fourth of
the persons in turn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit

from matching.models.spells import INACTIVE, WORK, person_months

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_FOLDS = 4
_PLENTY = 50_000  # months at risk, of which leaving out one fourth tells enough
_PATIENCE = 30  # trees that add nothing, after which no more are tried
_FEWEST_EXITS = 20  # of fewer only the level is learnt
# A month's level is drawn to that of its stretch as if by so many persons more.
_STEADY = 30.0
_MOST_STEPS, _EXACT = 50, 1e-12


@dataclass(frozen=True, slots=True)
class Spells:
    """What is learnt from: covariates without blanks, months seen (cut off), how it ended."""

    values: Array
    months: Whole
    event: npt.NDArray[np.object_]

    def of(self, rows: npt.NDArray[np.intp]) -> "Spells":
        """The spells at some places."""
        return Spells(self.values[rows], self.months[rows], self.event[rows])


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to learn: stretches (by month, from 0), directions of work by covariate, LightGBM's."""

    stretch: Whole
    signs: Array
    most_trees: int
    least_rows: int
    parameters: Mapping[str, object]
    seed: int


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Log odds of each month, shape (months, 2), and the trees of each cause, None for none."""

    level: Array
    texts: tuple[str | None, str | None]


@dataclass(frozen=True, slots=True, eq=False)
class _Cause:
    """The months at risk of one cause: whose, which, whether it happened, each stretch's level."""

    spell: Whole
    month: Whole
    stretch: Whole
    happens: Flags
    level: Array

    @property
    def start(self) -> Array:
        """The level of each row."""
        return np.asarray(self.level[self.stretch], dtype=float)


def fit_trees(spells: Spells, plan: Plan, rounds: tuple[int, int]) -> Fit:
    """Learn so many trees of each cause.

    Equal spells, plan and rounds give equal texts.
    """
    levels, texts = [], []
    for number, (cause, trees) in enumerate(zip(_causes(spells, plan), rounds, strict=True)):
        booster = _grown(spells, plan, cause, number, trees)
        added = np.zeros(len(cause.spell))
        if booster is not None:
            added = np.asarray(booster.predict(_rows(spells, cause), raw_score=True))
        levels.append(_level(cause, added, plan.stretch))
        texts.append(None if booster is None else str(booster.model_to_string()))
    return Fit(np.column_stack(levels), (texts[0], texts[1]))


def best_rounds(spells: Spells, plan: Plan) -> tuple[int, int]:
    """How many trees of each cause foretell best those who were left out; 0 where none does."""
    causes = _causes(spells, plan)
    fold = np.random.default_rng([plan.seed, 1]).permutation(len(spells.months)) % _FOLDS
    return (
        _rounds(spells, plan, causes[0], fold, 0),
        _rounds(spells, plan, causes[1], fold, 1),
    )


def _rounds(spells: Spells, plan: Plan, cause: _Cause, fold: Whole, number: int) -> int:
    if not _enough(cause.happens):
        return 0
    folds = []
    for left_out in range(_FOLDS if len(cause.spell) <= _PLENTY else 1):
        inside = fold[cause.spell] != left_out
        if not _enough(cause.happens[inside]) or inside.all():
            return 0
        seen: dict[str, Any] = {}
        data = _data(spells, plan, cause, inside, number)
        other = _data(spells, plan, cause, ~inside, number, reference=data)
        lgb.train(
            _parameters(spells, plan, cause, number),
            data,
            num_boost_round=plan.most_trees,
            valid_sets=[other],
            callbacks=[
                lgb.record_evaluation(seen),
                lgb.early_stopping(_PATIENCE, verbose=False),
            ],
        )
        level, happens = cause.start[~inside], cause.happens[~inside]
        nothing = np.logaddexp(0.0, level).sum() - level[happens].sum()
        losses = np.array(seen["valid_0"]["binary_logloss"]) * len(level)
        folds.append([nothing, *losses])
    # As far as all of them were followed.
    return int(np.argmin([sum(losses) for losses in zip(*folds, strict=False)]))


def _grown(
    spells: Spells, plan: Plan, cause: _Cause, number: int, trees: int
) -> lgb.Booster | None:
    if not trees or not _enough(cause.happens):
        return None
    everybody = np.ones(len(cause.spell), dtype=bool)
    return lgb.train(
        _parameters(spells, plan, cause, number),
        _data(spells, plan, cause, everybody, number),
        num_boost_round=trees,
    )


def _enough(happens: Flags) -> bool:
    return min(int(happens.sum()), int((~happens).sum())) >= _FEWEST_EXITS


def _data(
    spells: Spells,
    plan: Plan,
    cause: _Cause,
    rows: Flags,
    number: int,
    *,
    reference: lgb.Dataset | None = None,
) -> lgb.Dataset:
    return lgb.Dataset(
        _rows(spells, cause)[rows],
        cause.happens[rows].astype(float),
        init_score=cause.start[rows],
        params=_parameters(spells, plan, cause, number),
        reference=reference,
    )


def _rows(spells: Spells, cause: _Cause) -> Array:
    return np.column_stack([cause.stretch.astype(float), spells.values[cause.spell]])


def _parameters(spells: Spells, plan: Plan, cause: _Cause, number: int) -> dict[str, object]:
    signs = plan.signs if number == 0 else -plan.signs
    # A person is in many rows, and a leaf is to hold so many persons.
    rows = plan.least_rows * len(cause.spell) / max(len(spells.months), 1)
    return {
        **plan.parameters,
        "objective": "binary",
        "boost_from_average": False,
        "min_data_in_leaf": max(1, round(rows)),
        "monotone_constraints": [0, *(int(sign) for sign in signs)],
        "monotone_constraints_method": "basic",
        "feature_pre_filter": False,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": 1,
        "seed": plan.seed,
        "verbosity": -1,
    }


def _causes(spells: Spells, plan: Plan) -> tuple[_Cause, _Cause]:
    spell, month = person_months(spells.months)
    last = month == spells.months[spell]
    works = last & (spells.event[spell] == WORK)
    quits = last & (spells.event[spell] == INACTIVE)
    # Who finds work in a month cannot become inactive in it.
    return (
        _cause(spell, month - 1, works, plan.stretch),
        _cause(spell[~works], month[~works] - 1, quits[~works], plan.stretch),
    )


def _cause(spell: Whole, month: Whole, happens: Flags, by_month: Whole) -> _Cause:
    """The months at risk, with the share of their stretch, drawn to that of the one before."""
    stretch = by_month[month]
    count = int(by_month.max()) + 1
    at_risk = np.bincount(stretch, minlength=count).astype(float)
    events = np.bincount(stretch, weights=happens, minlength=count)
    share = (events.sum() + 0.5) / (at_risk.sum() + 1.0)
    level = np.empty(count)
    for number in range(count):
        share = (events[number] + _STEADY * share) / (at_risk[number] + _STEADY)
        level[number] = logit(share)
    return _Cause(spell, month, stretch, happens, level)


def _level(cause: _Cause, added: Array, by_month: Whole) -> Array:
    """Log odds of each month that, with what trees add, give as many exits as there were.

    Months of a stretch are drawn together, as if by so many persons.
    """
    base = cause.level[by_month]
    draw = _STEADY * expit(base) * expit(-base)
    count, start = len(by_month), cause.start + added
    events = np.bincount(cause.month, weights=cause.happens, minlength=count)
    moved = np.zeros(count)
    for _ in range(_MOST_STEPS):
        chance = expit(start + moved[cause.month])
        foretold = np.bincount(cause.month, weights=chance, minlength=count)
        steep = np.bincount(cause.month, weights=chance * (1.0 - chance), minlength=count)
        step = (events - foretold - draw * moved) / (steep + draw)
        moved += np.clip(step, -1.0, 1.0)
        if np.abs(step).max() < _EXACT:
            break
    return np.asarray(base + moved, dtype=float)
