"""``title-confidence``: how sure the title linker may be, learnt from the taxonomy itself.

Labels are taken out of the imported taxonomy and asked as titles: some of concepts that keep other
labels (a title written in a way nobody listed), some of concepts that are taken out whole (a title
the taxonomy does not have, for which nothing is right), some that stay in (a title written as
listed). A logistic curve is fitted to whether each of the first answers is right, and measured on
other labels, taken out anew. No vacancy, no CV and no benchmark is seen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from matching.errors import DataError
from matching.linking.confidence import Confidence, Signs
from matching.linking.labels import Label, OccupationLabels
from matching.linking.titles import TitleLinker, candidates
from matching.linking.words import word_keys

_UNLISTED, _UNKNOWN, _LISTED = 0.3, 0.1, 0.1  # shares of the occupations
_ANSWERS = 3
_LEAST_TITLES = 20
_BINS = 10
_DECIMALS = 6

Keys = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class _Trial:
    """Titles and what is left of the labels; the URI that each title means, None: nothing left."""

    labels: OccupationLabels
    titles: tuple[str, ...]
    right: tuple[str | None, ...]


def title_confidence(labels: OccupationLabels, *, seed: int = 0) -> dict[str, Any]:
    """Fit the curve, and measure it on labels that it was not fitted on.

    Parameters
    ----------
    labels
        Of occupations and their groups, in the language that titles will be in.
    seed
        Which labels are taken out.

    Returns
    -------
    dict
        ``intercept`` and ``weights`` as in ``data/linking/titles.json``; ``reliability``, for each
        tenth of confidence how often answers were right; ``calibration_error``, the mean distance
        of the two; ``answered`` and ``right`` of first answers at a confidence of .5 and .8.

    Raises
    ------
    DataError
        When there are too few labels to take some out.
    """
    signs, right, _ = _answers(_trial(labels, seed=seed))
    curve = _fit(signs, right)
    signs, right, first = _answers(_trial(labels, seed=seed + 1))
    chances = np.array([curve.of(Signs(**_named(row))) for row in signs])
    return {
        "benchmark": "title-confidence",
        "language": labels.language,
        "intercept": curve.intercept,
        "weights": dict(curve.weights),
        "calibration_error": round(_error(chances, right), _DECIMALS),
        "reliability": _reliability(chances, right),
        "thresholds": {
            str(least): _at(chances[first], right[first], least) for least in (0.5, 0.8)
        },
        "titles": int(first.sum()),
        "labels": len(labels.labels),
        "seed": seed,
    }


def _trial(labels: OccupationLabels, *, seed: int) -> _Trial:
    rng = np.random.default_rng(seed)
    by_uri: dict[str, list[Label]] = {}
    owners: dict[Keys, set[str]] = {}
    for label in labels.labels:
        owners.setdefault(word_keys(label.text, labels.language), set()).add(label.uri)
        if not labels.place(label.uri).group:
            by_uri.setdefault(label.uri, []).append(label)
    asked: list[Label] = []
    out: set[tuple[str, Keys]] = set()
    gone: set[str] = set()
    for uri, own in by_uri.items():
        lot = rng.random()
        # Taken out of one concept alone, a label that two share would seem to mean the other.
        single = [x for x in own if len(owners[word_keys(x.text, labels.language)]) == 1]
        others = [label for label in single if not label.preferred]
        if lot < _UNKNOWN and single:
            gone.add(uri)
            asked.append(single[int(rng.integers(len(single)))])
        elif _UNKNOWN <= lot < _UNKNOWN + _UNLISTED and others:
            asked.append(others[int(rng.integers(len(others)))])
            out.add((uri, word_keys(asked[-1].text, labels.language)))
        elif lot > 1.0 - _LISTED:
            asked.append(own[int(rng.integers(len(own)))])
    kept = tuple(
        label
        for label in labels.labels
        if label.uri not in gone and (label.uri, word_keys(label.text, labels.language)) not in out
    )
    if len(asked) < _LEAST_TITLES or not kept:
        raise DataError(
            f"{len(by_uri)} occupations are too few to learn from: import a whole taxonomy."
        )
    right = [None if label.uri in gone else label.uri for label in asked]
    left = OccupationLabels(kept, labels.language, labels.places)
    return _Trial(left, tuple(label.text for label in asked), tuple(right))


def _answers(
    trial: _Trial,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return the signs of the first answers to each title, which are right, which come first."""
    linker = TitleLinker.of(trial.labels)
    rows, right, first = [], [], []
    for scores, meant in zip(linker.scores(trial.titles), trial.right, strict=True):
        for place, (concept, signs) in enumerate(candidates(scores, linker.groups, most=_ANSWERS)):
            rows.append(astuple(signs))
            right.append(linker.uris[concept] == meant)
            first.append(place == 0)
    return np.array(rows, dtype=float), np.array(right), np.array(first)


def _fit(signs: npt.NDArray[np.float64], right: npt.NDArray[np.bool_]) -> Confidence:
    fitted = LogisticRegression(C=100.0, max_iter=1000).fit(signs, right)
    weights = {name: round(float(w), 4) for name, w in _named(fitted.coef_[0]).items()}
    return Confidence(round(float(fitted.intercept_[0]), 4), MappingProxyType(weights))


def _named(row: npt.NDArray[np.float64]) -> Mapping[str, float]:
    return {field.name: float(value) for field, value in zip(fields(Signs), row, strict=True)}


def _reliability(
    chances: npt.NDArray[np.float64], right: npt.NDArray[np.bool_]
) -> list[dict[str, float | int]]:
    place = np.minimum((chances * _BINS).astype(int), _BINS - 1)
    return [
        {
            "answers": int((place == bin_).sum()),
            "confidence": round(float(chances[place == bin_].mean()), 4),
            "right": round(float(right[place == bin_].mean()), 4),
        }
        for bin_ in range(_BINS)
        if (place == bin_).any()
    ]


def _error(chances: npt.NDArray[np.float64], right: npt.NDArray[np.bool_]) -> float:
    rows: Sequence[Mapping[str, float]] = _reliability(chances, right)
    return sum(row["answers"] * abs(row["confidence"] - row["right"]) for row in rows) / len(right)


def _at(
    chances: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], least: float
) -> dict[str, float]:
    answered = chances >= least
    return {
        "answered": round(float(answered.mean()), 4),
        "right": round(float(right[answered].mean()), 4) if answered.any() else 0.0,
    }
