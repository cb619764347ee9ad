"""``food``: a point for every family, week after week, and points for surplus."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console

from matching.accompaniment.food import (
    FoodPolicy,
    check_lots,
    check_points,
    find_food_policy,
    place_lots,
    plan_weeks,
)
from matching.accompaniment.json_values import from_json
from matching.accompaniment.seeking import check_food_sought
from matching.cli.files import check_there
from matching.cli.food_screen import FoodScreen, food_rows, print_lots, print_weeks
from matching.cli.household_files import read_food_sought
from matching.cli.json_lines import json_objects
from matching.cli.options import AsOf, Json
from matching.cli.records import json_line
from matching.domain.food import FoodPoint, Lot
from matching.errors import InputError, TerritoryError
from matching.settings import Settings
from matching.territory import Territory, load_territory, territory_folder
from matching.wording import Wording

_Row = TypeVar("_Row")
_MOST_WEEKS = 52


def add_food(
    app: typer.Typer,
    *,
    settings: Callable[[], Settings],
    wording: Callable[[Settings], Wording],
    day: Callable[[str | None], date],
) -> None:
    """Register ``food`` on a command line.

    Parameters
    ----------
    app
        The command line.
    settings, wording, day
        Read the settings, say in which language to answer, and give the day of an ``--as-of``.
    """

    @app.command()
    def food(
        households: Annotated[
            Path,
            typer.Argument(metavar="HOUSEHOLDS", help="JSON lines: household, food: its answers."),
        ],
        points: Annotated[Path, typer.Option(help="JSON lines: points, hours, capacity.")],
        lots: Annotated[
            Path | None, typer.Option(help="JSON lines: surplus to be offered to the points.")
        ] = None,
        weeks: Annotated[
            int, typer.Option(min=1, max=_MOST_WEEKS, help="How many weeks, from the day.")
        ] = 4,
        as_json: Json = False,
        as_of: AsOf = None,
    ) -> None:
        """Propose a point to each family week after week, and points for surplus; say what lacks.

        Example: valoriamo food nuclei.jsonl --points punti.jsonl --weeks 4
        """
        today = day(as_of)
        check_there([households], "HOUSEHOLDS")
        check_there([path for path in (points, lots) if path], "--points / --lots")
        made = settings()
        territory, policy = _setting(made)
        families = read_food_sought(households, today)
        for family in families:
            check_food_sought(family, territory)
        given = _rows(FoodPoint, points)
        check_points(given, territory)
        surplus = [] if lots is None else _rows(Lot, lots)
        check_lots(surplus, territory)
        plan = plan_weeks(
            families, given, policy=policy, territory=territory, weeks=weeks, as_of=today
        )
        offers = place_lots(surplus, given, plan, policy=policy, territory=territory, as_of=today)
        screen = FoodScreen(
            wording=wording(made), territory=territory, policy=policy, as_of=today, weeks=weeks
        )
        if as_json:
            for row in food_rows(plan, offers, screen):
                typer.echo(json_line(row))
            return
        console = Console()
        print_weeks(console, screen, plan)
        if lots is not None:
            print_lots(console, screen, offers)


def _setting(settings: Settings) -> tuple[Territory, FoodPolicy]:
    folder = territory_folder(settings.data_dir / "territories", settings.territory)
    territory, policy = load_territory(folder), find_food_policy(folder)
    if policy is None:
        raise TerritoryError(
            f"The territory {territory.code!r} says nothing of food: its folder has no food.toml; "
            "add one, with how far it sends a family."
        )
    return territory, policy


def _rows(kind: type[_Row], path: Path) -> list[_Row]:
    found = [from_json(kind, row, where) for where, row in json_objects(path)]
    if not found and kind is FoodPoint:
        raise InputError(f"{path}: no rows; one JSON object per line is needed.")
    return found
