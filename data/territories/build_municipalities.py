"""Write ``municipalities.csv`` and ``neighbours.csv`` of a territory. Run, never imported.

Usage, from the root of the project::

    PYTHONPATH=. python data/territories/build_municipalities.py data/territories/<code> \
        --places ../shared/data/territorio/comuni_it.csv.gz \
        --history ../shared/data/territorio/cities_history_istat.csv.gz

``--places`` is a table of today's Italian municipalities, ``--history`` the ISTAT history of their
names; the columns and licences of both are in the SOURCE.md beside them. What no table says
(membership of the ambiti, other names, ambiguous words) is read from ``curation.toml`` in the
folder of the territory, and is checked against the tables. Equal inputs give equal files.
"""

import argparse
import csv
import gzip
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from matching.territory import Municipality, distance_km, normalise_place
from matching.territory.municipalities import MUNICIPALITY_COLUMNS, NEIGHBOUR_COLUMNS

POPULATION_YEAR = "2021"
OPEN_ENDED = "31-12-9999"
Record = dict[str, str]


def main() -> None:
    """Read the sources, write the two files, say how many rows."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="data/territories/<code>")
    parser.add_argument("--places", type=Path, required=True, help="comuni_it.csv.gz")
    parser.add_argument("--history", type=Path, required=True, help="cities_history_istat.csv.gz")
    arguments = parser.parse_args()
    folder: Path = arguments.folder
    territory = tomllib.loads((folder / "territory.toml").read_text(encoding="utf-8"))
    curation = tomllib.loads((folder / "curation.toml").read_text(encoding="utf-8"))
    places = list(_records(arguments.places))

    own = list(_own(places, territory["province_code"], curation))
    around = list(_neighbours(own, places, territory["provinces"], curation))
    _check_names(curation, own, around)
    _check_former(curation["former"], arguments.history)
    municipalities = [_municipality_row(place, curation) for place in _sorted(own)]
    neighbours = [_neighbour_row(place, curation) for place in _sorted(around)]
    _check_ambiguous(curation, municipalities + neighbours)
    _write(folder / "municipalities.csv", MUNICIPALITY_COLUMNS, municipalities)
    _write(folder / "neighbours.csv", NEIGHBOUR_COLUMNS, neighbours)
    sys.stderr.write(f"{len(municipalities)} municipalities, {len(neighbours)} neighbours\n")


def _records(path: Path) -> Iterator[Record]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _own(places: list[Record], province: str, curation: dict[str, Any]) -> Iterator[Record]:
    """The whole province, unless ``whole_province = false``: then the members of the ambiti."""
    ambiti = curation["ambito"].values()
    members = {name for ambito in ambiti for name in ambito["municipalities"]}
    whole = curation.get("whole_province", True)
    for place in places:
        if place["sigla"] == province and (whole or place["nome"] in members):
            yield place


def _sorted(places: list[Record]) -> list[Record]:
    return sorted(places, key=lambda place: place["istat"])


def _centre(place: Record) -> tuple[str, str]:
    """Centre of the built-up area where known: in the mountains the boundary's is on a peak."""
    if place["lat_urb"]:
        return place["lat_urb"], place["lon_urb"]
    return place["lat_centroid"], place["lon_centroid"]


def _as_municipality(place: Record) -> Municipality:
    latitude, longitude = _centre(place)
    return Municipality(
        istat=place["istat"],
        name=place["nome"],
        province=place["sigla"],
        latitude=float(latitude),
        longitude=float(longitude),
    )


def _neighbours(
    own: list[Record], places: list[Record], provinces: dict[str, str], curation: dict[str, Any]
) -> Iterator[Record]:
    centres = [_as_municipality(place) for place in own]
    within_km = curation["neighbours_within_km"]
    codes = {place["istat"] for place in own}
    for place in places:
        if place["istat"] in codes:
            continue
        centre = _as_municipality(place)
        capital = place["sigla"] in provinces and place["capoluogo"] == "1"
        if capital or min(distance_km(centre, other) for other in centres) <= within_km:
            if place["sigla"] not in provinces:
                sys.exit(f"{place['nome']}: add {place['sigla']} to [provinces] of territory.toml")
            yield place


def _municipality_row(place: Record, curation: dict[str, Any]) -> Record:
    name = place["nome"]
    ambiti = [
        (code, ambito)
        for code, ambito in curation["ambito"].items()
        if name in ambito["municipalities"]
    ]
    if len(ambiti) != 1:
        sys.exit(f"curation.toml: {name} is in {len(ambiti)} ambiti; it must be in one")
    code, ambito = ambiti[0]
    return {
        **_neighbour_row(place, curation),
        "ambito": code,
        "ambito_checked": str(ambito["checked"]).lower(),
        "note": ambito.get("note", ""),
        "postcodes": place["cap"],
        "population": place["pop_2021"],
        "population_year": POPULATION_YEAR,
        "former": "|".join(curation["former"].get(name, [])),
    }


def _neighbour_row(place: Record, curation: dict[str, Any]) -> Record:
    name = place["nome"]
    also = curation["also"].get(name, [])
    words = {word for group in curation["ambiguous"].values() for word in group}
    names = [name, *also, *curation["former"].get(name, [])]
    latitude, longitude = _centre(place)
    return {
        "istat": place["istat"],
        "name": name,
        "province": place["sigla"],
        "latitude": f"{float(latitude):.5f}",
        "longitude": f"{float(longitude):.5f}",
        "also": "|".join(also),
        "ambiguous": "|".join(written for written in names if written in words),
    }


def _check_names(curation: dict[str, Any], own: list[Record], around: list[Record]) -> None:
    own_names = {place["nome"] for place in own}
    all_names = own_names | {place["nome"] for place in around}
    members = {name for ambito in curation["ambito"].values() for name in ambito["municipalities"]}
    for written, known in (
        (members, own_names),
        (set(curation["former"]), own_names),
        (set(curation["also"]), all_names),
    ):
        if written - known:
            sys.exit(f"curation.toml: no municipality is called {sorted(written - known)}")


def _check_former(former: dict[str, list[str]], history: Path) -> None:
    """Refuse a former municipality that did not end on a day when its heir changed."""
    days: dict[str, set[str]] = defaultdict(set)
    ends: dict[str, set[str]] = defaultdict(set)
    for record in _records(history):
        name = normalise_place(record["LABEL_COMUNE_IT"])
        ended = record["DATA_FINE_VALIDITA"]
        days[name] |= {record["DATA_INIZIO_VALIDITA"], ended}
        ends[name].add(ended)
    for heir, names in former.items():
        for name in names:
            ended_with_heir = ends[normalise_place(name)] & days[normalise_place(heir)]
            if not ended_with_heir - {OPEN_ENDED}:
                sys.exit(f"curation.toml: the history does not show that {name} joined {heir}")


def _check_ambiguous(curation: dict[str, Any], rows: list[Record]) -> None:
    used = {word for row in rows for word in row["ambiguous"].split("|")}
    words = {word for group in curation["ambiguous"].values() for word in group}
    if words - used:
        sys.exit(f"curation.toml: ambiguous words that name no place: {sorted(words - used)}")


def _write(path: Path, columns: tuple[str, ...], rows: list[Record]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
