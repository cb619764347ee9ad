"""``benchmark ranking-speed``: settings, material, the measuring, and what is printed."""

import os
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from matching.cli.progress import waiting
from matching.cli.records import json_line
from matching.domain import Vacancy
from matching.ranking.pool import SCORED_WHOLE
from matching.service import Service
from matching.service.paging import HEAD
from training.benchmarks.experiment import RankingSpeedRun, read_ranking_speed, write_results
from training.benchmarks.ranking_hub import hub, shortlists, trees
from training.benchmarks.ranking_material import Material, in_turn, many_people, material
from training.benchmarks.ranking_peers import Layout
from training.benchmarks.ranking_speed import best_kept, chains_of, two_stages, whole_or_staged

NAME = "ranking-speed"
_PEERS = ("scipy", "pandas", "lightgbm", "numpy")
_SCORED = (1_000, HEAD)
_KEPT = (1_000, 2_000, HEAD, 10_000)
_SIZES = (HEAD, 10_000, 20_000, 50_000)
_ROWS = (1, 20, 1_500)


def run_ranking_speed(
    build_service: Callable[[], Service], *, record: Path | None, as_json: bool
) -> None:
    """Measure, write what is to be recorded, and print it."""
    run = read_ranking_speed(record, NAME) if record else RankingSpeedRun()
    service = build_service()
    with waiting("Generating a district, training a ranker, and ranking with each chain"):
        made = material(service, people=run.people, vacancies=run.vacancies, seed=run.seed)
        report = ranking_speed(service, made, run)
    if record:
        typer.echo(f"results written to {write_results(record, report)}", err=True)
    if as_json:
        typer.echo(json_line(report))
    else:
        print_ranking_speed(Console(), report)


def ranking_speed(service: Service, made: Material, run: RankingSpeedRun) -> Mapping[str, Any]:
    """Everything measured, with what it was measured on and how busy the machine was."""
    before = os.getloadavg()
    matcher = replace(service.matcher, ranker=made.ranker)
    pool = matcher.pool(made.profiles)
    asked = in_turn(made.vacancies, run.each * run.rounds)
    rounds = [asked[start : start + run.each] for start in range(0, len(asked), run.each)]
    ranked = hub(matcher, pool, rounds, explained=run.explained)
    listed = shortlists(matcher, pool, rounds, as_of=made.as_of, explained=run.explained)
    scored = trees(matcher, pool, rounds[0], rounds=run.rounds, sizes=_ROWS)

    def many(count: int, layouts: Sequence[Layout]) -> Any:
        people = many_people(pool.people, matcher.space, count=count, seed=run.seed)
        return chains_of(people, matcher.space, made.ranker, layouts)

    sizes = [size for size in _SIZES if size <= run.pool]
    staged = [whole_or_staged(many(size, ()), rounds, most=HEAD) for size in sizes]
    large = many(run.pool, tuple(Layout))
    return {
        "benchmark": NAME,
        "people": len(made.profiles),
        "vacancies": len(made.vacancies),
        "pool": run.pool,
        "each": run.each,
        "rounds": run.rounds,
        "explained": run.explained,
        "seed": run.seed,
        "scored_whole": SCORED_WHOLE,
        "head": HEAD,
        "python": platform.python_version(),
        "versions": {name: version(name) for name in _PEERS},
        "hub": ranked,
        "shortlists": listed,
        "trees": scored,
        "two_stages": [two_stages(large, rounds, most=most) for most in _SCORED],
        "best_kept": best_kept(
            large, _different(made.vacancies, run.compared), first=run.explained, kept=_KEPT
        ),
        "whole_or_staged": staged,
        "load": {
            "before": [round(one, 1) for one in before],
            "after": [round(one, 1) for one in os.getloadavg()],
        },
    }


def _different(vacancies: Sequence[Vacancy], count: int) -> Sequence[Vacancy]:
    """So many vacancies at most, from all over the list."""
    step = max(1, len(vacancies) // count)
    return vacancies[::step][:count]


def print_ranking_speed(console: Console, report: Mapping[str, Any]) -> None:
    """Print every chain's milliseconds, and how many times as long as the product it took."""
    console.print(
        f"{report['benchmark']}: {report['rounds']} rounds of {report['each']} vacancies; "
        "milliseconds a vacancy of one processor, median (least-most)"
    )
    _print_chains(
        console,
        f"{report['hub']['people']} people, reasons for {report['hub']['explained']}",
        report["hub"],
    )
    listed = report["shortlists"]
    console.print(
        f"whole shortlist, with questions and changes: {listed['first']} ms to the first "
        f"{listed['explained']}, {_spread(listed['total'])} to everybody"
    )
    for size, ratio in report["trees"]["ratios"].items():
        console.print(f"trees, {size} rows: {_spread(ratio)} times as fast as Booster.predict")
    for found in report["two_stages"]:
        _print_chains(console, f"{found['people']} people, {found['scored']} scored", found)
    kept = report["best_kept"]
    for most, share in kept["kept"].items():
        console.print(
            f"of the best {kept['first']} of {kept['people']} stage one keeps {share['mean']:.3f} "
            f"among {most} (all in {share['whole']} of {kept['vacancies']} vacancies)"
        )
    for found in report["whole_or_staged"]:
        console.print(
            f"{found['people']} people: everybody takes {_spread(found['ratios']['whole'])} times "
            f"as long as the best {report['head']}"
        )


def _print_chains(console: Console, title: str, found: Mapping[str, Any]) -> None:
    steps = [name for name in next(iter(found["milliseconds"].values())) if name != "wall"]
    table = Table(title, *steps[:-1], "total", "times as long", box=box.SIMPLE, padding=0)
    for name, row in found["milliseconds"].items():
        ratio = found["ratios"].get(name)
        table.add_row(
            name,
            *(f"{row[step]:.1f}" if step in row else "" for step in steps[:-1]),
            _spread(row["total"]),
            "" if ratio is None else _spread(ratio),
        )
    console.print(table)


def _spread(found: Mapping[str, float]) -> str:
    return f"{found['median']:.1f} ({found['least']:.1f}-{found['most']:.1f})"
