"""Records of what came of paths: what cannot be true together, and what was known on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from matching.domain.days import months_later
from matching.domain.outcomes import (
    HORIZONS,
    AccountRecord,
    Opportunity,
    OpportunityKind,
    OutcomeKind,
    OutcomeRecord,
    PathRecord,
    UnfilledVacancy,
    UnmetNeed,
)
from matching.errors import InputError

_SOONER = frozenset({OutcomeKind.COURSE_COMPLETED})
"""What may be known to have come before its horizon: it cannot be undone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """All that was recorded, each in the order in which it was."""

    paths: tuple[PathRecord, ...] = ()
    opportunities: tuple[Opportunity, ...] = ()
    outcomes: tuple[OutcomeRecord, ...] = ()
    accounts: tuple[AccountRecord, ...] = ()
    unmet: tuple[UnmetNeed, ...] = ()
    unfilled: tuple[UnfilledVacancy, ...] = ()


def check(records: Records) -> None:
    """Refuse records that cannot be true together.

    Raises
    ------
    InputError
        Saying what, of which path, and what to do: an id given twice, a path that is not there, a
        month that is no horizon, a day before the path was agreed, an outcome known before its
        time, two different answers of one day, work that came without a job on record, a job kept
        that was recorded instead of found from the job.
    """
    paths = {one.id: one for one in records.paths}
    _apart("path", [one.id for one in records.paths])
    _apart("opportunity", [one.id for one in records.opportunities])
    for path in records.paths:
        if path.interrupted_on is not None and path.interrupted_on < path.agreed_on:
            raise InputError(f"path {path.id!r}: interrupted_on is before agreed_on; correct one.")
        _apart(f"path {path.id!r}: need", [one.need for one in path.needs])
        _apart(f"path {path.id!r}: before", [one.kind for one in path.before])
    for one in records.opportunities:
        _check_opportunity(one, _path(paths, one.path_id, f"opportunity {one.id!r}"))
    jobs = {one.path_id for one in records.opportunities if one.kind is OpportunityKind.JOB}
    for outcome in records.outcomes:
        where = f"outcome {outcome.kind} of path {outcome.path_id!r}"
        _check_outcome(outcome, _path(paths, outcome.path_id, where), where, jobs)
    for account in records.accounts:
        where = f"account of path {account.path_id!r}"
        _month(account.month, where)
        if account.told_on < _path(paths, account.path_id, where).agreed_on:
            raise InputError(f"{where}: told_on is before the path was agreed; correct one.")
    _one_answer_a_day(records.outcomes)


def known_on(records: Records, as_of: date) -> Records:
    """What was known at the end of a day. Nothing later is read."""

    def past(day: date | None) -> date | None:
        return day if day is not None and day <= as_of else None

    paths = tuple(
        replace(one, interrupted_on=past(one.interrupted_on))
        for one in records.paths
        if one.agreed_on <= as_of
    )
    return Records(
        paths=paths,
        opportunities=tuple(
            replace(one, ended_on=past(one.ended_on), confirmed_on=past(one.confirmed_on))
            for one in records.opportunities
            if one.starts_on <= as_of
        ),
        outcomes=tuple(one for one in records.outcomes if one.seen_on <= as_of),
        accounts=tuple(one for one in records.accounts if one.told_on <= as_of),
        unmet=tuple(one for one in records.unmet if one.on <= as_of),
        unfilled=tuple(one for one in records.unfilled if one.on <= as_of),
    )


def _apart(what: str, ids: Sequence[str]) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise InputError(f"{what} {str(one)!r} is given twice; keep one.")
        seen.add(one)


def _path(paths: dict[str, PathRecord], path_id: str, where: str) -> PathRecord:
    if path_id not in paths:
        raise InputError(f"{where}: there is no path {path_id!r}; add it, or correct path_id.")
    return paths[path_id]


def _month(month: int, where: str) -> None:
    if month not in HORIZONS:
        known = ", ".join(map(str, HORIZONS))
        raise InputError(f"{where}: month = {month} is no horizon; write one of {known}.")


def _check_opportunity(one: Opportunity, path: PathRecord) -> None:
    where = f"opportunity {one.id!r}"
    if one.starts_on < path.agreed_on:
        raise InputError(
            f"{where}: starts_on is before path {path.id!r} was agreed; what was there already is "
            "a baseline (before)."
        )
    for name, day in (("ended_on", one.ended_on), ("confirmed_on", one.confirmed_on)):
        if day is not None and day < one.starts_on:
            raise InputError(f"{where}: {name} is before starts_on; correct one.")
    is_job = one.kind is OpportunityKind.JOB
    if not is_job and (one.contract or one.planned_days is not None or one.self_employed):
        raise InputError(f"{where}: a home has no contract, planned_days or self_employed.")


def _check_outcome(outcome: OutcomeRecord, path: PathRecord, where: str, jobs: set[str]) -> None:
    _month(outcome.month, where)
    if outcome.seen_on < path.agreed_on:
        raise InputError(f"{where}: seen_on is before the path was agreed; correct one.")
    if outcome.kind is OutcomeKind.RETAINED:
        raise InputError(
            f"{where}: a job kept is found from its opportunity; record ended_on or confirmed_on "
            "there."
        )
    if outcome.kind is OutcomeKind.WORK and outcome.came and path.id not in jobs:
        raise InputError(
            f"{where}: came is true and no job is on record; add the opportunity, with contract "
            "and planned_days: whether it counts is the territory's rule."
        )
    due = months_later(path.agreed_on, outcome.month)
    sooner = outcome.came is True and outcome.kind in _SOONER | {OutcomeKind.WORK}
    if outcome.came is not None and outcome.seen_on < due and not sooner:
        raise InputError(
            f"{where}: it is {outcome.month} months only on {due}, and was seen on "
            f"{outcome.seen_on}; correct the day, or leave came out."
        )


def _one_answer_a_day(outcomes: Iterable[OutcomeRecord]) -> None:
    seen: dict[tuple[str, OutcomeKind, int, date], bool | None] = {}
    for one in outcomes:
        key = (one.path_id, one.kind, one.month, one.seen_on)
        if key in seen and seen[key] is not one.came:
            raise InputError(
                f"outcome {one.kind} of path {one.path_id!r} at {one.month} months has two answers "
                f"of {one.seen_on}; keep one."
            )
        seen[key] = one.came
