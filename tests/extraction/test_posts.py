"""How many people a vacancy seeks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.extraction.posts import posts
from matching.normalisation import plain
from tests.extraction.clock import quickly


def sought(text: str) -> object:
    found = next(posts(text, plain(text)), None)
    if found is None:
        return None
    assert text[found.start : found.end] == found.evidence
    return found.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cercasi n. 3 operai addetti al montaggio", 3),
        ("CERCASI N°5 OPERAI/E", 5),
        ("Ricerchiamo nr. 1 impiegata contabile", 1),
        ("cerchiamo due camerieri per la stagione", 2),
        ("Stiamo cercando tre persone per le pulizie", 3),
        ("La ditta cerca una risorsa da inserire in magazzino", 1),
        ("Azienda cerca un/a impiegato/a", 1),
        ("Cerco una signora per pulizie 3 ore a settimana", 1),
        ("Selezioniamo 10 addetti vendita", 10),
        ("Cerchiamo per nostro cliente 3 magazzinieri con patentino", 3),
        ("Cooperativa con 200 dipendenti cerca 4 OSS", 4),
        ("Posti disponibili: 4", 4),
        ("Numero posti: 6", 6),
        ("n° 2 posizioni aperte per saldatore", 2),
        ("2 CAMERIERI DI SALA\nHotel sul lago", 2),
        ("Siamo alla ricerca di 4 giovani da inserire nel reparto", 4),
        ("Ricerca: OPERAIO DI PRODUZIONE (3 posti)", 3),
    ],
)
def test_the_number_sought_is_read(text: str, expected: int) -> None:
    assert sought(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cercasi un cuoco e due aiuto cuoco", 3),
        ("ricerchiamo 1 tornitore CNC e 1 fresatore", 2),
        ("- n. 2 saldatori\n- n. 1 tornitore", 3),
    ],
)
def test_those_named_together_are_added_up(text: str, expected: int) -> None:
    assert sought(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Cerchiamo camerieri",
        "Cercasi barista con 2 anni di esperienza",
        "Cerchiamo persona con 2 anni di esperienza e 3 lingue",
        "azienda di 30 operai cerca tornitore",
        "Assumiamo personale per 3 negozi",
        "Cercasi badante per 2 anziani, 24 ore su 24",
        "Albergo da 40 posti letto cerca receptionist",
        "cerchiamo un ambiente sereno",
        "Una giornata al mare",
    ],
)
def test_other_numbers_are_no_posts(text: str) -> None:
    assert sought(text) is None


_WORDS = """
cerchiamo cercasi n. 3 due un una operai risorsa posti : e , . - per con anni 200 0
"""
_PIECES = st.sampled_from([*_WORDS.split(), "\n"])


@given(st.lists(_PIECES, max_size=25).map(" ".join) | st.text(max_size=60))
def test_a_number_is_positive_and_stands_in_the_text(text: str) -> None:
    for found in posts(text, plain(text)):
        assert text[found.start : found.end] == found.evidence
        assert int(found.value) > 0


@pytest.mark.parametrize("unit", ["cerca ", "n. 2 operai ", "cerca un ", "\n- n. 1 oss", " "])
def test_long_lines_are_read_in_linear_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    with quickly():
        assert all(found.evidence for found in posts(text, plain(text)))
