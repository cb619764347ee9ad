"""Following a one-time link: an account gets its password, or its identity at a provider."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Row

from matching.access.matrix import SECOND_FACTOR
from matching.access.oidc import Identity
from matching.access.passwords import PasswordHash
from matching.access.secrets import secret_digest
from matching.domain.access import Act, Role
from matching.errors import ConflictError, UnknownError
from matching.hub.accounts import ACTIVE, DISABLED, end_links, end_sessions, held
from matching.hub.accounts_names import name_of
from matching.store import Work
from matching.store.tables import accounts, invitations

_NO_LINK = "This link is not valid, or no longer. Ask whoever sent it for a new one."


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """Whom a link is for, so that the password chosen can be held against the username."""

    account_id: str
    username: str = field(repr=False)
    role: Role
    needs_second_factor: bool
    expires_at: datetime


def read_invitation(work: Work, token: str) -> Welcome:
    """Whom a link is for, while it can be followed.

    ``work`` sees the hub of the account: a person's name is sealed with her own key.

    Raises
    ------
    UnknownError
        For one that never was, was followed, or is too old: it is not said which.
    """
    link = _open_link(work, token)
    row = work.one(accounts, accounts.c.id == link.account_id)
    if row.state == DISABLED:
        raise UnknownError(_NO_LINK)
    return Welcome(
        account_id=row.id,
        username=name_of(work, row),
        role=Role(row.role),
        needs_second_factor=row.role in SECOND_FACTOR,
        expires_at=link.expires_at,
    )


def accept_with_password(work: Work, token: str, chosen: PasswordHash) -> str:
    """Give an account its password, once; the account's id. Its sessions end.

    ``chosen`` is made before, outside of any transaction, as it takes long:
    :meth:`matching.access.passwords.Passwords.hashed` with the username of the link.

    Raises
    ------
    UnknownError
        As :func:`read_invitation`; of two who follow one link at once, for one of them.
    """
    return _accept(work, token, {"password_hash": chosen}, "password")


def accept_with_identity(work: Work, token: str, identity: Identity) -> str:
    """Tie an account to somebody at the identity provider, once; the account's id.

    A password that it had lets in no longer.

    Raises
    ------
    UnknownError
        As :func:`read_invitation`.
    ConflictError
        Where another account is tied to the same identity.
    """
    word = identity_word(work, identity)
    link = _open_link(work, token)
    taken = work.first(accounts, accounts.c.external_subject == word)
    if taken is not None and taken.id != link.account_id:
        raise ConflictError(
            "Another account is tied to this identity. Sign in with it, or have it disabled."
        )
    return _accept(work, token, {"external_subject": word, "password_hash": None}, "identity")


def identity_word(work: Work, identity: Identity) -> str:
    """What is kept of an identity: some providers' names for somebody are a tax code."""
    return work.word("identity", f"{identity.issuer}\0{identity.subject}")


def _accept(work: Work, token: str, values: dict[str, Any], way: str) -> str:
    row = held(work, _open_link(work, token).account_id)
    digest = secret_digest(token)
    followed = work.change(
        invitations,
        {"used_at": work.now},
        invitations.c.digest == digest,
        invitations.c.used_at.is_(None),
    )
    if not followed or row.state == DISABLED:
        raise UnknownError(_NO_LINK)
    work.change(
        accounts,
        {**values, "state": ACTIVE, "failures": 0, "locked_until": None},
        accounts.c.id == row.id,
    )
    end_links(work, row.id)
    ended = end_sessions(work, row.id)
    work.tell(
        Act.SIGN_IN, "account", row.id, hub=row.home_hub, outcome="accepted", way=way,
        sessions=ended,
    )  # fmt: skip
    return str(row.id)


def _open_link(work: Work, token: str) -> Row[Any]:
    link = work.first(
        invitations,
        invitations.c.digest == secret_digest(token),
        invitations.c.used_at.is_(None),
        invitations.c.expires_at > work.now,
    )
    if link is None:
        raise UnknownError(_NO_LINK)
    return link
