"""A watch over the risk model that serves: people who came since it learnt, and those of then."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from matching.errors import DataError
from matching.models.drift import watch_exits, watch_inputs
from matching.models.risk import DiscreteHazard
from matching.models.watch import Watch
from training.dataset import SpellSet


def watch(
    model: DiscreteHazard,
    *,
    card: Mapping[str, Any],
    digest: str,
    spells: SpellSet,
    as_of: date,
) -> Watch:
    """Compare inputs and exits of the people who came after what the model learnt from.

    Parameters
    ----------
    model
        The one that serves.
    card
        Its card: what it knew until when, and how its inputs were distributed.
    digest
        Of its package.
    spells
        The hub's history until ``as_of``.
    as_of
        The day.

    Raises
    ------
    DataError
        For a model that was packed without its inputs' distribution.
    """
    before = card.get("people", {}).get("inputs")
    if not before:
        raise DataError(
            "The model was packed without the distribution of its inputs; train it again: "
            "valoriamo train risk."
        )
    since = date.fromisoformat(str(card["known_until"]))
    came = np.array([since < day <= as_of for day in spells.spells["intake"]], dtype=bool)
    lately = spells.where(came)
    X = lately.features[list(model.feature_names_in_)]
    return Watch(
        digest=digest,
        since=since,
        as_of=as_of,
        inputs=watch_inputs(before, X),
        exits=watch_exits(model.hazards(X), lately.outcomes(as_of)),
    )
