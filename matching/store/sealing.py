"""Bytes that only the right key opens, and only in the place they were sealed for.

AES-256-GCM with a random nonce of 96 bits (NIST SP 800-38D): a key seals far fewer than 2^32
times. The place is authenticated with the content: a sealed value that is moved to another row or
column does not open.
"""

import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from matching.errors import KeyringError

_NONCE = 12
_FORMAT = b"\x01"


def seal(key: bytes, content: bytes, place: str) -> bytes:
    """Seal content for a place, such as ``notes.sealed:ID``."""
    nonce = secrets.token_bytes(_NONCE)
    return _FORMAT + nonce + AESGCM(key).encrypt(nonce, content, place.encode())


def unseal(key: bytes, sealed: bytes, place: str) -> bytes:
    """Open what was sealed for a place.

    Raises
    ------
    KeyringError
        For another key, another place, or bytes that were altered.
    """
    if sealed[:1] != _FORMAT or len(sealed) < 1 + _NONCE:
        raise KeyringError(f"{place}: what is kept there was never sealed here.")
    try:
        return AESGCM(key).decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], place.encode())
    except InvalidTag as error:
        raise KeyringError(
            f"{place}: what is kept there does not open: it was altered, moved, or sealed with "
            "another key."
        ) from error


def search_word(key: bytes, purpose: str, text: str) -> str:
    """What equal texts share and nobody can read: to find a row whose text is sealed."""
    return hmac.new(key, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()[:32]


def digest(content: bytes) -> str:
    """The SHA-256 of content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
