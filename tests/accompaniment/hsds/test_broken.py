"""A file with faults: every bad row is told, and none or the good ones are taken."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from matching.accompaniment import Catalogue
from matching.accompaniment.hsds import Gravity, Mode, Problem, Rows, grouped, write_files
from matching.service import Service as Whole
from tests.accompaniment.hsds.conftest import Importing, written

ROWS, BAD = 200, 37
# What is done to a cell, and what is to be said of it.
FAULTS: tuple[tuple[str, str, Problem], ...] = (
    ("name", "", Problem.MISSING),
    ("status", "aperto", Problem.UNKNOWN_CODE),
    ("assured_date", "28/11/2026", Problem.NO_DATE),
    ("assured_date", "2026-02-30", Problem.NO_DATE),
    ("minimum_age", "diciotto", Problem.NO_NUMBER),
    ("maximum_age", "-3", Problem.NO_NUMBER),
    ("organization_id", "nessuno", Problem.UNKNOWN_REFERENCE),
    ("email", "senza chiocciola", Problem.NO_ADDRESS),
    ("description", "x" * 10_001, Problem.TOO_LONG),
)


@pytest.fixture(scope="module")
def rows(service: Whole, exported: Callable[[Catalogue], Rows]) -> Callable[[], Rows]:
    """Two hundred services that are right."""
    held = service.catalogue
    assert held is not None
    many = tuple(
        replace(held.services[number % 100], slug=f"servizio-{number:03}") for number in range(ROWS)
    )
    found = exported(replace(held, services=many))
    return lambda: {table: [dict(row) for row in listed] for table, listed in found.items()}


def spoilt(rows: Rows) -> list[tuple[int, str, Problem]]:
    """Spoil 37 services, each in one cell; say on which lines of services.csv, and how."""
    wanted = []
    for number in range(BAD):
        column, value, problem = FAULTS[number % len(FAULTS)]
        place = 5 * number + 3
        rows["service"][place][column] = value
        wanted.append((place + 2, column, problem))
    return wanted


@pytest.mark.parametrize("form", ["zip", "folder"])
def test_of_two_hundred_rows_the_thirty_seven_bad_ones_are_all_told_and_none_is_taken(
    rows: Callable[[], Rows], read: Importing, tmp_path: Path, form: str
) -> None:
    broken = rows()
    wanted = spoilt(broken)
    found = read(written(broken, form, tmp_path))
    told = sorted((one.line, one.field, one.problem) for one in found.errors)
    assert told == wanted
    assert {one.file for one in found.errors} == {"services.csv"}
    assert (found.read, found.bad, found.services) == (ROWS, BAD, ())


@pytest.mark.parametrize("form", ["json", "zip"])
def test_the_good_ones_are_taken_where_that_is_asked(
    rows: Callable[[], Rows], read: Importing, tmp_path: Path, form: str
) -> None:
    broken = rows()
    wanted = spoilt(broken)
    found = read(written(broken, form, tmp_path), mode=Mode.GOOD)
    assert (found.read, found.bad, len(found.services)) == (ROWS, BAD, ROWS - BAD)
    assert len(found.errors) == len(wanted)
    bad = {f"servizio-{line - 2:03}" for line, _, _ in wanted}
    assert {draft.slug for draft in found.services}.isdisjoint(bad)
    catalogue = found.catalogue()
    assert catalogue is not None
    assert len(catalogue.services) == ROWS - BAD


def test_the_number_of_a_service_is_told_where_there_are_no_lines(
    rows: Callable[[], Rows], read: Importing, tmp_path: Path
) -> None:
    broken = rows()
    wanted = spoilt(broken)
    found = read(written(broken, "json", tmp_path))
    assert [one.line for one in sorted(found.errors, key=lambda one: one.line)] == [
        line - 1 for line, _, _ in wanted
    ]


def test_faults_are_grouped_by_field_with_ranges_of_lines(
    rows: Callable[[], Rows], read: Importing, tmp_path: Path
) -> None:
    broken = rows()
    for place in (0, 1, 2, 7):
        broken["service"][place]["minimum_age"] = f"età {place}"
    (group,) = grouped(read(written(broken, "zip", tmp_path)).findings)
    assert (group.file, group.field, group.count) == ("services.csv", "minimum_age", 4)
    assert group.lines == ((2, 4), (9, 9))
    assert group.values == ("età 0", "età 1", "età 2")


def _attribute(link_type: str) -> Callable[[Rows], dict[str, str]]:
    def first(rows: Rows) -> dict[str, str]:
        code = rows["service"][0]["id"]
        return next(
            row
            for row in rows["attribute"]
            if row["link_id"] == code and row["link_type"] == link_type
        )

    return first


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "field", "problem"),
    [
        ("attribute", _attribute("hours"), "value", "molte", "hours", Problem.NO_NUMBER),
        ("attribute", _attribute("remote"), "value", "forse", "remote", Problem.UNKNOWN_CODE),
        (
            "attribute",
            _attribute("need"),
            "taxonomy_term_id",
            "x",
            "taxonomy_term_id",
            Problem.UNKNOWN_REFERENCE,
        ),
        ("attribute", _attribute("slug"), "value", "servizio-001", "slug", Problem.REPEATED),
        ("attribute", _attribute("changes"), "value", " ", "changes", Problem.MISSING),
        ("attribute", _attribute("cost_eur"), "value", "0", "cost_eur", Problem.DISAGREES),
        ("schedule", 0, "dtstart", "domani", "dtstart", Problem.NO_DATE),
        ("schedule", 0, "byday", "LU", "byday", Problem.UNKNOWN_CODE),
        ("schedule", 0, "service_id", "x", "service_id", Problem.UNKNOWN_REFERENCE),
        ("service_area", 0, "extent", "marte", "extent", Problem.UNKNOWN_PLACE),
        ("cost_option", 0, "amount", "175 euro", "amount", Problem.NO_NUMBER),
        (
            "service_at_location",
            0,
            "location_id",
            "x",
            "location_id",
            Problem.UNKNOWN_REFERENCE,
        ),
    ],
)
def test_a_fault_in_a_part_is_told_and_keeps_its_service_out(
    rows: Callable[[], Rows],
    read: Importing,
    tmp_path: Path,
    table: str,
    row: int | Callable[[Rows], dict[str, str]],
    column: str,
    value: str,
    field: str,
    problem: Problem,
) -> None:
    broken = rows()
    cell = broken[table][row] if isinstance(row, int) else row(broken)
    cell[column] = value
    found = read(written(broken, "zip", tmp_path), mode=Mode.GOOD)
    assert (field, problem) in {(one.field, one.problem) for one in found.errors}
    dangling = (table, column) == ("schedule", "service_id")
    taken = {draft.slug for draft in found.services}
    assert ("servizio-000" in taken) is dangling
    assert len(taken) >= ROWS - 2
    assert read(written(broken, "zip", tmp_path)).services == ()


def test_a_code_that_does_not_exist_is_told_at_every_service_that_has_it(
    rows: Callable[[], Rows], read: Importing, tmp_path: Path
) -> None:
    broken = rows()
    term = next(row for row in broken["taxonomy_term"] if row["code"] == "mobility")
    having = {
        row["link_id"] for row in broken["attribute"] if row["taxonomy_term_id"] == term["id"]
    }
    term["code"] = "teletrasporto"
    found = read(written(broken, "zip", tmp_path), mode=Mode.GOOD)
    (group,) = grouped(found.errors)
    assert (group.field, group.values) == ("need", ("teletrasporto",))
    assert found.bad == group.count == len(having) > 0


def test_a_provider_that_cannot_be_used_keeps_its_services_out_and_no_others(
    rows: Callable[[], Rows], read: Importing, tmp_path: Path
) -> None:
    broken = rows()
    code = broken["organization"][0].pop("name") and broken["organization"][0]["id"]
    own = [row for row in broken["service"] if row["organization_id"] == code]
    for form in ("zip", "json"):
        found = read(written(broken, form, tmp_path), mode=Mode.GOOD)
        assert found.bad == len(own) > 0
        assert len(found.services) == ROWS - len(own)


def test_an_identifier_given_twice_is_told(
    rows: Callable[[], Rows], read: Importing, tmp_path: Path
) -> None:
    broken = rows()
    broken["service"][1]["id"] = broken["service"][0]["id"]
    found = read(written(broken, "zip", tmp_path), mode=Mode.GOOD)
    assert (3, "id", Problem.REPEATED) in {(o.line, o.field, o.problem) for o in found.errors}


def test_lines_with_too_few_cells_or_no_header_are_told(
    rows: Callable[[], Rows], read: Importing, tmp_path: Path
) -> None:
    folder = tmp_path / "cartella"
    folder.mkdir()
    for name, text in write_files(rows()).items():
        lines = text.split("\r\n")
        if name == "services.csv":
            lines[4] = "a,b"
        if name == "schedules.csv":
            lines[0] = lines[0].replace("id", "identificativo", 1)
        (folder / name).write_bytes("\r\n".join(lines).encode())
    found = read(folder)
    told = {(one.file, one.line, one.problem) for one in found.errors}
    assert ("services.csv", 5, Problem.SHAPE) in told
    assert ("schedules.csv", 1, Problem.MISSING) in told


@pytest.mark.parametrize(
    ("item", "field"),
    [
        (7, "service"),
        ({"id": "a", "name": ["x"], "status": "active", "organization_id": "b"}, "service.name"),
        ({"id": "a", "name": "x", "status": "active", "schedules": {}}, "service.schedules"),
        ({"id": "a", "name": "x", "status": "active", "phones": ["x"]}, "phone"),
    ],
)
def test_json_of_the_wrong_form_is_told_with_the_number_of_the_service(
    read: Importing, tmp_path: Path, item: Any, field: str
) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"contents": [item]}), "utf-8")
    found = read(path)
    assert (1, field, Problem.SHAPE) in {(o.line, o.field, o.problem) for o in found.errors}


def test_columns_of_others_are_named_as_not_read_and_do_no_harm(
    rows: Callable[[], Rows], read: Importing, tmp_path: Path
) -> None:
    path = written(rows(), "folder", tmp_path)
    table = [*csv.reader(io.StringIO((path / "services.csv").read_text("utf-8"), newline=""))]
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(
        [[*row, "accreditations" if n == 0 else "x"] for n, row in enumerate(table)]
    )
    (path / "services.csv").write_bytes(buffer.getvalue().encode())
    found = read(path)
    assert [(one.gravity, one.field) for one in found.findings] == [
        (Gravity.NOT_READ, "accreditations")
    ]
    assert len(found.services) == ROWS
