"""What the linking benchmarks print for people: one table of systems by metrics."""

from collections.abc import Mapping
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table


def print_linking(console: Console, report: Mapping[str, Any]) -> None:
    """Print each metric of the product and its peers, with its 95% interval."""
    console.print(f"{report['benchmark']}: read with {report['taxonomy']}; 95% intervals")
    names = [name for name in report if f"{name}_low" in report]
    systems = {"valoriamo": report, **report["peers"]}
    table = Table("", *systems, box=box.SIMPLE, padding=0)
    for name in names:
        cells = [
            f"{found[name]:.3f} ({found[f'{name}_low']:.3f}-{found[f'{name}_high']:.3f})"
            for found in systems.values()
        ]
        table.add_row(name, *cells)
    console.print(table)
