"""Contracts, start and experience asked for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import DocumentKind
from matching.extraction.education import education_levels
from matching.extraction.facts import contracts, fact, first_per_value, months_required, start
from matching.extraction.licences import licences, own_vehicle
from matching.extraction.worktime import hours, shifts, shifts_refused, weekly_hours
from matching.normalisation import plain

AS_OF = date(2026, 11, 22)


def kinds(text: str) -> list[object]:
    return sorted({item.value for item in contracts(text, plain(text))})


def starts(text: str) -> list[object]:
    return sorted({item.value for item in start(text, plain(text), AS_OF)})


def months(text: str) -> list[object]:
    return sorted({item.value for item in months_required(text, plain(text))})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tempo determinato di 6 mesi con scopo indeterminato", ["fixed_term", "permanent"]),
        ("Contratto a chiamata poi determinato", ["fixed_term", "on_call"]),
        ("tempo det./indet.", ["fixed_term", "permanent"]),
        ("posto fisso", ["permanent"]),
        ("t. determinato 6 mesi, poi indeterminato", ["fixed_term", "permanent"]),
        ("Contratto: det. 3 mesi prorogabile", ["fixed_term"]),
        ("contratto di somministrazione", ["agency"]),
        ("somministrazione di farmaci", []),
        ("apprendistato o tirocinio", ["apprenticeship", "internship"]),
        ("lavoro stagionale", ["seasonal"]),
        ("no tirocini", []),
        ("niente contratti a chiamata, cerco indeterminato", ["permanent"]),
        ("contratto a tempo determinato scaduto", []),
        ("in determinati giorni", []),
    ],
)
def test_contracts_are_read(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Disponibilità: immediata", ["immediate"]),
        ("disponibile da subito", ["immediate"]),
        ("inserimento immediato", ["immediate"]),
        ("disponibile dal 1 marzo 2027", ["2027-03-01"]),
        ("Inizio previsto 15/01/2027", ["2027-01-15"]),
        ("disponibile da gennaio", ["2027-01-01"]),
        ("disponibile dal 1/2", ["2027-02-01"]),
        ("disponibile dal 31 giugno", ["2027-06-30"]),
        ("disponibile tra due settimane", ["2026-12-06"]),
        ("preavviso di 30 giorni", ["2026-12-22"]),
        ("Preavviso 15 gg", ["2026-12-07"]),
        ("disponibile dal 01.10.2025", ["immediate"]),
        ("libero da 3 mesi", []),
        ("disponibile per 2 mesi", []),
        ("disponibile dal lunedì al venerdì", []),
        ("disponibile dalle 8 alle 12", []),
        ("non disponibile da subito", []),
    ],
)
def test_the_start_is_immediate_or_a_date(text: str, expected: list[str]) -> None:
    assert starts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("esperienza di almeno 2 anni nella mansione", [24]),
        ("esperienza minima triennale", [36]),
        ("pregressa esperienza di 6 mesi", [6]),
        ("esperienza 2/3 anni", [24]),
        ("almeno 1 anno di exp.", [12]),
        ("esperienza da 2 a 3 anni", [24]),
        ("almeno due anni di esperienza", [24]),
        ("at least 2 years of experience", [24]),
        ("anche prima esperienza", []),
        ("non è richiesta esperienza di 2 anni", []),
        ("contratto di 6 mesi, esperienza nel ruolo", []),
        ("azienda con oltre 30 anni di esperienza", []),
        ("laurea triennale ed esperienza", []),
        ("età 18-29 anni, con esperienza", []),
    ],
)
def test_months_of_experience_asked_for_are_read(text: str, expected: list[int]) -> None:
    assert months(text) == expected


def test_a_fact_is_trimmed_of_white_space() -> None:
    item = fact("a  B  c", "B", 1, 5)
    assert (item.evidence, item.start, item.end) == ("B", 3, 4)


def test_the_earliest_fact_of_a_value_is_kept() -> None:
    found = first_per_value([fact("B b", "B", 2, 3), fact("B b", "B", 0, 1)])
    assert [item.start for item in found] == [0]


_TEXT = (
    "patente B C+E e , . : no non ho la di guida automunito diploma laurea terza media 20 ore sett"
    " part-time turni notte sabato tempo determinato indeterminato subito dal 31 2 febbraio 2027"
    " esperienza anni triennale 2/3 – ( ) \n \t è ə 😀"
)
_PIECES = st.sampled_from(_TEXT.split(" "))


@given(st.lists(_PIECES, max_size=30).map(" ".join) | st.text(max_size=80))
def test_every_reader_gives_evidence_that_stands_in_the_text(text: str) -> None:
    words = plain(text)
    found = [
        *licences(text, words),
        *own_vehicle(text, words),
        *education_levels(text, words, DocumentKind.CV),
        *hours(text, words),
        *weekly_hours(text, words),
        *shifts(text, words),
        *shifts_refused(text, words),
        *contracts(text, words),
        *start(text, words, AS_OF),
        *months_required(text, words),
    ]
    assert all(text[item.start : item.end] == item.evidence for item in found)
