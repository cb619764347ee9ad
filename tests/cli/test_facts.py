from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import pytest

from matching.cli.facts import fact_lines
from matching.domain import (
    Contract,
    Fact,
    Facts,
    Hours,
    LanguageFact,
    PayBasis,
    PayPeriod,
    SalaryFact,
    Shift,
)
from matching.service import Service


def fact(value: str | int | bool, evidence: str = "parole") -> Fact:
    return Fact(value=value, evidence=evidence, start=0, end=len(evidence))


def pay(low: float | None, high: float | None, period: PayPeriod, basis: PayBasis) -> SalaryFact:
    return SalaryFact(
        low=low,
        high=high,
        currency="EUR",
        period=period,
        basis=basis,
        evidence="paga",
        start=0,
        end=4,
    )


EVERY: Mapping[str, object] = {
    "licences": (fact("B", "patente B"), fact("C", "e C")),
    "own_vehicle": fact(False),
    "education_level": fact(4),
    "languages": (
        LanguageFact(code="en", level="B1", evidence="Inglese", start=0, end=7),
        LanguageFact(code="xx", level=None, evidence="Klingon", start=0, end=7),
    ),
    "comune": fact("097042"),
    "start": fact("immediate"),
    "contracts": tuple(fact(str(item)) for item in Contract),
    "hours": tuple(fact(str(item)) for item in Hours),
    "weekly_hours": fact(24),
    "shifts": tuple(fact(str(item)) for item in Shift),
    "shifts_refused": (fact("night", "no notti"),),
    "months_required": fact(12),
    "experience_months": 36,
    "last_job_end": fact("2024-08"),
    "salary": pay(1300, 1500, PayPeriod.MONTH, PayBasis.NET),
    "posts": fact(3),
    "deadline": fact("2026-12-15"),
    "reserved": fact(True, "categorie protette"),
}


def shown(service: Service, **facts: object) -> dict[str, tuple[str, tuple[str, ...]]]:
    lines = fact_lines(Facts(**facts), service)  # type: ignore[arg-type]
    return {line.name: (line.value, line.evidence) for line in lines}


def test_nothing_said_shows_nothing(service: Service) -> None:
    assert shown(service) == {}


def test_every_kind_of_fact_is_shown_in_words(service: Service) -> None:
    assert set(EVERY) == {field.name for field in fields(Facts)}
    lines = shown(service, **EVERY)
    assert len(lines) == len(EVERY)
    codes = {str(item) for kind in (Contract, Hours, Shift) for item in kind} | {"097042"}
    for value, _ in lines.values():
        assert not codes & set(value.split(", "))
    assert lines["patenti"] == ("B, C", ("patente B", "e C"))
    assert lines["lingue"][0] == "lingua inglese B1, xx"
    assert lines["turni esclusi"] == ("notte", ("no notti",))
    assert lines["mezzo proprio"][0] == "no"
    assert lines["titolo di studio"][0] == "diploma"
    assert lines["esperienza chiesta"][0] == "1 anno"
    assert lines["esperienza datata"] == ("3 anni", ())
    assert lines["fine dell'ultimo lavoro"][0] == "08/2024"
    assert lines["retribuzione"] == ("EUR 1300.00-1500.00 al mese netti", ("paga",))
    assert lines["posti"][0] == "3"
    assert lines["candidature entro"][0] == "15/12/2026"
    assert lines["riservata dalla L. 68/99"] == ("sì", ("categorie protette",))


@pytest.mark.parametrize(
    ("value", "words"), [("immediate", "subito"), ("2026-12-01", "01/12/2026")]
)
def test_a_start_is_said_as_a_day(service: Service, value: str, words: str) -> None:
    assert shown(service, start=fact(value)) == {"inizio": (words, ("parole",))}


@pytest.mark.parametrize(("value", "words"), [("ongoing", "in corso"), ("2024", "2024")])
def test_the_end_of_a_job_is_said_as_precisely_as_it_is_known(
    service: Service, value: str, words: str
) -> None:
    assert shown(service, last_job_end=fact(value))["fine dell'ultimo lavoro"][0] == words


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (pay(8.5, 8.5, PayPeriod.HOUR, PayBasis.GROSS), "EUR 8.50 all'ora lordi"),
        (pay(None, 80, PayPeriod.DAY, PayBasis.UNKNOWN), "EUR fino a 80.00 al giorno"),
        (pay(26000, None, PayPeriod.YEAR, PayBasis.GROSS), "EUR da 26000.00 all'anno lordi"),
    ],
)
def test_a_pay_is_said_with_its_period(service: Service, given: SalaryFact, words: str) -> None:
    assert shown(service, salary=given)["retribuzione"][0] == words


def test_a_place_is_said_by_its_name(service: Service) -> None:
    place = service.territory.municipalities[0]
    assert shown(service, comune=fact(place.istat))["comune"][0] == place.name


def test_the_readme_lists_every_kind_of_fact() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    listed = readme[readme.index("The keys of\n`facts`") :].split("\n\n")[0]
    assert all(f"`{field.name}`" in listed for field in fields(Facts))
