"""Agreed paths as they are kept: the events of each, sealed with the person's key.

Nothing in a path is an obligation: a no, an absence or a missing signature is recorded, and read
by nothing that proposes, ranks or gives (import contract "a refusal costs nothing").
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from matching.accompaniment.agreement import agreement_lines, calls, happen, read_agreements
from matching.accompaniment.agreement import reminders as due_steps
from matching.accompaniment.agreement.calls import CallProposed
from matching.accompaniment.agreement.policy import AgreementPolicy
from matching.accompaniment.agreement.reminders import Reminder
from matching.domain.access import Act, Role
from matching.domain.agreement import (
    Agreement,
    Begun,
    Contested,
    Event,
    Proposer,
    Reordered,
    Signed,
    StepAgreed,
    StepDropped,
    StepProposed,
    StepRefused,
    StepStarted,
    StepState,
)
from matching.errors import ConflictError, InputError, StaleError, UnknownError
from matching.hub.people import (
    OPEN,
    check_in_charge,
    check_may_grow,
    opened_row,
    row_of,
    tell_opening,
)
from matching.store import Work
from matching.store.person_keys import PersonKey, key_of, key_of_pseudonym, keys_of
from matching.store.tables import person_keys, persons, plan_events, results
from matching.store.work import new_id

_BY_HERSELF = (StepAgreed, StepRefused, StepDropped, Reordered, Contested, Signed, StepProposed)
_AT_ONCE = 200  # paths that are read together


@dataclass(frozen=True, slots=True, kw_only=True)
class PathSeen:
    """A path as it stands on a day: its version (how many events), what is due, whom to call.

    ``calls`` are for whoever follows the path; she herself has none. ``person_id`` is that of her
    file.
    """

    id: str
    version: int
    person_id: str = field(repr=False)
    agreement: Agreement = field(repr=False)
    due: tuple[Reminder, ...] = ()
    calls: tuple[CallProposed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PathListed:
    """A path of somebody: when it was begun, the plan that it was made of, its version."""

    id: str
    begun_at: datetime
    result_id: str | None
    version: int


@dataclass(frozen=True, slots=True)
class LivedPath:
    """A path on record with whose it is, for the modules that add to it."""

    id: str
    person: Row[Any] = field(repr=False)
    key: PersonKey = field(repr=False)
    result_id: str | None
    agreement: Agreement = field(repr=False)


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
    check_in_charge(work, row)
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
        Act.BEGIN_PLAN, "person", key.pseudonym, hub=row.hub, plan=plan_id,
        events=len(events), result=result_id,
    )  # fmt: skip
    return plan_id


def add_event(work: Work, plan_id: str, event: Event, *, version: int) -> int:
    """Add what happened to a path that is still as it was read; its new version.

    A manager records anything, the person what she herself says; what a provider records is added
    by :mod:`matching.hub.participants`. Who records it is the actor, whatever ``event`` says, and
    a step that was only proposed is refused, not dropped.

    Raises
    ------
    UnknownError
        Where there is no such path, or step, for whoever asks.
    InputError
        For an event that is not the actor's to record, is still to come, or does not follow.
    ForbiddenError
        For a protected file, of anybody but its manager and herself.
    ConflictError
        For a file that may no longer be worked with.
    StaleError
        Where something else happened meanwhile.
    """
    hold_path(work, plan_id)
    path = _whole_path(work, plan_id)
    step = None if isinstance(event, StepProposed) else getattr(event, "step", None)
    if step is not None and path.agreement.step(step) is None:
        raise UnknownError("There is no such step in this path.")
    check_may_grow(path.person)
    check_in_charge(work, path.person)
    if work.actor.role is Role.PERSON:
        proposed = isinstance(event, StepProposed) and event.proposer is not Proposer.PERSON
        if not isinstance(event, _BY_HERSELF) or proposed:
            raise InputError("This is for the hub or the provider to record; ask them.")
    check_version(len(path.agreement.events), version)
    append(work, path, event)
    return version + 1


def hold_path(work: Work, plan_id: str) -> None:
    """Let nobody else add to a path until this transaction ends; to be called before it is read."""
    work.hold(plan_events, plan_events.c.plan_id == plan_id, plan_events.c.position == 0)


def append(work: Work, path: LivedPath, event: Event) -> None:
    """Add an event to a path, once it was seen that the actor may; the journal is told.

    Raises
    ------
    InputError
        For an event that is still to come, or does not follow.
    """
    if event.on > work.today:
        raise InputError(f"on = {event.on} is still to come; record it once it happened.")
    after = happen(path.agreement, _as_recorded(work, path.agreement, event))
    position = len(path.agreement.events)
    line = list(agreement_lines(after))[-1]
    _keep(work, path.key, path.person.hub, path.id, position, line, path.result_id)
    work.tell(
        Act.CHANGE_PLAN_STEP, "person", path.key.pseudonym, hub=path.person.hub, plan=path.id,
        event=type(after.events[-1]).__name__, position=position,
    )  # fmt: skip


def check_version(found: int, version: int) -> None:
    """Refuse a change of what was read in another version.

    Raises
    ------
    StaleError
        Saying so.
    """
    if found != version:
        raise StaleError(
            f"Something else was recorded in this path since version {version}. Read it again."
        )


def read_path(
    work: Work,
    plan_id: str,
    *,
    as_of: date,
    policy: AgreementPolicy | None = None,
    reason: str | None = None,
) -> PathSeen:
    """A path as it stands on a day; the reading is told to the journal.

    ``reason`` says why the path of a protected person is opened by somebody else than her manager.

    Raises
    ------
    UnknownError
        Where there is none for whoever asks.
    ForbiddenError
        For a protected file, without a reason.
    """
    path = _whole_path(work, plan_id)
    tell_opening(work, path.person, path.key, reason)
    work.tell(Act.READ_PLAN, "person", path.key.pseudonym, hub=path.person.hub, plan=plan_id)
    by_herself = work.actor.role is Role.PERSON
    return seen_path(path, policy, as_of=as_of, with_calls=not by_herself)


def paths_of(work: Work, person_id: str, *, reason: str | None = None) -> Sequence[PathListed]:
    """A person's paths, the first begun first; the listing is told to the journal.

    ``reason`` says why a protected file is opened by somebody else than its manager.

    Raises
    ------
    UnknownError
        Where there is no such person for whoever asks.
    ForbiddenError
        For a protected file, without a reason.
    """
    row, key = opened_row(work, person_id, reason)
    rows = work.rows(
        plan_events, plan_events.c.pseudonym == key.pseudonym,
        order=[plan_events.c.made_at, plan_events.c.plan_id, plan_events.c.position],
    )  # fmt: skip
    versions = Counter(one.plan_id for one in rows)
    found = [
        PathListed(
            id=one.plan_id, begun_at=one.made_at, result_id=one.result_id,
            version=versions[one.plan_id],
        )
        for one in rows
        if one.position == 0
    ]  # fmt: skip
    work.tell(Act.READ_PLAN, "person", key.pseudonym, hub=row.hub, listed=len(found))
    return found


def all_paths(work: Work, *, after: str = "") -> Iterator[LivedPath]:
    """Every path of open files that are not protected, for what runs over a whole hub.

    In the order of their identifiers, those after one.
    """
    while True:
        firsts = work.rows(
            plan_events, plan_events.c.position == 0, plan_events.c.plan_id > after,
            order=[plan_events.c.plan_id], limit=_AT_ONCE,
        )  # fmt: skip
        if not firsts:
            return
        yield from _lived_together(work, firsts)
        after = firsts[-1].plan_id


def path_of(work: Work, plan_id: str) -> LivedPath:
    """A path with whose it is. Telling the journal is left to the caller.

    Raises
    ------
    UnknownError
        Where there is none for whoever asks: another hub, or another person.
    """
    rows = work.rows(
        plan_events, plan_events.c.plan_id == plan_id, order=[plan_events.c.position]
    )  # fmt: skip
    key = key_of_pseudonym(work, rows[0].pseudonym) if rows else None
    person = None if key is None else work.first(persons, persons.c.id == key.person_id)
    hers = person is not None and person.id == work.actor.person_id
    if key is None or person is None or (work.actor.role is Role.PERSON and not hers):
        raise UnknownError("There is no such path.")
    return LivedPath(plan_id, person, key, rows[0].result_id, _lived(rows, key))


def _whole_path(work: Work, plan_id: str) -> LivedPath:
    if work.actor.role is Role.PROVIDER:
        raise UnknownError("There is no such path.")
    return path_of(work, plan_id)


def seen_path(
    path: LivedPath, policy: AgreementPolicy | None, *, as_of: date, with_calls: bool
) -> PathSeen:
    """A path with what is due on a day by a territory's policy; nothing is without one."""
    agreement = path.agreement
    return PathSeen(
        id=path.id,
        version=len(agreement.events),
        person_id=path.person.id,
        agreement=agreement,
        due=() if policy is None else due_steps(agreement, policy.reminding, as_of=as_of),
        calls=calls(agreement, policy.calling, as_of=as_of) if policy and with_calls else (),
    )


def _lived_together(work: Work, firsts: Sequence[Row[Any]]) -> Iterator[LivedPath]:
    keys = keys_of(work, {row.pseudonym for row in firsts}, by=person_keys.c.pseudonym)
    ids = [key.person_id for key in keys.values()]
    there = {
        row.id: row
        for row in work.rows(
            persons, persons.c.id.in_(ids), persons.c.is_protected.is_(False),
            persons.c.state == OPEN,
        )
    }  # fmt: skip
    wanted = {row.plan_id for row in firsts}
    events: dict[str, list[Row[Any]]] = {plan_id: [] for plan_id in wanted}
    for row in work.rows(
        plan_events, plan_events.c.plan_id.in_(sorted(wanted)), order=[plan_events.c.position]
    ):
        events[row.plan_id].append(row)
    for first in firsts:
        key = keys.get(first.pseudonym)
        person = None if key is None else there.get(key.person_id)
        if key is not None and person is not None:
            lived = _lived(events[first.plan_id], key)
            yield LivedPath(first.plan_id, person, key, first.result_id, lived)


def _lived(rows: Sequence[Row[Any]], key: PersonKey) -> Agreement:
    lines = [key.unseal(row.sealed, _place(row.id)).decode() for row in rows]
    (agreement,) = read_agreements(lines, name="path")
    return agreement


def _as_recorded(work: Work, agreement: Agreement, event: Event) -> Event:
    """An event as it is kept: by the actor, of this person, a no to what was only proposed."""
    step = agreement.step(getattr(event, "step", None) or "")
    if isinstance(event, StepDropped) and step is not None and step.state is StepState.PROPOSED:
        event = StepRefused(
            on=event.on, by=event.by, step=event.step, reason=event.reason,
            own_words=event.own_words,
        )  # fmt: skip
    if isinstance(event, StepStarted) and event.internship is not None:
        record = replace(event.internship, person_id=agreement.person_id)
        event = replace(event, internship=record)
    return replace(event, by=work.actor.id)


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


def _place(event_id: str) -> str:
    return f"plan_events.sealed:{event_id}"
