"""Pages of a PDF as pictures, for text recognition; drawn in the child process."""

import math
from dataclasses import dataclass

import pypdfium2 as pdfium

from matching.documents.pdf import damaged, open_pdf

MOST_PIXELS = 10_000_000
"""An A4 page at 300 dots per inch has 8.7 million."""

_DOTS_PER_INCH = 300
_POINTS_PER_INCH = 72
_LONGEST_SIDE = 10_000


@dataclass(frozen=True)
class Picture:
    """A page in grey, a byte for each pixel, row after row; ``pages`` is how many there are."""

    width: int
    height: int
    pixels: bytes
    pages: int


def draw_page(data: bytes, number: int) -> Picture:
    """Draw one page as large as text recognition wants it, smaller where it is huge."""
    with open_pdf(data) as document:
        count = len(document)
        if not 0 <= number < count:
            raise damaged(f"it has no page {number + 1}")
        try:
            page = document[number]
            width, height = page.get_size()
            bitmap = page.render(scale=_scale(width, height), grayscale=True)
        except (pdfium.PdfiumError, ValueError) as error:
            raise damaged(f"page {number + 1}: {error}") from error
        view = memoryview(bitmap.buffer).cast("B")
        rows = (
            bytes(view[start : start + bitmap.width])
            for start in range(0, bitmap.stride * bitmap.height, bitmap.stride)
        )
        return Picture(bitmap.width, bitmap.height, b"".join(rows), count)


def _scale(width: float, height: float) -> float:
    if not (width > 0 and height > 0 and math.isfinite(width * height)):
        raise ValueError("a page without a size")
    most = 0.99 * math.sqrt(MOST_PIXELS / (width * height))
    return min(_DOTS_PER_INCH / _POINTS_PER_INCH, most, _LONGEST_SIDE / max(width, height))
