"""``valoriamo train ranker|risk``: from a history to a registered model."""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from matching.cli.models import is_installation, who
from matching.cli.records import json_line
from matching.cli.wired import day_of
from matching.models.registry import Registry
from matching.service import RankerChoice, Service, build
from matching.settings import read_settings
from training.cli.linking import phrase_linker, sentence_linker
from training.cli.runs import Past, Source, last_known, ranker_from, risk_from
from training.cli.train_screen import print_trained, trained_row
from training.pipeline import RANKER_TEST_MONTHS, RISK_TEST_MONTHS, Trained
from training.publish import publish
from training.synthetic import Size


class Setting(StrEnum):
    """Settings of the synthetic district."""

    MILD = "mild"
    HARD = "hard"
    BIASED = "biased"


# With fewer decisions the gain over the baseline is seldom told from luck.
_DEFAULT = Size(vacancies=1200)

_History = Annotated[
    Path | None, typer.Option(help="Folder with the hub's own history and its data sheet.")
]
_Synthetic = Annotated[
    Setting | None, typer.Option(help="Learn from an invented district instead.")
]
_Seed = Annotated[int, typer.Option(min=0, help="Of the synthetic district.")]
_People = Annotated[int, typer.Option(min=1, help="People of the synthetic district.")]
_Vacancies = Annotated[int, typer.Option(min=1, help="Vacancies of the synthetic district.")]
_AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        formats=["%Y-%m-%d"],
        metavar="DATE",
        help="Learn what was known on this day, YYYY-MM-DD [today].",
    ),
]
_Promote = Annotated[
    bool,
    typer.Option(
        "--promote/--no-promote",
        help="Put it into service if its gate is met; in an installation, two people do.",
    ),
]
_By = Annotated[
    str | None, typer.Option("--by", metavar="WHO", help="Who decides [the login name].")
]
_Json = Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")]
_Keep = Annotated[
    Path | None, typer.Option(help="Write the history that was learnt from to this folder.")
]


def add_train(app: typer.Typer) -> None:
    """Register the models and linkers that can be trained."""
    train = typer.Typer(
        help="Train a model, compare it with the baseline, register it.\n\n"
        "Example: valoriamo train ranker --synthetic mild",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    train.command()(ranker)
    train.command()(risk)
    train.command()(sentence_linker)
    train.command()(phrase_linker)
    app.add_typer(train, name="train")


def ranker(
    history: _History = None,
    synthetic: _Synthetic = None,
    seed: _Seed = 1,
    people: _People = _DEFAULT.people,
    vacancies: _Vacancies = _DEFAULT.vacancies,
    test_months: Annotated[
        int, typer.Option(min=1, help="Months of vacancies kept for the comparison.")
    ] = RANKER_TEST_MONTHS,
    as_of: _AsOf = None,
    promote: _Promote = True,
    by: _By = None,
    keep_history: _Keep = None,
    as_json: _Json = False,
) -> None:
    """Learn from what was decided whom to propose for a vacancy.

    Example: valoriamo train ranker --synthetic mild
    """
    source = _source(history, synthetic, seed, Size(people=people, vacancies=vacancies))
    _run(
        source,
        lambda past, service, as_of: ranker_from(
            past.history, service, as_of=as_of, test_months=test_months
        ),
        as_of=as_of,
        keep=keep_history,
        promote=promote,
        by=by,
        as_json=as_json,
    )


def risk(
    history: _History = None,
    synthetic: _Synthetic = None,
    seed: _Seed = 1,
    people: _People = _DEFAULT.people,
    test_months: Annotated[
        int, typer.Option(min=1, help="Months of intakes kept for the comparison.")
    ] = RISK_TEST_MONTHS,
    as_of: _AsOf = None,
    promote: _Promote = True,
    by: _By = None,
    keep_history: _Keep = None,
    as_json: _Json = False,
) -> None:
    """Learn from spells how long people stay without work. Used only to add help.

    Example: valoriamo train risk --history /srv/hub/storia
    """
    # Nobody is shown to anybody for it: one vacancy keeps the district quick.
    size = Size(people=people, vacancies=1, pool=(1, 1))
    _run(
        _source(history, synthetic, seed, size),
        lambda past, service, as_of: risk_from(
            past.history,
            service,
            as_of=as_of,
            test_months=test_months,
            protected=past.protected,
        ),
        as_of=as_of,
        keep=keep_history,
        promote=promote,
        by=by,
        as_json=as_json,
    )


def _source(folder: Path | None, synthetic: Setting | None, seed: int, size: Size) -> Source:
    if (folder is None) == (synthetic is None):
        raise typer.BadParameter(
            "give either --history with a hub's own past, or --synthetic with a setting.",
            param_hint="--history / --synthetic",
        )
    return Source(folder=folder, setting=str(synthetic or ""), seed=seed, size=size)


_Train = Callable[[Past, Service, date], Trained]


def _run(
    source: Source,
    train: _Train,
    *,
    as_of: datetime | None,
    keep: Path | None,
    promote: bool,
    by: str | None,
    as_json: bool,
) -> None:
    """Read the history, train on it, register the model and say what it showed."""
    settings = read_settings()
    service = build(settings, ranker=RankerChoice.BASELINE)
    past = source.read_past(service)
    if keep is not None:
        past.write(keep)
        _say(f"The history is in {keep}.")
    trained = train(past, service, last_known(past.history, _day(as_of), _say))
    # What serves in an installation is decided by two people.
    promote = promote and not is_installation(settings)
    published = publish(
        Registry(settings.home), trained, by=who(by), on=day_of(None), promote=promote
    )
    if as_json:
        typer.echo(json_line(trained_row(trained, published)))
    else:
        print_trained(Console(), service.wording, trained, published)


def _day(value: datetime | None) -> date:
    return day_of(None) if value is None else value.date()


def _say(text: str) -> None:
    typer.echo(text, err=True)
