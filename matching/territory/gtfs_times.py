"""``stop_times.txt`` and ``frequencies.txt``: every ride from one stop to the next, as arrays."""

from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.errors import TerritoryError
from matching.territory.gtfs_files import FeedFiles, FeedRow

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

DAY = 24 * 3600  # seconds
_NO_TIME = -1
_SHORTEST_HEADWAY = 30  # seconds; less is no service, and would fill the memory
_MOST_RIDES = 3_000_000  # in one day; a region has some hundreds of thousands
_NOBODY = "1"  # pickup_type, drop_off_type: nobody may get on, off; on request one may


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Calls:
    """Every call of a trip at a stop, trips together, each in the order of its stops.

    ``trip`` and ``stop`` are numbers; times are seconds after midnight and may pass 24 hours.
    """

    trip: Whole
    stop: Whole
    arrival: Whole
    departure: Whole
    board: Flags
    alight: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a trip, so many seconds later than ``stop_times.txt`` says.

    ``delay`` is what a passenger loses besides, where the timetable gives only how often it runs.
    """

    trip: int
    shift: int = 0
    delay: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Connections:
    """Rides from one stop to the next on one day, in any order.

    ``run`` is the number of the run; ``position`` orders the rides of one run. Times are seconds
    after midnight of the day.
    """

    run: Whole
    position: Whole
    start: Whole
    end: Whole
    departure: Whole
    arrival: Whole
    board: Flags
    alight: Flags


def read_calls(
    files: FeedFiles,
    *,
    trips: Mapping[str, int],
    others: Collection[str],
    stops: Mapping[str, int],
) -> Calls:
    """Read the calls of some trips.

    A call without a time lies between the timed ones before and after it, in equal steps; the
    first and the last of a trip need a time.

    Parameters
    ----------
    files
        The open feed.
    trips
        Number of every trip that is wanted.
    others
        All trips of the feed: those that are not wanted are passed over.
    stops
        Number of every stop.
    """
    columns = ("trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence")
    numbers = array("q")
    seconds: dict[str, int] = {"": _NO_TIME}
    for row in files.rows("stop_times.txt", columns, ("pickup_type", "drop_off_type")):
        trip, arrival, departure, stop, order, pickup, drop_off = row.cells
        number = trips.get(trip)
        if number is None:
            if trip not in others:
                raise row.wrong("trip_id", "use a trip of trips.txt")
            continue
        if stop not in stops:
            raise row.wrong("stop_id", "use a stop of stops.txt with location_type 0 or empty")
        for column, text in (("arrival_time", arrival), ("departure_time", departure)):
            if text not in seconds:
                seconds[text] = _seconds(row, column)
        numbers.extend(
            (
                number,
                stops[stop],
                _whole(row, "stop_sequence"),
                row.line,
                seconds[arrival or departure],
                seconds[departure or arrival],
                pickup != _NOBODY,
                drop_off != _NOBODY,
            )
        )
    table = np.array(numbers, dtype=np.int64).reshape(-1, 8)
    table = table[np.lexsort((table[:, 2], table[:, 0]))]
    trip_of, stop_of, order_of, line, arrives, departs, board, alight = table.T
    file = f"{files.path.name} stop_times.txt"
    goes_on = np.diff(trip_of) == 0  # a call and the next are of one trip
    _refuse(
        file,
        line[1:][goes_on & (np.diff(order_of) == 0)],
        "the stop_sequence occurs twice in one trip; give every call its own number",
    )
    arrives, departs = _filled_in(file, line, goes_on, arrives, departs)
    _refuse(file, line[departs < arrives], "the departure is before the arrival; correct them")
    _refuse(
        file,
        line[1:][goes_on & (arrives[1:] < departs[:-1])],
        "the arrival is before the departure from the stop before; correct the times",
    )
    return Calls(
        trip=trip_of,
        stop=stop_of,
        arrival=arrives,
        departure=departs,
        board=board == 1,
        alight=alight == 1,
    )


def read_headways(
    files: FeedFiles, *, trips: Mapping[str, int], others: Collection[str], calls: Calls
) -> tuple[Run, ...]:
    """Runs of the trips that ``frequencies.txt`` repeats.

    Where it gives no exact times, a passenger waits for half the interval on average: so much
    later the run is taken to arrive.
    """
    if "frequencies.txt" not in files.names:
        return ()
    columns = ("trip_id", "start_time", "end_time", "headway_secs")
    first = dict(zip(calls.trip[::-1].tolist(), calls.departure[::-1].tolist(), strict=True))
    runs: list[Run] = []
    for row in files.rows("frequencies.txt", columns, ("exact_times",)):
        if row.cells[0] not in others:
            raise row.wrong("trip_id", "use a trip of trips.txt")
        number = trips.get(row.cells[0])
        if number is None or number not in first:
            continue
        start, end = _seconds(row, "start_time"), _seconds(row, "end_time")
        headway = _whole(row, "headway_secs")
        if headway < _SHORTEST_HEADWAY:
            raise row.wrong("headway_secs", f"write at least {_SHORTEST_HEADWAY} seconds")
        if end <= start:
            raise row.wrong("end_time", "write a time after start_time")
        if row.cells[4] not in ("", "0", "1"):
            raise row.wrong("exact_times", "write 0, 1 or nothing")
        delay = 0 if row.cells[4] == "1" else headway // 2
        runs.extend(
            Run(trip=number, shift=leaves - first[number], delay=delay)
            for leaves in range(start, end, headway)
        )
    return tuple(runs)


def rides(calls: Calls, runs: Sequence[Run], *, first: int, last: int) -> Connections:
    """Rides of all runs that depart from ``first`` to before ``last``, in seconds."""
    trip = np.array([run.trip for run in runs], dtype=np.int64)
    shift = np.array([run.shift for run in runs], dtype=np.int64)
    delay = np.array([run.delay for run in runs], dtype=np.int64)
    start = np.searchsorted(calls.trip, trip)
    length = np.maximum(np.searchsorted(calls.trip, trip, side="right") - start - 1, 0)
    if length.sum() > _MOST_RIDES:
        raise TerritoryError(
            f"the timetable has {length.sum()} rides between two stops in one day, at most "
            f"{_MOST_RIDES} are read; cut it to the area of the territory"
        )
    run = np.repeat(np.arange(len(runs)), length)
    position = np.arange(len(run)) - np.repeat(np.cumsum(length) - length, length)
    call = start[run] + position
    departure = calls.departure[call] + shift[run]
    kept = (departure >= first) & (departure < last)
    run, position, call, departure = run[kept], position[kept], call[kept], departure[kept]
    return Connections(
        run=run,
        position=position,
        start=calls.stop[call],
        end=calls.stop[call + 1],
        departure=departure,
        arrival=calls.arrival[call + 1] + shift[run] + delay[run],
        board=calls.board[call],
        alight=calls.alight[call + 1],
    )


def _filled_in(
    file: str, line: Whole, goes_on: Flags, arrives: Whole, departs: Whole
) -> tuple[Whole, Whole]:
    """Arrivals and departures, with times between the timed calls for those without one."""
    untimed = arrives == _NO_TIME
    ends = np.append(True, ~goes_on) | np.append(~goes_on, True)
    _refuse(
        file,
        line[untimed & ends[: len(line)]],
        "the first and the last call of a trip need a time; add it",
    )
    if not untimed.any():
        return arrives, departs
    here = np.arange(len(line))
    before = np.maximum.accumulate(np.where(untimed, 0, here))
    after = np.minimum.accumulate(np.where(untimed, len(line), here)[::-1])[::-1]
    steps = np.maximum(after - before, 1)
    between = departs[before] + (arrives[after] - departs[before]) * (here - before) // steps
    return np.where(untimed, between, arrives), np.where(untimed, between, departs)


def _refuse(file: str, lines: Whole, what: str) -> None:
    if len(lines):
        raise TerritoryError(f"{file} line {int(lines.min())}: {what}")


def _whole(row: FeedRow, column: str) -> int:
    text = row.cells[row.columns.index(column)]
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise row.wrong(column, "write a whole number of at most nine digits")
    return int(text)


def _seconds(row: FeedRow, column: str) -> int:
    """Seconds after midnight of ``H:MM:SS``; the hours of a night's service pass 24."""
    parts = row.cells[row.columns.index(column)].split(":")
    if (
        len(parts) != 3
        or not all(part.isascii() and part.isdigit() and len(part) <= 2 for part in parts)
        or int(parts[1]) > 59
        or int(parts[2]) > 59
    ):
        raise row.wrong(column, "write a time as HH:MM:SS; after midnight go on with 24, 25, ...")
    return int(parts[0]) * 3600 + int(parts[1]) * 60 + int(parts[2])
