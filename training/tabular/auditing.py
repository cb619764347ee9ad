"""A fitted table audited on the rows that it learnt from, and a model read back on any."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from training.selection import Selection, k_folds, select
from training.tabular.columns import Column, check_there, typed
from training.tabular.fitting import RATE, Asked, Fitted, came, candidates, foretold
from training.tabular.inputs import Reason
from training.tabular.kinds import infer
from training.tabular.known_rules import KnownRule
from training.tabular.leaks import suspects
from training.tabular.outcome import LabelTask, SpellTask, read_outcome
from training.tabular.parts import parts
from training.tabular.protected import named_protected, protected
from training.tabular.reading import RawTable
from training.tabular.report import Audit, audit
from training.tabular.table_model import TableModel, read_out_of_fold
from training.tabular.variants import Variants, with_and_without

_AGE = "age"
_LATE = (Reason.OUTCOME, Reason.EXCLUDED, Reason.LEAK)


def audited(
    fitted: Fitted, asked: Asked, *, horizon: float, rules: Sequence[KnownRule] = ()
) -> Audit:
    """Audit the kept model; where the table has an age, with it and without it.

    Every column is searched for groups that fare otherwise than foretold, but for those that hold
    the outcome, know it, or were excluded.

    Parameters
    ----------
    fitted, asked
        The model, and what was asked of the table.
    horizon
        Of spells; 1 for labels.
    rules
        Known rules that make outcomes jump.
    """
    judged = fitted.read
    declared = declared_columns(fitted, asked)
    late = [one.column for one in judged.inputs.left_out if one.reason in _LATE]
    found = audit(
        fitted.people(horizon),
        judged.rows,
        declared=declared,
        inputs=[column.name for column in judged.inputs.used],
        skip=late,
        rules=rules,
        seed=asked.seed,
    )
    return replace(found, variants=_variants(fitted, asked, horizon, declared))


def declared_columns(fitted: Fitted, asked: Asked) -> list[str]:
    """The protected columns of the table, as found and as declared, in its order."""
    known = {name for name, _ in fitted.read.inputs.protected} | set(asked.declared)
    outcome = set(fitted.read.outcome.columns)
    return [name for name in fitted.read.table.columns if name in known - outcome]


def _variants(
    fitted: Fitted, asked: Asked, horizon: float, declared: Sequence[str]
) -> Variants | None:
    """What leaving the age out costs each group, whether the kept model reads it or not."""
    judged = fitted.read
    excluded = {one.column for one in judged.inputs.left_out if one.reason in _LATE}
    ages = [
        name
        for name, _ in judged.inputs.protected
        if named_protected(name) == _AGE and name not in excluded
    ]
    used = [column.name for column in judged.inputs.used]
    if not ages or fitted.selection.chosen == RATE:
        return None
    reads = [name for name in ages if name in used]
    columns = {column.name: column for column in judged.columns}
    other = [name for name in used if name not in reads] if reads else [*used, *ages]
    if not other:
        return None
    selection = _again(fitted, [columns[name] for name in other], asked)
    there = foretold(judged.outcome, selection, fitted.selection.chosen, horizon)
    here = fitted.people(horizon)
    with_it, without_it = (here, there) if reads else (there, here)
    return with_and_without(
        with_it, without_it, parts(judged.rows, declared), left_out=tuple(reads or ages)
    )


def _again(fitted: Fitted, inputs: Sequence[Column], asked: Asked) -> Selection:
    """The kept candidate, out of fold on the same folds, with other inputs."""
    judged = fitted.read
    outcomes = judged.outcome.frame()
    chosen = [
        one
        for one in candidates(inputs, judged.outcome, seed=asked.seed)
        if one.name == fitted.selection.chosen
    ]
    return select(
        judged.rows, outcomes, chosen, k_folds(outcomes, folds=asked.folds, seed=asked.seed)
    )


def audited_again(
    model: TableModel,
    folder: Path,
    raw: RawTable,
    *,
    declared: Sequence[str] = (),
    exclude: Sequence[str] = (),
    rules: Sequence[KnownRule] = (),
    seed: int = 0,
) -> Audit:
    """Audit a model that was read back, on a table with outcomes.

    The very table that it learnt from is audited by what was foretold out of fold, any other by
    the model as it is: whether people whom it learnt from are in that one nobody can say, for the
    model does not know who they were.

    Raises
    ------
    InputError
        For a table without the outcome or the inputs.
    """
    task = model.task
    check_there([*exclude, *declared], raw)
    columns = infer(raw)
    table = typed(raw, columns)
    asked = (
        LabelTask(column=task.label, positive=task.positive)
        if task.label
        else SpellTask(event=task.event, duration=task.duration, horizons=(task.horizon,))
    )
    outcome = read_outcome(raw, columns, asked)
    rows = table.iloc[outcome.rows]
    apart = read_out_of_fold(folder, raw)
    if apart is not None and np.array_equal(apart["row"], outcome.rows):
        out_of_fold, risk = True, apart["risk"].to_numpy(dtype=float)
    else:
        out_of_fold, risk = False, model.risk(model.typed(raw).iloc[outcome.rows])[0]
    known = protected(table, columns, declared=declared)
    late = suspects(table, columns, outcome)
    inputs = [] if model.kept.design is None else [one.name for one in model.kept.design.inputs]
    skip = {*outcome.columns, *task.columns, *exclude}
    skip |= {one.column for one in late if one.sure and one.column not in inputs}
    return audit(
        came(outcome, risk, task.horizon),
        rows,
        declared=[name for name in known if name not in skip],
        inputs=inputs,
        skip=sorted(skip),
        rules=rules,
        out_of_fold=out_of_fold,
        seed=seed,
    )
