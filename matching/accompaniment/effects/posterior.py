"""The effect of a measure here: what is believed from studies, and the territory's own outcomes.

A hierarchical normal model. The true effects of all measures, groups and horizons depart from what
is believed together: departures of two measures in a territory are alike to some degree, those of
the two groups more, those of neighbouring horizons more still. What the territory saw of each is
that effect with a known error. For each of a few widths of what is believed the posterior is exact
(all is Gaussian); these are weighed by how well they foretold what was seen. What is seen of one
measure is drawn towards what is believed, and, a little, towards what is seen of the others.

There is no function here that gives the rate of those who took part: it is no effect.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import product
from math import log, sqrt
from types import MappingProxyType

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.special import softmax
from scipy.stats import norm

from matching.accompaniment.effects.cohort import Array
from matching.accompaniment.effects.estimation import Compared, OwnEstimates
from matching.accompaniment.effects.prior import EffectSource, Key, Prior
from matching.domain import Grade, Measure
from matching.domain.outcomes import HORIZONS, LONG_TERM_MONTHS, WorkGroup

INTERVAL = 0.8
_Z = float(norm.ppf(0.5 + INTERVAL / 2))
_HALF = 0.5
# How many times as far from the studies a territory may be, with the credit given to it beforehand;
# and how much of the stated likeness of departures there is.
_SCALES = ((0.7, 0.1), (1.0, 0.6), (1.4, 0.2), (2.0, 0.1))
_TIES = (1.0, 0.5, 0.0)
_NOBODY = Compared(takers=0, others=0)


class EffectState(StrEnum):
    """Whether the territory's own outcomes say something, or only the studies do."""

    UPDATED = "updated"
    NOT_ENOUGH_DATA = "not_enough_data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """The effect of a measure on having found work by a horizon, in points of probability (0 to 1).

    ``lower`` and ``upper`` bound its 80% interval. ``own_share`` is how much of what is known (of
    the precision) comes from those who took this measure up here: 0 where all is from studies.
    ``group`` is None where it is not known for how long the person was without work: then it is
    between the two groups' effects.
    """

    measure: Measure
    group: WorkGroup | None
    months: int
    hours: float
    mean: float
    sd: float
    prior_mean: float
    prior_sd: float
    own_share: float
    takers: int
    others: int
    grade: Grade
    source: EffectSource
    state: EffectState

    @property
    def lower(self) -> float:
        """The lower end of the 80% interval."""
        return self.mean - _Z * self.sd

    @property
    def upper(self) -> float:
        """The upper end of the 80% interval."""
        return self.mean + _Z * self.sd


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """The effects of all measures in a territory as of a day.

    ``old`` says that the prior's own dates do not cover that day.
    """

    as_of: date
    prior: Prior
    old: bool
    means: Mapping[Key, float]
    sds: Mapping[Key, float]
    prior_sds: Mapping[Key, float]
    own_sds: Mapping[Key, float]
    hours: Mapping[Measure, float]
    compared: Mapping[Key, Compared]

    def of(
        self,
        measure: Measure,
        *,
        months_without_work: int | None,
        horizon: int = 12,
        hours: float | None = None,
    ) -> Effect:
        """The effect of a measure for somebody.

        Parameters
        ----------
        measure
            The kind of measure.
        months_without_work
            For how long the person was without work when the path was agreed, None if not known.
        horizon
            Months after: 6, 12 or 24.
        hours
            Of the step: more lock in more. Those usual here where None.
        """
        if months_without_work is not None:
            long = months_without_work >= LONG_TERM_MONTHS
            group = WorkGroup.LONG_TERM if long else WorkGroup.OTHERS
            return self.of_group(measure, group, horizon=horizon, hours=hours)
        both = [self.of_group(measure, one, horizon=horizon, hours=hours) for one in WorkGroup]
        return _between(both)

    def of_group(
        self, measure: Measure, group: WorkGroup, *, horizon: int, hours: float | None = None
    ) -> Effect:
        """The effect of a measure for a group."""
        key = (measure, group, horizon)
        belief = self.prior.beliefs[key]
        usual = self.hours[measure]
        asked = usual if hours is None else hours
        lock_in = self.prior.lock_in
        at_usual, at_asked = lock_in.of(usual, horizon), lock_in.of(asked, horizon)
        more, wider = at_asked[0] - at_usual[0], at_asked[1] - at_usual[1]
        compared = self.compared.get(key, _NOBODY)
        sd, prior_sd = self.sds[key], self.prior_sds[key]
        seen = self.own_sds.get(key)
        own = 0.0 if seen is None else min(1.0, (sd / seen) ** 2)
        return Effect(
            measure=measure,
            group=group,
            months=horizon,
            hours=asked,
            mean=self.means[key] + more,
            sd=sqrt(sd**2 + wider**2),
            prior_mean=belief.mean + at_asked[0],
            prior_sd=sqrt(prior_sd**2 + wider**2),
            own_share=own,
            takers=compared.takers,
            others=compared.others,
            # Once most of it was seen here, it is monitoring with a comparison, whatever it was.
            grade=Grade.C if own >= _HALF else belief.grade,
            source=belief.source,
            state=EffectState.NOT_ENOUGH_DATA if seen is None else EffectState.UPDATED,
        )


def pooled(
    prior: Prior, own: OwnEstimates, *, hours: Mapping[Measure, float], as_of: date
) -> Effects:
    """Update what is believed with what a territory saw.

    Parameters
    ----------
    prior
        What is believed.
    own
        The territory's own comparisons; without any, everything is the prior.
    hours
        Mean hours of those who took each measure up here; the prior's usual ones where left out.
    as_of
        The day.
    """
    usual = {one: float(hours.get(one, prior.usual_hours[one])) for one in Measure}
    keys, mean, covariance = believed(prior, usual)
    sds = np.sqrt(np.diag(covariance))
    after, spread = mean.copy(), sds.copy()
    if own.keys:
        seen = [keys.index(key) for key in own.keys]
        # Of what nobody here could be compared on, only what studies say is said.
        after[seen], spread[seen] = _updated(mean[seen], covariance[np.ix_(seen, seen)], own)
    return Effects(
        as_of=as_of,
        prior=prior,
        old=not prior.valid_on(as_of),
        means=MappingProxyType(dict(zip(keys, after.tolist(), strict=True))),
        sds=MappingProxyType(dict(zip(keys, spread.tolist(), strict=True))),
        prior_sds=MappingProxyType(dict(zip(keys, sds.tolist(), strict=True))),
        own_sds=MappingProxyType(
            dict(zip(own.keys, np.sqrt(np.diag(own.covariance)).tolist(), strict=True))
        ),
        hours=MappingProxyType(usual),
        compared=MappingProxyType(own.compared),
    )


def _updated(mean: Array, covariance: Array, own: OwnEstimates) -> tuple[Array, Array]:
    """Mean and sd of the effects that were compared, given what was seen.

    How far a territory may be from the studies, and how much its departures go together, is not
    known either: wider and looser forms of what is believed are weighed by how well they foretold
    what was seen (Gelman et al. 2013, *Bayesian Data Analysis*, chapter 5).
    """
    sds = np.sqrt(np.diag(covariance))
    alone = np.diag(sds**2)
    weights, means, squares = [], [], []
    for (scale, credit), tie in product(_SCALES, _TIES):
        wide = scale**2 * (tie * covariance + (1 - tie) * alone)
        total = cho_factor(wide + own.covariance, lower=True)
        off = own.mean - mean
        weights.append(
            log(credit) - np.log(np.diag(total[0])).sum() - 0.5 * off @ cho_solve(total, off)
        )
        gain = cho_solve(total, wide).T
        one = mean + gain @ off
        means.append(one)
        squares.append(np.diag(wide - gain @ wide) + one**2)
    share = softmax(weights)
    after = share @ np.array(means)
    return after, np.sqrt(share @ np.array(squares) - after**2)


def believed(prior: Prior, hours: Mapping[Measure, float]) -> tuple[list[Key], Array, Array]:
    """Every effect as it is believed: keys, means, covariance, lock-in of the hours included."""
    keys = list(product(Measure, WorkGroup, HORIZONS))
    locks = [prior.lock_in.of(hours[measure], months) for measure, _, months in keys]
    mean = np.array([prior.beliefs[key].mean for key in keys]) + [one for one, _ in locks]
    sds = np.hypot([prior.beliefs[key].sd for key in keys], [sd for _, sd in locks])
    alike = prior.pooling
    steps = np.abs(np.subtract.outer(np.arange(len(HORIZONS)), np.arange(len(HORIZONS))))
    correlation = np.kron(
        _equal(len(Measure), alike.measures),
        np.kron(_equal(len(WorkGroup), alike.groups), alike.horizons**steps),
    )
    return keys, mean, np.asarray(correlation * np.outer(sds, sds), dtype=float)


def _equal(size: int, correlation: float) -> Array:
    return np.full((size, size), correlation) + np.eye(size) * (1.0 - correlation)


def _between(both: list[Effect]) -> Effect:
    """The mixture of the two groups, as likely the one as the other."""
    mean = float(np.mean([one.mean for one in both]))
    prior_mean = float(np.mean([one.prior_mean for one in both]))
    first = both[0]
    updated = any(one.state is EffectState.UPDATED for one in both)
    return Effect(
        measure=first.measure,
        group=None,
        months=first.months,
        hours=first.hours,
        mean=mean,
        sd=_mixed([(one.mean, one.sd) for one in both]),
        prior_mean=prior_mean,
        prior_sd=_mixed([(one.prior_mean, one.prior_sd) for one in both]),
        own_share=float(np.mean([one.own_share for one in both])),
        takers=sum(one.takers for one in both),
        others=sum(one.others for one in both),
        grade=max((one.grade for one in both), key=str),
        source=first.source,
        state=EffectState.UPDATED if updated else EffectState.NOT_ENOUGH_DATA,
    )


def _mixed(parts: list[tuple[float, float]]) -> float:
    means = np.array([mean for mean, _ in parts])
    variances = np.array([sd**2 for _, sd in parts])
    return sqrt(float(variances.mean() + means.var()))
