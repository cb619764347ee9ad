"""What a territory decides about the order of a shortlist: ``[ranking]`` of ``territory.toml``."""

from dataclasses import dataclass
from enum import StrEnum

from matching.territory.reading import Table


class ExposurePolicy(StrEnum):
    """Whether who was shown less comes first where scores are too close to call."""

    OFF = "off"
    NEAR_TIES = "near_ties"


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingPolicy:
    """How near ties are ordered: by what was shown in the last ``window_days`` days, or as scored.

    ``reason`` is the territory's own, for whoever asks why.
    """

    exposure: ExposurePolicy
    window_days: int
    reason: str


def read_ranking(table: Table) -> RankingPolicy:
    """Read the whole table; a fault is a ``TerritoryError``."""
    policy = RankingPolicy(
        exposure=table.choice("exposure", ExposurePolicy),
        window_days=table.whole("window_days"),
        reason=table.text("reason"),
    )
    table.finish()
    return policy
