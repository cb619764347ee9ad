"""``benchmark matching-speed``: settings, material, the measuring, and what is printed."""

import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from matching.cli.progress import waiting
from matching.cli.records import json_line
from training.benchmarks.experiment import SpeedRun, read_speed_run, write_results
from training.benchmarks.judged import read_judged
from training.benchmarks.matching_speed import linking_speed, matching_speed
from training.benchmarks.resources import Resources
from training.benchmarks.speed_material import many_labels, planted_documents

NAME = "matching-speed"
_PEERS = ("spacy", "rapidfuzz", "ahocorasick_rs", "numpy")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedAsked:
    """What was asked for on the command line."""

    data: Path | None
    record: Path | None


def run_speed(
    linking: Callable[[], Resources],
    own_set: Callable[[], Path],
    asked: SpeedAsked,
    *,
    as_json: bool,
) -> None:
    """Measure, write what is to be recorded, and print it."""
    run = read_speed_run(asked.record, NAME) if asked.record else SpeedRun()
    if asked.data is not None:
        run = replace(run, data=asked.data)
    with waiting("Building the matchers and reading texts with each"):
        report = speed_report(linking(), run.data or own_set(), run)
    if asked.record:
        typer.echo(f"results written to {write_results(asked.record, report)}", err=True)
    if as_json:
        typer.echo(json_line(report))
    else:
        print_speed(Console(), report)


def speed_report(resources: Resources, data: Path, run: SpeedRun) -> Mapping[str, Any]:
    """Everything measured, with what it was measured on."""
    judged = read_judged(data)
    labels = many_labels(resources.lexicon, resources.imported, count=run.labels, seed=run.seed)
    documents = planted_documents(
        [record.text for record in (*judged.vacancies, *judged.persons)],
        labels,
        count=run.texts,
        words=run.words,
        seed=run.seed,
    )
    return {
        "benchmark": NAME,
        "taxonomy": resources.used,
        "labels": len(labels),
        "texts": len(documents),
        "words": round(sum(len(one.text.split()) for one in documents) / len(documents)),
        "rounds": run.rounds,
        "phrases": run.phrases,
        "seed": run.seed,
        "python": platform.python_version(),
        "versions": {name: version(name) for name in _PEERS},
        "matching": matching_speed(labels, documents, rounds=run.rounds),
        "linking": linking_speed(
            labels,
            phrases=run.phrases,
            compared=max(1, run.phrases // 20),
            rounds=run.rounds,
            seed=run.seed,
        ),
    }


def print_speed(console: Console, report: Mapping[str, Any]) -> None:
    """Print the systems with their speed, and how much faster the product is."""
    console.print(
        f"{report['benchmark']}: {report['labels']} labels ({report['taxonomy']}), "
        f"{report['texts']} texts of {report['words']} words, {report['rounds']} rounds"
    )
    matching = report["matching"]
    table = Table(
        "system", "texts/s", "found as written", "inflected", "times faster", box=box.SIMPLE
    )
    for name, row in matching["systems"].items():
        ratio = matching["ratios"].get(name)
        table.add_row(
            name,
            f"{row['texts_per_second']:.0f}",
            f"{row['found_as_written']:.3f}",
            f"{row['found_inflected']:.3f}",
            "" if ratio is None else _ratio(ratio),
        )
    console.print(table)
    loading, linking = matching["loading"], report["linking"]
    console.print(
        f"index: {loading['seconds']} s and {loading['memory_mb']} MB to load, "
        f"{loading['file_mb']} MB on disk"
    )
    console.print(
        f"linking: {linking['milliseconds']} ms a phrase, {_ratio(linking['ratio'])} times as fast "
        f"as process.extract; recall@1 {linking['recall@1']:.3f} and {linking['peer_recall@1']:.3f}"
    )


def _ratio(found: Mapping[str, float]) -> str:
    return f"{found['median']} ({found['least']}-{found['most']})"
