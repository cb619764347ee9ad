"""``follow``: agreed paths as they stand, what is due, and whom to call. Reads; writes nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from matching.accompaniment.agreement import calls, read_agreements, reminders
from matching.accompaniment.agreement.calls import CallProposed
from matching.accompaniment.agreement.internships import (
    InternshipSeen,
    internships_seen,
    read_internships,
)
from matching.accompaniment.agreement.policy import AgreementPolicy, find_agreement_policy
from matching.accompaniment.agreement.reminders import Reminder
from matching.accompaniment.agreement.telling import (
    told_call,
    told_internship,
    told_reminder,
    told_step,
)
from matching.accompaniment.incentives.regions import load_regions
from matching.accompaniment.json_values import to_json
from matching.accompaniment.referrals import read_lines
from matching.cli.files import check_there
from matching.cli.records import json_line
from matching.domain import ContactMade
from matching.domain.agreement import Agreement
from matching.errors import InputError
from matching.settings import Settings
from matching.territory import load_territory, territory_folder
from matching.wording import Wording

_INDENT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """A path on a day: what is due, whom to call, its internships."""

    agreement: Agreement
    policy: AgreementPolicy | None
    due: Sequence[Reminder]
    calls: Sequence[CallProposed]
    internships: Sequence[InternshipSeen]


def add_follow(
    app: typer.Typer,
    *,
    settings: Callable[[], Settings],
    wording: Callable[[Settings], Wording],
    day: Callable[[str | None], date],
) -> None:
    """Register ``follow`` on a command line.

    Parameters
    ----------
    app
        The command line.
    settings, wording, day
        Read the settings, say in which language to answer, and give the day of an ``--as-of``.
    """

    @app.command()
    def follow(
        paths: Annotated[
            Path, typer.Argument(metavar="PATHS", help="JSON lines of events, as plan writes them.")
        ],
        contacts: Annotated[
            Path | None, typer.Option(help="JSON lines of contacts, against which silence counts.")
        ] = None,
        internships: Annotated[
            Path | None, typer.Option(help="JSON lines of internship records, begun or to begin.")
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help="One JSON line per path.")] = False,
        as_of: Annotated[
            str | None,
            typer.Option("--as-of", metavar="DATE", help="Compute as of this day [today]."),
        ] = None,
    ) -> None:
        """Show how agreed paths stand, what is due, and which calls to propose.

        Example: valoriamo follow percorso.jsonl
        """
        today = day(as_of)
        check_there([paths], "PATHS")
        check_there([contacts] if contacts else [], "--contacts")
        check_there([internships] if internships else [], "--internships")
        made = settings()
        said = wording(made)
        folder = territory_folder(made.data_dir / "territories", made.territory)
        policy = find_agreement_policy(folder)
        regions = load_regions(made.data_dir / "measures")
        province = load_territory(folder).province_code
        known = read_agreements(_lines(paths), name=str(paths))
        made_contacts = [] if contacts is None else _contacts(contacts)
        records = (
            ()
            if internships is None
            else read_internships(_lines(internships), name=str(internships))
        )
        for agreement in known:
            _check(agreement, today)
            standing = _Standing(
                agreement=agreement,
                policy=policy,
                due=()
                if policy is None
                else reminders(agreement, policy.reminding, as_of=today, internships=records),
                calls=()
                if policy is None
                else calls(agreement, policy.calling, as_of=today, contacts=made_contacts),
                internships=internships_seen(
                    agreement, records, regions=regions, province=province, as_of=today
                ),
            )
            if as_json:
                typer.echo(json_line(_row(standing, said, today)))
            else:
                _print(Console(), standing, said, today)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8-sig").splitlines()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8.") from error


def _contacts(path: Path) -> list[ContactMade]:
    found = read_lines(_lines(path), name=str(path))
    return [one for one in found if isinstance(one, ContactMade)]


def _check(agreement: Agreement, as_of: date) -> None:
    last = agreement.events[-1].on
    if last > as_of:
        raise InputError(
            f"path {agreement.id!r} has an event of {last}, after {as_of}: nothing later may be "
            "read. Give a later --as-of."
        )


def _row(standing: _Standing, wording: Wording, as_of: date) -> dict[str, Any]:
    agreement = standing.agreement
    return {
        "path": agreement.id,
        "person_id": agreement.person_id,
        "as_of": as_of.isoformat(),
        "signed_on": to_json(agreement.signed_on),
        "steps": [
            {
                "step": step.id,
                "title": step.proposal.title,
                "state": step.state.value,
                "since": step.since.isoformat(),
                "proposer": step.proposal.proposer.value,
                "reason": to_json(step.reason),
                "follows": step.proposal.follows,
            }
            for step in agreement.steps
        ],
        "reminders": [
            {**to_json(one), "text": told_reminder(one, agreement, wording)} for one in standing.due
        ],
        "calls": [
            {**to_json(one), "text": told_call(one, agreement, wording)} for one in standing.calls
        ],
        "internships": [
            {
                "id": one.record.id,
                "started": one.started,
                "lacking": to_json(one.lacking),
                "warnings": to_json(one.warnings),
                "texts": list(told_internship(one, wording)),
            }
            for one in standing.internships
        ],
    }


def _print(console: Console, standing: _Standing, wording: Wording, as_of: date) -> None:
    agreement, policy, say = standing.agreement, standing.policy, wording.say
    console.print(Text(say("follow.title", id=agreement.id, on=as_of), style="bold"))
    lines = [told_step(step, wording) for step in agreement.steps]
    lines += [
        say("follow.contested", on=one.on, words=one.own_words) for one in agreement.contested
    ]
    if agreement.signed_on is not None:
        lines.append(say("follow.signed", on=agreement.signed_on))
    _indented(console, lines)
    told = [line for one in standing.internships for line in told_internship(one, wording)]
    if told:
        console.print(Text(say("follow.internships"), style="cyan"))
        _indented(console, told)
    if policy is None:
        console.print(Text(say("follow.no_policy")))
        return
    if standing.due:
        console.print(Text(say("follow.due"), style="cyan"))
        _indented(console, [told_reminder(one, agreement, wording) for one in standing.due])
    if standing.calls:
        console.print(Text(say("follow.calls"), style="cyan"))
        _indented(console, [told_call(one, agreement, wording) for one in standing.calls])
        console.print(Text(say("follow.call_means", reason=policy.calling.reason), style="dim"))
    if not standing.due and not standing.calls:
        console.print(Text(say("follow.nothing_due")))


def _indented(console: Console, lines: Sequence[str]) -> None:
    for line in lines:
        console.print(Padding(Text(line), (0, 0, 0, _INDENT), expand=False))
