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
    """A kind of job that comes back ``every`` so often, ``after`` midnight, or the hour, in UTC.

    It is done ``in_each_hub`` apart, or once for the installation.
    """

    kind: JobKind
    every: timedelta
    after: timedelta = timedelta()
    in_each_hub: bool = True


SCHEDULE: Sequence[Recurring] = (
    # In the night of Italy, before and after which nobody is at the desk, summer and winter.
    Recurring(kind=JobKind.RETENTION, every=timedelta(days=1), after=timedelta(hours=1)),
    Recurring(
        kind=JobKind.ANCHOR_UPKEEP,
        every=timedelta(days=1),
        after=timedelta(hours=2),
        in_each_hub=False,
    ),
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


@dataclass(frozen=True, slots=True)
class Due:
    """A job that is due: its kind, whose it is, and the key that it is asked for with once."""

    kind: JobKind
    hub: str
    key: str


def missing(
    work: Work,
    schedule: Sequence[Recurring],
    *,
    kinds: Collection[JobKind],
    hubs: Collection[str],
) -> Sequence[Due]:
    """What is due and was not asked for yet: once, also after days without a worker."""
    wanted = [
        Due(one.kind, hub, f"{one.kind}:{latest(one, work.now).isoformat(timespec='minutes')}")
        for one in schedule
        if one.kind in kinds
        for hub in (sorted(hubs) if one.in_each_hub else [EVERYWHERE])
    ]
    keys = [f"{one.hub}:{one.key}" for one in wanted]
    there = work.rows(jobs, jobs.c.once_key.in_(keys), columns=[jobs.c.once_key])
    asked = {row.once_key for row in there}
    return [one for one, key in zip(wanted, keys, strict=True) if key not in asked]


def ask_for(work: Work, due: Sequence[Due]) -> int:
    """Ask for what is due; how many jobs are new."""
    return sum(ask(work, one.kind, hub=one.hub, once_key=one.key)[1] for one in due)
