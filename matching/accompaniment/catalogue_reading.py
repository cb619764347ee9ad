"""Reading a catalogue: ``providers.toml`` and ``services.toml`` of a territory folder."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from matching.accompaniment.catalogue import WHOLE_TERRITORY, Catalogue, Provider, Service
from matching.domain import (
    Audience,
    Band,
    Channel,
    Contact,
    Difficulty,
    Grade,
    Interpreting,
    Measure,
    Need,
    Paper,
    PaperAsked,
    Payer,
    Weekday,
)
from matching.domain.reach import Barrier
from matching.errors import TerritoryError
from matching.taxonomy import Taxonomy
from matching.territory import Territory
from matching.territory.reading import Table, read_toml

PROVIDERS, SERVICES = "providers.toml", "services.toml"
WHEN_THERE_IS_A_SEAT = "continuous"

_A_SKILL = "a slug of a skill of the lexicon"
_A_PLACE = "an ISTAT code of municipalities.csv or neighbours.csv"
_AN_AREA = f"ISTAT codes of the territory, codes of its ambiti, or only {WHOLE_TERRITORY!r}"
_ENTRY = re.compile(r"\s*\[\[\s*([\w-]+)\s*\]\]")
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def find_catalogue(folder: Path, taxonomy: Taxonomy, territory: Territory) -> Catalogue | None:
    """The catalogue of a territory folder, None where the territory has none.

    Raises
    ------
    TerritoryError
        As :func:`load_catalogue`, also where one of its two files is there without the other.
    """
    if not any((folder / name).is_file() for name in (PROVIDERS, SERVICES)):
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
    offers, listed = read_toml(folder / PROVIDERS), read_toml(folder / SERVICES)
    places = {place.istat for place in (*territory.municipalities, *territory.neighbours)}
    areas = {WHOLE_TERRITORY, *places, *(ambito.code for ambito in territory.ambiti)}
    validity = _validity(listed)
    if _validity(offers) != validity:
        raise TerritoryError(
            f"{PROVIDERS}: valid_from and valid_to are not those of {SERVICES} "
            f"({validity[0]} - {validity[1]}); make them agree"
        )
    providers: dict[str, Provider] = {}
    for table in _entries(offers, "provider"):
        provider = _provider(table, places)
        _once(table, provider.slug, providers)
        providers[provider.slug] = provider
    uris = {concept.slug: concept.uri for concept in taxonomy.skills}
    services: dict[str, Service] = {}
    for table in _lined(_entries(listed, "service"), "service", folder / SERVICES):
        service = _service(table, uris, providers, places, areas)
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


def _lined(entries: list[Table], name: str, path: Path) -> Iterator[Table]:
    """The entries, each knowing on which lines of the file its keys stand."""
    lines: list[dict[str, int]] = []
    current: dict[str, int] = {}
    for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
        if entry := _ENTRY.match(line):
            current = {}
            if entry[1] == name:
                lines.append(current)
        elif key := _KEY.match(line):
            current.setdefault(key[1], number)
    if len(lines) != len(entries):  # headers within a long text: better no line than a wrong one
        lines = [{} for _ in entries]
    return (replace(table, lines=found) for table, found in zip(entries, lines, strict=True))


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
    if service.max_age is not None and (service.min_age or 0) > service.max_age:
        raise TerritoryError(
            f"{table.where}: min_age = {service.min_age} is above max_age = {service.max_age}; "
            "exchange them"
        )
    _alone(table, "audiences", service.audiences, Audience.EVERYONE)
    _alone(table, "documents", [paper.kind for paper in service.documents], Paper.NOTHING)
    _alone(table, "area", service.area, WHOLE_TERRITORY)
    for contact in service.contacts:
        _check_contact(table, contact)


def _alone(table: Table, key: str, values: Sequence[str], word: str) -> None:
    if word in values and len(values) > 1:
        raise TerritoryError(
            f"{table.where}: {key} holds {str(word)!r} beside others; it stands alone"
        )


def _check_contact(table: Table, contact: Contact) -> None:
    wanted = {Channel.EMAIL: ("@",), Channel.WEB: ("https://", "http://")}.get(contact.channel)
    if wanted and not any(sign in contact.value for sign in wanted):
        raise TerritoryError(
            f"{table.where}: contact.{contact.channel} = {contact.value!r} is not valid; write "
            f"an address with {' or '.join(wanted)}"
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
    entry: Table,
    uris: Mapping[str, str],
    providers: Mapping[str, Provider],
    places: set[str],
    areas: set[str],
) -> Service:
    slug = entry.text("slug")
    table = entry.called(slug)
    given = set(table.values)
    service = Service(
        slug=slug,
        provider=table.known("provider", providers, what=f"a slug of {PROVIDERS}"),
        measure=table.choice("measure", Measure),
        name=table.text("name"),
        description=table.text("description"),
        teaches=_skills(table, "teaches", uris),
        requires=_skills(table, "requires", uris),
        needs=table.choices("needs", Need, may_be_empty=True),
        hours=table.whole("hours", least=0),
        starts=table.days("starts", or_else=WHEN_THERE_IS_A_SEAT),
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
        min_age=table.whole("min_age", least=0) if "min_age" in given else None,
        max_age=table.whole("max_age", least=0) if "max_age" in given else None,
        audiences=table.choices("audiences", Audience) if "audiences" in given else (),
        documents=_documents(table) if "documents" in given else (),
        area=table.all_known("area", areas, what=_AN_AREA) if "area" in given else (),
        assured=table.day("assured") if "assured" in given else None,
        languages=_languages(table) if "languages" in given else (),
        interpreting=table.choice("interpreting", Interpreting)
        if "interpreting" in given
        else None,
        contacts=_contacts(table) if "contact" in given else (),
        wait_days=table.whole("wait_days", least=0) if "wait_days" in given else None,
        lifts=table.choices("lifts", Barrier) if "lifts" in given else (),
        eases=table.choices("eases", Difficulty) if "eases" in given else (),
    )
    table.finish()
    return service


def _documents(entry: Table) -> tuple[PaperAsked, ...]:
    papers: list[PaperAsked] = []
    for table in entry.tables("documents"):
        text = table.text("text") if "text" in table.values else ""
        papers.append(PaperAsked(kind=table.choice("kind", Paper), text=text))
        table.finish()
    return tuple(papers)


def _languages(table: Table) -> tuple[str, ...]:
    found = table.texts("languages")
    for code in found:
        if not _LANGUAGE.fullmatch(code):
            raise TerritoryError(
                f"{table.where}: languages = {code!r} is not valid; write ISO 639 codes, as 'it'"
            )
    return found


def _contacts(entry: Table) -> tuple[Contact, ...]:
    table = entry.table("contact")
    found = tuple(
        Contact(channel=channel, value=table.text(channel))
        for channel in Channel
        if channel in table.values
    )
    table.finish()
    return found


def _skills(table: Table, key: str, uris: Mapping[str, str]) -> tuple[str, ...]:
    slugs = table.all_known(key, uris, what=_A_SKILL, may_be_empty=True)
    return tuple(uris[slug] for slug in slugs)
