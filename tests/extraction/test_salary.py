"""Pay in every way that vacancies write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import PayBasis, PayPeriod
from matching.extraction.salary import salaries
from matching.normalisation import plain
from tests.extraction.clock import quickly


def pay(text: str) -> tuple[float | None, float | None, str, str] | None:
    found = next(salaries(text, plain(text)), None)
    if found is None:
        return None
    assert text[found.start : found.end] == found.evidence
    return found.low, found.high, str(found.period), str(found.basis)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RAL 24.000", (24_000, 24_000, "year", "gross")),
        ("RAL 22-26k", (22_000, 26_000, "year", "gross")),
        ("RAL da 22 a 26mila euro", (22_000, 26_000, "year", "gross")),
        ("RAL: € 23.000,00 - € 25.000,00", (23_000, 25_000, "year", "gross")),
        ("RAL commisurata all'esperienza (25-30K)", (25_000, 30_000, "year", "gross")),
        ("retribuzione lorda annua 24-27 mila euro", (24_000, 27_000, "year", "gross")),
        ("€ 1.400 netti al mese", (1_400, 1_400, "month", "net")),
        ("tra 1.300 e 1.500 euro mensili netti", (1_300, 1_500, "month", "net")),
        ("stipendio 1400 euro in busta", (1_400, 1_400, "month", "net")),
        ("stipendio € 1500,00 lordi per 14 mensilità", (1_500, 1_500, "month", "gross")),
        ("Stipendio: 1.200-1.400 €", (1_200, 1_400, "month", "unknown")),
        ("8,50 €/h lordi", (8.5, 8.5, "hour", "gross")),
        ("€ 10,50 lordi/ora", (10.5, 10.5, "hour", "gross")),
        ("10 euro l'ora", (10, 10, "hour", "unknown")),
        ("compenso orario 9€ netti", (9, 9, "hour", "net")),
        ("Paga giornaliera 80 euro", (80, 80, "day", "unknown")),
        ("indennità di tirocinio 500 € mensili", (500, 500, "month", "unknown")),
        ("Salary: 30,000 € gross per year", (30_000, 30_000, "year", "gross")),
    ],
)
def test_a_pay_is_read_with_its_period(text: str, expected: tuple[float, float, str, str]) -> None:
    assert pay(text) == expected


def test_a_bound_leaves_the_other_end_open() -> None:
    assert pay("fino a 1.600 euro netti mensili") == (None, 1_600, "month", "net")
    assert pay("RAL a partire da 26k") == (26_000, None, "year", "gross")


@pytest.mark.parametrize(
    "text",
    [
        "stipendio da CCNL",
        "Retribuzione: CCNL Commercio IV livello, 14 mensilità",
        "retribuzione da contratto, assunti dal 2015",
        "azienda con fatturato di 20.000.000 euro",
        "buoni pasto da 8 euro al giorno",
        "retribuzione interessante, buoni pasto da 8 euro al giorno",
        "premio annuo di 1.000 euro",
        "budget di 50.000 euro all'anno",
        "affitto di 500 euro al mese",
        "Ultimo stipendio 1.300 euro netti",
        "corso da 300 euro",
        "paga 2 volte al mese",
        "8 ore al giorno",
        "Pagamento 50 euro a serata",
    ],
)
def test_other_money_and_other_numbers_are_no_pay(text: str) -> None:
    assert pay(text) is None


_WORDS = """
RAL stipendio retribuzione € euro 22-26k 1.400 8,50 30,000 1300 - / da a tra e fino k mila netti
lordi /h all'ora mese anno , . : ( ) 0 999.999.999 00
"""
_PIECES = st.sampled_from([*_WORDS.split(), "\n"])


@given(st.lists(_PIECES, max_size=20).map(" ".join) | st.text(max_size=60))
def test_a_range_never_runs_backwards_and_stands_in_the_text(text: str) -> None:
    for found in salaries(text, plain(text)):
        assert text[found.start : found.end] == found.evidence
        assert found.low is not None or found.high is not None
        assert found.low is None or found.high is None or found.low <= found.high
        assert found.period in PayPeriod
        assert found.basis in PayBasis


@pytest.mark.parametrize("unit", ["RAL ", "1", "1.", "stipendio, ", "12 euro ", "22-26k "])
def test_long_lines_are_read_in_linear_time(unit: str) -> None:
    text = "paga €" + unit * (100_000 // len(unit))
    with quickly():
        assert all(found.evidence for found in salaries(text, plain(text)))
