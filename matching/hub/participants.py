"""Those who agreed to a step with a provider, and what the provider records of it.

A provider sees a name, its own step and the step's days; nothing else of a path or a person. Of
protected people it sees nothing: their manager records what happens.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from matching.domain.access import Act
from matching.domain.agreement import (
    AgreedStep,
    Agreement,
    Event,
    SessionRecorded,
    StepAgreed,
    StepCompleted,
    StepDropped,
    StepProposed,
    StepRefused,
    StepStarted,
    StepState,
)
from matching.domain.outcomes import OutcomeKind
from matching.errors import InputError, UnknownError
from matching.hub.outcomes import NewOutcome, record_outcome
from matching.hub.paths import LivedPath, all_paths, append, check_version, hold_path, path_of
from matching.hub.people import OPEN, contacts_of
from matching.store import Work
from matching.store.person_keys import PersonKey

_RECORDED = (StepStarted, SessionRecorded, StepCompleted, StepDropped)
_OF_STEP = (StepProposed, StepAgreed, StepRefused, *_RECORDED)
_SHOWN = frozenset({StepState.AGREED, StepState.STARTED, StepState.ATTENDED})
_TOOK_PART = frozenset({StepState.STARTED, StepState.ATTENDED, StepState.COMPLETED})


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnStep:
    """A step with a provider. ``version`` counts what happened to it, and to nothing else."""

    version: int
    step: AgreedStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody who agreed to steps with a provider: all that the provider sees."""

    plan_id: str
    name: str = field(repr=False)
    steps: tuple[OwnStep, ...]


def participants(
    work: Work, services: Collection[str], *, after: str | None = None, limit: int | None = None
) -> Sequence[Participant]:
    """Who agreed to steps with a provider, whose services' slugs are given.

    In the order of the identifiers of their paths; ``after`` is the one that the page comes after.
    One entry of the journal tells of it.
    """
    found: list[Participant] = []
    for path in all_paths(work, after=after or "") if services else ():
        steps = tuple(_own_steps(path.agreement, services))
        if steps:
            found.append(Participant(plan_id=path.id, name=_name(work, path.key), steps=steps))
        if len(found) == limit:
            break
    work.tell(Act.READ_PARTICIPANTS, "participants", None, count=len(found))
    return found


def participant(work: Work, plan_id: str, services: Collection[str]) -> Participant:
    """One of them; the reading is told to the journal.

    Raises
    ------
    UnknownError
        Where there is none for whoever asks.
    """
    path = _path(work, plan_id)
    steps = tuple(_own_steps(path.agreement, services))
    if not steps:
        raise UnknownError("There is no such participant.")
    work.tell(
        Act.READ_PARTICIPANTS, "person", path.key.pseudonym, hub=path.person.hub, plan=plan_id
    )
    return Participant(plan_id=plan_id, name=_name(work, path.key), steps=steps)


def record(
    work: Work, plan_id: str, event: Event, *, version: int, services: Collection[str]
) -> int:
    """Add what happened to a step with a provider; the step's new version.

    Raises
    ------
    UnknownError
        Where there is no such step with it.
    InputError
        For an event that is not a provider's to record, is still to come, or does not follow.
    StaleError
        Where something else happened to the step meanwhile.
    """
    hold_path(work, plan_id)
    path = _path(work, plan_id)
    step = _step(path, getattr(event, "step", None), services, _SHOWN)
    if not isinstance(event, _RECORDED):
        raise InputError("A provider records beginnings, sessions and ends; the hub the rest.")
    if isinstance(event, StepDropped) and event.own_words:
        raise InputError("Own words are the person's; leave them out.")
    check_version(_version(path.agreement, step.id), version)
    append(work, path, event)
    return version + 1


def record_step_outcome(
    work: Work,
    plan_id: str,
    step_id: str,
    kind: OutcomeKind,
    happened_on: date,
    *,
    services: Collection[str],
) -> str:
    """Record what came of a step with a provider, for somebody who began it; its identifier.

    Raises
    ------
    UnknownError
        Where there is no such step with it, or she never began it.
    InputError
        For a day that is still to come.
    """
    path = _path(work, plan_id)
    _step(path, step_id, services, _TOOK_PART)
    return record_outcome(
        work, NewOutcome(person_id=path.person.id, kind=kind, happened_on=happened_on)
    )


def _path(work: Work, plan_id: str) -> LivedPath:
    path = path_of(work, plan_id)
    if path.person.is_protected or path.person.state != OPEN:
        raise UnknownError("There is no such participant.")
    return path


def _step(
    path: LivedPath, step_id: str | None, services: Collection[str], states: frozenset[StepState]
) -> AgreedStep:
    step = path.agreement.step(step_id or "")
    if step is None or step.proposal.service not in services or step.state not in states:
        raise UnknownError("There is no such step for whoever asks.")
    return step


def _own_steps(agreement: Agreement, services: Collection[str]) -> Iterator[OwnStep]:
    for step in agreement.steps:
        if step.proposal.service in services and step.state in _SHOWN:
            # Her own words, and why she said no before, are not the provider's to read.
            shown = replace(step, own_words="", reason=None)
            yield OwnStep(version=_version(agreement, step.id), step=shown)


def _version(agreement: Agreement, step_id: str) -> int:
    return sum(isinstance(one, _OF_STEP) and one.step == step_id for one in agreement.events)


def _name(work: Work, key: PersonKey) -> str:
    contacts = contacts_of(work, key)
    return " ".join(f"{contacts.given_name} {contacts.family_name}".split())
