"""A paper as PDF, with an embedded font that has the letters of most European languages.

The font is DejaVu Sans, which comes with Matplotlib. Letters that are written from right to left
are joined by nothing here: such a paper is printed from its page. ReportLab is imported where it is
used, because it looks for settings of its own when it is imported.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from matching.accompaniment.agreement.paper import (
    Blank,
    Block,
    Boxes,
    Facts,
    Heading,
    Paper,
    Paragraph,
    Points,
    Said,
    every_text,
)
from matching.errors import DataError, InputError

_PLAIN, _BOLD = "DejaVuSans", "DejaVuSans-Bold"
_MM = 72 / 25.4  # points
_MARGIN, _LABEL, _LINE, _GAP = 18 * _MM, 42 * _MM, 11 * _MM, 3 * _MM
_BOX = "☐"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kit:
    """What ReportLab lays out with, and the styles of the texts."""

    flowables: Any
    body: Any
    strong: Any
    title: Any
    headings: dict[int, Any]
    point: Any

    def text(self, said: str, style: Any, **options: str) -> Any:
        """A flowing text."""
        return self.flowables.Paragraph(said, style, **options)

    def table(self, rows: list[Any], commands: list[Any], **options: Any) -> Any:
        """A table with a style of its own."""
        style = self.flowables.TableStyle(commands)
        return self.flowables.Table(rows, style=style, **options)


def unprintable(paper: Paper) -> str:
    """What of a paper cannot be printed as PDF: letters that the font lacks; empty if it can.

    A paper that is written from right to left cannot be at all: its first letter is answered.

    Raises
    ------
    DataError
        Where the font is not installed.
    """
    if paper.direction == "rtl":
        return paper.title[:1]
    known = _font(_PLAIN).face.charToGlyph
    letters = {letter for text in every_text(paper) for letter in text}
    return "".join(sorted(one for one in letters if not one.isspace() and ord(one) not in known))


def paper_pdf(paper: Paper) -> bytes:
    """The paper, A4; the same paper gives the same bytes.

    Raises
    ------
    InputError
        Where some of its letters cannot be printed (see :func:`unprintable`).
    DataError
        Where the font is not installed.
    """
    if lacking := unprintable(paper):
        raise InputError(
            f"the paper in {paper.language!r} cannot be written as PDF: {lacking[:10]!r} is not in "
            "the font, or is written from right to left; print its HTML page."
        )
    kit = _kit()
    made = BytesIO()
    document = kit.flowables.SimpleDocTemplate(
        made,
        pagesize=(210 * _MM, 297 * _MM),
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=paper.title,
        lang=paper.language,
        invariant=1,
    )
    parts = [part for block in paper.blocks for part in _block(block, document.width, kit)]
    document.build([kit.text(escape(paper.title), kit.title), *parts])
    return made.getvalue()


def _kit() -> _Kit:
    from reportlab import platypus
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase.pdfmetrics import registerFont

    for name in (_PLAIN, _BOLD):
        registerFont(_font(name))
    body = ParagraphStyle("body", fontName=_PLAIN, fontSize=11, leading=16, spaceAfter=4)
    strong = ParagraphStyle("strong", parent=body, fontName=_BOLD)
    heading = ParagraphStyle("heading", parent=strong, keepWithNext=1)
    return _Kit(
        flowables=platypus,
        body=body,
        strong=strong,
        title=ParagraphStyle("title", parent=strong, fontSize=18, leading=24, spaceAfter=8),
        headings={
            2: ParagraphStyle("second", parent=heading, fontSize=14, leading=20, spaceBefore=14),
            3: ParagraphStyle("third", parent=heading, fontSize=12, leading=17, spaceBefore=10),
        },
        point=ParagraphStyle("point", parent=body, leftIndent=12, bulletIndent=0),
    )


def _font(name: str) -> Any:
    from reportlab.pdfbase.ttfonts import TTFont

    spec = find_spec("matplotlib")
    places = spec.submodule_search_locations if spec else None
    folder = Path(next(iter(places or []), "")) / "mpl-data" / "fonts" / "ttf"
    path = folder / f"{name}.ttf"
    if not path.is_file():
        raise DataError(
            f"the font {name} of Matplotlib is not installed; install matplotlib, or print the "
            "HTML page."
        )
    return TTFont(name, str(path))


def _block(block: Block, width: float, kit: _Kit) -> Iterator[Any]:
    if isinstance(block, Heading):
        yield kit.text(_text(block.text), kit.headings[block.level])
    elif isinstance(block, Paragraph):
        yield kit.text(" ".join(map(_text, block.said)), kit.body)
    elif isinstance(block, Points):
        yield from (kit.text(_text(one), kit.point, bulletText="•") for one in block.items)
    elif isinstance(block, Facts):
        yield _facts(block, width, kit)
    elif isinstance(block, Boxes):
        ticks = "&nbsp;&nbsp;&nbsp;&nbsp;".join(f"{_BOX} {_text(one)}" for one in block.choices)
        label = f'<font name="{_BOLD}">{_text(block.label)}:</font>'
        yield kit.text(f"{label} {ticks}", kit.body)
    else:
        yield kit.flowables.KeepTogether([*_blank(block, width, kit)])


def _facts(block: Facts, width: float, kit: _Kit) -> Any:
    rows = [
        (kit.text(_text(label), kit.strong), [kit.text(_text(one), kit.body) for one in said])
        for label, said in block.rows
    ]
    return kit.table(
        rows,
        [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, -1), 0)],
        colWidths=(_LABEL, width - _LABEL),
        hAlign="LEFT",
    )


def _blank(block: Blank, width: float, kit: _Kit) -> Iterator[Any]:
    under = [("LINEBELOW", (0, 0), (-1, -1), 0.6, "black")]
    for label in block.labels:
        said = "" if label is None else f"{_text(label)}:"
        row = [[kit.text(said, kit.body)]]
        yield kit.table(row, under, colWidths=(width,), rowHeights=(_LINE,))
    yield kit.flowables.Spacer(0, _GAP)


def _text(one: Said) -> str:
    return escape(one.text)
