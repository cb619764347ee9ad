"""What is read in the texts of rows, by the hub's own service."""

from matching.interchange import PersonRow, ProblemCode, VacancyRow
from matching.jobs.import_writers import read_row
from matching.service import Service
from tests.api.hub.desk import CV, OFFER
from tests.interchange.files import DAY

GERMAN = (
    "Ich habe zehn Jahre als Verkäuferin in einem großen Kaufhaus gearbeitet und suche jetzt eine "
    "neue Stelle in der Nähe meiner Wohnung, am liebsten halbtags und ohne Schichten am Abend."
)


def a_row(cv_text: str | None, municipality: str | None = "097042") -> PersonRow:
    return PersonRow(
        number=2, given_name="Ada", family_name="Prova", cv_text=cv_text, municipality=municipality
    )


def test_a_cv_is_read_into_a_profile_and_the_file_tells_where_she_lives(service: Service) -> None:
    ready = read_row(service, a_row(CV), DAY)
    assert ready.profile is not None
    assert ready.profile.occupations
    assert ready.profile.skills
    assert ready.profile.facts.comune is not None
    assert ready.profile.facts.comune.value == "097042"
    assert (ready.lexicon, ready.note) == (service.taxonomy.digest, None)


def test_without_a_cv_nothing_was_read(service: Service) -> None:
    ready = read_row(service, a_row(None), DAY)
    assert ready.profile is not None
    assert ready.profile.facts.comune is not None
    assert (ready.profile.skills, ready.lexicon, ready.note) == ((), None, None)


def test_whoever_has_a_cv_that_cannot_be_read_is_taken_in_without_it(service: Service) -> None:
    ready = read_row(service, a_row(GERMAN), DAY)
    assert ready.note is not None
    assert (ready.note.code, ready.note.column) == (ProblemCode.CANNOT_BE_READ, "cv_text")
    assert ready.note.detail == "unsupported_language"
    assert ready.profile is not None
    assert ready.profile.facts.comune is not None


def test_a_vacancy_is_read_by_its_text(service: Service) -> None:
    row = VacancyRow(number=2, title="Magazziniere/a", text=OFFER, municipality="097042")
    ready = read_row(service, row, DAY)
    assert ready.vacancy is not None
    assert (ready.vacancy.title, bool(ready.vacancy.skills)) == ("Magazziniere/a", True)
    assert ready.vacancy.facts.comune is not None
    unread = read_row(
        service, VacancyRow(number=3, title="Verkäuferin", text=GERMAN, municipality="097042"), DAY
    )
    assert unread.note is not None
    assert unread.note.column == "text"
    assert unread.vacancy is not None
    assert unread.vacancy.facts.comune is not None
