from matching.interchange import Assumed, FileKind, Written, preview, read_table
from matching.interchange.preview import Preview
from tests.interchange.files import DAY, PLACES, csv_of


def shown(*lines: str, **told: str) -> Preview:
    return preview(
        read_table(csv_of(*lines)), FileKind.PERSONS, as_of=DAY, places=PLACES, told=told or None
    )


def test_a_preview_says_how_a_file_is_understood() -> None:
    found = shown(
        "nome;cognome;nato il;note", *[f"Ada{n};B;02/04/1971;x" for n in range(7)], "C;;;"
    )
    assert found.can_be_read
    assert found.headings == ("nome", "cognome", "nato il", "note")
    assert dict(found.mapping.columns)["nato il"] == "birth_date"
    assert (found.rows, len(found.good), len(found.first)) == (8, 7, 5)
    assert [(one.number, str(one.code)) for one in found.problems] == [(9, "missing")]
    assert {one.what for one in found.assumptions} == {
        Assumed.ENCODING, Assumed.SEPARATOR, Assumed.DATES
    }  # fmt: skip


def test_a_file_whose_columns_are_not_clear_is_shown_and_not_read() -> None:
    found = shown("nome;cognommme", "Ada;Prova")
    assert not found.can_be_read
    assert (found.rows, found.good) == (1, ())
    assert found.first == (("Ada", "Prova"),)
    assert shown("nome;cognommme", "Ada;Prova", cognommme="family_name").can_be_read


def test_nothing_of_a_file_with_what_may_not_be_collected_is_repeated() -> None:
    found = shown("nome;cognome;religione", "Ada;Prova;segreta")
    assert not found.can_be_read
    assert found.first == ()
    assert "segreta" not in repr(found)


def test_the_value_of_a_problem_is_shown_in_short_to_whoever_sent_it() -> None:
    table = read_table(csv_of("nome;cognome;nato il", "Ada;Prova;31/02/1971", f"{'x' * 90};B;"))
    written = Written(table)
    assert written.under(2, "nato il") == "31/02/1971"
    assert written.under(3, "nome") == "x" * 59 + "…"
    assert written.under(3, "nato il") == written.under(4, "nome") == ""
    assert written.under(2, "(nothing)") == ""
    assert written.cells(3) == ("x" * 90, "B", "")
