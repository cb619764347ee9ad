"""Which points a family can reach, and when it can go there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from matching.accompaniment.food.points import is_closed
from matching.accompaniment.food.policy import FoodPolicy
from matching.accompaniment.getting_there import minutes_by
from matching.domain import Weekday
from matching.domain.food import FoodAsk, FoodPoint, FoodSought, WeekSlot
from matching.domain.means import Means
from matching.territory import Territory

_WEEK = tuple(Weekday)
_WITHOUT_ASKING = frozenset({Means.ON_FOOT, Means.PUBLIC_TRANSPORT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A point for a family: the hours at which both can, and the minutes of the way.

    ``within_reach`` says whether it is as near as the territory asks; ``minutes`` is None where the
    home is not known.
    """

    point: FoodPoint
    minutes: float | None
    within_reach: bool
    slots: tuple[WeekSlot, ...]

    def first_day(self, days: Sequence[date]) -> tuple[date, WeekSlot] | None:
        """The first of some days on which the family can go, with the hours of the point."""
        for day in days:
            if is_closed(self.point, day):
                continue
            for slot in self.slots:
                if slot.day is _WEEK[day.weekday()]:
                    return day, slot
        return None


def ways(
    family: FoodSought, points: Sequence[FoodPoint], policy: FoodPolicy, territory: Territory
) -> tuple[Way, ...]:
    """Every point for a family, the nearest first; by id where two are as near."""
    found = [_way(family, point, policy, territory) for point in points]
    return tuple(
        sorted(
            found,
            key=lambda way: (float("inf") if way.minutes is None else way.minutes, way.point.id),
        )
    )


def to_ask(family: FoodSought) -> tuple[FoodAsk, ...]:
    """What was not asked and would change what is proposed."""
    answers = family.answers
    missing = {
        FoodAsk.HOME: family.municipality is None,
        FoodAsk.MEANS: answers.means is None,
        FoodAsk.HOURS: answers.free is None,
    }
    return tuple(ask for ask, is_missing in missing.items() if is_missing)


def _way(family: FoodSought, point: FoodPoint, policy: FoodPolicy, territory: Territory) -> Way:
    minutes, within_reach = None, False
    if family.municipality is not None:
        means = family.answers.means or _WITHOUT_ASKING
        taken = {
            one: minutes_by(
                one,
                family.municipality,
                point.municipality,
                territory,
                on_foot_within=policy.on_foot_within_minutes,
            )
            for one in means
        }
        near = [spent for one, spent in taken.items() if spent <= policy.farthest_minutes[one]]
        within_reach = bool(near)
        minutes = min(near or taken.values())
    return Way(
        point=point,
        minutes=minutes,
        within_reach=within_reach,
        slots=tuple(_slots(family, point, policy)),
    )


def _slots(family: FoodSought, point: FoodPoint, policy: FoodPolicy) -> Iterator[WeekSlot]:
    """Opening hours at which somebody of the family can go, in the order of the week.

    Where nobody asked when, all of them: it stays to be asked.
    """
    openings = sorted(point.openings, key=lambda slot: (_WEEK.index(slot.day), slot.starts))
    free = family.answers.free
    for opening in openings:
        if free is None or any(_overlap(opening, one) >= policy.least_minutes for one in free):
            yield opening


def _overlap(first: WeekSlot, second: WeekSlot) -> float:
    if first.day is not second.day:
        return 0
    starts, ends = max(first.starts, second.starts), min(first.ends, second.ends)
    return _minutes(ends) - _minutes(starts)


def _minutes(hour: time) -> float:
    return 60 * hour.hour + hour.minute + hour.second / 60
