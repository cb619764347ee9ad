"""Rows of a request -> vacancy and profiles, with what of them could not be used."""

from collections.abc import Iterable
from datetime import date

from matching.api.extracted import Extracted, extraction_of
from matching.api.given import (
    AsExtraction,
    AsText,
    PersonAsExtraction,
    PersonAsText,
    VacancyAsExtraction,
    VacancyAsText,
)
from matching.api.matched import Notice
from matching.domain import DocumentKind, Extraction, Profile, Vacancy
from matching.errors import InputError
from matching.service import Service, records
from matching.service.records import Problem


def vacancy_of(
    given: VacancyAsText | VacancyAsExtraction,
    service: Service,
    as_of: date,
    *,
    where: str = "vacancy",
) -> tuple[Vacancy, list[Notice]]:
    """The vacancy in a row; ``where`` names the row in a refusal.

    Raises
    ------
    InputError
        For an extraction that is not of a vacancy, was read later, or with another lexicon.
    """
    source, stale = _source(where, given, service, as_of, DocumentKind.VACANCY)
    vacancy, problems = records.read_vacancy(
        service, given.id, source, as_of=as_of, title=given.title, comune=_named(given.comune)
    )
    return vacancy, _notices(given.id, (*stale, *problems))


def vacancies_of(
    rows: Iterable[VacancyAsText | VacancyAsExtraction], service: Service, as_of: date
) -> tuple[list[Vacancy], list[Notice]]:
    """The vacancies in rows, in their order; none is left out.

    Raises
    ------
    InputError
        As for each of them.
    """
    vacancies, notices = [], []
    for number, given in enumerate(rows):
        vacancy, about = vacancy_of(given, service, as_of, where=f"vacancies[{number}]")
        vacancies.append(vacancy)
        notices += about
    return vacancies, notices


def person_of(
    person_id: str,
    given: AsText | AsExtraction,
    service: Service,
    as_of: date,
    *,
    where: str = "person",
) -> tuple[Profile, list[Notice]]:
    """The profile in a row; ``where`` names the row in a refusal.

    Raises
    ------
    InputError
        For an extraction that is not of a CV, was read later, or with another lexicon.
    """
    source, stale = _source(where, given, service, as_of, DocumentKind.CV)
    profile, problems = records.read_person(
        service, person_id, source, as_of=as_of, comune=_named(given.comune)
    )
    return profile, _notices(person_id, (*stale, *problems))


def profiles_of(
    rows: Iterable[PersonAsText | PersonAsExtraction], service: Service, as_of: date
) -> tuple[list[Profile], list[Notice]]:
    """The profiles in rows, in their order; nobody is left out.

    Raises
    ------
    InputError
        As for each of them.
    """
    profiles, notices = [], []
    for number, given in enumerate(rows):
        profile, about = person_of(given.id, given, service, as_of, where=f"persons[{number}]")
        profiles.append(profile)
        notices += about
    return profiles, notices


def _source(
    where: str,
    given: AsText | AsExtraction,
    service: Service,
    as_of: date,
    kind: DocumentKind,
) -> tuple[str | Extraction, tuple[Problem, ...]]:
    if isinstance(given, AsText):
        return given.text, ()
    kept: Extracted = given.extraction
    if kept.kind is not kind:
        raise InputError(f"{where}.extraction is of a {kept.kind}; give that of a {kind}.")
    if kept.as_of > as_of:
        raise InputError(
            f"{where}.extraction was read as of {kept.as_of}, which is after {as_of}: nothing "
            "later may be read. Extract the document again, as of that day."
        )
    try:
        extraction = records.in_the_words_of(service, extraction_of(kept))
    except InputError as error:
        raise InputError(f"{where}: {error}") from error
    is_other = kept.model.digest not in (None, service.taxonomy.digest)
    other = Problem(
        message="The extraction was made with another lexicon; extract the document again to "
        "find what the one in service knows."
    )
    return extraction, (other,) if is_other else ()


def _named(comune: str | None) -> str | None:
    return comune if comune and comune.strip() else None


def _notices(row: str, problems: Iterable[Problem]) -> list[Notice]:
    return [Notice(id=row, message=problem.message, code=problem.code) for problem in problems]
