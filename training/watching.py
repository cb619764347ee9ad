"""A watch over the risk model that serves: people who came since it learnt, and those of then."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from matching.errors import DataError
from matching.models.drift import watch_exits, watch_inputs
from matching.models.risk_models import RiskModel
from matching.models.watch import Watch
from training.dataset import SpellSet
from training.protected_people import AGE, ProtectedPeople


def watch(
    model: RiskModel,
    *,
    card: Mapping[str, Any],
    digest: str,
    spells: SpellSet,
    as_of: date,
    protected: ProtectedPeople | None = None,
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
    protected
        The people's years of birth, for a model that reads the age.

    Raises
    ------
    DataError
        For a model that was packed without its inputs' distribution, or that reads an age which
        the history does not have.
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
    X = _covariates(model, lately, protected)
    return Watch(
        digest=digest,
        since=since,
        as_of=as_of,
        inputs=watch_inputs(before, X),
        exits=watch_exits(model.hazards(X), lately.outcomes(as_of)),
    )


def _covariates(
    model: RiskModel, spells: SpellSet, protected: ProtectedPeople | None
) -> pd.DataFrame:
    names = list(model.feature_names_in_)
    if AGE not in names:
        return spells.features[names]
    if protected is None:
        raise DataError(
            "The model reads the age, and the history has no protected.jsonl with years of birth; "
            "add it, or train without the age: valoriamo train risk."
        )
    return spells.features.assign(**{AGE: protected.ages(spells.spells)})[names]
