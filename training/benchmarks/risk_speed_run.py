"""``benchmark risk-speed``: settings, the measuring, and what is printed."""

import os
import platform
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from matching.cli.progress import waiting
from matching.cli.records import json_line
from matching.models.hazard_loops import compiled_fold
from matching.service import Service
from training.benchmarks.experiment import RiskSpeedRun, read_risk_speed, write_results
from training.benchmarks.ranking_timing import Watch
from training.benchmarks.risk_speed import (
    label_task,
    learnt_from,
    many_people,
    many_scored,
    one_explained,
    spell_task,
)

NAME = "risk-speed"
_PEERS = ("lightgbm", "numpy", "pandas")


def run_risk_speed(
    build_service: Callable[[], Service], *, record: Path | None, as_json: bool
) -> None:
    """Measure, write what is to be recorded, and print it."""
    run = read_risk_speed(record, NAME) if record else RiskSpeedRun()
    service = build_service()
    with waiting("Generating a district, training, and scoring with each estimator"):
        report = risk_speed(service, run)
    if record:
        typer.echo(f"results written to {write_results(record, report)}", err=True)
    if as_json:
        typer.echo(json_line(report))
    else:
        print_risk_speed(Console(), report)


def risk_speed(service: Service, run: RiskSpeedRun, *, members: int = 8) -> Mapping[str, Any]:
    """Everything measured, with what it was measured on and how busy the machine was.

    ``members`` are those of the boosted estimator's interval.
    """
    before = os.getloadavg()
    learnt = learnt_from(
        service.territory,
        service.taxonomy,
        people=run.people,
        others=run.explained,
        seed=run.seed,
    )
    people = many_people(learnt.features, count=run.scored, seed=run.seed)
    label, spells = label_task(learnt), spell_task(learnt, members=members)
    return {
        "benchmark": NAME,
        "people": run.people,
        "scored": run.scored,
        "rounds": run.rounds,
        "explained": run.explained,
        "seed": run.seed,
        "python": platform.python_version(),
        "versions": {name: version(name) for name in _PEERS},
        "compiled": compiled_fold() is not None,
        "label": many_scored(label, people, rounds=run.rounds),
        "spells": many_scored(spells, people, rounds=run.rounds),
        "one": one_explained(spells.models, learnt.others, wording=service.wording),
        "empty_loop": _empty_loop(),
        "load": {
            "before": [round(one, 1) for one in before],
            "after": [round(one, 1) for one in os.getloadavg()],
        },
    }


def _empty_loop() -> float:
    """Milliseconds of a million turns of a loop that does nothing: how fast the machine was."""
    watch = Watch()
    watch("turn", lambda: [None for _ in range(1_000_000)])
    return round(watch.total, 1)


def print_risk_speed(console: Console, report: Mapping[str, Any]) -> None:
    """Print milliseconds, and how many times as long as each estimator a booster took."""
    console.print(
        f"{report['benchmark']}: {report['scored']} people, {report['rounds']} rounds, one thread; "
        "milliseconds of the processor, median (least-most)"
    )
    for name in ("label", "spells"):
        found = report[name]
        trees = ", ".join(f"{peer} {count}" for peer, count in found["trees"].items())
        peers = [f"{peer} as long" for peer in found["trees"]]
        table = Table(f"{name}; trees: {trees}", "ms", *peers, box=box.SIMPLE, padding=0)
        for row, taken in found["milliseconds"].items():
            ratios = found["ratios"].get(row, {})
            table.add_row(row, _spread(taken, 0), *(_spread(one, 2) for one in ratios.values()))
        console.print(table)
    one = report["one"]
    for name, found in one["models"].items():
        taken = found["milliseconds"]
        console.print(
            f"one person with intervals, reasons and questions, {name}: {taken['p50']:.1f} ms, "
            f"95% within {taken['p95']:.1f} (asked: {one['most']:g})"
        )
    console.print(f"a million turns of an empty loop of Python: {report['empty_loop']:.0f} ms")


def _spread(found: Mapping[str, float], digits: int) -> str:
    median, least, most = (f"{found[name]:.{digits}f}" for name in ("median", "least", "most"))
    return f"{median} ({least}-{most})"
