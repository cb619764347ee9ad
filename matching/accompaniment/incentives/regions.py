"""The limits that regions set to internships, from ``data/measures/internships.toml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from matching.accompaniment.rules.dated import Lines
from matching.accompaniment.rules.reading import lines, optional_day
from matching.errors import DataError, TerritoryError
from matching.territory.reading import Table, read_toml

FILE = "internships.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The limits of a region. ``hosts`` are pairs of most employees and most interns."""

    name: str
    provinces: tuple[str, ...]
    law: str
    source: str
    valid_from: date
    valid_to: date | None
    allowance: int
    allowance_meals: int
    allowance_short: int
    short_hours: int
    allowance_public: int
    attendance: float
    meal_voucher_hours: int
    shortest_months: int
    without_shortest: tuple[str, ...]
    lengths: Mapping[str, int]
    length_names: Mapping[str, Lines]
    hosts: tuple[tuple[int, int], ...]
    inclusion: Lines

    def covers(self, day: date) -> bool:
        """Whether its limits hold on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def region_of(regions: tuple[Region, ...], province: str, as_of: date) -> Region | None:
    """The region of a province with its limits on a day, None where they are not known here."""
    return next((one for one in regions if province in one.provinces and one.covers(as_of)), None)


def load_regions(folder: Path) -> tuple[Region, ...]:
    """Read and check ``internships.toml`` of a measures folder.

    Raises
    ------
    DataError
        Naming file, entry, key and value.
    """
    try:
        file = read_toml(folder / FILE)
        file.day("checked")
        found = tuple(_region(one) for one in file.tables("region"))
        file.finish()
    except TerritoryError as error:
        raise DataError(str(error)) from error
    return found


def _region(entry: Table) -> Region:
    name = entry.text("name")
    table = entry.called(name)
    lengths = [(one.text("id"), one.whole("longest_months"), one) for one in table.tables("length")]
    names = {key: lines(one, "name") for key, _, one in lengths}
    for *_, one in lengths:
        one.finish()
    longest = {key: months for key, months, _ in lengths}
    hosts = [(one, one.whole("up_to"), one.whole("interns")) for one in table.tables("host")]
    for one, *_ in hosts:
        one.finish()
    region = Region(
        name=name,
        provinces=table.texts("provinces"),
        law=table.text("law"),
        source=table.text("source"),
        valid_from=table.day("valid_from"),
        valid_to=optional_day(table, "valid_to"),
        allowance=table.whole("allowance"),
        allowance_meals=table.whole("allowance_meals"),
        allowance_short=table.whole("allowance_short"),
        short_hours=table.whole("short_hours"),
        allowance_public=table.whole("allowance_public"),
        attendance=table.number("attendance", least=0),
        meal_voucher_hours=table.whole("meal_voucher_hours"),
        shortest_months=table.whole("shortest_months"),
        without_shortest=table.all_known(
            "without_shortest", longest, what="an id of [[region.length]]", may_be_empty=True
        ),
        lengths=longest,
        length_names=names,
        hosts=tuple(sorted((up_to, interns) for _, up_to, interns in hosts)),
        inclusion=lines(table, "inclusion"),
    )
    table.finish()
    return region
