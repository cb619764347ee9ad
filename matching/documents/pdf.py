"""PDF -> lines of each page, through pdfium."""

import ctypes
import math
import re
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from matching.documents.attachments import attached_markup
from matching.documents.boxes import Box
from matching.documents.layout import reading_lines
from matching.documents.running import without_running
from matching.documents.values import Limits
from matching.domain import DocumentErrorCode
from matching.errors import DocumentError

_HYPHEN = "\ufffe"  # pdfium's mark for a hyphen at the end of a line, after which it goes on
_WORD = re.compile(rf"[^\s\x00{_HYPHEN}]+{_HYPHEN}?|{_HYPHEN}")
_ENCRYPTED = {pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY}
_SLACK = 0.5  # points, by which the boxes of neighbours may overlap
_UPSIDE_DOWN_TOLERANCE = 0.2  # radians


def read_pdf(data: bytes, limits: Limits) -> tuple[list[list[str]], list[bytes]]:
    """Return the lines of each page in reading order, and the Europass CVs that are attached.

    The values typed into the fields of a form are read as if they were printed. The text
    decides which way is up, not the rotation that the page declares.
    """
    document = open_pdf(data)
    with document:
        count = len(document)
        if count > limits.max_pages:
            raise DocumentError(
                DocumentErrorCode.TOO_LARGE,
                f"The PDF has {count:,} pages; at most {limits.max_pages} are read. "
                "Send only the pages of the CV or of the vacancy.",
            )
        if count == 0:
            raise damaged("it has no pages")
        pages: list[list[Box]] = []
        characters = 0
        for number in range(count):
            words = _page_words(document, number, limits.max_characters - characters)
            characters += sum(len(word.text) for word in words)
            pages.append(words)
        lines = [reading_lines(words) for words in without_running(pages)]
        return lines, attached_markup(document)


def open_pdf(data: bytes) -> pdfium.PdfDocument:
    """Open a PDF that needs no password, or refuse it."""
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code in _ENCRYPTED:
            raise DocumentError(
                DocumentErrorCode.ENCRYPTED,
                "The PDF is protected by a password. Remove the password and send it again.",
            ) from error
        raise damaged(str(error)) from error


def damaged(reason: str) -> DocumentError:
    """The refusal of a PDF that cannot be read to the end."""
    return DocumentError(
        DocumentErrorCode.CORRUPT,
        f"The PDF is damaged ({reason}). Save or print it to PDF again and send the new copy.",
    )


def _page_words(document: pdfium.PdfDocument, number: int, characters_left: int) -> list[Box]:
    try:
        page = document[number]
        if document.get_formtype() != pdfium_c.FORMTYPE_NONE:
            pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY)
            page.close()
            page = document[number]
        page.set_rotation(0)
        text_page = page.get_textpage()
        count = text_page.count_chars()
    except pdfium.PdfiumError as error:
        raise damaged(f"page {number + 1}: {error}") from error
    if count > characters_left:
        raise DocumentError(
            DocumentErrorCode.TOO_LARGE,
            f"The PDF has more characters than are read in one document (page {number + 1} "
            f"alone holds {count:,}). Send only the pages of the CV or of the vacancy.",
        )
    try:
        return _upright(list(_turned_words(text_page, count)))
    finally:
        text_page.close()
        page.close()


def _turned_words(text_page: pdfium.PdfTextPage, count: int) -> Iterator[tuple[int, Box]]:
    """Yield each word as if its text ran from left to right, with the quarter turns it has."""
    turn = 0
    box_of = _BoxReader(text_page)
    for order, found in enumerate(_WORD.finditer(_characters(text_page, count))):
        start, end = found.span()
        text = found[0]
        first = left, bottom, right, top = box_of(start)
        if end - start > 1:  # a single letter goes with the word before it
            last = box_of(end - 1)
            # Nearly all words run from left to right on a level line.
            if last[0] >= right - _SLACK and abs(last[1] - bottom) < _SLACK:
                turn = 0
            else:
                turn = box_of.turn(start, first, last)
            left, right = min(left, last[0]), max(right, last[2])
            bottom, top = min(bottom, last[1]), max(top, last[3])
        if _HYPHEN in text:
            text = text.replace(_HYPHEN, "-")
        match turn:
            case 0:
                box = Box(text, left, -top, right, -bottom, order)
            case 1:
                box = Box(text, bottom, left, top, right, order)
            case 2:
                box = Box(text, -right, bottom, -left, top, order)
            case _:
                box = Box(text, -top, -right, -bottom, -left, order)
        if box.right > box.left and box.bottom > box.top:
            yield turn, box


class _BoxReader:
    """Reads the boxes of characters, with one buffer for all of them."""

    def __init__(self, text_page: pdfium.PdfTextPage) -> None:
        self._text_page = text_page
        self._handle = text_page.raw
        self._read = pdfium_c.FPDFText_GetLooseCharBox
        self._rectangle = pdfium_c.FS_RECTF()
        self._pointer = ctypes.byref(self._rectangle)

    def __call__(self, index: int) -> tuple[float, float, float, float]:
        self._read(self._handle, index, self._pointer)
        box = self._rectangle
        return box.left, box.bottom, box.right, box.top

    def turn(
        self,
        index: int,
        first: tuple[float, float, float, float],
        last: tuple[float, float, float, float],
    ) -> int:
        """Return the quarter turns, counterclockwise, of a word between two characters."""
        across = (last[0] + last[2]) - (first[0] + first[2])
        upwards = (last[1] + last[3]) - (first[1] + first[3])
        if abs(upwards) > abs(across):
            return 1 if upwards > 0 else 3
        if across < 0:  # upside down, or written from right to left
            angle = pdfium_c.FPDFText_GetCharAngle(self._text_page, index)
            return 2 if abs(angle - math.pi) < _UPSIDE_DOWN_TOLERANCE else 0
        return 0


def _characters(text_page: pdfium.PdfTextPage, count: int) -> str:
    """Return one character for each index of pdfium, which may drop or double some itself."""
    if count == 0:
        return ""
    text: str = text_page.get_text_range()
    if len(text) == count:
        return text
    codes = (pdfium_c.FPDFText_GetUnicode(text_page, index) for index in range(count))
    return "".join(_HYPHEN if code == 2 else chr(min(code, 0x10FFFF)) for code in codes)


def _upright(words: list[tuple[int, Box]]) -> list[Box]:
    """Return the words that run as most do, then the others below them, turned."""
    by_turn: dict[int, list[Box]] = {}
    for turn, word in words:
        by_turn.setdefault(turn, []).append(word)
    upright: list[Box] = []
    for group in sorted(by_turn.values(), key=len, reverse=True):
        upright.extend(_moved_below(group, upright) if upright else group)
    return upright


def _moved_below(group: list[Box], above: list[Box]) -> list[Box]:
    down = max(box.bottom for box in above) + 100 - min(box.top for box in group)
    return [Box(b.text, b.left, b.top + down, b.right, b.bottom + down, b.order) for b in group]
