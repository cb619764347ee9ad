"""``benchmark fund-allocation``: settings, districts, and what is printed."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from matching.accompaniment.fund.setting import required
from matching.cli.progress import waiting
from matching.cli.quiet import library_silent
from matching.cli.records import json_line
from matching.service import Service
from training.benchmarks.experiment import write_results
from training.benchmarks.experiment_accompaniment import read_fund_run
from training.benchmarks.fund_allocation import FundRun, fund_allocation

NAME = "fund-allocation"
_CURVE = ("floor", "value", "highest_need_euros", "highest_need_benefit", "highest_need_people")


def run_fund(build_service: Callable[[], Service], *, record: Path | None, as_json: bool) -> None:
    """Measure, write what is to be recorded, and print it."""
    run = FundRun(**read_fund_run(record, NAME)) if record else FundRun()
    service = build_service()
    policy = required(service.fund_policy, service.territory)
    with waiting("Drawing districts and choosing the steps of each"), library_silent():
        report = fund_allocation(service.territory, policy, run)
    if record:
        typer.echo(f"results written to {write_results(record, report)}", err=True)
    if as_json:
        typer.echo(json_line(report))
    else:
        print_fund(Console(), report)


def print_fund(console: Console, report: Mapping[str, Any]) -> None:
    """Print what is asked and met, every number over districts, and the curve of the floor."""
    count = len(report["seeds"])
    console.print(
        f"{report['benchmark']}: {count} synthetic districts of {report['plans']} plans and "
        f"{report['services']} services; budget {report['budget_share']:.0%} of what is asked for"
    )
    for name, met in report["met"].items():
        console.print(f"{name}: as asked in {met} of {count} districts")
    table = Table("over districts", "mean", "95%", "least", "most", box=box.SIMPLE, padding=0)
    for name, row in report["summary"].items():
        table.add_row(name, *_cells(row))
    console.print(table)
    table = Table(
        "floor",
        "benefit",
        "euros to the highest need",
        "benefit to it",
        "people of it",
        box=box.SIMPLE,
        padding=0,
    )
    for row in report["curve"]:
        table.add_row(*(f"{row[name]['mean']:.3f}" for name in _CURVE))
    console.print("floor, and what the highest need gets: shares of the highest need first")
    console.print(table)
    whole = report["whole_proposal"]
    console.print(
        f"a proposal with everything beside it: {whole['seconds']} s "
        f"({whole['processor_seconds']} of processor); "
        + ("the optimum is proven" if whole["proven"] else f"gap {whole['gap']:.2%}")
    )


def _cells(row: Mapping[str, float]) -> tuple[str, str, str, str]:
    return (
        f"{row['mean']:.3f}",
        f"{row['low']:.3f}..{row['high']:.3f}",
        f"{row['least']:.3f}",
        f"{row['most']:.3f}",
    )
