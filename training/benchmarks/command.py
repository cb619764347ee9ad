"""``valoriamo benchmark``: measure the product on a labelled set, beside its peers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from matching.cli.records import json_line
from matching.service import Service
from training.benchmarks.console import print_report
from training.benchmarks.experiment import Run, read_config, write_results
from training.benchmarks.judged import read_judged
from training.benchmarks.resume_relevance import resume_relevance


class Benchmark(StrEnum):
    """The labelled sets that can be run."""

    RESUME_RELEVANCE = "resume-relevance"


def add_benchmark(
    app: typer.Typer,
    *,
    build_service: Callable[[], Service],
    own_set: Callable[[], Path],
) -> None:
    """Register ``benchmark`` on a command line.

    Parameters
    ----------
    app
        The command line.
    build_service
        Makes the product from the settings, which only a composition point reads.
    own_set
        The folder of the project's own judged set, used when ``--data`` is not given.
    """

    @app.command()
    def benchmark(
        name: Annotated[Benchmark, typer.Argument(help="What to measure.")],
        data: Annotated[
            Path | None, typer.Option(help="Folder of the set; without it, the project's own.")
        ] = None,
        as_json: Annotated[
            bool, typer.Option("--json", help="One JSON object of metrics on the last line.")
        ] = False,
        as_of: Annotated[
            datetime | None,
            typer.Option(
                "--as-of",
                formats=["%Y-%m-%d"],
                metavar="DATE",
                help="Compute as of this day, YYYY-MM-DD [today].",
            ),
        ] = None,
        record: Annotated[
            Path | None,
            typer.Option(help="Experiment folder: run its config.toml, write its results.json."),
        ] = None,
    ) -> None:
        """Measure the ranking against people's judgements, beside text search, with intervals.

        Example: valoriamo benchmark resume-relevance --json
        """
        run = read_config(record, name) if record else Run(data=own_set(), as_of=date.today())
        if data is not None:
            run = replace(run, data=data)
        if as_of is not None:
            run = replace(run, as_of=as_of.date())
        report = resume_relevance(
            build_service(),
            read_judged(run.data),
            as_of=run.as_of,
            draws=run.draws,
            seed=run.seed,
        )
        if record:
            typer.echo(f"results written to {write_results(record, report)}", err=True)
        if as_json:
            typer.echo(json_line(report))
        else:
            print_report(Console(), report)
