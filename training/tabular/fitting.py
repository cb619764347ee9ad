"""A table to a model of risk: inputs chosen, candidates compared, the kept one learnt whole."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.errors import InputError
from matching.models.boosted_hazard import BoostedHazard
from matching.models.risk import DiscreteHazard
from training.censored import horizon_outcomes, times_of
from training.selection import Candidate, Selection, k_folds, overall_rate, select
from training.tabular.columns import Column, check_there, typed
from training.tabular.design import Design, Form
from training.tabular.evidence import Suspect
from training.tabular.inputs import Inputs, choose_inputs
from training.tabular.kinds import infer
from training.tabular.leaks import suspects
from training.tabular.outcome import LabelTask, Outcome, SpellTask, read_outcome
from training.tabular.reading import RawTable, raw_of
from training.tabular.scored import Scored, scored

Array = npt.NDArray[np.float64]
Estimator = DiscreteHazard | BoostedHazard

_FORMS = {
    "logistic": Form.STRAIGHT,
    "logistic with curves": Form.LINEAR,
    "boosted trees": Form.TREES,
}
RATE = "overall rate"
_MOST_STEPS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of a table; see ``valoriamo risk fit --help``."""

    task: LabelTask | SpellTask
    declared: Sequence[str] = ()
    exclude: Sequence[str] = ()
    allow: Sequence[str] = ()
    categories: Sequence[str] = ()
    drop_leaks: bool = False
    intake: str | None = None
    folds: int = 5
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Designed:
    """A design and the estimator that reads it: what a candidate gives, and what is kept."""

    design: Design | None
    model: Estimator

    def hazards(self, table: pd.DataFrame) -> Array:
        """As :meth:`matching.models.risk.DiscreteHazard.hazards`, from a typed table."""
        return self.model.hazards(self.read(table))

    def read(self, table: pd.DataFrame) -> pd.DataFrame:
        """What the estimator reads of a typed table; nothing where it knows nobody."""
        return table[[]] if self.design is None else self.design.transform(table)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Read:
    """A table, judged: its columns, what came of whom, what knows the outcome, the inputs."""

    raw: RawTable = field(repr=False)
    columns: tuple[Column, ...]
    table: pd.DataFrame = field(repr=False)
    outcome: Outcome
    suspects: tuple[Suspect, ...]
    inputs: Inputs

    @property
    def rows(self) -> pd.DataFrame:
        """The typed rows that have an outcome."""
        return self.table.iloc[self.outcome.rows]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fitted:
    """The kept model, learnt on all rows, and how each candidate foretold rows it had not seen."""

    read: Read
    selection: Selection
    kept: Designed

    def people(self, horizon: float, name: str | None = None) -> Scored:
        """Out of fold, what a candidate (the kept one) foretold for a horizon, and what came."""
        return foretold(self.read.outcome, self.selection, name or self.selection.chosen, horizon)


def read(raw: RawTable, asked: Asked) -> Read:
    """Judge a table: kinds of columns, outcome, leaks, inputs.

    Raises
    ------
    InputError
        For whatever cannot be: the outcome, an option, a column that knows the outcome.
    """
    columns = infer(raw, categories=asked.categories)
    table = typed(raw, columns)
    outcome = read_outcome(raw, columns, asked.task)
    found = suspects(table, columns, outcome, intake=asked.intake)
    inputs = choose_inputs(
        table,
        columns,
        outcome,
        found,
        exclude=asked.exclude,
        declared=asked.declared,
        allow=asked.allow,
        drop_leaks=asked.drop_leaks,
    )
    return Read(
        raw=raw, columns=columns, table=table, outcome=outcome, suspects=found, inputs=inputs
    )


def fit(judged: Read, asked: Asked) -> Fitted:
    """Compare the candidates across folds, keep one, and let it learn from every row.

    Raises
    ------
    DataError
        For too few rows, or a table in which nothing can be learnt.
    """
    outcomes = judged.outcome.frame()
    folds = k_folds(outcomes, folds=asked.folds, seed=asked.seed)
    choices = candidates(judged.inputs.used, judged.outcome, seed=asked.seed)
    selection = select(judged.rows, outcomes, choices, folds)
    return Fitted(
        read=judged,
        selection=selection,
        kept=learn(
            judged.inputs.used, judged.outcome, judged.rows, name=selection.chosen, seed=asked.seed
        ),
    )


def median_duration(raw: RawTable, column: str) -> float:
    """The median of a column of durations, for who names no horizon.

    Raises
    ------
    InputError
        For a column that is not there, or holds no numbers.
    """
    check_there([column], raw)
    part = raw_of(raw.frame[[column]], name=raw.name)
    values = typed(part, infer(part))[column]
    if not pd.api.types.is_numeric_dtype(values) or not values.notna().any():
        raise InputError(
            f"{raw.name}: the column {column!r} holds no durations; give numbers, or --horizon."
        )
    return float(values.median())


def candidates(inputs: Sequence[Column], outcome: Outcome, *, seed: int) -> tuple[Candidate, ...]:
    """The candidates for a table, the simplest first: rate, lines, curves, trees."""
    months, steps = _settings(outcome)
    rate = overall_rate(months=months, steps=steps)
    made = [
        Candidate(name, partial(_designed, tuple(inputs), outcome, name, seed)) for name in _FORMS
    ]
    return (rate, *made)


def learn(
    inputs: Sequence[Column], outcome: Outcome, rows: pd.DataFrame, *, name: str, seed: int
) -> Designed:
    """One candidate, learnt from all rows, with what its intervals need."""
    if name == RATE:
        months, steps = _settings(outcome)
        model = DiscreteHazard(months=months, steps=steps, C=1.0, directions={}, seed=seed)
        return Designed(None, model.fit(rows[[]], outcome.frame()))
    return _designed(tuple(inputs), outcome, name, seed, rows, outcome.frame(), members=8)


def foretold(outcome: Outcome, selection: Selection, name: str, horizon: float) -> Scored:
    """Out-of-fold risks of a candidate by a horizon, what came, and the weights of the seen."""
    return came(outcome, selection.no_work(name, outcome.periods(horizon)), horizon)


def came(outcome: Outcome, foretells: Array, horizon: float) -> Scored:
    """Risks by a horizon beside what came, weighted for those of whom it was not seen."""
    risk = np.clip(foretells, 0.0, 1.0)
    if outcome.is_label:
        return scored(risk, outcome.bad(horizon))
    frame = pd.DataFrame({"months": outcome.duration, "event": outcome.event})
    without, weight = horizon_outcomes(times_of(frame), [horizon])
    seen = without[:, 0]
    return scored(risk, seen, np.where(np.isnan(seen), 1.0, weight[:, 0]))


def _designed(
    inputs: Sequence[Column],
    outcome: Outcome,
    name: str,
    seed: int,
    rows: pd.DataFrame,
    outcomes: pd.DataFrame,
    *,
    members: int = 0,
) -> Designed:
    form = _FORMS[name]
    design = Design.fit(rows, inputs, form=form)
    X = design.transform(rows)
    months, steps = _settings(outcome)
    model: Estimator
    if form is Form.TREES:
        model = BoostedHazard(
            months=months, steps=steps, directions={}, blanks="apart", members=members, seed=seed
        )
    else:
        model = DiscreteHazard(months=months, steps=steps, C=None, directions={}, seed=seed)
    return Designed(design, model.fit(X, outcomes))


def _settings(outcome: Outcome) -> tuple[int, tuple[int, ...]]:
    """Periods, and after which of them the hazard may change: all of few, some of many."""
    periods = len(outcome.ends)
    every = max(1, -(-periods // _MOST_STEPS))
    return periods, tuple(range(every, periods, every))
