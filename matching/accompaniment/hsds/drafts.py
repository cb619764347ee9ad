"""What an import found: entries that are complete, and entries that a person has to complete."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from matching.accompaniment.catalogue import Catalogue, Provider, Service
from matching.accompaniment.hsds.findings import Finding, Gravity


class Mode(StrEnum):
    """What to do where some services cannot be used: take none, or the good ones."""

    ALL = "all"
    GOOD = "good"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A provider or a service: what is known of it by field, and the fields still missing."""

    slug: str
    values: Mapping[str, Any]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What was read of a file; ``read`` counts its services, ``bad`` those that cannot be used."""

    valid_from: date
    valid_to: date
    providers: tuple[Draft, ...]
    services: tuple[Draft, ...]
    findings: tuple[Finding, ...]
    read: int
    bad: int

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps services out."""
        return tuple(one for one in self.findings if one.gravity is Gravity.ERROR)

    @property
    def incomplete(self) -> int:
        """Entries that a person has to complete before the catalogue can be used."""
        return sum(bool(draft.missing) for draft in (*self.providers, *self.services))

    def catalogue(self) -> Catalogue | None:
        """The catalogue, None while something is missing, or where nothing was taken."""
        if self.incomplete or not self.services:
            return None
        return Catalogue(
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            providers={draft.slug: Provider(**draft.values) for draft in self.providers},
            services=tuple(Service(**draft.values) for draft in self.services),
        )
