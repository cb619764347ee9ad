"""What goes in and out of the package, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

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
    EUROPASS_XML = "europass-xml"
    EUROPASS_PDF = "europass-pdf"
    JSON_RESUME = "json-resume"
    JOB_POSTING = "job-posting"

    @property
    def label(self) -> str:
        """What the format is called in a sentence."""
        return _LABELS.get(self.value, self.value.upper())


_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "europass-xml": "Europass XML",
        "europass-pdf": "Europass PDF",
        "json-resume": "JSON Resume",
        "job-posting": "schema.org JobPosting",
    }
)


@dataclass(frozen=True)
class Document:
    """The text of one file; ``pages`` is known for PDF only.

    ``ocr`` says that the text was recognised in a picture, and may be misread.
    """

    text: str
    format: DocumentFormat
    pages: int | None = None
    ocr: bool = False


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
