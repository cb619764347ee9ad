"""``fund``: propose which steps to fund, keep the ledger, say what is where."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from matching.accompaniment.fund.allocation import propose as made_proposal
from matching.accompaniment.fund.from_ledger import money_of, spent_by_person
from matching.accompaniment.fund.ledger import Ledger, post_all
from matching.accompaniment.fund.ledger_file import Seal, append_entries, read_ledger
from matching.accompaniment.fund.policy import FundPolicy, find_fund_policy
from matching.accompaniment.fund.proposal_rows import proposal_row
from matching.accompaniment.fund.publication import publication
from matching.accompaniment.fund.purse import one_budget
from matching.accompaniment.fund.setting import question_of, required
from matching.accompaniment.fund.statement import statement as made_statement
from matching.api.funds import FundShown
from matching.cli.files import check_there
from matching.cli.fund_rows import read_operations, read_requests, statement_row
from matching.cli.fund_screen import print_proposal, print_publication, print_statement
from matching.cli.options import AsOf, Json
from matching.cli.progress import waiting
from matching.cli.quiet import library_silent
from matching.cli.records import json_line
from matching.domain.fund import WHOLE_TERRITORY, BuyWelfare, Operation, Transfer
from matching.errors import FundError, InputError
from matching.models.locks import locked
from matching.service import Service
from matching.settings import Settings, ledger_path
from matching.territory import Territory, load_territory, territory_folder
from matching.wording import Wording

_LedgerFile = Annotated[
    Path | None, typer.Option(help="File of the ledger [fund/ledger.jsonl in VALORIAMO_HOME].")
]


def add_fund(
    app: typer.Typer,
    *,
    service: Callable[[], Service],
    settings: Callable[[], Settings],
    wording: Callable[[Settings], Wording],
    day: Callable[[str | None], date],
) -> None:
    """Register ``fund`` on a command line.

    Parameters
    ----------
    app
        The command line.
    service, settings, wording, day
        Give the service, the settings, the sentences of a language and the day of an ``--as-of``;
        the service is made only for a proposal, which takes seats from the catalogue.
    """
    group = typer.Typer(
        help="The inclusion fund: it proposes, people decide.\n\nExample: valoriamo fund statement",
        no_args_is_help=True,
        rich_markup_mode=None,
    )

    @group.command()
    def propose(
        requests: Annotated[
            Path, typer.Option(help="JSON lines: the steps that somebody asks the fund to pay.")
        ],
        budget: Annotated[int, typer.Option(min=1, metavar="EUR", help="The most to spend.")],
        ledger: Annotated[
            Path | None,
            typer.Option(help="Pay from the lines of this ledger; without it, from one budget."),
        ] = None,
        managers: Annotated[
            int | None, typer.Option(min=1, help="Managers of each hub [the territory's number].")
        ] = None,
        quick: Annotated[
            bool, typer.Option("--quick", help="Leave out other budgets, floors and rules.")
        ] = False,
        as_json: Json = False,
        as_of: AsOf = None,
    ) -> None:
        """Propose which steps to fund this month, with why others are not. People decide.

        Example: valoriamo fund propose --requests richieste.jsonl --budget 20000
        """
        today = day(as_of)
        check_there([path for path in (requests, ledger) if path], "--requests / --ledger")
        asked = read_requests(requests)
        made = service()
        money, spent = one_budget(100 * budget), {}
        if ledger is not None:
            kept, _ = read_ledger(ledger)
            money = money_of(
                kept,
                day=today,
                budget_cents=100 * budget,
                ambito_of={hub.id: hub.ambito for hub in made.territory.hubs},
            )
            spent = spent_by_person(kept, day=today)
        question = question_of(
            asked,
            territory=made.territory,
            policy=made.fund_policy,
            catalogue=made.catalogue,
            money=money,
            spent_cents=spent,
            as_of=today,
            managers=managers,
        )
        with waiting("Choosing the steps"), library_silent():
            found = made_proposal(question, compared=not quick)
        if as_json:
            typer.echo(json_line(proposal_row(found, made.wording)))
        else:
            print_proposal(Console(), made, found)

    @group.command()
    def post(
        operations: Annotated[
            Path, typer.Argument(metavar="OPERATIONS", help="JSON lines: kind, id, on, and more.")
        ],
        ledger: _LedgerFile = None,
    ) -> None:
        """Enter operations in the ledger: all of them, or none. Sent twice, they are entered once.

        Example: valoriamo fund post operazioni.jsonl
        """
        check_there([operations], "OPERATIONS")
        entered = read_operations(operations)
        here = settings()
        territory, policy = _territory(here)
        _check_territory(entered, territory, policy)
        path = ledger or ledger_path(here)
        _make_folder(path)
        with locked(path.with_name(path.name + ".lock")):
            before, seal = read_ledger(path) if path.exists() else (Ledger(), Seal())
            after = post_all(before, entered)
            new = append_entries(path, after, seal)
        typer.echo(
            f"{new.entries - seal.entries} entered in {path}, which holds {new.entries}. "
            f"Last digest: {new.digest}",
            err=True,
        )

    @group.command()
    def statement(
        ledger: _LedgerFile = None,
        since: Annotated[
            str | None,
            typer.Option(metavar="DATE", help="What moved since this day, YYYY-MM-DD."),
        ] = None,
        public: Annotated[
            bool, typer.Option("--public", help="What anybody may see: no group under ten.")
        ] = False,
        as_json: Json = False,
        as_of: AsOf = None,
    ) -> None:
        """Say what is where: by hub and line, or what anybody may see.

        Example: valoriamo fund statement --since 2026-11-01 --as-of 2026-11-30
        """
        today = day(as_of)
        first = None if since is None else day(since)
        here = settings()
        territory, _ = _territory(here)
        path = ledger or ledger_path(here)
        kept = read_ledger(path)[0] if path.exists() else Ledger()
        if public:
            shown = publication(kept, as_of=today)
            if as_json:
                state = "ok" if path.exists() else "no_ledger"
                row = FundShown.model_validate({"state": state, **asdict(shown)})
                typer.echo(json_line(row.model_dump(mode="json")))
            else:
                print_publication(Console(), wording(here), territory, shown)
            return
        found = made_statement(kept, as_of=today, since=first)
        if as_json:
            typer.echo(json_line(statement_row(found)))
        else:
            print_statement(Console(), wording(here), found)

    @group.command()
    def check(
        ledger: _LedgerFile = None,
        expect: Annotated[
            str | None,
            typer.Option(metavar="DIGEST", help="The digest that the last entry must have."),
        ] = None,
        as_json: Json = False,
    ) -> None:
        """Read a ledger from end to end: nothing cut, edited or moved. Exit 1 otherwise.

        Example: valoriamo fund check --ledger registro.jsonl
        """
        path = ledger or ledger_path(settings())
        check_there([path], "--ledger")
        kept, seal = read_ledger(path, expected=expect)
        row = {
            "entries": seal.entries,
            "digest": seal.digest,
            "closed_to": None if kept.closed_to is None else kept.closed_to.isoformat(),
        }
        if as_json:
            typer.echo(json_line(row))
        else:
            typer.echo(f"{path}: {seal.entries} entries hold together. Last digest: {seal.digest}")

    app.add_typer(group, name="fund")


def _territory(here: Settings) -> tuple[Territory, FundPolicy]:
    """The territory of the settings, and the rules of its fund."""
    folder = territory_folder(here.data_dir / "territories", here.territory)
    territory = load_territory(folder)
    return territory, required(find_fund_policy(folder, territory), territory)


def _check_territory(
    operations: Sequence[Operation], territory: Territory, policy: FundPolicy
) -> None:
    """Refuse hubs and ambiti that the territory does not have, and too little left to the fund."""
    hubs = {WHOLE_TERRITORY, *(hub.id for hub in territory.hubs)}
    ambiti = {ambito.code for ambito in territory.ambiti}
    for one in operations:
        named = (
            (one.from_hub, one.to_hub)
            if isinstance(one, Transfer)
            else (getattr(one, "hub", WHOLE_TERRITORY),)
        )
        for hub in named:
            if hub not in hubs:
                raise FundError(
                    f"Operation {one.id!r}: hub {hub!r} is none of {', '.join(sorted(hubs))}; "
                    "write one of these."
                )
        ambito = getattr(one, "ambito", None)
        if ambito is not None and ambito not in ambiti:
            raise FundError(
                f"Operation {one.id!r}: ambito {ambito!r} is none of {', '.join(sorted(ambiti))}; "
                "write one of these."
            )
        if isinstance(one, BuyWelfare) and one.left_cents < policy.least_left_cents(one.cents):
            raise FundError(
                f"Operation {one.id!r}: left_cents = {one.left_cents}; fund.toml wants at least "
                f"{policy.least_left_cents(one.cents)} of {one.cents}. Write that, or more."
            )


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{path.parent}: cannot be made: {error.strerror}. Choose another --ledger."
        ) from error
