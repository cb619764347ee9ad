"""Learn which skills Italian words speak of without naming them, from annotated documents.

The rows are what the extractor proposes for each document (see
:mod:`matching.extraction.loose_features`); a proposal is right when the annotators found the skill
at that place. One that they found elsewhere in the document teaches nothing and is left out. The
calibration is learnt from answers of trees that did not see the document.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from matching.extraction import Extractor
from matching.extraction.loose import PHRASE_WEIGHTS, LooseLinker
from matching.extraction.loose_features import COLUMNS, Candidate
from matching.extraction.mentions import Reading
from matching.linking.reranker import Reranker, Trees, train_reranker
from matching.linking.weights import Calibration, Weights, save_weights
from training.benchmarks.italian_extraction_set import GoldDocument, RowKind

Array = npt.NDArray[np.float64]

TREES = Trees(
    rounds=200, leaves=7, least_rows=20, penalty=5.0, columns_per_tree=0.4, rows_per_tree=0.7
)
FOLDS = 8
# Annotators and proposals rarely agree on where a phrase ends.
_NEAR = 15
_LEAST = 1e-9
_BINS = (0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, eq=False)
class Proposed:
    """The proposals for one document: their features, and which are right."""

    rows: npt.NDArray[np.float32]
    right: npt.NDArray[np.bool_]


def proposed(extractor: Extractor, document: GoldDocument, *, as_of: date) -> Proposed:
    """What the extractor proposes for a document, beside what was annotated."""
    untrained = _untrained(extractor)
    reading, found = extractor.unnamed(untrained, document.text, kind=document.kind, as_of=as_of)
    places = _places(document)
    rows: list[tuple[float, ...]] = []
    right: list[bool] = []
    for candidate in found:
        annotated = places.get(candidate.uri)
        here = annotated is not None and _is_near(reading, candidate, annotated)
        if here or annotated is None:
            rows.append(candidate.signs)
            right.append(here)
    return Proposed(
        np.array(rows, np.float32).reshape(-1, len(COLUMNS)), np.array(right, dtype=bool)
    )


def learn(
    documents: Sequence[Proposed], out: Path, *, card: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Learn from the proposals of documents, calibrate, and write weights and card."""
    answers = _cross_fitted(documents)
    right = np.concatenate([document.right for document in documents])
    curve = _calibration(answers, right)
    whole = {
        **card,
        "what": "which skills Italian words speak of without naming them; calibrated",
        "proposals": len(right),
        "right": int(right.sum()),
        "trees": {name: getattr(TREES, name) for name in TREES.__dataclass_fields__},
        "reliability": _reliability(curve.confidence(answers), right),
    }
    save_weights(out, PHRASE_WEIGHTS, _learnt(documents), calibration=curve, card=whole)
    return whole


def _untrained(extractor: Extractor) -> LooseLinker:
    nothing = Weights(Reranker((), "", None), None, {})  # type: ignore[arg-type]
    return LooseLinker(extractor.taxonomy, extractor.index.normaliser, nothing)


def _places(document: GoldDocument) -> dict[str, list[tuple[int, int]]]:
    places: dict[str, list[tuple[int, int]]] = {}
    for row in document.of(RowKind.SKILL):
        start = document.text.find(row.evidence)
        for uri in row.accepted:
            places.setdefault(uri, []).append((start, start + len(row.evidence)))
    return places


def _is_near(reading: Reading, candidate: Candidate, annotated: Sequence[tuple[int, int]]) -> bool:
    start, end = reading.tokens[candidate.first].start, reading.tokens[candidate.last].end
    return any(start <= last + _NEAR and end >= first - _NEAR for first, last in annotated)


def _learnt(documents: Sequence[Proposed]) -> Reranker:
    return train_reranker([(d.rows, d.right) for d in documents], COLUMNS, trees=TREES)


def _cross_fitted(documents: Sequence[Proposed]) -> Array:
    answers: dict[int, Array] = {}
    for fold in range(FOLDS):
        trees = _learnt([d for n, d in enumerate(documents) if n % FOLDS != fold])
        for number in range(fold, len(documents), FOLDS):
            rows = documents[number].rows
            answers[number] = trees.predict(rows) if len(rows) else np.zeros(0)
    return np.concatenate([answers[number] for number in range(len(documents))])


def _calibration(answers: Array, right: npt.NDArray[np.bool_]) -> Calibration:
    bounded = np.clip(answers, _LEAST, 1 - _LEAST)
    odds = np.log(bounded / (1 - bounded)).reshape(-1, 1)
    curve = LogisticRegression(C=1e6).fit(odds, right)
    return Calibration(slope=float(curve.coef_[0, 0]), intercept=float(curve.intercept_[0]))


def _reliability(sure: Array, right: npt.NDArray[np.bool_]) -> list[dict[str, float]]:
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
