"""The journal for whoever evaluates: page by page, the latest first; the reading is on record."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from matching.domain.access import Act
from matching.store import Work
from matching.store.chain import Entry
from matching.store.tables import journal


def journal_page(
    work: Work,
    *,
    before: int | None = None,
    limit: int,
    act: Act | None = None,
    subject: str | None = None,
    hub: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Sequence[Entry]:
    """Entries of the hubs of whoever acts that meet every condition, the latest first.

    Parameters
    ----------
    before
        The number that the page comes before.
    subject
        An identifier, or a person's pseudonym.
    since, until
        From a moment on, and before a moment.
    """
    conditions: list[sa.ColumnElement[bool]] = []
    for column, value in ((journal.c.act, act), (journal.c.subject, subject), (journal.c.hub, hub)):
        if value is not None:
            conditions.append(column == value)
    if before is not None:
        conditions.append(journal.c.number < before)
    if since is not None:
        conditions.append(journal.c.at >= since)
    if until is not None:
        conditions.append(journal.c.at < until)
    rows = work.rows(journal, *conditions, order=[journal.c.number.desc()], limit=limit)
    work.tell(Act.READ_JOURNAL, "journal", None, count=len(rows), about=subject)
    return [
        Entry(
            number=row.number, hub=row.hub, at=row.at, actor=row.actor, role=row.role,
            act=row.act, subject_kind=row.subject_kind, subject=row.subject, detail=row.detail,
            request=row.request,
        )
        for row in rows
    ]  # fmt: skip
