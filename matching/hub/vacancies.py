"""Vacancies as they are kept: of a company, or posted by a manager of the hub."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy import Row

from matching.domain import Vacancy
from matching.domain.access import Act, Role
from matching.errors import UnknownError
from matching.hub.revisions import VACANCIES, changed
from matching.store import Work
from matching.store.tables import organisations, vacancies
from matching.store.work import new_id

OPEN, CLOSED, WITHDRAWN = "open", "closed", "withdrawn"
COMPANIES = frozenset({Role.AGENCY, Role.EMPLOYER})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVacancy:
    """A vacancy that is posted. ``vacancy`` is what was read in ``text``.

    ``answer_hours`` are hours of working days within which its company answers a proposal: what the
    vacancy says, or else the territory (``[proposals]`` of its ``policy.toml``).
    """

    hub: str
    text: str
    vacancy: Vacancy
    lexicon: str | None
    opened_on: date
    answer_hours: int
    organisation_id: str | None = None
    external_id: str | None = None
    expires_on: date | None = None
    mission_from: date | None = None
    mission_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptVacancy:
    """A vacancy on record, with its text and what was read in it."""

    id: str
    hub: str
    organisation_id: str | None
    external_id: str | None
    state: str
    text: str
    vacancy: Vacancy
    lexicon: str | None
    opened_on: date
    expires_on: date | None
    mission_from: date | None
    mission_until: date | None
    answer_hours: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    text: str
    vacancy: Vacancy
    lexicon: str | None


_BODY = TypeAdapter(_Body)


def add_vacancy(work: Work, new: NewVacancy) -> str:
    """Post a vacancy; its identifier. A company posts for itself alone.

    Raises
    ------
    UnknownError
        For another hub, or a company that is not the hub's.
    ConflictError
        Where the company's own number for it is taken.
    """
    company = _company(work, new.organisation_id)
    vacancy_id = new_id()
    body = _Body(text=new.text, vacancy=replace(new.vacancy, id=vacancy_id), lexicon=new.lexicon)
    work.add(
        vacancies,
        {
            "id": vacancy_id, "hub": new.hub, "organisation_id": company,
            "external_id": new.external_id, "title": new.vacancy.title[:200],
            "body": _BODY.dump_json(body), "state": OPEN, "opened_on": new.opened_on,
            "expires_on": new.expires_on, "mission_from": new.mission_from,
            "mission_until": new.mission_until, "answer_hours": new.answer_hours,
            "created_by": work.actor.id, "created_at": work.now, "changed_at": work.now,
            "version": 1,
        },
    )  # fmt: skip
    changed(work, new.hub, VACANCIES)
    work.tell(Act.ADD_VACANCY, "vacancy", vacancy_id, hub=new.hub, organisation=company)
    return vacancy_id


def read_vacancy(work: Work, vacancy_id: str) -> KeptVacancy:
    """A vacancy, for its hub or its company.

    Raises
    ------
    UnknownError
        For anybody else, as if it were not there.
    """
    row = work.by(vacancies, id=vacancy_id)
    if row is None or not _is_own(work, row):
        raise UnknownError("There is no such vacancy.")
    return kept_vacancy(row)


def list_vacancies(
    work: Work, *, after: str | None = None, limit: int = 50, state: str | None = None
) -> Sequence[KeptVacancy]:
    """Vacancies in the order of their identifiers; a company sees its own."""
    conditions = [*_own(work)]
    if after is not None:
        conditions.append(vacancies.c.id > after)
    if state is not None:
        conditions.append(vacancies.c.state == state)
    rows = work.rows(vacancies, *conditions, order=[vacancies.c.id], limit=limit)
    return [kept_vacancy(row) for row in rows]


def change_vacancy(
    work: Work,
    vacancy_id: str,
    *,
    version: int,
    text: str | None = None,
    vacancy: Vacancy | None = None,
    lexicon: str | None = None,
    **values: Any,
) -> int:
    """Change a vacancy that is still as it was read; its new version.

    ``values`` are columns of ``vacancies``; with a new text, what was read in it is given as well.

    Raises
    ------
    StaleError
        Where somebody else changed it meanwhile.
    """
    before = read_vacancy(work, vacancy_id)
    given = dict(values)
    if text is not None and vacancy is not None:
        body = _Body(text=text, vacancy=replace(vacancy, id=vacancy_id), lexicon=lexicon)
        given |= {"body": _BODY.dump_json(body), "title": vacancy.title[:200]}
    work.change(
        vacancies, {**given, "changed_at": work.now}, vacancies.c.id == vacancy_id, version=version
    )
    changed(work, before.hub, VACANCIES)
    work.tell(Act.CHANGE_VACANCY, "vacancy", vacancy_id, hub=before.hub, fields=sorted(given))
    return version + 1


def kept_vacancy(row: Row[Any]) -> KeptVacancy:
    """A row as a vacancy."""
    body = _BODY.validate_json(row.body)
    return KeptVacancy(
        id=row.id, hub=row.hub, organisation_id=row.organisation_id,
        external_id=row.external_id, state=row.state, text=body.text, vacancy=body.vacancy,
        lexicon=body.lexicon, opened_on=row.opened_on, expires_on=row.expires_on,
        mission_from=row.mission_from, mission_until=row.mission_until,
        answer_hours=row.answer_hours, version=row.version,
    )  # fmt: skip


def _own(work: Work) -> list[sa.ColumnElement[bool]]:
    if work.actor.role not in COMPANIES:
        return []
    # A company without an organisation has no vacancies, rather than everybody's.
    return [vacancies.c.organisation_id == (work.actor.organisation or "")]


def _is_own(work: Work, row: Row[Any]) -> bool:
    """The same of a row, once it was read."""
    own = work.actor.organisation
    return work.actor.role not in COMPANIES or (own is not None and row.organisation_id == own)


def _company(work: Work, asked: str | None) -> str | None:
    if work.actor.role in COMPANIES:
        if asked not in (None, work.actor.organisation) or work.actor.organisation is None:
            raise UnknownError("There is no such organisation for whoever asks.")
        return work.actor.organisation
    if asked is not None:
        work.one(organisations, organisations.c.id == asked)
    return asked
