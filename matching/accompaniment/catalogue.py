"""The catalogue of local services, as values: who offers what, for whom, where and when.

What the fields mean is written at the head of ``services.toml``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from matching.domain import (
    Audience,
    Band,
    Contact,
    Difficulty,
    Freshness,
    Grade,
    Interpreting,
    Measure,
    Need,
    PaperAsked,
    Payer,
    Weekday,
)
from matching.domain.days import months_later
from matching.domain.reach import Barrier

WHOLE_TERRITORY = "territory"
"""The area of a service that is for people of the whole territory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Who offers services."""

    slug: str
    name: str
    kind: str
    municipality: str
    example: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A measure offered by a provider, in a place, with seats and cost.

    ``teaches`` and ``requires`` are concept URIs; ``starts`` is empty for a service that starts
    when there is a seat; ``cost_eur`` is what the fund pays for one person, in all.

    What follows ``example`` may not be known: None, or empty. ``area`` holds ISTAT codes, codes of
    ambiti, or :data:`WHOLE_TERRITORY`; ``assured`` is the day on which the entry was last
    confirmed; ``languages`` are ISO 639 codes; ``wait_days`` is the wait for a seat on that day;
    ``lifts`` is what it takes out of somebody's way without teaching anything; ``eases`` is what,
    within its needs, it is made for.
    """

    slug: str
    provider: str
    measure: Measure
    name: str
    description: str
    teaches: tuple[str, ...]
    requires: tuple[str, ...]
    needs: tuple[Need, ...]
    hours: int
    starts: tuple[date, ...]
    weekdays: tuple[Weekday, ...]
    bands: tuple[Band, ...]
    seats: int
    cost_eur: int
    paid_by: Payer
    lead_days: int
    place: str
    remote: bool
    conditions: tuple[str, ...]
    changes: str
    grade: Grade
    source: str
    example: bool
    min_age: int | None = None
    max_age: int | None = None
    audiences: tuple[Audience, ...] = ()
    documents: tuple[PaperAsked, ...] = ()
    area: tuple[str, ...] = ()
    assured: date | None = None
    languages: tuple[str, ...] = ()
    interpreting: Interpreting | None = None
    contacts: tuple[Contact, ...] = ()
    wait_days: int | None = None
    lifts: tuple[Barrier, ...] = ()
    eases: tuple[Difficulty, ...] = ()

    def next_start(self, day: date) -> date | None:
        """First edition for somebody who asks on a day; None where there is no date to wait for."""
        soonest = day + timedelta(days=self.lead_days)
        return min((start for start in self.starts if start >= soonest), default=None)

    def open_on(self, day: date) -> bool:
        """Whether somebody who asks on a day can still start."""
        return not self.starts or self.next_start(day) is not None

    def serves(self, istat: str, ambito: str | None) -> bool | None:
        """Whether it is for people who live there; None where its area is not known."""
        if not self.area:
            return None
        return WHOLE_TERRITORY in self.area or istat in self.area or ambito in self.area

    def freshness(self, day: date, months: int | None) -> Freshness:
        """Whether the entry was confirmed in the last ``months``; without a limit, ever."""
        if self.assured is None:
            return Freshness.UNDATED
        if months is None or day <= months_later(self.assured, months):
            return Freshness.FRESH
        return Freshness.STALE


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Services and their providers, valid between two dates."""

    valid_from: date
    valid_to: date
    providers: Mapping[str, Provider]
    services: tuple[Service, ...]

    def valid_on(self, day: date) -> bool:
        """Whether a day is within the validity."""
        return self.valid_from <= day <= self.valid_to

    def open_on(self, day: date) -> tuple[Service, ...]:
        """Services that somebody who asks on a day can still start; none outside validity."""
        if not self.valid_on(day):
            return ()
        return tuple(service for service in self.services if service.open_on(day))
