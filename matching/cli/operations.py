"""``init``, ``migrate`` and ``doctor``: an installation made, brought up to date, examined."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from matching.cli.operations_copies import add_copies
from matching.cli.operations_keys import add_keys
from matching.cli.options import Json
from matching.cli.progress import waiting
from matching.cli.records import json_line
from matching.cli.telling import say
from matching.settings import Settings
from matching.wording import Wording

if TYPE_CHECKING:
    from matching.operations.findings import Finding

_LINK = "/desk/benvenuto#"
_URL = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?")
_STYLES = {"well": "green", "warning": "yellow", "failed": "red"}
_HEALTH = {
    "well": "doctor.state_well", "warning": "doctor.state_warning", "failed": "doctor.state_failed"
}  # fmt: skip
_ASPECTS = {
    "database": "doctor.of_database",
    "rows": "doctor.of_rows",
    "keys": "doctor.of_keys",
    "journal": "doctor.of_journal",
    "clock": "doctor.of_clock",
    "jobs": "doctor.of_jobs",
    "registry": "doctor.of_registry",
    "taxonomy": "doctor.of_taxonomy",
    "lexicon": "doctor.of_lexicon",
    "disk": "doctor.of_disk",
    "backups": "doctor.of_backups",
}


def add_operations(
    app: typer.Typer, *, settings: Callable[[], Settings], wording: Callable[[Settings], Wording]
) -> None:
    """Register the commands that run an installation on a command line.

    Parameters
    ----------
    app
        The command line.
    settings, wording
        Say where the installation is, and in which language to answer.
    """

    # Operations are imported by the commands that need them: the database's library and the
    # registry would cost every other command half a second.
    @app.command()
    def init(
        admin: Annotated[
            str, typer.Option(metavar="NAME", help="The first administrator's name to sign in.")
        ],
        url: Annotated[
            str, typer.Option(metavar="URL", help="Where the desk will be reached.")
        ] = "http://127.0.0.1:8000",
        as_json: Json = False,
    ) -> None:
        """Make an installation: keys, database, journal, and a link for the first administrator.

        There is no account or password to begin with: the link, shown once, is good for 24 hours.

        Example: valoriamo init --admin lucia.bianchi --url https://hub.example
        """
        from matching.operations.installing import make_installation
        from matching.operations.places import places_of

        base = _base(url)
        chosen = settings()
        places = places_of(chosen)
        made = make_installation(places, admin)
        link = f"{base}{_LINK}{made.token}"
        if as_json:
            row = {
                "installation": made.installation, "revision": made.revision, "link": link,
                "expires_at": made.expires_at.isoformat(), "keyring": str(places.keyring),
                "backup_key": str(places.backup_key), "anchor": str(places.anchor),
            }  # fmt: skip
            typer.echo(json_line(row))
            return
        words = wording(chosen)
        say(words, "operations.made", installation=made.installation, home=str(places.home))
        key = "operations.new_keys" if made.new_keyring else "operations.same_keys"
        say(words, key, keyring=str(places.keyring), backup_key=str(places.backup_key))
        say(words, "operations.anchor", anchor=str(places.anchor))
        say(words, "operations.link", name=admin)
        # By itself and unbroken, so that it can be copied.
        typer.echo(link)

    @app.command()
    def migrate(as_json: Json = False) -> None:
        """Bring the database to the revision of this version, whole or not at all.

        Stop the service and make a backup first. On PostgreSQL by the database's owner
        (VALORIAMO_DATABASE_OWNER_URL).

        Example: valoriamo migrate
        """
        from matching.operations.installing import bring_up_to_date
        from matching.operations.places import places_of

        chosen = settings()
        done = bring_up_to_date(places_of(chosen))
        if as_json:
            typer.echo(json_line({"before": done.before, "after": done.after}))
            return
        words = wording(chosen)
        key = "operations.current" if done.before == done.after else "operations.migrated"
        say(words, key, before=done.before, after=done.after)

    @app.command()
    def doctor(
        backups: Annotated[
            Path | None, typer.Option(metavar="DIR", help="Where backups should be.")
        ] = None,
        as_json: Json = False,
    ) -> None:
        """Examine an installation and change nothing. Exit 1 where something must be put right.

        Example: valoriamo doctor --backups /srv/backups
        """
        from matching.operations.doctor import examine

        chosen = settings()
        with waiting("Examining"):
            findings = examine(chosen, backups=backups)
        words = wording(chosen)
        if as_json:
            for one in findings:
                row = {
                    "check": str(one.aspect), "state": str(one.health),
                    "said": words.say(one.key, **one.values),
                }  # fmt: skip
                typer.echo(json_line(row))
        else:
            _print(findings, words)
        if any(one.health == "failed" for one in findings):
            raise typer.Exit(1)

    add_copies(app, settings=settings, wording=wording)
    add_keys(app, settings=settings, wording=wording)


def _print(findings: "Sequence[Finding]", words: Wording) -> None:
    console = Console()
    for one in findings:
        label = f"{words.say(_HEALTH[one.health]):<11}"
        line = Text(label, style=_STYLES[one.health])
        line.append(f"{words.say(_ASPECTS[one.aspect])}. ", style="bold")
        line.append(words.say(one.key, **one.values), style="default")
        console.print(line, soft_wrap=True)


def _base(url: str) -> str:
    if not _URL.fullmatch(url):
        raise typer.BadParameter(
            f"{url!r} is no address such as https://hub.example.", param_hint="--url"
        )
    return url.rstrip("/")
