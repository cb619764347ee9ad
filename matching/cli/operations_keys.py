"""``journal`` and ``keys``: the record of every act verified, older entries purged, keys turned."""

from collections.abc import Callable
from typing import Annotated

import typer

from matching.cli.options import Json
from matching.cli.progress import waiting
from matching.cli.records import json_line
from matching.cli.telling import say
from matching.domain.days import day_at
from matching.settings import Settings
from matching.wording import Wording

_USUAL_MONTHS = 24


def add_keys(
    app: typer.Typer, *, settings: Callable[[], Settings], wording: Callable[[Settings], Wording]
) -> None:
    """Register ``journal verify``, ``journal purge`` and ``keys rotate`` on a command line."""
    journal = typer.Typer(
        help="The journal: every act, who and when, in a chain.\n\n"
        "Example: valoriamo journal verify",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    app.add_typer(journal, name="journal")
    keys = typer.Typer(
        help="The keys that what is kept is sealed with.\n\nExample: valoriamo keys rotate",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    app.add_typer(keys, name="keys")

    @journal.command()
    def verify(as_json: Json = False) -> None:
        """Verify the journal from end to end, against the heads kept outside. Exit 1 on breaks.

        Example: valoriamo journal verify
        """
        from matching.operations.places import opened, places_of

        chosen = settings()
        with opened(places_of(chosen)) as store, waiting("Verifying"):
            verdict = store.verified()
        if as_json:
            row = {
                "entries": verdict.entries, "head": verdict.head.number, "mac": verdict.head.mac,
                "problems": list(verdict.problems),
            }  # fmt: skip
            typer.echo(json_line(row))
        else:
            words = wording(chosen)
            for problem in verdict.problems:
                say(words, "doctor.chain_broken", problem=problem)
            if not verdict.problems:
                say(words, "doctor.chain_holds", count=verdict.entries)
        if verdict.problems:
            raise typer.Exit(1)

    @journal.command()
    def purge(
        older_than: Annotated[
            int, typer.Option("--older-than", metavar="MONTHS", help="Never under 6 months.")
        ] = _USUAL_MONTHS,
        as_json: Json = False,
    ) -> None:
        """Delete the entries of the journal older than some months; an entry says so.

        Example: valoriamo journal purge --older-than 24
        """
        from matching.operations.journal_upkeep import purge_journal
        from matching.operations.places import places_of

        chosen = settings()
        done = purge_journal(places_of(chosen), older_than)
        if as_json:
            row = {"before": done.before.isoformat(), "entries": done.entries}
            typer.echo(json_line(row))
            return
        day = day_at(done.before).isoformat()
        say(wording(chosen), "operations.purged", count=done.entries, day=day)

    @keys.command()
    def rotate(as_json: Json = False) -> None:
        """Seal with a new key what an older one sealed, then drop the older one.

        Stop the service first. Killed in the middle, run again: it goes on where it was. Older
        backups open only with the keyring of their time: copy it before.

        Example: valoriamo keys rotate
        """
        from matching.operations.places import places_of
        from matching.operations.rotation import rotate_keys

        chosen = settings()
        with waiting("Sealing anew"):
            done = rotate_keys(places_of(chosen))
        if as_json:
            row = {
                "key": done.current, "resumed": done.resumed, "sealed": dict(done.sealed),
                "dropped": list(done.dropped),
            }  # fmt: skip
            typer.echo(json_line(row))
            return
        words = wording(chosen)
        if done.resumed:
            say(words, "operations.resumed")
        say(
            words, "operations.rotated", key_name=done.current, rows=sum(done.sealed.values()),
            dropped=", ".join(done.dropped),
        )  # fmt: skip
