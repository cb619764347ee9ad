"""Which services of a GTFS feed run on a day, and which day stands for a usual one."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from matching.domain import Weekday
from matching.errors import TerritoryError
from matching.territory.gtfs_files import FeedFiles, FeedRow

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DATES = ("start_date", "end_date")
_ADDED, _REMOVED = "1", "2"
# Some feeds are said to end in 2099; three years hold every kind of day.
_LONGEST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDays:
    """The days on which one service runs: days of the week between two dates, and exceptions."""

    weekdays: frozenset[int] = frozenset()
    first: date = date.max
    last: date = date.min
    added: frozenset[date] = frozenset()
    removed: frozenset[date] = frozenset()

    def runs(self, day: date) -> bool:
        """Whether the service runs on a day."""
        if day in self.added:
            return True
        usual = self.first <= day <= self.last and day.weekday() in self.weekdays
        return usual and day not in self.removed


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The services of a feed, and the first and last day for which it is meant."""

    services: Mapping[str, ServiceDays]
    first_day: date
    last_day: date

    def running(self, day: date) -> frozenset[str]:
        """Return the services that run on a day."""
        return frozenset(name for name, days in self.services.items() if days.runs(day))


def read_calendar(files: FeedFiles) -> Calendar:
    """Read ``calendar.txt``, ``calendar_dates.txt`` and the dates of ``feed_info.txt``.

    Where ``feed_info.txt`` does not say for which days the feed is meant, it is from the first day
    to the last on which a service may run.
    """
    weekly: dict[str, ServiceDays] = {}
    if "calendar.txt" in files.names:
        for row in files.rows("calendar.txt", ("service_id", *_WEEKDAYS, *_DATES)):
            service = row.cells[0]
            if service in weekly or not service:
                raise row.wrong("service_id", "give every service one line with its own name")
            weekly[service] = _weekly(row)
    changed: dict[str, dict[str, set[date]]] = {_ADDED: {}, _REMOVED: {}}
    if "calendar_dates.txt" in files.names:
        for row in files.rows("calendar_dates.txt", ("service_id", "date", "exception_type")):
            service, _, exception = row.cells
            if exception not in changed:
                raise row.wrong("exception_type", "write 1 (added) or 2 (removed)")
            changed[exception].setdefault(service, set()).add(_day(row, "date"))
    services = {
        service: replace(
            weekly.get(service, ServiceDays()),
            added=frozenset(changed[_ADDED].get(service, ())),
            removed=frozenset(changed[_REMOVED].get(service, ())),
        )
        for service in sorted({*weekly, *changed[_ADDED], *changed[_REMOVED]})
    }
    firsts = [days.first for days in services.values() if days.weekdays]
    lasts = [days.last for days in services.values() if days.weekdays]
    added = [day for days in services.values() for day in days.added]
    if not firsts and not added:
        raise TerritoryError(
            f"{files.path.name}: no service runs on any day; correct calendar.txt or "
            "calendar_dates.txt"
        )
    first, last = min([*firsts, *added]), max([*lasts, *added])
    if "feed_info.txt" in files.names:
        for row in files.rows("feed_info.txt", (), ("feed_start_date", "feed_end_date")):
            if row.cells[0]:
                first = _day(row, "feed_start_date")
            if row.cells[1]:
                last = _day(row, "feed_end_date")
    return Calendar(services=services, first_day=first, last_day=last)


def usual_day(calendar: Calendar, weekday: Weekday, trips: Mapping[str, int], feed: str) -> date:
    """Choose the day whose services are those of most days of this weekday.

    Holidays, strikes and the shorter of two seasons do not decide what is usual. Between equals
    the day with more trips is taken, then the earlier one.

    Parameters
    ----------
    calendar
        The services of the feed; the first three years of its validity are looked at.
    weekday
        The day of the week on which one goes to work.
    trips
        Number of trips of each service.
    feed
        Name of the feed, for the error.
    """
    number = list(Weekday).index(weekday)
    day = calendar.first_day + timedelta(days=(number - calendar.first_day.weekday()) % 7)
    last = min(calendar.last_day, calendar.first_day + _LONGEST)
    seen: dict[frozenset[str], date] = {}
    often: Counter[frozenset[str]] = Counter()
    while day <= last:
        running = frozenset(name for name in calendar.running(day) if trips.get(name))
        if running:
            seen.setdefault(running, day)
            often[running] += 1
        day += timedelta(days=7)
    if not seen:
        raise TerritoryError(
            f"{feed}: no trip on any {weekday.value!r} from {calendar.first_day} to "
            f"{calendar.last_day}; choose another day in [travel.commuting], or another feed"
        )
    best = min(seen, key=lambda s: (-often[s], -sum(trips[name] for name in s), seen[s]))
    return seen[best]


def _weekly(row: FeedRow) -> ServiceDays:
    for name, value in zip(_WEEKDAYS, row.cells[1:], strict=False):
        if value not in ("0", "1"):
            raise row.wrong(name, "write 1 (runs) or 0 (does not run)")
    first, last = _day(row, "start_date"), _day(row, "end_date")
    if last < first:
        raise row.wrong("end_date", "write a date that is not before start_date")
    weekdays = frozenset(number for number in range(7) if row.cells[1 + number] == "1")
    return ServiceDays(weekdays=weekdays, first=first, last=last)


def _day(row: FeedRow, column: str) -> date:
    value = row.cells[row.columns.index(column)]
    if len(value) != 8 or not (value.isascii() and value.isdigit()):
        raise row.wrong(column, "write a date as YYYYMMDD")
    try:
        return date(int(value[:4]), int(value[4:6]), int(value[6:]))
    except ValueError as error:
        raise row.wrong(column, "write a date that exists") from error
