"""The whole territory, and how a written name finds its municipality."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from matching.errors import TerritoryError
from matching.territory.journeys import Journey, Journeys, all_journeys
from matching.territory.limits import Limits
from matching.territory.names import normalise_place, split_province
from matching.territory.places import Ambito, Hub, Municipality, Point, TargetedPlacement
from matching.territory.policies import RankingPolicy
from matching.territory.priorities import Policy
from matching.territory.targets import Target
from matching.territory.travel import Mode, TravelParameters

_LONGEST_NAME = 200  # with province, postcode and country; anything longer is not a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where data of the territory come from."""

    what: str
    origin: str
    licence: str
    dated: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the hubs of the territory are staffed, and how many people they expect.

    ``reason`` says which of these are assumptions; it is empty where the documents say them all.
    """

    community_managers_per_hub: int
    corporate_manager_scope: Literal["hub", "territory"]
    points_per_hub: int
    cases_per_year: int
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Territory:
    """One validated territory folder.

    ``municipalities_stated`` is the number in the project's documents; ``notes`` says by language
    why it differs from the rows that are here. ``targets`` are what it set out to reach, none where
    it has no ``targets.toml``. ``timetable`` is the GTFS feed of its public transport, if there is
    one.
    """

    code: str
    name: str
    province_code: str
    valid_from: date
    municipalities_stated: int
    notes: Mapping[str, str]
    provinces: Mapping[str, str]
    ambiti: tuple[Ambito, ...]
    municipalities: tuple[Municipality, ...]
    neighbours: tuple[Municipality, ...]
    hubs: tuple[Hub, ...]
    settings: Settings
    travel: TravelParameters
    ranking: RankingPolicy
    targeted_placement: TargetedPlacement
    limits: Limits
    policy: Policy
    sources: tuple[Source, ...]
    targets: tuple[Target, ...] = ()
    timetable: Path | None = None

    @property
    def points(self) -> tuple[Point, ...]:
        """The welfare points of all hubs."""
        return tuple(point for hub in self.hubs for point in hub.points)

    @property
    def ambiguous_spellings(self) -> frozenset[str]:
        """Spellings that a text may use for something that is no place."""
        return self._ambiguous

    def municipality(self, istat: str) -> Municipality:
        """Return the municipality or neighbour with this ISTAT code."""
        found = self._by_istat.get(istat)
        if found is None:
            raise TerritoryError(
                f"territory {self.code!r}: no municipality has the ISTAT code {istat!r}; "
                "use a code of municipalities.csv or neighbours.csv"
            )
        return found

    def find_municipality(self, text: str) -> Municipality | None:
        """Find the municipality that a person wrote, None when it is not known here.

        A province beside the name must agree with it. Another province of the area is forgiven,
        because boundaries have moved, unless the name alone is ambiguous.
        """
        known = self._by_spelling.get(normalise_place(text))
        if known is not None:
            return known
        if len(text) > _LONGEST_NAME:
            return None
        place, province = split_province(text, self.provinces)
        spelling = normalise_place(place)
        found = self._by_spelling.get(spelling)
        if found is None or province is None or province == found.province:
            return found
        forgiven = province in self.provinces and spelling not in self._ambiguous
        return found if forgiven else None

    def hub_of(self, municipality: Municipality) -> Hub | None:
        """Return the hub that serves a municipality, None for a neighbour."""
        return next((hub for hub in self.hubs if hub.ambito == municipality.ambito), None)

    def journey(self, home: str, work: str, mode: Mode) -> Journey:
        """Return the way from one municipality to another, by their ISTAT codes.

        By public transport from the timetable where it joins the two, else estimated: ``basis``
        says which.
        """
        for istat in (home, work):
            self.municipality(istat)
        return self.journeys.journey(home, work, mode)

    @cached_property
    def journeys(self) -> Journeys:
        """The ways between all municipalities and neighbours, computed once.

        A timetable is read at the first use, which may take seconds and raise a
        ``TerritoryError``.
        """
        return all_journeys(tuple(self._by_istat.values()), self.travel, self.timetable)

    def spellings(self) -> Iterator[tuple[str, str]]:
        """Yield every normalised spelling with its ISTAT code; see also ``ambiguous_spellings``."""
        return ((spelling, place.istat) for spelling, place in self._by_spelling.items())

    @cached_property
    def _by_istat(self) -> dict[str, Municipality]:
        return {place.istat: place for place in (*self.municipalities, *self.neighbours)}

    @cached_property
    def _by_spelling(self) -> dict[str, Municipality]:
        return {s: place for place in self._by_istat.values() for s in place.spellings}

    @cached_property
    def _ambiguous(self) -> frozenset[str]:
        return frozenset(
            spelling for place in self._by_istat.values() for spelling in place.ambiguous_spellings
        )
