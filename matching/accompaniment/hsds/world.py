"""Where an import looks things up: places, areas, concepts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from matching.accompaniment.catalogue import WHOLE_TERRITORY
from matching.normalisation import plain
from matching.taxonomy import Taxonomy
from matching.territory import Territory

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WHOLE = re.compile(r"\d{1,9}(?:\.0+)?", re.ASCII)
_LONGEST_SLUG = 60


@dataclass(frozen=True)
class World:
    """Territory, taxonomy, and the day of the import."""

    territory: Territory
    taxonomy: Taxonomy
    as_of: date

    @cached_property
    def places(self) -> frozenset[str]:
        """ISTAT codes of the territory and around it."""
        territory = self.territory
        return frozenset(town.istat for town in (*territory.municipalities, *territory.neighbours))

    @cached_property
    def areas(self) -> Mapping[str, str]:
        """Codes of an area, by themselves and by the plain name of what they stand for."""
        territory = self.territory
        towns = {plain(town.name): town.istat for town in territory.municipalities}
        ambiti = {plain(ambito.name): ambito.code for ambito in territory.ambiti}
        codes = {*self.places, *ambiti.values(), WHOLE_TERRITORY}
        return {
            **towns,
            **ambiti,
            plain(territory.name): WHOLE_TERRITORY,
            **{code: code for code in codes},
        }

    @cached_property
    def skills(self) -> frozenset[str]:
        """URIs of the skills that a catalogue can name."""
        return frozenset(concept.uri for concept in self.taxonomy.skills)

    def place_called(self, name: str) -> str | None:
        """The ISTAT code of a municipality that somebody wrote."""
        found = self.territory.find_municipality(name) if name else None
        return None if found is None else found.istat


def day_of(text: str) -> date | None:
    """The day of an ISO date, None for anything else."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def whole_of(text: str) -> int | None:
    """A whole number that is not negative, also written ``18.0``; None for anything else."""
    return int(text.partition(".")[0]) if _WHOLE.fullmatch(text) else None


def slug_of(name: str, taken: set[str], otherwise: str) -> str:
    """A slug made of a name, that nobody has yet."""
    words = re.sub(r"[^a-z0-9]+", "-", plain(name)).strip("-")[:_LONGEST_SLUG].strip("-")
    first = words or otherwise
    number, slug = 1, first
    while slug in taken:
        number += 1
        slug = f"{first}-{number}"
    return slug
