"""``benchmark censored-hazard``: settings, the measuring, and what is printed."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from matching.cli.progress import waiting
from matching.cli.records import json_line
from matching.service import Service
from training.benchmarks.censored_hazard import WRONG, censored_hazard
from training.benchmarks.experiment import SyntheticRun, read_synthetic, write_results

NAME = "censored-hazard"


def run_censored(
    build_service: Callable[[], Service], *, record: Path | None, as_json: bool
) -> None:
    """Measure, write what is to be recorded, and print it."""
    run = read_synthetic(record, NAME) if record else SyntheticRun()
    service = build_service()
    with waiting("Generating districts, cutting spells off, training and comparing"):
        report = censored_hazard(
            service.territory,
            service.taxonomy,
            seeds=run.seeds,
            trained_on=run.people,
            seed=run.seed,
        )
    if record:
        typer.echo(f"results written to {write_results(record, report)}", err=True)
    if as_json:
        typer.echo(json_line(report))
    else:
        print_censored(Console(), report)


def print_censored(console: Console, report: Mapping[str, Any]) -> None:
    """Print the bias of every way over districts, the risk models first."""
    console.print(
        f"{report['benchmark']}: {len(report['seeds'])} synthetic districts, "
        f"{report['share_open']:.0%} of {report['trained_on']} spells open; bias of the chance of "
        f"no work by {report['months']} months, at most {report['most_bias']} asked for"
    )
    for name, found in report["settings"].items():
        table = Table(name, "bias", "95%", "of censoring", "error", "", box=box.SIMPLE, padding=0)
        for way, row in found["ways"].items():
            bias = row["bias"]
            table.add_row(
                f"{way} (wrong)" if way in WRONG else way,
                f"{bias['mean']:+.4f}",
                f"{bias['low']:+.4f}..{bias['high']:+.4f}",
                f"{row['of_censoring']['mean']:+.4f}",
                f"{row['mae']:.4f}",
                row["verdict"],
            )
        console.print(table)
