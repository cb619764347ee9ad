"""The decisions about a person, for herself and her hub: which there are, to read and contest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from matching.domain.access import Act
from matching.hub.contests import ContestState
from matching.hub.decisions import VACANCY
from matching.hub.pages import those_after
from matching.hub.people import opened_row
from matching.hub.reasons import DecisionOutcome
from matching.store import Work
from matching.store.tables import contests, decisions, vacancies


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionSeen:
    """A decision in a list: ``title`` is the vacancy's that it is about, None for anything else.

    ``is_contested`` is whether it was contested and that is not decided yet.
    """

    id: str
    outcome: DecisionOutcome
    vacancy_id: str | None
    title: str | None
    result_id: str | None
    decided_at: datetime
    is_contested: bool


def decisions_of(
    work: Work,
    person_id: str,
    *,
    after: str | None = None,
    limit: int = 50,
    reason: str | None = None,
) -> Sequence[DecisionSeen]:
    """The decisions about a person, the first taken first; the reading is told to the journal.

    ``reason`` says why a protected file is opened by somebody else than its manager.

    Raises
    ------
    UnknownError
        Where there is no such person for whoever asks.
    ForbiddenError
        For a protected file, without a reason.
    InputError
        Where the entry that the page comes after is gone.
    """
    row, key = opened_row(work, person_id, reason)
    conditions = [decisions.c.pseudonym == key.pseudonym]
    if after is not None:
        conditions.append(those_after(work, decisions, decisions.c.decided_at, after))
    order = [decisions.c.decided_at, decisions.c.id]
    rows = work.rows(decisions, *conditions, order=order, limit=limit)
    about = {one.subject_id for one in rows if one.subject_kind == VACANCY}
    titles = {one.id: one.title for one in work.rows(vacancies, vacancies.c.id.in_(sorted(about)))}
    open_ones = work.rows(
        contests, contests.c.pseudonym == key.pseudonym, contests.c.state == ContestState.OPEN
    )
    contested = {one.decision_id for one in open_ones}
    work.tell(Act.READ_DECISION, "person", key.pseudonym, hub=row.hub, count=len(rows))
    return [
        DecisionSeen(
            id=one.id, outcome=DecisionOutcome(one.outcome),
            vacancy_id=one.subject_id if one.subject_kind == VACANCY else None,
            title=titles.get(one.subject_id), result_id=one.result_id, decided_at=one.decided_at,
            is_contested=one.id in contested,
        )
        for one in rows
    ]  # fmt: skip
