"""What commands are made with: the service, the words, the day that is meant."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import typer

from matching.cli.progress import waiting
from matching.domain.days import day_at
from matching.settings import Settings, read_settings
from matching.wording import Wording, load_wording

if TYPE_CHECKING:
    from matching.service import RankerChoice, Service


def service_of(
    settings: Settings, *, ranker: "RankerChoice | None", with_risk: bool = False
) -> "Service":
    """The service, and on stderr what could not serve and what does instead."""
    from matching.service import build

    with waiting("Loading the lexicon"):
        service = build(settings, ranker=ranker, with_risk=with_risk)
    for problem in service.problems:
        typer.echo(problem, err=True)
    return service


def with_baseline(*, with_risk: bool = False) -> "Service":
    """The service of the settings, with the transparent baseline: the registry stays closed."""
    from matching.service import RankerChoice

    return service_of(read_settings(), ranker=RankerChoice.BASELINE, with_risk=with_risk)


def with_champion() -> "Service":
    """The service of the settings, with the learned ranker where one serves."""
    return service_of(read_settings(), ranker=None)


def wording_of(settings: Settings) -> Wording:
    """The sentences of the language that is set."""
    return load_wording(settings.data_dir / "wording", settings.language)


def day_of(value: str | None) -> date:
    """The day that ``--as-of`` names, today without it."""
    if value is None:
        return day_at(datetime.now(UTC))
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise typer.BadParameter(
            f"{value!r} is not a date like 2026-11-22.", param_hint="--as-of"
        ) from error
