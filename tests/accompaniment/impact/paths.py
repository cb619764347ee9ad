"""Small records of outcomes: a test names what it is about."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from matching.accompaniment.impact import Records
from matching.domain import Contract, Measure
from matching.domain.outcomes import (
    Accepted,
    Opportunity,
    OpportunityKind,
    OutcomeKind,
    OutcomeRecord,
    OutcomeSource,
    PathRecord,
)

AGREED = date(2025, 1, 10)
AS_OF = date(2026, 11, 28)


def a_path(name: str = "p1", *measures: Measure, **known: Any) -> PathRecord:
    given: dict[str, Any] = {
        "id": name,
        "person_id": name,
        "agreed_on": AGREED,
        "accepted": tuple(Accepted(measure=one) for one in measures),
        "months_without_work": 4,
    }
    return PathRecord(**(given | known))


def a_job(name: str = "j1", path: str = "p1", **known: Any) -> Opportunity:
    given: dict[str, Any] = {
        "id": name,
        "path_id": path,
        "kind": OpportunityKind.JOB,
        "starts_on": date(2025, 3, 1),
        "source": OutcomeSource.EMPLOYER,
        "contract": Contract.FIXED_TERM,
        "planned_days": 90,
    }
    return Opportunity(**(given | known))


def a_home(name: str = "h1", path: str = "p1", **known: Any) -> Opportunity:
    given: dict[str, Any] = {
        "id": name,
        "path_id": path,
        "kind": OpportunityKind.HOME,
        "starts_on": date(2025, 3, 1),
        "source": OutcomeSource.MANAGER,
    }
    return Opportunity(**(given | known))


def an_outcome(
    path: str = "p1",
    kind: OutcomeKind = OutcomeKind.WORK,
    came: bool | None = False,
    **known: Any,
) -> OutcomeRecord:
    given: dict[str, Any] = {
        "path_id": path,
        "kind": kind,
        "month": 12,
        "seen_on": date(2026, 2, 1),
        "source": OutcomeSource.PERSON,
        "came": came,
    }
    return OutcomeRecord(**(given | known))


def records(*rows: Any) -> Records:
    """Records of any kinds, each put where it belongs."""

    def of(*kinds: type) -> tuple[Any, ...]:
        return tuple(row for row in rows if isinstance(row, kinds))

    from matching.domain.outcomes import AccountRecord, UnfilledVacancy, UnmetNeed

    return Records(
        paths=of(PathRecord),
        opportunities=of(Opportunity),
        outcomes=of(OutcomeRecord),
        accounts=of(AccountRecord),
        unmet=of(UnmetNeed),
        unfilled=of(UnfilledVacancy),
    )


def many(count: int, *measures: Measure, start: str = "x", **known: Any) -> Iterable[PathRecord]:
    return [a_path(f"{start}{number:03d}", *measures, **known) for number in range(count)]
