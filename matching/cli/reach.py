"""``reach``: the vacancies that suit a person, and what each local service would open."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from matching.cli.files import check_there, read_bytes
from matching.cli.options import AsOf
from matching.cli.progress import progress, waiting
from matching.cli.reach_screen import print_reach
from matching.cli.reading import read_vacancy
from matching.cli.records import json_line, read_records
from matching.domain import DocumentKind, Vacancy
from matching.domain.reach import ReachGain
from matching.errors import InputError
from matching.features import judged
from matching.profiles import profile_from
from matching.service import Service

_DECIMALS = 6


def add_reach(
    app: typer.Typer, *, service: Callable[[], Service], day: Callable[[str | None], date]
) -> None:
    """Register ``reach`` on a command line.

    Parameters
    ----------
    app
        The command line.
    service, day
        Give the service, and the day of an ``--as-of``: only a composition point reads the
        settings.
    """

    @app.command()
    def reach(
        cv: Annotated[Path, typer.Argument(metavar="CV", help="The person's CV.")],
        vacancies: Annotated[
            Path, typer.Option(help="Open vacancies. JSON lines: id, text; if known title, comune.")
        ],
        past: Annotated[
            Path | None,
            typer.Option(help="Vacancies that opened in the past days, for the usual month."),
        ] = None,
        past_days: Annotated[
            int | None,
            typer.Option(min=1, metavar="DAYS", help="In how many days those opened, with --past."),
        ] = None,
        as_json: Annotated[
            bool, typer.Option("--json", help="One JSON line per service, the person's first.")
        ] = False,
        as_of: AsOf = None,
    ) -> None:
        """Count the vacancies that suit a person, and those that each service would add.

        Example: valoriamo reach cv.pdf --vacancies V.jsonl --past L.jsonl --past-days 365
        """
        today = day(as_of)
        if (past is None) != (past_days is None):
            raise InputError("--past and --past-days go together: give both, or neither.")
        check_there([cv], "CV")
        check_there([vacancies], "--vacancies")
        check_there([] if past is None else [past], "--past")
        with waiting("Loading the lexicon"):
            made = service()
        document = made.read_document(read_bytes(cv), cv.name)
        found = made.extract(document.text, kind=DocumentKind.CV, as_of=today)
        person = profile_from(cv.stem, found)
        now = _read(made, vacancies, today)
        before = [] if past is None else _read(made, past, today)
        market = made.market(now, past=before, past_days=past_days or 0, as_of=today)
        own, gains = made.reach_gains(person, market, as_of=today)
        gains = tuple(sorted(gains, key=_order))
        if as_json:
            typer.echo(json_line({"person": person.id, **_rounded(asdict(own))}))
            for gain in gains:
                row = {
                    "service": gain.service,
                    "opened": list(gain.opened),
                    "first": list(gain.first),
                    **_rounded(asdict(gain.after)),
                }
                typer.echo(json_line(row))
            return
        print_reach(
            Console(),
            made.wording,
            name=person.id,
            known=judged(person, made.space),
            counted=market.now,
            own=own,
            gains=gains,
            catalogue=made.catalogue,
            taxonomy=made.taxonomy,
            policy=made.territory.policy.reach,
        )


def _read(service: Service, path: Path, as_of: date) -> list[Vacancy]:
    rows = progress(read_records(path), "Reading vacancies")
    return [read_vacancy(service, row, as_of) for row in rows]


def _order(gain: ReachGain) -> tuple[float, float, str]:
    usual = (gain.after.monthly or 0.0) - (gain.before.monthly or 0.0)
    return -gain.gain, -usual, gain.service


def _rounded(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: round(value, _DECIMALS) if isinstance(value, float) else value
        for name, value in values.items()
    }
