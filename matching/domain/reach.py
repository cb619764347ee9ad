"""How many vacancies a person could take up, and what a service would add to them."""

from dataclasses import dataclass
from enum import StrEnum


class Barrier(StrEnum):
    """What keeps somebody from vacancies and a service can lift, without teaching anything.

    The hours that she can give, the shifts that she refuses, the vehicle that she has not.
    """

    HOURS = "hours"
    SHIFTS = "shifts"
    VEHICLE = "vehicle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The vacancies that suit a person: those open on a day, and those usual in a month.

    ``suitable`` counts the open ones that suit her, ``near`` those of them within ``near_minutes``
    from door to door by the means she has, ``unknown`` those of which the journey is not known.
    ``expected`` is how many employers would shortlist her, were she proposed for all that suit her:
    the sum of the chances; None where the ranker has learnt none. ``monthly`` is how many suit
    her in a usual month, and ``monthly_expected`` the same sum over them; None where the hub has no
    past to count.
    """

    suitable: int
    near: int
    near_minutes: int
    unknown: int
    expected: float | None
    monthly: float | None
    monthly_expected: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachGain:
    """What one service alone would open: reach before and after, and the vacancies (ids) opened.

    ``first`` are the concepts (URIs) that the service requires and the profile does not show:
    what it opens counts only once they are there.
    """

    service: str
    before: Reach
    after: Reach
    opened: tuple[str, ...]
    first: tuple[str, ...] = ()

    @property
    def gain(self) -> float:
        """Vacancies more that suit her, among those open."""
        return float(self.after.suitable - self.before.suitable)
