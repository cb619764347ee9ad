"""HTML -> lines.

lxml's own parser, without BeautifulSoup around it: the same tree for a tenth of the time and
memory, and it tells when it gives up on tags nested too deep.
"""

import re

from lxml import etree  # type: ignore[import-untyped]  # ships without annotations

from matching.documents.cells import join_cells
from matching.documents.plain import decode_declared, decode_text
from matching.domain import DocumentErrorCode
from matching.errors import DocumentError

_SKIPPED = {
    "script", "style", "nav", "noscript", "template", "svg", "math", "iframe", "object", "head",
    "select", "button", "textarea", "canvas", "audio", "video",
}  # fmt: skip
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "thead", "tfoot", "caption", "ul", "br",
}  # fmt: skip
_SPACED = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "section", "table", "article", "hr"}
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.I)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def page_text(data: bytes) -> str:
    """Return the source of a page, decoded; refuse one that declares entities."""
    if b"<!ENTITY" in data.upper():
        raise DocumentError(
            DocumentErrorCode.UNSAFE,
            "The HTML declares entities (<!ENTITY>), which pages never need. "
            "Do not open the file; ask the sender for a PDF.",
        )
    return _decode(data)


def markup_lines(text: str) -> list[str]:
    """Return the visible text of a page or a part of one.

    There is a line for each block, list item or table row.
    """
    root = parse_html(text)
    return [] if root is None else _Writer().write(root)


def parse_html(text: str) -> etree._Element | None:
    """Parse a page or a part of one; ``None`` if nothing is in it."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        # NUL would end the text for the parser.
        root = etree.fromstring(text.replace("\x00", " ").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:  # out of memory, or nothing but comments and white space
        root = None
    if any(error.type == etree.ErrorTypes.ERR_NO_MEMORY for error in parser.error_log):
        raise MemoryError
    if any("xcessive depth" in error.message for error in parser.error_log):
        raise DocumentError(
            DocumentErrorCode.CORRUPT,
            "The HTML nests its tags more than 256 deep, so part of it would be lost. "
            "Save the page as PDF and send that.",
        )
    return root


class _Writer:
    """Turns the start and end of tags into lines; cells are written apart, then joined."""

    def __init__(self) -> None:
        self._cells: list[list[str]] = []  # the lines of the open cells, outermost first
        self._rows: list[list[list[str]]] = []  # the closed cells of the open rows
        self._lines: list[str] = []
        self._line = ""
        self._preformatted = 0

    def write(self, root: etree._Element) -> list[str]:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            name = element.tag if isinstance(element.tag, str) else None
            if event == "end":
                self._close(name)
                self._add(element.tail)
            elif name is None or name in _SKIPPED or _is_hidden(element):
                walk.skip_subtree()
            else:
                self._open(name)
                self._add(element.text)
        self._break()
        return self._lines

    def _open(self, name: str) -> None:
        if name in _BLOCKS or name == "tr":
            self._break()
        if name in _SPACED:
            self._lines.append("")
        if name == "li":
            self._line = "- "
        elif name == "pre":
            self._preformatted += 1
        elif name == "tr":
            self._rows.append([])
        elif name in {"td", "th"} and self._rows:
            self._break()
            self._cells.append(self._lines)
            self._lines = []

    def _close(self, name: str | None) -> None:
        if name in {"td", "th"} and self._rows and self._cells:
            self._break()
            self._rows[-1].append([line for line in self._lines if line])
            self._lines = self._cells.pop()
        elif name == "tr" and self._rows:
            self._break()
            self._lines.extend(join_cells(self._rows.pop()))
        elif name in _BLOCKS:
            self._break()
        if name == "pre":
            self._preformatted -= 1
        if name in _SPACED:
            self._lines.append("")

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if self._preformatted:
            first, *others = text.split("\n")
            self._line += first
            for line in others:
                self._break()
                self._line = line
            return
        words = re.sub(r"[ \t\r\n\f]+", " ", text)
        self._line += words.lstrip() if self._line in {"", "- "} else words

    def _break(self) -> None:
        if self._line.strip() not in {"", "-"}:
            self._lines.append(self._line.rstrip())
            self._line = ""
        elif self._line != "- ":  # the first block of a list item stays beside its dash
            self._line = ""


def _decode(data: bytes) -> str:
    declared = _CHARSET.search(data[:4_096])
    text = decode_declared(data, declared.group(1).decode("ascii")) if declared else None
    return text if text is not None else decode_text(data) or ""


def _is_hidden(element: etree._Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN_STYLE.search(element.get("style", "")))
