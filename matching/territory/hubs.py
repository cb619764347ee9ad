"""``hubs.toml``: the hub of each ambito and its welfare points."""

from collections.abc import Mapping

from matching.errors import TerritoryError
from matching.territory.municipalities import known_municipality
from matching.territory.places import Ambito, Hub, Municipality, Point
from matching.territory.reading import Table


def read_hubs(
    table: Table,
    ambiti: tuple[Ambito, ...],
    by_istat: Mapping[str, Municipality],
    points_per_hub: int,
) -> tuple[Hub, ...]:
    """Read the hubs: one for each ambito, each with its welfare points in that ambito."""
    hubs = tuple(_hub(item, by_istat) for item in table.tables("hub"))
    table.finish()
    ids = [*(hub.id for hub in hubs), *(point.id for hub in hubs for point in hub.points)]
    twice = sorted({identifier for identifier in ids if ids.count(identifier) > 1})
    if twice:
        raise TerritoryError(f"{table.where}: the id {twice[0]!r} is used twice; rename one")
    for hub in hubs:
        if len(hub.points) != points_per_hub:
            raise TerritoryError(
                f"{table.where}: hub {hub.id!r} has {len(hub.points)} points, but points_per_hub "
                f"is {points_per_hub}; make them agree"
            )
    for ambito in ambiti:
        count = sum(hub.ambito == ambito.code for hub in hubs)
        if count != 1:
            raise TerritoryError(
                f"{table.where}: ambito {ambito.code!r} has {count} hubs; it needs exactly one"
            )
    return hubs


def _hub(table: Table, by_istat: Mapping[str, Municipality]) -> Hub:
    hub_id, ambito = table.text("id"), table.text("ambito")
    points: list[Point] = []
    for item in table.tables("point"):
        points.append(
            Point(
                id=item.text("id"),
                name=item.text("name"),
                municipality=_served(item, ambito, by_istat),
                hub=hub_id,
            )
        )
        item.finish()
    hub = Hub(
        id=hub_id,
        name=table.text("name"),
        ambito=ambito,
        municipality=_served(table, ambito, by_istat),
        example=table.flag("example"),
        points=tuple(points),
    )
    table.finish()
    return hub


def _served(table: Table, ambito: str, by_istat: Mapping[str, Municipality]) -> str:
    place = known_municipality(table.text("municipality"), by_istat, table)
    if place.ambito != ambito:
        raise TerritoryError(
            f"{table.where}: municipality = {place.istat!r} ({place.name}) is not in the ambito "
            f"{ambito!r}; use one that is"
        )
    return place.istat
