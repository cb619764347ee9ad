"""What a ranker says of pairs: score and interval, place in the order, chance."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


class Link(StrEnum):
    """The scale on which a ranker adds up its parts: of the score, or of its log odds."""

    IDENTITY = "identity"
    LOGIT = "logit"


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """What a ranker says of some pairs, each field of shape (n,).

    ``score``, with ``lower`` and ``upper`` of its 80% interval, is in [0, 1]. ``position`` orders
    the pairs as the score does, on the scale on which the ranker adds, and ``steepness`` is how
    fast the score moves with it. ``members`` are the positions by each of the models that it is the
    mean of, shape (models, n): what differs between them says how far the order would change had
    it learnt from other decisions; a ranker that learns nothing has none. ``blanks`` is the
    deviation of the score that unknown answers make. ``probability`` is the calibrated chance of
    being taken into a shortlist, where there is one.
    """

    score: Array
    lower: Array
    upper: Array
    position: Array
    steepness: Array
    members: Array
    blanks: Array
    probability: Array | None
