"""Packages that cannot, or must not, be read; cells that a spreadsheet would compute."""

import csv
import io
import json
import stat
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.accompaniment import Catalogue
from matching.accompaniment.hsds import Limits, Rows, import_file, write_files
from matching.accompaniment.hsds.cells import as_was, neutralised
from matching.errors import InputError
from matching.service import Service as Whole
from tests.accompaniment.hsds.conftest import AS_OF, Importing, written


@given(st.text())
def test_a_neutralised_cell_begins_no_formula_and_comes_back(text: str) -> None:
    cell = neutralised(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\0"))
    assert as_was(cell) == text


def test_no_cell_of_an_export_begins_a_formula(
    service: Whole, exported: Callable[[Catalogue], Rows]
) -> None:
    assert service.catalogue is not None
    hostile = replace(
        service.catalogue.services[0], name='=HYPERLINK("http://x")', description="@SUM(A1)"
    )
    files = write_files(exported(replace(service.catalogue, services=(hostile,))))
    assert json.loads(files["datapackage.json"])["version"] == "3.0"
    cells = [
        cell
        for name, text in files.items()
        if name.endswith(".csv")
        for row in csv.reader(io.StringIO(text, newline=""))
        for cell in row
    ]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_the_package_names_every_file_and_column_that_it_holds(
    service: Whole, exported: Callable[[Catalogue], Rows]
) -> None:
    assert service.catalogue is not None
    files = write_files(exported(service.catalogue))
    resources = json.loads(files["datapackage.json"])["resources"]
    assert {one["path"] for one in resources} | {"datapackage.json"} == set(files)
    names = {one["name"] for one in resources}
    for one in resources:
        header = next(csv.reader(io.StringIO(files[one["path"]])))
        assert header == [field["name"] for field in one["schema"]["fields"]]
        references = {key["reference"]["resource"] for key in one["schema"]["foreignKeys"]}
        assert references <= names


def a_zip(path: Path, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return path


def a_link() -> zipfile.ZipInfo:
    link = zipfile.ZipInfo("services.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return link


SERVICES = b"id,organization_id,name,status\r\n"


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ([("../services.csv", SERVICES)], "leaves the archive"),
        ([("/services.csv", SERVICES)], "leaves the archive"),
        ([("C:\\services.csv", SERVICES)], "leaves the archive"),
        ([(a_link(), b"/etc/passwd")], "leaves the archive"),
        ([("services.csv", b"0" * 5_000_000)], "larger than what is read"),
        ([("altro.csv", b"a")], r"holds no services\.csv"),
        ([("services.csv", SERVICES), ("a/services.csv", SERVICES)], "same table twice"),
        ([("services.csv", b"id,name\r\n\xff\xfe")], "services.csv is not UTF-8 at byte 9"),
        ([("services.csv", SERVICES), ("datapackage.json", b"{")], "datapackage.json is no JSON"),
    ],
)
def test_an_archive_that_cannot_be_used_is_refused_with_what_and_why(
    read: Importing, tmp_path: Path, entries: list[tuple[str, bytes]], says: str
) -> None:
    with pytest.raises(InputError, match=says):
        read(a_zip(tmp_path / "a.zip", *entries))


def test_too_many_files_and_too_many_rows_are_refused(service: Whole, tmp_path: Path) -> None:
    many = a_zip(tmp_path / "a.zip", *((f"{n}.csv", b"") for n in range(5)))
    rows = a_zip(tmp_path / "b.zip", ("services.csv", SERVICES + b"a,b,c,active\r\n" * 5))
    for path, says in ((many, "holds 5 files; at most 3"), (rows, "more than 4 rows")):
        with pytest.raises(InputError, match=says):
            import_file(
                path,
                territory=service.territory,
                taxonomy=service.taxonomy,
                as_of=AS_OF,
                limits=Limits(files=3, rows=4),
            )


def test_what_is_no_archive_no_json_or_not_there_is_refused(
    read: Importing, tmp_path: Path
) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK no")
    (tmp_path / "a.json").write_bytes(b"[" * 100_000)
    (tmp_path / "b.json").write_bytes(b"3")
    (tmp_path / "c.json").write_bytes(b'"\xff"')
    for name, says in (
        ("a.zip", "no zip archive"),
        ("a.json", "no JSON"),
        ("b.json", "no HSDS services"),
        ("c.json", "not UTF-8"),
        ("d.zip", "no such file"),
    ):
        with pytest.raises(InputError, match=says):
            read(tmp_path / name)


def test_a_damaged_member_is_refused(
    service: Whole, exported: Callable[[Catalogue], Rows], read: Importing, tmp_path: Path
) -> None:
    assert service.catalogue is not None
    path = written(exported(service.catalogue), "zip", tmp_path)
    data = bytearray(path.read_bytes())
    place = data.index(b"services.csv") + 200
    data[place : place + 20] = bytes(20)
    path.write_bytes(bytes(data))
    with pytest.raises(InputError, match="damaged"):
        read(path)
