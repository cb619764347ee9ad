"""Door-to-door minutes by a timetable: on foot to a stop, by its rides, on foot from a stop.

The door is the centre of the municipality, as in the estimate: a home far from it is nearer to
some stops and farther from others.
"""

from collections.abc import Mapping, Sequence
from math import ceil

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from matching.territory.connection_scan import NEVER, Seconds, scan, shortest
from matching.territory.gtfs import Timetable, seconds_of
from matching.territory.gtfs_times import Flags
from matching.territory.places import Municipality
from matching.territory.travel import EARTH_RADIUS_KM, TravelParameters, walking_minutes

Array = npt.NDArray[np.float64]
_Near = Sequence[tuple[int, int, float]]  # one, other, straight km between them


def timetabled_minutes(
    places: Sequence[Municipality],
    timetable: Timetable,
    parameters: TravelParameters,
    *,
    km: Array,
    separated: Flags,
) -> Array:
    """Minutes from every place (row) to every other (column); NaN where the timetable has no way.

    The way is the shortest of those that leave home within the commuting hours: somebody who goes
    to work every day knows the timetable. Time at home before it does not count, nor time at work
    before the day begins. On foot alone one goes between places that the timetable serves, at most
    as far as to a first stop and from a last one. That there is no way says nothing: another
    company may have one.

    Parameters
    ----------
    places
        The municipalities.
    timetable
        The rides of a usual day.
    parameters
        Walking, hours, waits and changes.
    km
        Straight distances between the places.
    separated
        Whether water lies between two places: nobody walks from one to a stop near the other.
    """
    used = np.union1d(timetable.connections.start, timetable.connections.end).tolist()
    minutes = np.full(km.shape, np.nan)
    if not used:
        return minutes
    walking, commuting = parameters.walking, parameters.commuting
    centres = _on_sphere([place.latitude for place in places], [p.longitude for p in places])
    stops = _on_sphere(
        [timetable.stops[stop].latitude for stop in used],
        [timetable.stops[stop].longitude for stop in used],
    )
    town = cKDTree(centres).query(stops)[1]  # of every stop, the place it is nearest to
    near_home = [
        (place, used[number], distance)
        for place, number, distance in _near(centres, stops, walking.radius_km)
        if not separated[place, town[number]]
    ]
    near_stop = [
        (used[a], used[b], distance)
        for a, b, distance in _near(stops, stops, walking.change_radius_km)
        if not separated[town[a], town[b]]
    ]
    served = sorted({place for place, _, _ in near_home})
    goal = {place: number for number, place in enumerate(served)}
    wait = ceil(60 * commuting.waiting_minutes)
    access: dict[int, list[tuple[int, int]]] = {}
    to_goal: dict[int, Seconds] = {}
    for place, stop, distance in near_home:
        seconds = _seconds_on_foot(distance, parameters)
        access.setdefault(place, []).append((stop, seconds + wait))
        to_goal.setdefault(stop, np.full(len(served), NEVER, dtype=np.int32))[goal[place]] = seconds
    profiles = scan(
        timetable.connections,
        changes=_changes(timetable, near_stop, parameters),
        to_goal=to_goal,
        goals=len(served),
    )
    earliest, latest = seconds_of(commuting.earliest), seconds_of(commuting.latest)
    for place in served:
        taken = shortest(
            profiles, access[place], earliest=earliest, latest=latest, goals=len(served)
        )
        within = taken <= 60 * commuting.longest_minutes
        minutes[place, served] = np.where(within, taken / 60, np.nan)
    on_foot = 60.0 * km * parameters.road_factor / walking.speed_kmh
    walked = (km <= 2 * walking.radius_km) & ~separated
    both = np.zeros(len(places), dtype=bool)
    both[served] = True
    walked &= both[:, None] & both[None, :]
    minutes = np.where(walked, np.fmin(minutes, on_foot), minutes)
    np.fill_diagonal(minutes, np.nan)
    return minutes


def _changes(
    timetable: Timetable, near: _Near, parameters: TravelParameters
) -> Mapping[int, Sequence[tuple[int, int]]]:
    """Where one may board after getting off at a stop, and the seconds it takes.

    What the feed says comes before what the distance says.
    """
    least = ceil(60 * parameters.commuting.change_minutes)
    taken = {(a, b): least + _seconds_on_foot(distance, parameters) for a, b, distance in near}
    for (a, b), change in timetable.changes.items():
        if not change.possible:
            taken.pop((a, b), None)
        elif change.seconds is not None:
            taken[a, b] = change.seconds
        elif (a, b) not in taken:
            one, other = timetable.stops[a], timetable.stops[b]
            ends = _on_sphere([one.latitude, other.latitude], [one.longitude, other.longitude])
            chord = float(np.linalg.norm(ends[0] - ends[1]))
            taken[a, b] = least + _seconds_on_foot(_arc_km(chord), parameters)
    found: dict[int, list[tuple[int, int]]] = {}
    for (a, b), seconds in taken.items():
        found.setdefault(a, []).append((b, seconds))
    return found


def _seconds_on_foot(km: float, parameters: TravelParameters) -> int:
    return ceil(60 * walking_minutes(km, parameters))


def _on_sphere(latitudes: Sequence[float], longitudes: Sequence[float]) -> Array:
    """Points of a sphere of radius 1, so that near means near whatever the latitude."""
    lat, lon = np.radians(latitudes), np.radians(longitudes)
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _near(a: Array, b: Array, radius_km: float) -> list[tuple[int, int, float]]:
    """Pairs of points that are no farther than a radius, with their distance in kilometres."""
    chord = 2 * np.sin(radius_km / EARTH_RADIUS_KM / 2)
    found = cKDTree(a).sparse_distance_matrix(cKDTree(b), chord, output_type="ndarray")
    return sorted((int(i), int(j), _arc_km(float(length))) for i, j, length in found.tolist())


def _arc_km(chord: float) -> float:
    return float(2 * EARTH_RADIUS_KM * np.arcsin(min(1.0, chord / 2)))
