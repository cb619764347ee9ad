"""Tokens of machines: what a programme may do, over which hub, until when."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.engine import Row

from matching.access.matrix import MATRIX
from matching.access.secrets import MACHINE_PREFIX, new_secret, secret_digest
from matching.domain.access import Act, Actor, Role
from matching.errors import ConflictError, InputError
from matching.hub.accounts import check_place, hubs_of
from matching.store import Work
from matching.store.tables import tokens
from matching.store.work import new_id

TOKEN_ROLES = frozenset({Role.MACHINE, Role.AGENCY, Role.EMPLOYER})
"""Roles that a programme may act in: the hub's own, and those of companies on their own rows."""

MOST_DAYS = 365

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token as whoever manages tokens sees it: nothing that lets anybody in."""

    id: str
    name: str
    role: Role
    home_hub: str
    organisation_id: str | None
    acts: frozenset[Act]
    created_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A token's secret, which is shown now and never again."""

    token_id: str
    token: str = field(repr=False)
    expires_at: datetime


def allowed_acts(role: Role) -> frozenset[Act]:
    """What a token of a role may be for: whatever the role may do, but sign in."""
    return frozenset(
        act for act, roles in MATRIX.items() if role in roles and act is not Act.SIGN_IN
    )


def make_token(
    work: Work,
    name: str,
    *,
    role: Role,
    hub: str,
    acts: Collection[Act],
    days: int,
    organisation_id: str | None = None,
) -> Made:
    """Make a token.

    Parameters
    ----------
    name
        What it is for, as a list of tokens shows it.
    hub
        The hub that it works with.
    acts
        What it may do, out of what its role may.
    days
        For how many days, 365 at most.
    organisation_id
        For an agency or an employer: theirs, of the same hub.

    Raises
    ------
    InputError
        For a role, acts, days or a name that cannot be.
    UnknownError
        For a hub or organisation that whoever asks does not see.
    """
    if role not in TOKEN_ROLES:
        raise InputError(
            f"{role}: a token is for {', '.join(sorted(TOKEN_ROLES))}; people have accounts."
        )
    check_place(work, role, hub, organisation_id)
    if not acts:
        raise InputError("A token needs at least one act that it may do.")
    if beyond := sorted(set(acts) - allowed_acts(role)):
        raise InputError(
            f"{role}: this role may not do {', '.join(beyond)}; it may do "
            f"{', '.join(sorted(allowed_acts(role)))}."
        )
    if not 1 <= days <= MOST_DAYS:
        raise InputError(f"A token is for 1 to {MOST_DAYS} days, not {days}.")
    if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        raise InputError(
            f"The name of a token says what it is for, in 1 to {_LONGEST_NAME} characters."
        )
    token_id, secret = new_id(), new_secret(MACHINE_PREFIX)
    expires_at = work.now + timedelta(days=days)
    work.add(
        tokens,
        {
            "id": token_id, "digest": secret_digest(secret), "name": name.strip(), "role": role,
            "home_hub": hub, "organisation_id": organisation_id, "acts": " ".join(sorted(acts)),
            "created_by": work.actor.id, "created_at": work.now, "expires_at": expires_at,
        },
    )  # fmt: skip
    work.tell(
        Act.MANAGE_TOKENS, "token", token_id, hub=hub, step="made", token_role=role,
        acts=sorted(acts), days=days,
    )  # fmt: skip
    return Made(token_id=token_id, token=secret, expires_at=expires_at)


def actor_of_token(work: Work, token: str, all_hubs: frozenset[str]) -> Actor | None:
    """Who acts with a token, None where there is none, or it was revoked or is past its day."""
    row = work.first(
        tokens,
        tokens.c.digest == secret_digest(token),
        tokens.c.revoked_at.is_(None),
        tokens.c.expires_at > work.now,
    )
    if row is None:
        return None
    return Actor(
        id=row.id,
        role=Role(row.role),
        hubs=hubs_of(row.home_hub, all_hubs),
        organisation=row.organisation_id,
        only=_acts(row.acts),
    )


def revoke_token(work: Work, token_id: str) -> None:
    """End a token at once, for good.

    Raises
    ------
    UnknownError
        Where there is no such token.
    ConflictError
        Where it was revoked before.
    """
    row = work.one(tokens, tokens.c.id == token_id)
    revoked = work.change(
        tokens, {"revoked_at": work.now}, tokens.c.id == token_id, tokens.c.revoked_at.is_(None)
    )
    if not revoked:
        raise ConflictError("This token was revoked already; it lets nobody in.")
    work.tell(Act.MANAGE_TOKENS, "token", row.id, hub=row.home_hub, step="revoked")


def list_tokens(work: Work) -> tuple[Token, ...]:
    """Every token, also those that ended, the newest first."""
    order = [tokens.c.created_at.desc(), tokens.c.id]
    return tuple(map(_token, work.rows(tokens, order=order)))


def tokens_page(work: Work, *, after: str | None, limit: int) -> tuple[Token, ...]:
    """Tokens in the order of their identifiers, those after one; also those that ended."""
    later = [] if after is None else [tokens.c.id > after]
    return tuple(map(_token, work.rows(tokens, *later, order=[tokens.c.id], limit=limit)))


def _acts(written: str) -> frozenset[Act]:
    # An act that this version no longer knows is one that nothing can be asked for by.
    known = {str(act): act for act in Act}
    return frozenset(known[word] for word in written.split() if word in known)


def _token(row: Row[tuple[object, ...]]) -> Token:
    return Token(
        id=row.id,
        name=row.name,
        role=Role(row.role),
        home_hub=row.home_hub,
        organisation_id=row.organisation_id,
        acts=_acts(row.acts),
        created_by=row.created_by,
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
    )
