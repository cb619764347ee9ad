"""How often whoever decides follows what is shown, and how long they look: for the audit."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from sqlalchemy import Row

from matching.domain.access import Act
from matching.hub.reasons import DecisionReasons
from matching.store import Work
from matching.store.tables import decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """Of one account: decisions on something shown, the share that followed it, seconds looked.

    ``is_near_all`` says that it is worth a look: somebody may no longer be deciding. It is no
    reproach; with few decisions it is never said.
    """

    account_id: str
    decisions: int
    followed: float
    median_seconds: float | None
    is_near_all: bool


def follow_rates(work: Work, reasons: DecisionReasons, *, since: datetime) -> Sequence[Following]:
    """The following of everybody who decided since a moment, by account; told to the journal.

    Decisions on a contest are left out: whoever takes one was asked for another look.
    """
    rows = work.rows(
        decisions, decisions.c.result_id.is_not(None), decisions.c.contest_id.is_(None),
        decisions.c.decided_at >= since, order=[decisions.c.decided_at, decisions.c.id],
    )  # fmt: skip
    by_account: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        by_account[row.decided_by].append(row)
    work.tell(Act.AUDIT, "decisions", None, count=len(rows))
    return [_following(name, several, reasons) for name, several in sorted(by_account.items())]


def _following(account_id: str, rows: Sequence[Row[Any]], reasons: DecisionReasons) -> Following:
    share = sum(not row.is_override for row in rows) / len(rows)
    looked = [row.review_seconds for row in rows if row.review_seconds is not None]
    return Following(
        account_id=account_id,
        decisions=len(rows),
        followed=share,
        median_seconds=median(looked) if looked else None,
        is_near_all=len(rows) >= reasons.decisions and share >= reasons.near,
    )
