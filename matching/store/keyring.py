"""The keys of an installation: one file apart from the database, or one environment variable.

Every person has a key of her own, which is kept sealed with the current key of the ring. Turning
the ring seals those keys anew; destroying a person's key makes all that was sealed with it
unreadable, wherever a copy lies.
"""

import base64
import binascii
import json
import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from matching.errors import KeyringError

KEY_BYTES = 32
"""256 bits, for AES-256-GCM and HMAC-SHA256."""

_VARIETY = 16  # different bytes, which 32 random ones have but for one in 10^15
_VARIABLE = "VALORIAMO_KEYS"


@dataclass(frozen=True, slots=True)
class Keyring:
    """The current key, older ones that something may still be sealed with, and the journal's.

    ``journal`` chains the journal and ``index`` makes search words; neither is ever turned, as
    what was made with them could no longer be checked or found.
    """

    current: str
    keys: Mapping[str, bytes] = field(repr=False)
    journal: bytes = field(repr=False)
    index: bytes = field(repr=False)
    _derived: dict[tuple[str, str], bytes] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def key(self, key_id: str) -> bytes:
        """A key of the ring.

        Raises
        ------
        KeyringError
            For one that the ring does not have.
        """
        if key_id not in self.keys:
            raise KeyringError(
                f"Something is sealed with the key {key_id!r}, which the keyring does not have. "
                "Put back the keyring that it was sealed with."
            )
        return self.keys[key_id]

    def derived(self, purpose: str, key_id: str) -> bytes:
        """A key for one purpose alone, made from a key of the ring (HKDF, RFC 5869)."""
        found = self._derived.get((purpose, key_id))
        if found is None:
            made = HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode())
            # Kept: what opens one person's key opens those of all the others of a list.
            found = self._derived[purpose, key_id] = made.derive(self.key(key_id))
        return found

    def turned(self) -> "Keyring":
        """The same ring with a new current key; the older ones stay to open what they sealed."""
        number = 1 + max(int(name.removeprefix("k")) for name in self.keys)
        return Keyring(
            current=f"k{number}",
            keys={**self.keys, f"k{number}": secrets.token_bytes(KEY_BYTES)},
            journal=self.journal,
            index=self.index,
        )

    def without(self, key_ids: frozenset[str]) -> "Keyring":
        """The same ring without keys that nothing is sealed with any more."""
        kept = {name: key for name, key in self.keys.items() if name not in key_ids}
        return Keyring(current=self.current, keys=kept, journal=self.journal, index=self.index)


def new_keyring() -> Keyring:
    """A ring of keys made by chance."""
    return Keyring(
        current="k1",
        keys={"k1": secrets.token_bytes(KEY_BYTES)},
        journal=secrets.token_bytes(KEY_BYTES),
        index=secrets.token_bytes(KEY_BYTES),
    )


def in_environment(environment: Mapping[str, str] | None = None) -> bool:
    """Whether the keys come from the environment, and no file is read or may be written."""
    return bool((os.environ if environment is None else environment).get(_VARIABLE))


def load_keyring(path: Path, environment: Mapping[str, str] | None = None) -> Keyring:
    """The keyring of the environment, or of a file that nobody else can read.

    Raises
    ------
    KeyringError
        Without one, for keys that cannot be right, or a file that others can read.
    """
    given = (os.environ if environment is None else environment).get(_VARIABLE)
    if given:
        return _parsed(given, _VARIABLE)
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise KeyringError(
            f"{path}: there is no keyring. Make the installation with: valoriamo init; or put "
            "back the keyring that belongs to this database."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise KeyringError(f"{path}: the keyring cannot be read: {error}.") from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyringError(
            f"{path}: others than its owner can read the keyring. Close it: chmod 600 {path}"
        )
    return _parsed(text, str(path))


def save_keyring(ring: Keyring, path: Path, *, replace: bool = False) -> None:
    """Write a keyring whole, for its owner's eyes only.

    Raises
    ------
    KeyringError
        Where there is one already that may not be replaced, or it cannot be written.
    """
    if path.exists() and not replace:
        raise KeyringError(
            f"{path}: there is a keyring already. Without it nothing that it sealed can be "
            "read; move it away only with its database."
        )
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(_written(ring))
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise KeyringError(f"{path}: the keyring cannot be written: {error.strerror}.") from error


def _written(ring: Keyring) -> str:
    def shown(key: bytes) -> str:
        return base64.b64encode(key).decode()

    content = {
        "current": ring.current,
        "keys": {name: shown(key) for name, key in ring.keys.items()},
        "journal": shown(ring.journal),
        "index": shown(ring.index),
    }
    return json.dumps(content, indent=1) + "\n"


def _parsed(text: str, where: str) -> Keyring:
    try:
        content = json.loads(text)
        keys = {str(name): _key(one) for name, one in content["keys"].items()}
        ring = Keyring(
            current=str(content["current"]),
            keys=keys,
            journal=_key(content["journal"]),
            index=_key(content["index"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as error:
        # The message of the error could show a key.
        raise KeyringError(
            f"{where}: this is no keyring: {type(error).__name__}. Put back the one that "
            "valoriamo init made."
        ) from None
    if ring.current not in keys:
        raise KeyringError(f"{where}: the current key {ring.current!r} is not among the keys.")
    if strange := [name for name in keys if not name.removeprefix("k").isdecimal()]:
        raise KeyringError(f"{where}: {strange[0]!r} is no name of a key; k1, k2 and so on are.")
    every = [*keys.values(), ring.journal, ring.index]
    if any(len(key) != KEY_BYTES or len(set(key)) < _VARIETY for key in every):
        raise KeyringError(
            f"{where}: a key is not of {KEY_BYTES} bytes made by chance. Make keys with: "
            "valoriamo init."
        )
    if len(set(every)) < len(every):
        raise KeyringError(f"{where}: a key stands for two things; each needs its own.")
    return ring


def _key(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
