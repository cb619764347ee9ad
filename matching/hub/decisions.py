"""What people decided on what they were shown. Each decision has a name; none is preselected."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row

from matching.domain.access import Act, Role
from matching.errors import ForbiddenError, InputError, UnknownError
from matching.hub.accounts import ACTIVE
from matching.hub.people import check_in_charge, row_of
from matching.hub.reasons import DecisionOutcome, DecisionReasons
from matching.hub.results import ResultKind
from matching.hub.vacancies import read_vacancy
from matching.store import Work
from matching.store.chain import canonical
from matching.store.person_keys import PersonKey, key_of
from matching.store.tables import accounts, decisions, journal, results
from matching.store.work import new_id

VACANCY, RESULT = "vacancy", "result"
"""What a decision is about besides the person: a vacancy, or something that was computed."""

_ON_VACANCY = frozenset({DecisionOutcome.PROPOSED, DecisionOutcome.NOT_PROPOSED})
_LISTS = frozenset({ResultKind.SHORTLIST, ResultKind.MATCHES})
_NO_HANDS = frozenset({Role.MACHINE, Role.SYSTEM})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDecision:
    """What somebody decides about a person, on what was shown (``result_id``) or without.

    About a vacancy it is whether to propose her; about anything else that was computed, whether
    that is confirmed or changed. Nothing has a default: whoever decides says it.
    """

    person_id: str
    outcome: DecisionOutcome
    vacancy_id: str | None = None
    result_id: str | None = None
    reason_code: str | None = None
    text: str | None = field(default=None, repr=False)


def decide(work: Work, new: NewDecision, reasons: DecisionReasons) -> str:
    """Record a decision; its identifier.

    Whether it departs from what was shown is worked out here, not said by whoever decides: it
    does where somebody is chosen before whom another stood who was not decided on, where the
    next one is passed over, and where a result is changed. Then a reason of the list is needed,
    as it is for every refusal.

    Raises
    ------
    ForbiddenError
        For a machine, the installation itself, or an account that is not active; about a protected
        person, for anybody but her manager.
    UnknownError
        For a person, vacancy or result that the actor may not see, or that do not go together.
    InputError
        For an outcome that does not fit, or a reason that is missing or not of the list.
    """
    check_hand(work)
    row = row_of(work, new.person_id)
    # What may be decided on it would tell whether a list has her, and where.
    check_in_charge(work, row)
    key = key_of(work, new.person_id)
    result = None if new.result_id is None else _result(work, new.result_id, key, new.vacancy_id)
    kind, subject = _subject(work, new, result, row.hub)
    departs = _departs(work, new.outcome, key, result, subject)
    refuses = new.outcome in (DecisionOutcome.NOT_PROPOSED, DecisionOutcome.CHANGED)
    if new.reason_code is None and (departs or refuses):
        fitting = [
            one.code for one in reasons.by_code.values() if new.outcome in one.outcomes
        ]  # fmt: skip
        raise InputError(
            "This departs from what was shown, or is a no: give the reason, one of "
            f"{', '.join(fitting)}."
        )
    return keep_decision(
        work, key, reasons, hub=row.hub, kind=kind, subject=subject, outcome=new.outcome,
        result_id=new.result_id, is_override=departs, reason_code=new.reason_code, text=new.text,
        review_seconds=None if result is None else _review_seconds(work, result),
    )  # fmt: skip


def keep_decision(
    work: Work,
    key: PersonKey,
    reasons: DecisionReasons,
    *,
    hub: str,
    kind: str,
    subject: str,
    outcome: DecisionOutcome,
    result_id: str | None,
    is_override: bool,
    reason_code: str | None,
    text: str | None,
    review_seconds: int | None = None,
    contest_id: str | None = None,
) -> str:
    """Keep a decision with its reason in words, and tell the journal; its identifier.

    Raises
    ------
    ForbiddenError, InputError
        As :func:`decide`.
    """
    check_hand(work)
    if reason_code is None and (text or "").strip():
        raise InputError("Words go with a reason of the list; give its code as well.")
    decision_id = new_id()
    sealed = None
    if reason_code is not None:
        reasons.check(reason_code, outcome, text)
        # The sentence of the list is kept too: the list may say something else one day.
        said = {"reason": dict(reasons.by_code[reason_code].texts), "text": text}
        sealed = key.seal(canonical(said).encode(), _place(decision_id))
    work.add(
        decisions,
        {
            "id": decision_id, "hub": hub, "pseudonym": key.pseudonym, "subject_kind": kind,
            "subject_id": subject, "result_id": result_id, "outcome": outcome,
            "is_override": is_override, "reason_code": reason_code, "sealed_reason": sealed,
            "review_seconds": review_seconds, "contest_id": contest_id,
            "decided_by": work.actor.id, "decided_at": work.now,
        },
    )  # fmt: skip
    work.tell(
        Act.DECIDE, "decision", decision_id, hub=hub, person=key.pseudonym, about=[kind, subject],
        result=result_id, outcome=outcome, override=is_override, reason=reason_code,
        contest=contest_id,
    )  # fmt: skip
    return decision_id


def check_hand(work: Work) -> None:
    """Refuse whoever is nobody by name (L. 132/2025 art. 14): a machine, or no active account.

    Raises
    ------
    ForbiddenError
        Saying who decides.
    """
    row = None
    if work.actor.role not in _NO_HANDS:
        row = work.first(accounts, accounts.c.id == work.actor.id, accounts.c.state == ACTIVE)
    if row is None:
        raise ForbiddenError(
            "A decision is a person's, with an account of her own; no machine takes one."
        )


def decision_row(work: Work, decision_id: str) -> Row[Any]:
    """The row of a decision for whoever may see it: the hub, or the person whom it is about.

    Raises
    ------
    UnknownError
        For anybody else, as if it were not there.
    """
    row = work.first(decisions, decisions.c.id == decision_id)
    if row is None:
        raise UnknownError("There is no such decision.")
    if work.actor.role is Role.PERSON:
        own = work.actor.person_id
        if own is None or key_of(work, own).pseudonym != row.pseudonym:
            raise UnknownError("There is no such decision.")
    return row


def reason_said(row: Row[Any], key: PersonKey | None) -> Mapping[str, Any] | None:
    """The reason of a decision as it was given, None without one or once she was erased."""
    if key is None or row.sealed_reason is None:
        return None
    said: Mapping[str, Any] = json.loads(key.unseal(row.sealed_reason, _place(row.id)))
    return said


def _subject(work: Work, new: NewDecision, result: Row[Any] | None, hub: str) -> tuple[str, str]:
    vacancy = new.vacancy_id
    if result is not None and result.kind == ResultKind.SHORTLIST:
        vacancy = result.vacancy_id
    if vacancy is not None:
        if read_vacancy(work, vacancy).hub != hub:
            raise UnknownError("There is no such vacancy.")
        if new.outcome not in _ON_VACANCY:
            raise InputError("About a vacancy it is decided whether she is proposed or not.")
        return VACANCY, vacancy
    if result is None:
        raise InputError("Say what is decided on: a vacancy, or what was shown.")
    if new.outcome in _ON_VACANCY:
        raise InputError("Of this result it is decided whether it is confirmed or changed.")
    return RESULT, str(result.id)


def _result(work: Work, result_id: str, key: PersonKey, vacancy_id: str | None) -> Row[Any]:
    row = work.first(results, results.c.id == result_id)
    if row is not None and row.kind == ResultKind.SHORTLIST:
        body = json.loads(row.body)
        there = {one["person"] for one in (*body["matches"], *body["left_out"])}
        fits = key.pseudonym in there and vacancy_id in (None, row.vacancy_id)
    else:
        fits = row is not None and row.pseudonym == key.pseudonym
    if row is None or not fits:
        raise UnknownError("There is no such result about this person and this vacancy.")
    return row


def _departs(
    work: Work, outcome: DecisionOutcome, key: PersonKey, result: Row[Any] | None, subject: str
) -> bool:
    if result is None:
        return False
    if result.kind not in _LISTS or outcome not in _ON_VACANCY:
        return outcome is DecisionOutcome.CHANGED
    by_person = result.kind == ResultKind.SHORTLIST
    chosen = key.pseudonym if by_person else subject
    name = "person" if by_person else "vacancy"
    before = work.rows(decisions, decisions.c.result_id == result.id)
    done = {row.pseudonym if by_person else row.subject_id for row in before} - {chosen}
    waiting = [one for one in json.loads(result.body)["matches"] if one[name] not in done]
    is_next = any(
        one[name] == chosen
        # Who shares the rank of the first is as much the next one.
        and (one["rank"], one["apart"]) == (waiting[0]["rank"], waiting[0]["apart"])
        for one in waiting
    )
    return is_next == (outcome is DecisionOutcome.NOT_PROPOSED)


def _review_seconds(work: Work, result: Row[Any]) -> int | None:
    """Since whoever decides was first shown the result: who looks for long reloads it too."""
    shown = work.rows(
        journal, journal.c.actor == work.actor.id, journal.c.subject == result.id,
        columns=[sa.func.min(journal.c.at).label("first")],
    )[0].first  # fmt: skip
    first = result.made_at if result.made_by == work.actor.id else shown
    return None if first is None else max(0, int((work.now - first).total_seconds()))


def _place(decision_id: str) -> str:
    return f"decisions.sealed_reason:{decision_id}"
