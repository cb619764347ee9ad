"""One file -> its text, in this process."""

import re
from dataclasses import dataclass

from matching.documents.attachments import attached_cv
from matching.documents.cleaning import clean_pages
from matching.documents.docx import read_docx
from matching.documents.europass import read_europass
from matching.documents.html import markup_lines, page_text
from matching.documents.job_posting import (
    page_postings,
    posting_lines,
    postings_in,
    says_everything,
)
from matching.documents.json_data import load_json
from matching.documents.json_resume import json_resume_lines
from matching.documents.odt import read_odt
from matching.documents.pdf import read_pdf
from matching.documents.plain import decode_text
from matching.documents.rtf import read_rtf
from matching.documents.sniffing import identify
from matching.documents.values import Document, DocumentFormat, Limits, size_label
from matching.domain import DocumentErrorCode
from matching.errors import DocumentError

# What scanning apps print on every page of a picture.
_SCANNER_MARK = re.compile(
    r"^.{0,10}\b(?:scanned (?:with|by|using)|scansionato (?:con|da)|scannerizzato (?:con|da)"
    r"|digitalizzato con)\b.{0,40}$|^\W*(?:cam ?scanner|adobe scan|tapscanner|genius scan)\W*$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class _Parts:
    """The lines of each page, what the file turned out to be, and how many pages it has."""

    lines: list[list[str]]
    kind: DocumentFormat
    pages: int | None = None


def parse_document(data: bytes, name: str, limits: Limits) -> Document:
    """Read a file here, with no limit of memory or time: for the child process and for tests.

    It raises ``DocumentError`` and nothing else, except ``MemoryError`` when memory runs out.
    """
    check_size(data, limits)
    kind = identify(data, name, limits)
    try:
        parts = _read(data, kind, limits)
    except RecursionError as error:
        raise DocumentError(
            DocumentErrorCode.CORRUPT,
            f"The {kind.label} nests its parts too deep to be a document. "
            "Save it again, or as PDF.",
        ) from error
    text = clean_pages(parts.lines)
    if len(text) > limits.max_characters:
        raise DocumentError(
            DocumentErrorCode.TOO_LARGE,
            f"The document holds {len(text):,} characters; at most {limits.max_characters:,} "
            "are read. Send only the CV or the vacancy.",
        )
    if not any(map(str.isalnum, _SCANNER_MARK.sub("", text) if parts.pages else text)):
        raise _no_text(kind, parts.pages)
    return Document(text, parts.kind, parts.pages)


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


def _read(data: bytes, kind: DocumentFormat, limits: Limits) -> _Parts:
    match kind:
        case DocumentFormat.PDF | DocumentFormat.EUROPASS_PDF:
            pages, attachments = read_pdf(data, limits)
            attached = attached_cv(attachments, pages)
            if attached is None:
                return _Parts(pages, DocumentFormat.PDF, len(pages))
            return _Parts([attached], DocumentFormat.EUROPASS_PDF, len(pages))
        case DocumentFormat.DOCX:
            lines = read_docx(data, limits)
        case DocumentFormat.ODT:
            lines = read_odt(data, limits)
        case DocumentFormat.RTF:
            lines = read_rtf(data)
        case DocumentFormat.HTML:
            return _read_page(page_text(data))
        case DocumentFormat.EUROPASS_XML:
            lines = read_europass(data)
        case DocumentFormat.JSON_RESUME:
            lines = json_resume_lines(load_json(decode_text(data) or ""))
        case DocumentFormat.JOB_POSTING:
            lines = posting_lines(postings_in(load_json(decode_text(data) or "")))
        case DocumentFormat.TXT:
            lines = (decode_text(data) or "").splitlines()
    return _Parts([lines], kind)


def _read_page(text: str) -> _Parts:
    """Read a web page: the vacancy that it describes for machines first, if there is one."""
    postings = page_postings(text)
    if not postings:
        return _Parts([markup_lines(text)], DocumentFormat.HTML)
    lines = posting_lines(postings)
    if not says_everything(postings):
        lines.extend(["", *markup_lines(text)])
    return _Parts([lines], DocumentFormat.JOB_POSTING)


def _no_text(kind: DocumentFormat, pages: int | None) -> DocumentError:
    if pages:
        return DocumentError(
            DocumentErrorCode.NO_TEXT,
            f"The PDF has {pages} page(s) and no text: it is probably a scan or a photo. "
            "Send the original file, or ask for text recognition (OCR).",
        )
    return DocumentError(
        DocumentErrorCode.NO_TEXT,
        f"The {kind.label} opens but holds no text. Send the file that has the text.",
    )
