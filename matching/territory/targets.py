"""What a territory set out to reach: ``targets.toml``, for the progress that is reported.

People, households, opportunities and places on a course are different things and are counted apart.
"""

from dataclasses import dataclass
from enum import StrEnum

from matching.errors import TerritoryError
from matching.territory.reading import Table


class TargetKind(StrEnum):
    """What is counted."""

    PEOPLE_ACCOMPANIED = "people_accompanied"
    HOUSING_OPPORTUNITIES = "housing_opportunities"
    JOB_OPPORTUNITIES = "job_opportunities"
    FAMILIES_WITH_FOOD = "families_with_food"
    COURSE_PLACES = "course_places"

    @property
    def counts(self) -> "Counted":
        """What one of them is."""
        return _COUNTED[self]


class Counted(StrEnum):
    """Units that are never added up with one another."""

    PEOPLE = "people"
    HOUSEHOLDS = "households"
    OPPORTUNITIES = "opportunities"
    PLACES = "places"


_COUNTED = {
    TargetKind.PEOPLE_ACCOMPANIED: Counted.PEOPLE,
    TargetKind.HOUSING_OPPORTUNITIES: Counted.OPPORTUNITIES,
    TargetKind.JOB_OPPORTUNITIES: Counted.OPPORTUNITIES,
    TargetKind.FAMILIES_WITH_FOOD: Counted.HOUSEHOLDS,
    TargetKind.COURSE_PLACES: Counted.PLACES,
}


class Period(StrEnum):
    """In which time a number is to be reached: each year, once in some months, or in all."""

    YEAR = "year"
    MONTHS = "months"
    PROJECT = "project"


class Per(StrEnum):
    """What a number is for: the whole territory, or each hub."""

    TERRITORY = "territory"
    HUB = "hub"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A number to reach.

    ``months`` is how long the period is: 12 of a year, those written where the period is months,
    None where the documents say no time (``project``). ``services`` are slugs of the catalogue
    that the number is about, where it is about some. ``assumed`` marks what no document says;
    ``reason`` then says why, and is empty otherwise.
    """

    kind: TargetKind
    number: int
    period: Period
    months: int | None
    per: Per
    services: tuple[str, ...]
    source: str
    assumed: bool
    reason: str


def read_targets(table: Table) -> tuple[Target, ...]:
    """Read the whole file; a fault is a ``TerritoryError``."""
    targets = tuple(_target(item) for item in table.tables("target"))
    table.finish()
    seen: set[tuple[TargetKind, Period, Per, tuple[str, ...]]] = set()
    for target in targets:
        one = (target.kind, target.period, target.per, target.services)
        if one in seen:
            raise TerritoryError(
                f"{table.where}: kind = {target.kind.value!r} is set twice for the same period; "
                "remove one"
            )
        seen.add(one)
    return targets


def _target(table: Table) -> Target:
    period = table.choice("period", Period)
    assumed = table.flag("assumed")
    target = Target(
        kind=table.choice("kind", TargetKind),
        number=table.whole("number"),
        period=period,
        months=_months(table, period),
        per=table.choice("per", Per),
        services=table.texts("services") if "services" in table.values else (),
        source=table.text("source"),
        assumed=assumed,
        reason=table.text("reason") if assumed else "",
    )
    table.finish()
    return target


def _months(table: Table, period: Period) -> int | None:
    if period is Period.MONTHS:
        return table.whole("months")
    return 12 if period is Period.YEAR else None
