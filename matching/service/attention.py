"""What the hubs can carry, applied to assessments and to the people in charge."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from matching.domain import (
    Assessed,
    Happened,
    InCharge,
    RiskAssessment,
    State,
    Thresholds,
    Worklist,
)
from matching.models.risk import REASON_MONTHS
from matching.priority import priority, thresholds, worklist
from matching.territory import Territory


def expected_thresholds(reference: Sequence[float], territory: Territory) -> Thresholds | None:
    """Where the bands begin for the people whom the territory expects in a year.

    Parameters
    ----------
    reference
        Chances of no work by 12 months of people whom the model knows of, a sample of those.
    territory
        How many people it expects, and what all its hubs can carry.

    Returns
    -------
    Thresholds or None
        None where the model says nothing of the people it learnt from.
    """
    policy = territory.policy.priority
    managers = territory.settings.community_managers_per_hub * len(territory.hubs)
    return thresholds(
        reference,
        closely=managers * policy.closely,
        lightly=managers * policy.lightly,
        people=territory.settings.cases_per_year,
    )


def with_priority(
    assessments: Sequence[RiskAssessment], limits: Thresholds | None
) -> tuple[RiskAssessment, ...]:
    """The assessments with the band that each chance of no work by 12 months lies in.

    Of whom nothing is known there is no band.
    """
    if limits is None:
        return tuple(assessments)
    found = []
    for one in assessments:
        chance = next(
            (horizon.no_work for horizon in one.horizons if horizon.months == REASON_MONTHS), None
        )
        known = one.state is State.OK and chance is not None
        band = priority(chance, limits) if known and chance is not None else None
        found.append(replace(one, priority=band, thresholds=limits))
    return tuple(found)


def recorded(one: RiskAssessment) -> Assessed | None:
    """An assessment as it is kept on record; None where too little was known to make one."""
    if one.state is not State.OK:
        return None
    chance = next(h.no_work for h in one.horizons if h.months == REASON_MONTHS)
    return Assessed(person_id=one.person_id, as_of=one.as_of, no_work=chance, model=str(one.model))


def hub_worklist(
    people: Sequence[InCharge],
    history: Sequence[Assessed],
    happened: Sequence[Happened],
    *,
    territory: Territory,
    as_of: date,
    managers: int | None = None,
) -> Worklist:
    """The worklist of one hub by the territory's policy; see :func:`matching.priority.worklist`."""
    return worklist(
        people,
        history,
        happened,
        policy=territory.policy.priority,
        managers=territory.settings.community_managers_per_hub if managers is None else managers,
        as_of=as_of,
    )
