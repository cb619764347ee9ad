"""Fit trees and their calibration to rows of documents.

The calibration is learnt from answers of trees that did not see the document.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from matching.extraction.loose_features import Signs
from matching.linking.reranker import Reranker, Trees, train_reranker
from matching.linking.weights import Calibration, save_weights

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

TREES = Trees(
    rounds=200, leaves=7, least_rows=20, penalty=5.0, columns_per_tree=0.4, rows_per_tree=0.7
)
FOLDS = 8
_LEAST = 1e-9
_BINS = (0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, eq=False)
class Rows:
    """What was found in one document: features, and whether each is right, wrong or unknown.

    What is neither ``right`` nor ``wrong`` teaches nothing.
    """

    signs: npt.NDArray[np.float32]
    right: Flags
    wrong: Flags

    @classmethod
    def of(cls, found: Sequence[tuple[Signs, bool | None]], columns: int) -> "Rows":
        """Rows of so many columns; None where nobody knows whether it is right."""
        return cls(
            np.array([signs for signs, _ in found], np.float32).reshape(-1, columns),
            np.array([right is True for _, right in found], dtype=bool),
            np.array([right is False for _, right in found], dtype=bool),
        )

    @property
    def known(self) -> Flags:
        """Which rows teach something."""
        return np.asarray(self.right | self.wrong, bool)


@dataclass(frozen=True, eq=False)
class Fitted:
    """Trees over all documents, their calibration, and what trees that did not see it answer.

    ``confidence`` has an array for each document, with a value for each of its rows.
    """

    trees: Reranker
    calibration: Calibration
    confidence: tuple[Array, ...]
    known: int
    right: int
    reliability: list[dict[str, float]]

    def save(self, path: Path, card: Mapping[str, Any]) -> Mapping[str, Any]:
        """Write weights and card; the card is returned."""
        whole = {
            **card,
            "rows": self.known,
            "right": self.right,
            "trees": {name: getattr(TREES, name) for name in TREES.__dataclass_fields__},
            "reliability": self.reliability,
        }
        save_weights(path.parent, path.name, self.trees, calibration=self.calibration, card=whole)
        return whole


def fitted(documents: Sequence[Rows], columns: tuple[str, ...]) -> Fitted:
    """Learn from documents.

    Raises
    ------
    DataError
        When nothing in them is right, or everything.
    """
    answers = _cross_fitted(documents, columns)
    known = np.concatenate(
        [given[rows.known] for given, rows in zip(answers, documents, strict=True)]
    )
    right = np.concatenate([rows.right[rows.known] for rows in documents])
    curve = _calibration(known, right)
    return Fitted(
        trees=_learnt(documents, columns),
        calibration=curve,
        confidence=tuple(curve.confidence(given) for given in answers),
        known=len(right),
        right=int(right.sum()),
        reliability=_reliability(curve.confidence(known), right),
    )


def _learnt(documents: Iterable[Rows], columns: tuple[str, ...]) -> Reranker:
    return train_reranker(
        [(rows.signs[rows.known], rows.right[rows.known]) for rows in documents],
        columns,
        trees=TREES,
    )


def _cross_fitted(documents: Sequence[Rows], columns: tuple[str, ...]) -> list[Array]:
    answers: dict[int, Array] = {}
    for fold in range(FOLDS):
        trees = _learnt((d for n, d in enumerate(documents) if n % FOLDS != fold), columns)
        for number in range(fold, len(documents), FOLDS):
            rows = documents[number].signs
            answers[number] = trees.predict(rows) if len(rows) else np.zeros(0)
    return [answers[number] for number in range(len(documents))]


def _calibration(answers: Array, right: Flags) -> Calibration:
    bounded = np.clip(answers, _LEAST, 1 - _LEAST)
    odds = np.log(bounded / (1 - bounded)).reshape(-1, 1)
    curve = LogisticRegression(C=1e6).fit(odds, right)
    return Calibration(slope=float(curve.coef_[0, 0]), intercept=float(curve.intercept_[0]))


def _reliability(sure: Array, right: Flags) -> list[dict[str, float]]:
    """Of the answers between two confidences: how many, how sure, how often right."""
    table = []
    for low, high in zip(_BINS, (*_BINS[1:], 1.01), strict=True):
        inside = (sure >= low) & (sure < high)
        if inside.any():
            table.append(
                {
                    "from": low,
                    "proposals": int(inside.sum()),
                    "confidence": round(float(sure[inside].mean()), 3),
                    "right": round(float(right[inside].mean()), 3),
                }
            )
    return table
