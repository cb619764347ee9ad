"""The files of an import: zip archives as the portal delivers them, or single CSV files.

Nothing is unpacked to disk. Names that leave the archive, encryption, and sizes that no release
comes near are refused before anything is read; what is read is counted too, because an archive
may lie about its sizes.
"""

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, cast

from matching.errors import TaxonomyError

_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What an archive may hold; the official ones have some 30 MB and shrink about sevenfold."""

    files: int = 500
    file_bytes: int = 200 * _MEGABYTE
    total_bytes: int = 1024 * _MEGABYTE
    ratio: int = 100
    # Below this size any ratio is harmless.
    ratio_from: int = _MEGABYTE


@dataclass(frozen=True, slots=True)
class Source:
    """One CSV file in an archive or by itself; ``where`` names it for people."""

    archive: Path
    name: str
    where: str
    opener: Callable[[], IO[bytes]]
    limits: ArchiveLimits

    @contextmanager
    def text(self) -> Iterator[io.TextIOBase]:
        """The file as text, lines as they are.

        Raises
        ------
        TaxonomyError
            For what is damaged, not UTF-8, or larger than allowed.
        """
        try:
            with self.opener() as raw:
                counted = io.BufferedReader(_Counted(raw, self))
                with io.TextIOWrapper(counted, "utf-8-sig", newline="") as text:
                    yield text
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise TaxonomyError(
                f"{self.where}: the file is damaged ({error}). Get the archive again."
            ) from error
        except NotImplementedError as error:
            raise TaxonomyError(
                f"{self.where}: is packed in a way that cannot be read ({error}). Get the archive "
                "again from the portal."
            ) from error


class _Counted(io.RawIOBase):
    """A stream that ends in an error where more comes out than may."""

    def __init__(self, raw: IO[bytes], source: Source) -> None:
        self._raw = raw
        self._source = source
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        data = self._raw.read(len(buffer))
        self._count += len(data)
        if self._count > self._source.limits.file_bytes:
            raise _too_large(self._source.where, self._source.limits)
        buffer[: len(data)] = data
        return len(data)


def sources(path: Path, limits: ArchiveLimits | None = None) -> list[Source]:
    """The CSV files in an archive, or the one that the path is (``.csv``, ``.csv.gz``).

    Raises
    ------
    TaxonomyError
        For what is not there, no archive, damaged, or not safe to read.
    """
    limits = limits or ArchiveLimits()
    if path.is_dir():
        raise TaxonomyError(f"{path}: is a folder; name the archives in it.")
    try:
        with path.open("rb") as file:
            magic = file.read(4)
    except OSError as error:
        raise TaxonomyError(
            f"{path}: cannot be read ({error.strerror}). Correct the path."
        ) from error
    name = path.name.lower()
    if name.endswith(".csv.gz") or (magic[:2] == b"\x1f\x8b" and name.endswith(".gz")):
        return [
            _single(path, path.name[:-3], lambda: cast("IO[bytes]", gzip.open(path, "rb")), limits)
        ]
    if name.endswith(".csv"):
        return [_single(path, path.name, lambda: path.open("rb"), limits)]
    return _members(path, limits)


def _single(
    path: Path, name: str, opener: Callable[[], IO[bytes]], limits: ArchiveLimits
) -> Source:
    return Source(path, name, path.name, opener, limits)


def _unzipped(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path, "rb"))


def _members(path: Path, limits: ArchiveLimits) -> list[Source]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise TaxonomyError(
            f"{path}: is no zip archive, or a damaged one ({error}). Get it again from the ESCO "
            "portal, CSV form."
        ) from error
    if len(members) > limits.files:
        raise TaxonomyError(
            f"{path}: holds {len(members)} files, more than {limits.files}; this is no archive of "
            "the ESCO portal."
        )
    found: dict[str, Source] = {}
    total = 0
    for member in members:
        where = f"{path.name}: {member.filename}"
        if member.is_dir():
            continue
        _check_member(member, where, limits)
        total += member.file_size
        if total > limits.total_bytes:
            raise _too_large(str(path), limits)
        name = PurePosixPath(member.filename).name
        if not name.lower().endswith(".csv") or name.startswith("._"):
            continue
        if name in found:
            raise TaxonomyError(
                f"{where}: {name} is in the archive twice. Get the archive again from the portal."
            )
        found[name] = Source(path, name, where, _member_opener(path, member.filename), limits)
    if not found:
        raise TaxonomyError(
            f"{path}: holds no CSV file. On the portal choose the CSV form of the classification."
        )
    return list(found.values())


def _member_opener(path: Path, name: str) -> Callable[[], IO[bytes]]:
    def opened() -> IO[bytes]:
        # The member keeps the file open for as long as it is read.
        with zipfile.ZipFile(path) as archive:
            return archive.open(name)

    return opened


def _check_member(member: zipfile.ZipInfo, where: str, limits: ArchiveLimits) -> None:
    parts = PurePosixPath(member.filename.replace("\\", "/")).parts
    if ".." in parts or (parts and (parts[0] == "/" or parts[0].endswith(":"))):
        raise TaxonomyError(f"{where}: the name leaves the archive; it is not read.")
    if member.flag_bits & 0x1:
        raise TaxonomyError(f"{where}: is protected by a password; give the archive without one.")
    if member.file_size > limits.file_bytes:
        raise _too_large(where, limits)
    ratio = member.file_size / max(member.compress_size, 1)
    if member.file_size > limits.ratio_from and ratio > limits.ratio:
        raise TaxonomyError(
            f"{where}: unpacks to {ratio:.0f} times its size, as an archive bomb does; more than "
            f"{limits.ratio} times is not read."
        )


def _too_large(where: str, limits: ArchiveLimits) -> TaxonomyError:
    return TaxonomyError(
        f"{where}: is larger than any release: more than {limits.file_bytes // _MEGABYTE} MB in a "
        f"file, or {limits.total_bytes // _MEGABYTE} MB in an archive. It is not read."
    )
