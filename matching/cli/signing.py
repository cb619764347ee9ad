"""Somebody who signs on the command line: an account's password and code, as at the desk."""

import typer

from matching.access.passwords import Passwords, open_passwords
from matching.cli.installation import Installation
from matching.domain.access import Actor
from matching.errors import ForbiddenError
from matching.hub.accounts_sign_in import claim, prove, sign_in
from matching.hub.sessions import actor_of_session, sign_out
from matching.wording import Wording


def signed(
    found: Installation, words: Wording, username: str | None, passwords: Passwords | None = None
) -> Actor:
    """Ask for password and code of an account and answer who it is; the session ends at once.

    Parameters
    ----------
    username
        Whose; asked for unless given.
    passwords
        What checks passwords; made here unless given.

    Raises
    ------
    ForbiddenError
        For whoever is not let in; why is in the journal alone.
    """
    name: str = username or typer.prompt(words.say("signing.username"), err=True)
    password: str = typer.prompt(words.say("signing.password"), hide_input=True, err=True)
    code: str = typer.prompt(words.say("signing.code"), default="", show_default=False, err=True)
    store, system = found.store, found.actor()
    with store.reading(system) as work:
        claimed = claim(work, name)
    proof = prove(claimed, password, passwords or open_passwords())
    with store.writing(system) as work:
        actor, session = None, sign_in(work, proof, code).session
        if session is not None:
            actor = actor_of_session(work, session.token, found.hubs)
            sign_out(work, session.token)
    if actor is None:
        raise ForbiddenError(
            "Username, password and code do not fit, or the account is closed or locked. An "
            "account that signs in with the hub's identity provider cannot sign here."
        )
    return actor
