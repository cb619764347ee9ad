"""What measures change in the chance of work: a weak prior, updated with a territory's outcomes.

Never the raw rate of those who took part: who is better off takes part more.
"""

from collections.abc import Sequence
from datetime import date

from matching.accompaniment.effects.cohort import Observed, mean_hours
from matching.accompaniment.effects.estimation import LEAST, Compared, own_estimates
from matching.accompaniment.effects.posterior import Effect, Effects, EffectState, pooled
from matching.accompaniment.effects.prior import EffectSource, Prior, load_effects
from matching.domain import Measure

__all__ = [
    "LEAST",
    "Compared",
    "Effect",
    "EffectSource",
    "EffectState",
    "Effects",
    "Observed",
    "Prior",
    "effects_of",
    "load_effects",
]


def effects_of(prior: Prior, people: Sequence[Observed], *, as_of: date) -> Effects:
    """The effects of all measures here, by what is believed and what came of these people."""
    paths = [one.path for one in people]
    hours = {one: mean_hours(paths, one, prior.usual_hours[one]) for one in Measure}
    return pooled(prior, own_estimates(people), hours=hours, as_of=as_of)
