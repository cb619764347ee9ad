"""What came of each person's path at a horizon: yes, no, or not known.

The clock starts on the day the path was agreed; a person with two paths is one person, followed
from the first of those that it is about. An interrupted path is followed like any other. An
internship is never a job.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from matching.accompaniment.effects import Observed
from matching.accompaniment.impact.records import Records
from matching.domain import Contract, Measure
from matching.domain.days import months_later
from matching.domain.outcomes import (
    HORIZONS,
    Opportunity,
    OpportunityKind,
    OutcomeKind,
    PathRecord,
)
from matching.territory import OutcomePolicy

KEPT_MONTHS = 6
COURSES = frozenset({Measure.COURSE, Measure.CERTIFICATE, Measure.LANGUAGE, Measure.DIGITAL})
ABOUT: dict[OutcomeKind, frozenset[Measure]] = {
    OutcomeKind.COURSE_COMPLETED: COURSES,
    OutcomeKind.HOME_KEPT: frozenset({Measure.HOUSING}),
    OutcomeKind.FOOD_CONTINUITY: frozenset({Measure.FOOD}),
    OutcomeKind.BUDGET_IN_ORDER: frozenset({Measure.BUDGET}),
}
"""Outcomes that some measures are about. Work, and a job kept, are about all."""

_OPEN_ENDED = frozenset({Contract.PERMANENT, Contract.APPRENTICESHIP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """People of whom an outcome came, did not come, and of whom it is not known."""

    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()

    @property
    def followed(self) -> frozenset[str]:
        """All of them."""
        return self.yes | self.no | self.unknown

    def within(self, people: frozenset[str]) -> "Split":
        """The same of some people."""
        return Split(yes=self.yes & people, no=self.no & people, unknown=self.unknown & people)


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Records as they are looked up: jobs of a person, last known answers of a path."""

    paths: tuple[PathRecord, ...]
    jobs: Mapping[str, tuple[Opportunity, ...]]
    answers: Mapping[tuple[str, OutcomeKind, int], bool]


def index(records: Records) -> Index:
    """Make records quick to look up."""
    person = {one.id: one.person_id for one in records.paths}
    jobs: dict[str, tuple[Opportunity, ...]] = {}
    for one in records.opportunities:
        if one.kind is OpportunityKind.JOB:
            whose = person[one.path_id]
            jobs[whose] = (*jobs.get(whose, ()), one)
    answers: dict[tuple[str, OutcomeKind, int], bool] = {}
    for said in sorted(records.outcomes, key=lambda one: one.seen_on):
        if said.came is not None:
            answers[said.path_id, said.kind, said.month] = said.came
    return Index(paths=records.paths, jobs=jobs, answers=answers)


def counts_as_work(job: Opportunity, policy: OutcomePolicy) -> bool | None:
    """Whether a job is work found by the territory's rule; None where the record does not say.

    A contract planned for at least ``work_days`` days, or without an end, or self-employment. An
    internship never.
    """
    if job.kind is not OpportunityKind.JOB or job.contract is Contract.INTERNSHIP:
        return False
    if job.planned_days is not None:
        return job.planned_days >= policy.work_days
    if job.self_employed or job.contract in _OPEN_ENDED:
        return True
    return None


def taken_up(path: PathRecord) -> bool:
    """Whether the person took something up; who did not is one of those compared with."""
    return bool(path.accepted)


def split(
    records: Index,
    kind: OutcomeKind,
    months: int,
    *,
    policy: OutcomePolicy,
    as_of: date,
    compared: bool = False,
) -> Split:
    """Everybody whose horizon is past, by what came of it.

    Parameters
    ----------
    records
        Known on the day.
    kind, months
        The outcome and the horizon.
    policy
        What counts as work.
    as_of
        The day.
    compared
        Those to compare with instead: who took nothing up (work, a job kept), or was offered what
        the outcome is about and did not take it up.
    """
    answers: dict[bool | None, set[str]] = {True: set(), False: set(), None: set()}
    for person, path in _firsts(records.paths, kind, compared=compared).items():
        if months_later(path.agreed_on, months) > as_of:
            continue
        if kind is OutcomeKind.WORK:
            answers[_worked(records, path, months, policy)].add(person)
        elif kind is OutcomeKind.RETAINED:
            kept = _kept_jobs(records, path, months, policy)
            if kept:
                answers[True if any(kept) else None if None in kept else False].add(person)
        else:
            answers[records.answers.get((path.id, kind, months))].add(person)
    return Split(
        yes=frozenset(answers[True]),
        no=frozenset(answers[False]),
        unknown=frozenset(answers[None]),
    )


def before(records: Index, kind: OutcomeKind, people: frozenset[str]) -> Split:
    """The stated baseline of some people: whether it was so already when the path was agreed."""
    answers: dict[bool | None, set[str]] = {True: set(), False: set(), None: set()}
    for person, path in _firsts(records.paths, kind, compared=False).items():
        if person in people:
            answers[next((one.was for one in path.before if one.kind is kind), None)].add(person)
    return Split(
        yes=frozenset(answers[True]),
        no=frozenset(answers[False]),
        unknown=frozenset(answers[None]),
    )


def observed(records: Index, *, policy: OutcomePolicy, as_of: date) -> tuple[Observed, ...]:
    """Every person's first path with the work that came of it, to estimate effects from."""
    found = []
    for path in _earliest(records.paths).values():
        worked = {
            months: _worked(records, path, months, policy)
            for months in HORIZONS
            if months_later(path.agreed_on, months) <= as_of
        }
        found.append(Observed(path=path, worked=worked))
    return tuple(found)


def _earliest(paths: Iterable[PathRecord]) -> dict[str, PathRecord]:
    first: dict[str, PathRecord] = {}
    for path in sorted(paths, key=lambda one: (one.agreed_on, one.id)):
        first.setdefault(path.person_id, path)
    return first


def _firsts(
    paths: Iterable[PathRecord], kind: OutcomeKind, *, compared: bool
) -> dict[str, PathRecord]:
    """Each person's first path that an outcome is about, of those who took up or the others."""
    about = ABOUT.get(kind)
    by_person: dict[str, list[PathRecord]] = {}
    for path in paths:
        by_person.setdefault(path.person_id, []).append(path)
    chosen = []
    for own in by_person.values():
        took = [one for one in own if (one.measures & about if about else taken_up(one))]
        if not compared:
            chosen += took
        elif not took:
            chosen += [one for one in own if about is None or about & set(one.offered)]
    return _earliest(chosen)


def _worked(records: Index, path: PathRecord, months: int, policy: OutcomePolicy) -> bool | None:
    due = months_later(path.agreed_on, months)
    counted = [
        counts_as_work(job, policy)
        for job in records.jobs.get(path.person_id, ())
        if path.agreed_on <= job.starts_on <= due
    ]
    if any(counted):
        return True
    # A job of which it is not known whether it counts leaves it open.
    said = records.answers.get((path.id, OutcomeKind.WORK, months))
    return False if said is False and None not in counted else None


def _kept_jobs(
    records: Index, path: PathRecord, months: int, policy: OutcomePolicy
) -> list[bool | None]:
    """Whether each job that was found early enough was kept for six months."""
    due = months_later(path.agreed_on, months)
    return [
        _kept(job)
        for job in records.jobs.get(path.person_id, ())
        if job.starts_on >= path.agreed_on
        and months_later(job.starts_on, KEPT_MONTHS) <= due
        and counts_as_work(job, policy)
    ]


def _kept(job: Opportunity) -> bool | None:
    day = months_later(job.starts_on, KEPT_MONTHS)
    if job.ended_on is not None:
        return job.ended_on >= day
    return True if job.confirmed_on is not None and job.confirmed_on >= day else None
