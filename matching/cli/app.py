"""``extract`` and ``rank``: files in, one line per result out, errors with a code."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from matching.cli.accounts import add_accounts
from matching.cli.files import check_there, check_writable, read_bytes, whole_file
from matching.cli.follow import add_follow
from matching.cli.food import add_food
from matching.cli.fund import add_fund
from matching.cli.group import CommandGroup
from matching.cli.housing import add_housing
from matching.cli.impact import add_impact
from matching.cli.imports import add_imports
from matching.cli.jobs import add_jobs
from matching.cli.models import add_models
from matching.cli.operations import add_operations
from matching.cli.options import AsOf
from matching.cli.plan import add_plan
from matching.cli.privacy import add_privacy
from matching.cli.progress import progress, progress_beside_results, waiting
from matching.cli.rank_notes import rank_notes, weight_notes
from matching.cli.reach import add_reach
from matching.cli.reading import read_person, read_vacancy
from matching.cli.records import (
    error_row,
    extraction_row,
    json_line,
    read_records,
    write_scores,
)
from matching.cli.retention import add_retention
from matching.cli.rights import add_rights
from matching.cli.risk import add_risk
from matching.cli.screens import print_extraction
from matching.cli.serve import add_serve
from matching.cli.services import add_services
from matching.cli.taxonomy import add_taxonomy
from matching.cli.upkeep import add_upkeep
from matching.domain import Dimension, DocumentKind
from matching.errors import DocumentError, InputError
from matching.ranking.weights import parse_weights
from matching.service import RankerChoice, Service, build
from matching.settings import Settings, read_settings
from matching.taxonomy.esco import is_imported
from matching.wording import Wording, load_wording


def make_app() -> typer.Typer:
    """The command line of the hub's verbs."""
    app = typer.Typer(
        name="valoriamo",
        cls=CommandGroup,
        help="Matching and accompaniment engine of welfare hubs.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.command()(extract)
    app.command()(rank)
    add_serve(app)
    add_operations(app, settings=read_settings, wording=_wording)
    add_taxonomy(app, settings=read_settings, wording=_wording)
    add_models(
        app,
        home=lambda: read_settings().home,
        wording=lambda: _wording(read_settings()),
    )
    add_risk(
        app,
        service=lambda with_risk=False: _service(
            read_settings(), ranker=RankerChoice.BASELINE, with_risk=with_risk
        ),
        day=_day,
    )
    add_upkeep(
        app,
        service=lambda: _service(read_settings(), ranker=RankerChoice.BASELINE),
        day=_day,
    )
    add_services(
        app,
        service=lambda: _service(read_settings(), ranker=RankerChoice.BASELINE),
        day=_day,
    )
    add_fund(
        app,
        service=lambda: _service(read_settings(), ranker=RankerChoice.BASELINE),
        settings=read_settings,
        wording=_wording,
        day=_day,
    )
    add_reach(app, service=lambda: _service(read_settings(), ranker=None), day=_day)
    add_rights(app, settings=read_settings, wording=_wording, day=_day)
    add_plan(
        app,
        settings=read_settings,
        service=lambda: _service(read_settings(), ranker=None),
        day=_day,
    )
    add_follow(app, settings=read_settings, wording=_wording, day=_day)
    add_housing(app, settings=read_settings, wording=_wording, day=_day)
    add_food(app, settings=read_settings, wording=_wording, day=_day)
    add_impact(app, settings=read_settings, wording=_wording, day=_day)
    add_accounts(app, settings=read_settings, wording=_wording)
    add_imports(
        app,
        settings=read_settings,
        wording=_wording,
        service=lambda: _service(read_settings(), ranker=RankerChoice.BASELINE),
    )
    add_jobs(
        app,
        settings=read_settings,
        wording=_wording,
        service=lambda: _service(read_settings(), ranker=RankerChoice.BASELINE),
    )
    add_privacy(app, settings=read_settings, wording=_wording, day=_day)
    add_retention(app, settings=read_settings, wording=_wording, day=_day)
    return app


def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="CVs or vacancies.")],
    kind: Annotated[DocumentKind, typer.Option(help="What the files are.")] = DocumentKind.CV,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line per file.")] = False,
    taxonomy: Annotated[
        Path | None, typer.Option(help="Another lexicon, or another imported taxonomy: a folder.")
    ] = None,
    ocr: Annotated[
        bool, typer.Option("--ocr", help="Read scans by text recognition (needs tesseract).")
    ] = False,
    as_of: AsOf = None,
) -> None:
    """Find skills, occupations and facts in documents. Exit 1 if any was refused.

    Example: valoriamo extract cv.pdf lettera.docx --json
    """
    day = _day(as_of)
    check_there(files, "FILE")
    # Reading needs no model: the registry stays closed.
    service = _service(_with_taxonomy(taxonomy), ranker=RankerChoice.BASELINE)
    console = Console()
    refused = 0
    for file in progress_beside_results(files, "Reading documents"):
        try:
            document = service.read_document(read_bytes(file), file.name, ocr=ocr or None)
            found = service.extract(document.text, kind=kind, as_of=day)
        except DocumentError as error:
            refused += 1
            if as_json:
                typer.echo(json_line(error_row(file, error)))
            else:
                typer.echo(f"{file}: {error.code}: {error.message}", err=True)
            continue
        if as_json:
            typer.echo(json_line(extraction_row(file, found, ocr=document.ocr)))
        else:
            print_extraction(console, service, str(file), found, ocr=document.ocr)
    if refused:
        raise typer.Exit(1)


def rank(
    vacancies: Annotated[Path, typer.Option(help="JSON lines: id, text; if known title, comune.")],
    persons: Annotated[Path, typer.Option(help="JSON lines: id, text; if known comune.")],
    out: Annotated[Path, typer.Option(help="Tab-separated scores, one row per pair.")],
    model: Annotated[
        RankerChoice | None,
        typer.Option(help="Without it: the champion if the home has one, else the baseline."),
    ] = None,
    weights: Annotated[
        str | None,
        typer.Option(
            metavar="WEIGHTS",
            help="What dimensions count, from 0 to 3, such as skills=2,reach=0 [1 each].",
        ),
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Score every person for every vacancy by fit alone. Nobody is left out.

    Example: valoriamo rank --vacancies V.jsonl --persons P.jsonl --out scores.tsv
    """
    day, stated = _day(as_of), _weights(weights)
    check_there([vacancies], "--vacancies")
    check_there([persons], "--persons")
    check_writable(out, (vacancies, persons))
    settings = read_settings()
    asking, offering = read_records(vacancies), read_records(persons)
    service = _service(settings, ranker=model)
    typer.echo(f"model: {service.model}; as of {day.isoformat()}", err=True)
    asked = [read_vacancy(service, record, day) for record in progress(asking, "Reading vacancies")]
    for note in rank_notes(service, asked, as_of=day):
        typer.echo(note, err=True)
    if stated is not None:
        for note in weight_notes(service, asked, stated):
            typer.echo(note, err=True)
    people = [read_person(service, record, day) for record in progress(offering, "Reading persons")]
    with waiting("Scoring"):
        scores = service.scores(asked, people, weights=stated)
    with whole_file(out) as file:
        write_scores(scores, file)
    typer.echo(f"{len(scores)} pairs written to {out}", err=True)


def _service(
    settings: Settings, *, ranker: RankerChoice | None, with_risk: bool = False
) -> Service:
    with waiting("Loading the lexicon"):
        service = build(settings, ranker=ranker, with_risk=with_risk)
    for problem in service.problems:
        typer.echo(problem, err=True)
    return service


def _with_taxonomy(folder: Path | None) -> Settings:
    """The settings, with another lexicon or another imported taxonomy than theirs."""
    if folder is not None and is_imported(folder):
        return read_settings(taxonomy_dir=folder)
    return read_settings(lexicon_dir=folder)


def _wording(settings: Settings) -> Wording:
    return load_wording(settings.data_dir / "wording", settings.language)


def _day(value: str | None) -> date:
    if value is None:
        return date.today()
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise typer.BadParameter(
            f"{value!r} is not a date like 2026-11-22.", param_hint="--as-of"
        ) from error


def _weights(value: str | None) -> Mapping[Dimension, float] | None:
    if value is None:
        return None
    try:
        return parse_weights(value)
    except InputError as error:
        raise typer.BadParameter(str(error), param_hint="--weights") from error
