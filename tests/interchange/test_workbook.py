import io
import time
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from matching.errors import InputError
from matching.interchange import Assumed, FileKind, FileLimits, read_table
from tests.interchange.files import (
    CONTENT_TYPES,
    archive_of,
    book_of,
    cell,
    csv_of,
    row,
    rows_of,
    saved,
    sheet_of,
)


def test_a_workbook_is_read_with_numbers_and_days_as_they_are() -> None:
    content = book_of(
        [
            ["nome", "cognome", "data di nascita", "telefono", "patente", "quota lavorata negli "
             "ultimi 5 anni"],
            ["Ada", "Prova", date(1971, 4, 2), 3331234567, True, 0.4],
            ["Eva", "Prova", datetime(1980, 1, 31, 0, 0), "0341 123456", "no", "0,25"],
        ]
    )  # fmt: skip
    found = rows_of(content)
    assert found.problems == ()
    ada, eva = found.rows
    assert (ada.birth_date, ada.telephone) == (date(1971, 4, 2), "3331234567")  # type: ignore[union-attr]
    assert dict(ada.answers) == {"driving_licence": True, "share_worked_5y": 0.4}  # type: ignore[union-attr]
    assert eva.birth_date == date(1980, 1, 31)  # type: ignore[union-attr]
    assert dict(eva.answers) == {"driving_licence": False, "share_worked_5y": 0.25}  # type: ignore[union-attr]


def test_days_are_right_in_a_workbook_that_counts_from_1904() -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.MAC_EPOCH
    page = book.active
    assert page is not None
    page.append(["nome", "cognome", "nato il"])
    page.append(["Ada", "Prova", date(1971, 4, 2)])
    (ada,) = rows_of(saved(book)).rows
    assert ada.birth_date == date(1971, 4, 2)  # type: ignore[union-attr]


def test_a_number_that_only_looks_like_a_day_is_none() -> None:
    (problem,) = rows_of(book_of([["nome", "cognome", "nato il"], ["A", "B", 26_025]])).problems
    assert problem.code == "not_a_date"


def test_a_row_has_the_number_that_the_spreadsheet_shows() -> None:
    content = sheet_of(
        row("nome", "cognome", number=3) + row("Ada", "Prova", number=7) + row("Eva", "B", number=9)
    )
    table = read_table(content)
    assert [one.number for one in table.rows] == [7, 9]
    assert {one.what: one.how for one in table.assumptions}[Assumed.HEADINGS] == "3"


def test_a_formula_counts_by_what_was_computed_of_it() -> None:
    content = sheet_of(
        row("nome", "cognome", "jobs in 5 years")
        + f"<row>{cell('Ada')}{cell('B')}<c><f>1+1</f><v>2</v></c></row>"
        + f"<row>{cell('Eva')}{cell('B')}<c t='str'><f>IF(TRUE,\"\")</f><v></v></c></row>"
    )
    found = rows_of(content)
    assert [dict(one.answers) for one in found.rows] == [{"jobs_5y": 2}, {}]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "formula",
    ["<c><f>1+1</f></c>", "<c><f>1+1</f><v></v></c>", "<c t='e'><f>1/0</f><v>#DIV/0!</v></c>"],
)
def test_a_formula_that_was_never_computed_is_not_taken_for_blank(formula: str) -> None:
    content = sheet_of(
        row("nome", "cognome", "jobs in 5 years") + f"<row>{cell('A')}{cell('B')}{formula}</row>"
    )
    (problem,) = rows_of(content).problems
    assert (problem.code, problem.column) == ("broken_cell", "jobs in 5 years")


def test_a_formula_of_another_program_that_computed_none_is_told() -> None:
    content = book_of([["nome", "cognome", "nato il"], ["A", "B", "=TODAY()"]])
    (problem,) = rows_of(content).problems
    assert problem.code == "broken_cell"


def test_texts_are_read_whole_whatever_styles_are_in_them() -> None:
    texts = (
        "<si><t>nome</t></si><si><t>cognome</t></si>"
        '<si><r><t>An</t></r><r><rPr><b/></rPr><t xml:space="preserve">na </t></r></si>'
        "<si><t>Prova</t><rPh sb='0' eb='1'><t>purova</t></rPh></si>"
    )
    body = "".join(
        f"<row><c t='s'><v>{pair[0]}</v></c><c t='s'><v>{pair[1]}</v></c></row>"
        for pair in ((0, 1), (2, 3))
    )
    (one,) = rows_of(sheet_of(body, texts=texts)).rows
    assert (one.given_name, one.family_name) == ("Anna", "Prova")  # type: ignore[union-attr]


def test_a_character_written_by_its_number_is_that_character() -> None:
    content = sheet_of(row("titolo", "testo") + row("Cuoco", "uno_x000A_due _x005F_x0041_"))
    (one,) = rows_of(content, FileKind.VACANCIES).rows
    assert one.text == "uno\ndue _x0041_"  # type: ignore[union-attr]


def test_of_several_sheets_the_first_that_is_shown_is_read_and_it_is_said() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(book_of([["x"], ["y"]], sheet="Nascosto", more={
            "Persone": [["nome", "cognome"], ["Ada", "Prova"]],
            "Altro": [["nome", "cognome"], ["Eva", "Prova"]],
        }))
    )  # fmt: skip
    book["Nascosto"].sheet_state = "hidden"
    content = saved(book)
    table = read_table(content)
    assert table.rows[0].cells == ("Ada", "Prova")
    assert {one.what: one.how for one in table.assumptions} == {Assumed.SHEET: "Persone"}
    other = read_table(content, sheet="Altro")
    assert other.rows[0].cells == ("Eva", "Prova")
    assert other.assumptions == ()
    with pytest.raises(InputError, match="no sheet of that name; it has 2"):
        read_table(content, sheet="Nascosto")


def test_cells_out_of_their_place_stand_in_their_column() -> None:
    content = sheet_of(
        f"<row r='1'>{cell('nome', 'B1')}{cell('cognome', 'D1')}</row>"
        f"<row r='2'>{cell('Ada', 'B2')}{cell('Prova', 'D2')}</row>"
    )
    table = read_table(content)
    assert table.headings == ("", "nome", "", "cognome")
    assert table.rows[0].cells == (None, "Ada", None, "Prova")


def test_styles_beyond_the_last_column_are_no_cells() -> None:
    far = '<c r="XFD2" s="0"/>'
    content = sheet_of(row("nome", "cognome") + f"<row>{cell('A')}{cell('B')}{far}</row>")
    assert read_table(content).rows[0].cells == ("A", "B")


BILLION = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    "<worksheet><sheetData>&b;</sheetData></worksheet>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    "<worksheet><sheetData><row><c><v>&a;</v></c></row></sheetData></worksheet>"
)
GOOD = {CONTENT_TYPES: "<Types/>"}


def changed(**parts: bytes | str) -> bytes:
    """A good workbook with other parts in place of its own."""
    with zipfile.ZipFile(io.BytesIO(sheet_of(row("nome") + row("Ada")))) as good:
        held: dict[str, bytes | str] = {name: good.read(name) for name in good.namelist()}
    return archive_of(held | {name.replace("__", "/") + ".xml": one for name, one in parts.items()})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (archive_of({"a.txt": "x"}), "no XLSX workbook"),
        (archive_of({**GOOD, "xl/vbaProject.bin": b"x"}), "holds macros"),
        (archive_of(GOOD), "damaged"),
        (changed(xl__worksheets__sheet1=BILLION), "unsafe"),
        (changed(xl__worksheets__sheet1=OUTSIDE), "unsafe"),
        (changed(xl__workbook=BILLION), "unsafe"),
        (changed(xl__worksheets__sheet1="<worksheet><row>"), "damaged"),
        (changed(xl__worksheets__sheet1=b"\xff\xff"), "damaged"),
        (sheet_of("<row><c t='s'><v>7</v></c></row>", texts="<si><t>x</t></si>"), "damaged"),
        (sheet_of(row("nome", number=2) + row("Ada", number=1)), "damaged"),
        (sheet_of(row("nome") + row("Ada", number=99_999_999)), "damaged"),
        (sheet_of(row("nome") + "<row r='x'/>"), "damaged"),
        (sheet_of("<row><c t='n'><v>molto</v></c></row>"), "damaged"),
        (archive_of({f"x{n}.xml": "<x/>" for n in range(1_001)}), "too_large"),
        (archive_of({**GOOD, "../x.xml": "<x/>"}), "unsafe"),
        (archive_of({**GOOD, "xl/bomb.xml": b"<x>" + b"a" * 60_000_000}), "too_large"),
        (sheet_of(row("nome") + row("Ada"))[:-40], "corrupt|damaged"),
        (sheet_of("".join(row("x" * 9) for _ in range(9)))[:300], "corrupt|damaged"),
        (sheet_of(""), "no rows"),
    ],
)  # fmt: skip
def test_a_workbook_that_is_broken_or_a_trap_is_refused(content: bytes, said: str) -> None:
    began = time.monotonic()
    with pytest.raises(InputError, match=said):
        read_table(content)
    assert time.monotonic() - began < 5


def test_rows_without_cells_by_the_million_take_no_memory_and_little_time() -> None:
    # 1 MB of markup in some 5 KB: the rest of the limits would let fifty times as much in.
    content = changed(
        xl__worksheets__sheet1="<worksheet><sheetData>"
        + row("nome") + row("Ada") + "<row/>" * 200_000 + "</sheetData></worksheet>"
    )  # fmt: skip
    assert len(content) < 10_000
    with pytest.raises(InputError, match="too_large"):
        read_table(content)
    table = read_table(content, limits=FileLimits(max_ratio=10_000))
    assert [one.cells for one in table.rows] == [("Ada",)]


def test_a_sheet_over_a_limit_is_refused() -> None:
    content = book_of([["nome", "cognome"], *[["A", f"B{n}"] for n in range(5)]])
    with pytest.raises(InputError, match="more than 3 rows"):
        read_table(content, limits=FileLimits(max_rows=3))
    with pytest.raises(InputError, match="more than 7 cells"):
        read_table(content, limits=FileLimits(max_cells=7))
    with pytest.raises(InputError, match="more than 1 columns"):
        read_table(content, limits=FileLimits(max_columns=1))


def test_more_texts_than_cells_are_not_read() -> None:
    texts = "<si><t>x</t></si>" * 8
    with pytest.raises(InputError, match="more than 7 texts"):
        read_table(
            sheet_of("<row><c t='s'><v>0</v></c></row>", texts=texts),
            limits=FileLimits(max_cells=7),
        )


@pytest.mark.parametrize("cut", range(0, 2_000, 97))
def test_a_workbook_with_bytes_of_another_is_refused_or_read(cut: int) -> None:
    content = bytearray(sheet_of(row("nome") + "".join(row(f"Ada{n}") for n in range(40))))
    content[cut % len(content)] ^= 0x5A
    said = ""
    try:
        table = read_table(bytes(content))
    except InputError as refused:
        said = str(refused)
    else:
        assert len(table.rows) <= 40
    assert "Ada" not in said


def test_a_workbook_and_a_csv_of_the_same_rows_give_the_same_people() -> None:
    rows = [["nome", "cognome", "comune"], ["Ada", "Prova", "Lecco"], ["Eva", "'=B", "Merate"]]
    assert rows_of(book_of(rows)).rows == rows_of(csv_of(*map(";".join, rows))).rows
