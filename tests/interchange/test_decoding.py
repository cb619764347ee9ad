import pytest

from matching.errors import InputError
from matching.interchange import Assumed, read_table
from matching.interchange.decoding import decoded
from tests.interchange.files import csv_of, rows_of

TEXT = "Nicolò Città perché «così» – 5 € d’oro"


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_a_text_is_read_in_whatever_encoding_a_program_saved_it(encoding: str, told: str) -> None:
    assert decoded((TEXT * 3).encode(encoding)) == (TEXT * 3, told)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_names_with_accents_arrive_as_they_were_written(encoding: str) -> None:
    content = csv_of(
        "nome;cognome;comune", "Nicolò;Dall’Òglio;Lecco", "Zoë;Müller;Merate", encoding=encoding
    )
    found = rows_of(content)
    assert [(one.given_name, one.family_name) for one in found.rows] == [  # type: ignore[union-attr]
        ("Nicolò", "Dall’Òglio"), ("Zoë", "Müller"),
    ]  # fmt: skip
    assert found.problems == ()


def test_a_name_from_elsewhere_is_read_in_an_encoding_that_has_it() -> None:
    content = csv_of("nome;cognome", *[f"Jiří{n};Dvořák" for n in range(20)], encoding="cp1250")
    assert {one.family_name for one in rows_of(content).rows} == {"Dvořák"}  # type: ignore[union-attr]


def test_which_encoding_was_taken_is_said() -> None:
    said = {one.what: one.how for one in read_table(csv_of("nome;cognome", "a;b")).assumptions}
    assert said[Assumed.ENCODING] == "utf-8"


def test_a_file_that_says_what_it_is_and_is_not_was_damaged() -> None:
    with pytest.raises(InputError, match="was damaged"):
        decoded(b"\xef\xbb\xbfNicol\xf2")
    with pytest.raises(InputError, match="was damaged"):
        decoded(b"\xff\xfen\x00i")  # half a character more


def test_composed_and_decomposed_accents_are_one_name() -> None:
    content = csv_of("nome;cognome", "Nicolo\u0300;Prova", "Nicol\u00f2;Prova")
    found = rows_of(content)
    assert [one.given_name for one in found.rows] == ["Nicolò"]  # type: ignore[union-attr]
    assert [str(one.code) for one in found.problems] == ["twice"]
