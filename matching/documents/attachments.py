"""The CV that a Europass PDF carries as an attached XML."""

import re
from collections.abc import Iterable, Sequence

import pypdfium2 as pdfium

from matching.documents.europass import read_europass
from matching.errors import DocumentError

_MOST = 10
_LONGEST = 5 * 1024 * 1024
_ROOT = re.compile(rb"<(?:\w{1,20}:)?(?:SkillsPassport|LearnerInfo|Candidate)\b")
_WORD = re.compile(r"[^\W\d_]{4,}")
_SHARED = 0.6  # of the words of the attachment; headers and labels are ours


def attached_markup(document: pdfium.PdfDocument) -> list[bytes]:
    """Return the attachments of a PDF that look like a Europass CV."""
    found: list[bytes] = []
    for number in range(min(document.count_attachments(), _MOST)):
        try:
            data = bytes(memoryview(document.get_attachment(number).get_data())[:_LONGEST])
        except pdfium.PdfiumError:
            continue  # the pages are read instead
        if _ROOT.search(data[:20_000].replace(b"\x00", b"")):
            found.append(data)
    return found


def attached_cv(attachments: Iterable[bytes], pages: Sequence[Sequence[str]]) -> list[str] | None:
    """Return the lines of the attached CV, if it can be read and says what the pages say.

    Pages that somebody changed afterwards count more than what is hidden behind them.
    """
    printed = _words(line for page in pages for line in page)
    for data in attachments:
        try:
            lines = read_europass(data)
        except DocumentError:
            continue
        words = _words(lines)
        shared = len(words & printed)
        if words and (not printed or shared >= _SHARED * len(words)):
            return lines
    return None


def _words(lines: Iterable[str]) -> set[str]:
    return {word.casefold() for line in lines for word in _WORD.findall(line)}
