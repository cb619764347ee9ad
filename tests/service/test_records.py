from datetime import date

import pytest

from matching.domain import DocumentErrorCode, DocumentKind
from matching.service import Service
from matching.service.records import Problem, can_identify, read_person, read_vacancy

AS_OF = date(2026, 11, 22)
KEEPER = "Magazziniere dal 2019 al 2023, patente B."


@pytest.mark.parametrize("text", ["p", "offerta 1", "caffè", "人"])
def test_visible_characters_identify(text: str) -> None:
    assert can_identify(text)


@pytest.mark.parametrize("text", ["", " ", "a\tb", "a\n", "\x00", "a\u2028b", "\ud800"])
def test_blanks_and_what_would_break_a_row_do_not(text: str) -> None:
    assert not can_identify(text)


def test_a_person_is_placed_by_name_or_by_code(service: Service) -> None:
    place = service.territory.municipalities[0]
    for comune in (place.name, place.istat):
        profile, problems = read_person(service, "p", KEEPER, as_of=AS_OF, comune=comune)
        assert profile.facts.comune is not None
        assert (profile.facts.comune.value, problems) == (place.istat, ())


def test_what_was_read_is_the_same_person_as_the_text(service: Service) -> None:
    found = service.extract(KEEPER, kind=DocumentKind.CV, as_of=AS_OF)
    as_read, as_text = (read_person(service, "p", one, as_of=AS_OF) for one in (found, KEEPER))
    assert as_read == as_text


def test_a_vacancy_that_cannot_be_read_keeps_its_title(service: Service) -> None:
    vacancy, problems = read_vacancy(service, "v", "", title="", as_of=AS_OF, comune="Atlantide")
    assert (vacancy.id, vacancy.title, vacancy.skills) == ("v", "", ())
    assert [problem.code for problem in problems] == [None, DocumentErrorCode.NO_TEXT]


def test_a_problem_is_said_after_its_code() -> None:
    assert str(Problem(message="Send it again.", code=DocumentErrorCode.EMPTY)) == (
        "empty: Send it again."
    )
    assert str(Problem(message="Not known.")) == "Not known."
