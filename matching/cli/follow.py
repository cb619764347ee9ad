"""``follow``: agreed paths as they stand, what is due, and whom to call. Reads; writes nothing."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from matching.accompaniment.agreement import calls, read_agreements, reminders
from matching.accompaniment.agreement.policy import AgreementPolicy, find_agreement_policy
from matching.accompaniment.agreement.telling import told_call, told_reminder, told_step
from matching.accompaniment.json_values import to_json
from matching.accompaniment.referrals import read_lines
from matching.cli.files import check_there
from matching.cli.records import json_line
from matching.domain import ContactMade
from matching.domain.agreement import Agreement
from matching.errors import InputError
from matching.settings import Settings
from matching.territory import territory_folder
from matching.wording import Wording

_INDENT = 3


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
        made = settings()
        said = wording(made)
        policy = find_agreement_policy(
            territory_folder(made.data_dir / "territories", made.territory)
        )
        known = read_agreements(_lines(paths), name=str(paths))
        made_contacts = [] if contacts is None else _contacts(contacts)
        for agreement in known:
            _check(agreement, today)
            if as_json:
                typer.echo(json_line(_row(agreement, policy, made_contacts, said, today)))
            else:
                _print(Console(), agreement, policy, made_contacts, said, today)


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


def _row(
    agreement: Agreement,
    policy: AgreementPolicy | None,
    contacts: Sequence[ContactMade],
    wording: Wording,
    as_of: date,
) -> dict[str, Any]:
    due = () if policy is None else reminders(agreement, policy.reminding, as_of=as_of)
    proposed = (
        () if policy is None else calls(agreement, policy.calling, as_of=as_of, contacts=contacts)
    )
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
            {**to_json(one), "text": told_reminder(one, agreement, wording)} for one in due
        ],
        "calls": [{**to_json(one), "text": told_call(one, agreement, wording)} for one in proposed],
    }


def _print(
    console: Console,
    agreement: Agreement,
    policy: AgreementPolicy | None,
    contacts: Sequence[ContactMade],
    wording: Wording,
    as_of: date,
) -> None:
    say = wording.say
    console.print(Text(say("follow.title", id=agreement.id, on=as_of), style="bold"))
    lines = [told_step(step, wording) for step in agreement.steps]
    lines += [
        say("follow.contested", on=one.on, words=one.own_words) for one in agreement.contested
    ]
    if agreement.signed_on is not None:
        lines.append(say("follow.signed", on=agreement.signed_on))
    _indented(console, lines)
    if policy is None:
        console.print(Text(say("follow.no_policy")))
        return
    due = reminders(agreement, policy.reminding, as_of=as_of)
    proposed = calls(agreement, policy.calling, as_of=as_of, contacts=contacts)
    if due:
        console.print(Text(say("follow.due"), style="cyan"))
        _indented(console, [told_reminder(one, agreement, wording) for one in due])
    if proposed:
        console.print(Text(say("follow.calls"), style="cyan"))
        _indented(console, [told_call(one, agreement, wording) for one in proposed])
        console.print(Text(say("follow.call_means", reason=policy.calling.reason), style="dim"))
    if not due and not proposed:
        console.print(Text(say("follow.nothing_due")))


def _indented(console: Console, lines: Sequence[str]) -> None:
    for line in lines:
        console.print(Padding(Text(line), (0, 0, 0, _INDENT), expand=False))
