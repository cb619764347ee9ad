"""Minutes and kilometres between all places of a territory, by mode, as matrices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from matching.territory.gtfs import Validity, read_timetable, validity
from matching.territory.gtfs_times import Flags
from matching.territory.places import Municipality
from matching.territory.timetabled import timetabled_minutes
from matching.territory.travel import EARTH_RADIUS_KM, Basis, Detour, Mode, TravelParameters

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """The way from home to work: minutes from door to door, and what they are from.

    ``km`` is the straight line between the two places, whatever the way.
    """

    minutes: float
    km: float
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableUse:
    """The timetable that was used: a file of the territory folder, and the day it was read for.

    ``places`` are the ISTAT codes of the municipalities that it joins to some other.
    """

    file: str
    day: date
    first_day: date
    last_day: date
    places: frozenset[str]

    def validity(self, as_of: date) -> Validity:
        """Whether the timetable is meant for a day; who shows its minutes says when it is not."""
        return validity(self.first_day, self.last_day, as_of)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Journeys:
    """All ways from home (row) to work (column) between the places of a territory.

    ``numbers`` gives the row and column of an ISTAT code. ``timetabled`` says which minutes by
    public transport are from the timetable; all others are estimates. The arrays cannot be
    written.
    """

    numbers: Mapping[str, int]
    km: Array
    minutes: Mapping[Mode, Array]
    timetabled: Flags
    timetable: TimetableUse | None

    def journey(self, home: str, work: str, mode: Mode) -> Journey:
        """Return the way between two ISTAT codes that are among ``numbers``."""
        at = self.numbers[home], self.numbers[work]
        by_timetable = mode is Mode.PUBLIC_TRANSPORT and bool(self.timetabled[at])
        return Journey(
            minutes=float(self.minutes[mode][at]),
            km=float(self.km[at]),
            basis=Basis.TIMETABLE if by_timetable else Basis.ESTIMATE,
        )


def all_journeys(
    places: Sequence[Municipality], parameters: TravelParameters, timetable: Path | None
) -> Journeys:
    """Compute the ways between all places.

    Parameters
    ----------
    places
        Municipalities and neighbours.
    parameters
        The assumptions of the territory.
    timetable
        A GTFS feed; where it does not join two places, and within one place, the estimate stays.

    Returns
    -------
    Journeys
        The estimates are those of :func:`~matching.territory.travel.travel_minutes`.
    """
    km = distances_km(places, places)
    straight = km.copy()
    separated = np.zeros(km.shape, dtype=bool)
    for detour in parameters.detours:
        apart = _separated(places, detour)
        to_via = distances_km(places, [detour.via])
        straight = np.where(apart, np.maximum(straight, to_via + to_via.T), straight)
        separated |= apart
    minutes = {
        mode: travel.fixed_minutes + 60 * straight * parameters.road_factor / travel.speed_kmh
        for mode, travel in parameters.modes.items()
    }
    timetabled = np.zeros(km.shape, dtype=bool)
    use: TimetableUse | None = None
    if timetable is not None:
        read = read_timetable(timetable, parameters.commuting)
        found = timetabled_minutes(places, read, parameters, km=km, separated=separated)
        timetabled = ~np.isnan(found)
        public = minutes[Mode.PUBLIC_TRANSPORT]
        minutes[Mode.PUBLIC_TRANSPORT] = np.where(timetabled, found, public)
        joined = np.logical_or(timetabled.any(axis=0), timetabled.any(axis=1))
        use = TimetableUse(
            file=read.file,
            day=read.day,
            first_day=read.first_day,
            last_day=read.last_day,
            places=frozenset(
                p.istat for p, yes in zip(places, joined.tolist(), strict=True) if yes
            ),
        )
    for values in (km, timetabled, *minutes.values()):
        values.setflags(write=False)
    return Journeys(
        numbers=MappingProxyType({place.istat: n for n, place in enumerate(places)}),
        km=km,
        minutes=MappingProxyType(minutes),
        timetabled=timetabled,
        timetable=use,
    )


def distances_km(rows: Sequence[Municipality], columns: Sequence[Municipality]) -> Array:
    """Great-circle distances: :func:`~matching.territory.travel.distance_km` of many at once."""
    lat_a, lon_a = (values[:, None] for values in _radians(rows))
    lat_b, lon_b = (values[None, :] for values in _radians(columns))
    h = np.sin((lat_b - lat_a) / 2) ** 2
    h = h + np.cos(lat_a) * np.cos(lat_b) * np.sin((lon_b - lon_a) / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(h))))


def _radians(places: Sequence[Municipality]) -> tuple[Array, Array]:
    latitude = np.radians([place.latitude for place in places])
    return latitude, np.radians([place.longitude for place in places])


def _separated(places: Sequence[Municipality], detour: Detour) -> Flags:
    side = np.array([place.istat in detour.side for place in places])
    other = np.array([place.istat in detour.other_side for place in places])
    return np.logical_or(np.outer(side, other), np.outer(other, side))
