"""Sums that come out the same, to the last digit, on any number of threads.

Libraries of linear algebra add up in another order with other threads, and an audit must be the
same for the same inputs. For long and narrow arrays these are also faster than starting threads.
"""

import numpy as np

from training.tabular.scored import Array


def dot(one: Array, other: Array) -> float:
    """Sum of products.

    >>> dot(np.array([1.0, 2.0]), np.array([3.0, 4.0]))
    11.0
    """
    return float(np.multiply(one, other).sum())


def gram(design: Array, weight: Array) -> Array:
    """Weighted sums of products of all pairs of columns, shape (columns, columns)."""
    columns = [np.ascontiguousarray(column) for column in design.T]
    heavy = [column * weight for column in columns]
    return np.array([[dot(one, other) for other in heavy] for one in columns])


def pulled(design: Array, weight: Array) -> Array:
    """Weighted sum of each column."""
    return np.array([dot(column, weight) for column in design.T])
