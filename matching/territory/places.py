"""Municipalities and the places of the hub."""

from dataclasses import dataclass
from datetime import date

from matching.territory.names import spelling_variants


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """A municipality of the territory, or a neighbour, which belongs to no ambito.

    ``latitude`` and ``longitude`` are the centre of the built-up area where it is known, otherwise
    of the boundaries. ``population`` is known for the territory only.
    """

    istat: str
    name: str
    province: str
    latitude: float
    longitude: float
    ambito: str | None = None
    ambito_checked: bool = True
    note: str = ""
    postcodes: tuple[str, ...] = ()
    population: int | None = None
    population_year: int | None = None
    other_names: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    ambiguous_names: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name as people write it, the official one first."""
        return (self.name, *self.other_names, *self.former_names)

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every normalised spelling, the official one first."""
        found = (spelling for name in self.names for spelling in spelling_variants(name))
        return tuple(dict.fromkeys(found))

    @property
    def ambiguous_spellings(self) -> frozenset[str]:
        """Normalised spellings that are also ordinary words, surnames or other places."""
        return frozenset(
            spelling for name in self.ambiguous_names for spelling in spelling_variants(name)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambito:
    """A group of municipalities that plan their social services together."""

    code: str
    name: str
    municipalities: int
    source: str
    dated: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A welfare point of a hub, in a municipality of its ambito."""

    id: str
    name: str
    municipality: str
    hub: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetedPlacement:
    """The public office to which vacancies reserved by L. 68/1999 are referred.

    ``site`` is the host of its public pages, None where it is not certain.
    """

    office: str
    province: str
    site: str | None
    source: str
    dated: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """The hub of an ambito. ``example`` marks a placeholder that nobody has replaced yet."""

    id: str
    name: str
    ambito: str
    municipality: str
    example: bool
    points: tuple[Point, ...]
