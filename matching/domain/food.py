"""Points that hand out food, families that go there week by week, and surplus that is given."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from matching.domain.accompaniment import Weekday
from matching.domain.assessment import Level
from matching.domain.means import Means


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekSlot:
    """Hours of a day of every week."""

    day: Weekday
    starts: time
    ends: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """Days on which a point is closed; the last one counts, and is the first where None."""

    first: date
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the point is closed on a day."""
        return self.first <= day <= (self.first if self.last is None else self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodPoint:
    """A place that hands out food.

    ``capacity`` is how many households it can serve in a week; ``cold_portions`` how many portions
    fit in its fridges, 0 without any, None where nobody asked.
    """

    id: str
    municipality: str
    openings: tuple[WeekSlot, ...]
    capacity: int
    cold_portions: int | None = None
    closed: tuple[Closure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodAnswers:
    """What a family was asked; None where nobody asked.

    ``means`` are those that it has, ``free`` the hours at which somebody can go, ``point`` where it
    goes already. ``level`` is that of the need that was recorded, ``since`` the day from which it
    waits.
    """

    means: frozenset[Means] | None = None
    free: tuple[WeekSlot, ...] | None = None
    point: str | None = None
    level: Level | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodSought:
    """A family that needs food: where it lives, how many people, and what it said."""

    household_id: str
    municipality: str | None
    people: int
    answers: FoodAnswers


class Stay(StrEnum):
    """How a family is served in a week.

    At its usual point; at one that becomes the usual one; at another for this week alone, since the
    usual one is closed or has no room for one more to stay; or not at all.
    """

    USUAL = "usual"
    NEW = "new"
    COVER = "cover"
    NONE = "none"


class Unserved(StrEnum):
    """Why a family has no point in a week."""

    HOME_UNKNOWN = "home_unknown"
    OUT_OF_REACH = "out_of_reach"
    HOURS = "hours"
    CLOSED = "closed"
    NO_ROOM = "no_room"


class FoodAsk(StrEnum):
    """What is still to be asked of a family."""

    HOME = "home"
    MEANS = "means"
    HOURS = "hours"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodWeek:
    """One week of one family, seven days from ``starts``.

    ``on`` is the first day on which the point is open when somebody can go, ``slot`` its hours on
    that day; ``minutes`` is the way there, None where it is not known. ``why`` says why there is no
    point.
    """

    starts: date
    stay: Stay
    point_id: str | None = None
    on: date | None = None
    slot: WeekSlot | None = None
    minutes: float | None = None
    why: Unserved | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyFood:
    """The weeks of one family, and what to ask it."""

    household_id: str
    municipality: str | None
    people: int
    weeks: tuple[FoodWeek, ...]
    to_ask: tuple[FoodAsk, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PointWeek:
    """One week of one point: open days, households and people served."""

    point_id: str
    starts: date
    open_days: tuple[date, ...]
    households: int
    people: int
    capacity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodPlan:
    """What is proposed for some weeks. ``points`` are in order of point and week."""

    families: tuple[FamilyFood, ...]
    points: tuple[PointWeek, ...]

    @property
    def unmet(self) -> tuple[tuple[FamilyFood, FoodWeek], ...]:
        """Every week of a family without a point."""
        return tuple(
            (family, week)
            for family in self.families
            for week in family.weeks
            if week.stay is Stay.NONE
        )


class LotKind(StrEnum):
    """Kinds of surplus."""

    BREAD = "bread"
    FRUIT_VEGETABLES = "fruit_vegetables"
    DAIRY = "dairy"
    MEAT_FISH = "meat_fish"
    COOKED = "cooked"
    FROZEN = "frozen"
    DRY = "dry"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """Surplus that somebody gives.

    ``expires_on`` is the last day on which it may be handed out, as the giver says; ``ready_on`` is
    the first on which it can be picked up, at once where None. ``cold_chain`` is None where nobody
    said, and it is then kept cold. ``pick_up`` is an ISTAT code.
    """

    id: str
    kind: LotKind
    portions: int
    expires_on: date
    pick_up: str
    cold_chain: bool | None = None
    ready_on: date | None = None


class LotLeft(StrEnum):
    """Why portions of a lot are not placed."""

    EXPIRED = "expired"
    TOO_FAR = "too_far"
    NO_OPEN_DAY = "no_open_day"
    NO_COLD = "no_cold"
    COLD_UNKNOWN = "cold_unknown"
    COLD_FULL = "cold_full"
    NO_NEED = "no_need"


@dataclass(frozen=True, slots=True, kw_only=True)
class LotShare:
    """Portions offered to a point, which can first hand them out on a day."""

    point_id: str
    portions: int
    from_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LotOffer:
    """Where a lot goes: shares and what is left add up to its portions.

    ``why`` says, of what is left, for which points what stands in the way; of a lot that is past
    its day no point is named.
    """

    lot: Lot
    shares: tuple[LotShare, ...]
    left: int
    why: tuple[tuple[LotLeft, tuple[str, ...]], ...]
