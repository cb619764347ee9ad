"""Days of the calendar."""

from calendar import monthrange
from datetime import date

MONTH_DAYS = 30.4375
"""Days of a month on average: a twelfth of 365.25."""


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day.

    >>> months_later(date(2026, 8, 31), 6).isoformat()
    '2027-02-28'
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
