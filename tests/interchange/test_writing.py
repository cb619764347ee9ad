"""What is written is read back as it was, and no cell of it is a formula (trust.md S6)."""

import csv
import io
import math
import zipfile
from datetime import date, datetime
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.errors import InputError
from matching.interchange import FileKind, csv_bytes, fields_of, read_table, xlsx_bytes
from matching.interchange.formulas import harmless, plain_text

SIGNS = "=+-@\t\r\n\0＝＋－＠"
FORMULAS = (
    "=1+1", "=cmd|'/c calc'!A1", "+39 333", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''+x", "＝1",
    '=HYPERLINK("http://x")', "'", "''", "-", "D'Angelo", "_x003D_1", "a\rb\nc",
)  # fmt: skip
# Text as it can be kept: no half characters, nor what a file of text cannot begin with.
TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cs",), exclude_characters="\ufeff\ufffe\uffff"),
        st.sampled_from(SIGNS + "'\"; ,|_x"),
    ),
    min_size=1,
    max_size=30,
).filter(lambda text: text.strip() != "")
CELLS = st.one_of(TEXT, st.sampled_from(FORMULAS))
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8)
HEADINGS = ("nome", "cognome", "cautele")
WRITERS = {"csv": csv_bytes, "xlsx": xlsx_bytes}


@pytest.mark.parametrize("kind", WRITERS)
@given(rows=ROWS)
@settings(max_examples=60)
def test_every_text_comes_back_as_it_was(kind: str, rows: list[tuple[str, ...]]) -> None:
    table = read_table(WRITERS[kind](HEADINGS, rows))
    assert table.headings == HEADINGS
    assert [one.cells for one in table.rows] == rows


@given(rows=ROWS)
@settings(max_examples=60)
def test_no_cell_of_a_csv_begins_as_a_formula_does(rows: list[tuple[str, ...]]) -> None:
    text = csv_bytes(HEADINGS, rows).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
        for cell in row:
            assert cell[:1] not in tuple(SIGNS), cell


@given(rows=ROWS)
@settings(max_examples=30)
def test_no_cell_of_a_workbook_is_a_formula(rows: list[tuple[str, ...]]) -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(HEADINGS, rows))) as archive:
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        names = {one.tag.rpartition("}")[2] for one in sheet.iter()}
    assert "f" not in names
    assert "c" in names


@given(CELLS)
def test_an_apostrophe_is_put_before_and_taken_away(text: str) -> None:
    assert plain_text(harmless(text)) == text
    assert not harmless(text).startswith(tuple(SIGNS))


def test_a_text_that_begins_with_an_apostrophe_is_left_alone() -> None:
    assert harmless("'s-Hertogenbosch") == plain_text("'s-Hertogenbosch") == "'s-Hertogenbosch"


@pytest.mark.parametrize("kind", WRITERS)
def test_numbers_and_days_are_no_texts(kind: str) -> None:
    row = (-3, 0.25, True, None, date(1971, 4, 2), datetime(2026, 11, 28, 9, 5))
    content = WRITERS[kind]([f"c{n}" for n in range(6)], [row])
    (found,) = read_table(content).rows
    written = {
        "csv": ("-3", "0,25", "sì", "", "02/04/1971", "2026-11-28 09:05"),
        "xlsx": (-3, 0.25, "sì", None, date(1971, 4, 2), "2026-11-28 09:05"),
    }
    assert found.cells == written[kind]


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_number_that_is_none_is_not_written(kind: str, value: float) -> None:
    with pytest.raises(InputError, match="no number"):
        WRITERS[kind](["a"], [[value]])


def test_another_program_opens_a_workbook_of_ours() -> None:
    rows = [("Nicolò & <C>", -3, date(1971, 4, 2), None), ("=1+1", 0.25, None, True)]
    content = xlsx_bytes(["nome", "ore", "nato il", "patente"], rows, sheet='Dati "1"')
    page = openpyxl.load_workbook(io.BytesIO(content))['Dati "1"']
    assert [one.value for one in page[2]] == ["Nicolò & <C>", -3, datetime(1971, 4, 2), None]
    assert page["C2"].number_format == "dd/mm/yyyy"
    assert [(one.value, one.data_type) for one in page[3]] == [
        ("'=1+1", "s"), (0.25, "n"), (None, "n"), ("sì", "s"),
    ]  # fmt: skip


def test_a_text_that_no_cell_holds_is_not_cut_short() -> None:
    long = "x" * 32_768
    with pytest.raises(InputError, match="Write it as CSV"):
        xlsx_bytes(["a"], [[long]])
    assert read_table(csv_bytes(["a"], [[long]])).rows[0].cells == (long,)


def test_a_csv_opens_in_an_italian_spreadsheet() -> None:
    content = csv_bytes(("nome", "città"), [("Nicolò", "Forlì; centro")])
    assert content == '\ufeffnome;città\r\nNicolò;"Forlì; centro"\r\n'.encode()


def test_first_headings_of_fields_are_those_of_exports() -> None:
    for kind in FileKind:
        first = [one.headings[0] for one in fields_of(kind)]
        assert len(set(first)) == len(first)
