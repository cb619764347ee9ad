"""Agreed paths as they are kept: the events of each, sealed with the person's key.

Nothing in a path is an obligation: a no, an absence or a missing signature is recorded, and read
by nothing that proposes, ranks or gives (import contract "a refusal costs nothing").
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Row

from matching.accompaniment.agreement import agreement_lines, calls, happen, read_agreements
from matching.accompaniment.agreement import reminders as due_steps
from matching.accompaniment.agreement.calls import CallProposed
from matching.accompaniment.agreement.policy import AgreementPolicy
from matching.accompaniment.agreement.reminders import Reminder
from matching.domain.access import Act, Role
from matching.domain.agreement import (
    AgreedStep,
    Agreement,
    Begun,
    Contested,
    Event,
    Proposer,
    Reordered,
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
from matching.errors import ConflictError, InputError, StaleError, UnknownError
from matching.hub.people import OPEN, contacts_of, row_of
from matching.store import Work
from matching.store.person_keys import PersonKey, key_of, key_of_pseudonym
from matching.store.tables import persons, plan_events, results
from matching.store.work import new_id

_BY_HERSELF = (StepAgreed, StepRefused, StepDropped, Reordered, Contested, Signed, StepProposed)
_BY_PROVIDER = (StepStarted, SessionRecorded, StepCompleted, StepDropped)
_WITH_PROVIDER = frozenset({StepState.AGREED, StepState.STARTED, StepState.ATTENDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class PathSeen:
    """A path as it stands on a day: its version (how many events), what is due, whom to call.

    ``calls`` are for whoever follows the path; she herself has none.
    """

    id: str
    version: int
    agreement: Agreement = field(repr=False)
    due: tuple[Reminder, ...] = ()
    calls: tuple[CallProposed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody who agreed to a step with a provider: all that the provider sees."""

    plan_id: str
    version: int
    name: str = field(repr=False)
    step: AgreedStep


def begin_path(
    work: Work, person_id: str, agreement: Agreement, *, result_id: str | None = None
) -> str:
    """Keep a path that was begun with a person; its identifier.

    Parameters
    ----------
    work
        Of a manager of her hub.
    person_id
        Whose path it is; in its events she goes by her pseudonym.
    agreement
        As :func:`matching.accompaniment.agreement.begun` makes it of a plan, or empty.
    result_id
        The plan that it was made of, where there was one.

    Raises
    ------
    UnknownError
        For a person or a plan that the actor may not see.
    ConflictError
        For a file that is not open.
    """
    row = row_of(work, person_id)
    if row.state != OPEN:
        raise ConflictError(f"This file is {row.state}: no path is begun in it.")
    key = key_of(work, person_id)
    if result_id is not None:
        work.one(results, results.c.id == result_id, results.c.pseudonym == key.pseudonym)
    plan_id = new_id()
    first, *others = agreement.events
    if not isinstance(first, Begun):
        raise InputError("A path begins with its beginning; put that event first.")
    own = replace(first, id=plan_id, person_id=key.pseudonym, by=work.actor.id)
    events = (own, *(replace(one, by=work.actor.id) for one in others))
    kept = replace(agreement, id=plan_id, person_id=key.pseudonym, events=events)
    for position, line in enumerate(agreement_lines(kept)):
        _keep(work, key, row.hub, plan_id, position, line, result_id)
    work.tell(
        Act.CHANGE_PLAN_STEP, "person", key.pseudonym, hub=row.hub, plan=plan_id,
        events=len(events), result=result_id,
    )  # fmt: skip
    return plan_id


def add_event(
    work: Work, plan_id: str, event: Event, *, version: int, services: Collection[str] = ()
) -> int:
    """Add what happened to a path that is still as it was read; its new version.

    A manager records anything; the person what she herself says; a provider what happens in its
    own services, ``services`` being their slugs. Who records it is the actor, whatever ``event``
    says.

    Raises
    ------
    UnknownError
        Where there is no such path, or step, for whoever asks.
    InputError
        For an event that is not the actor's to record, or does not follow.
    StaleError
        Where something else happened meanwhile.
    """
    rows, key, agreement = _path(work, plan_id)
    _check_own(work, agreement, event, services)
    if len(rows) != version:
        raise StaleError(
            f"Something else was recorded in this path since version {version}. Read it again."
        )
    after = happen(agreement, replace(event, by=work.actor.id))
    line = list(agreement_lines(after))[-1]
    _keep(work, key, rows[0].hub, plan_id, version, line, rows[0].result_id)
    work.tell(
        Act.CHANGE_PLAN_STEP, "person", key.pseudonym, hub=rows[0].hub, plan=plan_id,
        event=type(event).__name__, position=version,
    )  # fmt: skip
    return version + 1


def read_path(
    work: Work, plan_id: str, *, as_of: date, policy: AgreementPolicy | None = None
) -> PathSeen:
    """A path as it stands on a day; the reading is told to the journal.

    Raises
    ------
    UnknownError
        Where there is none for whoever asks.
    """
    if work.actor.role is Role.PROVIDER:
        raise UnknownError("There is no such path.")
    rows, key, agreement = _path(work, plan_id)
    work.tell(Act.READ_PLAN, "person", key.pseudonym, hub=rows[0].hub, plan=plan_id)
    by_herself = work.actor.role is Role.PERSON
    return seen_path(agreement, policy, as_of=as_of, with_calls=not by_herself)


def paths_of(work: Work, person_id: str) -> Sequence[str]:
    """The identifiers of a person's paths, the first begun first."""
    row_of(work, person_id)
    key = key_of(work, person_id)
    rows = work.rows(
        plan_events, plan_events.c.pseudonym == key.pseudonym, plan_events.c.position == 0,
        order=[plan_events.c.made_at, plan_events.c.plan_id],
    )  # fmt: skip
    return [row.plan_id for row in rows]


def participants(work: Work, services: Collection[str]) -> Sequence[Participant]:
    """Who agreed to steps with a provider, whose services' slugs are given; nothing else of them.

    Her own words on a step are not the provider's to read. Protected people are left out: their
    manager records what happens.
    """
    found = [
        Participant(
            plan_id=agreement.id, version=len(agreement.events), name=_name(work, key),
            step=replace(step, own_words="", reason=None),
        )
        for key, agreement in all_paths(work)
        for step in agreement.steps
        if step.proposal.service in services and step.state in _WITH_PROVIDER
    ]  # fmt: skip
    work.tell(Act.READ_PLAN, "participants", None, count=len(found))
    return found


def all_paths(work: Work) -> Sequence[tuple[PersonKey, Agreement]]:
    """Every path of open files that are not protected, for what runs over a whole hub."""
    firsts = work.rows(plan_events, plan_events.c.position == 0, order=[plan_events.c.plan_id])
    found: list[tuple[PersonKey, Agreement]] = []
    for row in firsts:
        key = key_of_pseudonym(work, row.pseudonym)
        there = None if key is None else work.first(persons, persons.c.id == key.person_id)
        if key is not None and there is not None and not there.is_protected and there.state == OPEN:
            found.append((key, _lived(work, row.plan_id, key)[1]))
    return found


def seen_path(
    agreement: Agreement, policy: AgreementPolicy | None, *, as_of: date, with_calls: bool
) -> PathSeen:
    """A path with what is due on a day by a territory's policy; nothing is without one."""
    return PathSeen(
        id=agreement.id,
        version=len(agreement.events),
        agreement=agreement,
        due=() if policy is None else due_steps(agreement, policy.reminding, as_of=as_of),
        calls=calls(agreement, policy.calling, as_of=as_of) if policy and with_calls else (),
    )


def _path(work: Work, plan_id: str) -> tuple[Sequence[Row[Any]], PersonKey, Agreement]:
    first = work.first(plan_events, plan_events.c.plan_id == plan_id, plan_events.c.position == 0)
    key = None if first is None else key_of_pseudonym(work, first.pseudonym)
    hers = key is not None and key.person_id == work.actor.person_id
    if key is None or (work.actor.role is Role.PERSON and not hers):
        raise UnknownError("There is no such path.")
    rows, agreement = _lived(work, plan_id, key)
    return rows, key, agreement


def _lived(work: Work, plan_id: str, key: PersonKey) -> tuple[Sequence[Row[Any]], Agreement]:
    rows = work.rows(
        plan_events, plan_events.c.plan_id == plan_id, order=[plan_events.c.position]
    )  # fmt: skip
    lines = [key.unseal(row.sealed, _place(row.id)).decode() for row in rows]
    (agreement,) = read_agreements(lines, name="path")
    return rows, agreement


def _check_own(work: Work, agreement: Agreement, event: Event, services: Collection[str]) -> None:
    if work.actor.role is Role.PERSON:
        proposed = isinstance(event, StepProposed) and event.proposer is not Proposer.PERSON
        if not isinstance(event, _BY_HERSELF) or proposed:
            raise InputError("This is for the hub or the provider to record; ask them.")
    if work.actor.role is not Role.PROVIDER:
        return
    step = agreement.step(getattr(event, "step", None) or "")
    if step is None or step.proposal.service not in services or step.state not in _WITH_PROVIDER:
        raise UnknownError("There is no such step for whoever asks.")
    if not isinstance(event, _BY_PROVIDER):
        raise InputError("A provider records beginnings, sessions and ends; the hub the rest.")
    if isinstance(event, StepDropped) and event.own_words:
        raise InputError("Own words are the person's; leave them out.")


def _keep(
    work: Work,
    key: PersonKey,
    hub: str,
    plan_id: str,
    position: int,
    line: str,
    result_id: str | None,
) -> None:
    event_id = new_id()
    work.add(
        plan_events,
        {
            "id": event_id, "hub": hub, "plan_id": plan_id, "pseudonym": key.pseudonym,
            "position": position, "sealed": key.seal(line.encode(), _place(event_id)),
            "result_id": result_id, "made_by": work.actor.id, "made_at": work.now,
        },
    )  # fmt: skip


def _name(work: Work, key: PersonKey) -> str:
    contacts = contacts_of(work, key)
    return " ".join(f"{contacts.given_name} {contacts.family_name}".split())


def _place(event_id: str) -> str:
    return f"plan_events.sealed:{event_id}"
