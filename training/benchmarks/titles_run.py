"""How the benchmarks of job titles run: what was asked, what the product knows, the figures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from matching.cli.progress import waiting
from matching.cli.records import json_line
from matching.errors import InputError
from matching.extraction.language import identify
from matching.linking.confidence import load_confidence
from matching.linking.labels import OccupationLabels, imported_labels
from matching.linking.title_similarity import title_comparer
from matching.linking.titles import TitleLinker
from training.benchmarks.experiment import TitleRun, read_title_run, write_results
from training.benchmarks.occupation_linking import occupation_linking
from training.benchmarks.occupation_titles_set import read_titles
from training.benchmarks.resources import Resources
from training.benchmarks.similar_titles_set import SimilarTitles, read_similar_titles
from training.benchmarks.title_confidence import title_confidence
from training.benchmarks.title_similarity import title_similarity
from training.benchmarks.titles_console import print_titles


class TitleBenchmark(StrEnum):
    """What can be measured of job titles."""

    OCCUPATION_LINKING = "occupation-linking"
    TITLE_SIMILARITY = "title-similarity"
    TITLE_CONFIDENCE = "title-confidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class TitlesAsked:
    """What a command was given; None stands for the run's own value."""

    data: Path | None = None
    cross_fit: bool = False
    record: Path | None = None

    def run(self, name: TitleBenchmark) -> TitleRun:
        """The run that was asked for: options win over a recorded configuration.

        Raises
        ------
        InputError
            When the configuration cannot be used, or no set is named.
        """
        run = TitleRun() if self.record is None else read_title_run(self.record, name)
        run = replace(
            run,
            data=run.data if self.data is None else self.data,
            cross_fit=run.cross_fit or self.cross_fit,
        )
        if run.data is None and name is not TitleBenchmark.TITLE_CONFIDENCE:
            raise InputError(f"{name} has no set of its own: name the folder of one with --data.")
        return run


def measured_titles(name: TitleBenchmark, resources: Resources, run: TitleRun) -> Mapping[str, Any]:
    """Measure the shipped linker; nothing is learned from a set, except by ``cross_fit``.

    Raises
    ------
    InputError
        When a set cannot be read, or nothing is imported where an import is needed.
    DataError
        When the shipped curve of confidence cannot be used.
    """
    if name is TitleBenchmark.TITLE_CONFIDENCE:
        return title_confidence(_needed(resources, run.language), seed=run.seed)
    if run.data is None:
        raise InputError(f"{name} has no set of its own: name the folder of one with --data.")
    if name is TitleBenchmark.OCCUPATION_LINKING:
        report = occupation_linking(
            read_titles(run.data),
            resources.imported,
            load_confidence(resources.linking_dir),
            cross_fit=run.cross_fit,
            draws=run.draws,
            seed=run.seed,
        )
    else:
        given = read_similar_titles(run.data)
        labels = resources.occupations(_language(given))
        comparer = title_comparer(TitleLinker.of(labels), resources.imported)
        report = title_similarity(comparer, given, draws=run.draws, seed=run.seed)
    return report | {"taxonomy": _used(resources)}


def run_titles(
    name: TitleBenchmark,
    linking: Callable[[], Resources],
    asked: TitlesAsked,
    *,
    as_json: bool,
) -> None:
    """Measure, record if asked, and print.

    Raises
    ------
    InputError, DataError
        As :func:`measured_titles`.
    typer.BadParameter
        When trees are asked of a benchmark that has none.
    """
    if asked.cross_fit and name is not TitleBenchmark.OCCUPATION_LINKING:
        raise typer.BadParameter(
            f"{name} has no cross-fitted trees; leave --cross-fit out.", param_hint="--cross-fit"
        )
    run = asked.run(name)
    with waiting("Reading labels and ranking"):
        report = measured_titles(name, linking(), run)
    if asked.record:
        typer.echo(f"results written to {write_results(asked.record, report)}", err=True)
    if as_json:
        typer.echo(json_line(report))
    else:
        print_titles(Console(), report)


def _used(resources: Resources) -> str:
    """Return what stands behind the labels, in words."""
    if resources.imported is None:
        return "no taxonomy is imported"
    return f"the imported taxonomy {resources.imported.version}"


def _needed(resources: Resources, language: str) -> OccupationLabels:
    if resources.imported is None:
        raise InputError(
            "The curve of confidence is learnt from an imported taxonomy, and none is imported. "
            "Run valoriamo taxonomy import ARCHIVE... first."
        )
    return imported_labels(resources.imported, language)


def _language(given: SimilarTitles) -> str:
    return identify("\n".join(given.documents.values()))
