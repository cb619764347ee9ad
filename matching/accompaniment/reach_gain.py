"""Reach gain: how many vacancies more would suit a person after a service.

The real matcher says so, with her profile as the service would leave it. Only pairs that the
change touches are scored anew, which gives what scoring everything would (a property test).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.accompaniment.catalogue import Catalogue, Service
from matching.accompaniment.market import Market, barred
from matching.domain import Fact, Hours, Plan, Profile, Step
from matching.domain.reach import Barrier, Reach, ReachGain
from matching.explanation.answers import with_skills
from matching.features import FeatureSpace, compare, judged, people_of
from matching.features.catalog import COLUMN_LABELS, COLUMNS
from matching.features.variants import spread
from matching.models import Ranker
from matching.ranking.eligibility_pool import pool_answers
from matching.ranking.rules import Rules
from matching.taxonomy import Taxonomy
from matching.territory.priorities import ReachPolicy

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_MINUTES = COLUMNS.index("reach_minutes")
_DECIMALS = 6  # scores nearer than this are the same, as in a shortlist


@dataclass(frozen=True, slots=True, eq=False)
class _View:
    """All vacancies as one profile meets them, each field of shape (vacancies,)."""

    suits: Flags
    minutes: Array
    chance: Array | None


def reach_of(
    profile: Profile,
    market: Market,
    *,
    space: FeatureSpace,
    rules: Rules,
    ranker: Ranker,
    policy: ReachPolicy,
) -> Reach:
    """The vacancies that suit a person as she is."""
    return reach_gains(profile, (), market, space=space, rules=rules, ranker=ranker, policy=policy)[
        0
    ]


def reach_gains(
    profile: Profile,
    services: Sequence[Service],
    market: Market,
    *,
    space: FeatureSpace,
    rules: Rules,
    ranker: Ranker,
    policy: ReachPolicy,
) -> tuple[Reach, tuple[ReachGain, ...]]:
    """The vacancies that suit a person, and what each service alone would change.

    A vacancy suits whom its hard requirements do not surely exclude, whose score is at least the
    territory's share of the way from knowing nothing to the best there is, and whose journey is
    not surely longer than the longest. Of somebody whose profile gives nothing to go by no
    vacancy is said to suit, until she is asked.

    Parameters
    ----------
    profile
        The person; nothing else about her changes.
    services
        What might be proposed to her. One that changes nothing of her profile opens nothing.
    market
        The vacancies, open and usual.
    space, rules, ranker
        What compares, excludes and scores.
    policy
        What the territory calls suitable, near and far.
    """
    altered = [after_service(profile, service, space.taxonomy) for service in services]
    changed = [number for number, other in enumerate(altered) if other is not profile]
    variants = [altered[number] for number in changed]
    features = compare(market.asked, people_of([profile], space), space)[:, 0, :]
    moved = spread(features, profile, variants, asked=market.asked, space=space)
    excluded = barred(market, pool_answers([profile, *variants], rules))
    least = _least(ranker, policy)
    known = [judged(one, space) & market.asked.judged for one in (profile, *variants)]
    count = len(market.asked)
    # Who cannot take a vacancy up whatever the score needs none; hers may count for a variant.
    scores, chances = _judged(
        ranker,
        (features, market.asked.judged & ~(features[:, _MINUTES] > policy.most_minutes)),
        (
            moved.features,
            np.array(known)[moved.variants + 1, moved.vacancies]
            & ~excluded[moved.vacancies, moved.variants + 1]
            & ~(moved.features[:, _MINUTES] > policy.most_minutes),
        ),
    )

    def view(variant: int) -> _View:
        own = slice(*np.searchsorted(moved.variants, (variant, variant + 1)))
        at = moved.vacancies[own]
        score, minutes = scores[:count].copy(), features[:, _MINUTES].copy()
        score[at] = scores[count:][own]
        minutes[at] = moved.features[own, _MINUTES]
        chance = None
        if chances is not None:
            chance = chances[:count].copy()
            chance[at] = chances[count:][own]
        far = minutes > policy.most_minutes
        suits = known[variant + 1] & ~excluded[:, variant + 1] & (score >= least) & ~far
        return _View(suits, minutes, chance)

    before = view(-1)
    own = _reach(before, market, policy)
    places = {number: place for place, number in enumerate(changed)}
    shown = {skill.uri for skill in profile.skills}
    gains = []
    for number, service in enumerate(services):
        after = view(places[number]) if number in places else before
        new = np.flatnonzero(after.suits[: market.now] & ~before.suits[: market.now])
        gains.append(
            ReachGain(
                service=service.slug,
                before=own,
                after=_reach(after, market, policy) if number in places else own,
                opened=tuple(market.asked.ids[row] for row in new.tolist()),
                first=tuple(uri for uri in service.requires if uri not in shown),
            )
        )
    return own, tuple(gains)


def with_gains(
    plan: Plan,
    profile: Profile,
    catalogue: Catalogue | None,
    market: Market,
    *,
    space: FeatureSpace,
    rules: Rules,
    ranker: Ranker,
    policy: ReachPolicy,
) -> Plan:
    """A plan whose steps, also those put aside, say what each would open over all vacancies."""
    steps = {step.service for group in _groups(plan) for step in group}
    if catalogue is None or not steps:
        return plan
    services = [service for service in catalogue.services if service.slug in steps]
    _, made = reach_gains(
        profile, services, market, space=space, rules=rules, ranker=ranker, policy=policy
    )
    gains = {gain.service: gain for gain in made}
    done, beyond, minor = (
        tuple(replace(step, gain=gains[step.service]) for step in group) for group in _groups(plan)
    )
    return replace(plan, steps=done, over_budget=beyond, minor=minor)


def _groups(plan: Plan) -> tuple[tuple[Step, ...], ...]:
    return plan.steps, plan.over_budget, plan.minor


def after_service(profile: Profile, service: Service, taxonomy: Taxonomy) -> Profile:
    """A profile as a service would leave it; the same object where it changes nothing.

    What it teaches is held, and what it renews is not new. A barrier is lifted only where the
    profile states it: of hours that nobody asked about there is nothing to lift.
    """
    taught = frozenset(service.teaches) - frozenset(service.requires)
    held = {skill.uri for skill in profile.skills if skill.confidence == 1.0}
    if not taught <= held:
        profile = with_skills(profile, taught, taxonomy)
    for barrier in service.lifts:
        profile = _LIFTED[barrier](profile)
    return profile


def _any_hours(profile: Profile) -> Profile:
    given = profile.facts
    wished = {str(item.value) for item in given.hours}
    if Hours.FULL_TIME in wished or not (wished or given.weekly_hours):
        return profile
    hours = (*given.hours, _said(Hours.FULL_TIME))
    return replace(profile, facts=replace(given, hours=hours, weekly_hours=None))


def _any_shift(profile: Profile) -> Profile:
    if not profile.facts.shifts_refused:
        return profile
    return replace(profile, facts=replace(profile.facts, shifts_refused=()))


def _a_vehicle(profile: Profile) -> Profile:
    own = profile.facts.own_vehicle
    if own is None or own.value:
        return profile
    return replace(profile, facts=replace(profile.facts, own_vehicle=_said(True)))


_LIFTED: dict[Barrier, Callable[[Profile], Profile]] = {
    Barrier.HOURS: _any_hours,
    Barrier.SHIFTS: _any_shift,
    Barrier.VEHICLE: _a_vehicle,
}


def _said(value: str | bool) -> Fact:
    return Fact(value=value, evidence="", start=0, end=0)


def _judged(ranker: Ranker, *parts: tuple[Array, Flags]) -> tuple[Array, Array | None]:
    """Scores, below all others where none is wanted, and chances where the ranker has any.

    Each part has features and which of its rows are wanted; they come one part after the other.
    """
    wanted = np.concatenate([flags for _, flags in parts])
    scores, chances = np.full(len(wanted), -np.inf), np.zeros(len(wanted))
    # Those that are wanted alone are put together: together with the others they are many.
    rows = np.concatenate([features[flags] for features, flags in parts])
    first = pd.DataFrame(parts[0][0][:1], columns=COLUMN_LABELS)
    has_chances = len(first) > 0 and ranker.judge(first).probability is not None
    if not len(rows):
        return scores, chances if has_chances else None
    frame = pd.DataFrame(rows, columns=COLUMN_LABELS, copy=False)
    if not has_chances:
        scores[wanted] = np.round(ranker.predict(frame), _DECIMALS)
        return scores, None
    found = ranker.judge(frame)
    scores[wanted] = np.round(found.score, _DECIMALS)
    chances[wanted] = found.probability
    return scores, chances


def _least(ranker: Ranker, policy: ReachPolicy) -> float:
    nothing = ranker.no_information()
    return round(nothing + policy.suitable * (1.0 - nothing), _DECIMALS)


def _reach(view: _View, market: Market, policy: ReachPolicy) -> Reach:
    now, usual = slice(0, market.now), slice(market.now, None)
    suits = view.suits[now]
    minutes = view.minutes[now][suits]
    months = market.months
    return Reach(
        suitable=int(suits.sum()),
        near=int((minutes <= policy.near_minutes).sum()),
        near_minutes=policy.near_minutes,
        unknown=int(np.isnan(minutes).sum()),
        expected=None if view.chance is None else float(view.chance[now][suits].sum()),
        monthly=float(view.suits[usual].sum()) / months if months else None,
        monthly_expected=float(view.chance[usual][view.suits[usual]].sum()) / months
        if months and view.chance is not None
        else None,
    )
