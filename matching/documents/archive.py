"""A ZIP archive that has been checked before anything in it is expanded."""

import io
import posixpath
import re
import stat
import zipfile
import zlib
from xml.etree import ElementTree
from xml.parsers import expat

from matching.documents.markup import root_name
from matching.documents.values import MEGABYTE, Limits, size_label
from matching.domain import DocumentErrorCode
from matching.errors import DocumentError

_ENCRYPTED_FLAG = 0x1
_NO_MEMORY = expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]
_READABLE_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    UnicodeDecodeError,
    ValueError,
    OSError,
)


def open_archive(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """Open a ZIP whose names are safe and whose declared sizes are within ``limits``.

    Python's reader never yields more than the declared size of an entry, so checking the
    declarations is enough: an entry that lies fails its checksum.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN_ZIP as error:
        raise DocumentError(
            DocumentErrorCode.CORRUPT,
            f"The file starts like a ZIP archive but cannot be opened ({error}). "
            "Save the document again and send the new copy.",
        ) from error
    entries = archive.infolist()
    if len(entries) > limits.max_entries:
        raise DocumentError(
            DocumentErrorCode.TOO_LARGE,
            f"The file is an archive of {len(entries):,} entries; at most "
            f"{limits.max_entries:,} are read. Save the document again, or as PDF.",
        )
    for entry in entries:
        _check_entry(entry, limits)
    expanded = sum(entry.file_size for entry in entries)
    if expanded > limits.max_expanded_bytes:
        raise _expands_too_much("the file", len(data), expanded, limits)
    if expanded > max(MEGABYTE, limits.max_ratio * len(data)):
        raise _expands_too_much("the file", len(data), expanded, limits)
    return archive


def _check_entry(entry: zipfile.ZipInfo, limits: Limits) -> None:
    name = entry.filename.replace("\\", "/")
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    outside = posixpath.isabs(name) or ".." in name.split("/") or re.match(r"[A-Za-z]:", name)
    if is_link or outside:
        raise DocumentError(
            DocumentErrorCode.UNSAFE,
            f"The archive holds the entry {name[:80]!r}, which points outside of it. "
            "Do not open the file; ask the sender for a PDF.",
        )
    if entry.flag_bits & _ENCRYPTED_FLAG:
        raise DocumentError(
            DocumentErrorCode.ENCRYPTED,
            f"The entry {name[:80]!r} of the file is protected by a password. "
            "Remove the password and send the document again.",
        )
    if entry.compress_type not in _READABLE_METHODS:
        raise DocumentError(
            DocumentErrorCode.CORRUPT,
            f"The entry {name[:80]!r} is packed with method {entry.compress_type}, which "
            "documents do not use. Save the document again, or as PDF.",
        )
    packed = max(entry.compress_size, 1)
    if entry.file_size > MEGABYTE and entry.file_size > limits.max_ratio * packed:
        raise _expands_too_much(f"the entry {name[:80]!r}", packed, entry.file_size, limits)


def _expands_too_much(what: str, packed: int, expanded: int, limits: Limits) -> DocumentError:
    return DocumentError(
        DocumentErrorCode.TOO_LARGE,
        f"Unpacked, {what} grows from {size_label(packed)} to {size_label(expanded)}; at most "
        f"{size_label(limits.max_expanded_bytes)} and {limits.max_ratio} times are allowed. "
        "Save the document again without large images, or as PDF.",
    )


def read_entry(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the bytes of one entry, or refuse the document as corrupt."""
    try:
        return archive.read(name)
    except (KeyError, RuntimeError, *_BROKEN_ZIP) as error:
        raise DocumentError(
            DocumentErrorCode.CORRUPT,
            f"The part {name!r} of the document is missing or damaged ({error}). "
            "Save the document again and send the new copy.",
        ) from error


def read_xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """Parse one entry as XML that declares no document type, hence no entities."""
    data = read_entry(archive, name)
    try:
        root_name(data, f"The part {name!r}")
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, expat.ExpatError, LookupError, ValueError) as error:
        if getattr(error, "code", None) == _NO_MEMORY:
            raise MemoryError from error
        raise DocumentError(
            DocumentErrorCode.CORRUPT,
            f"The part {name!r} of the document is not valid XML ({error}). "
            "Save the document again and send the new copy.",
        ) from error
