"""``housing``: which dwellings suit a family, which families a dwelling. Nobody is refused."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from matching.accompaniment.housing import (
    HousingSetting,
    check_dwelling,
    families_for,
    find_housing_policy,
    homes_for,
    load_size_rules,
    read_dwelling,
)
from matching.accompaniment.seeking import check_home_sought
from matching.cli.files import check_there
from matching.cli.household_files import read_home_sought
from matching.cli.housing_screen import HomeScreen, match_row, print_families, print_homes
from matching.cli.json_lines import json_objects
from matching.cli.options import AsOf, Json
from matching.cli.records import json_line
from matching.domain.housing import Dwelling, HomeSought
from matching.errors import InputError, TerritoryError
from matching.settings import Settings
from matching.territory import Territory, load_territory, territory_folder
from matching.wording import Wording


def add_housing(
    app: typer.Typer,
    *,
    settings: Callable[[], Settings],
    wording: Callable[[Settings], Wording],
    day: Callable[[str | None], date],
) -> None:
    """Register ``housing`` on a command line.

    Parameters
    ----------
    app
        The command line.
    settings, wording, day
        Read the settings, say in which language to answer, and give the day of an ``--as-of``.
    """

    @app.command()
    def housing(
        households: Annotated[
            list[Path],
            typer.Argument(metavar="HOUSEHOLD...", help="JSON: household, and home: its answers."),
        ],
        dwellings: Annotated[Path, typer.Option(help="JSON lines: dwellings on offer.")],
        dwelling: Annotated[
            str | None, typer.Option(metavar="ID", help="Show the families for this dwelling.")
        ] = None,
        as_json: Json = False,
        as_of: AsOf = None,
    ) -> None:
        """Say how each dwelling suits a family: rules apart from fit, with what would change them.

        Example: valoriamo housing nucleo.json --dwellings alloggi.jsonl
        """
        today = day(as_of)
        check_there(households, "HOUSEHOLD")
        check_there([dwellings], "--dwellings")
        made = settings()
        setting = _setting(made)
        seeking = _seeking(households, setting.territory, today)
        offered = _offered(dwellings, setting.territory)
        screen = HomeScreen(
            wording=wording(made),
            setting=setting,
            dwellings={one.id: one for one in offered},
            as_of=today,
        )
        if dwelling is not None:
            if dwelling not in screen.dwellings:
                raise typer.BadParameter(
                    f"{dwelling!r} is the id of no dwelling in {dwellings}.",
                    param_hint="--dwelling",
                )
            found = families_for(screen.dwellings[dwelling], seeking, setting, as_of=today)
            if as_json:
                for one in found:
                    typer.echo(json_line(match_row(one, screen)))
            else:
                print_families(Console(), screen, dwelling, found)
            return
        for sought in seeking:
            found = homes_for(sought, offered, setting, as_of=today)
            if as_json:
                for one in found:
                    typer.echo(json_line(match_row(one, screen)))
            else:
                print_homes(Console(), screen, sought, found)


def _setting(settings: Settings) -> HousingSetting:
    folder = territory_folder(settings.data_dir / "territories", settings.territory)
    territory, policy = load_territory(folder), find_housing_policy(folder)
    if policy is None:
        raise TerritoryError(
            f"The territory {territory.code!r} says nothing of homes: its folder has no "
            "housing.toml; add one, with the weights that it decides on."
        )
    return HousingSetting(
        rules=load_size_rules(settings.data_dir / "rules"), policy=policy, territory=territory
    )


def _seeking(paths: Sequence[Path], territory: Territory, as_of: date) -> list[HomeSought]:
    found: dict[str, HomeSought] = {}
    for path in paths:
        sought = read_home_sought(path, as_of)
        if sought.household_id in found:
            raise InputError(
                f"{path}: household.id {sought.household_id!r} is that of another file, too; "
                "identifiers must differ."
            )
        check_home_sought(sought, territory)
        found[sought.household_id] = sought
    return list(found.values())


def _offered(path: Path, territory: Territory) -> list[Dwelling]:
    """The dwellings of a file, which may hold none."""
    found: dict[str, Dwelling] = {}
    for where, row in json_objects(path):
        one = read_dwelling(row, where)
        check_dwelling(one, territory, where)
        if one.id in found:
            raise InputError(f"{where}: id {one.id!r} is used twice; identifiers must differ.")
        found[one.id] = one
    return list(found.values())
