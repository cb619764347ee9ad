"""A smooth curve of a number: natural cubic splines, made uncorrelated on what they learn from.

Between the knots the curve is cubic, beyond them straight (Hastie, Tibshirani and Friedman, The
Elements of Statistical Learning, 5.2.1). Made uncorrelated, each column can be shrunk by itself.
"""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

# Where the knots of a curve of four columns are, as Harrell proposes (Regression Modeling
# Strategies, 2.4.6), and of one of two columns, for few rows.
QUANTILES = (0.05, 0.275, 0.5, 0.725, 0.95)
FEW_QUANTILES = (0.1, 0.5, 0.9)

_SOME = 1e-9  # of numbers from 0 to 1
_LEAST = 1e-6


def knots(values: Array, *, few: bool = False) -> Array:
    """Distinct quantiles of numbers in [0, 1]; none if they are too close for a curve."""
    found = np.unique(np.quantile(values, FEW_QUANTILES if few else QUANTILES))
    apart = np.concatenate([[True], np.diff(found) > 0.01])
    return found[apart] if apart.sum() >= len(FEW_QUANTILES) else found[:0]


def curve(values: Array, at: Array) -> Array:
    """The natural spline basis of numbers: themselves, and a curve for each knot but two.

    Shape (values, knots - 1), or (values, 1) without knots.
    """
    made = np.empty((len(values), max(len(at) - 1, 1)), order="F")
    made[:, 0] = values
    if not len(at):
        return made
    last = _bend(values, at[-2], at[-1])
    for number, knot in enumerate(at[:-2], start=1):
        made[:, number] = _bend(values, knot, at[-1]) - last
    return made


def uncorrelated(made: Array) -> tuple[Array, Array]:
    """Means, and the matrix that makes columns uncorrelated and of deviation 1, in their order.

    The first column stays itself but for its scale. Columns that say nothing new are dropped: the
    matrix has a row per column given, and a column per column kept.
    """
    means = made.mean(axis=0)
    centred = made - means
    kept: list[Array] = []
    scale = centred.std(axis=0)
    for number in np.flatnonzero(scale > _SOME):
        weights = np.zeros(made.shape[1])
        weights[number] = 1.0 / scale[number]
        column = centred[:, number] / scale[number]
        # Twice, as what rounding leaves of the first time is then taken away too.
        for _ in range(2):
            for other in kept:
                share = float(column @ (centred @ other)) / len(column)
                column = column - share * (centred @ other)
                weights = weights - share * other
        size = float(np.sqrt((column**2).mean()))
        if size > _LEAST:
            kept.append(weights / size)
    return means, np.array(kept).reshape(len(kept), made.shape[1]).T


def _bend(values: Array, knot: float, last: float) -> Array:
    over = np.maximum(values - knot, 0.0)
    beyond = np.maximum(values - last, 0.0)
    return np.asarray((over * over * over - beyond * beyond * beyond) / (last - knot))
