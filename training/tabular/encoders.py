"""How one input becomes columns of numbers: what is learnt from it, and how it is applied."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import ConfigDict

from matching.errors import InputError
from training.tabular.basis import curve, knots, uncorrelated
from training.tabular.cells import LARGEST
from training.tabular.columns import Column, Kind
from training.tabular.kinds import FEW

Array = npt.NDArray[np.float64]

FEWEST = 20
SHARE = 0.01
"""A level, or the unknown, has a column of its own from so many rows and such a share of them."""

_ENDS = (0.005, 0.995)
_COMMON = 0.25
_FOR_CURVE, _FOR_LONG_CURVE = 200, 1_000
_STRICT = ConfigDict(extra="forbid", allow_inf_nan=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A number, a day or a yes or no for linear models: a smooth curve between its usual ends.

    Values beyond ``low`` and ``high`` count as those. Of the value ``common``, which many rows
    have, and of the unknown, if there are enough, it says that they are it. ``knots`` are on the
    scale from ``low``, 0, to ``high``, 1; ``means`` and ``weights`` make the columns of the curve
    uncorrelated, of mean 0 and deviation 1 on the rows learnt from.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    type: Literal["curve"] = "curve"
    source: str
    low: float
    high: float
    knots: tuple[float, ...]
    means: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]
    common: float | None
    unknown: bool

    @property
    def labels(self) -> tuple[str, ...]:
        """What each column says."""
        width = len(self.weights[0]) if self.weights else 0
        bent = tuple(f"{self.source}, curve {number}" for number in range(1, width))
        return (
            *((self.source, *bent) if width else ()),
            *(() if self.common is None else (f"{self.source} is {self.common:g}",)),
            *((f"{self.source} is not known",) if self.unknown else ()),
        )

    @property
    def is_sound(self) -> bool:
        """Whether its parts fit each other."""
        shape = {len(row) for row in self.weights}
        rows = max(len(self.knots) - 1, 1)
        return (
            sorted({*self.knots}) == list(self.knots)
            and (len(self.knots) == 0 or len(self.knots) >= 3)
            and (not self.weights or (self.low < self.high and len(self.weights) == rows))
            and len(self.means) == len(self.weights)
            and len(shape) <= 1
        )

    def fill(self, values: "pd.Series[Any]", out: Array) -> None:
        """Write the columns; NaN where not known."""
        numbers = as_numbers(values)
        width = len(self.weights[0]) if self.weights else 0
        if width:
            bent = curve(scaled(numbers, self.low, self.high), np.array(self.knots))
            bent -= np.array(self.means)
            np.matmul(bent, np.array(self.weights), out=out[:, :width])
        nowhere = np.isnan(numbers)
        if self.common is not None:
            out[:, width] = np.where(nowhere, np.nan, numbers == self.common)
        if self.unknown:
            out[:, -1] = nowhere


@dataclass(frozen=True, slots=True, kw_only=True)
class OneHot:
    """A category for linear models: a column for each level but ``base``, the most frequent one.

    Levels that are not listed count as ``other`` where there is such a column, else as unknown.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    type: Literal["one_hot"] = "one_hot"
    source: str
    base: str
    levels: tuple[str, ...]
    other: bool
    unknown: bool

    @property
    def labels(self) -> tuple[str, ...]:
        """What each column says."""
        return (
            *(f"{self.source} is {level!r}" for level in self.levels),
            *((f"{self.source} is another value",) if self.other else ()),
            *((f"{self.source} is not known",) if self.unknown else ()),
        )

    @property
    def is_sound(self) -> bool:
        """Whether its levels differ."""
        return len({self.base, *self.levels}) == len(self.levels) + 1

    def fill(self, values: "pd.Series[Any]", out: Array) -> None:
        """Write the columns; NaN where the level is not known."""
        texts = as_texts(values)
        place = pd.Index([*self.levels, self.base], dtype=object).get_indexer(
            pd.Index(texts, dtype=object)
        )
        blank = pd.isna(texts)
        seen = len(self.levels) + self.other
        for number in range(len(self.levels)):
            out[:, number] = place == number
        if self.other:
            out[:, len(self.levels)] = (place < 0) & ~blank
        out[blank if self.other else place < 0, :seen] = np.nan
        if self.unknown:
            out[:, -1] = blank


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """A number, a day or a yes or no as it is, for trees; NaN where not known."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    type: Literal["plain"] = "plain"
    source: str

    @property
    def labels(self) -> tuple[str, ...]:
        """What its column says."""
        return (self.source,)

    @property
    def is_sound(self) -> bool:
        """Nothing about it can be wrong."""
        return True

    def fill(self, values: "pd.Series[Any]", out: Array) -> None:
        """Write the column."""
        out[:, 0] = as_numbers(values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A category for trees: 0 for the most frequent level, 1 for the next, and so on.

    Levels that are not listed have the next number where there were such in training, else NaN.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    type: Literal["ranked"] = "ranked"
    source: str
    levels: tuple[str, ...]
    other: bool

    @property
    def labels(self) -> tuple[str, ...]:
        """What its column says."""
        return (self.source,)

    @property
    def is_sound(self) -> bool:
        """Whether its levels differ."""
        return len({*self.levels}) == len(self.levels)

    def fill(self, values: "pd.Series[Any]", out: Array) -> None:
        """Write the column."""
        texts = as_texts(values)
        place = pd.Index(self.levels, dtype=object).get_indexer(pd.Index(texts, dtype=object))
        rest = float(len(self.levels)) if self.other else np.nan
        out[:, 0] = np.where(pd.isna(texts), np.nan, np.where(place < 0, rest, place))


Encoder = Curve | OneHot | Plain | Ranked


def learn_linear(values: "pd.Series[Any]", column: Column, *, bent: bool = True) -> Curve | OneHot:
    """What a linear model reads of an input, no column if its rows say nothing.

    A straight line instead of a curve unless ``bent``.
    """
    if column.kind is Kind.CATEGORY:
        kept, others, blank = _levels(values, SHARE)
        return OneHot(
            source=column.name,
            base=kept[0] if kept else "",
            levels=tuple(kept[1:]),
            other=_is_enough(others, len(values)) and bool(kept),
            unknown=_is_enough(blank, len(values)),
        )
    numbers = as_numbers(values)
    known = numbers[~np.isnan(numbers)]
    apart, counts = np.unique(known, return_counts=True)
    common = None
    low, high = (float(end) for end in np.quantile(known, _ENDS)) if len(known) else (0.0, 0.0)
    if column.kind is Kind.YES_NO and len(apart):
        low, high = float(apart[0]), float(apart[-1])
    elif len(apart) > FEW or low == high:
        most = int(counts.argmax()) if len(apart) > 1 else -1
        if most >= 0 and counts[most] >= _COMMON * len(known):
            is_told = len(known) - int(counts[most]) >= FEWEST
            common = float(apart[most]) if is_told else None
    at, means, weights = np.empty(0), np.empty(0), np.empty((0, 0))
    if low < high:
        scale = scaled(known, low, high)
        rest = scale if common is None else scale[known != common]
        if bent and len(apart) > FEW and len(rest) >= _FOR_CURVE:
            at = knots(rest, few=len(rest) < _FOR_LONG_CURVE)
        means, weights = uncorrelated(curve(scale, at))
    return Curve(
        source=column.name,
        low=low,
        high=high,
        knots=tuple(at.tolist()),
        means=tuple(means.tolist()),
        weights=tuple(tuple(row) for row in weights.tolist()),
        common=common,
        unknown=_is_enough(len(numbers) - len(known), len(numbers)),
    )


def learn_trees(values: "pd.Series[Any]", column: Column) -> Plain | Ranked:
    """What a model of trees reads of an input."""
    if column.kind is not Kind.CATEGORY:
        return Plain(source=column.name)
    kept, others, _ = _levels(values, 0.0)
    return Ranked(source=column.name, levels=tuple(kept), other=others > 0)


def as_numbers(values: "pd.Series[Any]") -> Array:
    """Numbers, or days since 1970-01-01; NaN where not known, endless or beyond 1e15.

    Raises
    ------
    InputError
        For a column that is neither.
    """
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        days = values.to_numpy(dtype="datetime64[D]")
        return np.where(np.isnat(days), np.nan, days.astype(np.int64).astype(float))
    if not pd.api.types.is_numeric_dtype(values.dtype):
        raise InputError(
            f"The column {values.name!r} holds {values.dtype} where numbers or dates are due; "
            "read the table as the one that was learnt from."
        )
    numbers = values.to_numpy(dtype=float, na_value=np.nan)
    return np.where(np.abs(numbers) <= LARGEST, numbers, np.nan)


def as_texts(values: "pd.Series[Any]") -> npt.NDArray[np.object_]:
    """The levels of a category."""
    return values.to_numpy(dtype=object)


def scaled(numbers: Array, low: float, high: float) -> Array:
    """Numbers on the scale from ``low``, 0, to ``high``, 1; those beyond count as the ends."""
    return np.asarray((np.clip(numbers, low, high) - low) / (high - low))


def _levels(values: "pd.Series[Any]", share: float) -> tuple[Sequence[str], int, int]:
    """Levels of enough rows, the most frequent first; rows of other levels; blank rows."""
    counts = values.value_counts()
    least = max(FEWEST, share * len(values))
    order = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    kept = [str(level) for level, count in order if count >= least]
    held = sum(int(count) for level, count in order if count >= least)
    return kept, int(counts.sum()) - held, int(values.isna().sum())


def _is_enough(count: int, rows: int) -> bool:
    return count >= FEWEST and count > SHARE * rows
