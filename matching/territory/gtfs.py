"""A timetable from a GTFS feed: stops, the rides of a usual working day, and changes.

Of the *General Transit Feed Specification* (GTFS Schedule, gtfs.org) are read ``stops``,
``routes``, ``trips``, ``stop_times``, ``calendar``, ``calendar_dates``, ``frequencies``,
``transfers``, and the dates of ``feed_info``. Not read: transfers between certain trips or routes,
fares, shapes, areas of services on demand. Times are those of the place: time zones do not count.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from math import ceil, isfinite
from pathlib import Path

from matching.territory.gtfs_calendar import read_calendar, usual_day
from matching.territory.gtfs_files import FeedFiles, FeedRow, open_feed
from matching.territory.gtfs_times import DAY, Connections, Run, read_calls, read_headways, rides
from matching.territory.travel import Commuting

_SPECIFIC = ("from_trip_id", "to_trip_id", "from_route_id", "to_route_id")


class Validity(StrEnum):
    """Whether a timetable is meant for a day."""

    CURRENT = "current"
    EXPIRED = "expired"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a feed says of changing from one stop to another, or at one and the same stop.

    ``seconds`` is the least time it takes; None where it is not said. ``possible`` is false where
    one cannot change there at all.
    """

    seconds: int | None = None
    possible: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A stop or platform, WGS84 degrees."""

    id: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Timetable:
    """The rides of one day. ``changes`` is by the numbers of two stops."""

    file: str
    day: date
    first_day: date
    last_day: date
    stops: tuple[Stop, ...]
    connections: Connections
    changes: Mapping[tuple[int, int], Change]


def validity(first_day: date, last_day: date, as_of: date) -> Validity:
    """Whether a timetable from one day to another is meant for the day ``as_of``."""
    if as_of > last_day:
        return Validity.EXPIRED
    return Validity.NOT_YET if as_of < first_day else Validity.CURRENT


def read_timetable(path: Path, commuting: Commuting) -> Timetable:
    """Read the rides of the usual day of a feed; any fault is a ``TerritoryError``.

    Parameters
    ----------
    path
        Folder or zip of the feed.
    commuting
        The day of the week, and the hours in which one leaves home: rides from the first of them
        to the longest way after the last are read, also those of a run of the day before.

    Notes
    -----
    The usual day is the one that :func:`~matching.territory.gtfs_calendar.usual_day` chooses. No
    clock is read: that a feed has expired is for the caller to see, see :func:`validity`.
    """
    with open_feed(path) as files:
        stations: dict[str, list[int]] = {}
        stops = _stops(files, stations)
        numbers = {stop.id: number for number, stop in enumerate(stops)}
        routes = {row.cells[0] for row in files.rows("routes.txt", ("route_id",))}
        calendar = read_calendar(files)
        services = _services(files, routes, calendar.services)
        per_service: dict[str, int] = {}
        for service in services.values():
            per_service[service] = per_service.get(service, 0) + 1
        day = usual_day(calendar, commuting.day, per_service, path.name)
        today, yesterday = calendar.running(day), calendar.running(day - timedelta(days=1))
        running = {trip for trip, service in services.items() if service in today | yesterday}
        trips = {trip: number for number, trip in enumerate(sorted(running))}
        calls = read_calls(files, trips=trips, others=services.keys(), stops=numbers)
        repeated = read_headways(files, trips=trips, others=services.keys(), calls=calls)
        changes = _changes(files, numbers, stations)
    by_headway = {run.trip for run in repeated}
    runs = [*repeated, *(Run(trip=n) for n in trips.values() if n not in by_headway)]
    names = {number: trip for trip, number in trips.items()}
    of_the_day = [
        Run(trip=run.trip, shift=run.shift - late, delay=run.delay)
        for late, running_then in ((0, today), (DAY, yesterday))
        for run in runs
        if services[names[run.trip]] in running_then
    ]
    first = seconds_of(commuting.earliest)
    last = seconds_of(commuting.latest) + ceil(60 * commuting.longest_minutes)
    return Timetable(
        file=path.name,
        day=day,
        first_day=calendar.first_day,
        last_day=calendar.last_day,
        stops=stops,
        connections=rides(calls, of_the_day, first=first, last=last),
        changes=changes,
    )


def seconds_of(hour: time) -> int:
    """Seconds after midnight."""
    return hour.hour * 3600 + hour.minute * 60 + hour.second


def _stops(files: FeedFiles, stations: dict[str, list[int]]) -> tuple[Stop, ...]:
    """Stops where a vehicle may call; their numbers by station go to ``stations``."""
    found: dict[str, Stop] = {}
    columns = ("stop_id", "stop_lat", "stop_lon")
    for row in files.rows("stops.txt", columns, ("location_type", "parent_station")):
        stop, _, _, kind, parent = row.cells
        if kind not in ("", "0"):
            continue
        if not stop or stop in found:
            raise row.wrong("stop_id", "give every stop one line with its own name")
        if parent:
            stations.setdefault(parent, []).append(len(found))
        found[stop] = Stop(
            id=stop,
            latitude=_degrees(row, "stop_lat", 90),
            longitude=_degrees(row, "stop_lon", 180),
        )
    return tuple(found.values())


def _services(
    files: FeedFiles, routes: Collection[str], services: Collection[str]
) -> dict[str, str]:
    """Service of every trip."""
    found: dict[str, str] = {}
    for row in files.rows("trips.txt", ("route_id", "service_id", "trip_id")):
        route, service, trip = row.cells
        if not trip or trip in found:
            raise row.wrong("trip_id", "give every trip one line with its own name")
        if route not in routes:
            raise row.wrong("route_id", "use a route of routes.txt")
        if service not in services:
            raise row.wrong("service_id", "use a service of calendar.txt or calendar_dates.txt")
        found[trip] = service
    return found


def _changes(
    files: FeedFiles, numbers: Mapping[str, int], stations: Mapping[str, list[int]]
) -> dict[tuple[int, int], Change]:
    """Changes that the feed states; one between two stations is one between all their stops."""
    if "transfers.txt" not in files.names:
        return {}
    found: dict[tuple[int, int], Change] = {}
    columns = ("from_stop_id", "to_stop_id", "transfer_type")
    for row in files.rows("transfers.txt", columns, ("min_transfer_time", *_SPECIFIC)):
        if any(row.cells[4:]):
            continue
        ends: list[list[int]] = []
        for column, stop in zip(columns, row.cells[:2], strict=False):
            if stop not in numbers and stop not in stations:
                raise row.wrong(column, "use a stop or station of stops.txt")
            ends.append(stations[stop] if stop in stations else [numbers[stop]])
        change = _change(row)
        found |= {(a, b): change for a in ends[0] for b in ends[1]}
    return found


def _change(row: FeedRow) -> Change:
    kind, least = row.cells[2], row.cells[3]
    if kind not in ("", "0", "1", "2", "3"):
        raise row.wrong("transfer_type", "write 0, 1, 2 or 3")
    if kind == "3":
        return Change(possible=False)
    if kind == "1":  # the other vehicle waits
        return Change(seconds=0)
    if kind != "2":
        return Change()
    if not (least.isascii() and least.isdigit() and len(least) <= 5):
        raise row.wrong("min_transfer_time", "write a number of seconds")
    return Change(seconds=int(least))


def _degrees(row: FeedRow, column: str, most: float) -> float:
    try:
        value = float(row.cells[row.columns.index(column)])
    except ValueError as error:
        raise row.wrong(column, "write degrees with a point") from error
    if not (isfinite(value) and abs(value) <= most):
        raise row.wrong(column, f"write degrees of at most {most:g}")
    return value
