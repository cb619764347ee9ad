"""Work that comes back: which jobs are due at a moment, each asked for once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from matching.domain.access import EVERYWHERE
from matching.jobs.kinds import JobKind
from matching.jobs.queue import ask
from matching.store import Work
from matching.store.tables import jobs

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring:
    """A kind of job that comes back ``every`` so often, ``after`` midnight, or the hour, in UTC."""

    kind: JobKind
    every: timedelta
    after: timedelta = timedelta()


SCHEDULE: Sequence[Recurring] = (
    # In the night of Italy, before and after which nobody is at the desk, summer and winter.
    Recurring(kind=JobKind.RETENTION, every=timedelta(days=1), after=timedelta(hours=1)),
    Recurring(kind=JobKind.ANCHOR_UPKEEP, every=timedelta(days=1), after=timedelta(hours=2)),
    Recurring(kind=JobKind.REMINDERS, every=timedelta(hours=1), after=timedelta(minutes=5)),
)


def latest(recurring: Recurring, as_of: datetime) -> datetime:
    """The last moment, not after ``as_of``, at which the work was due.

    >>> hourly = Recurring(kind=JobKind.REMINDERS, every=timedelta(hours=1))
    >>> latest(hourly, datetime(2026, 11, 28, 10, 59, tzinfo=UTC)).hour
    10
    """
    since = as_of - _EPOCH - recurring.after
    return _EPOCH + recurring.after + (since // recurring.every) * recurring.every


def missing(
    work: Work, schedule: Sequence[Recurring], kinds: Collection[JobKind]
) -> Sequence[Recurring]:
    """What is due and was not asked for yet: once, also after days without a worker."""
    wanted = {_key(one, work.now): one for one in schedule if one.kind in kinds}
    there = work.rows(
        jobs,
        jobs.c.once_key.in_([f"{EVERYWHERE}:{key}" for key in wanted]),
        columns=[jobs.c.once_key],
    )
    asked = {row.once_key for row in there}
    return [one for key, one in wanted.items() if f"{EVERYWHERE}:{key}" not in asked]


def ask_for(work: Work, due: Sequence[Recurring]) -> int:
    """Ask for what is due; how many jobs are new."""
    return sum(ask(work, one.kind, hub=EVERYWHERE, once_key=_key(one, work.now))[1] for one in due)


def _key(recurring: Recurring, as_of: datetime) -> str:
    return f"{recurring.kind}:{latest(recurring, as_of).isoformat(timespec='minutes')}"
