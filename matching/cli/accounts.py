"""``valoriamo accounts`` and ``tokens``: who may come in, managed on the machine itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from matching.cli.options import Json
from matching.cli.records import json_line
from matching.cli.telling import say
from matching.domain.access import EVERYWHERE, Act, Role, the_system
from matching.settings import Settings, anchor_path, database_url, keyring_path
from matching.territory import load_territory, territory_folder
from matching.wording import Wording

if TYPE_CHECKING:
    from matching.store import Store, Work

_DAYS = 90

_Settings = Callable[[], Settings]
_Says = Callable[[Settings], Wording]
_Username = Annotated[str, typer.Argument(metavar="USERNAME", help="Such as an e-mail address.")]
_Hub = Annotated[str | None, typer.Option(metavar="HUB", help="The id of the hub it works with.")]
_Organisation = Annotated[
    str | None,
    typer.Option(metavar="ID", help="Of an agency, an employer, a referrer or a provider: theirs."),
]


def add_accounts(app: typer.Typer, *, settings: _Settings, wording: _Says) -> None:
    """Register ``accounts`` and ``tokens`` on a command line.

    Parameters
    ----------
    app
        The command line.
    settings, wording
        Read the settings, and say in which language to answer.
    """
    _add_accounts(app, settings, wording)
    _add_tokens(app, settings, wording)


def _add_accounts(app: typer.Typer, settings: _Settings, wording: _Says) -> None:
    accounts = typer.Typer(
        help="Accounts: who may sign in, in which role. For whoever runs the installation.\n\n"
        "Example: valoriamo accounts list",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    app.add_typer(accounts, name="accounts")

    # What needs the database's library is imported by the commands: a second for the others.

    @accounts.command("invite")
    def invite_one(
        username: _Username,
        role: Annotated[
            Role | None, typer.Option(metavar="ROLE", help="Such as community_manager.")
        ] = None,
        hub: _Hub = None,
        organisation: _Organisation = None,
        person: Annotated[
            str | None, typer.Option(metavar="ID", help="Of a person: whose file it is.")
        ] = None,
        again: Annotated[
            bool, typer.Option("--again", help="A new link for an account that there is.")
        ] = False,
        as_json: Json = False,
    ) -> None:
        """Make an account and print its one-time link, which lets somebody choose a password.

        The link is valid for 24 hours. With --again the account that there is gets a new one, as
        when a password was forgotten.

        Example: valoriamo accounts invite anna@hub.example --role community_manager --hub HUB
        """
        from matching.cli.accounts_screen import print_invited, secret_row
        from matching.hub.accounts import account_named, invite, invite_again

        if (role is None) != again:
            raise typer.BadParameter(
                "give it for a new account; an account that there is keeps its own.",
                param_hint="--role",
            )
        made = settings()
        with _writing(made) as work:
            if role is None:
                invited = invite_again(work, account_named(work, username).id)
            else:
                invited = invite(
                    work,
                    username,
                    role=role,
                    hub=_hub(role, hub),
                    organisation_id=organisation,
                    person_id=person,
                )
        if as_json:
            shown = secret_row(invited.account_id, invited.token, invited.expires_at)
            typer.echo(json_line(shown))
        else:
            print_invited(Console(), wording(made), invited)

    @accounts.command("list")
    def list_all(as_json: Json = False) -> None:
        """Every account: role, hub, state, whether it has a second factor. One JSON line each.

        Example: valoriamo accounts list --json
        """
        from matching.cli.accounts_screen import account_row, print_accounts
        from matching.hub.accounts import list_accounts

        made = settings()
        with _reading(made) as work:
            found, now = list_accounts(work), work.now
        if as_json:
            for one in found:
                typer.echo(json_line(account_row(one)))
        else:
            print_accounts(Console(), wording(made), found, now)

    @accounts.command("disable")
    def disable_one(username: _Username, as_json: Json = False) -> None:
        """Close an account at once: its sessions end. A new invitation opens it again.

        Example: valoriamo accounts disable anna@hub.example
        """
        from matching.cli.accounts_screen import account_row
        from matching.hub.accounts import account_named, disable

        made = settings()
        with _writing(made) as work:
            account = account_named(work, username)
            disable(work, account.id)
            account = account_named(work, username)
        if as_json:
            typer.echo(json_line(account_row(account)))
        else:
            say(wording(made), "accounts_screen.disabled")
            if left := account.left_in_charge:
                say(wording(made), "accounts_screen.left_in_charge", count=left)

    @accounts.command("hand-over")
    def hand_over_files(
        username: _Username,
        to: Annotated[str, typer.Argument(metavar="TO", help="Another manager of the same hub.")],
        as_json: Json = False,
    ) -> None:
        """Hand the protected files of a closed account over to another manager of its hub.

        Nobody else may change them. Which they are is told to TO alone, among the reminders.

        Example: valoriamo accounts hand-over anna@hub.example eva@hub.example
        """
        from matching.hub.accounts import account_named
        from matching.hub.charge import hand_over

        made = settings()
        with _writing(made) as work:
            files = hand_over(work, account_named(work, username).id, account_named(work, to).id)
        if as_json:
            typer.echo(json_line({"files": files}))
        else:
            say(wording(made), "accounts_screen.handed_over", count=files)

    @accounts.command("unlock")
    def unlock_one(
        username: _Username,
        second_factor: Annotated[
            bool,
            typer.Option("--second-factor", help="Also set the second factor up anew."),
        ] = False,
        as_json: Json = False,
    ) -> None:
        """Let an account that was locked after wrong passwords try again.

        With --second-factor whoever lost the telephone sets up another at the next sign-in: be
        sure first that it is them.

        Example: valoriamo accounts unlock anna@hub.example
        """
        from matching.cli.accounts_screen import account_row
        from matching.hub.accounts import account_named, unlock

        made = settings()
        with _writing(made) as work:
            account = account_named(work, username)
            unlock(work, account.id, second_factor=second_factor)
            account = account_named(work, username)
        if as_json:
            typer.echo(json_line(account_row(account)))
        else:
            say(wording(made), "accounts_screen.unlocked")


def _add_tokens(app: typer.Typer, settings: _Settings, wording: _Says) -> None:
    tokens = typer.Typer(
        help="Tokens: what programmes may do over the API, and until when.\n\n"
        "Example: valoriamo tokens list",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    app.add_typer(tokens, name="tokens")

    @tokens.command("make")
    def make(
        name: Annotated[str, typer.Argument(metavar="NAME", help="What it is for.")],
        hub: Annotated[str, typer.Option(metavar="HUB", help="The id of the hub it works with.")],
        act: Annotated[
            list[Act],
            typer.Option(metavar="ACT", help="What it may do; may be repeated."),
        ],
        role: Annotated[
            Role, typer.Option(metavar="ROLE", help="machine, agency or employer.")
        ] = Role.MACHINE,
        organisation: _Organisation = None,
        days: Annotated[
            int, typer.Option(metavar="N", help="For how many days, 365 at most.")
        ] = _DAYS,
        as_json: Json = False,
    ) -> None:
        """Make a token and print it: it is not shown again, and not kept.

        Example: valoriamo tokens make gestionale --hub HUB --act add_vacancy --act read_vacancy
        """
        from matching.cli.accounts_screen import print_made, secret_row
        from matching.hub.tokens import make_token

        made = settings()
        with _writing(made) as work:
            done = make_token(
                work, name, role=role, hub=hub, acts=act, days=days, organisation_id=organisation
            )
        if as_json:
            typer.echo(json_line(secret_row(done.token_id, done.token, done.expires_at)))
        else:
            print_made(Console(), wording(made), done)

    @tokens.command("list")
    def list_all(as_json: Json = False) -> None:
        """Every token, the newest first: what it may do, until when. One JSON line each.

        Example: valoriamo tokens list --json
        """
        from matching.cli.accounts_screen import print_tokens, token_row
        from matching.hub.tokens import list_tokens

        made = settings()
        with _reading(made) as work:
            found, now = list_tokens(work), work.now
        if as_json:
            for one in found:
                typer.echo(json_line(token_row(one)))
        else:
            print_tokens(Console(), wording(made), found, now)

    @tokens.command("revoke")
    def revoke(
        token: Annotated[str, typer.Argument(metavar="ID", help="As tokens list shows it.")],
        as_json: Json = False,
    ) -> None:
        """End a token at once, for good.

        Example: valoriamo tokens revoke 0b0f7f7e-8a3c-4f0e-9d43-3f1a2f6f9f10
        """
        from matching.cli.accounts_screen import token_row
        from matching.hub.tokens import list_tokens, revoke_token

        made = settings()
        with _writing(made) as work:
            revoke_token(work, token)
            found = next(one for one in list_tokens(work) if one.id == token)
        if as_json:
            typer.echo(json_line(token_row(found)))
        else:
            say(wording(made), "accounts_screen.revoked")


def _hub(role: Role, hub: str | None) -> str:
    from matching.hub.accounts import EVERYWHERE_ROLES

    if hub is not None:
        return hub
    if role in EVERYWHERE_ROLES:
        return EVERYWHERE
    raise typer.BadParameter(f"the role {role} is of one hub; say which.", param_hint="--hub")


@contextmanager
def _reading(settings: Settings) -> "Iterator[Work]":
    store, hubs = _opened(settings)
    try:
        with store.reading(the_system(hubs)) as work:
            yield work
    finally:
        store.engine.dispose()


@contextmanager
def _writing(settings: Settings) -> "Iterator[Work]":
    store, hubs = _opened(settings)
    try:
        with store.writing(the_system(hubs)) as work:
            yield work
    finally:
        store.engine.dispose()


def _opened(settings: Settings) -> "tuple[Store, frozenset[str]]":
    from matching.operations.places import check_there
    from matching.store import open_store

    territory = load_territory(
        territory_folder(settings.data_dir / "territories", settings.territory)
    )
    url = database_url(settings)
    check_there(url)
    store = open_store(
        url,
        keyring_path(settings),
        anchor_path(settings),
        said=lambda sentence: typer.echo(sentence, err=True),
    )
    return store, frozenset(hub.id for hub in territory.hubs)
