"""One file -> its text, in this process."""

from matching.documents.cleaning import clean_pages
from matching.documents.docx import read_docx
from matching.documents.html import read_html
from matching.documents.odt import read_odt
from matching.documents.pdf import read_pdf
from matching.documents.plain import decode_text
from matching.documents.rtf import read_rtf
from matching.documents.sniffing import identify
from matching.documents.values import Document, DocumentFormat, Limits, size_label
from matching.domain import DocumentErrorCode
from matching.errors import DocumentError


def parse_document(data: bytes, name: str, limits: Limits) -> Document:
    """Read a file here, with no limit of memory or time: for the child process and for tests.

    It raises ``DocumentError`` and nothing else, except ``MemoryError`` when memory runs out.
    """
    check_size(data, limits)
    kind = identify(data, name, limits)
    try:
        pages = _read(data, kind, limits)
    except RecursionError as error:
        raise DocumentError(
            DocumentErrorCode.CORRUPT,
            f"The {kind.value.upper()} nests its parts too deep to be a document. "
            "Save it again, or as PDF.",
        ) from error
    text = clean_pages(pages)
    if len(text) > limits.max_characters:
        raise DocumentError(
            DocumentErrorCode.TOO_LARGE,
            f"The document holds {len(text):,} characters; at most {limits.max_characters:,} "
            "are read. Send only the CV or the vacancy.",
        )
    if not any(map(str.isalnum, text)):
        raise _no_text(kind, len(pages))
    return Document(text, kind, len(pages) if kind is DocumentFormat.PDF else None)


def check_size(data: bytes, limits: Limits) -> None:
    """Refuse what need not even be opened."""
    if not data:
        raise DocumentError(
            DocumentErrorCode.EMPTY, "The file has 0 bytes. Save the document and send it again."
        )
    if len(data) > limits.max_bytes:
        raise DocumentError(
            DocumentErrorCode.TOO_LARGE,
            f"The file has {size_label(len(data))}; at most {size_label(limits.max_bytes)} are "
            "read. Save it with smaller images, or send only the pages that matter.",
        )


def _read(data: bytes, kind: DocumentFormat, limits: Limits) -> list[list[str]]:
    match kind:
        case DocumentFormat.PDF:
            return read_pdf(data, limits)
        case DocumentFormat.DOCX:
            return [read_docx(data, limits)]
        case DocumentFormat.ODT:
            return [read_odt(data, limits)]
        case DocumentFormat.RTF:
            return [read_rtf(data)]
        case DocumentFormat.HTML:
            return [read_html(data)]
        case DocumentFormat.TXT:
            return [(decode_text(data) or "").splitlines()]


def _no_text(kind: DocumentFormat, pages: int) -> DocumentError:
    if kind is DocumentFormat.PDF:
        return DocumentError(
            DocumentErrorCode.NO_TEXT,
            f"The PDF has {pages} page(s) and no text: it is probably a scan or a photo. "
            "Send the original file, or read it with a text recognition program first.",
        )
    return DocumentError(
        DocumentErrorCode.NO_TEXT,
        f"The {kind.value.upper()} opens but holds no text. Send the file that has the text.",
    )
