"""``valoriamo taxonomy``: importing the official classification, and what was imported."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from matching.cli.files import check_there
from matching.cli.records import json_line
from matching.cli.taxonomy_progress import counting_bytes, counting_files
from matching.cli.taxonomy_screen import (
    empty_row,
    info_row,
    print_empty,
    print_info,
    print_report,
    report_row,
)
from matching.settings import (
    Settings,
    required_taxonomy_url,
    taxonomy_checksums,
    taxonomy_folder,
)
from matching.taxonomy import Taxonomy, load_lexicon
from matching.taxonomy.esco import import_archives, is_imported, open_imported, verify
from matching.taxonomy.esco.coverage import coverage
from matching.taxonomy.esco.download import address, fetch, parts
from matching.taxonomy.esco.releases import release
from matching.wording import Wording

_Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]
_Version = Annotated[str | None, typer.Option("--version", metavar="N.N.N", help="The release.")]


def add_taxonomy(
    app: typer.Typer,
    *,
    settings: Callable[[], Settings],
    wording: Callable[[Settings], Wording],
) -> None:
    """Register ``taxonomy import``, ``info`` and ``download`` on a command line.

    Parameters
    ----------
    app
        The command line.
    settings, wording
        Read the settings, and say in which language to answer, when a command runs.
    """
    group = typer.Typer(
        help="The official ESCO classification: import it, see what was imported.\n\n"
        "Example: valoriamo taxonomy info",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    app.add_typer(group, name="taxonomy")

    @group.command("import")
    def import_(
        archives: Annotated[
            list[Path],
            typer.Argument(
                metavar="ARCHIVE...",
                help="Classification and relations archives; tables of labels (CSV, also gzipped).",
            ),
        ],
        version: _Version = None,
        skip_unknown: Annotated[
            bool,
            typer.Option(
                "--skip-unknown",
                help="Leave out, and count, what names concepts that the classification lacks.",
            ),
        ] = False,
        as_json: _Json = False,
    ) -> None:
        """Import official archives, whole or not at all. Exit 1 if they do not hold together.

        Example: valoriamo taxonomy import classification-en.csv.zip relations.csv.zip
        """
        check_there(archives, "ARCHIVE")
        now = settings()
        folder = taxonomy_folder(now)
        lexicon = _lexicon(now)
        with counting_files() as step:
            report = import_archives(
                archives, folder, version=version, skip_unknown=skip_unknown, step=step
            )
        imported = open_imported(folder)
        counted = coverage(imported, lexicon)
        if as_json:
            typer.echo(json_line(report_row(report, imported, counted)))
            return
        console = Console()
        print_report(console, report, wording(now))
        print_info(console, imported, counted, wording(now))

    @group.command()
    def info(as_json: _Json = False) -> None:
        """What was imported: release, languages, counts, how much has Italian labels.

        Example: valoriamo taxonomy info --json
        """
        now = settings()
        folder = taxonomy_folder(now)
        if not is_imported(folder):
            if as_json:
                typer.echo(json_line(empty_row(folder)))
            else:
                print_empty(Console(), folder, wording(now))
            return
        imported = open_imported(folder)
        verify(imported)
        counted = coverage(imported, _lexicon(now))
        if as_json:
            typer.echo(json_line(info_row(imported, counted)))
        else:
            print_info(Console(), imported, counted, wording(now))

    @group.command()
    def download(
        languages: Annotated[
            list[str] | None,
            typer.Option("--language", metavar="XX", help="ISO 639-1; may be repeated [it, en]."),
        ] = None,
        version: _Version = None,
        out: Annotated[
            Path | None,
            typer.Option("--out", metavar="DIR", help="Where to [VALORIAMO_HOME/downloads]."),
        ] = None,
    ) -> None:
        """Fetch the archives from VALORIAMO_TAXONOMY_URL, resumed and checked; imports nothing.

        Example: valoriamo taxonomy download --language it --version 1.1.1
        """
        now = settings()
        template = required_taxonomy_url(now)
        wanted = _release(now, version)
        known = taxonomy_checksums(now)
        folder = out or now.home / "downloads"
        fetched: list[Path] = []
        for part in parts(tuple(dict.fromkeys(languages or ("it", "en")))):
            target = folder / f"ESCO-v{wanted}-{part}.csv.zip"
            with counting_bytes(target.name) as progress:
                fetch(
                    address(template, part, wanted),
                    target,
                    sha256=known.get(part),
                    progress=progress,
                )
            fetched.append(target)
        for target in fetched:
            typer.echo(str(target))
        names = " ".join(map(str, fetched))
        typer.echo(f"Now import them: valoriamo taxonomy import {names}", err=True)


def _lexicon(settings: Settings) -> Taxonomy:
    return load_lexicon(settings.lexicon_dir or settings.data_dir / "lexicon")


def _release(settings: Settings, version: str | None) -> str:
    """The release to fetch: the one asked for, else the one that is imported."""
    folder = taxonomy_folder(settings)
    if version is not None:
        return release(version)
    if is_imported(folder):
        return open_imported(folder).version
    raise typer.BadParameter("say which release, such as 1.1.1.", param_hint="--version")
