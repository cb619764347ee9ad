"""Learn the tone of sentences that speak of somebody's work, from annotated documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from matching.extraction import Extractor
from matching.extraction.mentions import segments_of
from matching.linking.tone import Tone, signs_of
from training.benchmarks.italian_extraction_set import GoldDocument

# Inverse strength of the penalty, chosen by cross-validation over documents.
_STRENGTH = 0.3
_SEEN_AT_LEAST = 3
_LEAST_WEIGHT = 0.01
_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of one document as signs, and which of them annotators found something in."""

    signs: tuple[frozenset[str], ...]
    telling: tuple[bool, ...]


def sentences_of(extractor: Extractor, document: GoldDocument, as_of: date) -> Sentences:
    """Read a document's sentences; one is telling if some evidence touches it."""
    reading = extractor.reading(document.text, kind=document.kind, as_of=as_of)
    found = [(reading.text.find(row.evidence), len(row.evidence)) for row in document.rows]
    # What is told of who somebody is, no judge is shown.
    places = [(start, start + size) for start, size in found if start >= 0]
    signs: list[frozenset[str]] = []
    telling: list[bool] = []
    for segment, tokens in segments_of(reading):
        part = reading.segments[segment]
        keys = [reading.keys[number] for number in tokens]
        signs.append(frozenset(signs_of(document.kind, keys)))
        telling.append(any(a < part.end and b > part.start for a, b in places))
    return Sentences(tuple(signs), tuple(telling))


def learned_tone(documents: Sequence[Sentences]) -> Tone:
    """Logistic regression over signs that come at least three times."""
    rows = [dict.fromkeys(sorted(signs), 1.0) for d in documents for signs in d.signs]
    telling = np.array([value for document in documents for value in document.telling])
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    often = np.flatnonzero(np.asarray(matrix.sum(axis=0)).ravel() >= _SEEN_AT_LEAST)
    model = LogisticRegression(C=_STRENGTH, max_iter=2000).fit(matrix[:, often], telling)
    names = vectorizer.get_feature_names_out()[often]
    weights = {
        str(name): round(float(weight), _DECIMALS)
        for name, weight in zip(names, model.coef_[0], strict=True)
        if abs(weight) >= _LEAST_WEIGHT
    }
    return Tone(round(float(model.intercept_[0]), _DECIMALS), weights)
