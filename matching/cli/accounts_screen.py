"""Accounts and tokens as rows of JSON, and for people, in the language of the settings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from matching.domain.days import at_hub, day_at
from matching.hub.accounts import ACTIVE, Account, Invited, is_locked
from matching.hub.tokens import Made, Token
from matching.wording import Wording

_WIDEST = 120


def secret_row(what: str, token: str, expires_at: datetime) -> dict[str, Any]:
    """A link or token that was made: the only place that its secret is shown in."""
    return {"id": what, "token": token, "expires_at": expires_at.isoformat()}


def account_row(account: Account) -> dict[str, Any]:
    """An account; whose file it is, is left out."""
    return {
        "id": account.id,
        "username": account.username,
        "role": account.role,
        "hub": account.home_hub,
        "organisation": account.organisation_id,
        "state": account.state,
        "second_factor": account.has_second_factor,
        "external": account.is_external,
        "locked_until": None if account.locked_until is None else account.locked_until.isoformat(),
        "created_at": account.created_at.isoformat(),
        "left_in_charge": account.left_in_charge,
    }


def token_row(token: Token) -> dict[str, Any]:
    """A token without its secret, which is not kept."""
    return {
        "id": token.id,
        "name": token.name,
        "role": token.role,
        "hub": token.home_hub,
        "organisation": token.organisation_id,
        "acts": sorted(token.acts),
        "created_by": token.created_by,
        "created_at": token.created_at.isoformat(),
        "expires_at": token.expires_at.isoformat(),
        "revoked_at": None if token.revoked_at is None else token.revoked_at.isoformat(),
    }


def print_invited(console: Console, wording: Wording, invited: Invited) -> None:
    """The secret of a one-time link, alone on its line."""
    console.print(Text(wording.say("accounts_screen.invited", until=at_hub(invited.expires_at))))
    _print_secret(console, invited.token)


def print_made(console: Console, wording: Wording, made: Made) -> None:
    """The secret of a token, alone on its line."""
    said = wording.say("accounts_screen.made", id=made.token_id, date=day_at(made.expires_at))
    console.print(Text(said))
    _print_secret(console, made.token)


def print_accounts(
    console: Console, wording: Wording, accounts: Sequence[Account], now: datetime
) -> None:
    """Accounts in a table, or that there are none."""
    say = wording.say
    if not accounts:
        console.print(Text(say("accounts_screen.no_accounts")))
        return
    table = _table(
        console, say("accounts_screen.username"), say("accounts_screen.role"),
        say("accounts_screen.hub"), say("accounts_screen.state"),
        say("accounts_screen.second_factor"),
    )  # fmt: skip
    for account in accounts:
        cells = (
            account.username,
            say(f"role.{account.role}"),
            account.home_hub,
            _state(wording, account, now),
            say("accounts_screen.yes" if account.has_second_factor else "accounts_screen.no"),
        )
        table.add_row(*map(Text, cells))
    console.print(table)


def print_tokens(
    console: Console, wording: Wording, tokens: Sequence[Token], now: datetime
) -> None:
    """Tokens in a table, or that there are none."""
    say = wording.say
    if not tokens:
        console.print(Text(say("accounts_screen.no_tokens")))
        return
    table = _table(
        console, say("accounts_screen.token"), say("accounts_screen.role"),
        say("accounts_screen.hub"), say("accounts_screen.may"), say("accounts_screen.until"),
    )  # fmt: skip
    for token in tokens:
        until = say("screen.date", date=day_at(token.expires_at))
        if token.revoked_at is not None:
            until = say("accounts_screen.ended")
        elif token.expires_at <= now:
            until = say("accounts_screen.expired", date=day_at(token.expires_at))
        cells = (
            f"{token.name}\n{token.id}",
            say(f"role.{token.role}"),
            token.home_hub,
            ", ".join(sorted(token.acts)),
            until,
        )
        table.add_row(*map(Text, cells))
    console.print(table)


def _state(wording: Wording, account: Account, now: datetime) -> str:
    until = account.locked_until
    if account.state == ACTIVE and until is not None and is_locked(until, now):
        return wording.say("accounts_screen.locked", until=at_hub(until))
    return wording.say(f"accounts_screen.state_{account.state}")


def _table(console: Console, *columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, width=min(console.width, _WIDEST), pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _print_secret(console: Console, secret: str) -> None:
    # In one piece however narrow the terminal is: it is copied from here.
    console.print(Text(secret, style="bold"), soft_wrap=True)
