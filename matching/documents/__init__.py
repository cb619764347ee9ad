"""Bytes of a CV or a vacancy -> its text, in reading order, or a refusal that says why.

``read_document`` is the way in: it parses in a limited child process. ``parse_document`` does
the same work in the process that calls it, for the child itself and for tests.
"""

from matching.documents.isolation import Isolation
from matching.documents.ocr import Recognition
from matching.documents.parsing import parse_document
from matching.documents.sandbox import WorkerPool, read_document
from matching.documents.values import Document, DocumentFormat, Limits

__all__ = [
    "Document",
    "DocumentFormat",
    "Isolation",
    "Limits",
    "Recognition",
    "WorkerPool",
    "parse_document",
    "read_document",
]
