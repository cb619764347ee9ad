"""A month of an invented fund, whose true effects are known: plans, their steps, past takers.

How it is made, in the order in which it is drawn. Numbers without a source are assumptions; what
they stand for is said, so that they can be changed. What is true and what is known of it are drawn
apart: the same seed has the same truth however much is known.

Services: a kind of measure by its share in ``_KINDS``; a price between the bounds of the kind,
even in logarithms; one or two editions of 8 to 20 seats; a true effect on having work, the kind's
mean plus a normal departure of ``_BETWEEN``.

What is known of effects: the kind's mean with an error of ``_PRIOR`` (a meta-analysis), and a past
of some ``takers`` of the service and as many people like them without it, of whom 35% work anyway.
The estimate weighs the two by their variances (partial pooling). What a step opens for one person
departs from what it should by a factor, log-normal with ``_PERSONAL``, seen in hindsight alone.

Plans: an ambito by population; a need, standard normal, of which the quarters are made; an urgency
from 1 to 3 in halves, which rises with need; one to five steps, more with need. A step's true
reach gain in a month is log-normal around the kind's, less with need (it is harder to open doors
for who needs most: without this nothing would be lost by a floor). What is known of it is a count
of vacancies over ``_MONTHS`` months: a Poisson number by the months. Steps of housing, food,
budget and legal help have no measured benefit: the truth is log-normal around the territory's
figure, so that in the mean that figure is right, and for one person it is not.

In two of five plans with a step of care or transport and another, the other makes no sense without
it. In a quarter of plans one step has an alternative of the same kind. Plans were asked for over
60 days, whatever they open.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

import numpy as np
from numpy.random import Generator

from matching.accompaniment.fund.policy import FundPolicy
from matching.accompaniment.fund.room import Limits
from matching.domain import Measure
from matching.domain.allocation import FundRequest
from matching.territory import Territory

AS_OF = date(2026, 12, 1)
_BETWEEN, _PRIOR, _PERSONAL = 0.02, 0.01, 0.25
_WORK_ANYWAY = 0.35
_MONTHS = 6
_SPREAD = 0.7  # of reach gains, in logarithms
_LEAST_EFFECT = 0.002
_UNMEASURED_SPREAD = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """A kind of measure: its share among services, price in euro, mean effect, reach a month."""

    share: float
    low: int
    high: int
    effect: float
    reach: float


_KINDS = MappingProxyType(
    {
        Measure.COURSE: _Kind(share=0.3, low=200, high=2_000, effect=0.08, reach=8),
        Measure.CERTIFICATE: _Kind(share=0.2, low=60, high=400, effect=0.05, reach=6),
        Measure.CARE: _Kind(share=0.1, low=180, high=1_000, effect=0.05, reach=5),
        Measure.TRANSPORT: _Kind(share=0.08, low=90, high=1_200, effect=0.05, reach=5),
        Measure.WORK_GRANT: _Kind(share=0.06, low=1_300, high=2_600, effect=0.08, reach=7),
        Measure.LANGUAGE: _Kind(share=0.06, low=200, high=400, effect=0.04, reach=6),
        Measure.JOB_SEARCH_HELP: _Kind(share=0.06, low=90, high=400, effect=0.03, reach=8),
        Measure.HOUSING: _Kind(share=0.05, low=700, high=1_800, effect=0, reach=0),
        Measure.BUDGET: _Kind(share=0.04, low=70, high=600, effect=0, reach=0),
        Measure.DIGITAL: _Kind(share=0.03, low=80, high=150, effect=0.03, reach=5),
        Measure.FOOD: _Kind(share=0.02, low=45, high=300, effect=0, reach=0),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """Requests as the hub knows them, and by identifier what is true of each.

    ``truth`` is the benefit to be expected by who knew every effect and every reach gain,
    ``hindsight`` what came of it.
    """

    requests: tuple[FundRequest, ...]
    truth: dict[str, float]
    hindsight: dict[str, float]
    limits: Limits
    asked_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """Where numbers come from: what is true, and what is known of it."""

    true: Generator
    known: Generator
    takers: int
    policy: FundPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class _Service:
    slug: str
    measure: Measure
    cents: int
    editions: tuple[tuple[str, date, int], ...]
    effect: float
    estimate: float


def district(
    territory: Territory,
    policy: FundPolicy,
    *,
    seed: int,
    plans: int,
    services: int,
    people_share: float,
    takers: int,
) -> District:
    """Draw a district; equal arguments give an equal one.

    Parameters
    ----------
    territory, policy
        Ambiti with their population; the benefit that counts where none was measured.
    seed
        From 0.
    plans, services
        How many.
    people_share
        Which share of the plans the managers can take a step further this month.
    takers
        How many people took each service before.
    """
    rng = np.random.default_rng([seed, 0])
    drawn = _Drawn(true=rng, known=np.random.default_rng([seed, 1]), takers=takers, policy=policy)
    offered = [_service(drawn, number) for number in range(services)]
    ambiti = _population(territory)
    needs = rng.standard_normal(plans)
    quartiles = 1 + np.argsort(np.argsort(needs)) * 4 // plans
    requests: list[FundRequest] = []
    truth: dict[str, float] = {}
    hindsight: dict[str, float] = {}
    for number in range(plans):
        made = _plan(drawn, number, offered, float(needs[number]))
        ambito = str(rng.choice(list(ambiti), p=list(ambiti.values())))
        asked = AS_OF - timedelta(days=int(rng.integers(1, 61)))
        for request, benefit in made:
            requests.append(
                replace(
                    request, ambito=ambito, asked_on=asked, need_quartile=int(quartiles[number])
                )
            )
            luck = np.exp(_PERSONAL * rng.standard_normal() - _PERSONAL**2 / 2)
            truth[request.id] = benefit
            hindsight[request.id] = float(benefit * luck)
    return District(
        requests=tuple(requests),
        truth=truth,
        hindsight=hindsight,
        limits=Limits(
            seats={key: seats for one in offered for key, _, seats in one.editions},
            people={code: round(people_share * plans * share) for code, share in ambiti.items()},
            person_cap_cents=policy.person_cap.most,
            spent_cents={},
        ),
        asked_cents=sum(one.cost_cents for one in requests),
    )


def _population(territory: Territory) -> dict[str, float]:
    found = {
        ambito.code: sum(
            place.population or 0
            for place in territory.municipalities
            if place.ambito == ambito.code
        )
        for ambito in territory.ambiti
    }
    total = sum(found.values())
    return {code: people / total for code, people in found.items()}


def _service(drawn: _Drawn, number: int) -> _Service:
    rng = drawn.true
    shares = np.array([kind.share for kind in _KINDS.values()])
    measure = Measure(str(rng.choice([str(one) for one in _KINDS], p=shares / shares.sum())))
    kind = _KINDS[measure]
    price = np.exp(rng.uniform(np.log(kind.low), np.log(kind.high)))
    slug = f"{measure}-{number:02d}"
    editions = tuple(
        (
            f"{slug}@{edition}",
            AS_OF + timedelta(days=int(rng.integers(7, 45))),
            int(rng.integers(8, 21)),
        )
        for edition in range(int(rng.integers(1, 3)))
    )
    effect = max(_LEAST_EFFECT, kind.effect + _BETWEEN * rng.standard_normal())
    return _Service(
        slug=slug,
        measure=measure,
        cents=int(price // 10 * 1_000),
        editions=editions,
        effect=effect,
        estimate=_estimate(drawn, kind, effect),
    )


def _estimate(drawn: _Drawn, kind: _Kind, effect: float) -> float:
    """What a hub knows of an effect: the kind's, and its own takers beside people like them."""
    rng = drawn.known
    prior = kind.effect + _PRIOR * rng.standard_normal()
    takers = max(10, int(rng.poisson(drawn.takers)))
    without = rng.binomial(takers, _WORK_ANYWAY) / takers
    taking = rng.binomial(takers, min(1.0, _WORK_ANYWAY + effect)) / takers
    error = 2 * _WORK_ANYWAY * (1 - _WORK_ANYWAY) / takers
    spread = _BETWEEN**2 + _PRIOR**2
    own = spread / (spread + error)
    return float(max(_LEAST_EFFECT, own * (taking - without) + (1 - own) * prior))


def _plan(
    drawn: _Drawn, number: int, offered: Sequence[_Service], need: float
) -> list[tuple[FundRequest, float]]:
    rng = drawn.true
    count = int(np.clip(1 + rng.poisson(1.1 + 0.3 * max(need, 0.0)), 1, 5))
    chosen = [offered[n] for n in rng.choice(len(offered), size=count, replace=False)]
    urgency = float(
        np.clip(np.round(2 * (1.9 + 0.5 * need + 0.4 * rng.standard_normal())) / 2, 1, 3)
    )
    first = next((one for one in chosen if one.measure in (Measure.CARE, Measure.TRANSPORT)), None)
    waits = first is not None and rng.random() < 0.4
    made = []
    for place, service in enumerate(chosen):
        request, benefit = _step(drawn, f"p{number:04d}", place, service, need)
        after: tuple[str, ...] = ()
        if waits and first is not None and service is not first:
            after = (f"p{number:04d}-{chosen.index(first)}",)
        made.append((replace(request, urgency=urgency, after=after), benefit))
    if rng.random() < 0.25:
        place = int(rng.integers(len(chosen)))
        others = [
            one for one in offered if one.measure is chosen[place].measure and one not in chosen
        ]
        if others:
            other = others[int(rng.integers(len(others)))]
            request, benefit = _step(drawn, f"p{number:04d}", count, other, need)
            one, known = made[place]
            made[place] = (replace(one, instead="a"), known)
            made.append((replace(request, urgency=urgency, after=one.after, instead="a"), benefit))
    return made


def _step(
    drawn: _Drawn, plan: str, place: int, service: _Service, need: float
) -> tuple[FundRequest, float]:
    """A step as the hub knows it, and its true benefit."""
    rng = drawn.true
    kind = _KINDS[service.measure]
    key, starts, _ = service.editions[int(rng.integers(len(service.editions)))]
    request = FundRequest(
        id=f"{plan}-{place}",
        plan_id=plan,
        step=service.slug,
        measure=service.measure,
        person=plan,
        ambito="",
        cost_cents=service.cents,
        benefit=None,
        urgency=1.0,
        need_quartile=1,
        asked_on=AS_OF,
        seats_key=key,
        starts_on=starts,
    )
    if not kind.reach:
        stated, spread = drawn.policy.benefit(request), _UNMEASURED_SPREAD
        return request, float(stated * np.exp(spread * rng.standard_normal() - spread**2 / 2))
    reach = kind.reach * np.exp(_SPREAD * rng.standard_normal() - 0.25 * need)
    counted = drawn.known.poisson(reach * _MONTHS) / _MONTHS
    return (
        replace(request, benefit=float(counted * service.estimate)),
        float(reach * service.effect),
    )
