"""Distance and estimated travel time between two municipalities.

A timetable or a road network would be better and is not at hand: the estimate is the straight
line, lengthened to a road and driven at a mean speed, with minutes that are spent in any case.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

from matching.territory.places import Municipality

_EARTH_RADIUS_KM = 6371.0088


class Mode(StrEnum):
    """A way to travel to work."""

    CAR = "car"
    PUBLIC_TRANSPORT = "public_transport"


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
class TravelParameters:
    """The assumptions of the estimate, each with its reason."""

    road_factor: float
    reason: str
    modes: Mapping[Mode, TravelMode]
    detours: tuple[Detour, ...] = ()


def distance_km(a: Municipality, b: Municipality) -> float:
    """Great-circle distance between the centres of two municipalities."""
    lat_a, lat_b = radians(a.latitude), radians(b.latitude)
    half_lat = (lat_b - lat_a) / 2
    half_lon = radians(b.longitude - a.longitude) / 2
    h = sin(half_lat) ** 2 + cos(lat_a) * cos(lat_b) * sin(half_lon) ** 2
    return 2 * _EARTH_RADIUS_KM * asin(min(1.0, sqrt(h)))


def travel_minutes(
    a: Municipality, b: Municipality, mode: Mode, parameters: TravelParameters
) -> float:
    """Estimated minutes from door to door.

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
