"""Surplus offered to points, by need and by the day on which it expires.

A point needs so many portions for each person that it serves, spread evenly over its open days. A
lot goes, the first to expire first, to points that can pick it up, keep it cold where it must be,
and are open before it expires, in proportion to what they still need by then. Nobody is given more
than she can hand out in time. What is not placed is said, with why.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from matching.accompaniment.food.points import check_lots
from matching.accompaniment.food.policy import FoodPolicy
from matching.accompaniment.food.splitting import split
from matching.domain.food import FoodPlan, FoodPoint, Lot, LotLeft, LotOffer, LotShare
from matching.territory import Mode, Territory

_Needs = dict[str, dict[date, int]]


def place_lots(
    lots: Sequence[Lot],
    points: Sequence[FoodPoint],
    plan: FoodPlan,
    *,
    policy: FoodPolicy,
    territory: Territory,
    as_of: date,
) -> tuple[LotOffer, ...]:
    """Offer every lot, the first to expire first.

    Parameters
    ----------
    lots, points
        In any order: the offers are the same.
    plan
        Who is served where; days after its last week need nothing yet.
    policy, territory
        Portions for each person, how far one goes to pick up, and the ways between places.
    as_of
        The day.

    Raises
    ------
    InputError
        For lots that cannot be.
    """
    check_lots(lots, territory)
    ordered = sorted(points, key=lambda one: one.id)
    needs = day_needs(plan, policy)
    cold = {point.id: point.cold_portions for point in ordered}
    offers = []
    for lot in sorted(lots, key=lambda one: (one.expires_on, one.id)):
        obstacles = {
            point.id: _obstacle(lot, point, needs, cold, policy, territory, as_of)
            for point in ordered
        }
        offers.append(_offer(lot, obstacles, needs, cold, as_of))
    return tuple(offers)


def day_needs(plan: FoodPlan, policy: FoodPolicy) -> _Needs:
    """Portions that each point needs on each open day, those of a week spread evenly."""
    needs: _Needs = {}
    for week in plan.points:
        days = needs.setdefault(week.point_id, {})
        if not week.open_days:
            continue
        each, more = divmod(week.people * policy.portions_per_person, len(week.open_days))
        for number, day in enumerate(week.open_days):
            days[day] = each + (number < more)
    return needs


def _open_days(lot: Lot, needs: Mapping[date, int], as_of: date) -> list[date]:
    first = max(as_of, lot.ready_on or as_of)
    return sorted(day for day in needs if first <= day <= lot.expires_on)


def _obstacle(
    lot: Lot,
    point: FoodPoint,
    needs: _Needs,
    cold: Mapping[str, int | None],
    policy: FoodPolicy,
    territory: Territory,
    as_of: date,
) -> LotLeft | None:
    """Why a point cannot have any of a lot, None where it can."""
    if lot.expires_on < as_of:
        return LotLeft.EXPIRED
    way = territory.journey(point.municipality, lot.pick_up, Mode.CAR)
    if way.minutes > policy.pick_up_minutes:
        return LotLeft.TOO_FAR
    days = _open_days(lot, needs.get(point.id, {}), as_of)
    if not days:
        return LotLeft.NO_OPEN_DAY
    if lot.cold_chain is not False:
        if point.cold_portions is None:
            return LotLeft.COLD_UNKNOWN
        if point.cold_portions == 0:
            return LotLeft.NO_COLD
        if not cold[point.id]:
            return LotLeft.COLD_FULL
    if not sum(needs[point.id][day] for day in days):
        return LotLeft.NO_NEED
    return None


def _offer(
    lot: Lot,
    obstacles: Mapping[str, LotLeft | None],
    needs: _Needs,
    cold: dict[str, int | None],
    as_of: date,
) -> LotOffer:
    free = [point for point, obstacle in obstacles.items() if obstacle is None]
    days = {point: _open_days(lot, needs[point], as_of) for point in free}
    wanted = {point: sum(needs[point][day] for day in days[point]) for point in free}
    most = dict(wanted)
    if lot.cold_chain is not False:
        most = {point: min(wanted[point], cold[point] or 0) for point in free}
    given = split(lot.portions, wanted, most)
    for point, portions in given.items():
        _consume(needs[point], days[point], portions)
        if lot.cold_chain is not False:
            cold[point] = (cold[point] or 0) - portions
    left = lot.portions - sum(given.values())
    why: dict[LotLeft, list[str]] = {}
    if lot.expires_on < as_of:
        why = {LotLeft.EXPIRED: []}
    elif left:
        for point, obstacle in obstacles.items():
            at_limit = LotLeft.COLD_FULL if most.get(point, 0) < wanted.get(point, 0) else None
            why.setdefault(obstacle or at_limit or LotLeft.NO_NEED, []).append(point)
    return LotOffer(
        lot=lot,
        shares=tuple(
            LotShare(point_id=point, portions=portions, from_day=days[point][0])
            for point, portions in given.items()
            if portions
        ),
        left=left,
        why=tuple((one, tuple(why[one])) for one in LotLeft if one in why),
    )


def _consume(needs: dict[date, int], days: Sequence[date], portions: int) -> None:
    """Take portions from the needs of the earliest days: later lots may serve the later ones."""
    for day in days:
        taken = min(portions, needs[day])
        needs[day] -= taken
        portions -= taken
