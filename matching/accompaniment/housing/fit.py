"""How well a dwelling suits a family, from 0 to 1, with what is not known as an interval.

Each part that counts has a lower and an upper bound, which are apart where something was not said;
the fit is their mean by the territory's weights. A part of which the family said that it does not
count (no place to reach, no eviction, nowhere in particular) has no weight.
"""

from collections.abc import Callable, Iterable
from datetime import date
from math import ceil, floor

from matching.accompaniment.getting_there import minutes_by
from matching.accompaniment.housing.law import SizeRule
from matching.accompaniment.housing.policy import HousingPolicy, Scale
from matching.domain import Answer
from matching.domain.housing import (
    Dwelling,
    HomeSought,
    HousingPart,
    PartFit,
    PlaceToReach,
    RentHelp,
)
from matching.domain.means import Means
from matching.territory import Mode, Territory

_MONTHS = 12
_Range = tuple[float, float]


def parts(
    sought: HomeSought,
    dwelling: Dwelling,
    *,
    policy: HousingPolicy,
    law: SizeRule | None,
    territory: Territory,
    as_of: date,
) -> tuple[PartFit, ...]:
    """The parts that count, in the order of :class:`HousingPart`."""
    found: dict[HousingPart, Callable[[], PartFit]] = {
        HousingPart.RENT: lambda: _rent(sought, dwelling, policy),
        HousingPart.SIZE: lambda: _size(sought, dwelling, policy, law),
    }
    answers = sought.answers
    if answers.places != ():
        found[HousingPart.JOURNEY] = lambda: _journey(answers.places, dwelling, policy, territory)
    if sought.eviction_on is not None or answers.eviction is not Answer.NO:
        found[HousingPart.TIME] = lambda: _time(sought, dwelling, policy, as_of)
    if answers.wanted is None or answers.wanted:
        found[HousingPart.PLACE] = lambda: _place(answers.wanted, dwelling, policy, territory)
    return tuple(measure() for part, measure in found.items() if policy.weights[part] > 0)


def fit_of(found: Iterable[PartFit]) -> tuple[float, float, float]:
    """Fit, lower and upper bound; without a part that counts, the middle of what is possible."""
    counted = tuple(found)
    total = sum(one.weight for one in counted)
    if not total:
        return 0.5, 0.0, 1.0
    lower = sum(one.weight * one.lower for one in counted) / total
    upper = sum(one.weight * one.upper for one in counted) / total
    return (lower + upper) / 2, lower, upper


def rent_help(sought: HomeSought, dwelling: Dwelling, policy: HousingPolicy) -> RentHelp | None:
    """What would bring rent and expenses to the territory's share of the income."""
    if sought.income_eur is None or dwelling.rent_eur is None:
        return None
    expenses = max(_expenses(dwelling, policy))
    affordable = policy.share * sought.income_eur / _MONTHS
    over = dwelling.rent_eur + expenses - affordable
    if over <= 0:
        return None
    calmed = floor(affordable - expenses + 1e-6)
    is_calmed = dwelling.calmed_rent is Answer.YES
    return RentHelp(
        top_up_eur=ceil(over - 1e-6),
        calmed_rent_eur=None if is_calmed or calmed <= 0 else calmed,
        exact=dwelling.expenses_eur is not None,
    )


def _rent(sought: HomeSought, dwelling: Dwelling, policy: HousingPolicy) -> PartFit:
    weight = policy.weights[HousingPart.RENT]
    if sought.income_eur is None or dwelling.rent_eur is None:
        return _unknown(HousingPart.RENT, weight)
    months = [dwelling.rent_eur + expenses for expenses in _expenses(dwelling, policy)]
    if sought.income_eur == 0:
        return PartFit(part=HousingPart.RENT, lower=0, upper=0, weight=weight)
    shares = [_MONTHS * cost / sought.income_eur for cost in months]
    return _part(HousingPart.RENT, (min(shares), max(shares)), policy.rent, weight)


def _expenses(dwelling: Dwelling, policy: HousingPolicy) -> tuple[int, int]:
    if dwelling.expenses_eur is None:
        return policy.expenses
    return dwelling.expenses_eur, dwelling.expenses_eur


def _size(
    sought: HomeSought, dwelling: Dwelling, policy: HousingPolicy, law: SizeRule | None
) -> PartFit:
    """By the surface or by the bedrooms, whichever suits less.

    Where the family was not asked how many bedrooms it needs, between one for two people and one
    for each may be right: who sleeps with whom is not inferred from anybody's age or sex.
    """
    weight = policy.weights[HousingPart.SIZE]
    surface = (0.0, 1.0)
    measured = None
    if dwelling.floor_m2 is not None and law is not None:
        measured = dwelling.floor_m2 / sought.people
        suits = policy.size.fit(dwelling.floor_m2 / law.needed(sought.people))
        surface = (suits, suits)
    rooms = (0.0, 1.0)
    if dwelling.bedrooms is not None:
        asked = sought.answers.bedrooms
        most = sought.people if asked is None else asked
        fewest = ceil(sought.people / 2) if asked is None else asked
        rooms = (_enough(dwelling.bedrooms, most), _enough(dwelling.bedrooms, fewest))
    return PartFit(
        part=HousingPart.SIZE,
        lower=min(surface[0], rooms[0]),
        upper=min(surface[1], rooms[1]),
        weight=weight,
        least=measured,
        most=measured,
    )


def _enough(rooms: int, needed: int) -> float:
    # A single room is one to sleep in, too.
    return 1.0 if needed == 0 else min(1.0, max(rooms, 1) / needed)


def _journey(
    places: tuple[PlaceToReach, ...] | None,
    dwelling: Dwelling,
    policy: HousingPolicy,
    territory: Territory,
) -> PartFit:
    """The mean over the places; by which means they are reached, where nobody said, is open."""
    weight = policy.weights[HousingPart.JOURNEY]
    if places is None:
        return _unknown(HousingPart.JOURNEY, weight)
    spans = [_minutes(place, dwelling, policy, territory) for place in places]
    return PartFit(
        part=HousingPart.JOURNEY,
        lower=sum(policy.journey.fit(most) for _, most in spans) / len(spans),
        upper=sum(policy.journey.fit(least) for least, _ in spans) / len(spans),
        weight=weight,
        least=max(least for least, _ in spans),
        most=max(most for _, most in spans),
    )


def _minutes(
    place: PlaceToReach, dwelling: Dwelling, policy: HousingPolicy, territory: Territory
) -> _Range:
    within = policy.on_foot_within_minutes
    means = tuple(Means) if place.means is None else (place.means,)
    found = [
        minutes_by(one, dwelling.municipality, place.municipality, territory, on_foot_within=within)
        for one in means
    ]
    return min(found), max(found)


def _time(sought: HomeSought, dwelling: Dwelling, policy: HousingPolicy, as_of: date) -> PartFit:
    weight = policy.weights[HousingPart.TIME]
    if sought.eviction_on is None or dwelling.available_from is None:
        return _unknown(HousingPart.TIME, weight)
    days = (sought.eviction_on - max(as_of, dwelling.available_from)).days
    return _part(HousingPart.TIME, (days, days), policy.time, weight)


def _place(
    wanted: frozenset[str] | None,
    dwelling: Dwelling,
    policy: HousingPolicy,
    territory: Territory,
) -> PartFit:
    """By public transport, which is there for whoever has no car; 0 minutes where it is wanted."""
    weight = policy.weights[HousingPart.PLACE]
    if wanted is None:
        return _unknown(HousingPart.PLACE, weight)
    minutes = min(
        0.0
        if one == dwelling.municipality
        else territory.journey(one, dwelling.municipality, Mode.PUBLIC_TRANSPORT).minutes
        for one in wanted
    )
    return _part(HousingPart.PLACE, (minutes, minutes), policy.place, weight)


def _part(part: HousingPart, measured: _Range, scale: Scale, weight: float) -> PartFit:
    fits = sorted(scale.fit(value) for value in measured)
    return PartFit(
        part=part,
        lower=fits[0],
        upper=fits[-1],
        weight=weight,
        least=measured[0],
        most=measured[1],
    )


def _unknown(part: HousingPart, weight: float) -> PartFit:
    return PartFit(part=part, lower=0.0, upper=1.0, weight=weight)
