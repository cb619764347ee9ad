"""Distance and estimated travel time between two municipalities.

The estimate is the straight line, lengthened to a road and travelled at a mean speed, with minutes
that are spent in any case. A timetable may replace it for public transport: see ``journeys``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

from matching.domain import Weekday
from matching.territory.places import Municipality

EARTH_RADIUS_KM = 6371.0088


class Mode(StrEnum):
    """A way to travel to work."""

    CAR = "car"
    PUBLIC_TRANSPORT = "public_transport"


class Basis(StrEnum):
    """Where the minutes of a journey come from."""

    ESTIMATE = "estimate"
    TIMETABLE = "timetable"


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelMode:
    """Mean speed on the road, and minutes spent whatever the distance."""

    speed_kmh: float
    fixed_minutes: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Detour:
    """Two sides that no road joins directly: one goes round through ``via``."""

    side: frozenset[str]
    other_side: frozenset[str]
    via: Municipality
    reason: str

    def separates(self, a: Municipality, b: Municipality) -> bool:
        """Whether the way from one to the other goes round."""
        return (a.istat in self.side and b.istat in self.other_side) or (
            b.istat in self.side and a.istat in self.other_side
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Walking:
    """How one walks to and from the stops of a timetable, and from one stop to another.

    The two radii are straight lines; the way on foot is longer by the road factor.
    """

    speed_kmh: float
    radius_km: float
    change_radius_km: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commuting:
    """When a timetable is asked for the way to work: one leaves home between two hours of a day.

    ``waiting_minutes`` are spent at the first stop, ``change_minutes`` at least at every change.
    What takes more than ``longest_minutes`` is no way to work.
    """

    day: Weekday
    earliest: time
    latest: time
    waiting_minutes: float
    change_minutes: float
    longest_minutes: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelParameters:
    """The assumptions about travel, each with its reason."""

    road_factor: float
    reason: str
    modes: Mapping[Mode, TravelMode]
    walking: Walking
    commuting: Commuting
    detours: tuple[Detour, ...] = ()


def distance_km(a: Municipality, b: Municipality) -> float:
    """Great-circle distance between the centres of two municipalities."""
    lat_a, lat_b = radians(a.latitude), radians(b.latitude)
    half_lat = (lat_b - lat_a) / 2
    half_lon = radians(b.longitude - a.longitude) / 2
    h = sin(half_lat) ** 2 + cos(lat_a) * cos(lat_b) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(h)))


def walking_minutes(km: float, parameters: TravelParameters) -> float:
    """Minutes on foot along a straight line of so many kilometres, lengthened to a road."""
    return 60 * km * parameters.road_factor / parameters.walking.speed_kmh


def travel_minutes(
    a: Municipality, b: Municipality, mode: Mode, parameters: TravelParameters
) -> float:
    """Estimated minutes from door to door, whether or not there is a timetable.

    Within one municipality only the fixed minutes are counted.

    Parameters
    ----------
    a, b
        Where one lives and where one works; the order does not matter.
    mode
        By car or by public transport.
    parameters
        The assumptions of the territory.

    Returns
    -------
    float
        Minutes, never less than the fixed minutes of the mode.
    """
    ways = [
        distance_km(a, detour.via) + distance_km(detour.via, b)
        for detour in parameters.detours
        if detour.separates(a, b)
    ]
    straight = max([distance_km(a, b), *ways])
    travel = parameters.modes[mode]
    return travel.fixed_minutes + 60 * straight * parameters.road_factor / travel.speed_kmh
