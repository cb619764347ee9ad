"""The parts of a table's columns that people can be told apart by: values, bands of numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
import pandas as pd

from matching.errors import DataError
from training.tabular.scored import Array, Codes, Flags

UNKNOWN = "unknown"
OTHER = "all other values"
FEW = 12  # numbers of no more distinct values are taken for what they are, not banded
_BANDS = 5
_MOST = 30  # values of a column at most that are told apart
_EACH = 0.5  # a text column of more distinct values than this share of its rows names persons
_FIRST_DAY = date(1970, 1, 1)
Style = Literal["whole", "real", "date"]


@dataclass(frozen=True, slots=True, eq=False)
class Slices:
    """One column cut into parts: a code per row, and each part's label.

    ``ordered`` parts are bands, from low to high; ``ends`` are then the last values that each band
    but the highest holds. The unknown, where there are any, are the last part.
    """

    column: str
    labels: tuple[str, ...]
    codes: Codes
    ordered: bool
    ends: tuple[float, ...] = ()
    style: Style = "real"

    def rows(self, code: int) -> Flags:
        """Who is in a part."""
        return np.asarray(self.codes == code, dtype=bool)

    @property
    def bands(self) -> int:
        """How many parts are bands."""
        return len(self.ends) + 1 if self.ordered else 0

    def between(self, first: int, last: int) -> str:
        """Say a run of bands."""
        return _between(self.ends, first, last, self.style)


def slices(
    column: pd.Series,
    *,
    bands: int = _BANDS,
    most: int = _MOST,
    expected: Sequence[str] = (),
) -> Slices:
    """Cut a column: numbers and dates of many values into bands, everything else into its values.

    Parameters
    ----------
    column
        Of float, whole number, true/false, text (objects) or dates; blank where unknown.
    bands
        Of equally many persons.
    most
        Values at most; the rarest of the rest are one part.
    expected
        Values that there should be: a part of its own each, also when nobody has it.

    Raises
    ------
    DataError
        For a column that holds things of no order and no text.
    """
    name = str(column.name)
    unknown = column.isna().to_numpy(dtype=bool)
    numbers, dates = _numbers(column)
    if numbers is not None and not expected:
        distinct = np.unique(numbers[~unknown])
        if len(distinct) > FEW:
            return _banded(name, numbers, unknown, bands, dates)
        if dates:
            said = [_day(value) for value in numbers]
        else:
            said = [f"{value:.10g}" for value in numbers]
        order = [_day(value) if dates else f"{value:.10g}" for value in distinct]
        return _valued(name, said, unknown, order, most)
    said = [_text(value) for value in column.tolist()]
    held = {value for value, blank in zip(said, unknown, strict=True) if not blank}
    return _valued(name, said, unknown, [*expected, *sorted(held - set(expected))], most)


def tells_groups(column: pd.Series) -> bool:
    """Whether a column tells groups from each other: not one value, not a name for each row."""
    known = column.dropna()
    distinct = known.nunique()
    if distinct + (len(known) < len(column)) < 2:
        return False
    if _numbers(column)[0] is not None:
        return True
    return distinct <= max(_MOST, _EACH * len(known))


def as_numbers(column: pd.Series) -> Array | None:
    """A column of numbers or dates (in days) as numbers, NaN where unknown; None for others."""
    return _numbers(column)[0]


def _numbers(column: pd.Series) -> tuple[Array | None, bool]:
    if pd.api.types.is_datetime64_any_dtype(column):
        bare = column.dt.tz_localize(None) if column.dt.tz is not None else column
        days = (bare - pd.Timestamp(_FIRST_DAY)) / pd.Timedelta(days=1)
        return np.asarray(days.to_numpy(dtype=float, na_value=np.nan), dtype=float), True
    if pd.api.types.is_bool_dtype(column):
        return None, False
    if pd.api.types.is_numeric_dtype(column):
        found = column.to_numpy(dtype=float, na_value=np.nan)
        if np.isinf(found).any():
            raise DataError(
                f"Column {column.name}: an infinite number; leave the cell blank where the value "
                "is not known."
            )
        return found, False
    return None, False


def _banded(name: str, numbers: Array, unknown: Flags, bands: int, dates: bool) -> Slices:
    known = numbers[~unknown]
    whole = bool((known == np.floor(known)).all())
    style: Style = "date" if dates else "whole" if whole else "real"
    ends = np.quantile(known, np.arange(1, bands) / bands, method="inverted_cdf")
    if style == "date":
        ends = np.floor(ends)
    if style == "real":
        ends = np.array([float(f"{end:.4g}") for end in ends])  # no person's exact value
    ends = np.unique(ends)
    ends = ends[(ends >= known.min()) & (ends < known.max())]
    codes = np.searchsorted(ends, np.where(unknown, 0.0, numbers), side="left").astype(np.int64)
    cut = tuple(float(end) for end in ends)
    labels = [_between(cut, band, band, style) for band in range(len(cut) + 1)]
    if unknown.any():
        codes[unknown] = len(labels)
        labels.append(UNKNOWN)
    return Slices(name, tuple(labels), codes, True, cut, style)


def _valued(
    name: str, said: Sequence[str], unknown: Flags, order: Sequence[str], most: int
) -> Slices:
    """Values as parts, in the order given; the rarest beyond ``most`` are one part."""
    place = {value: code for code, value in enumerate(order)}
    codes = np.array([place.get(value, -1) for value in said], dtype=np.int64)
    codes[unknown] = len(order)
    labels = list(order)
    if len(order) > most:
        counts = np.bincount(codes[~unknown], minlength=len(order))
        kept = np.sort(np.argsort(-counts[: len(order)], kind="stable")[: most - 1])
        move = np.full(len(order) + 1, most - 1, dtype=np.int64)
        move[kept] = np.arange(len(kept))
        move[len(order)] = most
        codes, labels = move[codes], [order[code] for code in kept] + [OTHER]
    if unknown.any():
        labels.append(UNKNOWN)
    return Slices(name, tuple(labels), codes, False)


def _between(ends: tuple[float, ...], first: int, last: int, style: Style) -> str:
    """Say a run of bands by the ends that it lies between.

    >>> _between((24.0, 39.0), 1, 1, "whole"), _between((24.0, 39.0), 1, 2, "real")
    ('25 to 39', 'over 24')
    """
    start = None if first == 0 else ends[first - 1]
    stop = None if last == len(ends) else ends[last]
    if start is None:
        return "all" if stop is None else f"up to {_end(stop, style)}"
    if style == "whole":
        return f"from {start + 1:.10g}" if stop is None else f"{start + 1:.10g} to {stop:.10g}"
    word = "after" if style == "date" else "over"
    low = f"{word} {_end(start, style)}"
    return low if stop is None else f"{low} up to {_end(stop, style)}"


def _end(value: float, style: Style) -> str:
    return _day(value) if style == "date" else f"{value:.10g}"


def _day(days: float) -> str:
    return "" if np.isnan(days) else (_FIRST_DAY + timedelta(days=int(days))).isoformat()


def _text(value: object) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def said_value(value: float, *, dates: bool) -> str:
    """A number, or a date given in days, as it is said.

    >>> said_value(50.0, dates=False), said_value(366.0, dates=True)
    ('50', '1971-01-02')
    """
    return _end(value, "date" if dates else "real")
