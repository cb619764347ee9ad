"""The catalogue of local services: ``providers.toml`` and ``services.toml`` of a territory.

What the fields mean is written at the head of ``services.toml``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from matching.domain import Band, Grade, Measure, Need, Payer, Weekday
from matching.errors import TerritoryError
from matching.taxonomy import Taxonomy
from matching.territory import Territory
from matching.territory.reading import Table, read_toml

_PROVIDERS, _SERVICES = "providers.toml", "services.toml"
_WHEN_THERE_IS_A_SEAT = "continuous"
_A_SKILL = "a slug of a skill of the lexicon"
_A_PLACE = "an ISTAT code of municipalities.csv or neighbours.csv"


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

    def next_start(self, day: date) -> date | None:
        """First edition for somebody who asks on a day; None where there is no date to wait for."""
        soonest = day + timedelta(days=self.lead_days)
        return min((start for start in self.starts if start >= soonest), default=None)

    def open_on(self, day: date) -> bool:
        """Whether somebody who asks on a day can still start."""
        return not self.starts or self.next_start(day) is not None


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


def find_catalogue(folder: Path, taxonomy: Taxonomy, territory: Territory) -> Catalogue | None:
    """The catalogue of a territory folder, None where the territory has none.

    Raises
    ------
    TerritoryError
        As :func:`load_catalogue`, also where one of its two files is there without the other.
    """
    if not any((folder / name).is_file() for name in (_PROVIDERS, _SERVICES)):
        return None
    return load_catalogue(folder, taxonomy, territory)


def load_catalogue(folder: Path, taxonomy: Taxonomy, territory: Territory) -> Catalogue:
    """Read and validate the catalogue of a territory folder.

    Raises
    ------
    TerritoryError
        Naming file, entry, key and value: a file that is missing or not TOML, an unknown, missing
        or mistyped key, a repeated slug, a provider, skill or municipality that does not exist, a
        cost that does not agree with who pays, an edition outside the validity.
    """
    offers, listed = read_toml(folder / _PROVIDERS), read_toml(folder / _SERVICES)
    places = {place.istat for place in (*territory.municipalities, *territory.neighbours)}
    validity = _validity(listed)
    if _validity(offers) != validity:
        raise TerritoryError(
            f"{_PROVIDERS}: valid_from and valid_to are not those of {_SERVICES} "
            f"({validity[0]} - {validity[1]}); make them agree"
        )
    providers: dict[str, Provider] = {}
    for table in _entries(offers, "provider"):
        provider = _provider(table, places)
        _once(table, provider.slug, providers)
        providers[provider.slug] = provider
    uris = {concept.slug: concept.uri for concept in taxonomy.skills}
    services: dict[str, Service] = {}
    for table in _entries(listed, "service"):
        service = _service(table, uris, providers, places)
        _once(table, service.slug, services)
        _check(table.called(service.slug), service, validity)
        services[service.slug] = service
    return Catalogue(
        valid_from=validity[0],
        valid_to=validity[1],
        providers=providers,
        services=tuple(services.values()),
    )


def _entries(table: Table, key: str) -> list[Table]:
    entries = table.tables(key)
    if not entries:
        raise TerritoryError(f"{table.where}: {key} = [] is not valid; write [[{key}]] entries")
    table.finish()
    return entries


def _validity(table: Table) -> tuple[date, date]:
    first, last = table.day("valid_from"), table.day("valid_to")
    if first > last:
        raise TerritoryError(
            f"{table.where}: valid_to = {last} is before valid_from = {first}; correct one"
        )
    return first, last


def _once(table: Table, slug: str, seen: Mapping[str, object]) -> None:
    if slug in seen:
        raise TerritoryError(f"{table.where}: slug = {slug!r} is used twice; rename one")


def _check(table: Table, service: Service, validity: tuple[date, date]) -> None:
    if (service.cost_eur > 0) != (service.paid_by is Payer.FUND):
        raise TerritoryError(
            f"{table.where}: cost_eur = {service.cost_eur} and paid_by = {service.paid_by.value!r} "
            "do not agree; cost_eur is what the fund pays, and 0 when another pays"
        )
    for start in service.starts:
        if not validity[0] <= start <= validity[1]:
            raise TerritoryError(
                f"{table.where}: starts = {start} is outside {validity[0]} - {validity[1]}; "
                "correct it, or the validity"
            )


def _provider(entry: Table, places: set[str]) -> Provider:
    slug = entry.text("slug")
    table = entry.called(slug)
    provider = Provider(
        slug=slug,
        name=table.text("name"),
        kind=table.text("kind"),
        municipality=table.known("municipality", places, what=_A_PLACE),
        example=table.flag("example"),
    )
    table.finish()
    return provider


def _service(
    entry: Table, uris: Mapping[str, str], providers: Mapping[str, Provider], places: set[str]
) -> Service:
    slug = entry.text("slug")
    table = entry.called(slug)
    service = Service(
        slug=slug,
        provider=table.known("provider", providers, what=f"a slug of {_PROVIDERS}"),
        measure=table.choice("measure", Measure),
        name=table.text("name"),
        description=table.text("description"),
        teaches=_skills(table, "teaches", uris),
        requires=_skills(table, "requires", uris),
        needs=table.choices("needs", Need, may_be_empty=True),
        hours=table.whole("hours", least=0),
        starts=table.days("starts", or_else=_WHEN_THERE_IS_A_SEAT),
        weekdays=table.choices("weekdays", Weekday, may_be_empty=True),
        bands=table.choices("time_band", Band, may_be_empty=True),
        seats=table.whole("seats", least=0),
        cost_eur=table.whole("cost_eur", least=0),
        paid_by=table.choice("paid_by", Payer),
        lead_days=table.whole("lead_days", least=0),
        place=table.known("place", places, what=_A_PLACE),
        remote=table.flag("remote"),
        conditions=table.texts("conditions", may_be_empty=True),
        changes=table.text("changes"),
        grade=table.choice("effect_grade", Grade),
        source=table.text("source"),
        example=table.flag("example"),
    )
    table.finish()
    return service


def _skills(table: Table, key: str, uris: Mapping[str, str]) -> tuple[str, ...]:
    slugs = table.all_known(key, uris, what=_A_SKILL, may_be_empty=True)
    return tuple(uris[slug] for slug in slugs)
