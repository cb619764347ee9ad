"""``municipalities.csv`` and ``neighbours.csv``, written by ``build_municipalities.py``."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from matching.errors import TerritoryError
from matching.territory.places import Ambito, Municipality
from matching.territory.reading import Row, Table, read_csv

NEIGHBOUR_COLUMNS = ("istat", "name", "province", "latitude", "longitude", "also", "ambiguous")
MUNICIPALITY_COLUMNS = (
    "istat",
    "name",
    "province",
    "latitude",
    "longitude",
    "ambito",
    "ambito_checked",
    "note",
    "postcodes",
    "population",
    "population_year",
    "also",
    "former",
    "ambiguous",
)
_ISTAT = re.compile(r"[0-9]{6}")
_POSTCODE = re.compile(r"[0-9]{5}")
_ITALY_LATITUDE = (35.0, 47.5)
_ITALY_LONGITUDE = (6.0, 19.0)


def read_municipalities(
    path: Path, *, provinces: Collection[str], ambiti: Collection[str]
) -> tuple[Municipality, ...]:
    """Read the municipalities of the territory; each belongs to one of the ambiti."""
    found: list[Municipality] = []
    for row in read_csv(path, MUNICIPALITY_COLUMNS):
        ambito = row.text("ambito")
        if ambito not in ambiti:
            row.fail("ambito", f"use one of {', '.join(sorted(ambiti))}")
        checked = row.text("ambito_checked")
        if checked not in ("true", "false"):
            row.fail("ambito_checked", "write true or false")
        note = row.optional("note")
        if checked == "false" and not note:
            row.fail("note", "say what is not certain about the ambito")
        postcodes = row.several("postcodes")
        if not all(_POSTCODE.fullmatch(postcode) for postcode in postcodes):
            row.fail("postcodes", "write five digits, several separated by |")
        found.append(
            Municipality(
                istat=_istat(row),
                name=row.text("name"),
                province=_province(row, provinces),
                latitude=_degrees(row, "latitude", _ITALY_LATITUDE),
                longitude=_degrees(row, "longitude", _ITALY_LONGITUDE),
                ambito=ambito,
                ambito_checked=checked == "true",
                note=note,
                postcodes=postcodes,
                population=_whole(row, "population"),
                population_year=_whole(row, "population_year"),
                other_names=row.several("also"),
                former_names=row.several("former"),
                ambiguous_names=row.several("ambiguous"),
            )
        )
    return tuple(found)


def read_neighbours(path: Path, *, provinces: Collection[str]) -> tuple[Municipality, ...]:
    """Read the municipalities around the territory; they belong to no ambito."""
    return tuple(
        Municipality(
            istat=_istat(row),
            name=row.text("name"),
            province=_province(row, provinces),
            latitude=_degrees(row, "latitude", _ITALY_LATITUDE),
            longitude=_degrees(row, "longitude", _ITALY_LONGITUDE),
            other_names=row.several("also"),
            ambiguous_names=row.several("ambiguous"),
        )
        for row in read_csv(path, NEIGHBOUR_COLUMNS)
    )


def index(municipalities: Iterable[Municipality]) -> Mapping[str, Municipality]:
    """Municipalities by ISTAT code; no code and no spelling may be claimed twice."""
    by_istat: dict[str, Municipality] = {}
    by_spelling: dict[str, Municipality] = {}
    for place in municipalities:
        if place.istat in by_istat:
            raise TerritoryError(
                f"the ISTAT code {place.istat!r} belongs to {by_istat[place.istat].name!r} and to "
                f"{place.name!r}; remove or correct one row of municipalities.csv, neighbours.csv"
            )
        by_istat[place.istat] = place
        for spelling in place.spellings:
            if spelling in by_spelling:
                raise TerritoryError(
                    f"the spelling {spelling!r} is claimed by {by_spelling[spelling].name!r} and "
                    f"by {place.name!r}; remove it from one of them (columns name, also, former)"
                )
            by_spelling[spelling] = place
        stray = place.ambiguous_spellings - set(place.spellings)
        if stray:
            raise TerritoryError(
                f"{place.name!r}: the ambiguous spelling {min(stray)!r} is not a spelling of it; "
                "add it to the column also, or remove it from the column ambiguous"
            )
    return by_istat


def check_counts(
    stated: int, ambiti: Sequence[Ambito], municipalities: Sequence[Municipality]
) -> None:
    """Refuse rows that do not agree with the numbers that ``territory.toml`` states."""
    if len(municipalities) != stated:
        raise TerritoryError(
            f"municipalities.csv has {len(municipalities)} rows, but territory.toml says "
            f"municipalities_today = {stated}; correct the one that is wrong"
        )
    for ambito in ambiti:
        count = sum(place.ambito == ambito.code for place in municipalities)
        if count != ambito.municipalities:
            raise TerritoryError(
                f"municipalities.csv has {count} municipalities in the ambito {ambito.code!r}, but "
                f"territory.toml says {ambito.municipalities}; correct the one that is wrong"
            )


def known_municipality(
    istat: str, by_istat: Mapping[str, Municipality], table: Table
) -> Municipality:
    """Look up an ISTAT code that a table refers to."""
    found = by_istat.get(istat)
    if found is None:
        raise TerritoryError(
            f"{table.where}: no municipality has the ISTAT code {istat!r}; "
            "use a code of municipalities.csv or neighbours.csv"
        )
    return found


def _istat(row: Row) -> str:
    istat = row.text("istat")
    if not _ISTAT.fullmatch(istat):
        row.fail("istat", "write six digits")
    return istat


def _province(row: Row, provinces: Collection[str]) -> str:
    province = row.text("province")
    if province not in provinces:
        row.fail("province", f"use one of {', '.join(sorted(provinces))}")
    return province


def _degrees(row: Row, column: str, limits: tuple[float, float]) -> float:
    low, high = limits
    remedy = f"write decimal degrees inside Italy, {low:g} to {high:g}"
    try:
        degrees = float(row.text(column))
    except ValueError:
        row.fail(column, remedy)
    if not low <= degrees <= high:
        row.fail(column, remedy)
    return degrees


def _whole(row: Row, column: str) -> int:
    value = row.text(column)
    if not (value.isascii() and value.isdigit()):
        row.fail(column, "write a whole number")
    return int(value)
