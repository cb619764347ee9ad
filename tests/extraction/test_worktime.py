"""Hours and shifts, accepted and refused."""

import pytest

from matching.domain import Fact
from matching.extraction.worktime import hours, shifts, shifts_refused, weekly_hours
from matching.normalisation import plain


def values(found: object) -> list[object]:
    assert hasattr(found, "__iter__")
    return sorted({item.value for item in found if isinstance(item, Fact)})


def accepted(text: str) -> list[object]:
    return values(shifts(text, plain(text)))


def refused(text: str) -> list[object]:
    return values(shifts_refused(text, plain(text)))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("40 ore settimanali", 40),
        ("part-time 20h", 20),
        ("30h/sett", 30),
        ("24 ore a settimana", 24),
        ("full time (40 ore)", 40),
        ("da 20 a 24 ore settimanali", 20),
        ("20/24 ore settimanali", 20),
        ("part time orizzontale 25 ore", 25),
        ("h 30 settimanali", 30),
        ("PT 20h", 20),
        ("P.T. orizzontale 30 ore", 30),
        ("4 ore al giorno, da lunedì a venerdì", 20),
        ("6 ore al giorno su 5 giorni", 30),
        ("5 ore giornaliere dal lun al sab", 30),
    ],
)
def test_hours_of_a_week_are_read(text: str, count: int) -> None:
    assert values(weekly_hours(text, plain(text))) == [count]


@pytest.mark.parametrize(
    "text",
    ["corso di 24 ore", "12 ore di lezione", "8 ore al giorno", "part time 4 ore al giorno", "h24"],
)
def test_hours_of_something_else_are_none(text: str) -> None:
    assert values(weekly_hours(text, plain(text))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("full time", ["full_time"]),
        ("tempo pieno, 38 ore settimanali", ["full_time"]),
        ("solo mattina", ["part_time"]),
        ("part-time", ["part_time"]),
        ("20 ore settimanali", ["part_time"]),
        ("part-time o full-time", ["full_time", "part_time"]),
        ("no part time", []),
    ],
)
def test_full_and_part_time_are_told_apart(text: str, expected: list[str]) -> None:
    assert values(hours(text, plain(text))) == expected


@pytest.mark.parametrize(
    ("text", "yes", "no"),
    [
        ("disponibile a tre turni", ["rotating"], []),
        ("no notti", [], ["night"]),
        ("non posso lavorare di notte e la domenica", [], ["night", "weekend"]),
        ("niente turni di notte, week end sì", ["weekend"], ["night"]),
        ("disponibile a tre turni, festivi esclusi", ["rotating"], ["weekend"]),
        ("disponibile su turni ma non la notte", ["rotating"], ["night"]),
        ("Disponibile tutti i giorni tranne il sabato", [], ["weekend"]),
        ("non ho problemi a lavorare di notte e nei festivi", ["night", "weekend"], []),
        ("nessun problema con i turni", ["rotating"], []),
        ("Va bene tutti i turni anche notte e sabato", ["night", "rotating", "weekend"], []),
        ("i turni di notte va bene", ["night"], []),
        ("orario 6-14 / 14-22", ["rotating"], []),
        ("dal lunedì al venerdì", ["day"], []),
        ("turni: no", [], ["rotating"]),
        ("anche senza esperienza, lavoro su tre turni", ["rotating"], []),
        ("Disponibile nei festivi (non tutte le domeniche)", ["weekend"], []),
        ("tempo pieno giornaliero, preferibile no turno notte", ["day"], ["night"]),
        ("domenica chiuso", [], []),
        ("orario 8-12, riposo lunedì e martedì mattina", [], []),
        ("rientro giornaliero", [], []),
        ("ho conosciuto mia moglie di domenica", [], []),
        ("solo al mattino, no week end", ["morning"], ["weekend"]),
        ("orario: dal lun al ven 8-17", ["day"], []),
    ],
)
def test_shifts_are_accepted_or_refused(text: str, yes: list[str], no: list[str]) -> None:
    assert accepted(text) == yes
    assert refused(text) == no
