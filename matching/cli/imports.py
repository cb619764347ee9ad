"""``import`` and ``export``: files of people, vacancies and outcomes, in and out of a hub."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from matching.cli.files import check_there, check_writable, write_private
from matching.cli.imports_screen import (
    outcome_row,
    preview_row,
    print_outcome,
    print_preview,
    print_rows,
)
from matching.cli.imports_taking import Asked, previewed, refused_path, take
from matching.cli.installation import Installation, check_hub, installed
from matching.cli.options import Json
from matching.cli.progress import waiting
from matching.cli.records import json_line
from matching.cli.telling import say
from matching.errors import InputError
from matching.interchange import (
    FileKind,
    FileLimits,
    FileTable,
    Written,
    csv_bytes,
    read_table,
    xlsx_bytes,
)
from matching.service import Service
from matching.settings import Settings
from matching.wording import Wording

_WRITERS = {".csv": csv_bytes, ".xlsx": xlsx_bytes}

_Kind = Annotated[FileKind, typer.Argument(metavar="persons|vacancies|outcomes")]
_Hub = Annotated[str, typer.Option(metavar="HUB", help="Whose they are.")]


def add_imports(
    app: typer.Typer,
    *,
    settings: Callable[[], Settings],
    wording: Callable[[Settings], Wording],
    service: Callable[[], Service],
) -> None:
    """Register ``import`` and ``export`` on a command line.

    Parameters
    ----------
    app
        The command line.
    settings, wording, service
        Read the settings, say in which language to answer, and give what reads texts.
    """

    @app.command("import")
    def import_file(
        kind: _Kind,
        file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV or XLSX.")],
        hub: _Hub,
        columns: Annotated[
            list[str] | None,
            typer.Option(
                "--map", metavar="COLUMN=FIELD", help="What a column is; without FIELD, not read."
            ),
        ] = None,
        sheet: Annotated[
            str | None, typer.Option(metavar="NAME", help="Of a workbook [the first shown].")
        ] = None,
        organisation: Annotated[
            str | None, typer.Option(metavar="ID", help="The company whose vacancies they are.")
        ] = None,
        good_rows: Annotated[
            bool, typer.Option("--good-rows", help="Take the good rows; without it, all or none.")
        ] = False,
        take_similar: Annotated[
            bool,
            typer.Option("--take-similar", help="Also rows like somebody who is on file."),
        ] = False,
        only_preview: Annotated[
            bool, typer.Option("--preview", help="Say what would be taken, and write nothing.")
        ] = False,
        refused: Annotated[
            Path | None,
            typer.Option(
                metavar="FILE", help="Rows that were not taken [FILE.refused.csv beside it]."
            ),
        ] = None,
        as_json: Json = False,
    ) -> None:
        """Take people, vacancies or outcomes of a file in. Exit 1 where nothing was taken.

        Sent twice, a file is taken once; after an interruption the same command goes on. Rows that
        were not taken are told by number, column and value, and with --good-rows written to a file
        that can be corrected and sent again.

        Example: valoriamo import persons elenco.csv --hub HUB --preview
        """
        chosen = settings()
        words = wording(chosen)
        check_there([file], "FILE")
        told = dict(map(_told, columns or ()))
        content = _content(file)
        with installed(chosen) as found:
            check_hub(found, hub)
            with waiting("Reading the file"):
                table = read_table(content, sheet=sheet)
            _check_told(told, table)
            asked = Asked(
                file=file, kind=kind, hub=hub, content=content, table=table, told=told,
                sheet=sheet, organisation=organisation, good_rows=good_rows,
                take_similar=take_similar,
            )  # fmt: skip
            if only_preview or not _is_clear(asked):
                _show_preview(found, asked, words, as_json=as_json, is_all=only_preview)
                return
            target = refused_path(asked, refused)
            check_writable(target, [file])
            taken = take(found, asked, words, service, target)
        if as_json:
            typer.echo(json_line(outcome_row(taken.job, taken.rows, taken.refused_file)))
        else:
            print_rows(words, taken.rows)
            print_outcome(words, taken.job, taken.rows, taken.refused_file)
        if not any(taken.job.report.get(name) for name in ("written", "known")):
            raise typer.Exit(1)

    @app.command("export")
    def export_file(
        kind: _Kind,
        out: Annotated[Path, typer.Option(metavar="FILE", help="Ends in .csv or .xlsx.")],
        hub: _Hub,
        force: Annotated[
            bool, typer.Option("--force", help="Replace a file that is there.")
        ] = False,
    ) -> None:
        """Write people, vacancies or outcomes of a hub to a file that a spreadsheet opens.

        Protected files are left out, and nothing in it is a formula. It can be imported again.

        Example: valoriamo export persons --hub HUB --out persone.csv
        """
        from matching.hub.listings import listing

        chosen = settings()
        written = _WRITERS.get(out.suffix.lower())
        if written is None:
            raise typer.BadParameter(f"{out}: end its name in .csv or .xlsx.", param_hint="--out")
        if out.exists() and not force:
            raise InputError(f"{out}: there already. Name another, or replace with --force.")
        with installed(chosen) as found:
            check_hub(found, hub)
            territory = found.territory
            places = (*territory.municipalities, *territory.neighbours)
            names = {one.istat: one.name for one in places}
            with waiting("Exporting"), found.store.writing(found.actor()) as work:
                rows = listing(work, hub, kind, place=names.get)
            write_private(out, written(rows.headings, rows.rows))
        words = wording(chosen)
        label = words.say(f"file_kind.{kind}")
        typer.echo(
            words.say("importing.exported", count=len(rows.rows), kind=label, file=out), err=True
        )


def _is_clear(asked: Asked) -> bool:
    from matching.interchange import map_columns

    mapping = map_columns(asked.table.headings, asked.kind, asked.told)
    return not (mapping.refused or mapping.proposals or mapping.missing)


def _show_preview(
    found: Installation, asked: Asked, words: Wording, *, as_json: bool, is_all: bool
) -> None:
    from matching.jobs.import_preview import compare

    shown = previewed(found, asked)
    compared = None
    if shown.can_be_read:
        with waiting("Comparing"), found.store.reading(found.actor()) as work:
            compared = compare(work, asked.read(), shown.good, as_of=work.today)
    written = Written(asked.table)
    if as_json:
        typer.echo(json_line(preview_row(shown, compared, written, words)))
    else:
        print_preview(Console(), words, asked.file.name, shown, compared, written)
        if shown.can_be_read and is_all:
            say(words, "importing.preview_only")
    if not shown.can_be_read:
        raise typer.Exit(1)


def _told(option: str) -> tuple[str, str]:
    heading, separator, name = option.rpartition("=")
    if not separator or not heading.strip():
        raise typer.BadParameter(
            f'{option!r} is not COLUMN=FIELD, such as "Tel. casa=telephone".', param_hint="--map"
        )
    return heading, name.strip()


def _check_told(told: dict[str, str], table: FileTable) -> None:
    there = {heading.casefold() for heading in table.headings}
    wrong = [heading for heading in told if heading.strip().casefold() not in there]
    if wrong:
        raise typer.BadParameter(
            f"the file has no column {wrong[0]!r}; it has {', '.join(table.headings)}.",
            param_hint="--map",
        )


def _content(file: Path) -> bytes:
    if file.is_dir():
        raise InputError(f"{file}: is a folder; name a CSV or XLSX file.")
    try:
        with file.open("rb") as opened:
            # One byte more is refused as too large.
            return opened.read(FileLimits().max_bytes + 1)
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}. Copy it again.") from error
