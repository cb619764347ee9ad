"""``risk``: assess situations, say who needs attention now, show what enters the estimate."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from matching.cli.files import check_there, check_writable
from matching.cli.options import AsOf, Json
from matching.cli.records import json_line
from matching.cli.register_screen import inputs_row, print_inputs
from matching.cli.risk_demand import demand_told
from matching.cli.risk_rows import (
    add_to_history,
    read_ages,
    read_events,
    read_history,
    read_in_charge,
    read_situations,
)
from matching.cli.risk_screen import print_risk
from matching.cli.worklist_screen import print_worklist
from matching.domain import Assessed, CaseEvent, Happened, RiskAssessment, Situation
from matching.priority import due, latest, since
from matching.service import Service
from matching.service.attention import recorded

_Events = Annotated[
    Path | None, typer.Option(help="JSON lines: person_id, on, event (such as job_lost).")
]


def add_risk(
    app: typer.Typer, *, service: Callable[..., Service], day: Callable[[str | None], date]
) -> typer.Typer:
    """Register ``risk`` on a command line.

    Parameters
    ----------
    app
        The command line.
    service, day
        Give the service, with its risk model where asked, and the day of an ``--as-of``: only a
        composition point reads the settings.

    Returns
    -------
    Typer
        The group, to which training adds verbs of its own.
    """
    group = typer.Typer(
        help="Priority of accompaniment: it adds help, and narrows none.\n\n"
        "Example: valoriamo risk inputs",
        no_args_is_help=True,
        rich_markup_mode=None,
    )

    @group.command()
    def assess(
        persons: Annotated[
            Path, typer.Argument(metavar="PERSONS", help="JSON lines: person_id, and answers.")
        ],
        record: Annotated[
            Path | None,
            typer.Option(help="File of assessments: whoever is due is assessed and added to it."),
        ] = None,
        events: _Events = None,
        ages: Annotated[
            Path | None,
            typer.Option(help="JSON lines: person_id, age; where the territory lets the age in."),
        ] = None,
        vacancies: Annotated[
            Path | None,
            typer.Option(
                help="JSON lines: id, text, title, comune of the open vacancies; with --people."
            ),
        ] = None,
        people: Annotated[
            Path | None,
            typer.Option(help="JSON lines: id, text (CV), comune of everybody who searches."),
        ] = None,
        as_json: Json = False,
        as_of: AsOf = None,
    ) -> None:
        """Estimate who may stay without work, with reasons and a band. Used only to add help.

        Example: valoriamo risk assess situazioni.jsonl --record stime.jsonl
        """
        today = day(as_of)
        given = [path for path in (persons, events, ages, vacancies, people) if path]
        check_there(given, "PERSONS / --events / --ages / --vacancies / --people")
        if (vacancies is None) != (people is None):
            raise typer.BadParameter(
                "give both: how much a trade is asked for is told from the open vacancies and "
                "from who else searches.",
                param_hint="--vacancies / --people",
            )
        situations = read_situations(persons)
        years = {} if ages is None else read_ages(ages)
        happened = [] if events is None else read_events(events)
        if record is not None:
            check_writable(record, given)
        made = service(with_risk=True)
        if vacancies is not None and people is not None:
            situations = demand_told(
                made, situations, vacancies=vacancies, people=people, as_of=today
            )
        reasons: dict[str, CaseEvent | None] = {}
        if record is not None:
            history = read_history(record)
            reasons = _due(made, situations, history, happened, today)
            kept = len(situations) - len(reasons)
            situations = [one for one in situations if one.person_id in reasons]
            typer.echo(f"{kept} assessments still stand; {len(situations)} are due.", err=True)
        found = made.assess(situations, as_of=today, ages=years) if situations else ()
        if record is not None:
            new = [
                replace(known, because=reasons[known.person_id])
                for known in map(recorded, found)
                if known is not None
            ]
            add_to_history(record, new)
            typer.echo(f"{len(new)} added to {record}.", err=True)
        for one in found:
            if as_json:
                typer.echo(json_line(assessment_row(one)))
            else:
                print_risk(Console(), made.wording, one)

    @group.command()
    def worklist(
        people: Annotated[
            Path,
            typer.Argument(metavar="PEOPLE", help="JSON lines: person_id, since, last_contact."),
        ],
        history: Annotated[
            Path, typer.Option(help="File of assessments, as risk assess --record keeps it.")
        ],
        events: _Events = None,
        managers: Annotated[
            int | None, typer.Option(min=1, help="Managers of the hub [the territory's number].")
        ] = None,
        as_json: Json = False,
        as_of: AsOf = None,
    ) -> None:
        """Say who of one hub needs attention now, and why. Everybody stays on the list.

        Example: valoriamo risk worklist in-carico.jsonl --history stime.jsonl
        """
        today = day(as_of)
        check_there([path for path in (people, history, events) if path], "PEOPLE / --history")
        made = service()
        found = made.worklist(
            read_in_charge(people),
            read_history(history),
            [] if events is None else read_events(events),
            as_of=today,
            managers=managers,
        )
        if as_json:
            for entry in found.entries:
                typer.echo(json_line(asdict(entry)))
        else:
            policy = made.territory.policy.priority
            print_worklist(Console(), made.wording, found, policy)

    @group.command()
    def inputs(as_json: Json = False) -> None:
        """Show every answer that enters the estimate, what it does, and what never enters.

        Example: valoriamo risk inputs
        """
        made = service()
        if as_json:
            typer.echo(json_line(inputs_row(made.wording, made.territory.policy.risk)))
        else:
            print_inputs(Console(), made.wording, made.territory.policy.risk)

    app.add_typer(group, name="risk")
    return group


def assessment_row(one: RiskAssessment) -> dict[str, Any]:
    """An assessment as JSON says it."""
    return asdict(one) | {"as_of": one.as_of.isoformat(), "model": str(one.model)}


def _due(
    made: Service,
    situations: Sequence[Situation],
    history: Sequence[Assessed],
    happened: Sequence[Happened],
    as_of: date,
) -> dict[str, CaseEvent | None]:
    """Who is to be assessed, and for what happened last, if anything did."""
    months = made.territory.policy.priority.assessment_months
    known = latest(history, as_of=as_of)
    found: dict[str, CaseEvent | None] = {}
    for one in situations:
        rows = known.get(one.person_id)
        last = rows[0] if rows else None
        hers = [event for event in happened if event.person_id == one.person_id]
        if due(last, hers, as_of=as_of, months=months):
            told = () if last is None else since(last, hers, as_of=as_of)
            found[one.person_id] = told[-1] if told else None
    return found
