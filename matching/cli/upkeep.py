"""``duplicates`` and ``stale``: what in a register is there twice, and what is out of date."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from matching.cli.files import check_there
from matching.cli.options import AsOf
from matching.cli.progress import waiting
from matching.cli.reading import read_vacancy
from matching.cli.records import TextRecord, json_line
from matching.cli.upkeep_rows import RegisterRow, read_register
from matching.cli.upkeep_screen import print_left, print_proposals
from matching.domain import Vacancy
from matching.service import Service
from matching.territory import Territory, normalise_place
from matching.upkeep import (
    Curriculum,
    MergeProposal,
    Opening,
    Posting,
    deadline_of,
    fewest,
    identity_of,
    profiles_left_out,
    same_curricula,
    same_people,
    same_vacancies,
    vacancies_left_out,
    with_curricula,
)

_DECIMALS = 4

_Persons = Annotated[
    Path | None,
    typer.Option(help="JSON lines: id; if known name, born, email, phone, comune, text, updated."),
]
_Vacancies = Annotated[
    Path | None, typer.Option(help="JSON lines: id; if known title, company, comune, text, opens.")
]
_Json = Annotated[bool, typer.Option("--json", help="One JSON line per finding.")]


def add_upkeep(
    app: typer.Typer, *, service: Callable[[], Service], day: Callable[[str | None], date]
) -> None:
    """Register ``duplicates`` and ``stale`` on a command line.

    Parameters
    ----------
    app
        The command line.
    service, day
        Give the service, and the day of an ``--as-of``: only a composition point reads the
        settings.
    """

    @app.command()
    def duplicates(
        persons: _Persons = None,
        vacancies: _Vacancies = None,
        as_json: _Json = False,
        as_of: AsOf = None,
    ) -> None:
        """Propose records that may be of one person or one vacancy. Nothing is merged.

        Example: valoriamo duplicates --persons P.jsonl --vacancies V.jsonl
        """
        today = day(as_of)
        people, adverts = _registers(persons, vacancies)
        made = service()
        found = [
            *fewest(_of_people(made, people)),
            *fewest(_of_vacancies(made, adverts, today)),
        ]
        if as_json:
            for proposal in found:
                typer.echo(json_line(_proposal_row(proposal)))
        elif found:
            print_proposals(Console(), made, found)
        else:
            Console().print(Text(made.wording.say("upkeep.none_twice")))

    @app.command()
    def stale(
        persons: _Persons = None,
        vacancies: _Vacancies = None,
        as_json: _Json = False,
        as_of: AsOf = None,
    ) -> None:
        """Say which profiles and vacancies leave the pool, since when, and what brings them back.

        Example: valoriamo stale --persons P.jsonl --vacancies V.jsonl
        """
        today = day(as_of)
        people, adverts = _registers(persons, vacancies)
        made = service()
        limits, wording = made.territory.limits, made.wording
        updated = {row.id: row.updated for row in people}
        openings = [opening_of(made, row, today) for row in adverts]
        found = [
            *profiles_left_out(updated, limits=limits, as_of=today, wording=wording),
            *vacancies_left_out(openings, limits=limits, as_of=today, wording=wording),
        ]
        if as_json:
            for left in found:
                row = asdict(left) | {"why": str(left.why), "since": left.since.isoformat()}
                typer.echo(json_line(row))
        elif found:
            print_left(Console(), made, found)
        else:
            Console().print(Text(wording.say("upkeep.none_stale")))
        undated = [key for key, on in updated.items() if on is None]
        undated += [one.id for one in openings if not one.dated]
        if undated:
            said = wording.say("upkeep.undated", count=len(undated), list=wording.list(undated))
            typer.echo(said, err=True)


def opening_of(service: Service, row: RegisterRow, today: date) -> Opening:
    """When a vacancy opened and by when to apply, as its row and its text say."""
    if not row.text:
        return Opening(id=row.id, opened=row.opens)
    vacancy = _read(service, row, today)
    return Opening(id=row.id, opened=row.opens, deadline=deadline_of(vacancy.facts, row.opens))


def _registers(
    persons: Path | None, vacancies: Path | None
) -> tuple[list[RegisterRow], list[RegisterRow]]:
    if persons is None and vacancies is None:
        raise typer.BadParameter(
            "Name a file of persons, of vacancies, or both.", param_hint="--persons"
        )
    for path, parameter in ((persons, "--persons"), (vacancies, "--vacancies")):
        if path is not None:
            check_there([path], parameter)
    return (
        read_register(persons) if persons is not None else [],
        read_register(vacancies) if vacancies is not None else [],
    )


def _of_people(service: Service, rows: Sequence[RegisterRow]) -> tuple[MergeProposal, ...]:
    wording, places = service.wording, _places(service.territory)
    identities = [
        identity_of(
            row.id,
            name=row.name,
            born=row.born,
            email=row.email,
            phone=row.phone,
            comune=_place(service.territory, places, row.comune),
        )
        for row in rows
    ]
    curricula = [Curriculum(id=row.id, text=row.text, updated=row.updated) for row in rows]
    with waiting("Comparing people"):
        return with_curricula(
            same_people(identities, wording=wording, places=places),
            same_curricula(curricula, wording=wording, places=places, identities=identities),
        )


def _of_vacancies(
    service: Service, rows: Sequence[RegisterRow], today: date
) -> tuple[MergeProposal, ...]:
    by_id, places = {row.id: row for row in rows}, _places(service.territory)
    postings = [
        Posting(
            id=row.id,
            text=row.text,
            title=row.title,
            company=row.company,
            comune=_place(service.territory, places, row.comune),
            opens=row.opens,
        )
        for row in rows
    ]
    with waiting("Comparing vacancies"):
        return same_vacancies(
            postings,
            read=lambda posting: _read(service, by_id[posting.id], today),
            wording=service.wording,
            places=places,
        )


def _read(service: Service, row: RegisterRow, today: date) -> Vacancy:
    record = TextRecord(
        where=row.where, id=row.id, text=row.text, title=row.title, comune=row.comune or None
    )
    # A day without a year is one after the opening.
    return read_vacancy(service, record, row.opens or today)


def _places(territory: Territory) -> dict[str, str]:
    return {place.istat: place.name for place in (*territory.municipalities, *territory.neighbours)}


def _place(territory: Territory, places: Mapping[str, str], written: str) -> str | None:
    """The ISTAT code of a municipality, or its name in one form where it is far away."""
    if not written or written in places:
        return written or None
    found = territory.find_municipality(written)
    return found.istat if found else normalise_place(written) or None


def _proposal_row(proposal: MergeProposal) -> dict[str, Any]:
    return {
        "kind": str(proposal.kind),
        "first": proposal.first,
        "second": proposal.second,
        "verdict": str(proposal.verdict),
        "score": round(proposal.score, _DECIMALS),
        "agreements": [{"aspect": str(r.aspect), "text": r.text} for r in proposal.agreements],
        "differences": [{"aspect": str(r.aspect), "text": r.text} for r in proposal.differences],
        "note": proposal.note,
    }
