"""Passwords: which may be chosen, how they are kept, how one is checked.

Argon2id (RFC 9106) with 46 MiB and two passes. OWASP's Password Storage Cheat Sheet asks for as
much memory and one pass, or for 19 MiB and two, at least. Rules as in NIST SP 800-63B, 3.1.1.2:
length, and nothing that anybody would try first; no mixture of signs, no expiry.
"""

import hmac
import re
import secrets
import threading
import unicodedata
from dataclasses import dataclass, field
from typing import NewType

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from matching.errors import InputError

PasswordHash = NewType("PasswordHash", str)
"""An encoded Argon2id hash with its parameters; never a password."""

MEMORY_KIB = 47_104
PASSES = 2
LANES = 1

SHORTEST = 12
LONGEST = 256

_VARIETY = 5  # different signs, which nothing but repetitions of a short piece lacks
_AT_ONCE = 4  # hashes at a time: each takes MEMORY_KIB
# What is left of an obvious password without its digits and signs; our own list, short on purpose.
_OBVIOUS = frozenset(
    {
        "password", "passwordpassword", "passw", "parola", "parolachiave", "parolasegreta",
        "segreto", "segretissimo", "qwerty", "qwertyuiop", "qwertyuiopasdfghjkl", "asdfghjkl",
        "qwertyasdfgh", "abcdefghijkl", "abcdefghijklm", "abcdefghijklmnopqrstuvwxyz",
        "administrator", "amministratore", "amministratrice", "admin", "adminadmin", "accesso",
        "benvenuto", "benvenuti", "benvenuta", "welcome", "letmein", "iloveyou", "tiamo",
        "ciaociao", "ciaociaociao", "cambiami", "changeme", "valoriamo", "valoriamovaloriamo",
        "welfare", "hubwelfare", "community", "communitymanager", "juventus", "forzaitalia",
    }
)  # fmt: skip
_RUN = "0123456789" * 3
_NO_LETTERS = re.compile(r"[\W\d_]+")


@dataclass(frozen=True)
class Passwords:
    """Hashes and checks passwords. Made once by whoever serves (:func:`open_passwords`).

    ``nobody`` is the hash of a password that was thrown away: an account that is not there is
    checked against it, so that it takes as long as one that is.
    """

    hasher: PasswordHasher = field(repr=False)
    nobody: PasswordHash = field(repr=False)
    _turn: threading.BoundedSemaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(_AT_ONCE), repr=False, compare=False
    )

    def hashed(self, password: str, *, username: str) -> PasswordHash:
        """The hash of a password that was chosen.

        Raises
        ------
        InputError
            Where it may not be chosen.
        """
        check_password(password, username=username)
        return self._hash(password)

    def verified(self, password: str, kept: str | None) -> bool:
        """Whether a password is the one that was kept; without one, after the same work, not."""
        tried = _normal(password) if len(password) <= LONGEST else ""
        with self._turn:
            try:
                right = self.hasher.verify(self.nobody if kept is None else kept, tried)
            except (VerificationError, InvalidHashError):
                return False
        return right and kept is not None

    def renewed(self, password: str, kept: str) -> PasswordHash | None:
        """A new hash where the one kept was made with weaker parameters, else None."""
        return self._hash(password) if self.hasher.check_needs_rehash(kept) else None

    def _hash(self, password: str) -> PasswordHash:
        with self._turn:
            return PasswordHash(self.hasher.hash(_normal(password)))


def open_passwords(
    *, memory_kib: int = MEMORY_KIB, passes: int = PASSES, lanes: int = LANES
) -> Passwords:
    """What hashes and checks passwords with these parameters; takes the time of one hash."""
    hasher = PasswordHasher(
        time_cost=passes, memory_cost=memory_kib, parallelism=lanes, type=Type.ID
    )
    return Passwords(hasher, PasswordHash(hasher.hash(secrets.token_urlsafe())))


def check_password(password: str, *, username: str) -> None:
    """Refuse a password that anybody would try first.

    Raises
    ------
    InputError
        Saying what to choose instead, never what was chosen.
    """
    chosen = _normal(password)
    if len(chosen) < SHORTEST:
        raise InputError(
            f"The password has {len(chosen)} characters; choose one of {SHORTEST} at least, such "
            "as four words that have nothing to do with each other."
        )
    if len(password) > LONGEST or len(chosen) > LONGEST:
        raise InputError(f"The password is too long; choose one of at most {LONGEST} characters.")
    left = _letters(chosen)
    of_username = {_letters(username), _letters(username.partition("@")[0])} - {""}
    if hmac.compare_digest(chosen.casefold().encode(), _normal(username).casefold().encode()) or (
        any(left in (name, name + name) for name in of_username)
    ):
        raise InputError("The password is the username again; choose one that it does not tell.")
    is_run = chosen in _RUN or chosen in _RUN[::-1]
    if len(set(chosen)) < _VARIETY or left in _OBVIOUS or is_run:
        raise InputError(
            "The password is one of the first that anybody would try; choose another, such as "
            "four words that have nothing to do with each other."
        )


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", _normal(text).casefold())


def _normal(text: str) -> str:
    # Two keyboards may write one letter in two ways; half a surrogate pair is no letter at all.
    return unicodedata.normalize("NFKC", text.encode("utf-8", "replace").decode("utf-8"))
