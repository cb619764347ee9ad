"""``extract`` and ``rank``: files in, one line per result out, errors with a code."""

import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import track

from matching.cli.demo import run_demo
from matching.cli.records import TextRecord, error_row, extraction_row, read_records
from matching.cli.screens import print_extraction
from matching.domain import DocumentKind, Profile, Vacancy
from matching.errors import DocumentError, ValoriamoError
from matching.service import BASELINE, Service, build
from matching.settings import read_settings

_MANY = 20
_Item = TypeVar("_Item")
_AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Compute as of this day (YYYY-MM-DD)."),
]


def make_app() -> typer.Typer:
    """The command line of the hub's verbs."""
    app = typer.Typer(
        name="valoriamo",
        help="Matching and accompaniment engine of welfare hubs.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.command()(demo)
    app.command()(extract)
    app.command()(rank)
    return app


def demo(
    home: Annotated[Path, typer.Option(help="Folder for everything the demo writes.")] = Path(
        ".demo"
    ),
    as_of: _AsOf = None,
) -> None:
    """Read the sample documents and print a shortlist with its reasons.

    Example: valoriamo demo --home /tmp/prova
    """
    service = build(read_settings(home=home))
    run_demo(Console(), service, read_settings(home=home).data_dir / "samples", _day(as_of))


def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="CVs or vacancies.")],
    kind: Annotated[DocumentKind, typer.Option(help="What the files are.")] = DocumentKind.CV,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line per file.")] = False,
    taxonomy: Annotated[
        Path | None, typer.Option(help="Folder of lexicon files to use instead of the shipped one.")
    ] = None,
    as_of: _AsOf = None,
) -> None:
    """Find skills, occupations and facts in documents. Exit 1 if any was refused.

    Example: valoriamo extract cv.pdf lettera.docx --json
    """
    service = build(read_settings(lexicon_dir=taxonomy))
    day = _day(as_of)
    console = Console()
    refused = 0
    for file in _progress(files):
        try:
            document = service.read_document(_bytes(file), file.name)
            found = service.extract(document.text, kind=kind, as_of=day)
        except DocumentError as error:
            refused += 1
            if as_json:
                _print_json(error_row(str(file), error.code, error.message))
            else:
                typer.echo(f"{file}: {error.code}: {error.message}", err=True)
            continue
        if as_json:
            _print_json(extraction_row(str(file), found))
        else:
            places = {place.istat: place.name for place in service.territory.municipalities}
            print_extraction(console, service.wording, str(file), found, places=places)
    if refused:
        raise typer.Exit(1)


def rank(
    vacancies: Annotated[Path, typer.Option(help="JSON lines: id, text, title, comune.")],
    persons: Annotated[Path, typer.Option(help="JSON lines: id, text, comune.")],
    out: Annotated[Path, typer.Option(help="Tab-separated scores, one row per pair.")],
    model: Annotated[
        str | None, typer.Option(help="baseline; without it, the best the home has.")
    ] = None,
    as_of: _AsOf = None,
) -> None:
    """Score every person for every vacancy. Nobody is left out.

    Example: valoriamo rank --vacancies V.jsonl --persons P.jsonl --out scores.tsv
    """
    if model not in (None, BASELINE):
        raise typer.BadParameter(
            f"{model!r} is not a model of this installation; there is: {BASELINE}.",
            param_hint="--model",
        )
    service = build(read_settings())
    day = _day(as_of)
    typer.echo(f"model: {service.model}; as of {day.isoformat()}", err=True)
    asked = [_vacancy(service, record, day) for record in _progress(read_records(vacancies))]
    people = [_person(service, record, day) for record in _progress(read_records(persons))]
    frame = service.scores(asked, people)
    partial = out.with_name(out.name + ".part")
    try:
        frame.to_csv(partial, sep="\t", index=False, float_format="%.6f", lineterminator="\n")
        partial.replace(out)
    except OSError as error:
        typer.echo(f"{out}: cannot be written: {error.strerror}.", err=True)
        raise typer.Exit(1) from error
    typer.echo(f"{len(frame)} pairs written to {out}", err=True)


def run(app: typer.Typer) -> None:
    """Run a command line; an error of the product is one line on stderr and exit 1."""
    try:
        app()
    except ValoriamoError as error:
        typer.echo(f"valoriamo: {error}", err=True)
        sys.exit(1)


def _day(value: str | None) -> date:
    if value is None:
        return date.today()
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise typer.BadParameter(
            f"{value!r} is not a date like 2026-11-22.", param_hint="--as-of"
        ) from error


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{file}: {error.strerror}", param_hint="FILE") from error


def _progress(items: list[_Item]) -> Iterable[_Item]:
    """The items, with a progress bar when there are many and somebody is looking."""
    console = Console(stderr=True)
    if len(items) < _MANY or not console.is_terminal:
        return items
    return track(items, console=console, description="")


def _print_json(row: object) -> None:
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _istat(service: Service, record: TextRecord) -> str | None:
    if not record.comune:
        return None
    place = service.territory.find_municipality(record.comune)
    if place is None:
        typer.echo(
            f"line {record.line} ({record.id}): comune {record.comune!r} is not in the territory "
            f"{service.territory.code!r} or near it; treated as not known.",
            err=True,
        )
        return None
    return place.istat


def _vacancy(service: Service, record: TextRecord, day: date) -> Vacancy:
    comune = _istat(service, record)
    try:
        return service.vacancy(record.id, record.text, title=record.title, as_of=day, comune=comune)
    except DocumentError as error:
        _warn(record, error)
        return Vacancy(id=record.id, title=record.title)


def _person(service: Service, record: TextRecord, day: date) -> Profile:
    comune = _istat(service, record)
    try:
        return service.person(record.id, record.text, as_of=day, comune=comune)
    except DocumentError as error:
        _warn(record, error)
        return Profile(id=record.id)


def _warn(record: TextRecord, error: DocumentError) -> None:
    typer.echo(
        f"line {record.line} ({record.id}): {error.code}: {error.message} Its rows say "
        "not_enough_data.",
        err=True,
    )
