"""Files of somebody else: what they say is taken, what they do not say is left and named."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from matching.accompaniment import load_catalogue
from matching.accompaniment.catalogue_writing import written
from matching.accompaniment.hsds import Gravity, Imported, Problem
from matching.domain import Band, Channel, Contact, Paper, PaperAsked, Payer, Weekday
from matching.errors import TerritoryError
from matching.service import Service as Whole
from tests.accompaniment.hsds.conftest import Importing

FOREIGN: dict[str, Any] = {
    "id": "ac148810",
    "name": "Sportello casa",
    "description": "Aiuto a chi cerca casa.",
    "status": "active",
    "email": "casa@ente.example",
    "eligibility_description": "Per residenti maggiorenni.",
    "minimum_age": 18,
    "maximum_age": 99.0,
    "assured_date": "2026-10-01",
    "alert": "Chiuso in agosto.",
    "accreditations": "nessuna",
    "organization": {
        "id": "0fdfb57f",
        "name": "Ente della casa",
        "description": "Un ente.",
        "website": "www.ente.example",
        "phones": [{"id": "p", "number": "+39 0341 000000"}],
        "locations": [{"id": "l", "location_type": "physical", "name": "Lecco"}],
    },
    "service_at_locations": [
        {
            "id": "s",
            "location": {
                "id": "l2",
                "location_type": "physical",
                "name": "Sede",
                "addresses": [{"id": "ad", "city": "Merate", "address_1": "via Prova"}],
            },
        }
    ],
    "schedules": [
        {"id": "h", "byday": "MO,2WE", "opens_at": "09:00Z", "dtstart": "2005-01-01"},
        {"id": "h2", "byday": "SA", "dtstart": "2027-01-09"},
    ],
    "cost_options": [{"id": "c", "amount": 20, "currency": "EUR", "option": "all'anno"}],
    "required_documents": [{"id": "d", "document": "Carta d'identità"}],
    "service_areas": [{"id": "a", "name": "Merate"}, {"id": "a2", "name": "Marte"}],
    "languages": [{"id": "i", "code": "IT", "name": "italiano"}],
    "contacts": [{"id": "k", "name": "Ada Verdini", "email": "ada@ente.example"}],
    "attributes": [
        {
            "id": "t",
            "link_type": "service_type",
            "taxonomy_term": {"id": "x", "name": "Housing", "taxonomy": "openEligibility"},
        }
    ],
}


@pytest.fixture
def found(read: Importing, tmp_path: Path) -> Imported:
    path = tmp_path / "altri.json"
    path.write_text(json.dumps([FOREIGN]), "utf-8")
    return read(path)


def test_what_hsds_itself_can_say_is_taken(found: Imported) -> None:
    (service,) = found.services
    values = service.values
    assert (service.slug, values["provider"], values["place"]) == (
        "sportello-casa",
        "ente-della-casa",
        "097048",
    )
    assert (values["min_age"], values["max_age"], values["assured"]) == (18, 99, date(2026, 10, 1))
    assert values["weekdays"] == (Weekday.MON, Weekday.WED, Weekday.SAT)
    assert values["bands"] == (Band.MORNING, Band.WEEKEND)
    assert values["documents"] == (PaperAsked(kind=Paper.OTHER, text="Carta d'identità"),)
    assert values["area"] == ("097048",) or values["area"] == ("merate",)
    assert values["languages"] == ("it",)
    assert values["contacts"] == (
        Contact(channel=Channel.PHONE, value="+39 0341 000000"),
        Contact(channel=Channel.EMAIL, value="casa@ente.example"),
        Contact(channel=Channel.WEB, value="https://www.ente.example"),
    )


def test_a_price_is_what_the_person_pays_and_stands_among_the_conditions(found: Imported) -> None:
    (service,) = found.services
    assert (service.values["cost_eur"], service.values["paid_by"]) == (0, Payer.PERSON)
    assert service.values["conditions"] == (
        "Per residenti maggiorenni.",
        "Chiuso in agosto.",
        "20 EUR all'anno",
    )


def test_only_what_is_still_to_come_is_an_edition(found: Imported) -> None:
    (service,) = found.services
    assert service.values["starts"] == (date(2027, 1, 9),)
    assert found.valid_from == date(2026, 11, 28)
    assert found.valid_to == date(2027, 11, 28)


def test_what_the_file_does_not_say_is_named_and_nothing_is_invented(found: Imported) -> None:
    (service,) = found.services
    assert set(service.missing) == {
        "measure", "needs", "grade", "hours", "seats", "lead_days", "changes",
    }  # fmt: skip
    told = {one.field for one in found.findings if one.gravity is Gravity.TO_COMPLETE}
    assert set(service.missing) <= told
    lost = {(o.field, o.value) for o in found.findings if o.gravity is Gravity.NOT_READ}
    assert ("name", "Marte") in lost
    assert ("taxonomy_term_id", "Housing") in lost
    assert found.errors == ()
    assert found.catalogue() is None


def test_no_name_of_a_person_is_read(found: Imported, service: Whole) -> None:
    text = "".join(
        written(found, taxonomy=service.taxonomy, places={}, head="prova").values()
    ) + repr(found.findings)
    assert "Verdini" not in text


def test_the_files_say_what_is_to_be_completed_and_are_refused_until_then(
    found: Imported, service: Whole, tmp_path: Path
) -> None:
    files = written(found, taxonomy=service.taxonomy, places={"097048": "Merate"}, head="prova")
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    assert "# measure = da completare" in files["services.toml"]
    assert 'place = "097048" # Merate' in files["services.toml"]
    with pytest.raises(TerritoryError, match=r"'kind' is missing; add it"):
        load_catalogue(tmp_path, service.taxonomy, service.territory)
    completed = {
        "providers.toml": {"kind": '"association"'},
        "services.toml": {
            "measure": '"housing"',
            "needs": '["housing"]',
            "hours": "2",
            "seats": "5",
            "lead_days": "0",
            "changes": '"Una casa."',
            "effect_grade": '"D"',
        },
    }
    for name, values in completed.items():
        for key, value in values.items():
            old = f"# {key} = da completare"
            assert old in files[name]
            files[name] = files[name].replace(old, f"{key} = {value}")
        (tmp_path / name).write_text(files[name], "utf-8")
    catalogue = load_catalogue(tmp_path, service.taxonomy, service.territory)
    assert [one.name for one in catalogue.services] == ["Sportello casa"]


def test_a_service_that_is_not_active_is_told_and_not_taken(
    read: Importing, tmp_path: Path
) -> None:
    path = tmp_path / "altri.json"
    closed = {**FOREIGN, "id": "b", "status": "defunct"}
    path.write_text(json.dumps({"contents": [FOREIGN, closed]}), "utf-8")
    found = read(path)
    assert (found.read, len(found.services), found.bad) == (2, 1, 0)
    told = [one for one in found.findings if one.problem is Problem.NOT_ACTIVE]
    assert [(one.line, one.value) for one in told] == [(2, "Sportello casa")]


def test_an_organization_with_its_services_is_read_too(read: Importing, tmp_path: Path) -> None:
    path = tmp_path / "ente.json"
    inner = {key: value for key, value in FOREIGN.items() if key != "organization"}
    organization = {**FOREIGN["organization"], "services": [inner, {**inner, "id": "b"}]}
    path.write_text(json.dumps(organization), "utf-8")
    found = read(path)
    assert [draft.slug for draft in found.services] == ["sportello-casa", "sportello-casa-2"]
    assert [draft.slug for draft in found.providers] == ["ente-della-casa"]


def test_tables_of_a_spreadsheet_with_semicolons_are_read(read: Importing, tmp_path: Path) -> None:
    folder = tmp_path / "excel"
    folder.mkdir()
    (folder / "organizations.csv").write_bytes("\ufeffid;name\r\no;'s Ente\r\n".encode())
    (folder / "service.csv").write_bytes(
        b"id;organization_id;name;status\r\ns;o;Ascolto;active\r\n"
    )
    found = read(folder)
    assert [draft.values["name"] for draft in found.providers] == ["'s Ente"]
    assert [draft.slug for draft in found.services] == ["ascolto"]
    assert {"place", "description"} <= set(found.services[0].missing)
