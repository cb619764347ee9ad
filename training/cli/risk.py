"""``risk watch``: whether people, and their exits, still are what the risk model learnt from."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from matching.cli.records import json_line
from matching.errors import ModelError
from matching.models.drift import Watched
from matching.models.loading import load
from matching.models.package import Kind
from matching.models.risk_models import RiskModel
from matching.models.watch import Watch, keep_watch, watch_row
from matching.service import RankerChoice, build
from matching.settings import read_settings
from matching.wording import Wording
from training.cli.runs import Source, demand_told, last_known
from training.dataset import spell_set
from training.watching import watch as watch_model


def add_watch(group: typer.Typer) -> None:
    """Register ``watch`` among the verbs of ``risk``."""
    group.command()(watch)


def watch(
    history: Annotated[
        Path, typer.Option(help="Folder with the hub's history, as train risk reads it.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of",
            formats=["%Y-%m-%d"],
            metavar="DATE",
            help="Look at what was known on this day, YYYY-MM-DD [today].",
        ),
    ] = None,
) -> None:
    """Compare people who came since the model learnt with those it learnt from. Exit 1 on alarms.

    Example: valoriamo risk watch --history /srv/hub/storia
    """
    settings = read_settings()
    loaded = load(settings.home, Kind.RISK)
    for problem in loaded.problems:
        typer.echo(problem, err=True)
    if not isinstance(loaded.model, RiskModel) or loaded.stamp is None:
        raise ModelError(
            "No risk model is in service, so there is nothing to watch. Train one with: "
            "valoriamo train risk."
        )
    service = build(settings, ranker=RankerChoice.BASELINE)
    past = Source(folder=history).read_past(service)
    day = last_known(past.history, date.today() if as_of is None else as_of.date(), _say)
    found = watch_model(
        loaded.model,
        card=loaded.card,
        digest=str(loaded.stamp.digest),
        spells=spell_set(demand_told(past.history, service)),
        as_of=day,
        protected=past.protected,
    )
    keep_watch(settings.home, found)
    if as_json:
        typer.echo(json_line(watch_row(found)))
    else:
        print_watch(Console(), service.wording, found)
    if found.alarms:
        raise typer.Exit(1)


def print_watch(console: Console, wording: Wording, found: Watch) -> None:
    """What drifted, what did not, and of what there is not enough to say."""
    say = wording.say
    console.print(Text(say("watch.title", since=found.since, as_of=found.as_of), style="bold"))
    people = found.inputs[0].people if found.inputs else 0
    console.print(Text(say("watch.people", count=people)))
    for one in found.inputs:
        label = say(f"situation.{one.name}")
        if one.state is Watched.ALARM:
            console.print(
                Text(
                    say(
                        "watch.shifted",
                        label=label,
                        index=one.index,
                        before=round(100 * one.unknown_before),
                        now=round(100 * one.unknown_now),
                    ),
                    style="yellow",
                )
            )
    for exit_ in found.exits:
        label = say(f"watch.{exit_.cause}")
        if exit_.ratio is None:
            console.print(Text(say("watch.few_exits", label=label, seen=exit_.seen)))
            continue
        key = "watch.exits_alarm" if exit_.state is Watched.ALARM else "watch.exits"
        console.print(
            Text(
                say(
                    key,
                    label=label,
                    seen=exit_.seen,
                    foretold=exit_.foretold,
                    ratio=exit_.ratio,
                    low=exit_.low,
                    high=exit_.high,
                ),
                style="yellow" if exit_.state is Watched.ALARM else "",
            )
        )
    few = any(one.state is Watched.NOT_ENOUGH_DATA for one in found.inputs)
    if few or not found.inputs:
        console.print(Text(say("watch.few_people")))
    elif not found.alarms:
        console.print(Text(say("watch.quiet")))
    if found.alarms:
        console.print(Text(say("watch.look")))


def _say(text: str) -> None:
    typer.echo(text, err=True)
