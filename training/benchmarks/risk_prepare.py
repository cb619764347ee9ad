"""A published table made into the one that is asked: columns derived, rows kept."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.errors import InputError
from training.benchmarks.risk_config import Derive, Keep, RiskConfig
from training.tabular import RawTable, raw_of, read_table


def prepared(config: RiskConfig) -> RawTable:
    """The table of a configuration, with its derived columns, and the rows to keep.

    Raises
    ------
    InputError
        For a table that cannot be read, or a column that it does not have.
    """
    raw = read_table(config.data / config.table)
    frame = raw.frame.copy()
    for one in config.derive:
        frame[one.name] = _made(frame, one, raw.name)
    for rule in config.keep:
        frame = frame[_kept(frame, rule, raw.name)]
    return raw_of(frame.reset_index(drop=True), name=raw.name)


def _made(frame: pd.DataFrame, one: Derive, name: str) -> "pd.Series[Any]":
    if one.count is not None:
        columns = list(frame.columns)
        first, last = (_place(columns, end, name) for end in (one.first, one.last))
        counted = (frame.iloc[:, first : last + 1] == one.count).sum(axis=1)
        return _said(counted if one.at_least is None else counted >= one.at_least)
    column = frame[frame.columns[_place(list(frame.columns), one.column, name)]]
    if one.equals is not None:
        return _said((column == one.equals).where(column.notna()))
    numbers = pd.to_numeric(column, errors="coerce")
    if one.times is not None:
        return _said(numbers * one.times)
    return _said((numbers >= one.at_least).where(numbers.notna()))


def _kept(frame: pd.DataFrame, rule: Keep, name: str) -> npt.NDArray[np.bool_]:
    column = frame[frame.columns[_place(list(frame.columns), rule.column, name)]]
    kept = np.ones(len(frame), dtype=bool)
    if rule.among:
        kept &= column.isin(rule.among).to_numpy()
    numbers = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float)
    if rule.below is not None:
        kept &= numbers < rule.below
    if rule.least is not None:
        kept &= numbers >= rule.least
    return kept


def _place(columns: list[str], wanted: str, name: str) -> int:
    if wanted not in columns:
        raise InputError(f"{name}: has no column {wanted!r}; it has {columns[:12]} ...")
    return columns.index(wanted)


def _said(values: "pd.Series[Any]") -> "pd.Series[Any]":
    """Numbers and answers as a table would write them."""
    return values.map(_cell)


def _cell(value: object) -> str | None:
    if isinstance(value, bool):
        return "1" if value else "0"
    return None if not isinstance(value, int | float) or value != value else f"{value:g}"
