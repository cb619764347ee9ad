"""Points and lots as they are given: what cannot be is refused; on which days a point is open."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from matching.accompaniment.getting_there import known_place
from matching.domain import Weekday
from matching.domain.food import FoodPoint, FoodSought, Lot
from matching.errors import InputError
from matching.territory import Territory

_WEEK = tuple(Weekday)


def is_open(point: FoodPoint, day: date) -> bool:
    """Whether a point opens on a day."""
    weekday = _WEEK[day.weekday()]
    return any(slot.day is weekday for slot in point.openings) and not is_closed(point, day)


def is_closed(point: FoodPoint, day: date) -> bool:
    """Whether a day is one of those on which it stays closed."""
    return any(closure.covers(day) for closure in point.closed)


def days_from(starts: date, count: int) -> tuple[date, ...]:
    """So many days in a row."""
    return tuple(starts + timedelta(days=number) for number in range(count))


def check_points(points: Sequence[FoodPoint], territory: Territory) -> None:
    """Refuse points that cannot be.

    Raises
    ------
    InputError
        Naming the point and the field: an id used twice, a municipality that the territory does
        not know, no opening hours, hours or closures that end before they begin.
    """
    _apart("point", [one.id for one in points])
    for point in points:
        where = f"point {point.id!r}"
        known_place(point.municipality, territory, f"{where}: municipality")
        if not point.openings:
            raise InputError(f"{where}: openings is empty; write when it is open.")
        for number, slot in enumerate(point.openings):
            if slot.ends <= slot.starts:
                raise InputError(
                    f"{where}: openings[{number}].ends is not after starts; correct one."
                )
        for number, closure in enumerate(point.closed):
            if closure.last is not None and closure.last < closure.first:
                raise InputError(f"{where}: closed[{number}].last is before first; correct one.")


def check_lots(lots: Sequence[Lot], territory: Territory) -> None:
    """Refuse lots that cannot be.

    Raises
    ------
    InputError
        Naming the lot and the field: an id used twice, no portions, a place that the territory does
        not know, a first day after the last.
    """
    _apart("lot", [one.id for one in lots])
    for lot in lots:
        where = f"lot {lot.id!r}"
        known_place(lot.pick_up, territory, f"{where}: pick_up")
        if lot.portions == 0:
            raise InputError(f"{where}: portions is 0; write how many there are.")
        if lot.ready_on is not None and lot.expires_on < lot.ready_on:
            raise InputError(f"{where}: expires_on is before ready_on; correct one.")


def check_going(families: Sequence[FoodSought], points: Sequence[FoodPoint]) -> None:
    """Refuse families given twice, or that go to a point that is not among those given.

    Raises
    ------
    InputError
        Naming the household and the point.
    """
    _apart("household", [one.household_id for one in families])
    known = {point.id for point in points}
    for family in families:
        if family.answers.point is not None and family.answers.point not in known:
            raise InputError(
                f"household {family.household_id!r}: food.point = {family.answers.point!r} is none "
                "of the points; write the id of one, or leave it out."
            )


def _apart(what: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for one in ids:
        if not one.strip():
            raise InputError(f"A {what} has a blank id; give it one.")
        if one in seen:
            raise InputError(f"The id {one!r} is that of two {what}s; identifiers must differ.")
        seen.add(one)
