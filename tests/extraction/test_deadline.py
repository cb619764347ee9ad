"""The day by which to apply."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.extraction.deadline import deadlines
from matching.normalisation import plain
from tests.extraction.clock import quickly

AS_OF = date(2026, 11, 22)


def by(text: str, as_of: date = AS_OF) -> object:
    found = next(deadlines(text, plain(text), as_of), None)
    if found is None:
        return None
    assert text[found.start : found.end] == found.evidence
    return found.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("candidature entro il 15/12/2026", "2026-12-15"),
        ("scadenza: 30 novembre", "2026-11-30"),
        ("scad. 15/12/2026", "2026-12-15"),
        ("Le domande vanno presentate entro e non oltre il 10 gennaio", "2027-01-10"),
        ("Le candidature dovranno pervenire entro le ore 12:00 del 20/12/2026", "2026-12-20"),
        ("Scadenza candidature 31.01.2027 ore 12", "2027-01-31"),
        ("Inviare il CV entro venerdì 4 dicembre 2026", "2026-12-04"),
        ("Inviare CV a info@ditta.it entro il 15 dic.", "2026-12-15"),
        ("Termine ultimo per le candidature: 10.12.26", "2026-12-10"),
        ("Offerta valida fino al 5/1", "2027-01-05"),
        ("inviare cv entro fine febbraio", "2027-02-28"),
        ("Candidarsi entro dicembre", "2026-12-31"),
        ("Data scadenza annuncio: 2026-12-24", "2026-12-24"),
        ("termine iscrizioni 10 dicembre", "2026-12-10"),
        ("Closing date: 15 December 2026", "2026-12-15"),
        ("Scadenza candidature: 1/3/2025", "2025-03-01"),
    ],
)
def test_the_day_by_which_to_apply_is_read(text: str, expected: str) -> None:
    assert by(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "contratto in scadenza il 31/12/2026",
        "contratto a termine fino al 30/06/2027",
        "patente con scadenza 15/12/2030",
        "Inserimento entro il 10/01/2027",
        "assunzione entro gennaio 2027",
        "inserimento immediato",
        "candidature entro il 45/12/2026",
        "gestione delle scadenze fiscali",
    ],
)
def test_other_ends_are_no_deadline(text: str) -> None:
    assert by(text) is None


@given(
    as_of=st.dates(date(2000, 1, 1), date(2098, 12, 31)),
    day=st.integers(1, 31),
    month=st.integers(1, 12),
)
def test_a_day_without_a_year_is_the_next_one(as_of: date, day: int, month: int) -> None:
    found = date.fromisoformat(str(by(f"candidature entro il {day}/{month}", as_of)))
    assert as_of <= found
    assert (found - as_of).days <= 366
    assert found.month == month
    assert found.day == day or (day > 28 and found.day < day)


@pytest.mark.parametrize("unit", ["inviare ", "scadenza del ", "candidature entro "])
def test_long_lines_are_read_in_linear_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    with quickly():
        assert not list(deadlines(text, plain(text), AS_OF))
