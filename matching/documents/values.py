"""What goes in and out of the package, as frozen values."""

from dataclasses import dataclass
from enum import StrEnum

MEGABYTE = 1024 * 1024
OUT_OF_MEMORY_STATUS = 3  # with which a child says that it could not even answer


class DocumentFormat(StrEnum):
    """The kinds of file that are read."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"
    HTML = "html"
    TXT = "txt"


@dataclass(frozen=True)
class Document:
    """The text of one file; ``pages`` is known for PDF only."""

    text: str
    format: DocumentFormat
    pages: int | None = None


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much one file may cost; whatever goes over is refused, never cut short.

    ``max_ratio`` is how many bytes one byte of a ZIP may become. ``memory_bytes`` is the
    address space of the child process, ``timeout_seconds`` both its clock and processor time.
    """

    max_bytes: int = 10 * MEGABYTE
    max_pages: int = 200
    max_characters: int = 1_000_000
    max_entries: int = 1_000
    max_expanded_bytes: int = 50 * MEGABYTE
    max_ratio: int = 100
    memory_bytes: int = 512 * MEGABYTE
    timeout_seconds: float = 10.0


def size_label(size: int) -> str:
    """Write a number of bytes for a person.

    >>> size_label(10 * MEGABYTE)
    '10.0 MB'
    >>> size_label(900)
    '900 bytes'
    """
    if size < MEGABYTE // 10:
        return f"{size:,} bytes"
    return f"{size / MEGABYTE:.1f} MB"
