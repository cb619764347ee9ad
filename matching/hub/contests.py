"""What people contest, or ask to correct or to erase: on record, and decided by somebody else."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row

from matching.domain.access import Act, Role
from matching.domain.days import day_at
from matching.errors import ConflictError, ForbiddenError, InputError, UnknownError
from matching.hub.contest_hands import hands_in, has_decider, whom_to_leave_it_to
from matching.hub.decisions import RESULT, VACANCY, check_hand, decision_row, keep_decision
from matching.hub.pages import those_after
from matching.hub.people import one_hub, row_of, tell_opening
from matching.hub.reasons import LONGEST_TEXT, DecisionOutcome, DecisionReasons
from matching.hub.results import ResultKind, read_result
from matching.store import Work
from matching.store.person_keys import PersonKey, key_of, key_of_pseudonym, keys_of
from matching.store.tables import (
    contests,
    decisions,
    person_keys,
    persons,
    results,
)
from matching.store.work import new_id


class ContestKind(StrEnum):
    """A decision or result that she does not agree with, data that are not right, or all of them.

    What she asks to erase is erased (:mod:`matching.hub.erasure_asked`), which ends the request
    with her file; refused, it is decided on like the others.
    """

    CONTEST = "contest"
    CORRECTION = "correction"
    ERASURE = "erasure"


class ContestState(StrEnum):
    """Whether it is decided: what was stays as it was, or is decided anew."""

    OPEN = "open"
    UPHELD = "upheld"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContest:
    """What somebody contests, in her words; a contest or an erasure needs none."""

    person_id: str
    kind: ContestKind
    decision_id: str | None = None
    result_id: str | None = None
    text: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestSeen:
    """A contest; ``may_decide`` is whether whoever asks may: who decided first may not.

    ``has_decider`` is whether any manager with an account of the hub may: where there is none, an
    administrator lets somebody in. ``decided`` is the decision that answers it. ``person_id`` is
    left out for protected people, ``text`` and ``decided`` in lists.
    """

    id: str
    kind: ContestKind
    state: ContestState
    person_id: str | None = field(repr=False)
    decision_id: str | None
    result_id: str | None
    opened_by: str
    opened_at: datetime
    days_waiting: int
    may_decide: bool
    has_decider: bool
    decided: str | None = None
    text: str | None = field(default=None, repr=False)


def contest(work: Work, new: NewContest) -> str:
    """Record a contest or a request to correct, by the person or by a manager for her; its id.

    Raises
    ------
    UnknownError
        For a person, decision or result that the actor may not see, or not about her.
    InputError
        For a contest of nothing, a correction without words, or too many of them.
    ConflictError
        Where she contested it, or asked for it, already and that is not decided.
    """
    row = row_of(work, new.person_id)
    key = key_of(work, new.person_id)
    text = (new.text or "").strip() or None
    result_id = _check(work, new, key, text)
    there = work.first(
        contests, contests.c.pseudonym == key.pseudonym, contests.c.state == ContestState.OPEN,
        contests.c.kind == new.kind, contests.c.decision_id == new.decision_id,
        contests.c.result_id == result_id,
    )  # fmt: skip
    if there is not None and new.kind is not ContestKind.CORRECTION:
        raise ConflictError("This was contested or asked for already, and waits to be decided.")
    contest_id = new_id()
    work.add(
        contests,
        {
            "id": contest_id, "hub": row.hub, "pseudonym": key.pseudonym, "kind": new.kind,
            "decision_id": new.decision_id, "result_id": result_id,
            "sealed_text": None if text is None else key.seal(text.encode(), _place(contest_id)),
            "state": ContestState.OPEN, "opened_by": work.actor.id, "opened_at": work.now,
        },
    )  # fmt: skip
    work.tell(
        Act.CONTEST, "contest", contest_id, hub=row.hub, person=key.pseudonym, kind=new.kind,
        decision=new.decision_id, result=result_id,
    )  # fmt: skip
    return contest_id


def decide_contest(
    work: Work,
    contest_id: str,
    state: ContestState,
    reasons: DecisionReasons,
    *,
    reason_code: str,
    text: str | None = None,
) -> str:
    """Decide a contest by a new decision; the decision's identifier.

    Raises
    ------
    ForbiddenError
        For whoever had a hand in what is contested, or recorded the contest; for a machine.
    UnknownError
        Where there is none for whoever asks.
    ConflictError
        Where it is decided, or an erasure would be granted without being done.
    InputError
        For a reason that is not of the list, or a decision that leaves it open.
    """
    check_hand(work)
    row = work.one(contests, contests.c.id == contest_id)
    if state is ContestState.OPEN:
        raise InputError("Say whether what was decided is upheld or changed.")
    if row.state != ContestState.OPEN:
        raise ConflictError(f"This contest is {row.state}: it was decided already.")
    if row.kind == ContestKind.ERASURE and state is ContestState.CHANGED:
        raise ConflictError(
            "What she asked for is granted by doing it: DELETE /v1/persons/{id}. That ends the "
            "request, and says what was done."
        )
    hands = hands_in(work, row)
    if work.actor.id in hands:
        raise ForbiddenError(
            "Whoever decided, proposed or recorded what is contested does not decide on it again: "
            f"{whom_to_leave_it_to(work, row.hub, hands)}"
        )
    key = key_of_pseudonym(work, row.pseudonym)
    if key is None:
        raise UnknownError("There is no such contest.")
    first = None if row.decision_id is None else decision_row(work, row.decision_id)
    done = work.change(
        contests,
        {"state": state, "decided_by": work.actor.id, "decided_at": work.now},
        contests.c.id == contest_id,
        contests.c.state == ContestState.OPEN,
    )
    if not done:
        raise ConflictError("This contest was decided by somebody else just now; read it again.")
    changed = state is ContestState.CHANGED
    kind, subject = (first.subject_kind, first.subject_id) if first is not None else (
        (RESULT, row.result_id) if row.result_id is not None else (row.kind, row.id)
    )  # fmt: skip
    decision_id = keep_decision(
        work, key, reasons, hub=row.hub, kind=kind, subject=subject,
        outcome=_outcome(first, changed=changed), result_id=row.result_id, is_override=changed,
        reason_code=reason_code, text=text, contest_id=contest_id,
    )  # fmt: skip
    work.tell(
        Act.DECIDE_CONTEST, "contest", contest_id, hub=row.hub, person=row.pseudonym, state=state,
        decision=decision_id,
    )  # fmt: skip
    return decision_id


def open_contests(work: Work) -> Sequence[ContestSeen]:
    """What waits to be decided in the actor's hubs, the oldest first; of a person, her own."""
    return _listed(work, [contests.c.state == ContestState.OPEN], None)


def list_contests(
    work: Work,
    *,
    after: str | None = None,
    limit: int = 50,
    state: ContestState | None = None,
) -> Sequence[ContestSeen]:
    """Contests, the oldest first; of a person, her own. Told to the journal.

    Raises
    ------
    InputError
        Where the entry that the page comes after is gone.
    """
    conditions = [] if state is None else [contests.c.state == state]
    if after is not None:
        conditions.append(those_after(work, contests, contests.c.opened_at, after))
    found = _listed(work, conditions, limit)
    work.tell(Act.READ_DECISION, "contests", None, hub=one_hub(work), count=len(found))
    return found


def read_contest(work: Work, contest_id: str, *, reason: str | None = None) -> ContestSeen:
    """A contest with what was said; the reading is told to the journal.

    ``reason`` says why a protected file is opened by somebody else than its manager.

    Raises
    ------
    UnknownError
        Where there is none for whoever asks.
    ForbiddenError
        For one of a protected person, without a reason.
    """
    row = work.one(contests, contests.c.id == contest_id)
    key = key_of_pseudonym(work, row.pseudonym)
    if work.actor.role is Role.PERSON and (key is None or key.person_id != work.actor.person_id):
        raise UnknownError("There is no such contest.")
    if key is not None:
        tell_opening(work, row_of(work, key.person_id), key, reason)
    work.tell(Act.READ_DECISION, "contest", row.id, hub=row.hub, person=row.pseudonym)
    return _seen(work, row, key, whole=True)


def _listed(
    work: Work, conditions: Sequence[sa.ColumnElement[bool]], limit: int | None
) -> Sequence[ContestSeen]:
    own: list[sa.ColumnElement[bool]] = []
    if work.actor.role is Role.PERSON:
        herself = work.actor.person_id
        mine = None if herself is None else key_of(work, herself).pseudonym
        own.append(contests.c.pseudonym == (mine or ""))
    order = [contests.c.opened_at, contests.c.id]
    rows = work.rows(contests, *conditions, *own, order=order, limit=limit)
    keys = keys_of(work, {row.pseudonym for row in rows}, by=person_keys.c.pseudonym)
    return [_seen(work, row, keys.get(row.pseudonym)) for row in rows]


def _check(work: Work, new: NewContest, key: PersonKey, text: str | None) -> str | None:
    """Refuse what is not hers to contest; the result behind it."""
    if len(text or "") > LONGEST_TEXT:
        raise InputError(f"What is contested is said in at most {LONGEST_TEXT} characters.")
    if new.kind is ContestKind.CORRECTION and text is None:
        raise InputError("Say in words what is not right, and what would be.")
    if new.kind is ContestKind.ERASURE and (new.decision_id or new.result_id):
        raise InputError("What is erased is the whole file; name no decision and no result.")
    if new.decision_id is not None:
        row = decision_row(work, new.decision_id)
        if row.pseudonym != key.pseudonym or new.result_id not in (None, row.result_id):
            raise UnknownError("There is no such decision.")
        return None if row.result_id is None else str(row.result_id)
    if new.result_id is None:
        if new.kind is ContestKind.CONTEST:
            raise InputError("Say what is contested: a decision, or what was computed.")
        return None
    held = work.first(results, results.c.id == new.result_id)
    listed = set() if held is None else {held.pseudonym}
    if held is not None and held.kind == ResultKind.SHORTLIST:
        listed |= set(read_result(work, held.id, ResultKind.SHORTLIST).people)
    if key.pseudonym not in listed:
        raise UnknownError("There is no such result.")
    return new.result_id


def _outcome(first: Row[Any] | None, *, changed: bool) -> DecisionOutcome:
    if first is None or first.subject_kind != VACANCY:
        return DecisionOutcome.CHANGED if changed else DecisionOutcome.CONFIRMED
    was = DecisionOutcome(first.outcome)
    if not changed:
        return was
    proposed = was is DecisionOutcome.PROPOSED
    return DecisionOutcome.NOT_PROPOSED if proposed else DecisionOutcome.PROPOSED


def _seen(work: Work, row: Row[Any], key: PersonKey | None, *, whole: bool = False) -> ContestSeen:
    person = None if key is None else work.first(persons, persons.c.id == key.person_id)
    hidden = person is None or (person.is_protected and work.actor.role is not Role.PERSON)
    text = None
    if whole and key is not None and row.sealed_text is not None:
        text = key.unseal(row.sealed_text, _place(row.id)).decode()
    answer = work.first(decisions, decisions.c.contest_id == row.id) if whole else None
    hands = hands_in(work, row)
    return ContestSeen(
        id=row.id, kind=ContestKind(row.kind), state=ContestState(row.state),
        person_id=None if hidden or key is None else key.person_id, decision_id=row.decision_id,
        result_id=row.result_id, opened_by=row.opened_by, opened_at=row.opened_at,
        days_waiting=(work.today - day_at(row.opened_at)).days,
        may_decide=work.actor.role is not Role.PERSON and row.state == ContestState.OPEN
        and work.actor.id not in hands,
        has_decider=has_decider(work, row.hub, hands),
        decided=None if answer is None else answer.id, text=text,
    )  # fmt: skip


def _place(contest_id: str) -> str:
    return f"contests.sealed_text:{contest_id}"
