"""Secrets made by chance: links, sessions and tokens, of which only a digest is kept.

256 bits cannot be guessed, so a digest without salt or stretching is enough (NIST SP 800-63B,
3.1.2, on look-up secrets of more than 112 bits).
"""

import hashlib
import hmac
import secrets

TOKEN_BYTES = 32
"""256 bits."""

MACHINE_PREFIX = "valoriamo_"
"""How tokens of machines begin, so that one that was left in a file can be searched for."""

_LONGEST = 200


def new_secret(prefix: str = "") -> str:
    """A secret of 256 bits made by chance, to be shown once."""
    return prefix + secrets.token_urlsafe(TOKEN_BYTES)


def secret_digest(secret: str) -> str:
    """What is kept of a secret: its SHA-256, in hexadecimal.

    Anything may be asked for; what is longer than any secret has the digest of none.
    """
    if len(secret) > _LONGEST:
        return ""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two texts are equal, in a time that does not say where they differ."""
    return hmac.compare_digest(
        one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass")
    )
