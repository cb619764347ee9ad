"""The territory: one validated ``data/territories/<code>/`` folder, loaded once and passed on.

Everything that is true of one place is in that folder. Travel times are estimates from stated
assumptions, good for comparing and not for timetables.
"""

from matching.territory.loading import load_territory
from matching.territory.names import normalise_place
from matching.territory.places import Ambito, Hub, Municipality, Point
from matching.territory.territory import Settings, Source, Territory
from matching.territory.travel import (
    Detour,
    Mode,
    TravelMode,
    TravelParameters,
    distance_km,
    travel_minutes,
)

__all__ = [
    "Ambito",
    "Detour",
    "Hub",
    "Mode",
    "Municipality",
    "Point",
    "Settings",
    "Source",
    "Territory",
    "TravelMode",
    "TravelParameters",
    "distance_km",
    "load_territory",
    "normalise_place",
    "travel_minutes",
]
