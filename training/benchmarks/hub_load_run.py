"""``benchmark hub-load``: settings, material, the measuring, and what is printed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from matching.cli.progress import waiting
from matching.cli.records import json_line
from matching.errors import InputError
from matching.service import Service
from training.benchmarks.experiment import read_counts, write_results

NAME = "hub-load"
_COUNTS = ("people", "vacancies", "clients", "seconds", "rounds", "read_seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class HubLoadRun:
    """Everything a run depends on besides the product and the machine.

    The hub has ``people`` and ``vacancies``; ``clients`` ask the mix for ``seconds``, and reads
    alone for ``read_seconds`` in each of the ``rounds``.
    """

    people: int = 1_500
    vacancies: int = 2_000
    clients: int = 20
    seconds: int = 60
    rounds: int = 7
    read_seconds: int = 8
    seed: int = 20261122


def read_hub_load(folder: Path, benchmark: str) -> HubLoadRun:
    """Read the ``config.toml`` of an experiment on the hub's load.

    Raises
    ------
    InputError
        As :func:`training.benchmarks.experiment.read_counts`.
    """
    return HubLoadRun(**read_counts(folder, benchmark, _COUNTS))


def run_hub_load(
    build_service: Callable[[], Service], *, record: Path | None, as_json: bool
) -> None:
    """Measure, write what is to be recorded, and print it.

    Raises
    ------
    InputError
        On a machine that does not tell what a process takes (/proc).
    """
    # The API's libraries are for this benchmark alone, and load for seconds.
    from training.benchmarks.hub_load import hub_load
    from training.benchmarks.hub_load_material import filled

    if not Path("/proc/self/statm").is_file():
        raise InputError("hub-load reads from /proc what a server takes: run it on Linux.")
    run = read_hub_load(record, NAME) if record else HubLoadRun()
    service = build_service()
    with TemporaryDirectory(prefix="hub-load-") as folder:
        with waiting("Inventing people and vacancies, and entering them into a hub"):
            hub = filled(
                Path(folder), service, people=run.people, vacancies=run.vacancies,
                managers=run.clients, seed=run.seed, today=date.today(),
            )  # fmt: skip
        with waiting("Asking the hub, and a bare endpoint beside it"):
            measured = hub_load(
                hub, seconds=run.seconds, rounds=run.rounds, read_seconds=run.read_seconds,
                seed=run.seed,
            )  # fmt: skip
    report = {"benchmark": NAME, **measured}
    if record:
        typer.echo(f"results written to {write_results(record, report)}", err=True)
    if as_json:
        typer.echo(json_line(report))
    else:
        print_hub_load(Console(), report)


def print_hub_load(console: Console, report: Mapping[str, Any]) -> None:
    """Print what was reached: reads beside the bare endpoint, the mix by kind, the memory."""
    reads, mix, memory = report["reads"], report["mix"], report["mix"]["memory_mb"]
    console.print(
        f"{report['benchmark']}: {report['people']} people, {report['vacancies']} vacancies, "
        f"{report['clients']} clients, {report['cores']} cores"
    )
    for name in ("bare", "hub"):
        one = reads[name]
        console.print(
            f"reads, {name}: {one['per_second']:.0f} a second, p50 {one['p50_ms']} ms, "
            f"p99 {one['p99_ms']} ms, {one['cpu_ms']} ms of a processor each"
        )
    share = reads["share_of_bare"]
    console.print(
        f"reads of the hub, by the bare endpoint's: {share['median']} "
        f"({share['least']}-{share['most']})"
    )
    table = Table("mix", "requests", "p50 ms", "p99 ms", box=box.SIMPLE, padding=0)
    for kind, one in mix["kinds"].items():
        table.add_row(
            kind, str(one["count"]), str(one.get("p50_ms", "")), str(one.get("p99_ms", ""))
        )
    console.print(table)
    console.print(
        f"mix: {mix['per_second']:.0f} a second for {report['seconds']} s, p50 {mix['p50_ms']} ms, "
        f"p99 {mix['p99_ms']} ms, {mix['errors']} errors"
    )
    console.print(
        f"memory: {memory['begun']} MB, {memory['after_a_third']} after a third, "
        f"{memory['ended']} at the end; journal: {report['journal']['entries']} entries, "
        f"{report['journal']['problems']} problems"
    )
