"""Natural cubic splines: a number as a few columns, so that a linear model can bend with it.

Between the knots the columns are cubic, beyond the outer ones linear, so that far values are not
thrown about (Stone and Koo 1985, *Additive splines in statistics*). On the rows that were learnt
from, the columns have mean 0, deviation 1 and nothing in common: a ridge penalty treats a bend as
it treats a slope.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.errors import DataError, FeatureError

Array = npt.NDArray[np.float64]

# Where knots stand, as shares of the known values (Harrell, Regression Modeling Strategies, 2.4.6).
_KNOTS = {
    3: (0.10, 0.50, 0.90),
    4: (0.05, 0.35, 0.65, 0.95),
    5: (0.05, 0.275, 0.50, 0.725, 0.95),
    6: (0.05, 0.23, 0.41, 0.59, 0.77, 0.95),
}
_FEWEST_KNOTS = 3
_MEND = "restore the file or train again."


@dataclass(frozen=True, slots=True)
class Spline:
    """One number's spline: its knots, and how the raw columns are centred and mixed."""

    knots: tuple[float, ...]
    centre: tuple[float, ...]
    mixing: tuple[tuple[float, ...], ...]

    @property
    def width(self) -> int:
        """How many columns it has: one less than knots."""
        return len(self.knots) - 1

    def columns(self, values: Array) -> Array:
        """The columns of some values, shape (n, width); NaN where the value is."""
        knots, centre, mixing = _arrays(self)
        return np.asarray((_raw(values, knots) - centre) @ mixing, dtype=float)


@lru_cache(maxsize=256)
def _arrays(spline: Spline) -> tuple[Array, Array, Array]:
    return np.array(spline.knots), np.array(spline.centre), np.array(spline.mixing)


def fit_spline(values: Array, *, knots: int = 5) -> Spline | None:
    """The spline of a number, from the values it was seen with; None where a line is all there is.

    Parameters
    ----------
    values
        NaN where not known.
    knots
        From 3 to 6; where many values are equal there are fewer.

    Raises
    ------
    DataError
        For another number of knots.
    """
    if knots not in _KNOTS:
        raise DataError(f"knots={knots}: give {min(_KNOTS)} to {max(_KNOTS)}.")
    known = values[~np.isnan(values)]
    if not len(known):
        return None
    at = np.unique(np.quantile(known, _KNOTS[knots]))
    if len(at) < _FEWEST_KNOTS:
        return None
    raw = _raw(known, at)
    centre = raw.mean(axis=0)
    # What a column shares with those before it is taken out, the line itself first.
    upper = np.linalg.qr(raw - centre, mode="r") / np.sqrt(len(known))
    size = np.abs(np.diag(upper))
    if size.min() <= 1e-9 * size.max():
        return None
    upper *= np.sign(np.diag(upper))[:, None]
    mixing = np.linalg.solve(upper, np.eye(len(upper)))
    return Spline(_floats(at), _floats(centre), tuple(_floats(row) for row in mixing))


@dataclass(frozen=True, slots=True)
class SplineBasis:
    """The splines of some columns of a frame; the other columns stay as they are."""

    splines: Mapping[str, Spline]

    def transform(self, X: pd.DataFrame) -> pd.DataFrame:
        """The frame with ``name_s1``, ``name_s2``, ... in the place of each such column.

        Raises
        ------
        FeatureError
            If a column is missing, or the name of a new one is taken.
        """
        if missing := [name for name in self.splines if name not in X.columns]:
            raise FeatureError(f"The columns {missing} are missing; give those of training.")
        names = [str(name) for name in X.columns]
        values = X.to_numpy(dtype=float, na_value=np.nan)
        return pd.DataFrame(self.columns(values, names), X.index, self.names(names))

    def columns(self, values: Array, names: Sequence[str]) -> Array:
        """The columns of :meth:`transform`, of values whose columns have the names."""
        parts = [np.empty((len(values), 0))]
        for name, column in zip(names, values.T, strict=True):
            spline = self.splines.get(name)
            parts.append(column[:, None] if spline is None else spline.columns(column))
        return np.hstack(parts)

    def names(self, names: Sequence[str]) -> list[str]:
        """Their names; a ``FeatureError`` where one is taken."""
        found: list[str] = []
        for name in names:
            spline = self.splines.get(name)
            found += [name] if spline is None else _names(name, spline)
        if twice := sorted({name for name in found if found.count(name) > 1}):
            raise FeatureError(f"The names {twice} are those of splines as well; rename them.")
        return found

    def gathered(self, parts: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
        """What was found for each column of :meth:`transform`, summed by the column it is of.

        ``parts`` in the order of :meth:`transform`, whose frame had the ``names`` in theirs.
        """
        found = np.zeros((len(parts), len(names)))
        values, start = parts.to_numpy(dtype=float), 0
        for number, name in enumerate(names):
            spline = self.splines.get(name)
            end = start + (1 if spline is None else spline.width)
            found[:, number] = values[:, start:end].sum(axis=1)
            start = end
        return pd.DataFrame(found, parts.index, _index(tuple(names)))

    def to_state(self) -> dict[str, Any]:
        """JSON values; :func:`read_splines` gives the same splines back exactly."""
        return {
            name: {"knots": one.knots, "centre": one.centre, "mixing": one.mixing}
            for name, one in self.splines.items()
        }


def fit_splines(X: pd.DataFrame, names: Sequence[str], *, knots: int = 5) -> SplineBasis:
    """The splines of the named columns; those with too few different values have none."""
    found = {
        name: fit_spline(X[name].to_numpy(dtype=float, na_value=np.nan), knots=knots)
        for name in names
    }
    return SplineBasis({name: one for name, one in found.items() if one is not None})


def read_splines(state: object) -> SplineBasis:
    """Read splines back; a ``DataError`` if they are not what :meth:`SplineBasis.to_state` gave."""
    if not isinstance(state, dict):
        raise DataError(f"The splines of the model are not a mapping; {_MEND}")
    found: dict[str, Spline] = {}
    for name, one in state.items():
        try:
            knots, centre, mixing = (np.array(one[key]) for key in ("knots", "centre", "mixing"))
        except (KeyError, TypeError, ValueError) as error:
            raise DataError(f"The spline of {name!r} is damaged ({error!r}); {_MEND}") from error
        width = len(knots) - 1 if knots.ndim == 1 else -1
        sound = width >= _FEWEST_KNOTS - 1 and (centre.shape, mixing.shape) == (
            (width,),
            (width, width),
        )
        kinds = {part.dtype.kind for part in (knots, centre, mixing)}
        if not sound or not kinds <= {"i", "f"} or (np.diff(knots) <= 0).any():
            raise DataError(f"The spline of {name!r} is not of {width + 1} knots in order; {_MEND}")
        if not all(np.isfinite(part).all() for part in (knots, centre, mixing)):
            raise DataError(f"The spline of {name!r} holds a number that is not finite; {_MEND}")
        found[str(name)] = Spline(
            _floats(knots), _floats(centre), tuple(_floats(row) for row in mixing)
        )
    return SplineBasis(found)


def _raw(values: Array, knots: Array) -> Array:
    """The line, and the restricted cubics, on the scale on which the outer knots are 0 and 1."""
    first, last = knots[0], knots[-1]
    x, at = (values - first) / (last - first), (knots - first) / (last - first)
    above = np.maximum(x[:, None] - at, 0.0)
    cubes = above * above * above  # a power takes twenty times as long
    gap = at[-1] - at[-2]
    bends = (
        cubes[:, :-2]
        - cubes[:, -2:-1] * (at[-1] - at[:-2]) / gap
        + cubes[:, -1:] * (at[-2] - at[:-2]) / gap
    )
    return np.column_stack([x, bends])


def _names(name: str, spline: Spline) -> list[str]:
    return [f"{name}_s{number}" for number in range(1, spline.width + 1)]


@lru_cache(maxsize=64)
def _index(names: tuple[str, ...]) -> "pd.Index[str]":
    return pd.Index(list(names), dtype=object)


def _floats(values: Array) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
