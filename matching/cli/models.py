"""``valoriamo models``: which models there are, which one serves, and changing that."""

import getpass
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from matching.cli.records import json_line
from matching.errors import ConflictError
from matching.explanation.calibration import calibration_notes
from matching.models.package import Kind
from matching.models.registry import Registry
from matching.models.versions import CANDIDATE, CHAMPION, PREVIOUS, ModelVersion
from matching.settings import Settings
from matching.wording import Wording

_WIDEST = 120
_DIGEST_SHOWN = 8
_METRICS_SHOWN = 3
_COLUMNS = (
    "models.model",
    "models.state",
    "models.checks",
    "models.learnt_from",
    "models.registered",
    "models.metrics",
)
_STATES = {
    CANDIDATE: "models.candidate",
    CHAMPION: "models.champion",
    PREVIOUS: "models.previous",
}
_CHECKS = {True: "models.passed", False: "models.failed", None: "models.not_checked"}

_Name = Annotated[Kind, typer.Argument(metavar="NAME", help="ranker or risk.")]
_By = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="WHO", help="Who decides [the login name]; the account in an installation."
    ),
]


def add_models(
    app: typer.Typer,
    *,
    settings: Callable[[], Settings],
    wording: Callable[[Settings], Wording],
    today: Callable[[], date],
) -> None:
    """Register ``models list``, ``promote``, ``confirm`` and ``rollback`` on a command line.

    Parameters
    ----------
    app
        The command line.
    settings, wording
        Read the settings, and say in which language to answer.
    today
        Says which day it is: only a composition point reads the clock.
    """
    models = typer.Typer(
        help="The learned models: which there are, which one serves.\n\n"
        "Example: valoriamo models list",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    app.add_typer(models, name="models")

    @models.command("list")
    def list_models(
        as_json: Annotated[bool, typer.Option("--json", help="One JSON line per version.")] = False,
    ) -> None:
        """Every version, the newest first: what it showed, what it learnt from, which serves.

        Example: valoriamo models list
        """
        chosen = settings()
        versions = Registry(chosen.home).versions()
        if as_json:
            for version in versions:
                typer.echo(json_line(_row(version)))
        elif versions:
            console = Console()
            words = wording(chosen)
            console.print(_table(console, versions, words))
            for version in versions:
                for note in _notes(version, words):
                    console.print(Text(note))
        else:
            Console().print(Text(wording(chosen).say("models.none")))

    @models.command()
    def promote(
        name: _Name,
        version: Annotated[
            int | None, typer.Option(min=1, metavar="N", help="Which version [the candidate].")
        ] = None,
        by: _By = None,
    ) -> None:
        """Put a version into service, if it passed its checks. Exit 1 if not, and why.

        In an installation it is proposed, by an account with its password and code, and another
        person confirms it.

        Example: valoriamo models promote ranker --version 2
        """
        chosen = settings()
        if is_installation(chosen):
            from matching.cli.model_changes import signed_changes

            with signed_changes(chosen, wording(chosen), by=by, on=today()) as changes:
                changes.promote(name, version)
            return
        done = Registry(chosen.home).promote(name, version, by=who(by), on=today())
        _say(wording(chosen), "models.promoted", done)

    @models.command()
    def confirm(name: _Name, by: _By = None) -> None:
        """Put into service what another person proposed; in an installation, where it takes two.

        Example: valoriamo models confirm ranker --by anna@hub.example
        """
        chosen = settings()
        if not is_installation(chosen):
            raise ConflictError(
                f"There is no installation in {chosen.home}: one person decides there, with: "
                f"valoriamo models promote {name}."
            )
        from matching.cli.model_changes import signed_changes

        with signed_changes(chosen, wording(chosen), by=by, on=today()) as changes:
            changes.confirm(name)

    @models.command()
    def rollback(name: _Name, by: _By = None) -> None:
        """Put back the version that served before. Nothing is trained, and nobody else is asked.

        Example: valoriamo models rollback ranker
        """
        chosen = settings()
        if is_installation(chosen):
            from matching.cli.model_changes import signed_changes

            with signed_changes(chosen, wording(chosen), by=by, on=today()) as changes:
                changes.rollback(name)
            return
        done = Registry(chosen.home).rollback(name, by=who(by), on=today())
        _say(wording(chosen), "models.restored", done)


def is_installation(settings: Settings) -> bool:
    """Whether the models of a home are a hub's, and it takes two people to put one into service."""
    # Half a second that the other commands need not take.
    from matching.operations.serving import is_installed

    return is_installed(settings)


def who(by: str | None) -> str:
    """Who decides: the name given, else the login name."""
    if by is not None:
        return by
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise typer.BadParameter(
            "this process has no login name; say who decides.", param_hint="--by"
        ) from error


def _say(wording: Wording, key: str, version: ModelVersion) -> None:
    sentence = wording.say(
        key, name=version.name, version=version.version, by=version.history[-1].by
    )
    Console().print(Text(sentence))


def _row(version: ModelVersion) -> dict[str, Any]:
    return {
        "name": version.name,
        "version": version.version,
        "digest": version.digest,
        "aliases": list(version.aliases),
        "synthetic": version.synthetic,
        "known_until": version.known_until.isoformat(),
        "registered_on": version.registered_on.isoformat(),
        "gate_passed": version.gate_passed,
        "metrics": dict(version.metrics),
        "calibration": [asdict(one) for one in version.calibration],
        "history": [
            {"what": change.what, "by": change.by, "on": change.on.isoformat()}
            for change in version.history
        ],
    }


def _notes(version: ModelVersion, wording: Wording) -> tuple[str, ...]:
    """Whether the chances of a risk model are those of the hub, where that was recorded."""
    if not version.calibration:
        return ()
    label = f"{version.name} v{version.version}"
    return tuple(f"{label}: {note}" for note in calibration_notes(version.calibration, wording))


def _table(console: Console, versions: tuple[ModelVersion, ...], wording: Wording) -> Table:
    say = wording.say
    table = Table(box=box.SIMPLE_HEAD, width=min(console.width, _WIDEST), pad_edge=False)
    for key in _COLUMNS:
        table.add_column(say(key), overflow="fold")
    for version in versions:
        source = "models.synthetic" if version.synthetic else "models.real"
        metrics = tuple(f"{name} {value:.3g}" for name, value in version.metrics.items())
        cells = (
            f"{version.name} v{version.version} ({version.digest[:_DIGEST_SHOWN]})",
            # Who works on the registry with MLflow's own tools may give other names.
            ", ".join(say(_STATES[a]) if a in _STATES else a for a in version.aliases),
            say(_CHECKS[version.gate_passed]),
            say(source, date=version.known_until),
            say("screen.date", date=version.registered_on),
            wording.list(metrics, most=_METRICS_SHOWN),
        )
        table.add_row(*map(Text, cells))
    return table
