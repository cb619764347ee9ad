"""A point for every family, week after week.

Who goes to a point already keeps it as long as it has room, wherever it is. Then, by the recorded
need, each other family has the nearest point with room that is open when she can go: for good if
the point has room for one more to stay, else for that week alone. A place is kept for whoever is
away while a point is closed. What a week does not have is said, with why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256

from matching.accompaniment.food.points import check_going, days_from, is_open
from matching.accompaniment.food.policy import FoodPolicy
from matching.accompaniment.food.reaching import Way, to_ask, ways
from matching.domain import Level
from matching.domain.food import (
    FamilyFood,
    FoodPlan,
    FoodPoint,
    FoodSought,
    FoodWeek,
    PointWeek,
    Stay,
    Unserved,
)
from matching.territory import Territory

_DAYS = 7
# What is not known is taken for no less than a serious need.
_FIRST = (Level.URGENT, Level.SERIOUS, Level.MILD, Level.NONE)


@dataclass(slots=True)
class _Book:
    """Who stays where, and who was served this week."""

    capacity: Mapping[str, int]
    stays: dict[str, str] = field(default_factory=dict)
    staying: dict[str, int] = field(default_factory=dict)
    served: dict[str, int] = field(default_factory=dict)

    def has_room_to_stay(self, point: str) -> bool:
        return self.staying.get(point, 0) < self.capacity[point]

    def has_room(self, point: str) -> bool:
        return self.served.get(point, 0) < self.capacity[point]

    def stay(self, family: str, point: str) -> None:
        self.stays[family] = point
        self.staying[point] = self.staying.get(point, 0) + 1

    def serve(self, point: str) -> None:
        self.served[point] = self.served.get(point, 0) + 1


def plan_weeks(
    families: Sequence[FoodSought],
    points: Sequence[FoodPoint],
    *,
    policy: FoodPolicy,
    territory: Territory,
    weeks: int,
    as_of: date,
) -> FoodPlan:
    """Propose a point to every family for some weeks.

    Parameters
    ----------
    families, points
        In any order: the proposal is the same.
    policy, territory
        How far one is sent, and the ways between places.
    weeks
        How many, of seven days each, from ``as_of``.
    as_of
        The first day.

    Raises
    ------
    InputError
        For a family given twice, or one that goes to a point that is not among those given.
    TerritoryError
        For a municipality that the territory does not know.
    """
    check_going(families, points)
    ordered = sorted(families, key=_order)
    known = {one.household_id: ways(one, points, policy, territory) for one in ordered}
    book = _Book(capacity={point.id: point.capacity for point in points})
    for family in ordered:
        kept = family.answers.point
        if kept is not None and book.has_room_to_stay(kept) and _can_go(known, family, kept):
            book.stay(family.household_id, kept)
    starts = [as_of + timedelta(days=_DAYS * number) for number in range(weeks)]
    found: dict[str, list[FoodWeek]] = {one.household_id: [] for one in ordered}
    for start in starts:
        for family_id, week in _week(ordered, known, book, start).items():
            found[family_id].append(week)
    shown = tuple(
        FamilyFood(
            household_id=one.household_id,
            municipality=one.municipality,
            people=one.people,
            weeks=tuple(found[one.household_id]),
            to_ask=to_ask(one),
        )
        for one in sorted(ordered, key=lambda one: one.household_id)
    )
    return FoodPlan(families=shown, points=_points(points, shown, starts))


def _order(family: FoodSought) -> tuple[int, date, str]:
    """By the recorded need, then by who waits longest, then by a lot that no name weighs in."""
    level = family.answers.level
    known = Level.SERIOUS if level is None or level is Level.UNKNOWN else level
    need = _FIRST.index(known)
    drawn = sha256(family.household_id.encode()).hexdigest()
    return need, family.answers.since or date.max, drawn


def _can_go(known: Mapping[str, tuple[Way, ...]], family: FoodSought, point: str) -> bool:
    return any(way.point.id == point and way.slots for way in known[family.household_id])


def _week(
    ordered: Sequence[FoodSought],
    known: Mapping[str, tuple[Way, ...]],
    book: _Book,
    start: date,
) -> dict[str, FoodWeek]:
    days = days_from(start, _DAYS)
    book.served.clear()
    week: dict[str, FoodWeek] = {}
    for family in ordered:
        usual = book.stays.get(family.household_id)
        if usual is not None:
            way = next(one for one in known[family.household_id] if one.point.id == usual)
            if way.first_day(days) is not None:
                week[family.household_id] = _served(way, Stay.USUAL, days, book)
    for family in sorted(ordered, key=lambda one: _after(one, book)):
        if family.household_id not in week:
            week[family.household_id] = _other(family, known[family.household_id], book, days)
    return week


def _after(family: FoodSought, book: _Book) -> tuple[int, int, date, str]:
    """As the order of all, but of equal need those first whose usual point is closed."""
    need, since, drawn = _order(family)
    return need, int(family.household_id not in book.stays), since, drawn


def _other(
    family: FoodSought, found: Sequence[Way], book: _Book, days: tuple[date, ...]
) -> FoodWeek:
    if family.municipality is None:
        return _none(days, Unserved.HOME_UNKNOWN)
    near = [way for way in found if way.within_reach]
    fitting = [way for way in near if way.slots]
    opened = [way for way in fitting if way.first_day(days) is not None]
    free = [way for way in opened if book.has_room(way.point.id)]
    if family.household_id in book.stays:
        if free:
            return _served(free[0], Stay.COVER, days, book)
    else:
        for way in free:
            if book.has_room_to_stay(way.point.id):
                book.stay(family.household_id, way.point.id)
                return _served(way, Stay.NEW, days, book)
        if free:
            return _served(free[0], Stay.COVER, days, book)
    for remaining, why in (
        (near, Unserved.OUT_OF_REACH),
        (fitting, Unserved.HOURS),
        (opened, Unserved.CLOSED),
    ):
        if not remaining:
            return _none(days, why)
    return _none(days, Unserved.NO_ROOM)


def _served(way: Way, stay: Stay, days: tuple[date, ...], book: _Book) -> FoodWeek:
    book.serve(way.point.id)
    on, slot = way.first_day(days) or (None, None)
    return FoodWeek(
        starts=days[0], stay=stay, point_id=way.point.id, on=on, slot=slot, minutes=way.minutes
    )


def _none(days: tuple[date, ...], why: Unserved) -> FoodWeek:
    return FoodWeek(starts=days[0], stay=Stay.NONE, why=why)


def _points(
    points: Sequence[FoodPoint], families: Sequence[FamilyFood], starts: Sequence[date]
) -> tuple[PointWeek, ...]:
    households: dict[tuple[str, date], list[int]] = {}
    for family in families:
        for week in family.weeks:
            if week.point_id is not None:
                households.setdefault((week.point_id, week.starts), []).append(family.people)
    return tuple(
        PointWeek(
            point_id=point.id,
            starts=start,
            open_days=tuple(day for day in days_from(start, _DAYS) if is_open(point, day)),
            households=len(households.get((point.id, start), ())),
            people=sum(households.get((point.id, start), ())),
            capacity=point.capacity,
        )
        for point in sorted(points, key=lambda one: one.id)
        for start in starts
    )
