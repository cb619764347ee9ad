"""A catalogue -> rows of HSDS 3.0."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from matching.accompaniment.catalogue import WHOLE_TERRITORY, Catalogue, Provider, Service
from matching.accompaniment.hsds.tables import TABLES, Record
from matching.accompaniment.hsds.vocabulary import (
    ISTAT,
    Held,
    Scheme,
    identifier,
    scheme_uri,
    term_id,
)
from matching.domain import Channel, Freshness, Payer
from matching.taxonomy import Taxonomy
from matching.territory import Territory
from matching.wording import Wording

Rows = dict[str, list[dict[str, str]]]

_LABELS = {
    Scheme.MEASURE: "measure.{}",
    Scheme.NEED: "need.{}",
    Scheme.AUDIENCE: "audience.{}",
    Scheme.PAYER: "payer.{}",
    Scheme.GRADE: "grade.{}",
    Scheme.BAND: "band.{}",
    Scheme.PAPER: "paper.{}",
    Scheme.CHANNEL: "channel.{}",
    Scheme.INTERPRETING: "interpreting.{}",
    Scheme.FRESHNESS: "freshness.{}",
}
_BY_ROW = frozenset({Channel.IN_PERSON, Channel.HUB, Channel.REFERRAL})
"""Channels for which HSDS has no column: a contact each, with its channel as an attribute."""


def rows_of(
    catalogue: Catalogue,
    *,
    territory: Territory,
    taxonomy: Taxonomy,
    wording: Wording,
    as_of: date,
) -> Rows:
    """The rows of every table, each service's in the order of its fields.

    Parameters
    ----------
    catalogue
        What to write; every service and its provider is written.
    territory, taxonomy, wording
        Where places are, what concepts are called, and the words of codes: for readers who do not
        know the codes.
    as_of
        The day for which it is said whether entries are still confirmed.
    """
    made = _Maker(territory, taxonomy, wording, catalogue, as_of)
    for provider in catalogue.providers.values():
        made.provider(provider)
    for service in catalogue.services:
        made.service(service)
    return made.rows


def service_id(territory: Territory, service: Service) -> str:
    """The identifier that a service has in HSDS."""
    return identifier(territory.code, "service", service.slug)


def records_of(rows: Rows) -> list[Record]:
    """The rows as a reader would find them."""
    return [
        Record(table, TABLES[table].file, number, cells)
        for table, found in rows.items()
        for number, cells in enumerate(found, start=2)
    ]


class _Maker:
    """Adds rows; places, taxonomies and terms once."""

    def __init__(
        self,
        territory: Territory,
        taxonomy: Taxonomy,
        wording: Wording,
        catalogue: Catalogue,
        as_of: date,
    ) -> None:
        self.rows: Rows = {table: [] for table in TABLES}
        self._territory = territory
        self._taxonomy = taxonomy
        self._wording = wording
        self._catalogue = catalogue
        self._as_of = as_of
        self._made: set[str] = set()

    def provider(self, provider: Provider) -> None:
        code = identifier(self._territory.code, "provider", provider.slug)
        self._add("organization", id=code, name=provider.name, description=provider.name)
        self._location(identifier(code, "location"), provider.municipality, organization=code)
        fields = [
            (Held.SLUG, provider.slug),
            (Held.KIND, provider.kind),
            (Held.EXAMPLE, _flag(provider.example)),
        ]
        self._values("organization", code, fields)

    def service(self, service: Service) -> None:
        say, code = self._wording.say, service_id(self._territory, service)
        by_channel = {contact.channel: contact.value for contact in service.contacts}
        audiences = [say(f"audience.{audience}") for audience in service.audiences]
        conditions = [condition.strip() for condition in service.conditions]
        self._add(
            "service",
            id=code,
            organization_id=identifier(self._territory.code, "provider", service.provider),
            name=service.name,
            description=service.description,
            url=by_channel.get(Channel.WEB, ""),
            email=by_channel.get(Channel.EMAIL, ""),
            status="active",
            interpretation_services=""
            if service.interpreting is None
            else say(f"interpreting.{service.interpreting}"),
            application_process="; ".join(
                f"{say(f'channel.{channel}')}: {value}"
                for channel, value in by_channel.items()
                if channel in _BY_ROW
            ),
            fees_description=say(f"payer.{service.paid_by}"),
            eligibility_description=" ".join((*(f"{one}." for one in audiences), *conditions)),
            minimum_age="" if service.min_age is None else str(service.min_age),
            maximum_age="" if service.max_age is None else str(service.max_age),
            assured_date="" if service.assured is None else service.assured.isoformat(),
            alert=" ".join(self._alerts(service)),
        )
        self._place(code, service)
        self._schedules(code, service)
        self._money(code, service)
        for number, paper in enumerate(service.documents):
            row = identifier(code, "document", number)
            text = paper.text or say(f"paper.{paper.kind}")
            self._add("required_document", id=row, service_id=code, document=text)
            self._terms("required_document", row, "document", Scheme.PAPER, [paper.kind])
            self.rows["attribute"][-1]["value"] = paper.text
        for number, language in enumerate(service.languages):
            row = identifier(code, "language", number)
            self._add("language", id=row, service_id=code, code=language)
        self._contacts(code, service)
        self._attributes(code, service)

    def _attributes(self, code: str, service: Service) -> None:
        fields = [
            (Held.SLUG, service.slug),
            (Held.HOURS, str(service.hours)),
            (Held.SEATS, str(service.seats)),
            (Held.COST_EUR, str(service.cost_eur)),
            (Held.LEAD_DAYS, str(service.lead_days)),
            (Held.REMOTE, _flag(service.remote)),
            *((Held.CONDITION, condition) for condition in service.conditions),
            (Held.CHANGES, service.changes),
            (Held.SOURCE, service.source),
            (Held.EXAMPLE, _flag(service.example)),
        ]
        if service.wait_days is not None:
            fields.append((Held.WAIT_DAYS, str(service.wait_days)))
        self._values("service", code, fields)
        months = self._territory.limits.service_months
        coded: list[tuple[str, Scheme, Sequence[str]]] = [
            ("measure", Scheme.MEASURE, [service.measure]),
            ("need", Scheme.NEED, service.needs),
            ("teaches", Scheme.SKILL, service.teaches),
            ("requires", Scheme.SKILL, service.requires),
            ("lifts", Scheme.BARRIER, service.lifts),
            ("eases", Scheme.DIFFICULTY, service.eases),
            ("audience", Scheme.AUDIENCE, service.audiences),
            ("paid_by", Scheme.PAYER, [service.paid_by]),
            ("effect_grade", Scheme.GRADE, [service.grade]),
            ("time_band", Scheme.BAND, service.bands),
            ("freshness", Scheme.FRESHNESS, [service.freshness(self._as_of, months)]),
        ]
        if service.interpreting is not None:
            coded.append(("interpreting", Scheme.INTERPRETING, [service.interpreting]))
        for link_type, scheme, codes in coded:
            self._terms("service", code, link_type, scheme, codes)

    def _alerts(self, service: Service) -> Iterator[str]:
        months = self._territory.limits.service_months
        if service.example:
            yield self._wording.say("catalogue.example")
        if service.assured and service.freshness(self._as_of, months) is Freshness.STALE:
            yield self._wording.say("catalogue.stale_since", date=service.assured)

    def _place(self, code: str, service: Service) -> None:
        place = identifier(self._territory.code, "location", service.place)
        self._location(place, service.place)
        row = identifier(code, "at", service.place)
        self._add("service_at_location", id=row, service_id=code, location_id=place)
        ambiti = {ambito.code: ambito.name for ambito in self._territory.ambiti}
        for number, part in enumerate(service.area):
            if part == WHOLE_TERRITORY:
                name = self._territory.name
            else:
                name = ambiti.get(part) or self._territory.municipality(part).name
            self._add(
                "service_area",
                id=identifier(code, "area", number),
                service_id=code,
                name=name,
                extent=part,
                extent_type="text",
            )

    def _location(self, code: str, istat: str, *, organization: str = "") -> None:
        if code in self._made:
            return
        self._made.add(code)
        town = self._territory.municipality(istat)
        self._add(
            "location",
            id=code,
            location_type="physical",
            organization_id=organization,
            name=town.name,
            latitude=str(town.latitude),
            longitude=str(town.longitude),
            external_identifier=istat,
            external_identifier_type=ISTAT,
        )

    def _schedules(self, code: str, service: Service) -> None:
        say = self._wording.say
        bands = ", ".join(say(f"band.{band}") for band in service.bands)
        for number, start in enumerate(service.starts or (None,)):
            self._add(
                "schedule",
                id=identifier(code, "schedule", number),
                service_id=code,
                valid_from=self._catalogue.valid_from.isoformat(),
                valid_to=self._catalogue.valid_to.isoformat(),
                dtstart="" if start is None else start.isoformat(),
                freq="WEEKLY" if service.weekdays else "",
                byday=",".join(day[:2].upper() for day in service.weekdays),
                description=bands if start else f"{say('plan.start_seat')}. {bands}".strip(". "),
                attending_type=say("plan.remote") if service.remote else "",
            )

    def _money(self, code: str, service: Service) -> None:
        payer = self._wording.say(f"payer.{service.paid_by}")
        self._add("funding", id=identifier(code, "funding"), service_id=code, source=payer)
        if service.paid_by is Payer.FUND:
            self._add(
                "cost_option",
                id=identifier(code, "cost"),
                service_id=code,
                option=payer,
                currency="EUR",
                amount=str(service.cost_eur),
                amount_description=self._wording.say("catalogue.paid_by_the_fund"),
            )

    def _contacts(self, code: str, service: Service) -> None:
        for contact in service.contacts:
            row = identifier(code, "contact", contact.channel)
            if contact.channel is Channel.PHONE:
                self._add("phone", id=row, service_id=code, number=contact.value)
            elif contact.channel in _BY_ROW:
                title = self._wording.say(f"channel.{contact.channel}")
                self._add("contact", id=row, service_id=code, title=title, department=contact.value)
                self._terms("contact", row, "channel", Scheme.CHANNEL, [contact.channel])

    def _values(self, entity: str, code: str, fields: Iterable[tuple[Held, str]]) -> None:
        for number, (field, value) in enumerate(fields):
            self._attribute(entity, code, field, Scheme.FIELD, field, value, number)

    def _terms(
        self, entity: str, code: str, link_type: str, scheme: Scheme, codes: Sequence[str]
    ) -> None:
        for number, term in enumerate(codes):
            self._attribute(entity, code, link_type, scheme, term, "", number)

    def _attribute(
        self,
        entity: str,
        code: str,
        link_type: str,
        scheme: Scheme,
        term: str,
        value: str,
        number: int,
    ) -> None:
        label = self._term(scheme, term)
        self._add(
            "attribute",
            id=identifier(code, link_type, scheme, term, number),
            link_id=code,
            link_entity=entity,
            link_type=link_type,
            taxonomy_term_id=term_id(scheme, term),
            value=value,
            label=label,
        )

    def _term(self, scheme: Scheme, code: str) -> str:
        label = self._label(scheme, code)
        row, uri = term_id(scheme, code), scheme_uri(scheme)
        if uri not in self._made:
            self._made.add(uri)
            self._add(
                "taxonomy",
                id=identifier("taxonomy", scheme),
                name=f"Valoriamo: {scheme}",
                description=f"Valoriamo: {scheme}",
                uri=uri,
                version="1",
            )
        if row not in self._made:
            self._made.add(row)
            self._add(
                "taxonomy_term",
                id=row,
                code=code,
                name=label,
                description=label,
                taxonomy=uri,
                taxonomy_id=identifier("taxonomy", scheme),
                language=self._wording.language,
                term_uri=code if scheme is Scheme.SKILL else f"{uri}:{code}",
            )
        return label

    def _label(self, scheme: Scheme, code: str) -> str:
        if scheme is Scheme.SKILL:
            return self._taxonomy.concepts[code].label(self._wording.language)
        form = _LABELS.get(scheme)
        return self._wording.say(form.format(code)) if form else str(code)

    def _add(self, table: str, **cells: str) -> None:
        self.rows[table].append({key: str(value) for key, value in cells.items() if value != ""})


def _flag(value: bool) -> str:
    return "true" if value else "false"
