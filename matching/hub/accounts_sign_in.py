"""Signing in, in three steps, so that no transaction waits for a password to be checked.

:func:`claim` reads what there is, :func:`prove` checks the password with no database, and
:func:`sign_in` decides, counts and opens a session. The answer is the same whether an account is
not there, is locked or disabled, or the password is wrong; the journal says which.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy.engine import Row

from matching.access.matrix import SECOND_FACTOR
from matching.access.oidc import Identity
from matching.access.passwords import PasswordHash, Passwords
from matching.access.second_factor import step_of
from matching.domain.access import Act
from matching.errors import UnknownError
from matching.hub.accounts import (
    ACTIVE,
    end_links,
    end_sessions,
    held,
    is_locked,
)
from matching.hub.accounts_invitations import identity_word
from matching.hub.accounts_names import known_username, name_of, name_word
from matching.hub.accounts_second_factor import factor_of
from matching.hub.sessions import Opened, open_session
from matching.store import Work
from matching.store.tables import accounts

FAILURES = 5
"""Failures in a row after which an account is locked, and again after as many more."""

LOCK_MINUTES = 15
LOCK_MOST_HOURS = 24

_LONGEST_LOCKS = 8  # doublings: more than enough to reach the longest lock


class Outcome(StrEnum):
    """What whoever tries to sign in is told; nothing finer is."""

    SIGNED_IN = "signed_in"
    CODE_WANTED = "code_wanted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who somebody says to be, and the hash to check the password against, if any."""

    account_id: str | None
    username_word: str
    password_hash: str | None = field(repr=False)
    may_enter: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A claim whose password was checked, once."""

    claim: Claim
    is_right: bool
    renewed: PasswordHash | None = field(repr=False, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """The answer. ``must_set_up``: the session can do nothing but set up the second factor."""

    outcome: Outcome
    session: Opened | None = None
    must_set_up: bool = False


_REFUSED = SignIn(outcome=Outcome.REFUSED)


def claim(work: Work, username: str) -> Claim:
    """What there is of whom somebody says to be. Reads, and answers for everybody."""
    kept = known_username(username)
    row = work.first(accounts, accounts.c.name_word == name_word(work, kept))
    return _claim(work, row, kept)


def own_claim(work: Work) -> Claim:
    """The claim of whoever is signed in, to change the password.

    Raises
    ------
    UnknownError
        Where no account acts.
    """
    row = work.one(accounts, accounts.c.id == work.actor.id)
    return _claim(work, row, name_of(work, row))


def prove(claimed: Claim, password: str, passwords: Passwords) -> Proof:
    """Check a password: one hash is computed, whether or not there is an account.

    Takes a tenth of a second or two, and no database.
    """
    right = passwords.verified(password, claimed.password_hash)
    # A hash more would tell of a right password for an account that is not let in.
    renewable = right and claimed.may_enter and claimed.password_hash is not None
    renewed = passwords.renewed(password, str(claimed.password_hash)) if renewable else None
    return Proof(claim=claimed, is_right=right, renewed=renewed)


def sign_in(work: Work, proof: Proof, code: str | None = None) -> SignIn:
    """Let somebody in, or not; failures are counted, so the work is to be committed either way.

    Parameters
    ----------
    proof
        The claim with its password checked.
    code
        The six digits of the telephone, where they are needed or the form asks for them at once.
    """
    row = _held_or_gone(work, proof.claim.account_id)
    if row is None:
        return _refuse_unknown(work, proof.claim.username_word)
    if why := _closed(work, row):
        return _refuse(work, row, why)
    if not _holds(proof, row):
        return _fail(work, row, "wrong_password")
    renewed = {} if proof.renewed is None else {"password_hash": proof.renewed}
    return _second_step(work, row, code, confirmed=False, values=renewed, way="password")


def sign_in_with_identity(work: Work, identity: Identity, code: str | None = None) -> SignIn:
    """Let in whom the identity provider knows, if an account is tied to it; none makes itself."""
    word = identity_word(work, identity)
    found = work.first(accounts, accounts.c.external_subject == word)
    row = _held_or_gone(work, None if found is None else found.id)
    if row is None or row.external_subject != word:
        return _refuse_unknown(work, word)
    if why := _closed(work, row):
        return _refuse(work, row, why)
    return _second_step(work, row, code, confirmed=identity.confirmed, values={}, way="identity")


def change_password(work: Work, proof: Proof, chosen: PasswordHash) -> bool:
    """Change one's own password; False where the old one is wrong, which counts as a failure.

    All sessions of the account end, this one too.

    Raises
    ------
    UnknownError
        Where the proof is of another account than the one that acts.
    """
    if proof.claim.account_id is None or proof.claim.account_id != work.actor.id:
        raise UnknownError("There is no such account for whoever asks.")
    row = held(work, proof.claim.account_id)
    if why := _closed(work, row):
        _refuse(work, row, why)
        return False
    if not _holds(proof, row):
        _fail(work, row, "wrong_password")
        return False
    work.change(accounts, {"password_hash": chosen, "failures": 0}, accounts.c.id == row.id)
    end_links(work, row.id)
    ended = end_sessions(work, row.id)
    work.tell(
        Act.SIGN_IN, "account", row.id, hub=row.home_hub, outcome="password_changed",
        sessions=ended,
    )  # fmt: skip
    return True


def lock_time(failures: int) -> timedelta | None:
    """For how long so many failures in a row lock an account, None where they do not.

    >>> [str(lock_time(count)) for count in (4, 5, 6, 10, 15)]
    ['None', '0:15:00', 'None', '0:30:00', '1:00:00']
    """
    if failures == 0 or failures % FAILURES:
        return None
    doublings = min(failures // FAILURES - 1, _LONGEST_LOCKS)
    return min(timedelta(minutes=LOCK_MINUTES * 2**doublings), timedelta(hours=LOCK_MOST_HOURS))


def _claim(work: Work, row: Row[Any] | None, username: str) -> Claim:
    return Claim(
        account_id=None if row is None else row.id,
        username_word=work.word("username", username),
        password_hash=None if row is None else row.password_hash,
        may_enter=row is not None and _closed(work, row) is None,
    )


def _closed(work: Work, row: Row[Any]) -> str | None:
    """Why nobody is let in, whatever they know, or None."""
    if row.state != ACTIVE:
        return str(row.state)
    return "locked" if is_locked(row.locked_until, work.now) else None


def _holds(proof: Proof, row: Row[Any]) -> bool:
    # The password may have been changed while this one was checked.
    return proof.is_right and row.password_hash == proof.claim.password_hash


def _second_step(
    work: Work,
    row: Row[Any],
    code: str | None,
    *,
    confirmed: bool,
    values: dict[str, Any],
    way: str,
) -> SignIn:
    """The second factor, where there is one or the role asks for one; then the session."""
    secret = None if confirmed else factor_of(work, row)
    step = None
    if secret is not None:
        if not code:
            work.tell(
                Act.SIGN_IN, "account", row.id, hub=row.home_hub, outcome="code_wanted", way=way
            )
            return SignIn(outcome=Outcome.CODE_WANTED)
        step = step_of(secret, code, at=work.now, after=row.totp_step)
        if step is None:
            return _fail(work, row, "wrong_code")
        confirmed = True
    taken = {} if step is None else {"totp_step": step}
    _keep(work, row.id, {**values, **taken, "failures": 0, "locked_until": None})
    session = open_session(work, row.id, confirmed=confirmed)
    work.tell(
        Act.SIGN_IN, "account", row.id, hub=row.home_hub, outcome="signed_in", way=way,
        confirmed=confirmed,
    )  # fmt: skip
    return SignIn(
        outcome=Outcome.SIGNED_IN,
        session=session,
        must_set_up=row.role in SECOND_FACTOR and not confirmed,
    )


def _fail(work: Work, row: Row[Any], why: str) -> SignIn:
    failures = row.failures + 1
    lock = lock_time(failures)
    until = {} if lock is None else {"locked_until": work.now + lock}
    _keep(work, row.id, {"failures": failures, **until})
    work.tell(
        Act.SIGN_IN, "account", row.id, hub=row.home_hub, outcome="refused", why=why,
        failures=failures, locks=lock is not None,
    )  # fmt: skip
    return _REFUSED


def _refuse(work: Work, row: Row[Any], why: str) -> SignIn:
    """Refuse without counting: nobody locks out for longer whom they have locked out."""
    work.tell(Act.SIGN_IN, "account", row.id, hub=row.home_hub, outcome="refused", why=why)
    return _REFUSED


def _refuse_unknown(work: Work, word: str) -> SignIn:
    work.tell(Act.SIGN_IN, "account", None, outcome="refused", why="unknown", word=word)
    return _REFUSED


def _held_or_gone(work: Work, account_id: str | None) -> Row[Any] | None:
    """The row of an account, held; None where there is none, or it was deleted meanwhile."""
    if account_id is None or work.first(accounts, accounts.c.id == account_id) is None:
        return None
    return held(work, account_id)


def _keep(work: Work, account_id: str, values: dict[str, Any]) -> None:
    # Its version stays: whoever manages the account has not changed it.
    work.change(accounts, {**values, "version": accounts.c.version}, accounts.c.id == account_id)
