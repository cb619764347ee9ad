"""``valoriamo benchmark``: measure the product, on a judged set or on synthetic districts."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

import typer
from rich.console import Console

from matching.cli.progress import waiting
from matching.cli.records import json_line
from matching.service import RankerChoice, Service
from training.benchmarks.censored_hazard_run import run_censored
from training.benchmarks.console import print_report, print_synthetic
from training.benchmarks.embedding import LEFT_OUT, load_encoder
from training.benchmarks.experiment import (
    Run,
    SyntheticRun,
    read_config,
    read_synthetic,
    write_results,
)
from training.benchmarks.fund_allocation_run import run_fund
from training.benchmarks.hazard_recovery import hazard_recovery
from training.benchmarks.hub_load_run import run_hub_load
from training.benchmarks.italian_extraction_run import Asked, run_extraction
from training.benchmarks.italian_extraction_set import Split
from training.benchmarks.job_views_run import ViewsAsked, run_views
from training.benchmarks.judged import read_judged
from training.benchmarks.learned_ranking import synthetic_ranking
from training.benchmarks.matching_speed_run import SpeedAsked, run_speed
from training.benchmarks.measure_effects_run import run_effects
from training.benchmarks.ranking_speed_run import run_ranking_speed
from training.benchmarks.reach_gain import run_reach_gain
from training.benchmarks.resources import Resources
from training.benchmarks.resume_relevance import resume_relevance
from training.benchmarks.risk_run import RiskAsked, run_risk
from training.benchmarks.risk_speed_run import run_risk_speed
from training.benchmarks.skill_linking_run import run_skills
from training.benchmarks.titles_run import TitleBenchmark, TitlesAsked, run_titles
from training.synthetic import Size


class Benchmark(StrEnum):
    """What can be measured."""

    RESUME_RELEVANCE = "resume-relevance"
    JOB_VIEWS = "job-views"
    SYNTHETIC_RANKING = "synthetic-ranking"
    HAZARD_RECOVERY = "hazard-recovery"
    ITALIAN_EXTRACTION = "italian-extraction"
    SKILL_LINKING = "skill-linking"
    OCCUPATION_LINKING = "occupation-linking"
    TITLE_SIMILARITY = "title-similarity"
    TITLE_CONFIDENCE = "title-confidence"
    MATCHING_SPEED = "matching-speed"
    RISK = "risk"
    RANKING_SPEED = "ranking-speed"
    CENSORED_HAZARD = "censored-hazard"
    RISK_SPEED = "risk-speed"
    FUND_ALLOCATION = "fund-allocation"
    MEASURE_EFFECTS = "measure-effects"
    REACH_GAIN = "reach-gain"
    HUB_LOAD = "hub-load"


_ON_DISTRICTS = MappingProxyType(
    {
        Benchmark.RANKING_SPEED: run_ranking_speed,
        Benchmark.CENSORED_HAZARD: run_censored,
        Benchmark.RISK_SPEED: run_risk_speed,
        Benchmark.HUB_LOAD: run_hub_load,
    }
)
_WITH_EMBEDDING = (Benchmark.RESUME_RELEVANCE, Benchmark.JOB_VIEWS)


def add_benchmark(
    app: typer.Typer,
    *,
    build_service: Callable[[RankerChoice], Service],
    own_set: Callable[[], Path],
    own_extraction: Callable[[], Path],
    linking: Callable[[], Resources],
    peer_python: Callable[[], Path | None],
    measures: Callable[[], Path],
) -> None:
    """Register ``benchmark`` on a command line.

    Parameters
    ----------
    app
        The command line.
    build_service
        Makes the product, with the ranker named, from the settings, which only a composition
        point reads.
    own_set
        The folder of the project's own judged set, used when ``--data`` is not given.
    own_extraction
        The same of its extraction set.
    linking
        What linkers are measured with, from the settings.
    peer_python
        The Python of an environment with scikit-survival, if the settings name one.
    measures
        The folder of what is believed of measures.
    """

    @app.command()
    def benchmark(
        name: Annotated[Benchmark, typer.Argument(help="What to measure.")],
        data: Annotated[
            Path | None,
            typer.Option(
                help="Folder of a judged or extraction set; without it, the project's own."
            ),
        ] = None,
        model: Annotated[
            RankerChoice, typer.Option(help="Which ranker is measured on a judged set.")
        ] = RankerChoice.BASELINE,
        split: Annotated[
            Split | None,
            typer.Option(help="Which half of an extraction set is measured [test]."),
        ] = None,
        errors: Annotated[
            bool,
            typer.Option("--errors", help="List misses and false findings, with --split dev only."),
        ] = False,
        cross_fit: Annotated[
            bool,
            typer.Option(
                "--cross-fit",
                help="Of occupation-linking: also let trees learn from four fifths of the titles.",
            ),
        ] = False,
        embedding: Annotated[
            Path | None,
            typer.Option(
                help="Of resume-relevance and job-views: folder of a sentence-embedding model to "
                "compare with."
            ),
        ] = None,
        as_json: Annotated[
            bool, typer.Option("--json", help="One JSON object of metrics on the last line.")
        ] = False,
        as_of: Annotated[
            datetime | None,
            typer.Option(
                "--as-of",
                formats=["%Y-%m-%d"],
                metavar="DATE",
                help="Compute as of this day, YYYY-MM-DD [today].",
            ),
        ] = None,
        record: Annotated[
            Path | None,
            typer.Option(help="Experiment folder: run its config.toml, write its results.json."),
        ] = None,
    ) -> None:
        """Measure rankings, extraction, or what training recovers of a known truth.

        Example: valoriamo benchmark resume-relevance --json
        """
        if embedding is not None and name not in _WITH_EMBEDDING:
            raise typer.BadParameter(
                f"{name} compares no embedding model; leave --embedding out.",
                param_hint="--embedding",
            )
        if name is Benchmark.ITALIAN_EXTRACTION:
            run_extraction(
                build_service,
                own_extraction,
                Asked(data=data, split=split, as_of=as_of, errors=errors, record=record),
                as_json=as_json,
            )
            return
        if name is Benchmark.SKILL_LINKING and split is None and not (errors or cross_fit):
            run_skills(linking, data=data, record=record, as_json=as_json)
            return
        if name.value in set(map(str, TitleBenchmark)) and split is None and not errors:
            asked = TitlesAsked(data=data, cross_fit=cross_fit, record=record)
            run_titles(TitleBenchmark(name), linking, asked, as_json=as_json)
            return
        if name is Benchmark.MATCHING_SPEED and split is None and not (errors or cross_fit):
            run_speed(linking, own_set, SpeedAsked(data=data, record=record), as_json=as_json)
            return
        if name is Benchmark.RISK and split is None and not (errors or cross_fit):
            run_risk(
                RiskAsked(data=data, record=record), peer_python=peer_python(), as_json=as_json
            )
            return
        if name is Benchmark.JOB_VIEWS and split is None and not (errors or cross_fit):
            views = ViewsAsked(data=data, as_of=as_of, embedding=embedding, record=record)
            run_views(lambda: build_service(model), linking, views, as_json=as_json)
            return
        if cross_fit:
            raise typer.BadParameter(
                f"{name} has no cross-fitted trees; leave --cross-fit out.",
                param_hint="--cross-fit",
            )
        if split is not None or errors:
            raise typer.BadParameter(
                f"{name} has no halves and lists no errors; leave --split and --errors out.",
                param_hint="--split / --errors",
            )
        judged = name is Benchmark.RESUME_RELEVANCE
        if not judged and (data is not None or as_of is not None):
            raise typer.BadParameter(
                f"{name} runs on districts that it generates; leave --data and --as-of out.",
                param_hint="--data / --as-of",
            )
        if name is Benchmark.FUND_ALLOCATION:
            run_fund(lambda: build_service(RankerChoice.BASELINE), record=record, as_json=as_json)
            return
        if name is Benchmark.REACH_GAIN:
            run_reach_gain(
                lambda: build_service(RankerChoice.BASELINE), record=record, as_json=as_json
            )
            return
        if name is Benchmark.MEASURE_EFFECTS:
            run_effects(measures, record=record, as_json=as_json)
            return
        if name in _ON_DISTRICTS:
            _ON_DISTRICTS[name](
                lambda: build_service(RankerChoice.BASELINE), record=record, as_json=as_json
            )
            return
        if judged:
            run = read_config(record, name) if record else Run(data=own_set(), as_of=date.today())
            run = replace(
                run,
                data=run.data if data is None else data,
                as_of=run.as_of if as_of is None else as_of.date(),
            )
            report = _judged(build_service(model), run, embedding)
        else:
            made = read_synthetic(record, name) if record else SyntheticRun()
            with waiting("Generating districts, training and comparing"):
                report = _synthetic(name, build_service(RankerChoice.BASELINE), made)
        if record:
            typer.echo(f"results written to {write_results(record, report)}", err=True)
        if as_json:
            typer.echo(json_line(report))
        elif judged:
            print_report(Console(), report)
        else:
            print_synthetic(Console(), report)


def _judged(service: Service, run: Run, embedding: Path | None) -> Mapping[str, Any]:
    encoder = None if embedding is None else load_encoder(embedding)
    if embedding is not None and encoder is None:
        typer.echo(LEFT_OUT, err=True)
    return resume_relevance(
        service,
        read_judged(run.data),
        as_of=run.as_of,
        encoder=encoder,
        draws=run.draws,
        seed=run.seed,
    )


def _synthetic(name: Benchmark, service: Service, run: SyntheticRun) -> Mapping[str, Any]:
    if name is Benchmark.SYNTHETIC_RANKING:
        return synthetic_ranking(
            service,
            seeds=run.seeds,
            size=Size(people=run.people, vacancies=run.vacancies),
            draws=run.draws,
            seed=run.seed,
        )
    return hazard_recovery(
        service.territory, service.taxonomy, seeds=run.seeds, trained_on=run.people
    )
