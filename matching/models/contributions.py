"""Parts of a chance among the covariates that make it, when the log odds are linear in them."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(12)


def shared(slopes: Callable[[Array], Array], z: Array, effects: Array, apart: Array) -> Array:
    """Part of each covariate in a chance, over that of the person with all of them at 0.

    The way from 0 to the person's values is walked in a straight line, and each small change of
    the chance is shared by what each covariate adds to the log odds: the Aumann-Shapley value.

    Parameters
    ----------
    slopes
        How the chance changes with the log odds of each cause, shape (rows, causes), given how
        far they are from those of the person at 0.
    z
        Covariates, shape (persons, covariates).
    effects
        What each adds to the log odds of each cause, shape (causes, covariates).
    apart
        The chance of each person less that of the person at 0.

    Returns
    -------
    ndarray
        The shape of ``z``; a row sums to ``apart``.
    """
    return _exact(z * (_on_the_way(slopes, z @ effects.T) @ effects), apart)


def along(slopes: Callable[[Array], Array], parts: Array, apart: Array) -> Array:
    """Part of each covariate in a chance, where several log odds are sums of parts.

    As :func:`shared`, for parts of the log odds that differ by person, for instance the Shapley
    values of trees.

    Parameters
    ----------
    slopes
        How the chance changes with each of the log odds, shape (rows, log odds), given how far
        they are from those of the person with no parts.
    parts
        Of each covariate in each of the log odds, shape (persons, covariates, log odds).
    apart
        The chance of each person less that of the person with no parts.

    Returns
    -------
    ndarray
        Shape (persons, covariates); a row sums to ``apart``.
    """
    steep = _on_the_way(slopes, parts.sum(axis=1))
    return _exact(np.einsum("npk,nk->np", parts, steep), apart)


def _on_the_way(slopes: Callable[[Array], Array], whole: Array) -> Array:
    """The mean of the slopes on the straight way to some log odds, shape (persons, log odds)."""
    at = (_NODES[:, None, None] + 1) / 2 * whole
    steep = slopes(at.reshape(-1, whole.shape[1])).reshape(at.shape)
    return np.asarray(np.einsum("s,snk->nk", _WEIGHTS / 2, steep), dtype=float)


def _exact(parts: Array, apart: Array) -> Array:
    """Share out by size what rounding leaves over, far below what a screen shows."""
    rest = apart - parts.sum(axis=1)
    size = np.abs(parts).sum(axis=1, keepdims=True)
    shares = np.abs(parts) / np.where(size > 0, size, 1.0)
    return np.asarray(parts + rest[:, None] * shares, dtype=float)
