"""Learn how sure a skill is that a text names or seems to speak of, from annotated documents.

Rows are what the extractor names and proposes in each document (see
:mod:`matching.extraction.named_features` and :mod:`matching.extraction.loose_features`). What is
named is right when the annotators found the skill in the document; a proposal when they found it
at that place, and one that they found elsewhere teaches nothing and is left out. The calibration
is learnt from answers of trees that did not see the document.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from matching.extraction import Extractor
from matching.extraction.loose import NAMED_WEIGHTS, PHRASE_WEIGHTS, LooseLinker
from matching.extraction.loose_features import COLUMNS, Candidate, Signs
from matching.extraction.mentions import Reading
from matching.extraction.named_features import COLUMNS as NAMED_COLUMNS
from matching.linking.paraphrase_files import Forms
from matching.linking.reranker import Reranker, Trees, train_reranker
from matching.linking.tone import save_tone
from matching.linking.weights import Calibration, save_weights
from training.benchmarks.italian_extraction_set import GoldDocument, RowKind, read_documents
from training.benchmarks.tone_training import Sentences, learned_tone, sentences_of

Array = npt.NDArray[np.float64]

TREES = Trees(
    rounds=200, leaves=7, least_rows=20, penalty=5.0, columns_per_tree=0.4, rows_per_tree=0.7
)
FOLDS = 8
# The parts of the project's own set that may be learned from.
LEARNED_FROM = ("dev", "train", "train2")
# Annotators and proposals rarely agree on where a phrase ends.
_NEAR = 15
_LEAST = 1e-9
_BINS = (0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, eq=False)
class Rows:
    """Mentions or proposals of one document: their features, and which are right."""

    signs: npt.NDArray[np.float32]
    right: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, signs: Sequence[Signs], right: Sequence[bool], columns: int) -> "Rows":
        """Rows of so many columns."""
        return cls(np.array(signs, np.float32).reshape(-1, columns), np.array(right, dtype=bool))


@dataclass(frozen=True, slots=True)
class Examples:
    """What can be learned from one document: of what it names, and of what is proposed."""

    named: Rows
    proposed: Rows


def examples(
    extractor: Extractor, linker: LooseLinker, document: GoldDocument, *, as_of: date
) -> Examples:
    """What the extractor names and proposes in a document, beside what was annotated."""
    found = extractor.evidence(linker, document.text, kind=document.kind, as_of=as_of)
    places = _places(document)
    signs: list[Signs] = []
    right: list[bool] = []
    for candidate in found.proposed:
        annotated = places.get(candidate.uri)
        here = annotated is not None and _is_near(found.reading, candidate, annotated)
        if here or annotated is None:
            signs.append(candidate.signs)
            right.append(here)
    return Examples(
        named=Rows.of(
            found.named_signs,
            [mention.claim.uri in places for mention in found.named],
            len(NAMED_COLUMNS),
        ),
        proposed=Rows.of(signs, right, len(COLUMNS)),
    )


def train_phrase_linker(
    extractor: Extractor,
    folders: Sequence[Path],
    out: Path,
    *,
    as_of: date,
    silent: Sequence[GoldDocument] = (),
    paraphrases: Forms | None = None,
) -> Mapping[str, Any]:
    """Learn from annotated documents and write the weights; the cards are returned.

    The extractor's own linker, if it has one, has no part in what is learned from.

    Parameters
    ----------
    extractor
        Reads the documents.
    folders, silent
        Of annotated documents; and texts in which nothing may be found.
    out
        Where the weights go.
    as_of
        The day that open periods end.
    paraphrases
        Other ways to say skills, by slug.

    Raises
    ------
    InputError
        When a folder cannot be read.
    DataError
        When nothing in it is right, or everything.
    """
    documents = [document for folder in folders for document in read_documents(folder)]
    documents += silent
    card = {
        "learned_from": "annotated documents, by folder: "
        + ", ".join(folder.name for folder in folders)
        + f"; and {len(silent)} texts in which nothing may be found",
        "documents": len(documents),
        "lexicon": extractor.taxonomy.digest,
        "as_of": as_of.isoformat(),
    }
    linker = LooseLinker(
        extractor.taxonomy, extractor.index.normaliser, paraphrases=paraphrases or {}
    )
    sentences = [sentences_of(extractor, linker, document, as_of) for document in documents]
    save_tone(out, learned_tone(sentences), card)
    found = cross_toned(extractor, linker, documents, sentences, as_of=as_of)
    return learn(found, out, card=card)


def cross_toned(
    extractor: Extractor,
    linker: LooseLinker,
    documents: Sequence[GoldDocument],
    sentences: Sequence[Sentences],
    *,
    as_of: date,
) -> list[Examples]:
    """What can be learned from each document, with a tone that did not learn from it."""
    found: dict[int, Examples] = {}
    for fold in range(FOLDS):
        tone = learned_tone([s for n, s in enumerate(sentences) if n % FOLDS != fold])
        toned = replace(linker, tone=tone)
        for number in range(fold, len(documents), FOLDS):
            found[number] = examples(extractor, toned, documents[number], as_of=as_of)
    return [found[number] for number in range(len(documents))]


def learn(
    documents: Sequence[Examples], out: Path, *, card: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Learn from documents, calibrate, and write weights and cards of both kinds.

    Raises
    ------
    DataError
        When nothing is right, or everything.
    """
    return {
        NAMED_WEIGHTS: _learn(
            [document.named for document in documents],
            NAMED_COLUMNS,
            out / NAMED_WEIGHTS,
            {**card, "what": "whether a skill that an Italian text names is meant; calibrated"},
        ),
        PHRASE_WEIGHTS: _learn(
            [document.proposed for document in documents],
            COLUMNS,
            out / PHRASE_WEIGHTS,
            {**card, "what": "which skill Italian words mean that name none; calibrated"},
        ),
    }


def _learn(
    documents: Sequence[Rows], columns: tuple[str, ...], path: Path, card: Mapping[str, Any]
) -> Mapping[str, Any]:
    answers = _cross_fitted(documents, columns)
    right = np.concatenate([document.right for document in documents])
    curve = _calibration(answers, right)
    whole = {
        **card,
        "rows": len(right),
        "right": int(right.sum()),
        "trees": {name: getattr(TREES, name) for name in TREES.__dataclass_fields__},
        "reliability": _reliability(curve.confidence(answers), right),
    }
    trees = _learnt(documents, columns)
    save_weights(path.parent, path.name, trees, calibration=curve, card=whole)
    return whole


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


def _learnt(documents: Iterable[Rows], columns: tuple[str, ...]) -> Reranker:
    return train_reranker([(d.signs, d.right) for d in documents], columns, trees=TREES)


def _cross_fitted(documents: Sequence[Rows], columns: tuple[str, ...]) -> Array:
    answers: dict[int, Array] = {}
    for fold in range(FOLDS):
        trees = _learnt((d for n, d in enumerate(documents) if n % FOLDS != fold), columns)
        for number in range(fold, len(documents), FOLDS):
            rows = documents[number].signs
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
