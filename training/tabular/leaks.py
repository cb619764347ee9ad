"""Columns that seem to know the outcome: found by what they say, by when, or by their name.

What is found: a column that alone foretells the outcome nearly perfectly, a value or a blank that
settles it, a date after intake. What cannot be found: a column measured afterwards that is only
related to the outcome, such as a mood asked after the job was found. Of some of those the name
tells, and they are asked about; for the others one has to know the table.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial

import numpy as np
import pandas as pd

from matching.errors import InputError
from training.tabular.alone import Array, group
from training.tabular.cells import days, tidy
from training.tabular.columns import Column, Kind
from training.tabular.evidence import (
    Suspect,
    Why,
    copies_end,
    end_of,
    foretells,
    settles,
    shares,
    targets_of,
    together,
)
from training.tabular.hints import last_day_named, says_afterwards, waves
from training.tabular.outcome import Outcome

_SHARE = 0.01
_SKIPPED = (Kind.EMPTY, Kind.CONSTANT)


def suspects(
    table: pd.DataFrame,
    columns: Sequence[Column],
    outcome: Outcome,
    *,
    intake: str | None = None,
) -> tuple[Suspect, ...]:
    """Columns that seem to know the outcome, in the order of the table; one reason for each.

    Parameters
    ----------
    table
        As :func:`training.tabular.columns.typed` gives it, all rows.
    columns
        Its columns; those of the outcome are passed over.
    outcome
        What came of the rows.
    intake
        The column with the day of intake, or that day for everybody; without it nothing can be
        said of dates.

    Raises
    ------
    InputError
        For an intake that is neither.
    """
    started = None if intake is None else intake_days(intake, table, columns)[outcome.rows]
    held = [one for one in columns if one.kind not in _SKIPPED and one.name not in outcome.columns]
    tables = table.iloc[outcome.rows]
    grouped = {one.name: group(tables[one.name], one) for one in held}
    values = sum(int(one.single.sum()) for one in grouped.values())
    targets, ends = list(targets_of(outcome)), list(end_of(outcome))
    later = _later(tables, columns)
    shared = together(tables, held, [*targets, *ends])
    found = []
    for column in held:
        if column.name == intake:
            continue
        groups = grouped[column.name]
        ways = (
            partial(_dated, tables, column, started),
            partial(foretells, column, groups, targets),
            partial(copies_end, column, groups, ends),
            partial(shares, column, shared),
            partial(settles, column, groups, [*targets, *ends], values),
            partial(_named, column, later),
        )
        told = [one for way in ways if (one := way()) is not None]
        found += sorted(told, key=lambda one: not one.sure)[:1]
    return tuple(found)


def intake_days(intake: str, table: pd.DataFrame, columns: Sequence[Column]) -> Array:
    """Day of intake of each row, in days since 1970-01-01; NaN where not known.

    Raises
    ------
    InputError
        For what is neither a column of dates nor a date.
    """
    kinds = {column.name: column.kind for column in columns}
    if intake in kinds:
        if kinds[intake] is not Kind.DATE:
            raise InputError(
                f"--intake: the column {intake!r} holds no dates but {kinds[intake]}; give a "
                "column of dates, or one date such as 2024-01-31."
            )
        return _days(table, intake)
    day = days(tidy([intake]))[0]
    if np.isnan(day):
        raise InputError(
            f"--intake: {intake!r} is neither a column nor a date; give a column of dates, or one "
            "date such as 2024-01-31."
        )
    return np.full(len(table), day)


def _days(table: pd.DataFrame, name: str) -> Array:
    moments = table[name].to_numpy(dtype="datetime64[D]")
    return np.where(np.isnat(moments), np.nan, moments.astype(np.int64).astype(float))


def _dated(table: pd.DataFrame, column: Column, started: Array | None) -> Suspect | None:
    """A column whose dates, or whose name, are after intake."""
    if started is None:
        return None
    if column.kind is Kind.DATE:
        own = _days(table, column.name)
        both = ~np.isnan(own) & ~np.isnan(started)
        share = float((own[both] > started[both]).mean()) if both.any() else 0.0
        if not share:
            return None
        text = f"{column.name!r} is after intake in {share:.0%} of the rows with both dates."
        sure = share >= _SHARE
        return Suspect(
            column=column.name, why=Why.AFTER_INTAKE, sure=sure, measure=share, text=text
        )
    stated = last_day_named(column.name)
    if stated is None:
        return None
    last = (stated[0] - date(1970, 1, 1)).days
    known = started[~np.isnan(started)]
    share = float((known < last).mean()) if len(known) else 0.0
    if not share:
        return None
    text = (
        f"{column.name!r} states in its name a time that ends after intake, in {share:.0%} of the "
        "rows."
    )
    sure = stated[1] and share >= _SHARE
    return Suspect(column=column.name, why=Why.NAMED_AFTER, sure=sure, measure=share, text=text)


def _later(table: pd.DataFrame, columns: Sequence[Column]) -> dict[str, str]:
    """Columns numbered after others of the same name, and the first of those.

    Flags of which a row has one at most are no waves but the values of one question.
    """
    kinds = {column.name: column.kind for column in columns}
    found = {}
    for name, earlier in waves([column.name for column in columns]).items():
        family = [one for one in (name, *earlier) if one in table]
        flags = all(kinds[one] is Kind.YES_NO for one in family)
        if flags and len(family) > 1 and table[family].sum(axis=1).max() <= 1:
            continue
        found[name] = earlier[0]
    return found


def _named(column: Column, later: dict[str, str]) -> Suspect | None:
    if first := later.get(column.name):
        why, said = Why.LATER_WAVE, f"it comes after {first!r} by its name"
    elif says_afterwards(column.name):
        why, said = Why.NAMED_OUTCOME, "its name has a word for the end"
    else:
        return None
    text = f"{column.name!r}: {said}; exclude it if it was measured after intake."
    return Suspect(column=column.name, why=why, sure=False, measure=None, text=text)
