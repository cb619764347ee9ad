"""``rights``, ``incentives`` and ``assess``: public measures, hires, needs."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from matching.accompaniment.incentives.general import of_vacancy
from matching.accompaniment.incentives.law import Law, load_law
from matching.accompaniment.incentives.personal import personal_sheet
from matching.accompaniment.needs import assess as assessed
from matching.accompaniment.needs import load_form
from matching.accompaniment.rights import check_received, load_measures
from matching.accompaniment.rights import rights as rights_of
from matching.accompaniment.rules import Rule
from matching.cli.assess_screen import assessment_row, form_rows, print_assessment, print_form
from matching.cli.files import check_there
from matching.cli.household_files import read_answers, read_hire, read_household
from matching.cli.incentives_screen import (
    general_row,
    print_general,
    print_sheet,
    sheet_row,
)
from matching.cli.options import AsOf, Json
from matching.cli.records import json_line
from matching.cli.rights_screen import print_rights, right_row
from matching.settings import Settings
from matching.territory import Territory, load_territory, territory_folder
from matching.wording import Wording


def add_rights(
    app: typer.Typer,
    *,
    settings: Callable[[], Settings],
    wording: Callable[[Settings], Wording],
    day: Callable[[str | None], date],
) -> None:
    """Register ``rights``, ``incentives`` and ``assess`` on a command line.

    Parameters
    ----------
    app
        The command line.
    settings, wording, day
        Read the settings, say in which language to answer, and give the day of an ``--as-of``.
    """

    @app.command()
    def rights(
        household: Annotated[
            Path,
            typer.Argument(metavar="HOUSEHOLD", help="JSON: household, and status of one member."),
        ],
        as_json: Json = False,
        as_of: AsOf = None,
    ) -> None:
        """Say which public measures to check for a household, why, and where. Refuses nothing.

        Example: valoriamo rights nucleo.json
        """
        today = day(as_of)
        check_there([household], "HOUSEHOLD")
        people, status = read_household(household, today)
        made = settings()
        measures, said = load_measures(made.data_dir / "measures"), wording(made)
        found = rights_of(measures, people, status, as_of=today)
        names = _names(measures, said)
        if as_json:
            for right in found:
                typer.echo(json_line(right_row(right, said, names)))
        else:
            office = _territory(made).targeted_placement.office
            print_rights(Console(), said, found, names, as_of=today, office=office)

    @app.command()
    def incentives(
        household: Annotated[
            Path | None,
            typer.Argument(metavar="[HOUSEHOLD]", help="JSON as for rights: a personal sheet."),
        ] = None,
        hire: Annotated[
            Path | None, typer.Option(help="JSON of a vacancy: contract, employer, growth.")
        ] = None,
        as_json: Json = False,
        as_of: AsOf = None,
    ) -> None:
        """Make the sheet of a person for her own use, or the general list of a vacancy.

        Example: valoriamo incentives nucleo.json --hire offerta.json
        """
        today = day(as_of)
        if household is None and hire is None:
            raise typer.BadParameter(
                "Name the file of a household, of a vacancy, or both.", param_hint="HOUSEHOLD"
            )
        check_there([path for path in (household, hire) if path], "HOUSEHOLD / --hire")
        made = settings()
        said = wording(made)
        names, law = _law(made, said)
        planned = None if hire is None else read_hire(hire)
        if household is not None:
            people, status = read_household(household, today)
            if status is None:
                raise typer.BadParameter(
                    "A personal sheet needs the status of one member: add status to the file.",
                    param_hint="HOUSEHOLD",
                )
            check_received(people, names)
            sheet = personal_sheet(law, people, status, planned, as_of=today)
            if as_json:
                typer.echo(json_line(sheet_row(sheet, said, names)))
            else:
                print_sheet(Console(), said, sheet, names)
        elif planned is not None:
            found = of_vacancy(law.incentives, planned, as_of=today)
            if as_json:
                for one in found:
                    typer.echo(json_line(general_row(one, said, names)))
            else:
                print_general(Console(), said, found, names, on=planned.starts_on or today)

    @app.command()
    def assess(
        answers: Annotated[
            Path | None,
            typer.Argument(
                metavar="[ANSWERS]", help="JSON: person_id, author, made_on, answers, since."
            ),
        ] = None,
        as_json: Json = False,
        as_of: AsOf = None,
    ) -> None:
        """Show the needs that somebody's answers say and what is left to ask; alone, the questions.

        Example: valoriamo assess risposte.json
        """
        today = day(as_of)
        made = settings()
        form, said = load_form(made.data_dir / "measures"), wording(made)
        if answers is None:
            if as_json:
                for row in form_rows(form, said):
                    typer.echo(json_line(row))
            else:
                print_form(Console(), said, form)
            return
        check_there([answers], "ANSWERS")
        read = read_answers(answers)
        found = assessed(
            form,
            read.answers,
            person_id=read.person_id,
            author=read.author,
            made_on=read.made_on,
            valid_months=_territory(made).policy.priority.assessment_months,
            since=read.since,
        )
        if as_json:
            typer.echo(json_line(assessment_row(found, form, as_of=today)))
        else:
            print_assessment(Console(), said, found, form, as_of=today)


def _territory(settings: Settings) -> Territory:
    return load_territory(territory_folder(settings.data_dir / "territories", settings.territory))


def _names(measures: tuple[Rule, ...], wording: Wording) -> dict[str, str]:
    return {one.id: one.name[wording.language] for one in measures}


def _law(settings: Settings, wording: Wording) -> tuple[dict[str, str], Law]:
    folder = settings.data_dir / "measures"
    names = _names(load_measures(folder), wording)
    return names, load_law(folder, measures=names)
