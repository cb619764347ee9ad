"""Of a CV's writer no name is left, and nothing else of the line that it stood on is lost."""

import pytest

from matching.domain import DocumentKind
from matching.extraction import Index
from matching.extraction.unnamed import anybodys


def shown(index: Index, text: str, kind: DocumentKind = DocumentKind.CV) -> str:
    return anybodys(text, kind, index).text


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Mario Sarti\nmuratore", "muratore"),
        ("Luca Sarti | Muratore | Brianza", "Muratore | Brianza"),
        (
            "Curriculum vitae di Anna Cuoco\nCameriera dal 2010",
            "Curriculum vitae\nCameriera dal 2010",
        ),
        ("Nome: Anna\nCognome: Sarti\nCameriera", "Cameriera"),
        ("Mi chiamo Anna e faccio la cuoca", "Mi chiamo Xyz e faccio la cuoca"),
        ("Mi chiamo Anna, ho 45 anni, faccio la cuoca", "faccio la cuoca"),
        ("Anna Sarti (45 anni)\nCameriera", "Cameriera"),
        ("Anna Sarti    CONTATTI\nCameriera", "Xyz    CONTATTI\nCameriera"),
        ("Cuoca dal 2010.\nCordiali saluti\nAnna Sarti", "Cuoca dal 2010.\nCordiali saluti"),
        ("Nome e cognome: Sarti Anna\nCuoca dal 2010.\nAnna Sarti", "Cuoca dal 2010."),
    ],
)
def test_a_name_goes_with_what_announces_it(index: Index, text: str, rest: str) -> None:
    assert shown(index, text) == rest


@pytest.mark.parametrize(
    "text",
    [
        "ho lo SPID e la firma digitale",
        "Consegne con palmare, firma. La mattina dalle 6 alle 8",
        "Conosco per nome mezza Brianza",
        "AUTISTA CE CON ADR CISTERNE\nguida di bilici",
        "Addetta mensa scolastica\ncuoca",
    ],
)
def test_what_names_nobody_stays(index: Index, text: str) -> None:
    assert shown(index, text) == text


def test_streets_and_addresses_are_all_alike(index: Index) -> None:
    one = "Cuoca\nvia dei Tintori 12, 23900 Bari, anna.sarti@example.it"
    other = "Cuoca\nvia Po 3, 23900 Bari, a@example.com"
    assert shown(index, one) == shown(index, other)
    assert "23900 Bari" in shown(index, one)


def test_a_vacancy_is_left_as_it_is(index: Index) -> None:
    text = "Sig.ra Anna Rossi cerca badante, via Po 3"
    assert shown(index, text, DocumentKind.VACANCY) == text
