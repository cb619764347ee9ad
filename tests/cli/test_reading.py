from datetime import date

import pytest

from matching.cli.reading import read_person, read_vacancy
from matching.cli.records import TextRecord
from matching.service import Service

AS_OF = date(2026, 11, 22)


def a_row(text: str, *, title: str = "", comune: str | None = None) -> TextRecord:
    return TextRecord(where="P.jsonl, line 4", id="p", text=text, title=title, comune=comune)


def istat(service: Service, name: str) -> str:
    place = service.territory.find_municipality(name)
    assert place is not None
    return place.istat


@pytest.mark.parametrize(
    ("comune", "expected"), [(None, "Merate"), ("Colico", "Colico"), ("Atlantide", None)]
)
def test_the_place_of_the_row_wins_over_the_one_in_the_text_even_if_it_is_not_known(
    service: Service, comune: str | None, expected: str | None
) -> None:
    row = a_row("Residenza: Merate (LC)\nMagazziniere dal 2019 al 2023", comune=comune)
    fact = read_person(service, row, AS_OF).facts.comune
    assert (fact and fact.value) == (expected and istat(service, expected))


def test_a_vacancy_is_placed_by_its_row(service: Service) -> None:
    row = a_row("Cerchiamo magazziniere.", title="Magazziniere", comune="Colico")
    vacancy = read_vacancy(service, row, AS_OF)
    assert vacancy.title == "Magazziniere"
    assert vacancy.facts.comune is not None
    assert vacancy.facts.comune.value == istat(service, "Colico")


def test_what_cannot_be_read_is_said_and_stays_as_an_empty_row(
    service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    person = read_person(service, a_row(""), AS_OF)
    vacancy = read_vacancy(service, a_row("", title=""), AS_OF)
    assert (person.id, person.skills, person.occupations) == ("p", (), ())
    assert (vacancy.id, vacancy.skills, vacancy.occupations) == ("p", (), ())
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert all(line.startswith("P.jsonl, line 4 (p): no_text: ") for line in said)
