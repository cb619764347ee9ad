"""How far a territory is towards what it set out to reach, and where it would come to.

People, households, opportunities and places are counted apart. What is still to come is foretold
from what came in as much time, as events that come singly and at one pace (Poisson, with the pace
not known: negative binomial; Gelman et al. 2013, chapter 2). People who come in groups, or a start
that is slower than what follows, make it less sure than it says, which is why nothing is concluded
from the first part of a period or from few.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeAlias

from scipy.stats import nbinom

from matching.accompaniment.impact.following import COURSES, counts_as_work, taken_up
from matching.accompaniment.impact.records import Records
from matching.domain import Measure
from matching.domain.days import months_later
from matching.domain.outcomes import OpportunityKind
from matching.territory import OutcomePolicy, Per, Period, Target, TargetKind, Territory

INTERVAL = 0.8
EARLY_SHARE = 0.25
"""Of a period; nothing is concluded from what came before."""
EARLY_COUNT = 10
_A_HALF = 0.5  # Jeffreys' prior of a pace
_YEAR = 12


class ProgressState(StrEnum):
    """What can be said of a target.

    It is reached; the projection is above it, across it, or below it; its time is over without; it
    is too early to say; it has no time by which to be reached; its time has not come.
    """

    REACHED = "reached"
    ABOVE = "above"
    ACROSS = "across"
    BELOW = "below"
    MISSED = "missed"
    EARLY = "early"
    NO_TIME = "no_time"
    NOT_BEGUN = "not_begun"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A target and how far it is on a day.

    ``number`` is what is to be reached between ``since`` and ``until`` (both included; None where
    no time is set), of all hubs together. ``done`` is what there is, ``people`` whose it is.
    ``open`` are those of which it is not known whether they count. ``projected``, ``lower`` and
    ``upper`` are what there would be at the end, with an 80% interval; None where none is foretold.
    """

    target: Target
    number: int
    since: date
    until: date | None
    elapsed: float | None
    done: int
    open: int
    people: frozenset[str]
    projected: float | None
    lower: int | None
    upper: int | None
    state: ProgressState


def progress(
    records: Records, territory: Territory, *, since: date, as_of: date
) -> tuple[Progress, ...]:
    """Every target of the territory.

    Parameters
    ----------
    records
        Known on the day.
    territory
        With its targets, and its rule of what is work.
    since
        The first day of the project, from which periods and years are counted.
    as_of
        The day.
    """
    return tuple(_progress(one, records, territory, since, as_of) for one in territory.targets)


def projection(done: int, days: int, left: int) -> tuple[float, int, int]:
    """What there would be at the end: mean, and the ends of an 80% interval.

    Parameters
    ----------
    done
        Events in ``days`` days.
    days
        One or more.
    left
        Days still to come.
    """
    if left <= 0:
        return float(done), done, done
    shape = done + _A_HALF
    chance = days / (days + left)
    tail = (1 - INTERVAL) / 2
    lower, upper = (int(end) for end in nbinom.ppf([tail, 1 - tail], shape, chance))
    return done + shape * left / days, done + lower, done + upper


def _progress(
    target: Target, records: Records, territory: Territory, since: date, as_of: date
) -> Progress:
    start, until = _period(target, since, as_of)
    last = as_of if until is None else min(as_of, until)
    events, unsure = (
        _within(rows, start, last) for rows in _counted(target, records, territory.policy.outcome)
    )
    number = target.number * (max(1, len(territory.hubs)) if target.per is Per.HUB else 1)
    done = len(events)
    elapsed, ahead = None, None
    days = (last - start).days + 1
    if until is not None:
        whole = (until - start).days + 1
        elapsed = max(0.0, min(1.0, days / whole))
        if days > 0:
            ahead = projection(done, days, whole - days)
    return Progress(
        target=target,
        number=number,
        since=start,
        until=until,
        elapsed=elapsed,
        done=done,
        open=len(unsure),
        people=frozenset().union(*events.values()),
        projected=None if ahead is None else ahead[0],
        lower=None if ahead is None else ahead[1],
        upper=None if ahead is None else ahead[2],
        state=_state(done, number, elapsed, ahead),
    )


def _state(
    done: int, number: int, elapsed: float | None, ahead: tuple[float, int, int] | None
) -> ProgressState:
    if done >= number:
        return ProgressState.REACHED
    if elapsed is None:
        return ProgressState.NO_TIME
    if ahead is None:
        return ProgressState.NOT_BEGUN
    if elapsed >= 1:
        return ProgressState.MISSED
    if elapsed < EARLY_SHARE or done < EARLY_COUNT:
        return ProgressState.EARLY
    _, lower, upper = ahead
    if lower >= number:
        return ProgressState.ABOVE
    return ProgressState.BELOW if upper < number else ProgressState.ACROSS


def _period(target: Target, since: date, as_of: date) -> tuple[date, date | None]:
    """First and last day of the period that a day is in; of years, the current one."""
    if target.months is None:
        return since, None
    start = since
    if target.period is Period.YEAR:
        years = 0
        while months_later(since, (years + 1) * _YEAR) <= as_of:
            years += 1
        start = months_later(since, years * _YEAR)
    return start, months_later(start, target.months) - timedelta(days=1)


_Rows: TypeAlias = list[tuple[str, date, str]]
"""What is counted: its id, a day of it, and whose it is."""


def _counted(target: Target, records: Records, policy: OutcomePolicy) -> tuple[_Rows, _Rows]:
    """Everything that a target counts, and that of which it is not known whether it counts."""
    paths = [one for one in records.paths if taken_up(one)]
    if target.kind is TargetKind.PEOPLE_ACCOMPANIED:
        return [(one.person_id, one.agreed_on, one.person_id) for one in paths], []
    if target.kind is TargetKind.FAMILIES_WITH_FOOD:
        fed = [one for one in paths if Measure.FOOD in one.measures]
        return (
            [(one.household_id, one.agreed_on, one.person_id) for one in fed if one.household_id],
            [(one.person_id, one.agreed_on, one.person_id) for one in fed if not one.household_id],
        )
    if target.kind is TargetKind.COURSE_PLACES:
        return [
            (f"{one.person_id} {step.service}", one.agreed_on, one.person_id)
            for one in paths
            for step in one.accepted
            if (step.service in target.services if target.services else step.measure in COURSES)
        ], []
    person = {one.id: one.person_id for one in records.paths}
    wanted = (
        OpportunityKind.HOME
        if target.kind is TargetKind.HOUSING_OPPORTUNITIES
        else OpportunityKind.JOB
    )
    rows: dict[bool | None, _Rows] = {True: [], False: [], None: []}
    for one in records.opportunities:
        if one.kind is wanted:
            counts = True if wanted is OpportunityKind.HOME else counts_as_work(one, policy)
            rows[counts].append((one.id, one.starts_on, person[one.path_id]))
    return rows[True], rows[None]


def _within(rows: _Rows, first: date, last: date) -> dict[str, frozenset[str]]:
    """What is counted between two days, each once, with everybody whose it is."""
    people: dict[str, frozenset[str]] = {}
    for key, on, person in rows:
        if first <= on <= last:
            people[key] = people.get(key, frozenset()) | {person}
    return people
