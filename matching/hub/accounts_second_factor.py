"""The second factor of an account: set up by whoever is signed in, and confirmed by a code."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.engine import Row

from matching.access.second_factor import factor_uri, new_factor, step_of
from matching.access.secrets import secret_digest
from matching.domain.access import Act
from matching.errors import ConflictError, UnknownError
from matching.hub.accounts import ACTIVE, held
from matching.hub.accounts_names import name_of
from matching.store import Work
from matching.store.tables import accounts, sessions

_PURPOSE = "second_factor"
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFactor:
    """What a telephone is given, now and never again; ``uri`` is what a square code holds."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)


def begin_factor(work: Work, token: str) -> NewFactor:
    """Make a second factor for the account of a session. It counts once a code confirms it.

    Raises
    ------
    UnknownError
        Where the session ended.
    ConflictError
        Where the account has one: it is set up anew only by whoever manages accounts.
    """
    row = _account_of(work, token)
    secret = new_factor()
    sealed, key_id = work.seal(secret.encode(), _place(row.id), _PURPOSE)
    _change(work, row.id, {"totp_sealed": sealed, "key_id": key_id})
    work.tell(Act.SIGN_IN, "account", row.id, hub=row.home_hub, outcome="factor_begun")
    return NewFactor(secret=secret, uri=factor_uri(secret, name_of(work, row)))


def confirm_factor(work: Work, token: str, code: str) -> bool:
    """Put the second factor into use with its first code; False for a wrong one.

    The session counts as confirmed from then on; others of the account end.

    Raises
    ------
    UnknownError
        Where the session ended.
    ConflictError
        Where none was begun, or it is in use already.
    """
    row = _account_of(work, token)
    if row.totp_sealed is None:
        raise ConflictError("No second factor was begun for this account. Begin one first.")
    step = step_of(_opened(work, row), code, at=work.now, after=None)
    if step is None:
        work.tell(Act.SIGN_IN, "account", row.id, hub=row.home_hub, outcome="factor_not_confirmed")
        return False
    _change(work, row.id, {"totp_step": step})
    digest = secret_digest(token)
    ended = work.remove(sessions, sessions.c.account_id == row.id, sessions.c.digest != digest)
    work.change(sessions, {"confirmed": True}, sessions.c.digest == digest)
    work.tell(
        Act.SIGN_IN, "account", row.id, hub=row.home_hub, outcome="factor_confirmed",
        sessions=ended,
    )  # fmt: skip
    return True


def factor_of(work: Work, row: Row[Any]) -> str | None:
    """The secret of the second factor in use, None where there is none.

    Raises
    ------
    KeyringError
        Where it does not open: nobody is let in without it.
    """
    return None if row.totp_step is None else _opened(work, row)


def seal_factors_anew(work: Work, *, at_most: int = _AT_ONCE) -> int:
    """Seal with the current key the factors that an older one sealed; how many were.

    To be called until it answers 0, as :func:`matching.store.person_keys.seal_anew`.
    """
    old = work.rows(
        accounts,
        accounts.c.key_id.is_not(None),
        accounts.c.key_id != work.ring.current,
        limit=at_most,
    )
    for row in old:
        sealed, key_id = work.seal(_opened(work, row).encode(), _place(row.id), _PURPOSE)
        # One that was begun anew meanwhile is of the current key already.
        work.change(
            accounts,
            {"totp_sealed": sealed, "key_id": key_id, "version": accounts.c.version},
            accounts.c.id == row.id,
            accounts.c.totp_sealed == row.totp_sealed,
        )
    return len(old)


def _account_of(work: Work, token: str) -> Row[Any]:
    session = work.first(sessions, sessions.c.digest == secret_digest(token))
    if session is None or session.expires_at <= work.now:
        raise UnknownError("There is no such session. Sign in again.")
    row = held(work, session.account_id)
    if row.state != ACTIVE:
        raise UnknownError("There is no such session. Sign in again.")
    if row.totp_step is not None:
        raise ConflictError(
            "This account has a second factor. Whoever manages accounts can let it be set up anew."
        )
    return row


def _opened(work: Work, row: Row[Any]) -> str:
    return work.unseal(row.totp_sealed, row.key_id, _place(row.id), _PURPOSE).decode()


def _change(work: Work, account_id: str, values: dict[str, Any]) -> None:
    # Its version stays: whoever manages the account has not changed it.
    work.change(accounts, {**values, "version": accounts.c.version}, accounts.c.id == account_id)


def _place(account_id: str) -> str:
    return f"accounts.totp_sealed:{account_id}"
