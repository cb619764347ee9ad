"""Licences and vehicles in the ways people write them."""

import pytest

from matching.extraction.licences import licences, own_vehicle
from matching.normalisation import plain


def codes(text: str, body: int = 0) -> list[str]:
    return sorted({str(item.value) for item in licences(text, plain(text), body)})


def vehicle(text: str) -> list[object]:
    return sorted({item.value for item in own_vehicle(text, plain(text))})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("patente B", ["B"]),
        ("Patente: sì", ["B"]),
        ("patente di guida", ["B"]),
        ("pat. B-C", ["B", "C"]),
        ("pat. cat. B", ["B"]),
        ("patenti A, B e C+E", ["A", "B", "CE"]),
        ("patenti: A e B", ["A", "B"]),
        ("Patente B/C/D", ["B", "C", "D"]),
        ("patente di guida cat. B", ["B"]),
        ('patente "B"', ["B"]),
        ("Patente di tipo B", ["B"]),
        ("B automunito", ["B"]),
        ("PATENTE B – MUNITO DI AUTO", ["B"]),
        ("patente e cittadinanza italiana", ["B"]),
        ("patente B, a due passi dal centro", ["B"]),
        ("Patente A automunito", ["A"]),
        ("patente C/E con CQC", ["CE", "CQC-M"]),
        ("patente BE", ["BE"]),
        ("patente C1", ["C1"]),
        ("patente D+E", ["DE"]),
        ("patente AM", ["AM"]),
        ("patente B e KB", ["B"]),
        ("CQC merci e persone", ["CQC-M", "CQC-P"]),
        ("CQC persone", ["CQC-P"]),
        ("carta di qualificazione del conducente per trasporto di cose", ["CQC-M"]),
        ("patentata", ["B"]),
        ("patente per la moto", ["A"]),
        ("ho il motorino", ["AM"]),
        ("Driving licence B", ["B"]),
        ("ho la patente B ma non ho la macchina", ["B"]),
        ("patente B in corso di validità", ["B"]),
    ],
)
def test_a_licence_is_read_in_every_way_of_writing(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "patente nautica",
        "patente europea del computer (ECDL)",
        "patente informatica",
        "patente a punti in edilizia",
        "patente a crediti",
        "patente del muletto",
        "patente per il carrello elevatore",
        "patentino del muletto",
        "patente di mestiere",
        "patente ritirata",
        "patente B sospesa",
        "patente B scaduta",
        "patente B in corso",
        "patente in fase di conversione",
        "Patente: NO",
        "non ho la patente",
        "senza patente",
        "sto prendendo la patente B",
        "foglio rosa per patente B",
        "iscritto a scuola guida per la patente B",
        "certificato KB",
        "vado in bicicletta",
    ],
)
def test_what_only_looks_like_a_driving_licence_is_none(text: str) -> None:
    assert codes(text) == []


def test_a_header_claims_no_licence() -> None:
    text = "Patente e patentini: muletto"
    assert codes(text, body=text.index(":") + 1) == []
    assert codes("Patente: B", body=8) == ["B"]


@pytest.mark.parametrize(
    "text",
    [
        "automunito",
        "automunita",
        "automunito/a",
        "mezzo proprio",
        "dispongo di mezzi propri",
        "patente e auto",
        "PATENTE B – MUNITO DI AUTO",
        "ho la moto e la macchina",
        "in possesso di patente B e mezzo proprio",
        "mi sposto in scooter",
        "own car",
    ],
)
def test_a_vehicle_of_ones_own_is_read(text: str) -> None:
    assert vehicle(text) == [True]


@pytest.mark.parametrize(
    "text",
    [
        "non automunita",
        "non sono automunito",
        "automunita: no",
        "ho la patente B ma non ho la macchina",
        "senza auto",
        "non dispongo di auto propria",
        "non ho la patente",
    ],
)
def test_a_vehicle_that_is_denied_is_denied(text: str) -> None:
    assert vehicle(text) == [False]


@pytest.mark.parametrize(
    "text",
    [
        "non ho la patente C",
        "senza patente cat. D e CQC",
        "vado in bicicletta e treno",
        "auto propria non necessaria",
        "non è necessario essere automuniti",
        "patente B",
        "carrozzeria e auto d'epoca",
    ],
)
def test_what_is_no_word_on_a_vehicle_says_nothing(text: str) -> None:
    assert vehicle(text) == []
