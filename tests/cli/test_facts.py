from collections.abc import Mapping
from dataclasses import fields

import pytest

from matching.cli.facts import fact_lines
from matching.domain import Contract, Fact, Facts, Hours, LanguageFact, Shift
from matching.service import Service


def fact(value: str | int | bool, evidence: str = "parole") -> Fact:
    return Fact(value=value, evidence=evidence, start=0, end=len(evidence))


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


@pytest.mark.parametrize(
    ("value", "words"), [("immediate", "subito"), ("2026-12-01", "01/12/2026")]
)
def test_a_start_is_said_as_a_day(service: Service, value: str, words: str) -> None:
    assert shown(service, start=fact(value)) == {"inizio": (words, ("parole",))}


def test_a_place_is_said_by_its_name(service: Service) -> None:
    place = service.territory.municipalities[0]
    assert shown(service, comune=fact(place.istat))["comune"][0] == place.name
