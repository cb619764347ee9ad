"""How ``valoriamo benchmark italian-extraction`` runs: what was asked, the figures, the errors."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import typer
from rich.console import Console

from matching.cli.progress import waiting
from matching.cli.records import json_line
from matching.service import RankerChoice, Service
from training.benchmarks.experiment import ExtractionRun, read_extraction, write_results
from training.benchmarks.italian_extraction import italian_extraction, outcomes
from training.benchmarks.italian_extraction_console import print_errors, print_extraction_report
from training.benchmarks.italian_extraction_errors import errors
from training.benchmarks.italian_extraction_set import Split, read_gold

NAME = "italian-extraction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a command was given; None stands for the run's own value, or the default."""

    data: Path | None = None
    split: Split | None = None
    as_of: datetime | None = None
    errors: bool = False
    record: Path | None = None

    def run(self, own: Path) -> ExtractionRun:
        """The run that was asked for: options win over a recorded configuration.

        Raises
        ------
        InputError
            When the configuration cannot be used.
        """
        made = (
            read_extraction(self.record, NAME)
            if self.record
            else ExtractionRun(data=own, split=Split.TEST, as_of=date.today())
        )
        return replace(
            made,
            data=made.data if self.data is None else self.data,
            split=made.split if self.split is None else self.split,
            as_of=made.as_of if self.as_of is None else self.as_of.date(),
        )


def run_extraction(
    build_service: Callable[[RankerChoice], Service],
    own: Callable[[], Path],
    asked: Asked,
    *,
    as_json: bool,
) -> None:
    """Measure, record if asked, and print; single findings of the dev half alone.

    Raises
    ------
    typer.BadParameter
        When errors are asked of a split with test documents: who has read them can no longer
        develop without knowing them, and the figures would no longer say what they say.
    """
    run = asked.run(own())
    if asked.errors and run.split is not Split.DEV:
        raise typer.BadParameter(
            f"errors of split {run.split} are not shown: the test half is never looked at. Give "
            "--split dev.",
            param_hint="--errors",
        )
    with waiting("Loading the product"):
        service = build_service(RankerChoice.BASELINE)
    for problem in service.problems:
        typer.echo(problem, err=True)
    gold = read_gold(run.data, run.split)
    with waiting("Reading the documents"):
        report = italian_extraction(service, gold, as_of=run.as_of, draws=run.draws, seed=run.seed)
        read = outcomes(service, gold.documents, as_of=run.as_of) if asked.errors else ()
    if asked.record:
        typer.echo(f"results written to {write_results(asked.record, report)}", err=True)
    found = errors(read, service.taxonomy)
    if as_json:
        typer.echo(json_line(report | ({"errors": found} if asked.errors else {})))
        return
    print_extraction_report(Console(), report)
    print_errors(Console(), found)
