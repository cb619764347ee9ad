"""Weights that a user gives to the dimensions of one vacancy: the same parts, counted otherwise.

A score is what it would be with nothing known, plus a part for each feature. A weight multiplies
the parts of its dimension: 1 is the model's own, 0 leaves the dimension out, 3 is the most. The
parts are weighted on the scale on which the ranker adds them up (its *link*), since only there
does a dimension with weight 0 leave no trace, and a larger part always make a higher score:

- ``identity``: the score itself. Weights above 1 are divided by the largest, so that the score
  stays between 0 and 1 without being cut off, which would make ties at the top.
- ``logit``: the log odds of the score, which may take any value.

With all weights at 1 either is the model's score, byte for byte. Only the seven dimensions can be
weighted: nothing protected is one, and no risk.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit, logit

from matching.domain import Dimension, Weighting
from matching.errors import DataError, InputError
from matching.features import FEATURES
from matching.models.judgement import Link
from matching.wording import Wording

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

LEAST, MOST = 0.0, 3.0
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
_NAMES = [column.name for column in FEATURES]
_KNOWN = ", ".join(Dimension)
_NEAR = 1e-9
_TOLERANCE = 1e-5  # scores are rounded to six decimals, their parts are not
_EDGE = 1e-12  # log odds of 0 and 1 are infinite


@dataclass(frozen=True, slots=True, kw_only=True)
class Reweighted:
    """Scores under weights, with intervals and parts; shape (n,), in the given order.

    ``contributions`` still add up, with the no-information score, to ``score``. ``stretch`` is
    what the widths were multiplied by, and what any spread of the scores is to be multiplied by.
    """

    score: Array
    lower: Array
    upper: Array
    contributions: pd.DataFrame
    stretch: float


def parse_weights(text: str) -> Mapping[Dimension, float]:
    """Read weights as written on a command line.

    Raises
    ------
    InputError
        For anything but known dimensions, once each, with a number.

    Examples
    --------
    >>> dict(parse_weights("skills=2,reach=0"))
    {<Dimension.SKILLS: 'skills'>: 2.0, <Dimension.REACH: 'reach'>: 0.0}
    """
    stated: dict[str, object] = {}
    for part in filter(None, map(str.strip, text.split(","))):
        name, sign, value = (word.strip() for word in part.partition("="))
        if not sign:
            raise InputError(f"The weight {part!r} has no number; write for example skills=2.")
        if name.lower() in stated:
            raise InputError(f"The weight of {name!r} is given twice; keep one.")
        # What is no number stays a text, which is then refused by name and value.
        stated[name.lower()] = float(value) if _NUMBER.fullmatch(value) else value
    return read_weights(stated)


def read_weights(stated: Mapping[str, object]) -> Mapping[Dimension, float]:
    """Weights by the name of a dimension, as in a request, checked; limits come later.

    Raises
    ------
    InputError
        For an unknown dimension, or a weight that is no finite number.
    """
    read: dict[Dimension, float] = {}
    for name, value in stated.items():
        if name not in set(Dimension):
            raise InputError(f"The weight {name!r} is of no dimension; use one of {_KNOWN}.")
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not isfinite(float(str(value))):
            raise InputError(
                f"The weight of {name!r} is {value!r}; write a number from {LEAST:g} to {MOST:g}, "
                "with a point before decimals."
            )
        read[Dimension(name)] = float(str(value))
    return MappingProxyType(read)


def asked_dimensions(features: pd.DataFrame) -> frozenset[Dimension]:
    """Dimensions in which the vacancy of these pairs asks for anything."""
    return frozenset(
        column.dimension for column in FEATURES if (features[str(column.asked_by)] > 0).any()
    )


def weighting(preferred: Mapping[Dimension, float], asked: frozenset[Dimension]) -> Weighting:
    """Preferred weights with those that apply: within the limits, 1 where nothing is asked.

    Raises
    ------
    InputError
        Where no dimension in which the vacancy asks for something would count.
    """
    applied = {
        dimension: min(max(preferred.get(dimension, 1.0), LEAST), MOST)
        if dimension in asked
        else 1.0
        for dimension in Dimension
    }
    stated = [min(max(preferred.get(dimension, 1.0), LEAST), MOST) for dimension in Dimension]
    if not any(stated) or (asked and not any(applied[dimension] for dimension in asked)):
        names = ", ".join(dimension for dimension in Dimension if dimension in asked) or _KNOWN
        raise InputError(
            "With these weights nothing that the vacancy asks for counts, and people cannot be put "
            f"in order; give a weight above 0 to one of {names}."
        )
    return Weighting(preferred=MappingProxyType(dict(preferred)), applied=MappingProxyType(applied))


def column_weights(weights: Weighting, link: Link) -> Mapping[str, float]:
    """What the part of every feature is multiplied by, on the scale of the link."""
    largest = max(1.0, *weights.applied.values()) if link is Link.IDENTITY else 1.0
    return MappingProxyType(
        {column.name: weights.applied[column.dimension] / largest for column in FEATURES}
    )


def reweighted(
    contributions: pd.DataFrame,
    *,
    score: Array,
    lower: Array,
    upper: Array,
    judged: Flags,
    base: float,
    weights: Weighting,
    link: Link,
) -> Reweighted:
    """Scores of the pairs of a vacancy under weights.

    The score of a pair depends on no other pair. An interval moves with its score. Of its width
    no more is known than the whole, so it is stretched as if all of it came from the dimension
    with the largest weight: it is never too narrow, nor narrower for knowing less. A pair that
    could not be judged keeps the no-information score.

    Parameters
    ----------
    contributions
        Parts of the score by feature, as the ranker's ``contributions`` gives them.
    score, lower, upper, judged
        The model's own, in the order of ``contributions``, shape (n,).
    base
        The ranker's ``no_information()``.
    weights, link
        What ``weighting`` gave, and the ranker's scale.

    Raises
    ------
    DataError
        If the parts do not add up to the scores.
    """
    vector = np.array(list(column_weights(weights, link).values()))
    # Row by row in memory, or a sum would depend, in its last digit, on how many rows there are.
    parts = np.ascontiguousarray(contributions[_NAMES].to_numpy(dtype=float))
    off = np.abs(base + parts.sum(axis=1) - score)[judged]
    if not 0.0 < base < 1.0 or not (off <= _TOLERANCE).all():
        raise DataError(
            f"The parts of the scores do not add up to them from {base}; give the contributions "
            "and the no-information score of the ranker that scored."
        )
    if set(weights.applied.values()) == {1.0}:
        return Reweighted(
            score=score, lower=lower, upper=upper, contributions=contributions, stretch=1.0
        )
    moved = parts * vector if link is Link.IDENTITY else _on_log_odds(parts, vector, base)
    moved = np.where(judged[:, None], moved, parts)
    new = np.where(judged, base + moved.sum(axis=1), score)
    if ((new < -_NEAR) | (new > 1.0 + _NEAR)).any():
        raise DataError(
            f"Weighted, a score is {new[np.abs(new - 0.5).argmax()]:g}: the ranker does not add up "
            "its parts on the scale of the score; give its own link."
        )
    new = np.clip(new, 0.0, 1.0)
    stretch = max(1.0, float(vector.max()))
    low, high = new - (score - lower) * stretch, new + (upper - score) * stretch
    # What would stick out at one end is given back at the other, as the rankers do.
    below, above = np.maximum(-low, 0.0), np.maximum(high - 1.0, 0.0)
    low, high = np.clip(low - above, 0.0, 1.0), np.clip(high + below, 0.0, 1.0)
    return Reweighted(
        score=new,
        lower=np.where(judged, low, lower),
        upper=np.where(judged, high, upper),
        contributions=pd.DataFrame(moved, index=contributions.index, columns=_NAMES),
        stretch=stretch,
    )


def _on_log_odds(parts: Array, vector: Array, base: float) -> Array:
    """Weighted parts of the log odds, brought back to the scale of the score."""
    start, tangent = float(logit(base)), base * (1.0 - base)
    whole = parts.sum(axis=1)
    odds = logit(np.clip(base + whole, _EDGE, 1.0 - _EDGE)) - start
    near = np.abs(whole) < _NEAR
    steep = np.where(near, 1.0 / tangent, odds / np.where(near, 1.0, whole))
    weighted = parts * steep[:, None] * vector
    total = weighted.sum(axis=1)
    near = np.abs(total) < _NEAR
    moved = expit(start + total) - base
    back = np.where(near, tangent, moved / np.where(near, 1.0, total))
    return np.asarray(weighted * back[:, None], dtype=float)


def weighting_sentences(
    weights: Weighting, asked: frozenset[Dimension], wording: Wording
) -> tuple[str, ...]:
    """What weights apply, in words, and where and why they are not those that were preferred."""
    names = {dimension: wording.say(f"dimension.{dimension}") for dimension in Dimension}
    moved = [
        wording.say("weights.one", dimension=names[dimension], weight=weight)
        for dimension, weight in weights.applied.items()
        if weight != 1.0
    ]
    said = [
        wording.say("weights.applied", list=wording.list(moved, most=len(moved)))
        if moved
        else wording.say("weights.model")
    ]
    for dimension, wanted in weights.preferred.items():
        applied = weights.applied[dimension]
        if wanted == applied:
            continue
        key = "weights.limited" if dimension in asked else "weights.not_asked"
        said.append(wording.say(key, dimension=names[dimension], preferred=wanted, applied=applied))
    return tuple(said)
