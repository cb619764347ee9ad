"""``plan``: rights first, then the path of a person, on screen, as JSON and on paper."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from matching.accompaniment.agreement import ToPrint, agreement_lines, begun
from matching.accompaniment.impact import unmet_of_plan
from matching.accompaniment.json_values import to_json
from matching.accompaniment.ordering import Placed
from matching.accompaniment.plan_rows import plan_row
from matching.accompaniment.rights import load_measures
from matching.accompaniment.rights import rights as rights_of
from matching.cli.files import check_there, read_bytes
from matching.cli.household_files import read_household
from matching.cli.path_paper import rights_to_check, write_path
from matching.cli.path_screen import (
    answers_behind,
    print_path,
    print_rights_first,
    to_committee,
)
from matching.cli.plan_needs import Needs, answered_needs, stated_needs
from matching.cli.progress import progress, waiting
from matching.cli.reading import read_person, read_vacancy
from matching.cli.records import TextRecord, json_line, read_records
from matching.cli.rights_screen import right_row
from matching.domain import Plan, Profile
from matching.errors import InputError
from matching.service import Service
from matching.settings import Settings

_HUB = "hub"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Somebody:
    profile: Profile
    pool: tuple[Profile, ...]


def add_plan(
    app: typer.Typer,
    *,
    settings: Callable[[], Settings],
    service: Callable[[], Service],
    day: Callable[[str | None], date],
) -> None:
    """Register ``plan`` on a command line.

    Parameters
    ----------
    app
        The command line.
    settings, service, day
        Read the settings, build the service that ranks and plans, and give the day of an
        ``--as-of``.
    """

    @app.command()
    def plan(
        person: Annotated[
            str, typer.Argument(metavar="PERSON", help="A CV, or an id of --persons.")
        ],
        vacancies: Annotated[
            Path, typer.Option(help="JSON lines: id, text; if known title, comune.")
        ],
        persons: Annotated[
            Path | None, typer.Option(help="JSON lines of people among whom PERSON is, by id.")
        ] = None,
        needs: Annotated[
            str | None, typer.Option(metavar="NEEDS", help="Needs, such as housing,food,care.")
        ] = None,
        answers: Annotated[
            Path | None, typer.Option(help="JSON of answers as for assess: needs come from it.")
        ] = None,
        household: Annotated[
            Path | None, typer.Option(help="JSON as for rights: measures to check first.")
        ] = None,
        budget: Annotated[
            int | None, typer.Option(min=0, metavar="EUR", help="What the fund may pay in all.")
        ] = None,
        name: Annotated[
            str | None, typer.Option(help="The name on the paper [the id, or the file's name].")
        ] = None,
        follows: Annotated[
            str | None, typer.Option(help="Who follows the steps [to be chosen together].")
        ] = None,
        out: Annotated[
            Path | None, typer.Option(metavar="DIR", help="Write the paper to sign, and the path.")
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
        as_of: Annotated[
            str | None,
            typer.Option("--as-of", metavar="DATE", help="Compute as of this day [today]."),
        ] = None,
    ) -> None:
        """Propose a path to somebody: rights first, then local services in an order, on paper too.

        Example: valoriamo plan cv.pdf --vacancies V.jsonl --needs housing,food --out percorso
        """
        today = day(as_of)
        given = (("--vacancies", vacancies), ("--persons", persons), ("--answers", answers))
        for option, path in (*given, ("--household", household)):
            check_there([path] if path else [], option)
        if persons is None:
            check_there([Path(person)], "PERSON")
        asked = _stated(needs, answers)
        made = settings()
        measures = load_measures(made.data_dir / "measures")
        people = None if household is None else read_household(household, today)
        found = () if people is None else rights_of(measures, *people, as_of=today)
        hub = service()
        if answers is not None:
            asked = answered_needs(answers, made, hub.territory)
        offers = [
            read_vacancy(hub, row, today)
            for row in progress(read_records(vacancies), "Reading vacancies")
        ]
        somebody = _somebody(person, persons, hub, today)
        profile = asked.travelling(somebody.profile)
        with waiting("Planning"):
            proposed = hub.plan(
                profile,
                offers,
                [profile if one.id == profile.id else one for one in somebody.pool],
                needs=asked.declared,
                as_of=today,
                budget_eur=budget,
                told=asked.told,
            )
            placed = hub.placed(proposed, pressing=asked.pressing)
        proposed = replace(proposed, steps=tuple(one.step for one in placed))
        shown = name or proposed.person_id
        names = {one.id: one.name[hub.wording.language] for one in measures}
        written: Sequence[Path] = ()
        if out is not None:
            paper = ToPrint(
                name=shown,
                plan=proposed,
                steps=placed,
                rights=rights_to_check(found),
                hub=_hub(hub, profile),
                follows=dict.fromkeys((one.step.service for one in placed), follows or ""),
            )
            written = write_path(
                out,
                paper,
                hub,
                events=_events(paper, hub, by=follows or _HUB),
                unmet=unmet_of_plan(proposed, municipality=_home(profile)),
            )
        if as_json:
            row = _row(proposed, placed, asked, hub)
            rights = [right_row(right, hub.wording, names) for right in found]
            files = [str(file) for file in written]
            typer.echo(json_line({**row, "rights": rights, "files": files}))
            return
        console = Console()
        if people is not None and household is not None:
            print_rights_first(console, hub.wording, found, as_of=today, file=household)
        alone = len(somebody.pool) == 1
        print_path(
            console,
            hub.wording,
            proposed,
            placed,
            shown,
            asked,
            alone=alone,
            catalogue=hub.catalogue,
            fund=hub.fund_policy,
        )
        for file in written:
            console.print(hub.wording.say("path.written", file=file), soft_wrap=True)


def _stated(needs: str | None, answers: Path | None) -> Needs:
    if needs is not None and answers is not None:
        raise typer.BadParameter(
            "Needs are stated or come from answers, not both.", param_hint="--needs / --answers"
        )
    return stated_needs(needs or "")


def _somebody(person: str, persons: Path | None, hub: Service, as_of: date) -> _Somebody:
    if persons is None:
        path = Path(person)
        document = hub.read_document(read_bytes(path), path.name)
        row = TextRecord(where=person, id=path.stem, text=document.text)
        profile = read_person(hub, row, as_of)
        return _Somebody(profile=profile, pool=(profile,))
    rows = read_records(persons)
    pool = tuple(read_person(hub, row, as_of) for row in progress(rows, "Reading persons"))
    for profile in pool:
        if profile.id == person:
            return _Somebody(profile=profile, pool=pool)
    raise InputError(
        f"{persons}: no person has the id {person!r}; name one of its ids, or leave --persons out "
        "and name a CV."
    )


def _events(paper: ToPrint, hub: Service, *, by: str) -> Iterator[str]:
    """The lines of a path of which every step is proposed, and none agreed to."""
    plan = paper.plan
    path = begun(
        paper.steps,
        hub.catalogue,
        id=f"{plan.person_id}-{plan.as_of.isoformat()}",
        person_id=plan.person_id,
        on=plan.as_of,
        by=by,
        follows={slug: name for slug, name in paper.follows.items() if name},
    )
    return agreement_lines(path)


def _row(plan: Plan, placed: Sequence[Placed], needs: Needs, service: Service) -> dict[str, Any]:
    """The plan as JSON says it, each step with the answers that it is for and who decides."""
    services = service.catalogue.services if service.catalogue else ()
    eases = {one.slug: one.eases for one in services}
    row = plan_row(plan, placed, service.wording)
    row["steps"] = [
        {
            **step,
            "told": [
                to_json(answer)
                for answer in answers_behind(one.step, eases[one.step.service], needs)
            ],
            "to_committee": to_committee(one.step, service.fund_policy),
        }
        for step, one in zip(row["steps"], placed, strict=True)
    ]
    return row


def _hub(service: Service, profile: Profile) -> str:
    """The hub that serves where she lives; empty where that is not known."""
    home = _home(profile)
    if home is None:
        return ""
    hub = service.territory.hub_of(service.territory.municipality(home))
    return "" if hub is None else hub.name


def _home(profile: Profile) -> str | None:
    home = profile.facts.comune
    return None if home is None else str(home.value)
