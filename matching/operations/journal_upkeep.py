"""The journal's older entries, deleted when the law no longer wants them kept."""

import calendar
from dataclasses import dataclass
from datetime import datetime

from matching.domain.access import Act, the_system
from matching.errors import InputError
from matching.operations.places import Clock, Places, check_sees_all, opened
from matching.store import journal
from matching.store.store import utc_now

FEWEST_MONTHS = 6
"""What artt. 19 and 26(6) of Regulation (EU) 2024/1689 want kept at least."""

USUAL_MONTHS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """Before which moment entries were deleted, and how many."""

    before: datetime
    entries: int


def purge_journal(places: Places, months: int, *, clock: Clock = utc_now) -> Purged:
    """Delete the entries of the journal that are older than some months; an entry says so.

    Raises
    ------
    InputError
        For less than six months.
    StoreError
        Where the database cannot be used.
    """
    if months < FEWEST_MONTHS:
        raise InputError(
            f"{months} months: entries of the journal are kept for {FEWEST_MONTHS} months at "
            f"least (AI Act, art. 26(6)). Say --older-than {FEWEST_MONTHS} or more."
        )
    with opened(places, clock=clock) as store, store.writing(the_system(frozenset())) as work:
        check_sees_all(work.connection)
        before = months_before(work.now, months)
        gone = journal.purge(work.connection, before, work.ring.journal, work.now)
        work.tell(
            Act.RUN_RETENTION, "journal", None, before=before.isoformat(), entries=gone,
            months=months,
        )  # fmt: skip
    return Purged(before=before, entries=gone)


def months_before(moment: datetime, months: int) -> datetime:
    """The same moment some months earlier, on the month's last day where it has fewer."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
