"""``retention``: what is kept too long, said first and removed when told to."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from matching.cli.options import AsOf, Json
from matching.cli.records import json_line
from matching.cli.telling import tell
from matching.settings import Settings
from matching.territory import territory_folder
from matching.wording import Wording

if TYPE_CHECKING:
    from matching.hub.retention import Outlook
    from matching.hub.retention_policy import RetentionPolicy


def add_retention(
    app: typer.Typer,
    *,
    settings: Callable[[], Settings],
    wording: Callable[[Settings], Wording],
    day: Callable[[str | None], date],
) -> None:
    """Register ``retention`` on a command line.

    Parameters
    ----------
    app
        The command line.
    settings, wording, day
        Read the settings, say in which language to answer, and give the day of an ``--as-of``.
    """

    @app.command()
    def retention(
        apply: Annotated[
            bool, typer.Option("--apply/--dry-run", help="Remove it, or only say what would go.")
        ] = False,
        as_json: Json = False,
        as_of: AsOf = None,
    ) -> None:
        """Say what is kept longer than the territory's months, lane by lane, and remove it if told.

        Exit 1 with --apply where those months are no longer in force.

        Example: valoriamo retention --dry-run
        """
        from matching.hub.erasure import clear_log
        from matching.hub.retention import erased_so_far, outlook, sweep
        from matching.hub.retention_policy import load_retention
        from matching.operations.erased_file import note_missing
        from matching.operations.places import everywhere, opened, places_of

        chosen, today = settings(), day(as_of)
        if apply and today > day(None):
            raise typer.BadParameter(
                "nothing is removed before its time; --dry-run may look ahead.",
                param_hint="--as-of",
            )
        words, places = wording(chosen), places_of(chosen)
        folder = territory_folder(chosen.data_dir / "territories", chosen.territory)
        policy = load_retention(folder)
        with opened(places) as store:
            actor = everywhere(store.engine)
            with store.reading(actor) as work:
                found = outlook(work, policy, today)
            if not apply:
                _print_outlook(found, policy, words, as_json=as_json)
                return
            if found.expired:
                typer.echo(words.say("keeping.expired"), err=True)
                raise typer.Exit(1)
            with store.reading(actor) as work:
                # Those of a run that was killed before it noted them.
                note_missing(places.erased, erased_so_far(work))
            removed: dict[str, int] = {}
            while True:
                with store.writing(actor) as work:
                    swept = sweep(work, policy, today, whole=True)
                if swept is None:
                    break
                note_missing(places.erased, swept.erased)
                removed[swept.table] = removed.get(swept.table, 0) + swept.removed
            clear_log(store)
        _print_removed(removed, words, as_json=as_json)


def _print_outlook(
    found: "Outlook", policy: "RetentionPolicy", words: Wording, *, as_json: bool
) -> None:
    from matching.store.columns import Lane

    if as_json:
        document = {
            "as_of": found.as_of.isoformat(),
            "due": [
                {
                    "lane": str(one.lane), "table": one.table, "count": one.count,
                    "before": one.before.isoformat(),
                }
                for one in found.due
            ],
            "journal": found.journal, "unconfirmed": found.unconfirmed, "expired": found.expired,
        }  # fmt: skip
        typer.echo(json_line(document))
        return
    lines = [
        words.say(
            "keeping.due", table=one.table, lane=words.say(f"privacy.lane_{one.lane}"),
            count=one.count, before=one.before,
        )
        for one in found.due
    ]  # fmt: skip
    if not lines:
        lines.append(words.say("keeping.nothing", on=found.as_of))
    if found.journal:
        months = policy.lanes[Lane.JOURNAL].months
        lines.append(words.say("keeping.journal", count=found.journal, months=months))
    if found.unconfirmed:
        months = policy.reliability.months
        lines.append(words.say("keeping.unconfirmed", count=found.unconfirmed, months=months))
    if found.expired:
        lines.append(words.say("keeping.expired"))
    tell(lines)


def _print_removed(removed: dict[str, int], words: Wording, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json_line({"removed": removed}))
        return
    lines = [
        words.say("keeping.removed", table=name, count=count) for name, count in removed.items()
    ]
    total, people = sum(removed.values()), removed.get("persons", 0)
    tell([*lines, words.say("keeping.total", count=total, persons=people)])
