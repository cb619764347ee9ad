"""The life of an agreed path: what may happen to it next, and what it comes to.

Saying no, not signing and contesting change nothing but what is recorded: see
:mod:`matching.accompaniment.agreement.offering`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from matching.accompaniment.incentives.internships import can_start
from matching.accompaniment.referrals.steps import named, not_before
from matching.domain import Measure
from matching.domain.agreement import (
    AgreedStep,
    Agreement,
    Attendance,
    Begun,
    Contested,
    Event,
    Reordered,
    Session,
    SessionRecorded,
    Signed,
    StepAgreed,
    StepCompleted,
    StepDropped,
    StepProposed,
    StepRefused,
    StepStarted,
    StepState,
)
from matching.errors import InputError, OutOfTurnError

FROM: Mapping[type[Event], frozenset[StepState]] = {
    StepAgreed: frozenset({StepState.PROPOSED, StepState.DROPPED}),
    StepRefused: frozenset({StepState.PROPOSED}),
    StepStarted: frozenset({StepState.AGREED}),
    SessionRecorded: frozenset({StepState.STARTED, StepState.ATTENDED}),
    StepCompleted: frozenset({StepState.STARTED, StepState.ATTENDED}),
    StepDropped: frozenset({StepState.AGREED, StepState.STARTED, StepState.ATTENDED}),
}
"""In which states of a step an event may happen to it. A no is never final."""

_MOST_WORDS = 2_000


def begin(*, id: str, person_id: str, on: date, by: str) -> Agreement:
    """Begin a path with a person: no step yet.

    Raises
    ------
    InputError
        For a blank name.
    """
    begun = Begun(
        id=named(id, "id"), person_id=named(person_id, "person_id"), on=on, by=named(by, "by")
    )
    return Agreement(id=begun.id, person_id=begun.person_id, events=(begun,))


def happen(agreement: Agreement, event: Event) -> Agreement:
    """The path after an event.

    Raises
    ------
    InputError
        Saying what, which value and what to do: a day before the last event, a blank name, a step
        that is not there or is there already, an event that does not follow the step's state, a
        session recorded before, an order that is not of all the steps, words that are too long or
        missing, an internship that lacks papers.
    """
    named(event.by, "by")
    not_before(event.on, agreement.events[-1].on, "on")
    change = _CHANGES.get(type(event))
    if change is None:
        raise InputError(f"{type(event).__name__} does not happen to a path that was begun.")
    return replace(change(agreement, event), events=(*agreement.events, event))


def live(events: Iterable[Event]) -> Agreement:
    """Live a path again from its events; the first is its beginning.

    Raises
    ------
    InputError
        As :func:`happen`, or where the first event is another.
    """
    lived = iter(events)
    first = next(lived, None)
    if not isinstance(first, Begun):
        raise InputError("a path begins with its beginning; put that event first.")
    agreement = begin(id=first.id, person_id=first.person_id, on=first.on, by=first.by)
    for event in lived:
        agreement = happen(agreement, event)
    return agreement


def _proposed(agreement: Agreement, event: StepProposed) -> Agreement:
    named(event.step, "step")
    named(event.title, "title")
    if agreement.step(event.step) is not None:
        raise InputError(f"step {event.step!r} is in the path already; give another name.")
    step = AgreedStep(proposal=event, state=StepState.PROPOSED, since=event.on)
    return replace(agreement, steps=(*agreement.steps, step))


def _agreed(agreement: Agreement, event: StepAgreed) -> Agreement:
    return _moved(agreement, event, event.step, StepState.AGREED, reason=None, own_words="")


def _refused(agreement: Agreement, event: StepRefused | StepDropped) -> Agreement:
    return _moved(
        agreement,
        event,
        event.step,
        StepState.DROPPED,
        reason=event.reason,
        own_words=_words(event.own_words),
    )


def _started(agreement: Agreement, event: StepStarted) -> Agreement:
    step = _may(agreement, event, event.step)
    if step.proposal.measure is Measure.INTERNSHIP:
        _with_papers(agreement, event)
    elif event.internship is not None:
        raise InputError(
            f"step {event.step!r} is no internship; leave its papers out, or correct the step."
        )
    return _moved(agreement, event, event.step, StepState.STARTED, started_on=event.on)


def _with_papers(agreement: Agreement, event: StepStarted) -> None:
    record = event.internship
    if record is None:
        raise InputError(
            f"step {event.step!r} is an internship; it starts only with its record: promoter, "
            "host, agreement, project, two tutors, insurance."
        )
    if record.person_id != agreement.person_id:
        raise InputError(
            f"internship {record.id!r} is of {record.person_id!r}, not of the person of the path."
        )
    if lacking := can_start(record, as_of=event.on):
        raise InputError(
            f"internship {record.id!r} lacks {', '.join(lacking)} on {event.on}; it starts once "
            "all is on record."
        )


def _session(agreement: Agreement, event: SessionRecorded) -> Agreement:
    step = _may(agreement, event, event.step)
    begun = step.started_on or step.since
    not_before(event.held_on, begun, "held_on")
    not_before(event.on, event.held_on, "on")
    if any(one.held_on == event.held_on for one in step.sessions):
        raise InputError(
            f"step {event.step!r}: the session of {event.held_on} was recorded before."
        )
    session = Session(held_on=event.held_on, attendance=event.attendance)
    sessions = tuple(sorted((*step.sessions, session), key=lambda one: one.held_on))
    came = event.attendance is Attendance.PRESENT or step.state is StepState.ATTENDED
    state = StepState.ATTENDED if came else StepState.STARTED
    return _moved(agreement, event, event.step, state, sessions=sessions)


def _finished(agreement: Agreement, event: StepCompleted) -> Agreement:
    return _moved(agreement, event, event.step, StepState.COMPLETED)


def _reordered(agreement: Agreement, event: Reordered) -> Agreement:
    by_id = {step.id: step for step in agreement.steps}
    if sorted(event.order) != sorted(by_id):
        raise InputError(
            f"order = {', '.join(event.order)!r} must name every step once: {', '.join(by_id)}."
        )
    return replace(agreement, steps=tuple(by_id[step] for step in event.order))


def _contested(agreement: Agreement, event: Contested) -> Agreement:
    if event.step is not None:
        _step(agreement, event.step)
    _words(named(event.own_words, "own_words"))
    return replace(agreement, contested=(*agreement.contested, event))


def _signed(agreement: Agreement, event: Signed) -> Agreement:
    return replace(agreement, signed_on=event.on)


_CHANGES: Mapping[type[Event], Callable[[Agreement, Any], Agreement]] = {
    StepProposed: _proposed,
    StepAgreed: _agreed,
    StepRefused: _refused,
    StepStarted: _started,
    SessionRecorded: _session,
    StepCompleted: _finished,
    StepDropped: _refused,
    Reordered: _reordered,
    Contested: _contested,
    Signed: _signed,
}


def _step(agreement: Agreement, step_id: str) -> AgreedStep:
    step = agreement.step(step_id)
    if step is None:
        known = ", ".join(repr(one.id) for one in agreement.steps) or "none yet"
        raise InputError(f"step {step_id!r} is not in the path ({known}); correct it.")
    return step


def _may(agreement: Agreement, event: Event, step_id: str) -> AgreedStep:
    step = _step(agreement, step_id)
    allowed = FROM[type(event)]
    if step.state not in allowed:
        raise OutOfTurnError(
            f"step {step_id!r} is {step.state.value!r}; for this it must be "
            f"{' or '.join(sorted(allowed))}."
        )
    return step


def _moved(
    agreement: Agreement, event: Event, step_id: str, state: StepState, **changed: Any
) -> Agreement:
    step = _may(agreement, event, step_id)
    since = step.since if step.state is state else event.on
    after = replace(step, state=state, since=since, **changed)
    steps = tuple(after if one is step else one for one in agreement.steps)
    return replace(agreement, steps=steps)


def _words(words: str) -> str:
    if len(words) > _MOST_WORDS:
        raise InputError(f"own_words has {len(words)} characters; at most {_MOST_WORDS} are kept.")
    return words
