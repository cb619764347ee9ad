"""How often a link of such signs is right: a logistic curve with weights kept as data."""

import json
import math
from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from types import MappingProxyType

from matching.errors import DataError

CONFIDENCE_FILE = "titles.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What a link is trusted by.

    ``exactness`` of the best label, in [0, 1], which falls steeply as soon as a word is only near
    another (:func:`exactness`); ``lead`` over the best rival (under 0 for one that is not the
    first); ``neighbours``: how close the best of its unit group are; ``shared`` is 1 where another
    occupation is as close, as with a label that both have.
    """

    exactness: float
    lead: float
    neighbours: float
    shared: float


def exactness(closeness: float) -> float:
    """The sixth power of a closeness: with it the curve was off by .007, with none by .035."""
    return closeness**6


@dataclass(frozen=True, slots=True)
class Confidence:
    """A logistic curve over :class:`Signs`; ``weights`` has one for each of them."""

    intercept: float
    weights: Mapping[str, float]

    def of(self, signs: Signs) -> float:
        """Estimated chance that a link with these signs is right, in (0, 1)."""
        margin = self.intercept + sum(
            self.weights[field.name] * value
            for field, value in zip(fields(signs), astuple(signs), strict=True)
        )
        return 1.0 / (1.0 + math.exp(-margin))


def load_confidence(folder: Path) -> Confidence:
    """Read the curve from ``data/linking``.

    Raises
    ------
    DataError
        Naming the file: it cannot be read, or has other weights than there are signs.
    """
    path = folder / CONFIDENCE_FILE
    try:
        content = json.loads(path.read_text("utf-8"))
        intercept, weights = content["intercept"], dict(content["weights"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path}: cannot be read as a curve of confidence: {error}.") from error
    names = {field.name for field in fields(Signs)}
    values = [intercept, *weights.values()]
    if set(weights) != names or not all(type(value) in (int, float) for value in values):
        raise DataError(f"{path}: needs an intercept and a number for each of {sorted(names)}.")
    return Confidence(float(intercept), MappingProxyType(weights))
