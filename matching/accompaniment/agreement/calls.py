"""The early warning: when to call somebody, by three stated rules and no model.

A call asks how things are and what would help. It is the only thing that is ever proposed here:
nothing reads a warning to take a seat, a step or a euro away.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from matching.accompaniment.agreement.policy import Calling
from matching.domain import ContactMade
from matching.domain.agreement import AgreedStep, Agreement, Attendance, StepState

_COUNTED = (Attendance.PRESENT, Attendance.ABSENT)


class Sign(StrEnum):
    """The rule by which a call is proposed."""

    ABSENCES = "absences"
    SHARE = "share"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallProposed:
    """A call to make about a step, the rule, and what it saw.

    ``seen`` counts absences in a row, sessions attended, or days of silence; ``of`` is the number
    of sessions that count, None for the other rules; ``limit`` what the territory set.
    """

    sign: Sign
    step: str
    since: date
    seen: int
    limit: float
    of: int | None = None


def calls(
    agreement: Agreement,
    policy: Calling,
    *,
    as_of: date,
    contacts: Sequence[ContactMade] = (),
) -> tuple[CallProposed, ...]:
    """The calls to make on a day, about steps that are under way.

    A session that was excused or not held counts neither way. Silence counts from the last session
    attended, the last contact in which the person was reached, or the beginning of the step. What
    is dated after ``as_of`` is not read.
    """
    reached = [
        one.on
        for one in contacts
        if one.person_id == agreement.person_id and one.reached and one.on <= as_of
    ]
    found = [
        call
        for step in agreement.steps
        if step.state in (StepState.STARTED, StepState.ATTENDED)
        for call in (
            *_absences(step, policy, as_of),
            *_share(step, policy, as_of),
            *_silence(step, policy, as_of, reached),
        )
    ]
    return tuple(sorted(found, key=lambda one: (one.since, one.step, one.sign)))


def _sessions(step: AgreedStep, as_of: date) -> list[tuple[date, bool]]:
    """Day of each session that counts, the oldest first, and whether the person was there."""
    return [
        (one.held_on, one.attendance is Attendance.PRESENT)
        for one in step.sessions
        if one.attendance in _COUNTED and one.held_on <= as_of
    ]


def _absences(step: AgreedStep, policy: Calling, as_of: date) -> Iterator[CallProposed]:
    missed: list[date] = []
    for day, came in _sessions(step, as_of):
        missed = [] if came else [*missed, day]
    if len(missed) >= policy.absences:
        yield CallProposed(
            sign=Sign.ABSENCES,
            step=step.id,
            since=missed[policy.absences - 1],
            seen=len(missed),
            limit=policy.absences,
        )


def _share(step: AgreedStep, policy: Calling, as_of: date) -> Iterator[CallProposed]:
    sessions = _sessions(step, as_of)
    came = sum(there for _, there in sessions)
    if len(sessions) >= policy.least_sessions and came < policy.least_share * len(sessions):
        yield CallProposed(
            sign=Sign.SHARE,
            step=step.id,
            since=sessions[-1][0],
            seen=came,
            of=len(sessions),
            limit=policy.least_share,
        )


def _silence(
    step: AgreedStep, policy: Calling, as_of: date, reached: Sequence[date]
) -> Iterator[CallProposed]:
    there = [day for day, came in _sessions(step, as_of) if came]
    last = max([step.started_on or step.since, *there, *reached])
    days = (as_of - last).days
    if days >= policy.silence_days:
        yield CallProposed(
            sign=Sign.SILENCE,
            step=step.id,
            since=last + timedelta(days=policy.silence_days),
            seen=days,
            limit=policy.silence_days,
        )
