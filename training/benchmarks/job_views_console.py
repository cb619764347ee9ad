"""What ``valoriamo benchmark job-views`` prints for people."""

from collections.abc import Mapping
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from training.benchmarks.job_views_draws import METRICS

_MODES = ("text", "ranker", "interests", "place", "same_city")


def print_views(console: Console, report: Mapping[str, Any]) -> None:
    """Print a table of systems by metric for each direction."""
    console.print(
        f"{report['benchmark']}: {report['applicants']} applicants, {report['views']} views of "
        f"{report['jobs']} jobs; {report['taxonomy']}; places by {report['place_by']}"
    )
    for title, side in (
        ("Jobs ranked for applicants", report),
        ("Applicants ranked for jobs", report["turned"]),
    ):
        console.print(
            f"{title}: {side['queries']} queries, each one viewed among up to "
            f"{report['others']} others; 95% intervals"
        )
        console.print(_table(side))


def _table(side: Mapping[str, Any]) -> Table:
    table = Table(
        "metric", "system", "value", "95%", "text less it", "95%", box=box.SIMPLE, padding=0
    )
    for metric in METRICS:
        for mode in ("", *_MODES):
            key = f"{mode}_{metric}" if mode else metric
            table.add_row("" if mode else metric, mode or "all", *_interval(side, key))
        for name, row in side["peers"].items():
            less = _interval(side["differences"][name], metric)
            table.add_row("", name, *_interval(row, metric), *less)
        table.add_section()
    return table


def _interval(row: Mapping[str, Any], key: str) -> tuple[str, str]:
    return f"{row[key]:.3f}", f"{row[key + '_low']:.3f}..{row[key + '_high']:.3f}"
