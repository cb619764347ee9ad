"""What came of it: a job, a course, a home kept; on record by the person's pseudonym."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from matching.domain.access import Act
from matching.domain.outcomes import OutcomeKind
from matching.hub.people import row_of
from matching.store import Work
from matching.store.person_keys import key_of
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
    external_id: str | None = None


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
    ConflictError
        Where an outcome with that number is on record.
    """
    row = row_of(work, new.person_id)
    key = key_of(work, new.person_id)
    if new.vacancy_id is not None:
        work.one(vacancies, vacancies.c.id == new.vacancy_id)
    outcome_id = new_id()
    sealed = (
        None if new.note is None else key.seal(new.note.encode(), f"outcomes.sealed:{outcome_id}")
    )
    work.add(
        outcomes,
        {
            "id": outcome_id, "hub": row.hub, "pseudonym": key.pseudonym, "kind": new.kind,
            "vacancy_id": new.vacancy_id, "happened_on": new.happened_on, "sealed": sealed,
            "external_id": new.external_id, "recorded_by": work.actor.id,
            "recorded_at": work.now,
        },
    )  # fmt: skip
    work.tell(
        Act.RECORD_OUTCOME, "person", key.pseudonym, hub=row.hub, outcome=outcome_id,
        kind=new.kind,
    )  # fmt: skip
    return outcome_id


def outcomes_of(work: Work, person_id: str) -> Sequence[Outcome]:
    """What came of a person's path, the latest first."""
    row_of(work, person_id)
    key = key_of(work, person_id)
    order = [outcomes.c.happened_on.desc(), outcomes.c.id]
    return [
        Outcome(
            id=row.id, kind=OutcomeKind(row.kind), happened_on=row.happened_on,
            vacancy_id=row.vacancy_id, recorded_by=row.recorded_by, recorded_at=row.recorded_at,
            note=None if row.sealed is None
            else key.unseal(row.sealed, f"outcomes.sealed:{row.id}").decode(),
        )
        for row in work.rows(outcomes, outcomes.c.pseudonym == key.pseudonym, order=order)
    ]  # fmt: skip
