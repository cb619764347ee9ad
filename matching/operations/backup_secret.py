"""What backups are sealed with: a key in a file of its own, or a passphrase.

A passphrase is made slow to guess with scrypt (RFC 7914; N = 2^17, r = 8, p = 1: 128 MB and a
good part of a second for every guess).
"""

import base64
import binascii
import os
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from matching.errors import KeyringError
from matching.operations.frames import Header
from matching.store.keyring import KEY_BYTES

IN_FILE, PASSPHRASE = "file", "passphrase"
_SHORTEST = 16  # characters of a passphrase
_SCRYPT = 2**17
_SALT = 32


@dataclass(frozen=True, slots=True)
class Secret:
    """A key or a passphrase, and which of the two."""

    kind: str
    value: bytes = field(repr=False)


def read_backup_key(path: Path) -> Secret:
    """The backup key of a file that nobody else can read.

    Raises
    ------
    KeyringError
        Without one, for one that cannot be right, or a file that others can read.
    """
    try:
        mode = path.stat().st_mode
        value = base64.b64decode(path.read_text("ascii").strip(), validate=True)
    except FileNotFoundError as error:
        raise KeyringError(
            f"{path}: there is no backup key. Name its file with --key-file, or use --passphrase."
        ) from error
    except (OSError, ValueError, binascii.Error) as error:
        raise KeyringError(f"{path}: the backup key cannot be read.") from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyringError(
            f"{path}: others than its owner can read the backup key. Close it: chmod 600 {path}"
        )
    if len(value) != KEY_BYTES or len(set(value)) < KEY_BYTES // 2:
        raise KeyringError(f"{path}: this is no key of {KEY_BYTES} bytes made by chance.")
    return Secret(IN_FILE, value)


def make_backup_key(path: Path) -> None:
    """Make a backup key in a new file for its owner's eyes only.

    Raises
    ------
    KeyringError
        Where it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode() + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise KeyringError(f"{path}: the key cannot be written: {error.strerror}.") from error


def passphrase(text: str) -> Secret:
    """A passphrase that is long enough.

    Raises
    ------
    KeyringError
        For a short one.
    """
    if len(text) < _SHORTEST or len(set(text)) < _SHORTEST // 2:
        raise KeyringError(
            f"A passphrase of at least {_SHORTEST} characters is needed, such as six words by "
            "chance."
        )
    return Secret(PASSPHRASE, text.encode())


def new_header(secret: Secret, made_at: str) -> Header:
    """The header of a new file, with a salt by chance."""
    return Header(secret=secret.kind, salt=secrets.token_bytes(_SALT), made_at=made_at)


def file_key(secret: Secret, header: Header, path: Path) -> bytes:
    """The key of one file alone.

    Raises
    ------
    KeyringError
        Where the file was sealed with the other kind of secret.
    """
    if header.secret != secret.kind:
        needed = "--passphrase" if header.secret == PASSPHRASE else "--key-file FILE"
        raise KeyringError(f"{path}: this backup opens with {needed}.")
    value = secret.value
    if secret.kind == PASSPHRASE:
        value = Scrypt(salt=header.salt, length=KEY_BYTES, n=_SCRYPT, r=8, p=1).derive(value)
    return HKDF(SHA256(), KEY_BYTES, salt=header.salt, info=b"backup").derive(value)
