"""Days of the calendar, and which one it is where the hubs are.

Moments are kept in UTC. A day that somebody writes, or that a deadline falls on, is one of the
hubs' zone: around midnight it is not the day of UTC, nor that of the machine that serves.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

MONTH_DAYS = 30.4375
"""Days of a month on average: a twelfth of 365.25."""

ZONE = "Europe/Rome"
"""The zone of every hub."""


def at_hub(moment: datetime) -> datetime:
    """A moment, which has its time zone, by the clock on a hub's wall.

    >>> at_hub(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)).isoformat()
    '2026-07-02T00:30:00+02:00'
    """
    return moment.astimezone(ZoneInfo(ZONE))


def day_at(moment: datetime) -> date:
    """The day that it is at a hub at a moment, which has its time zone.

    >>> day_at(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)).isoformat()
    '2027-01-01'
    """
    return at_hub(moment).date()


def start_of(day: date) -> datetime:
    """The moment, in UTC, at which a day begins at a hub.

    >>> start_of(date(2026, 7, 2)).isoformat()
    '2026-07-01T22:00:00+00:00'
    """
    return datetime.combine(day, time(), ZoneInfo(ZONE)).astimezone(UTC)


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day.

    >>> months_later(date(2026, 8, 31), 6).isoformat()
    '2027-02-28'
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
