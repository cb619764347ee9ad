import pytest

from matching.errors import InputError
from matching.interchange import Assumed, FileLimits, read_table
from tests.interchange.files import csv_of, rows_of

HEADINGS = ("nome", "cognome", "telefono", "note")


@pytest.mark.parametrize(("separator", "told"), [(";", ";"), (",", ","), ("\t", "tab"), ("|", "|")])
def test_the_separator_is_found(separator: str, told: str) -> None:
    content = csv_of(*(separator.join(one) for one in (HEADINGS, ("Ada", "B", "1", "x"))))
    table = read_table(content)
    assert table.headings == HEADINGS
    assert table.rows[0].cells == ("Ada", "B", "1", "x")
    assert {one.what: one.how for one in table.assumptions}[Assumed.SEPARATOR] == told


def test_the_separator_is_the_one_by_which_rows_are_as_wide_as_the_headings() -> None:
    content = csv_of(
        "nome;cognome;indirizzo", "Ada;Prova;Via Roma, 1", "Eva;Prova;Via Po, 2, int. 3"
    )
    assert read_table(content).rows[1].cells == ("Eva", "Prova", "Via Po, 2, int. 3")


def test_a_line_of_excel_on_the_separator_decides_and_is_no_row() -> None:
    table = read_table(csv_of("sep=,", "nome,cognome;soprannome", "Ada,x;y"))
    assert table.headings == ("nome", "cognome;soprannome")
    # As the spreadsheet numbers it, which does not show that line.
    assert [one.number for one in table.rows] == [2]
    assert Assumed.HEADINGS not in {one.what for one in table.assumptions}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_quoted_text_may_hold_line_breaks_separators_and_quotes(end: str) -> None:
    content = csv_of(
        "titolo;testo", f'Cuoco;"Cerchiamo;{end}un ""cuoco""{end}bravo"', "Aiuto;x", end=end
    )
    table = read_table(content)
    assert table.rows[0].cells == ("Cuoco", f'Cerchiamo;{end}un "cuoco"{end}bravo')
    assert [one.number for one in table.rows] == [2, 3]


def test_blank_rows_are_left_out_and_counted() -> None:
    table = read_table(csv_of("", ";;", "nome;cognome", "", "Ada;Prova", ";", "Eva;Prova"))
    assert [one.number for one in table.rows] == [5, 7]
    assert {one.what: one.how for one in table.assumptions}[Assumed.HEADINGS] == "3"


def test_a_file_of_one_column_is_read() -> None:
    assert read_table(csv_of("nome", "Ada", "Eva")).headings == ("nome",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "0 bytes"),
        (b"\r\n;;\r\n", "no rows"),
        (b"nome;cognome\r\n", "no rows below"),
        (b"nome;x;Nome\r\na;b;c\r\n", "Columns 1 and 3 have the same heading"),
        (b"nome;cognome\r\nAda;Prova;x\r\n", "Row 2 has more cells"),
        (b'nome;cognome\r\nAda;"Prova\r\n', "Row 2 cannot be read"),
        (b'nome;cognome\r\nAda;"Pro"va\r\n', "Row 2 cannot be read"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "old Excel"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_table(content)


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (FileLimits(max_rows=3), "more than 3 rows"),
        (FileLimits(max_cells=7), "more than 7 cells"),
        (FileLimits(max_columns=1), "2 columns; at most 1"),
        (FileLimits(max_bytes=20), "at most 20 are read"),
        (FileLimits(max_characters=3), "Row 2 has a cell of more than 3 characters"),
    ],
)
def test_a_file_over_a_limit_is_refused_and_not_cut_short(limits: FileLimits, said: str) -> None:
    content = csv_of("nome;cognome", *["Anna;Prova"] * 4)
    with pytest.raises(InputError, match=said):
        read_table(content, limits=limits)


def test_blank_lines_without_end_are_no_rows() -> None:
    table = read_table(csv_of("nome;cognome", "Ada;Prova") + b"\n" * 300_000)
    assert len(table.rows) == 1


def test_what_is_refused_does_not_repeat_what_the_file_holds() -> None:
    content = csv_of("nome;cognome", 'Zenobia;"Segretissima')
    with pytest.raises(InputError) as refused:
        read_table(content)
    assert "Zenobia" not in str(refused.value)
    assert "Segretissima" not in str(refused.value)


def test_an_apostrophe_before_a_formula_is_taken_away_again() -> None:
    found = rows_of(csv_of("nome;cognome;telefono", "Ada;'=Prova;'+39 333 1234567"))
    (one,) = found.rows
    assert (one.family_name, one.telephone) == ("=Prova", "+39 333 1234567")  # type: ignore[union-attr]
