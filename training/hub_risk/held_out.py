"""Whether the chances of people held out come true, by horizon: for the model card."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from matching.models.covariates import Array
from matching.models.risk import HORIZONS
from matching.models.risk_models import RiskModel
from training.hub_risk.choosing import Choice
from training.hub_risk.recalibrating import known_by
from training.tabular.intervals import Interval
from training.tabular.reliability import Reliability, reliability
from training.tabular.scored import Scored, scored

_DECIMALS = 6


def foretold(model: RiskModel, X: pd.DataFrame, outcomes: pd.DataFrame) -> dict[int, Scored]:
    """Chances beside what came, for each horizon that somebody was seen to reach.

    Parameters
    ----------
    model
        Did not learn from these people.
    X, outcomes
        The people, and what is known of them; those lost from sight count through the weights of
        the others.
    """
    chances = model.predict(X, HORIZONS)
    named = {one: chances[f"no_work_{one}"].to_numpy(dtype=float) for one in HORIZONS}
    return beside(named, outcomes)


def foretold_earlier(choice: Choice, outcomes: pd.DataFrame) -> dict[int, Scored]:
    """The same of the people learnt from, each foretold by what was learnt before she came.

    They were seen for longer than those held out, and reach later horizons. Nobody where no models
    were compared.
    """
    if choice.selection is None:
        return {}
    tested = choice.tested
    named = {one: choice.selection.no_work(choice.name, one)[tested] for one in HORIZONS}
    return beside(named, outcomes[tested])


def beside(chances: Mapping[int, Array], outcomes: pd.DataFrame) -> dict[int, Scored]:
    """Chances of no work by horizon beside what came, where anything is known of it."""
    found = {}
    for horizon, chance in chances.items():
        stayed, weight = known_by(outcomes, horizon)
        if (weight > 0).any():
            unseen = weight <= 0
            came = np.where(unseen, np.nan, stayed)
            found[horizon] = scored(np.clip(chance, 0.0, 1.0), came, weight + unseen)
    return found


def calibration_entry(people: Mapping[int, Scored]) -> dict[str, Any]:
    """Slope, intercept, error and curve by horizon, with 95% intervals, as JSON values."""
    return {str(horizon): _entry(reliability(one)) for horizon, one in people.items()}


def calibration_metrics(people: Mapping[int, Scored]) -> dict[str, float]:
    """The same as flat metrics, such as ``slope_12`` and ``slope_12_low``; the undefined left out.

    ``ece`` is less what chance adds to it.
    """
    metrics: dict[str, float] = {}
    for horizon, one in people.items():
        found = reliability(one)
        named = {"slope": found.slope, "intercept": found.intercept, "ece": found.debiased}
        for name, interval in named.items():
            ends = {"": interval.value, "_low": interval.low, "_high": interval.high}
            metrics |= {
                f"{name}_{horizon}{end}": round(value, _DECIMALS)
                for end, value in ends.items()
                if interval.value is not None and value is not None
            }
    return metrics


def _entry(found: Reliability) -> dict[str, Any]:
    return {
        "outcomes": found.n,
        "without_work": found.positives,
        "with_work": found.negatives,
        "gap": interval_row(found.gap),
        "slope": interval_row(found.slope),
        "intercept": interval_row(found.intercept),
        "ece": interval_row(found.debiased),
        "ece_as_found": rounded(found.ece),
        "curve": [
            {
                "foretold": rounded(point.mean_risk),
                "seen": rounded(point.observed),
                "low": rounded(point.low),
                "high": rounded(point.high),
                "n": point.n,
            }
            for point in found.points
        ],
    }


def interval_row(interval: Interval) -> dict[str, float | None]:
    """A number with its 95% interval; null where it is not defined."""
    return {
        "value": rounded(interval.value),
        "low": rounded(interval.low),
        "high": rounded(interval.high),
    }


def rounded(value: float | None) -> float | None:
    """To the decimals of a card."""
    return None if value is None else round(value, _DECIMALS)
