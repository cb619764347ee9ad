"""The territory: one validated ``data/territories/<code>/`` folder, loaded once and passed on.

Everything that is true of one place is in that folder. Travel times are estimates from stated
assumptions, good for comparing; a timetable in the folder replaces them for public transport.
"""

from matching.territory.choosing import territory_folder, territory_folders
from matching.territory.gtfs import Validity
from matching.territory.journeys import Journey, Journeys, TimetableUse
from matching.territory.limits import Limits
from matching.territory.loading import load_territory
from matching.territory.names import normalise_place
from matching.territory.places import Ambito, Hub, Municipality, Point, TargetedPlacement
from matching.territory.policies import ExposurePolicy, RankingPolicy
from matching.territory.priorities import (
    LostAs,
    OutcomePolicy,
    Policy,
    PriorityPolicy,
    ReachPolicy,
    RiskPolicy,
)
from matching.territory.proposing import ProposalPolicy
from matching.territory.targets import Counted, Per, Period, Target, TargetKind
from matching.territory.territory import Settings, Source, Territory
from matching.territory.travel import (
    Basis,
    Commuting,
    Detour,
    Mode,
    TravelMode,
    TravelParameters,
    Walking,
    distance_km,
    travel_minutes,
)

__all__ = [
    "Ambito",
    "Basis",
    "Commuting",
    "Counted",
    "Detour",
    "ExposurePolicy",
    "Hub",
    "Journey",
    "Journeys",
    "Limits",
    "LostAs",
    "Mode",
    "Municipality",
    "OutcomePolicy",
    "Per",
    "Period",
    "Point",
    "Policy",
    "PriorityPolicy",
    "ProposalPolicy",
    "ReachPolicy",
    "RankingPolicy",
    "RiskPolicy",
    "Settings",
    "Source",
    "Target",
    "TargetKind",
    "TargetedPlacement",
    "Territory",
    "TimetableUse",
    "TravelMode",
    "TravelParameters",
    "Validity",
    "Walking",
    "distance_km",
    "load_territory",
    "normalise_place",
    "territory_folder",
    "territory_folders",
    "travel_minutes",
]
