"""The Connection Scan Algorithm: every best way through a timetable, to many places at once.

The profile variant of J. Dibbelt, T. Pajor, B. Strasser, D. Wagner, *Connection Scan Algorithm*
(2017, arXiv:1703.05997, section 4): rides are looked at once, from the last of the day to the
first; what a ride leads to is known from the rides after it. Where they keep a profile for one
goal, here each entry is a row with the arrival at every goal, so that NumPy does the work for all.
Between two rides there is one walk at most. As many changes are allowed as shorten the way.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.territory.gtfs_times import Connections

Seconds = npt.NDArray[np.int32]  # half the memory of a profile in int64

NEVER = 2**30  # seconds: nothing is later, and a time can be added to it


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """What leaves one stop: departures from late to early, and the arrivals they lead to.

    ``arrivals[i]`` holds, for every goal, the earliest arrival of whoever is at the stop in time
    for departure ``i``, or waits for a later one. ``earlier`` holds the departures negated, and so
    in ascending order.
    """

    earlier: list[int]
    arrivals: list[Seconds]

    def arrival(self, at: int) -> Seconds | None:
        """Return the earliest arrivals of whoever is at the stop at a time; None if none leaves."""
        number = bisect_right(self.earlier, -at)
        return self.arrivals[number - 1] if number else None


def scan(
    connections: Connections,
    *,
    changes: Mapping[int, Sequence[tuple[int, int]]],
    to_goal: Mapping[int, Seconds],
    goals: int,
) -> dict[int, Profile]:
    """Profile of every stop from which some goal is reached.

    Parameters
    ----------
    connections
        The rides of one day.
    changes
        By stop: the stops where one may board after getting off there, and the seconds it takes;
        the stop itself among them, if one may change there.
    to_goal
        By stop: seconds on foot to every goal, ``NEVER`` where it is too far.
    goals
        How many goals there are.

    Notes
    -----
    Rides that depart at the same second are taken in the order of their run. A change that takes
    no time at all, from a ride that takes none, may be missed; none is found that does not exist.
    """
    order = np.lexsort((-connections.position, -connections.departure))
    nothing = np.full(goals, NEVER, dtype=np.int32)
    aboard: dict[int, Seconds] = {}  # by run: the arrivals of whoever stays in the vehicle
    found: dict[int, Profile] = {}
    columns = (
        connections.run,
        connections.start,
        connections.end,
        connections.departure,
        connections.arrival,
        connections.board,
        connections.alight,
    )
    for run, start, end, departure, arrival, board, alight in zip(
        *(column[order].tolist() for column in columns), strict=True
    ):
        best = aboard.get(run, nothing)
        if alight:
            on_foot = to_goal.get(end)
            if on_foot is not None:
                best = np.minimum(best, on_foot + arrival)
            for stop, seconds in changes.get(end, ()):
                profile = found.get(stop)
                onward = None if profile is None else profile.arrival(arrival + seconds)
                if onward is not None:
                    best = np.minimum(best, onward)
        if best is nothing:
            continue
        aboard[run] = best
        if board:
            profile = found.setdefault(start, Profile([], []))
            last = profile.arrivals[-1] if profile.arrivals else nothing
            if (best < last).any():
                profile.earlier.append(-departure)
                profile.arrivals.append(np.minimum(last, best))
    return found


def shortest(
    profiles: Mapping[int, Profile],
    access: Sequence[tuple[int, int]],
    *,
    earliest: int,
    latest: int,
    goals: int,
) -> Seconds:
    """Shortest time from one home to every goal, ``NEVER`` where there is no way.

    One leaves home in time for a departure, or as late as may be and waits for the next one: no
    other time is better.

    Parameters
    ----------
    profiles
        What leaves every stop.
    access
        Stops near the home, and the seconds from the door to boarding there.
    earliest, latest
        Between these times, in seconds, one leaves home.
    goals
        How many goals there are.
    """
    best = np.full(goals, NEVER, dtype=np.int32)
    for stop, seconds in access:
        profile = profiles.get(stop)
        if profile is None:
            continue
        waited = profile.arrival(latest + seconds)
        if waited is not None:
            best = np.minimum(best, waited - latest)
        first = bisect_right(profile.earlier, -(latest + seconds) - 1)
        last = bisect_right(profile.earlier, -(earliest + seconds))
        if first < last:
            leaves = np.array(profile.earlier[first:last]) + seconds  # negated
            taken = np.array(profile.arrivals[first:last]) + leaves[:, None]
            best = np.minimum(best, taken.min(axis=0).astype(np.int32))
    return np.where(best < NEVER // 2, best, NEVER).astype(np.int32)
