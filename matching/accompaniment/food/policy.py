"""What a territory decides about food: ``food.toml``, whose head says what each key means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from matching.domain.means import Means
from matching.errors import TerritoryError
from matching.territory.reading import read_toml

_FILE = "food.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodPolicy:
    """The whole of ``food.toml``.

    ``farthest_minutes`` are one way, by each means. ``least_minutes`` is how long a point must be
    open while somebody can go. ``portions_per_person`` are surplus portions a week.
    """

    valid_from: date
    valid_to: date
    farthest_minutes: Mapping[Means, float]
    on_foot_within_minutes: float
    least_minutes: float
    portions_per_person: int
    pick_up_minutes: float
    reasons: Mapping[str, str]

    def valid_on(self, day: date) -> bool:
        """Whether a day is within the validity."""
        return self.valid_from <= day <= self.valid_to


def find_food_policy(folder: Path) -> FoodPolicy | None:
    """Read and validate the rules in a territory folder, None where it has no ``food.toml``.

    Raises
    ------
    TerritoryError
        Naming file, entry, key and value: a file that is not TOML, an unknown, missing or mistyped
        key, an end before the beginning.
    """
    if not (folder / _FILE).is_file():
        return None
    file = read_toml(folder / _FILE)
    journey, hours, surplus = (file.table(key) for key in ("journey", "hours", "surplus"))
    policy = FoodPolicy(
        valid_from=file.day("valid_from"),
        valid_to=file.day("valid_to"),
        farthest_minutes={
            means: journey.number(f"{means.value}_minutes", least=1) for means in Means
        },
        on_foot_within_minutes=journey.number("on_foot_within_minutes", least=0),
        least_minutes=hours.number("least_minutes", least=1),
        portions_per_person=surplus.whole("portions_per_person"),
        pick_up_minutes=surplus.number("pick_up_minutes", least=1),
        reasons={
            "journey": journey.text("reason"),
            "hours": hours.text("reason"),
            "surplus": surplus.text("reason"),
        },
    )
    for table in (journey, hours, surplus, file):
        table.finish()
    if policy.valid_to < policy.valid_from:
        raise TerritoryError(
            f"{file.where}: valid_to = {policy.valid_to} is before valid_from = "
            f"{policy.valid_from}; correct one"
        )
    return policy
