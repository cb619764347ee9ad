"""The catalogue of local services: ``providers.toml`` and ``services.toml`` of a territory.

What the fields mean is written at the head of ``services.toml``.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from matching.domain import Grade, Measure, Need, Payer
from matching.errors import TerritoryError
from matching.taxonomy import Taxonomy
from matching.territory import Territory


class Band(StrEnum):
    """Parts of the day or week."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    WEEKEND = "weekend"


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
    weekdays: tuple[str, ...]
    time_band: tuple[Band, ...]
    seats: int
    cost_eur: int
    paid_by: Payer
    lead_days: int
    place: str
    remote: bool
    conditions: tuple[str, ...]
    changes: str
    effect_grade: Grade
    source: str
    example: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Services and their providers, valid between two dates."""

    valid_from: date
    valid_to: date
    providers: Mapping[str, Provider]
    services: tuple[Service, ...]

    def open_on(self, day: date) -> tuple[Service, ...]:
        """Services that somebody who asks on a day can still start; none outside validity."""
        if not self.valid_from <= day <= self.valid_to:
            return ()
        return tuple(
            service
            for service in self.services
            if not service.starts
            or any((start - day).days >= service.lead_days for start in service.starts)
        )


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_Kind = TypeVar("_Kind", bound=StrEnum)


def load_catalogue(folder: Path, taxonomy: Taxonomy, territory: Territory) -> Catalogue:
    """Read and validate the catalogue of a territory folder.

    Raises
    ------
    TerritoryError
        Naming file, entry and value: a file that is missing or not TOML, an unknown, missing or
        mistyped key, a repeated slug, a provider, skill or municipality that does not exist, a
        cost that does not agree with who pays, an edition outside the validity.
    """
    offers = _read(folder / "providers.toml")
    listed = _read(folder / "services.toml")
    providers: dict[str, Provider] = {}
    for entry in _entries(offers, "provider", "providers.toml"):
        provider = _provider(entry, territory)
        if provider.slug in providers:
            raise TerritoryError(f"providers.toml: {provider.slug!r} is there twice; rename one.")
        providers[provider.slug] = provider
    uris = {concept.slug: concept.uri for concept in taxonomy.concepts.values()}
    valid_from, valid_to = (_validity(listed, key) for key in ("valid_from", "valid_to"))
    services: dict[str, Service] = {}
    for entry in _entries(listed, "service", "services.toml"):
        service = _service(_Reader("services.toml: service", entry), uris, territory)
        where = f"services.toml: {service.slug}"
        if service.slug in services:
            raise TerritoryError(f"{where}: is there twice; rename one.")
        if service.provider not in providers:
            raise TerritoryError(
                f"{where}: provider {service.provider!r} is not in providers.toml."
            )
        if (service.cost_eur > 0) != (service.paid_by is Payer.FUND):
            raise TerritoryError(
                f"{where}: cost_eur {service.cost_eur} and paid_by {service.paid_by!r} do not "
                "agree; cost_eur is what the fund pays, and 0 when another pays."
            )
        for start in service.starts:
            if not valid_from <= start <= valid_to:
                raise TerritoryError(f"{where}: starts {start}, outside {valid_from} - {valid_to}.")
        services[service.slug] = service
    return Catalogue(
        valid_from=valid_from,
        valid_to=valid_to,
        providers=providers,
        services=tuple(services.values()),
    )


class _Reader:
    """Typed reading of one entry: every key once, none left over."""

    def __init__(self, where: str, entry: Mapping[str, Any]) -> None:
        self._left = dict(entry)
        self._where = f"{where} {entry.get('slug', '?')}"

    def take(self, key: str, kind: type | tuple[type, ...]) -> Any:
        if key not in self._left:
            raise TerritoryError(f"{self._where}: key {key} is missing.")
        value = self._left.pop(key)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            raise TerritoryError(f"{self._where}: {key} = {value!r} is of the wrong type.")
        return value

    def count(self, key: str) -> int:
        value: int = self.take(key, int)
        if value < 0:
            raise TerritoryError(f"{self._where}: {key} = {value} is below 0.")
        return value

    def text(self, key: str) -> str:
        value: str = self.take(key, str)
        if not value.strip():
            raise TerritoryError(f"{self._where}: {key} is empty.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.take(key, list)
        if not all(isinstance(item, str) and item for item in value):
            raise TerritoryError(f"{self._where}: {key} = {value!r} is no list of texts.")
        return tuple(value)

    def one(self, key: str, kind: type[_Kind]) -> _Kind:
        return self._member(key, self.text(key), kind)

    def several(self, key: str, kind: type[_Kind]) -> tuple[_Kind, ...]:
        return tuple(self._member(key, item, kind) for item in self.texts(key))

    def among(self, key: str, values: tuple[str, ...], allowed: object) -> tuple[str, ...]:
        for value in values:
            if value not in allowed:  # type: ignore[operator]
                raise TerritoryError(f"{self._where}: {key}: {value!r} does not exist.")
        return values

    def finish(self) -> None:
        if self._left:
            raise TerritoryError(f"{self._where}: unknown key {', '.join(sorted(self._left))}.")

    def _member(self, key: str, value: str, kind: type[_Kind]) -> _Kind:
        try:
            return kind(value)
        except ValueError as error:
            known = ", ".join(kind)
            raise TerritoryError(f"{self._where}: {key} {value!r} is none of: {known}.") from error


def _provider(entry: Mapping[str, Any], territory: Territory) -> Provider:
    reader = _Reader("providers.toml: provider", entry)
    provider = Provider(
        slug=reader.text("slug"),
        name=reader.text("name"),
        kind=reader.text("kind"),
        municipality=territory.municipality(reader.text("municipality")).istat,
        example=reader.take("example", bool),
    )
    reader.finish()
    return provider


def _service(reader: _Reader, uris: Mapping[str, str], territory: Territory) -> Service:
    starts = reader.take("starts", (list, str))
    if isinstance(starts, str):
        reader.among("starts", (starts,), ("continuous",))
    service = Service(
        slug=reader.text("slug"),
        provider=reader.text("provider"),
        measure=reader.one("measure", Measure),
        name=reader.text("name"),
        description=reader.text("description"),
        teaches=tuple(uris[s] for s in reader.among("teaches", reader.texts("teaches"), uris)),
        requires=tuple(uris[s] for s in reader.among("requires", reader.texts("requires"), uris)),
        needs=reader.several("needs", Need),
        hours=reader.count("hours"),
        starts=() if isinstance(starts, str) else tuple(starts),
        weekdays=reader.among("weekdays", reader.texts("weekdays"), _WEEKDAYS),
        time_band=reader.several("time_band", Band),
        seats=reader.count("seats"),
        cost_eur=reader.count("cost_eur"),
        paid_by=reader.one("paid_by", Payer),
        lead_days=reader.count("lead_days"),
        place=territory.municipality(reader.text("place")).istat,
        remote=reader.take("remote", bool),
        conditions=reader.texts("conditions"),
        changes=reader.text("changes"),
        effect_grade=reader.one("effect_grade", Grade),
        source=reader.text("source"),
        example=reader.take("example", bool),
    )
    reader.finish()
    return service


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TerritoryError(f"{path.name}: cannot be read: {error}.") from error


def _entries(content: Mapping[str, Any], table: str, file: str) -> list[dict[str, Any]]:
    entries = content.get(table)
    if not isinstance(entries, list) or not entries:
        raise TerritoryError(f"{file}: no [[{table}]] entries.")
    if unknown := set(content) - {table, "valid_from", "valid_to"}:
        raise TerritoryError(f"{file}: unknown key {', '.join(sorted(unknown))}.")
    return entries


def _validity(content: Mapping[str, Any], key: str) -> date:
    value = content.get(key)
    if not isinstance(value, date):
        raise TerritoryError(f"services.toml: {key} = {value!r} is no date.")
    return value
