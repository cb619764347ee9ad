"""Rows of files -> what a hub keeps: read outside a transaction, compared and written inside."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

import sqlalchemy as sa

from matching.domain import Profile, Vacancy
from matching.hub.documents import NewDocument, PaperKind, add_document
from matching.hub.namesakes import might_be, on_file
from matching.hub.outcomes import NewOutcome, number_word, record_outcome
from matching.hub.people import RESTRICTED, Contacts, NewPerson, add_person
from matching.hub.profiles import KeptProfile, keep_profile
from matching.hub.vacancies import NewVacancy, add_vacancy
from matching.interchange import (
    FileRow,
    OutcomeRow,
    PersonRow,
    ProblemCode,
    RowProblem,
    VacancyRow,
)
from matching.jobs.kinds import RowState
from matching.profiles import with_comune
from matching.service import Service
from matching.service.records import read_person, read_vacancy
from matching.store import Work
from matching.store.person_keys import key_of, keys_of
from matching.store.tables import job_rows, outcomes, person_keys, persons, vacancies

_CV_NAME = "cv.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where rows go: the job, its hub, the company whose vacancies they are, the day of reading.

    ``jobs`` are this job and the earlier imports of the same file.
    """

    job_id: str
    jobs: frozenset[str]
    hub: str
    as_of: date
    organisation_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A row with what was read in its text. ``note`` says what could not be read of it."""

    row: FileRow = field(repr=False)
    profile: Profile | None = field(default=None, repr=False)
    vacancy: Vacancy | None = field(default=None, repr=False)
    lexicon: str | None = None
    note: RowProblem | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What a row tells is on record already, under this identifier; None once it was erased."""

    subject: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Writers:
    """How rows are read, compared with what is there, and written.

    ``read`` takes the time that texts need; ``check`` says why a row cannot be written, or that it
    is known; ``write`` answers the identifier that may stay on record: of a person her pseudonym.
    """

    read: Callable[[FileRow, date], Ready]
    check: Callable[[Work, Ready, Target], RowProblem | Known | None]
    write: Callable[[Work, Ready, Target], str]


def hub_writers(service: Service) -> Writers:
    """The writers of a hub, with texts read by its service."""
    hours = service.territory.policy.proposals.answer_hours
    return Writers(
        read=lambda row, day: read_row(service, row, day),
        check=check,
        write=partial(write, answer_hours=hours),
    )


def read_row(service: Service, row: FileRow, as_of: date) -> Ready:
    """What is read in the text of a row; whoever's CV cannot be read is taken in without it."""
    lexicon = service.taxonomy.digest
    match row:
        case PersonRow(cv_text=str(text)):
            profile, problems = read_person(service, "", text, as_of=as_of, comune=row.municipality)
            codes = [one.code for one in problems if one.code]
            return Ready(
                row=row, profile=_living_in(row.municipality, profile), lexicon=lexicon,
                note=_unread(row, "cv_text", codes[0]) if codes else None,
            )  # fmt: skip
        case PersonRow():
            return Ready(row=row, profile=_living_in(row.municipality, Profile(id="")))
        case VacancyRow():
            vacancy, problems = read_vacancy(
                service, "", row.text, title=row.title, as_of=as_of, comune=row.municipality
            )
            codes = [one.code for one in problems if one.code]
            facts = with_comune(vacancy.facts, row.municipality)
            return Ready(
                row=row, vacancy=replace(vacancy, facts=facts), lexicon=lexicon,
                note=_unread(row, "text", codes[0]) if codes else None,
            )  # fmt: skip
        case OutcomeRow():
            return Ready(row=row)


def _living_in(municipality: str | None, profile: Profile) -> Profile:
    """The profile with what the file says of where she lives, also where no CV could be read."""
    return replace(profile, facts=with_comune(profile.facts, municipality))


def check(work: Work, ready: Ready, target: Target) -> RowProblem | Known | None:
    """Why a row cannot be written or that it is known already, None where it can be."""
    match ready.row:
        case PersonRow() as row:
            return _same_person(work, row, target)
        case VacancyRow() as row:
            found = _with_id(work, vacancies, row.own_id, target)
            found = found or _vacancy_numbered(work, _own_number(work, row), target)
            return None if found is None else Known(found)
        case OutcomeRow() as row:
            return _outcome(work, row, target)


def write(work: Work, ready: Ready, target: Target, *, answer_hours: int) -> str:
    """Write a row that was checked in the same transaction; what stands for it on record.

    ``answer_hours`` are those of a vacancy that says none.
    """
    match ready.row:
        case PersonRow() as row:
            return _write_person(work, row, ready, target)
        case VacancyRow() as row:
            return add_vacancy(
                work,
                NewVacancy(
                    hub=target.hub, text=row.text, lexicon=ready.lexicon,
                    vacancy=ready.vacancy or Vacancy(id="", title=row.title),
                    opened_on=row.opened_on or target.as_of,
                    organisation_id=target.organisation_id, external_id=_own_number(work, row),
                    expires_on=row.expires_on, mission_from=row.mission_from,
                    mission_until=row.mission_until,
                    answer_hours=row.answer_hours or answer_hours,
                ),
            )  # fmt: skip
        case OutcomeRow() as row:
            vacancy = None if row.vacancy is None else _vacancy_named(work, row.vacancy, target)
            return record_outcome(
                work,
                NewOutcome(
                    person_id=row.person_id, kind=row.kind, happened_on=row.happened_on,
                    vacancy_id=vacancy, note=row.note, external_id=_outcome_number(work, row),
                ),
            )  # fmt: skip


def _contacts(row: PersonRow) -> Contacts:
    return Contacts(
        given_name=row.given_name, family_name=row.family_name, birth_date=row.birth_date,
        telephone=row.telephone, email=row.email, address=row.address, caution=row.caution,
    )  # fmt: skip


def _write_person(work: Work, row: PersonRow, ready: Ready, target: Target) -> str:
    new = NewPerson(
        hub=target.hub, contacts=_contacts(row), taken_on=row.taken_on or target.as_of,
        point=row.point,
    )  # fmt: skip
    person_id = add_person(work, new)
    if row.cv_text is not None or row.municipality is not None or row.answers:
        kept = KeptProfile(
            profile=ready.profile or Profile(id=""), answers=row.answers, lexicon=ready.lexicon,
            read_on=None if ready.lexicon is None else target.as_of,
        )  # fmt: skip
        keep_profile(work, person_id, kept)
    if row.cv_text is not None:
        document = NewDocument(
            kind=PaperKind.CV, name=_CV_NAME, content=row.cv_text.encode(), text=row.cv_text
        )
        add_document(work, person_id, document)
    found = work.one(person_keys, person_keys.c.person_id == person_id)
    return str(found.pseudonym)


def _same_person(work: Work, row: PersonRow, target: Target) -> RowProblem | Known | None:
    """Whether she is on file, or somebody with her name or contact whom this file did not bring.

    Namesakes within a file were told apart there. People in protected mode are never found.
    """
    known = _with_id(work, persons, row.own_id, target, persons.c.is_protected.is_(False))
    known = known or on_file(work, _contacts(row))
    if known is not None:
        return Known(key_of(work, known).pseudonym)
    found = {key.pseudonym for key in keys_of(work, might_be(work, _contacts(row))).values()}
    if not found:
        return None
    own = work.rows(
        job_rows, job_rows.c.job_id.in_(sorted(target.jobs)),
        job_rows.c.subject.in_(sorted(found)), job_rows.c.state == RowState.WRITTEN,
        columns=[job_rows.c.subject],
    )  # fmt: skip
    others = sorted(found - {one.subject for one in own})
    if not others:
        return None
    return RowProblem(number=row.number, code=ProblemCode.MIGHT_BE, detail=" ".join(others))


def _outcome(work: Work, row: OutcomeRow, target: Target) -> RowProblem | Known | None:
    person = work.first(persons, persons.c.id == row.person_id)
    # A protected file is written by its manager alone; to others it is told as nobody's.
    if person is None or (person.is_protected and person.manager_id != work.actor.id):
        return RowProblem(number=row.number, code=ProblemCode.NOT_THERE, column="person_id")
    if person.state == RESTRICTED:
        return RowProblem(number=row.number, code=ProblemCode.RESTRICTED, column="person_id")
    if row.vacancy is not None and _vacancy_named(work, row.vacancy, target) is None:
        return RowProblem(number=row.number, code=ProblemCode.NOT_THERE, column="vacancy")
    if known := _with_id(work, outcomes, row.own_id, target):
        return Known(known)
    found = work.first(
        outcomes, outcomes.c.hub == target.hub,
        outcomes.c.external_word == number_word(work, target.hub, _outcome_number(work, row)),
    )  # fmt: skip
    return None if found is None else Known(str(found.id))


def _with_id(
    work: Work,
    table: sa.Table,
    own_id: str | None,
    target: Target,
    *conditions: sa.ColumnElement[bool],
) -> str | None:
    """The identifier that a file names, where the hub has something with it."""
    if own_id is None:
        return None
    found = work.first(table, table.c.id == own_id, table.c.hub == target.hub, *conditions)
    return None if found is None else str(found.id)


def _vacancy_numbered(work: Work, number: str, target: Target) -> str | None:
    """The vacancy of this company, or of the hub itself, with this number."""
    own = vacancies.c.organisation_id
    found = work.first(
        vacancies, vacancies.c.hub == target.hub, vacancies.c.external_id == number,
        own.is_(None) if target.organisation_id is None else own == target.organisation_id,
    )  # fmt: skip
    return None if found is None else str(found.id)


def _vacancy_named(work: Work, name: str, target: Target) -> str | None:
    """The vacancy of the hub with this identifier, or the only one with this number."""
    named = (vacancies.c.id == name, vacancies.c.external_id == name)
    for condition in named:
        found = work.rows(
            vacancies, vacancies.c.hub == target.hub, condition, columns=[vacancies.c.id], limit=2
        )
        if len(found) == 1:
            return str(found[0].id)
    return None


def _own_number(work: Work, row: VacancyRow) -> str:
    """The number of a vacancy, or one made from all it says, so that it is never there twice."""
    if row.external_id is not None:
        return row.external_id
    said = (row.title, row.text, row.municipality, row.mission_from, row.mission_until)
    return f"row-{work.word('vacancy_row', repr(said))}"


def _outcome_number(work: Work, row: OutcomeRow) -> str:
    if row.external_id is not None:
        return row.external_id
    said = (row.person_id, str(row.kind), row.happened_on.isoformat(), row.vacancy)
    return f"row-{work.word('outcome_row', repr(said))}"


def _unread(row: FileRow, column: str, code: object) -> RowProblem:
    return RowProblem(
        number=row.number, code=ProblemCode.CANNOT_BE_READ, column=column, detail=str(code)
    )
