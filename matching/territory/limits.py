"""For how long a territory takes what it knows for current: ``[limits]`` of ``territory.toml``."""

from dataclasses import dataclass

from matching.territory.reading import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How old a profile and a vacancy may be before they leave the pool, visibly.

    ``profile_months`` count from the day on which the profile was last confirmed, ``vacancy_days``
    from the opening of a vacancy that states no deadline. They are no times of retention: what
    leaves the pool is kept, and comes back once somebody confirms it. ``service_months`` is after
    how long a service of the catalogue, which stays in it, is shown as not confirmed lately; None
    where the territory sets no such limit.
    """

    profile_months: int
    vacancy_days: int
    reason: str
    source: str
    service_months: int | None = None


def read_limits(table: Table) -> Limits:
    """Read the whole table; a fault is a ``TerritoryError``."""
    given = "service_months" in table.values
    limits = Limits(
        profile_months=table.whole("profile_months"),
        vacancy_days=table.whole("vacancy_days"),
        reason=table.text("reason"),
        source=table.text("source"),
        service_months=table.whole("service_months") if given else None,
    )
    table.finish()
    return limits
