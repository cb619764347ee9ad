"""Trees that put candidates into a better order; kept as LightGBM text, never as a pickle.

General: a query's candidates are rows of named columns. What the columns mean is the business of
whoever makes them.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import lightgbm as lgb
import numpy as np
import numpy.typing as npt

from matching.errors import DataError, ModelError

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Trees:
    """How trees are grown: few, small and shrunk, because labelled queries are few."""

    rounds: int = 100
    leaves: int = 8
    learning_rate: float = 0.05
    least_rows: int = 20
    penalty: float = 5.0
    columns_per_tree: float = 0.5
    rows_per_tree: float = 0.8
    seed: int = 0


@dataclass(frozen=True, eq=False)
class Reranker:
    """Trees over named columns: the higher the value, the likelier a candidate is right."""

    columns: tuple[str, ...]
    text: str
    booster: lgb.Booster

    def predict(self, rows: Array) -> npt.NDArray[np.float64]:
        """Chance, before any calibration, that each candidate (row) is right."""
        if rows.ndim != 2 or rows.shape[1] != len(self.columns):
            raise DataError(f"Rows of shape {rows.shape}: give {len(self.columns)} columns.")
        return np.asarray(self.booster.predict(rows, num_threads=1), dtype=np.float64)

    @property
    def sha256(self) -> str:
        """Of the trees' text."""
        return _digest(self.text)


def train_reranker(
    queries: Sequence[tuple[Array, npt.NDArray[np.bool_]]],
    columns: Sequence[str],
    *,
    trees: Trees | None = None,
) -> Reranker:
    """Learn from queries whose right candidates are known.

    The same data, parameters and machine give the same trees.

    Parameters
    ----------
    queries
        For each query the rows of its candidates, and which of them are right.
    columns
        Names of the columns of the rows.
    trees
        How they are grown.

    Raises
    ------
    DataError
        When no candidate is right, or all are.
    """
    grown = trees or Trees()
    rows = np.concatenate([rows for rows, _ in queries]) if queries else np.zeros((0, len(columns)))
    right = np.concatenate([right for _, right in queries]) if queries else np.zeros(0, bool)
    if not 0 < right.sum() < len(right):
        raise DataError(
            f"{int(right.sum())} of {len(right)} candidates are right: give both kinds."
        )
    parameters = {
        "objective": "binary",
        "num_leaves": grown.leaves,
        "learning_rate": grown.learning_rate,
        "min_data_in_leaf": grown.least_rows,
        "lambda_l2": grown.penalty,
        "feature_fraction": grown.columns_per_tree,
        "bagging_fraction": grown.rows_per_tree,
        "bagging_freq": 1,
        "seed": grown.seed,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": 1,
        "verbose": -1,
    }
    data = lgb.Dataset(rows, right.astype(float), feature_name=list(columns))
    booster = lgb.train(parameters, data, num_boost_round=grown.rounds)
    return Reranker(tuple(columns), booster.model_to_string(), booster)


def open_reranker(text: str, *, sha256: str, columns: Sequence[str]) -> Reranker:
    """Open trees that were kept as text.

    The digest is compared first: LightGBM ends the process on a text that was cut off.

    Raises
    ------
    ModelError
        When the text is not the one of that digest, or was learnt from other columns.
    """
    if _digest(text) != sha256:
        raise ModelError("The trees are not those of their card: restore the file or train again.")
    booster = lgb.Booster(model_str=text)
    if booster.feature_name() != list(columns):
        raise ModelError(
            f"The trees were learnt from the columns {booster.feature_name()}, this program makes "
            f"{list(columns)}: train again."
        )
    return Reranker(tuple(columns), text, booster)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
