"""Sessions: who is signed in, until they leave, are idle, or the day's work is over."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa

from matching.access.secrets import new_secret, secret_digest
from matching.domain.access import Act, Actor, Role
from matching.hub.accounts import ACTIVE, hubs_of
from matching.store import Work
from matching.store.tables import accounts, sessions

IDLE_MINUTES = 30
MOST_HOURS = 12
NOTED_EVERY = timedelta(minutes=1)
"""How often it is noted that a session is in use: by so much it may end early when idle."""

# Asked with every request, and so built once.
_VISIT = (
    sa.select(
        sessions.c.confirmed, sessions.c.seen_at, sessions.c.expires_at, accounts.c.id,
        accounts.c.role, accounts.c.home_hub, accounts.c.organisation_id, accounts.c.person_id,
    )
    .select_from(sessions.join(accounts, accounts.c.id == sessions.c.account_id))
    .where(
        sessions.c.digest == sa.bindparam("of"),
        accounts.c.state == ACTIVE,
        sessions.c.expires_at > sa.bindparam("now"),
        sessions.c.seen_at > sa.bindparam("idle_since"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request of somebody signed in. ``is_due``: :func:`note_visit` is to be called."""

    actor: Actor
    is_due: bool
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A session's secret, which is given to the browser and not kept."""

    token: str = field(repr=False)
    expires_at: datetime


def open_session(work: Work, account_id: str, *, confirmed: bool) -> Opened:
    """Open a session; ``confirmed`` with a second factor. Those of the account that ended go."""
    work.remove(sessions, sessions.c.account_id == account_id, ended(work.now))
    token, expires_at = new_secret(), work.now + timedelta(hours=MOST_HOURS)
    work.add(
        sessions,
        {
            "digest": secret_digest(token), "account_id": account_id, "confirmed": confirmed,
            "created_at": work.now, "seen_at": work.now, "expires_at": expires_at,
        },
    )  # fmt: skip
    return Opened(token=token, expires_at=expires_at)


def visit_of(work: Work, token: str, all_hubs: frozenset[str]) -> Visit | None:
    """Whose session a secret is of, None once it ended or its account is not active."""
    row = work.connection.execute(
        _VISIT, {"of": secret_digest(token), "now": work.now, "idle_since": _idle_since(work.now)}
    ).first()
    if row is None:
        return None
    actor = Actor(
        id=row.id,
        role=Role(row.role),
        hubs=hubs_of(row.home_hub, all_hubs),
        organisation=row.organisation_id,
        person_id=row.person_id,
        confirmed=row.confirmed,
    )
    return Visit(
        actor=actor, is_due=work.now - row.seen_at >= NOTED_EVERY, expires_at=row.expires_at
    )


def actor_of_session(work: Work, token: str, all_hubs: frozenset[str]) -> Actor | None:
    """Who is signed in, None once the session ended."""
    visit = visit_of(work, token, all_hubs)
    return None if visit is None else visit.actor


def note_visit(work: Work, token: str) -> None:
    """Note that a session is in use, so that it is not idle. Needs work that writes.

    No act, and so no entry of the journal: it says no more than the act that the session is used
    for, once a minute at most. A session that ended meanwhile stays ended.
    """
    work.connection.execute(
        sa.update(sessions)
        .where(sessions.c.digest == secret_digest(token), sa.not_(ended(work.now)))
        .values(seen_at=work.now)
    )


def sign_out(work: Work, token: str) -> bool:
    """End a session; whether there was one."""
    row = work.first(sessions, sessions.c.digest == secret_digest(token))
    if row is None:
        return False
    work.remove(sessions, sessions.c.digest == row.digest)
    work.tell(Act.SIGN_IN, "account", row.account_id, outcome="signed_out")
    return True


def ended(now: datetime) -> sa.ColumnElement[bool]:
    """The condition that a session is over at a moment: past its hours, or idle for too long."""
    return sa.or_(sessions.c.expires_at <= now, sessions.c.seen_at <= _idle_since(now))


def _idle_since(now: datetime) -> datetime:
    """Whoever was not seen since is signed out."""
    return now - timedelta(minutes=IDLE_MINUTES)
