"""What the benchmarks of job titles print for people."""

from collections.abc import Mapping
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from training.benchmarks.ranked_titles import NAMES


def print_titles(console: Console, report: Mapping[str, Any]) -> None:
    """Print the figures of one run: a table of systems by metric, or the curve of confidence."""
    if "reliability" in report:
        _print_confidence(console, report)
        return
    console.print(f"{report['benchmark']}: {report['taxonomy']}; 95% intervals over titles")
    systems = {"linker": report, **report["peers"]}
    if "cross_fit" in report:
        systems["trees, cross-fitted"] = report["cross_fit"]
    console.print(_table(systems, ""))
    for name in report:
        if name.endswith("_peers"):
            prefix = name.removesuffix("peers")
            console.print(f"Forms in {prefix.rstrip('_')}:")
            console.print(_table({"linker": report}, prefix))
    if "links" in report:
        links = report["links"]
        console.print(
            f"Linked at a confidence of .5: {links['answered']:.3f} of the titles, "
            f"{links['right']:.3f} of these rightly, at a mean confidence of "
            f"{links['confidence']:.3f}"
        )


def _table(systems: Mapping[str, Mapping[str, Any]], prefix: str) -> Table:
    table = Table("metric", "system", "value", "95%", "s.e.", box=box.SIMPLE, padding=0)
    for metric in NAMES:
        for name, row in systems.items():
            key = prefix + metric
            between = f"{row[key + '_low']:.3f}..{row[key + '_high']:.3f}"
            table.add_row(metric, name, f"{row[key]:.3f}", between, f"{row[key + '_se']:.3f}")
        table.add_section()
    return table


def _print_confidence(console: Console, report: Mapping[str, Any]) -> None:
    console.print(
        f"{report['benchmark']} ({report['language']}): off by {report['calibration_error']:.3f} "
        f"on average, over {report['titles']} titles"
    )
    table = Table("answers", "confidence", "right", box=box.SIMPLE, padding=0)
    for row in report["reliability"]:
        table.add_row(str(row["answers"]), f"{row['confidence']:.2f}", f"{row['right']:.2f}")
    console.print(table)
