"""Minutes from one municipality to another by the means that somebody has."""

from matching.domain.means import Means
from matching.errors import InputError, TerritoryError
from matching.territory import Mode, Municipality, Territory
from matching.territory.travel import walking_minutes


def minutes_by(
    means: Means, start: str, end: str, territory: Territory, *, on_foot_within: float
) -> float:
    """Minutes from door to door between two ISTAT codes.

    Parameters
    ----------
    means
        By car, by public transport, or on foot.
    start, end
        ISTAT codes of municipalities or neighbours of the territory.
    territory
        Its travel assumptions, and its timetable where it has one.
    on_foot_within
        Minutes on foot within one municipality, where nothing more is known of the way.
    """
    if means is not Means.ON_FOOT:
        return territory.journey(start, end, Mode(means.value)).minutes
    if start == end:
        return on_foot_within
    km = territory.journey(start, end, Mode.CAR).km
    return max(on_foot_within, walking_minutes(km, territory.travel))


def known_place(istat: str, territory: Territory, where: str) -> Municipality:
    """A municipality or neighbour that somebody named by its ISTAT code.

    Raises
    ------
    InputError
        Naming where it stands, where the territory does not know it.
    """
    try:
        return territory.municipality(istat)
    except TerritoryError as error:
        raise InputError(
            f"{where} is no municipality in or around {territory.name}; write an ISTAT code of its "
            "municipalities.csv or neighbours.csv, or choose the territory (VALORIAMO_TERRITORY)."
        ) from error
