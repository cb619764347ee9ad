"""``extract`` and ``rank``: files in, one line per result out, errors with a code."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from matching.cli.files import check_there, check_writable, read_bytes, whole_file
from matching.cli.options import AsOf
from matching.cli.progress import progress, progress_beside_results, waiting
from matching.cli.rank_notes import rank_notes, weight_notes
from matching.cli.reading import read_person, read_vacancy
from matching.cli.records import (
    error_row,
    extraction_row,
    json_line,
    read_records,
    write_scores,
)
from matching.cli.screens import print_extraction
from matching.cli.wired import day_of, service_of
from matching.domain import Dimension, DocumentKind
from matching.errors import DocumentError, InputError
from matching.ranking.weights import parse_weights
from matching.service import RankerChoice
from matching.settings import Settings, read_settings
from matching.taxonomy.esco import is_imported


def add_documents(app: typer.Typer) -> None:
    """Register ``extract`` and ``rank`` on a command line."""
    app.command()(extract)
    app.command()(rank)


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
    day = day_of(as_of)
    check_there(files, "FILE")
    # Reading needs no model: the registry stays closed.
    service = service_of(_with_taxonomy(taxonomy), ranker=RankerChoice.BASELINE)
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
    day, stated = day_of(as_of), _weights(weights)
    check_there([vacancies], "--vacancies")
    check_there([persons], "--persons")
    check_writable(out, (vacancies, persons))
    settings = read_settings()
    asking, offering = read_records(vacancies), read_records(persons)
    service = service_of(settings, ranker=model)
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


def _with_taxonomy(folder: Path | None) -> Settings:
    """The settings, with another lexicon or another imported taxonomy than theirs."""
    if folder is not None and is_imported(folder):
        return read_settings(taxonomy_dir=folder)
    return read_settings(lexicon_dir=folder)


def _weights(value: str | None) -> Mapping[Dimension, float] | None:
    if value is None:
        return None
    try:
        return parse_weights(value)
    except InputError as error:
        raise typer.BadParameter(str(error), param_hint="--weights") from error
