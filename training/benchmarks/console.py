"""What ``valoriamo benchmark`` prints for people."""

from collections.abc import Mapping
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

METRICS = ("ndcg@10", "ndcg@5", "spearman", "mrr", "map", "auc")
_UNKNOWN = "-"


def print_report(console: Console, report: Mapping[str, Any]) -> None:
    """Print one table for each judge: every system, and the product less it, by metric."""
    console.print(
        f"{report['benchmark']}: {report['vacancies']} vacancies, {report['persons']} persons, "
        f"{report['pairs']} judged pairs, as of {report['as_of']}"
    )
    console.print(
        f"{report['not_enough_data']} pairs not_enough_data, {report['tied']} pairs tied; "
        f"95% intervals, vacancies drawn {report['draws']} times"
    )
    console.print(_systems(report, report["model"]))
    if "second" in report:
        console.print("By the second judge's grades")
        console.print(_systems(report["second"], report["model"]))
        agreement = Table("the two judges", "", box=box.SIMPLE)
        for name, value in report["agreement"].items():
            agreement.add_row(name, _number(value))
        console.print(agreement)


def print_synthetic(console: Console, report: Mapping[str, Any]) -> None:
    """Print what was measured on synthetic districts, a table for each setting."""
    console.print(f"{report['benchmark']}: synthetic districts, seeds {report.get('seeds', '')}")
    for name, found in report["settings"].items():
        if "systems" in found:
            console.print(f"{name}: {found['vacancies']} vacancies, {found['pairs']} pairs")
            console.print(_ranked(found))
            console.print(f"ranker: {found['of_oracle']:.1%} of the oracle")
            needed = found["curve"]["enough_vacancies"]
            console.print(
                "it is surely above the baseline from "
                f"{needed} vacancies ({found['curve']['enough_decisions']} decisions) on"
                if needed
                else "it is surely above the baseline at no step of the curve"
            )
        else:
            console.print(
                f"{name}: {found['within']} of {len(found['districts'])} districts within "
                f"{report['most_error']} of mean absolute error and slopes {report['slopes']}; "
                f"mean error at most {report['asked_error']}: {'yes' if found['reached'] else 'no'}"
            )
            console.print(_recovered(found["summary"]))


def _ranked(found: Mapping[str, Any]) -> Table:
    table = Table("ndcg@10", "value", "95%", box=box.SIMPLE, padding=0)
    for group in ("systems", "differences"):
        for name, row in found[group].items():
            table.add_row(name, *_interval(row, "ndcg@10"))
        table.add_section()
    return table


def _recovered(summary: Mapping[str, Mapping[str, float]]) -> Table:
    columns = next(iter(summary.values()))
    table = Table("over districts", *columns, box=box.SIMPLE, padding=0)
    for name, row in summary.items():
        table.add_row(name, *(_number(value) for value in row.values()))
    return table


def _systems(judged: Mapping[str, Any], model: str) -> Table:
    table = Table(
        "metric", "system", "value", "95%", f"{model} less it", "95%", box=box.SIMPLE, padding=0
    )
    for metric in (name for name in METRICS if name in judged):
        table.add_row(metric, model, *_interval(judged, metric))
        for name, row in judged["peers"].items():
            difference = judged["differences"][name]
            table.add_row("", name, *_interval(row, metric), *_interval(difference, metric))
        table.add_section()
    return table


def _interval(row: Mapping[str, Any], metric: str) -> tuple[str, str]:
    if row[metric] is None:
        return _UNKNOWN, _UNKNOWN
    return _number(row[metric]), f"{row[metric + '_low']:.3f}..{row[metric + '_high']:.3f}"


def _number(value: float | None) -> str:
    return _UNKNOWN if value is None else f"{value:.3f}"
