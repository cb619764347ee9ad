"""A territory folder to a :class:`Territory`, checked from end to end.

``territory.toml``, ``policy.toml``, ``hubs.toml``, ``municipalities.csv``, ``neighbours.csv`` and,
if it is there, ``targets.toml`` are read; ``curation.toml`` belongs to the script that writes the
two tables.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from matching.domain import Weekday
from matching.errors import TerritoryError
from matching.territory.gtfs_files import check_feed
from matching.territory.hubs import read_hubs
from matching.territory.limits import read_limits
from matching.territory.municipalities import (
    check_counts,
    index,
    known_municipality,
    read_municipalities,
    read_neighbours,
)
from matching.territory.places import Ambito, Municipality, TargetedPlacement
from matching.territory.policies import read_ranking
from matching.territory.priorities import read_policy
from matching.territory.reading import Table, read_toml
from matching.territory.targets import Target, read_targets
from matching.territory.territory import Settings, Source, Territory
from matching.territory.travel import (
    Commuting,
    Detour,
    Mode,
    TravelMode,
    TravelParameters,
    Walking,
)


def load_territory(folder: Path) -> Territory:
    """Load and check one folder; any fault is a ``TerritoryError``.

    Parameters
    ----------
    folder
        ``data/territories/<code>``; its name is the code of the territory.

    Returns
    -------
    Territory
        Frozen, and complete: nothing is read later but the rows of a timetable, if there is one.
    """
    table = read_toml(folder / "territory.toml")
    code = table.text("code")
    if code != folder.name:
        raise TerritoryError(
            f"{table.where}: code = {code!r}, but the folder is {folder.name!r}; make them equal"
        )
    provinces = table.mapping("provinces")
    province_code = table.text("province_code")
    if province_code not in provinces:
        raise TerritoryError(
            f"{table.where}: province_code = {province_code!r} is not in [provinces]; add it"
        )
    ambiti = _ambiti(table)
    municipalities = read_municipalities(
        folder / "municipalities.csv", provinces={province_code}, ambiti=[a.code for a in ambiti]
    )
    neighbours = read_neighbours(folder / "neighbours.csv", provinces=set(provinces))
    by_istat = index((*municipalities, *neighbours))
    check_counts(table.whole("municipalities_today"), ambiti, municipalities)
    settings = _settings(table.table("settings"))
    travel = table.table("travel")
    timetable = _timetable(travel, folder)
    territory = Territory(
        code=code,
        name=table.text("name"),
        province_code=province_code,
        valid_from=table.day("valid_from"),
        municipalities_stated=table.whole("municipalities_stated"),
        notes=MappingProxyType(table.mapping("note")),
        provinces=MappingProxyType(provinces),
        ambiti=ambiti,
        municipalities=municipalities,
        neighbours=neighbours,
        hubs=read_hubs(read_toml(folder / "hubs.toml"), ambiti, by_istat, settings.points_per_hub),
        settings=settings,
        travel=_travel(travel, by_istat),
        ranking=read_ranking(table.table("ranking")),
        targeted_placement=_targeted_placement(table.table("targeted_placement")),
        limits=read_limits(table.table("limits")),
        policy=read_policy(read_toml(folder / "policy.toml")),
        sources=tuple(_source(source) for source in table.tables("source")),
        targets=_targets(folder / "targets.toml"),
        timetable=timetable,
    )
    table.finish()
    return territory


def _targets(path: Path) -> tuple[Target, ...]:
    return read_targets(read_toml(path)) if path.is_file() else ()


def _ambiti(table: Table) -> tuple[Ambito, ...]:
    ambiti: dict[str, Ambito] = {}
    for item in table.tables("ambito"):
        ambito = Ambito(
            code=item.text("code"),
            name=item.text("name"),
            municipalities=item.whole("municipalities"),
            source=item.text("source"),
            dated=item.day("date"),
        )
        item.finish()
        if ambito.code in ambiti:
            raise TerritoryError(f"{item.where}: code {ambito.code!r} is used twice; rename one")
        ambiti[ambito.code] = ambito
    return tuple(ambiti.values())


def _settings(table: Table) -> Settings:
    scope = table.text("corporate_manager_scope")
    scopes: dict[str, Literal["hub", "territory"]] = {"hub": "hub", "territory": "territory"}
    if scope not in scopes:
        raise TerritoryError(
            f"{table.where}: corporate_manager_scope = {scope!r} is not valid; "
            "write 'hub' or 'territory'"
        )
    settings = Settings(
        community_managers_per_hub=table.whole("community_managers_per_hub"),
        corporate_manager_scope=scopes[scope],
        points_per_hub=table.whole("points_per_hub"),
        cases_per_year=table.whole("cases_per_year"),
        reason=table.text("reason") if "reason" in table.values else "",
    )
    table.finish()
    return settings


def _source(table: Table) -> Source:
    source = Source(
        what=table.text("what"),
        origin=table.text("from"),
        licence=table.text("licence"),
        dated=table.day("date"),
    )
    table.finish()
    return source


def _targeted_placement(table: Table) -> TargetedPlacement:
    placement = TargetedPlacement(
        office=table.text("office"),
        province=table.text("province"),
        site=table.text("site") if "site" in table.values else None,
        source=table.text("source"),
        dated=table.day("date"),
    )
    table.finish()
    return placement


def _timetable(table: Table, folder: Path) -> Path | None:
    if "timetable" not in table.values:
        return None
    name = table.text("timetable")
    if Path(name).name != name:
        raise TerritoryError(
            f"{table.where}: timetable = {name!r} is not valid; write the name of a zip or folder "
            "that is in the territory folder"
        )
    check_feed(folder / name)
    return folder / name


def _walking(table: Table) -> Walking:
    walking = Walking(
        speed_kmh=table.number("speed_kmh", least=1),
        radius_km=table.number("radius_km", least=0),
        change_radius_km=table.number("change_radius_km", least=0),
        reason=table.text("reason"),
    )
    table.finish()
    return walking


def _commuting(table: Table) -> Commuting:
    commuting = Commuting(
        day=table.choice("day", Weekday),
        earliest=table.hour("earliest"),
        latest=table.hour("latest"),
        waiting_minutes=table.number("waiting_minutes", least=0),
        change_minutes=table.number("change_minutes", least=1),
        longest_minutes=table.number("longest_minutes", least=1),
        reason=table.text("reason"),
    )
    table.finish()
    if commuting.latest < commuting.earliest:
        raise TerritoryError(
            f"{table.where}: latest = {commuting.latest} is before earliest = "
            f"{commuting.earliest}; write a later time of the same day"
        )
    return commuting


def _travel(table: Table, by_istat: Mapping[str, Municipality]) -> TravelParameters:
    modes: dict[Mode, TravelMode] = {}
    for mode in Mode:
        item = table.table(mode.value)
        modes[mode] = TravelMode(
            speed_kmh=item.number("speed_kmh", least=1),
            fixed_minutes=item.number("fixed_minutes", least=0),
            reason=item.text("reason"),
        )
        item.finish()
    parameters = TravelParameters(
        road_factor=table.number("road_factor", least=1),
        reason=table.text("reason"),
        modes=MappingProxyType(modes),
        walking=_walking(table.table("walking")),
        commuting=_commuting(table.table("commuting")),
        detours=tuple(_detour(item, by_istat) for item in table.tables("detour", optional=True)),
    )
    table.finish()
    return parameters


def _detour(table: Table, by_istat: Mapping[str, Municipality]) -> Detour:
    side, other_side = table.texts("side"), table.texts("other_side")
    for istat in (*side, *other_side):
        known_municipality(istat, by_istat, table)
    shared = set(side) & set(other_side)
    if shared:
        raise TerritoryError(
            f"{table.where}: {min(shared)!r} is on both sides; leave it on one of them"
        )
    detour = Detour(
        side=frozenset(side),
        other_side=frozenset(other_side),
        via=known_municipality(table.text("via"), by_istat, table),
        reason=table.text("reason"),
    )
    table.finish()
    return detour
