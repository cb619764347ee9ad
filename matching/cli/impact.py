"""``impact``: what came of the paths, towards which targets, and what is missing."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from matching.accompaniment.effects import load_effects
from matching.accompaniment.impact import Records, files, read_lines
from matching.accompaniment.impact import impact as impact_of
from matching.cli.files import check_there, write_new
from matching.cli.impact_screen import impact_row, print_impact
from matching.cli.options import AsOf
from matching.cli.records import json_line
from matching.errors import InputError
from matching.settings import Settings
from matching.territory import load_territory, territory_folder
from matching.wording import Wording


def add_impact(
    app: typer.Typer,
    *,
    settings: Callable[[], Settings],
    wording: Callable[[Settings], Wording],
    day: Callable[[str | None], date],
) -> None:
    """Register ``impact`` on a command line.

    Parameters
    ----------
    app
        The command line.
    settings, wording, day
        Read the settings, say in which language to answer, and give the day of an ``--as-of``.
    """

    @app.command()
    def impact(
        outcomes: Annotated[
            Path,
            typer.Argument(
                metavar="OUTCOMES", help="JSON lines: paths, opportunities, outcomes, accounts."
            ),
        ],
        out: Annotated[
            Path | None,
            typer.Option(help="Folder for the evaluator's tables: nothing about fewer than ten."),
        ] = None,
        since: Annotated[
            str | None,
            typer.Option(
                metavar="DATE",
                help="First day of the project, from which targets count [that of the first path].",
            ),
        ] = None,
        force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = (
            False
        ),
        as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
        as_of: AsOf = None,
    ) -> None:
        """Say what came of paths: people, opportunities, targets, effects, what is missing.

        On screen and as JSON for the hub, with small numbers; --out for whoever evaluates.

        Example: valoriamo impact esiti.jsonl --out valutazione
        """
        today, start = day(as_of), _since(since)
        check_there([outcomes], "OUTCOMES")
        records = _read(outcomes)
        made = settings()
        said = wording(made)
        territory = load_territory(territory_folder(made.data_dir / "territories", made.territory))
        prior = load_effects(made.data_dir / "measures")
        found = impact_of(records, territory, prior, as_of=today, since=start)
        if as_json:
            typer.echo(json_line(impact_row(found)))
        else:
            print_impact(Console(), said, territory, found)
        if out is not None:
            written = files(found, language=said.language)
            write_new({out / name: content for name, content in written.items()}, force=force)
            typer.echo(f"tables written to {out}", err=True)


def _since(value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise typer.BadParameter(
            f"{value!r} is not a date like 2026-11-22.", param_hint="--since"
        ) from error


def _read(path: Path) -> Records:
    try:
        content = path.read_text("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8.") from error
    return read_lines(content.split("\n"), name=str(path))
