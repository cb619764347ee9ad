"""How well one column alone foretells a yes or no, its blanks included."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from training.tabular.columns import Column, Kind

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.intp]

FOLDS = 5

_FEW_VALUES = 50
_MOST_BANDS = 200
_PER_BAND = 25
_COMMON = 0.05
_PRIOR = 2.0
_TEXTS = (Kind.IDENTIFIER, Kind.FREE_TEXT)


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Rows grouped by the value of a column: a code per row, and which codes are one value.

    Numbers of many values are cut into bands, but for common ones; blank is a group of its own.
    ``blank`` is its code, -1 if no row is blank.
    """

    codes: Codes
    single: Flags
    blank: int


def group(values: "pd.Series[Any]", column: Column) -> Groups:
    """Group the rows of a column; of texts that name persons only whether they are blank."""
    if column.kind in _TEXTS:
        codes = values.isna().to_numpy(dtype=bool).astype(np.intp)
        return Groups(codes, np.array([True, True]), 1 if codes.any() else -1)
    if column.kind is Kind.CATEGORY:
        codes, found = pd.factorize(values)
        single = np.ones(len(found), dtype=bool)
    else:
        codes, single = _banded(_numbers(values))
    blank = codes < 0
    if not blank.any():
        return Groups(codes, single, -1)
    return Groups(np.where(blank, len(single), codes), np.append(single, True), len(single))


def folded_auc(codes: Codes, bad: Flags, *, seed: int = 0) -> float:
    """Area under the curve of the rate in each row's group, learnt from the other folds.

    Parameters
    ----------
    codes
        Group of each row, from 0.
    bad
        What is foretold; both values must occur.
    seed
        Of the assignment to the five folds.
    """
    fold = np.random.default_rng(seed).permutation(len(codes)) % FOLDS
    wide = int(codes.max()) + 1
    cell = fold * wide + codes
    size = FOLDS * wide
    yes = np.bincount(cell[bad], minlength=size).reshape(FOLDS, wide).astype(float)
    all_of = np.bincount(cell, minlength=size).reshape(FOLDS, wide).astype(float)
    rate = bad.mean()
    others = all_of.sum(axis=0) - all_of
    score = ((yes.sum(axis=0) - yes) + _PRIOR * rate) / (others + _PRIOR)
    return area(score.ravel(), yes.ravel(), (all_of - yes).ravel())


def area(score: Array, yes: Array, no: Array) -> float:
    """Area under the curve of scores that stand for so many of each kind; ties count half.

    >>> area(np.array([0.1, 0.9]), np.array([0.0, 3.0]), np.array([2.0, 0.0]))
    1.0
    """
    _, place = np.unique(score, return_inverse=True)
    positive = np.bincount(place, weights=yes)
    negative = np.bincount(place, weights=no)
    below = np.cumsum(negative) - negative
    won = (positive * (below + negative / 2)).sum()
    return float(won / (positive.sum() * negative.sum()))


def _numbers(values: "pd.Series[Any]") -> Array:
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        days = values.to_numpy(dtype="datetime64[D]")
        return np.where(np.isnat(days), np.nan, days.astype(np.int64).astype(float))
    return values.to_numpy(dtype=float)


def _banded(values: Array) -> tuple[Codes, Flags]:
    codes, found = pd.factorize(values)
    codes, found = np.asarray(codes, dtype=np.intp), np.asarray(found, dtype=float)
    if len(found) <= _FEW_VALUES:
        return codes, np.ones(len(found), dtype=bool)
    counts = np.bincount(codes[codes >= 0], minlength=len(found))
    common = np.flatnonzero(counts >= _COMMON * len(values))
    rest = (codes >= 0) & ~np.isin(codes, common)
    bands = int(np.clip(rest.sum() // _PER_BAND, 2, _MOST_BANDS))
    cuts = np.quantile(values[rest], np.arange(1, bands) / bands) if rest.any() else values[:0]
    ends = np.unique(cuts)
    made = np.full(len(values), -1, dtype=np.intp)
    made[rest] = np.searchsorted(ends, values[rest], side="right")
    for place, code in enumerate(common):
        made[codes == code] = len(ends) + 1 + place
    single = np.arange(len(ends) + 1 + len(common)) > len(ends)
    return made, single
