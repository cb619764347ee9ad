"""The scan against a plain search ride by ride, and what must hold in every timetable."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.territory.connection_scan import NEVER, Profile, scan, shortest
from matching.territory.gtfs_times import Connections
from tests.repeats import examples

STOPS = 5
CHANGE = 2  # seconds at one and the same stop; time is short in this world
WALKS = {0: [(0, CHANGE)], 1: [(1, CHANGE), (2, 5)], 2: [(2, CHANGE), (1, 5)], 4: [(4, CHANGE)]}
EARLIEST, LATEST = 0, 60
often = settings(max_examples=examples(100), deadline=None)


@dataclass(frozen=True)
class Call:
    stop: int
    arrival: int
    departure: int
    board: bool = True
    alight: bool = True


Trip = tuple[Call, ...]


@st.composite
def trips(draw: st.DrawFn) -> Trip:
    now = draw(st.integers(0, 80))
    calls: list[Call] = []
    for stop in draw(st.lists(st.integers(0, STOPS - 1), min_size=2, max_size=4)):
        stays = draw(st.integers(0, 3))
        calls.append(Call(stop, now, now + stays, draw(st.booleans()), draw(st.booleans())))
        now += stays + draw(st.integers(1, 20))
    return tuple(calls)


timetables = st.lists(trips(), max_size=8)


def _connections(timetable: Sequence[Trip]) -> Connections:
    rides = [
        (run, position, a.stop, b.stop, a.departure, b.arrival, a.board, b.alight)
        for run, trip in enumerate(timetable)
        for position, (a, b) in enumerate(zip(trip, trip[1:], strict=False))
    ]
    columns = np.array(rides, dtype=np.int64).reshape(-1, 8).T
    names = ("run", "position", "start", "end", "departure", "arrival")
    return Connections(
        **dict(zip(names, columns[:6], strict=True)), board=columns[6] == 1, alight=columns[7] == 1
    )


def _profiles(timetable: Sequence[Trip]) -> dict[int, Profile]:
    """Every stop is a goal, and the only one at which one is there."""
    there = np.where(np.eye(STOPS, dtype=bool), 0, NEVER).astype(np.int32)
    to_goal = dict(enumerate(there))
    return scan(_connections(timetable), changes=WALKS, to_goal=to_goal, goals=STOPS)


def _best(timetable: Sequence[Trip], home: int) -> list[int]:
    """Shortest seconds from a stop to every stop, by the scan."""
    profiles = _profiles(timetable)
    found = shortest(profiles, [(home, 0)], earliest=EARLIEST, latest=LATEST, goals=STOPS)
    return [int(value) for value in found]


def _arrivals(timetable: Sequence[Trip], home: int, leaves: int) -> list[int]:
    """Earliest arrival at every stop, by trying every ride again until nothing changes."""
    ready = {home: leaves}  # from when one may board at a stop
    arrived: dict[int, int] = {}
    changed = True
    while changed:
        changed = False
        for trip in timetable:
            aboard = False
            for a, b in zip(trip, trip[1:], strict=False):
                aboard |= a.board and ready.get(a.stop, NEVER) <= a.departure
                if not (aboard and b.alight):
                    continue
                if b.arrival < arrived.get(b.stop, NEVER):
                    arrived[b.stop], changed = b.arrival, True
                for stop, seconds in WALKS.get(b.stop, ()):
                    if b.arrival + seconds < ready.get(stop, NEVER):
                        ready[stop], changed = b.arrival + seconds, True
    return [arrived.get(stop, NEVER) for stop in range(STOPS)]


@often
@given(timetables, st.integers(0, STOPS - 1))
def test_the_scan_finds_what_trying_every_ride_finds(timetable: list[Trip], home: int) -> None:
    expected = [NEVER] * STOPS
    for leaves in range(EARLIEST, LATEST + 1):
        found = _arrivals(timetable, home, leaves)
        expected = [
            min(best, arrival - leaves if arrival < NEVER else NEVER)
            for best, arrival in zip(expected, found, strict=True)
        ]
    assert _best(timetable, home) == expected


@often
@given(timetables, trips(), st.integers(0, STOPS - 1))
def test_one_more_trip_never_makes_a_journey_longer(
    timetable: list[Trip], added: Trip, home: int
) -> None:
    before, after = _best(timetable, home), _best([*timetable, added], home)
    assert all(new <= old for new, old in zip(after, before, strict=True))


@often
@given(timetables, st.integers(0, 80), st.integers(0, 80))
def test_who_comes_to_a_stop_later_never_arrives_earlier(
    timetable: list[Trip], at: int, later: int
) -> None:
    at, later = min(at, later), max(at, later)
    for profile in _profiles(timetable).values():
        first, second = profile.arrival(at), profile.arrival(later)
        if second is not None:
            assert first is not None
            assert (first <= second).all()


@often
@given(timetables, st.integers(0, STOPS - 1), st.integers(0, 1000))
def test_all_trips_later_by_the_same_time_take_as_long(
    timetable: list[Trip], home: int, shift: int
) -> None:
    later = [
        tuple(Call(c.stop, c.arrival + shift, c.departure + shift, c.board, c.alight) for c in trip)
        for trip in timetable
    ]
    profiles = _profiles(later)
    found = shortest(
        profiles, [(home, 0)], earliest=EARLIEST + shift, latest=LATEST + shift, goals=STOPS
    )
    assert found.tolist() == _best(timetable, home)


def test_without_rides_nothing_is_reached() -> None:
    assert _best([], 0) == [NEVER] * STOPS
