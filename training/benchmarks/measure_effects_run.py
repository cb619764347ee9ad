"""``benchmark measure-effects``: settings, districts, and what is printed."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from matching.accompaniment.effects import load_effects
from matching.cli.progress import waiting
from matching.cli.records import json_line
from training.benchmarks.experiment import write_results
from training.benchmarks.experiment_accompaniment import read_effects_run
from training.benchmarks.measure_effects import EffectsRun, measure_effects

NAME = "measure-effects"


def run_effects(measures: Callable[[], Path], *, record: Path | None, as_json: bool) -> None:
    """Measure, write what is to be recorded, and print it."""
    run = EffectsRun(**read_effects_run(record, NAME)) if record else EffectsRun()
    with waiting("Drawing districts and estimating the effects of each"):
        report = measure_effects(load_effects(measures()), run)
    if record:
        typer.echo(f"results written to {write_results(record, report)}", err=True)
    if as_json:
        typer.echo(json_line(report))
    else:
        print_effects(Console(), report)


def print_effects(console: Console, report: Mapping[str, Any]) -> None:
    """Print for each setting what held the planted effects, the estimate and the raw rate."""
    low, high = report["asked"]
    console.print(
        f"{report['benchmark']}: {len(report['seeds'])} synthetic districts of {report['people']} "
        f"people; 80% intervals are to hold the planted effect {low:.0%} to {high:.0%} of the "
        f"time: {'they do' if report['met'] else 'they do not'}"
    )
    for name, setting in report["settings"].items():
        table = Table(name, "mean", "95%", "least", "most", box=box.SIMPLE, padding=0)
        for key, row in setting["summary"].items():
            table.add_row(
                key,
                f"{row['mean']:.3f}",
                f"{row['low']:.3f}..{row['high']:.3f}",
                f"{row['least']:.3f}",
                f"{row['most']:.3f}",
            )
        console.print(table)
