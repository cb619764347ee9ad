"""The tables of Open Referral HSDS 3.0 that a catalogue has something for, and how they nest.

Names of tables, columns and files are those of the specification (docs.openreferral.org, 3.0).
Both forms, tabular and JSON, are read into and written from the same flat rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

VERSION = "3.0"


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """A row: its table, where it stands (a line of a file, the number of a JSON object), cells.

    A cell that is empty and one that is not there are the same. Two rows are never equal.
    """

    table: str
    file: str
    line: int
    cells: Mapping[str, str]

    @property
    def tabular(self) -> bool:
        """Whether it is a line of a CSV file."""
        return self.file.lower().endswith(".csv")

    def cell(self, column: str) -> str:
        """The text of a cell without blanks around it."""
        return self.cells.get(column, "").strip()

    def raw(self, column: str) -> str:
        """The text of a cell as it is."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class TableForm:
    """Columns of a table; ``required`` ones must be filled in, ``numbers`` are numbers in JSON.

    ``owners`` are the columns that say of which row this one is a part, with that row's table.
    """

    file: str
    columns: tuple[str, ...]
    required: tuple[str, ...] = ("id",)
    numbers: tuple[str, ...] = ()
    owners: tuple[tuple[str, str], ...] = ()


_OF_A_SERVICE = (("service_id", "service"),)

TABLES: Mapping[str, TableForm] = MappingProxyType(
    {
        "organization": TableForm(
            "organizations.csv",
            ("id", "name", "description", "email", "website"),
            ("id", "name"),
        ),
        "service": TableForm(
            "services.csv",
            (
                "id",
                "organization_id",
                "name",
                "description",
                "url",
                "email",
                "status",
                "interpretation_services",
                "application_process",
                "fees_description",
                "eligibility_description",
                "minimum_age",
                "maximum_age",
                "assured_date",
                "alert",
            ),
            ("id", "organization_id", "name", "status"),
            ("minimum_age", "maximum_age"),
            (("organization_id", "organization"),),
        ),
        "location": TableForm(
            "locations.csv",
            (
                "id",
                "location_type",
                "organization_id",
                "name",
                "latitude",
                "longitude",
                "external_identifier",
                "external_identifier_type",
            ),
            numbers=("latitude", "longitude"),
        ),
        "address": TableForm(
            "addresses.csv",
            ("id", "location_id", "city", "postal_code"),
            owners=(("location_id", "location"),),
        ),
        "service_at_location": TableForm(
            "service_at_location.csv",
            ("id", "service_id", "location_id"),
            ("id", "service_id", "location_id"),
            owners=(
                ("service_id", "service"),
                ("location_id", "location"),
            ),
        ),
        "schedule": TableForm(
            "schedules.csv",
            (
                "id",
                "service_id",
                "valid_from",
                "valid_to",
                "dtstart",
                "freq",
                "byday",
                "description",
                "opens_at",
                "closes_at",
                "attending_type",
            ),
        ),
        "cost_option": TableForm(
            "cost_options.csv",
            ("id", "service_id", "option", "currency", "amount", "amount_description"),
            ("id", "service_id"),
            ("amount",),
            _OF_A_SERVICE,
        ),
        "funding": TableForm("funding.csv", ("id", "organization_id", "service_id", "source")),
        "required_document": TableForm(
            "required_documents.csv",
            ("id", "service_id", "document"),
            owners=_OF_A_SERVICE,
        ),
        "service_area": TableForm(
            "service_areas.csv",
            ("id", "service_id", "name", "extent", "extent_type"),
            owners=_OF_A_SERVICE,
        ),
        "language": TableForm("languages.csv", ("id", "service_id", "name", "code")),
        "phone": TableForm(
            "phones.csv",
            ("id", "service_id", "organization_id", "contact_id", "number", "description"),
            ("id", "number"),
        ),
        "contact": TableForm(
            "contacts.csv",
            ("id", "service_id", "organization_id", "title", "department", "email"),
        ),
        "attribute": TableForm(
            "attributes.csv",
            (
                "id",
                "link_id",
                "link_entity",
                "link_type",
                "taxonomy_term_id",
                "value",
                "label",
            ),
            ("id", "link_id", "link_entity", "taxonomy_term_id"),
            owners=(("taxonomy_term_id", "taxonomy_term"),),
        ),
        "taxonomy": TableForm(
            "taxonomies.csv",
            ("id", "name", "description", "uri", "version"),
            ("id", "name"),
        ),
        "taxonomy_term": TableForm(
            "taxonomy_terms.csv",
            (
                "id",
                "code",
                "name",
                "description",
                "taxonomy",
                "taxonomy_id",
                "language",
                "term_uri",
            ),
            ("id",),
        ),
    }
)

# What an object of a table holds in JSON: lists of parts, and single parts, by the name of the key.
LISTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "service": {
            "phones": "phone",
            "schedules": "schedule",
            "service_areas": "service_area",
            "service_at_locations": "service_at_location",
            "languages": "language",
            "funding": "funding",
            "cost_options": "cost_option",
            "required_documents": "required_document",
            "contacts": "contact",
            "attributes": "attribute",
        },
        "organization": {
            "services": "service",
            "locations": "location",
            "phones": "phone",
            "contacts": "contact",
            "attributes": "attribute",
        },
        "location": {"addresses": "address"},
        "required_document": {"attributes": "attribute"},
        "contact": {"attributes": "attribute", "phones": "phone"},
    }
)
SINGLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "service": {"organization": "organization"},
        "service_at_location": {"location": "location"},
        "attribute": {"taxonomy_term": "taxonomy_term"},
        "taxonomy_term": {"taxonomy_detail": "taxonomy"},
    }
)
OWNER_COLUMNS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("organization", "service"): "organization_id",
        ("organization", "location"): "organization_id",
        ("organization", "phone"): "organization_id",
        ("organization", "contact"): "organization_id",
        ("location", "address"): "location_id",
        ("contact", "phone"): "contact_id",
        **{
            ("service", part): "service_id"
            for part in LISTS["service"].values()
            if part != "attribute"
        },
    }
)
"""The column of a part that names its owner; an attribute names it with ``link_id`` instead."""

SINGLE_COLUMNS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("service", "organization"): "organization_id",
        ("service_at_location", "location"): "location_id",
        ("attribute", "taxonomy_term"): "taxonomy_term_id",
        ("taxonomy_term", "taxonomy"): "taxonomy_id",
    }
)
"""The column of an owner that names a single part of it."""
