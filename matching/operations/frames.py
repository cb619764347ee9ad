"""A sealed file in frames: what was cut, moved, edited or put in shows before it is used.

After a header in the clear, frames of at most a megabyte, each sealed with AES-256-GCM (NIST SP
800-38D). The key is made for one file alone (HKDF with a salt by chance), so the frame's number
serves as nonce; header and number are authenticated with each frame. The last frame says that it
is the last, as in STREAM (Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO 2015).
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from matching.errors import StoreError

MAGIC = b"VALORIAMO-BACKUP-1\n"
MOST = 1024 * 1024
"""The most bytes of one frame."""

MANIFEST, DATABASE, END = b"M", b"D", b"E"
_KINDS = (MANIFEST, DATABASE, END)
_TAG = 16
_LONGEST_HEADER = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What stands before the frames, readable without a key."""

    secret: str
    salt: bytes
    made_at: str

    def written(self) -> bytes:
        """The header as a line of JSON, after the magic."""
        content = {"secret": self.secret, "salt": self.salt.hex(), "made_at": self.made_at}
        return MAGIC + json.dumps(content, sort_keys=True).encode("ascii") + b"\n"


@dataclass(slots=True)
class Sealer:
    """Writes frames to a file that is open; the header is written first."""

    file: BinaryIO
    header: Header
    key: bytes = field(repr=False)
    number: int = 0

    def begin(self) -> None:
        """Write the header."""
        self.file.write(self.header.written())

    def write(self, kind: bytes, chunks: Iterable[bytes]) -> None:
        """Write content as frames of one kind."""
        for chunk in chunks:
            for start in range(0, len(chunk), MOST):
                self._frame(kind, chunk[start : start + MOST])

    def end(self) -> None:
        """Write the frame that says that nothing follows."""
        self._frame(END, b"")

    def _frame(self, kind: bytes, content: bytes) -> None:
        place = _place(self.header, self.number)
        sealed = AESGCM(self.key).encrypt(_nonce(self.number), kind + content, place)
        self.file.write(len(sealed).to_bytes(4) + sealed)
        self.number += 1


def read_header(file: BinaryIO, path: Path) -> Header:
    """The header of a file.

    Raises
    ------
    StoreError
        For a file that is no backup.
    """
    if file.read(len(MAGIC)) != MAGIC:
        raise StoreError(f"{path}: this is no backup of valoriamo. Name another file.")
    try:
        content: dict[str, Any] = json.loads(file.readline(_LONGEST_HEADER))
        return Header(
            secret=str(content["secret"]),
            salt=bytes.fromhex(content["salt"]),
            made_at=str(content["made_at"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path}: the backup's header was damaged. Use another backup.") from error


def read_frames(
    file: BinaryIO, header: Header, key: bytes, path: Path
) -> Iterator[tuple[bytes, bytes]]:
    """The frames after the header, each verified: kind and content, but for the last.

    Raises
    ------
    StoreError
        For another key, or a file that was cut or edited, with the number of the frame.
    """
    number = 0
    while True:
        kind, content = _opened(file, header, key, number, path)
        number += 1
        if kind == END:
            break
        yield kind, content
    if file.read(1):
        raise StoreError(f"{path}: something was put after the end of the backup.")


def _opened(
    file: BinaryIO, header: Header, key: bytes, number: int, path: Path
) -> tuple[bytes, bytes]:
    length = int.from_bytes(file.read(4))
    sealed = file.read(length) if _TAG < length <= 1 + MOST + _TAG else b""
    if not sealed or len(sealed) < length:
        raise StoreError(
            f"{path}: the backup was cut or damaged at frame {number}. Use another backup; "
            "nothing was changed."
        )
    try:
        plain = AESGCM(key).decrypt(_nonce(number), sealed, _place(header, number))
    except InvalidTag as error:
        what = (
            "does not open: another key or passphrase sealed it, or it was altered"
            if number == 0
            else f"was altered at frame {number}"
        )
        raise StoreError(f"{path}: the backup {what}. Nothing was changed.") from error
    kind = plain[:1]
    if kind not in _KINDS:
        raise StoreError(f"{path}: frame {number} is of a later version of the product.")
    return kind, plain[1:]


def _nonce(number: int) -> bytes:
    return number.to_bytes(12)


def _place(header: Header, number: int) -> bytes:
    return header.written() + number.to_bytes(8)
