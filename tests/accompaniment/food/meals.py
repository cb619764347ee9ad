"""Points, families and surplus made up here, for tests that are worked by hand."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from matching.accompaniment.food import FoodPolicy, plan_weeks
from matching.domain import Weekday
from matching.domain.food import (
    FamilyFood,
    FoodAnswers,
    FoodPlan,
    FoodPoint,
    FoodSought,
    Lot,
    LotKind,
    WeekSlot,
)
from matching.domain.means import Means
from tests.factories import HILL, a_territory

MONDAY = date(2026, 11, 30)
AS_OF = MONDAY
TERRITORY = a_territory()


def a_policy(**known: Any) -> FoodPolicy:
    given: dict[str, Any] = {
        "valid_from": date(2026, 1, 1),
        "valid_to": date(2027, 12, 31),
        "farthest_minutes": {Means.ON_FOOT: 30, Means.PUBLIC_TRANSPORT: 50, Means.CAR: 30},
        "on_foot_within_minutes": 15,
        "least_minutes": 20,
        "portions_per_person": 4,
        "pick_up_minutes": 40,
        "reasons": {},
    }
    return FoodPolicy(**(given | known))


def a_slot(day: str, starts: str = "09:00", ends: str = "12:00") -> WeekSlot:
    return WeekSlot(
        day=Weekday(day), starts=time.fromisoformat(starts), ends=time.fromisoformat(ends)
    )


def a_point(id: str = "p", *days: str, **known: Any) -> FoodPoint:
    given: dict[str, Any] = {
        "municipality": HILL,
        "openings": tuple(a_slot(day) for day in days or ("tue",)),
        "capacity": 2,
        "cold_portions": 100,
    }
    return FoodPoint(id=id, **(given | known))


def a_family(id: str = "f", **known: Any) -> FoodSought:
    fields = FoodAnswers.__dataclass_fields__
    answers = {name: known.pop(name) for name in tuple(known) if name in fields}
    given: dict[str, Any] = {"municipality": HILL, "people": 2}
    return FoodSought(household_id=id, **(given | known), answers=FoodAnswers(**answers))


def a_lot(id: str = "l", **known: Any) -> Lot:
    given: dict[str, Any] = {
        "kind": LotKind.BREAD,
        "portions": 10,
        "expires_on": date(2026, 12, 6),
        "pick_up": HILL,
        "cold_chain": False,
    }
    return Lot(id=id, **(given | known))


def planned(
    families: Sequence[FoodSought], points: Sequence[FoodPoint], *, weeks: int = 1, **policy: Any
) -> FoodPlan:
    return plan_weeks(
        families,
        points,
        policy=a_policy(**policy),
        territory=TERRITORY,
        weeks=weeks,
        as_of=AS_OF,
    )


def of(plan: FoodPlan, id: str) -> FamilyFood:
    return next(one for one in plan.families if one.household_id == id)


def where(plan: FoodPlan, id: str) -> list[str | None]:
    """Where a family goes, week after week."""
    return [week.point_id for week in of(plan, id).weeks]
