"""The lines that bring a model's chances to a hub's own outcomes, from people foretold out of fold.

They are of the training period: of people whom models learnt before they came foretold, with what
is known of them on its last day. So the later people on whom the model is tested are left for the
test of the lines too.
"""

import numpy as np
import pandas as pd

from matching.models.covariates import Array
from matching.models.recalibration import Recalibration, recalibrate
from matching.models.risk import HORIZONS
from training.censored import horizon_outcomes, times_of
from training.hub_risk.choosing import Choice


def hub_lines(choice: Choice, X: pd.DataFrame, outcomes: pd.DataFrame) -> tuple[Recalibration, ...]:
    """A line, or why there is none, for each horizon.

    Parameters
    ----------
    choice
        The chosen model, with what it foretold out of fold.
    X, outcomes
        The people it learnt from, and what is known of them by now.
    """
    names = list(choice.model.feature_names_in_)
    if choice.selection is None:
        # Nobody was foretold: how many people it takes can be said from how chances spread.
        chances = choice.model.predict(X[names], HORIZONS)
        nothing = np.zeros(len(X))
        return tuple(
            recalibrate(_of(chances, horizon), nothing, nothing, horizon=horizon)
            for horizon in HORIZONS
        )
    tested = choice.tested
    lines = []
    for horizon in HORIZONS:
        chance = choice.selection.no_work(choice.name, horizon)[tested]
        stayed, weight = known_by(outcomes[tested], horizon)
        lines.append(recalibrate(np.clip(chance, 0.0, 1.0), stayed, weight, horizon=horizon))
    return tuple(lines)


def known_by(outcomes: pd.DataFrame, horizon: int) -> tuple[Array, Array]:
    """Who stayed without work by a horizon, NaN where not known, and for how many each stands.

    Of a horizon that nobody was yet seen to reach nothing is known.
    """
    times = times_of(outcomes)
    if horizon > times.time.max():
        return np.full(len(outcomes), np.nan), np.zeros(len(outcomes))
    stayed, weight = horizon_outcomes(times, [horizon])
    return stayed[:, 0], weight[:, 0]


def _of(chances: pd.DataFrame, horizon: int) -> Array:
    column = chances[f"no_work_{horizon}"].to_numpy(dtype=float)
    return np.asarray(np.clip(column, 0.0, 1.0), dtype=float)
