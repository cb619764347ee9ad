"""The frame of covariates that a model of spells reads, checked and as numbers."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.errors import FeatureError
from matching.features.catalog import PROTECTED

Array = npt.NDArray[np.float64]

_FEW = 100


def covariates(
    X: pd.DataFrame, names: Sequence[str] | None = None, *, allowed: Sequence[str] = ()
) -> Array:
    """The named columns as numbers, all of them unless told otherwise.

    Parameters
    ----------
    X
        Numbers or booleans, NaN where not known, in any order of columns.
    names
        The columns that a model was trained on.
    allowed
        Protected names that may enter all the same, with what is made of them (``age``: also
        ``age_s1``): where a territory's rules or a researcher's question say so.

    Returns
    -------
    ndarray
        Shape (rows, names).

    Raises
    ------
    FeatureError
        For no frame, a protected name that is not allowed, a column that is missing, unknown or
        there twice, and a value that is no finite number.
    """
    if not isinstance(X, pd.DataFrame):
        raise FeatureError(f"A {type(X).__name__} was given where a frame of covariates is due.")
    given = [str(name) for name in X.columns.tolist()]
    names = given if names is None else names
    _check(tuple(given), tuple(names), tuple(allowed))
    whole = _whole(X) if names else None
    if whole is not None:
        whole = whole if given == list(names) else whole[:, _places(given, names)]
        if not np.isinf(whole).any():
            return np.ascontiguousarray(whole, dtype=float)
    columns = [numbers(X.iloc[:, given.index(name)], name) for name in names]
    return np.column_stack(columns) if columns else np.empty((len(X), 0))


def numbers(column: "pd.Series[Any]", name: str) -> Array:
    """One column as numbers, NaN where not known; a ``FeatureError`` for anything else."""
    if not pd.api.types.is_numeric_dtype(column.dtype):
        raise FeatureError(f"The column {name!r} holds {column.dtype}; give numbers or booleans.")
    values = column.to_numpy(dtype=float, na_value=np.nan)
    if np.isinf(values).any():
        raise FeatureError(f"The column {name!r} holds an infinite value; what is unknown is NaN.")
    return np.asarray(values, dtype=float)


def _whole(X: pd.DataFrame) -> Array | None:
    """All columns at once where they are floats: one by one takes as long as scoring does."""
    if len(X) > _FEW and not (X.dtypes == np.float64).all():
        return None  # what is of many types is slow to bring together
    whole = X.to_numpy()
    return whole if whole.dtype == np.float64 else None


@lru_cache(maxsize=64)
def _check(given: tuple[str, ...], names: tuple[str, ...], allowed: tuple[str, ...]) -> None:
    """Refuse columns; those that were fine once are not looked at again, person after person."""
    if protected := [name for name in given if _is_protected(name, allowed)]:
        raise FeatureError(f"{protected} are protected and never enter a model; leave them out.")
    missing = [name for name in names if name not in given]
    unknown = [name for name in given if name not in names]
    if missing or unknown or len({*given}) != len(given):
        raise FeatureError(
            f"Give each covariate of the model once: missing {missing}, unknown {unknown}, "
            f"given {list(given)}."
        )


def _places(given: Sequence[str], names: Sequence[str]) -> list[int]:
    place = {name: number for number, name in enumerate(given)}
    return [place[name] for name in names]


def _is_protected(name: str, allowed: Sequence[str]) -> bool:
    plain = f"{name.strip().casefold()}_"
    if any(plain.startswith(f"{one.strip().casefold()}_") for one in allowed):
        return False
    return any(plain.startswith(f"{one}_") for one in PROTECTED)
