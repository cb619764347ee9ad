"""Why somebody decided as they did, in plain words, from what was kept then.

Regulation 2024/1689 art. 86. Nothing is computed again: whichever model serves today, a decision
is told as it was taken.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from matching.domain.access import Act
from matching.hub.accounts_names import name_of
from matching.hub.decisions import VACANCY, decision_row, reason_said
from matching.hub.people import row_of, tell_opening
from matching.hub.reasons import DecisionOutcome
from matching.hub.results import Result, ResultKind, read_result
from matching.store import Work
from matching.store.person_keys import PersonKey, key_of_pseudonym
from matching.store.tables import accounts, results, vacancies
from matching.wording import Wording

MAIN = 4
"""How many elements of a result are told, the weightiest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A decision as it was taken.

    ``model`` is the one that computed what was shown, with its digest; ``position`` (from 1) and
    ``listed`` say where in it; ``elements`` are its main reasons. All None or empty where nothing
    was shown; ``elements`` also once the person was erased. ``sentences`` say it to a person.
    """

    id: str
    outcome: DecisionOutcome
    is_override: bool
    decided_by: str
    decided_at: datetime
    reason_code: str | None
    contest_id: str | None
    tool: str | None
    model: Mapping[str, Any] | None
    position: int | None
    listed: int | None
    elements: tuple[str, ...] = field(repr=False)
    sentences: tuple[str, ...] = field(repr=False)


def explain(
    work: Work, decision_id: str, wording: Wording, *, reason: str | None = None
) -> Explanation:
    """Tell a past decision: the tool's part, main elements, who decided, why; told to the journal.

    ``reason`` says why a protected file is opened by somebody else than its manager.

    Raises
    ------
    UnknownError
        Where there is no such decision for whoever asks.
    ForbiddenError
        For one about a protected person, without a reason.
    JournalError
        Where the result that is kept is not the one that was shown.
    """
    row = decision_row(work, decision_id)
    key = None if row.pseudonym is None else key_of_pseudonym(work, row.pseudonym)
    if key is not None:
        tell_opening(work, row_of(work, key.person_id), key, reason)
    shown = None
    if row.result_id is not None:
        kind = work.one(results, results.c.id == row.result_id).kind
        shown = read_result(work, row.result_id, ResultKind(kind), opened=row.pseudonym)
    position = None if shown is None else _position(shown, row)
    elements = () if shown is None else _elements(shown, position)
    listed = None if shown is None or "matches" not in shown.body else len(shown.body["matches"])
    work.tell(
        Act.READ_DECISION, "decision", row.id, hub=row.hub, person=row.pseudonym
    )  # fmt: skip
    return Explanation(
        id=row.id, outcome=DecisionOutcome(row.outcome), is_override=row.is_override,
        decided_by=row.decided_by, decided_at=row.decided_at, reason_code=row.reason_code,
        contest_id=row.contest_id, tool=None if shown is None else shown.kind,
        model=None if shown is None else shown.model,
        position=None if position is None else position + 1, listed=listed, elements=elements,
        sentences=tuple(_sentences(work, row, key, shown, position, elements, wording)),
    )  # fmt: skip


def _position(shown: Result, row: Row[Any]) -> int | None:
    name, value = ("person", row.pseudonym) if shown.kind is ResultKind.SHORTLIST else (
        "vacancy", row.subject_id
    )  # fmt: skip
    places = (one["position"] for one in shown.body.get("matches", ()) if one[name] == value)
    return next(places, None)


def _elements(shown: Result, position: int | None) -> tuple[str, ...]:
    # What is about one person alone is kept as one entry.
    entry = shown.entries.get(0 if "matches" not in shown.body else position or 0)
    if entry is None or ("matches" in shown.body and position is None):
        return ()
    if "steps" in entry:
        return tuple(str(one["name"]) for one in entry["steps"])[:MAIN]
    reasons: Sequence[Mapping[str, Any]] = entry.get("reasons") or entry.get("factors") or ()
    weighty = sorted(reasons, key=lambda one: -abs(one["effect"]))[:MAIN]
    return tuple(str(one["text"]) for one in weighty)


def _sentences(
    work: Work,
    row: Row[Any],
    key: PersonKey | None,
    shown: Result | None,
    position: int | None,
    elements: Sequence[str],
    wording: Wording,
) -> Iterator[str]:
    if row.subject_kind == VACANCY:
        offer = work.first(vacancies, vacancies.c.id == row.subject_id)
        if offer is not None:
            yield wording.say("decided.about", title=offer.title)
    yield wording.say(f"decided.{row.outcome}")
    who = work.first(accounts, accounts.c.id == row.decided_by)
    yield wording.say(
        "decided.by", who=row.decided_by if who is None else name_of(work, who),
        day=f"{row.decided_at:%d/%m/%Y}",
    )  # fmt: skip
    yield from _tool(row, shown, position, wording)
    if elements:
        yield wording.say("decided.elements", list=" ".join(elements))
    elif key is None:
        yield wording.say("decided.erased")
    said = reason_said(row, key)
    if said is not None:
        yield wording.say("decided.reason", reason=said["reason"][wording.language])
        if said["text"]:
            yield wording.say("decided.own_words", text=said["text"])
    yield wording.say("decided.after_contest" if row.contest_id else "decided.may_contest")


def _tool(
    row: Row[Any], shown: Result | None, position: int | None, wording: Wording
) -> Iterator[str]:
    if shown is None:
        yield wording.say("decided.no_tool")
        return
    listed = len(shown.body.get("matches", ()))
    yield wording.say(f"decided.tool_{shown.kind}", day=f"{shown.as_of:%d/%m/%Y}", count=listed)
    if position is not None:
        yield wording.say("decided.place", position=position + 1, count=listed)
    model = shown.model
    if model["version"] is None:
        yield wording.say("decided.model_plain", name=model["name"])
    else:
        yield wording.say(
            "decided.model", name=model["name"], version=model["version"],
            digest=str(model["digest"])[:8],
        )  # fmt: skip
    yield wording.say("decided.departed" if row.is_override else "decided.followed")
