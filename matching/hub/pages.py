"""Lists in the order of a moment, page by page: what comes after an entry."""

import sqlalchemy as sa

from matching.errors import InputError
from matching.store import Work


def those_after(
    work: Work, table: sa.Table, moment: "sa.Column[sa.DateTime]", entry_id: str
) -> sa.ColumnElement[bool]:
    """The condition that a row comes after an entry, by a moment and then by identifier.

    Raises
    ------
    InputError
        Where the entry is not there any more: nobody knows what comes after it.
    """
    row = work.first(table, table.c.id == entry_id)
    if row is None:
        raise InputError("The entry that the cursor names is gone; begin with the first page.")
    at = row._mapping[moment.name]
    return sa.or_(moment > at, sa.and_(moment == at, table.c.id > entry_id))
