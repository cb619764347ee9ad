"""``privacy``, ``approve`` and ``notices``: what is kept and why, and what people are told."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matching.cli.files import write_new
from matching.cli.options import AsOf, Json
from matching.cli.records import json_line
from matching.cli.telling import say
from matching.settings import Settings
from matching.territory import territory_folder
from matching.wording import Wording

if TYPE_CHECKING:
    from matching.operations.data_map import Facts
    from matching.store import Work

_Out = Annotated[Path, typer.Option(metavar="DIR", help="Folder to write in.")]
_Force = Annotated[bool, typer.Option("--force", help="Replace files that are there.")]


def add_privacy(
    app: typer.Typer,
    *,
    settings: Callable[[], Settings],
    wording: Callable[[Settings], Wording],
    day: Callable[[str | None], date],
) -> None:
    """Register ``privacy``, ``approve`` and ``notices`` on a command line.

    Parameters
    ----------
    app
        The command line.
    settings, wording, day
        Read the settings, say in which language to answer, and give the day of an ``--as-of``.
    """
    group = typer.Typer(
        help="What is kept of people, for what, for how long.\n\n"
        "Example: valoriamo privacy register --out registro",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    app.add_typer(group, name="privacy")

    # What needs the database's library is imported by the commands: half a second for the others.
    @group.command()
    def register(out: _Out, force: _Force = False, as_of: AsOf = None) -> None:
        """Write the record of processing (GDPR art. 30), made from the schema: HTML, JSON, CSV.

        Example: valoriamo privacy register --out registro
        """
        from matching.operations.data_map import register_files

        chosen = settings()
        words = wording(chosen)
        _write(register_files(_facts(chosen, words, day(as_of))), out, words, force=force)

    @group.command("map")
    def data_map(out: _Out, force: _Force = False, as_of: AsOf = None) -> None:
        """Write the data map: every column, what for, for how long, whether encrypted.

        Example: valoriamo privacy map --out mappa
        """
        from matching.operations.data_map import map_files

        chosen = settings()
        words = wording(chosen)
        _write(map_files(_facts(chosen, words, day(as_of))), out, words, force=force)

    @group.command()
    def assessment(out: _Out, force: _Force = False, as_of: AsOf = None) -> None:
        """Write the facts that an impact assessment (GDPR art. 35) needs. It is no assessment.

        Example: valoriamo privacy assessment --out dpia
        """
        from matching.operations.impact_assessment import assessment_files

        chosen = settings()
        words = wording(chosen)
        _write(assessment_files(_facts(chosen, words, day(as_of))), out, words, force=force)

    @app.command()
    def approve(
        number: Annotated[
            str, typer.Argument(metavar="NUMBER", help="Of the impact assessment, as filed.")
        ],
    ) -> None:
        """Record the number of the approved impact assessment: computing about people may begin.

        Example: valoriamo approve DPIA-2026-3
        """
        from matching.hub.scoring import approve as record

        chosen = settings()
        with _writing(chosen) as work:
            record(work, number)
        say(wording(chosen), "privacy.approved", number=number.strip())

    _add_notices(app, settings, wording)


def _add_notices(
    app: typer.Typer, settings: Callable[[], Settings], wording: Callable[[Settings], Wording]
) -> None:
    notices = typer.Typer(
        help="Privacy notices: in versions, on record for each person.\n\n"
        "Example: valoriamo notices load",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    app.add_typer(notices, name="notices")

    @notices.command()
    def load(
        folder: Annotated[
            Path | None,
            typer.Option(metavar="DIR", help="notices.toml and notice.*.md [those shipped]."),
        ] = None,
        as_json: Json = False,
    ) -> None:
        """Add a version of the notice in its languages; what was given stays as it was given.

        Example: valoriamo notices load --folder informativa
        """
        from matching.hub.notice_files import read_notices
        from matching.hub.notices import add_notice
        from matching.store.tables import notice_versions

        chosen = settings()
        words = wording(chosen)
        found = read_notices(folder or chosen.data_dir / "privacy")
        with _writing(chosen) as work:
            before = {(row.version, row.language) for row in work.rows(notice_versions)}
            for one in found:
                add_notice(work, one.version, one.language, one.text, valid_from=one.valid_from)
        for one in found:
            is_new = (one.version, one.language) not in before
            if as_json:
                row = {"version": one.version, "language": one.language, "added": is_new}
                typer.echo(json_line(row))
            else:
                key = "privacy.notice_added" if is_new else "privacy.notice_known"
                say(words, key, version=one.version, language=one.language)

    @notices.command("list")
    def list_all(as_json: Json = False) -> None:
        """Say which notices there are, and how often each was given.

        Example: valoriamo notices list
        """
        from matching.hub.notice_files import notices_there

        chosen = settings()
        words = wording(chosen)
        with _reading(chosen) as work:
            found = notices_there(work)
        for one in found:
            row = {
                "version": one.version, "language": one.language,
                "valid_from": one.valid_from.isoformat(), "given": one.given,
            }  # fmt: skip
            if as_json:
                typer.echo(json_line(row))
            else:
                say(words, "privacy.notice_line", **row)
        if not found and not as_json:
            say(words, "privacy.no_notices")


def _facts(chosen: Settings, words: Wording, as_of: date) -> "Facts":
    from matching.hub.privacy_words import load_table_words
    from matching.hub.retention_policy import load_retention
    from matching.operations.data_map import Facts
    from matching.operations.purposes import load_privacy

    folder = chosen.data_dir / "privacy"
    return Facts(
        texts=load_privacy(folder, words.language),
        words=load_table_words(folder, words.language),
        policy=load_retention(territory_folder(chosen.data_dir / "territories", chosen.territory)),
        wording=words,
        as_of=as_of,
    )


def _write(files: Mapping[str, bytes], out: Path, words: Wording, *, force: bool) -> None:
    write_new({out / name: content for name, content in files.items()}, force=force)
    for name in files:
        typer.echo(words.say("privacy.written", file=out / name), err=True)


@contextmanager
def _writing(chosen: Settings) -> "Iterator[Work]":
    from matching.operations.places import everywhere, opened, places_of

    with opened(places_of(chosen)) as store, store.writing(everywhere(store.engine)) as work:
        yield work


@contextmanager
def _reading(chosen: Settings) -> "Iterator[Work]":
    from matching.operations.places import everywhere, opened, places_of

    with opened(places_of(chosen)) as store, store.reading(everywhere(store.engine)) as work:
        yield work
