"""Named arrays in one file, mapped into memory: how an index lies on disk.

The file begins with a mark, the CRC-32 of what follows the two, and the length of a JSON table
that names every array with its type, place and length, and tells the seal under which the file
was written. The arrays follow, each at a multiple of 64 bytes.
"""

import json
import mmap
import os
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Arrays = Mapping[str, npt.NDArray[Any]]

_MARK = b"VALORIX1"
_HEAD = struct.Struct("<8sIQ")
_STEP = 64
_TYPES = frozenset({"|u1", "<u4", "<i4", "<u8"})


def write_arrays(path: Path, arrays: Arrays, *, seal: str) -> None:
    """Write a file; it appears whole or not at all, also when two processes write it at once."""
    table: dict[str, Any] = {}
    parts: list[bytes] = []
    place = 0
    for name, array in arrays.items():
        raw = np.ascontiguousarray(array).tobytes()
        table[name] = [array.dtype.str, place, len(array)]
        padding = -len(raw) % _STEP
        parts += [raw, b"\0" * padding]
        place += len(raw) + padding
    text = json.dumps({"seal": seal, "arrays": table}).encode()
    text += b" " * (-(_HEAD.size + len(text)) % _STEP)
    crc = zlib.crc32(text)
    for part in parts:
        crc = zlib.crc32(part, crc)
    partial = path.with_suffix(f".{os.getpid()}.part")
    with partial.open("wb") as file:
        file.write(_HEAD.pack(_MARK, crc, len(text)))
        file.write(text)
        file.writelines(parts)
    partial.replace(path)


def read_arrays(path: Path, *, seal: str) -> Arrays:
    """The arrays of a file, read only.

    Raises
    ------
    ValueError
        When the file was cut short, changed, written under another seal or by something else.
    """
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size < _HEAD.size:
            raise ValueError(f"{path.name} is cut short")
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    mark, crc, size = _HEAD.unpack_from(mapped)
    view = memoryview(mapped)
    if mark != _MARK or zlib.crc32(view[_HEAD.size :]) != crc:
        raise ValueError(f"{path.name} is damaged, or no index of this form")
    body = _HEAD.size + size
    content = json.loads(bytes(view[_HEAD.size : body]))
    if content["seal"] != seal:
        raise ValueError(f"{path.name} was made from other data")
    found: dict[str, npt.NDArray[Any]] = {}
    for name, (kind, place, length) in content["arrays"].items():
        if kind not in _TYPES:
            raise ValueError(f"{path.name}: {name} holds {kind!r}")
        found[name] = np.frombuffer(mapped, np.dtype(kind), length, body + place)
    return found
