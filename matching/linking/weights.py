"""A linker's weights as files: trees as LightGBM text, and a card that says what they learned from.

The card holds the digest of the trees, so that a damaged or exchanged file is refused before it
is read.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.errors import DataError, ModelError
from matching.linking.reranker import Reranker, open_reranker

Array = npt.NDArray[np.float64]

_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic curve over the log-odds of an answer (Platt 1999)."""

    slope: float
    intercept: float

    def confidence(self, chances: Array) -> Array:
        """The share of right links among those that the trees give such a chance."""
        bounded = np.clip(chances, _LEAST, 1 - _LEAST)
        odds = np.log(bounded / (1 - bounded))
        return np.asarray(1.0 / (1.0 + np.exp(-(self.slope * odds + self.intercept))), float)


@dataclass(frozen=True, eq=False)
class Weights:
    """Trees, what their answers are worth, and where they come from.

    Without ``calibration`` the answers order candidates and say no more.
    """

    reranker: Reranker
    calibration: Calibration | None
    card: dict[str, Any]

    def confidence(self, rows: npt.NDArray[np.float32]) -> Array:
        """How often a link with such features is right.

        Raises
        ------
        ModelError
            When the weights were not calibrated.
        """
        if self.calibration is None:
            raise ModelError("These weights are not calibrated: they order and say no more.")
        return self.calibration.confidence(self.reranker.predict(rows))


def load_weights(folder: Path, name: str, columns: tuple[str, ...]) -> Weights:
    """Read ``<name>.txt`` and ``<name>.json`` of a folder.

    Raises
    ------
    DataError
        A file is missing or is not what it should be.
    ModelError
        The trees are not those of the card, or were learnt from other columns.
    """
    trees, card_path = folder / f"{name}.txt", folder / f"{name}.json"
    for path in (trees, card_path):
        if not path.is_file():
            raise DataError(f"{path} is missing; install the project's data folder again.")
    try:
        card = json.loads(card_path.read_text("utf-8"))
        digest = card["sha256"]
        curve = card.get("calibration")
        calibration = Calibration(**curve) if curve else None
        finite = not curve or all(map(math.isfinite, curve.values()))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{card_path}: cannot be read as a linker's card: {error}.") from error
    if not finite:
        raise DataError(f"{card_path}: the calibration has a value that is no number.")
    try:
        text = trees.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise DataError(f"{trees}: cannot be read as trees: {error}.") from error
    reranker = open_reranker(text, sha256=digest, columns=columns)
    return Weights(reranker, calibration, card)


def save_weights(
    folder: Path,
    name: str,
    reranker: Reranker,
    *,
    calibration: Calibration | None,
    card: dict[str, Any],
) -> None:
    """Write trees and card; the card comes last, so that a pair half written is refused."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = {**card, "sha256": reranker.sha256}
    if calibration is not None:
        whole["calibration"] = {
            "slope": calibration.slope,
            "intercept": calibration.intercept,
        }
    (folder / f"{name}.txt").write_text(reranker.text, "utf-8")
    text = json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / f"{name}.json").write_text(text + "\n", "utf-8")
