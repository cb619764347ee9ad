"""Hours of working days: what a company is given to answer in.

Saturdays, Sundays and the holidays of the whole country do not count (L. 260/1949 art. 2,
L. 54/1977, D.P.R. 792/1985, L. 336/2000; 4 October again from 2026 on, L. 151/2025). The feast of
a town's own saint does: it differs from town to town, and a day more is the company's to ask for.
"""

from datetime import UTC, date, datetime, timedelta

from matching.domain.days import day_at, start_of

_FEASTS = frozenset(
    {(1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26)}
)
_FRANCIS, _FRANCIS_SINCE = (10, 4), 2026
_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether offices are open on a day.

    >>> is_working_day(date(2026, 11, 30)), is_working_day(date(2026, 4, 6))
    (True, False)
    """
    if day.weekday() >= _SATURDAY or (day.month, day.day) in _FEASTS:
        return False
    if (day.month, day.day) == _FRANCIS and day.year >= _FRANCIS_SINCE:
        return False
    return day != easter(day.year) + timedelta(days=1)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8).

    >>> easter(2026).isoformat()
    '2026-04-05'
    """
    golden = year % 19
    century, rest = divmod(year, 100)
    moved = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - moved + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def after_working_hours(moment: datetime, hours: int) -> datetime:
    """The moment, in UTC, at which so many hours of working days have gone by.

    Parameters
    ----------
    moment
        With its time zone.
    hours
        Of the clock, day and night, on days on which offices are open.
    """
    here, left = moment.astimezone(UTC), timedelta(hours=hours)
    while True:
        day = day_at(here)
        # Midnight of the clock on the wall: on two days a year it is 23 or 25 hours away.
        midnight = start_of(day + timedelta(days=1))
        if is_working_day(day):
            if left <= midnight - here:
                return here + left
            left -= midnight - here
        here = midnight
