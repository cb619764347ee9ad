"""``backup`` and ``restore``: the whole database in one sealed file, and back."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matching.cli.files import check_there, check_writable
from matching.cli.options import Json
from matching.cli.progress import waiting
from matching.cli.records import json_line
from matching.cli.telling import say
from matching.settings import Settings
from matching.wording import Wording

if TYPE_CHECKING:
    from matching.operations.backup_secret import Secret
    from matching.operations.places import Places

_KeyFile = Annotated[
    Path | None,
    typer.Option(
        "--key-file", metavar="FILE", help="Seals the backup [backup.key by the keyring]."
    ),
]
_Passphrase = Annotated[
    bool, typer.Option("--passphrase", help="Ask for a passphrase instead of a key.")
]
_Tools = Annotated[
    Path | None,
    typer.Option("--postgresql-bin", metavar="DIR", help="Where pg_dump is [on PATH]."),
]


def add_copies(
    app: typer.Typer, *, settings: Callable[[], Settings], wording: Callable[[Settings], Wording]
) -> None:
    """Register ``backup`` and ``restore`` on a command line."""

    @app.command()
    def backup(
        out: Annotated[Path, typer.Option(metavar="FILE", help="The backup to write.")],
        key_file: _KeyFile = None,
        passphrase: _Passphrase = False,
        postgresql_bin: _Tools = None,
        force: Annotated[bool, typer.Option("--force", help="Replace the file.")] = False,
        as_json: Json = False,
    ) -> None:
        """Back up the database into one sealed file, while the service goes on.

        The keys are never inside: keep the keyring and the backup key somewhere else.

        Example: valoriamo backup --out /srv/backups/hub-2026-11-29.valoriamo
        """
        from matching.operations.backup import back_up
        from matching.operations.places import places_of

        check_writable(out, ())
        chosen = settings()
        places = places_of(chosen)
        secret = _secret(places, key_file, asked=passphrase, twice=True)
        with waiting("Backing up"):
            done = back_up(places, out, secret, tools=postgresql_bin, force=force)
        manifest = done.manifest
        if as_json:
            row = {
                "file": str(out), "bytes": done.size, "sha256": done.digest,
                "revision": manifest.revision, "made_at": manifest.made_at,
                "journal": manifest.head.number, "rows": sum(manifest.counts.values()),
            }  # fmt: skip
            typer.echo(json_line(row))
            return
        say(
            wording(chosen), "operations.backed_up", file=str(out),
            rows=sum(manifest.counts.values()), entries=manifest.head.number,
            keyring=str(places.keyring),
        )  # fmt: skip

    @app.command()
    def restore(
        file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
        key_file: _KeyFile = None,
        passphrase: _Passphrase = False,
        postgresql_bin: _Tools = None,
        force: Annotated[
            bool, typer.Option("--force", help="Replace the database; it is kept beside.")
        ] = False,
        as_json: Json = False,
    ) -> None:
        """Restore a backup, whole or not at all. Whoever was erased since is erased again.

        Stop the service first, and put the keyring of the backup in its place.

        Example: valoriamo restore /srv/backups/hub-2026-11-29.valoriamo
        """
        from matching.hub.erasure import erase_again
        from matching.operations.places import places_of
        from matching.operations.restore import restore as put_back

        check_there([file], "FILE")
        chosen = settings()
        places = places_of(chosen)
        secret = _secret(places, key_file, asked=passphrase, twice=False)
        with waiting("Restoring"):
            done = put_back(
                places, file, secret, erase=erase_again, tools=postgresql_bin, force=force
            )
        manifest = done.manifest
        if as_json:
            row = {
                "made_at": manifest.made_at, "revision": manifest.revision,
                "rows": sum(manifest.counts.values()), "journal": manifest.head.number,
                "lost": done.lost, "erased_again": done.erased_again, "kept": done.kept,
                "kept_anchor": None if done.kept_anchor is None else str(done.kept_anchor),
            }  # fmt: skip
            typer.echo(json_line(row))
            return
        words = wording(chosen)
        say(
            words, "operations.restored", moment=manifest.made_at,
            rows=sum(manifest.counts.values()), entries=manifest.head.number,
        )  # fmt: skip
        if done.lost > 1:  # the first entry after a backup is the backup's own
            say(words, "operations.lost", count=done.lost)
        if done.erased_again:
            say(words, "operations.erased_again", count=done.erased_again)
        if done.kept:
            say(words, "operations.kept", place=done.kept)


def _secret(places: "Places", key_file: Path | None, *, asked: bool, twice: bool) -> "Secret":
    from matching.operations.backup_secret import passphrase, read_backup_key

    if not asked:
        return read_backup_key(key_file or places.backup_key)
    if key_file is not None:
        raise typer.BadParameter(
            "choose one: a key, or a passphrase.", param_hint="--key-file, --passphrase"
        )
    text: str = typer.prompt("Passphrase", hide_input=True, confirmation_prompt=twice, err=True)
    return passphrase(text)
