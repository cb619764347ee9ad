"""What came of it: a job, a course, a home kept; on record by the person's pseudonym."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from matching.domain.access import Act, Role
from matching.domain.outcomes import OutcomeKind
from matching.errors import UnknownError
from matching.hub.people import check_in_charge, check_may_grow, opened_row, row_of
from matching.store import Work
from matching.store.chain import canonical
from matching.store.person_keys import PersonKey, key_of, key_of_pseudonym
from matching.store.tables import outcomes, vacancies
from matching.store.work import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOutcome:
    """What happened, on which day; ``note`` are a manager's words on it."""

    person_id: str
    kind: OutcomeKind
    happened_on: date
    vacancy_id: str | None = None
    note: str | None = field(default=None, repr=False)
    external_id: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What is written of an outcome under the person's own key: gone once she is erased."""

    note: str | None = field(default=None, repr=False)
    external_id: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """An outcome on record."""

    id: str
    kind: OutcomeKind
    happened_on: date
    vacancy_id: str | None
    note: str | None = field(default=None, repr=False)
    recorded_by: str
    recorded_at: datetime


def record_outcome(work: Work, new: NewOutcome) -> str:
    """Record an outcome; its identifier.

    Raises
    ------
    UnknownError
        For a person or a vacancy that the actor may not see.
    ForbiddenError
        For a protected file, of anybody but its manager.
    ConflictError
        Where an outcome with that number is on record, or the file may not be added to.
    """
    row = row_of(work, new.person_id)
    check_may_grow(row)
    check_in_charge(work, row)
    key = key_of(work, new.person_id)
    if new.vacancy_id is not None:
        work.one(vacancies, vacancies.c.id == new.vacancy_id)
    outcome_id, number = new_id(), new.external_id
    written = {"note": new.note, "external_id": number}
    is_bare = new.note is None and number is None
    sealed = None if is_bare else key.seal(canonical(written).encode(), _place(outcome_id))
    work.add(
        outcomes,
        {
            "id": outcome_id, "hub": row.hub, "pseudonym": key.pseudonym, "kind": new.kind,
            "vacancy_id": new.vacancy_id, "happened_on": new.happened_on, "sealed": sealed,
            "external_word": None if number is None else number_word(work, row.hub, number),
            "recorded_by": work.actor.id, "recorded_at": work.now,
        },
    )  # fmt: skip
    work.tell(
        Act.RECORD_OUTCOME, "person", key.pseudonym, hub=row.hub, outcome=outcome_id,
        kind=new.kind,
    )  # fmt: skip
    return outcome_id


def remove_outcome(work: Work, outcome_id: str) -> None:
    """Remove an outcome that was recorded by mistake; the journal says that it was there.

    A provider removes what it recorded itself.

    Raises
    ------
    UnknownError
        Where there is none for whoever asks.
    ForbiddenError
        For a protected file, of anybody but its manager.
    ConflictError
        For a file that may no longer be worked with.
    """
    row = work.first(outcomes, outcomes.c.id == outcome_id)
    by_provider = work.actor.role is Role.PROVIDER
    if row is None or (by_provider and row.recorded_by != work.actor.id):
        raise UnknownError("There is no such outcome.")
    key = key_of_pseudonym(work, row.pseudonym)
    if key is None:
        raise UnknownError("Nobody is known any more whose outcome this is; it stays a count.")
    person = row_of(work, key.person_id)
    check_may_grow(person)
    check_in_charge(work, person)
    work.remove(outcomes, outcomes.c.id == outcome_id)
    work.tell(
        Act.RECORD_OUTCOME, "person", key.pseudonym, hub=row.hub, outcome=outcome_id,
        kind=row.kind, removed=True,
    )  # fmt: skip


def outcomes_of(work: Work, person_id: str, *, reason: str | None = None) -> Sequence[Outcome]:
    """What came of a person's path, the latest first; the reading is told to the journal.

    ``reason`` says why a protected file is opened by somebody else than its manager.

    Raises
    ------
    UnknownError
        Where there is no such person for whoever asks.
    ForbiddenError
        For a protected file, without a reason.
    """
    person, key = opened_row(work, person_id, reason)
    order = [outcomes.c.happened_on.desc(), outcomes.c.id]
    rows = work.rows(outcomes, outcomes.c.pseudonym == key.pseudonym, order=order)
    work.tell(Act.READ_OUTCOMES, "person", key.pseudonym, hub=person.hub, count=len(rows))
    return [
        Outcome(
            id=row.id, kind=OutcomeKind(row.kind), happened_on=row.happened_on,
            vacancy_id=row.vacancy_id, recorded_by=row.recorded_by, recorded_at=row.recorded_at,
            note=written_of(key, row).note,
        )
        for row in rows
    ]  # fmt: skip


def number_word(work: Work, hub: str, number: str) -> str:
    """The search word of the number that another program gave to an outcome of a hub."""
    return work.word("outcome", f"{hub}\0{number}")


def written_of(key: PersonKey, row: Row[Any]) -> Written:
    """What is written of an outcome, opened with the key of the person whose it is.

    Raises
    ------
    KeyringError
        Where it does not open.
    """
    sealed: bytes | None = row.sealed
    return (
        Written() if sealed is None else Written(**json.loads(key.unseal(sealed, _place(row.id))))
    )


def _place(outcome_id: str) -> str:
    return f"outcomes.sealed:{outcome_id}"
