"""DOCX -> lines, from the XML of its parts.

python-docx shows neither text boxes nor content controls nor linked text inside nested
containers, and takes some thirty times as long, so the parts are read as they are.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from xml.etree import ElementTree

from matching.documents.archive import open_archive, read_entry, read_xml
from matching.documents.cells import join_cells
from matching.documents.values import Limits
from matching.domain import DocumentErrorCode
from matching.errors import DocumentError

# Deleted or moved-away words, field codes, and drawings' fallback copies are not the text.
_SKIPPED = {
    "del",
    "moveFrom",
    "instrText",
    "delText",
    "delInstrText",
    "rPr",
    "pPr",
    "tblPr",
    "tcPr",
    "trPr",
    "sectPr",
}
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_Link = tuple[str, str, str]  # kind, target, identifier
_LIST_STYLE = re.compile(r"list|elenc|punt|bullet", re.IGNORECASE)
# Word's own styles, in English and Italian: what they are need not be looked up.
_WORD_LIST = re.compile(r"(?:ListBullet|ListNumber|Puntoelenco|Numeroelenco)\d?")
_NO_LIST = frozenset({"ListParagraph", "Paragrafoelenco"})
_PAGE_FIELD = re.compile(r"\s*\b(NUM)?PAGES?\b", re.IGNORECASE)


def read_docx(data: bytes, limits: Limits) -> list[str]:
    """Return headers, body and footers as lines, the body in its own order.

    Tables, also nested ones, come cell by cell; text boxes after the paragraph that holds
    them; paragraphs of a list start with "- ".
    """
    archive = open_archive(data, limits)
    main = _main_part(archive)
    body = read_xml(archive, main)
    links = list(_relationships(archive, main))
    lists = _list_styles(archive, links, body)
    lines = _Reader(lists).block_lines(body)
    heads: list[str] = []
    feet: list[str] = []
    for kind, part in _linked_parts(links, body):
        found = _Reader(lists).block_lines(read_xml(archive, part))
        (heads if kind == "header" else feet).extend(found)
    return [*dict.fromkeys(heads), "", *lines, "", *dict.fromkeys(feet)]


class _Reader:
    """Walks the parts of one document, knowing which paragraph styles are lists."""

    def __init__(self, list_styles: frozenset[str]) -> None:
        self._list_styles = list_styles

    def block_lines(self, container: ElementTree.Element) -> list[str]:
        lines: list[str] = []
        for child in container:
            match _local(child):
                case "p":
                    lines.extend(self._paragraph_lines(child))
                case "tbl":
                    lines.extend(self._table_lines(child))
                case name if name not in _SKIPPED:
                    lines.extend(self.block_lines(child))
        return lines

    def _table_lines(self, table: ElementTree.Element) -> list[str]:
        lines: list[str] = []
        for row in _nearest(table, "tr"):
            cells = (self.block_lines(cell) for cell in _nearest(row, "tc"))
            lines.extend(join_cells([_without_blank_edges(cell) for cell in cells]))
        return lines

    def _paragraph_lines(self, paragraph: ElementTree.Element) -> list[str]:
        boxes: list[ElementTree.Element] = []
        text = "".join(self._inline(paragraph, boxes))
        lines = text.split("\n")
        if text and not text.isspace() and self._is_list_item(paragraph):
            lines[0] = "- " + lines[0].lstrip()
        for box in boxes:
            lines.extend(self.block_lines(box))
        return lines

    def _inline(
        self, element: ElementTree.Element, boxes: list[ElementTree.Element]
    ) -> Iterator[str]:
        in_page_field = False
        for child in element:
            name = _local(child)
            if name == "r" and not in_page_field and (plain := _plain_text(child)) is not None:
                yield plain
                continue
            if name == "r" and (mark := _field_mark(child)) is not None:
                in_page_field = mark == "page" or (in_page_field and mark != "end")
            if name in _SKIPPED or in_page_field or (name == "r" and _is_hidden(child)):
                continue
            if name == "fldSimple" and _PAGE_FIELD.match(_attribute(child, "instr")):
                continue
            if name == "t":
                yield child.text or ""
            elif name in _CHARACTERS:
                yield _CHARACTERS[name]
            elif name == "sym":
                yield _symbol(_attribute(child, "char"))
            elif name == "txbxContent":
                boxes.append(child)
            elif name == "AlternateContent":
                yield from self._inline(_preferred(child), boxes)
            else:
                yield from self._inline(child, boxes)

    def _is_list_item(self, paragraph: ElementTree.Element) -> bool:
        properties = _child(paragraph, "pPr")
        if properties is None:
            return False
        numbering = _child(properties, "numPr")
        if numbering is not None:
            number = _child(numbering, "numId")
            return number is not None and _attribute(number, "val") != "0"
        style = _child(properties, "pStyle")
        return style is not None and _attribute(style, "val") in self._list_styles


def _main_part(archive: zipfile.ZipFile) -> str:
    for kind, target, _ in _relationships(archive, ""):
        if kind == "officeDocument":
            return target
    raise DocumentError(
        DocumentErrorCode.CORRUPT,
        "The DOCX does not say which of its parts is the document (_rels/.rels). "
        "Save the document again and send the new copy.",
    )


def _relationships(archive: zipfile.ZipFile, part: str) -> Iterator[_Link]:
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in archive.NameToInfo:
        return
    for link in read_xml(archive, path):
        if link.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))
            kind = link.get("Type", "").rsplit("/", 1)[-1]
            yield kind, target.lstrip("/"), link.get("Id", "")


def _linked_parts(links: Sequence[_Link], body: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """Yield the headers and footers that a section uses, then the notes; stale ones are left."""
    used = {
        value
        for name in ("headerReference", "footerReference")
        for element in body.iter(_own_tag(body, name))
        for key, value in element.attrib.items()
        if key.endswith("}id")
    }
    for kind, target, identifier in links:
        is_used = identifier in used or kind in {"footnotes", "endnotes"}
        if kind in {"header", "footer", "footnotes", "endnotes"} and is_used:
            yield kind, target


def _list_styles(
    archive: zipfile.ZipFile, links: Sequence[_Link], body: ElementTree.Element
) -> frozenset[str]:
    """Return the ids of the used paragraph styles that number or bullet their paragraphs."""
    used = {_attribute(e, "val") for e in body.iter(_own_tag(body, "pStyle"))}
    found = {style for style in used if _WORD_LIST.fullmatch(style)}
    if not any(_LIST_STYLE.search(style) for style in used - found if style not in _NO_LIST):
        return frozenset(found)
    for kind, target, _ in links:
        if kind == "styles":
            found.update(_numbered_styles(read_entry(archive, target), used))
    return frozenset(found)


def _numbered_styles(data: bytes, used: Set[str]) -> Iterator[str]:
    """Find the used styles that number their paragraphs, by looking at the source.

    Word's list of styles is ten times as long as a CV, and parsing it takes ten times as long.
    """
    for identifier in used:
        place = data.find(f'styleId="{identifier}"'.encode())
        start = data.rfind(b"<", 0, max(place, 0)) + 1
        end = data.find(b"</" + data[start:place].split(None, 1)[0] + b">", place) if start else -1
        style = data[place:end] if end > place else b""
        if b"numPr" in style and b"outlineLvl" not in style:
            yield identifier


def _own_tag(body: ElementTree.Element, name: str) -> str:
    """Return a tag in the namespace of the document, of which there are two."""
    return f"{body.tag.rpartition('}')[0]}}}{name}" if "}" in body.tag else name


@lru_cache(maxsize=512)
def _name(tag: str) -> str:
    return tag.rpartition("}")[2]


def _local(element: ElementTree.Element) -> str:
    return _name(element.tag)


def _child(element: ElementTree.Element, name: str) -> ElementTree.Element | None:
    return next((child for child in element if _local(child) == name), None)


def _attribute(element: ElementTree.Element, name: str) -> str:
    return next((v for k, v in element.attrib.items() if _name(k) == name), "")


def _nearest(element: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    """Yield the rows of a table or the cells of a row, also those inside content controls."""
    for child in element:
        if _local(child) == name:
            yield child
        elif _local(child) in {"sdt", "sdtContent", "customXml", "ins", "smartTag"}:
            yield from _nearest(child, name)


def _preferred(alternatives: ElementTree.Element) -> ElementTree.Element:
    """Return the first alternative that holds text; the others repeat it for older programs."""
    for alternative in alternatives:
        if any(_local(element) == "t" for element in alternative.iter()):
            return alternative
    return ElementTree.Element("none")


def _is_hidden(run: ElementTree.Element) -> bool:
    properties = _child(run, "rPr")
    vanish = None if properties is None else _child(properties, "vanish")
    return vanish is not None and _attribute(vanish, "val") not in {"0", "false"}


def _plain_text(run: ElementTree.Element) -> str | None:
    """Return the text of a run that holds nothing else, as nearly all do."""
    if not 1 <= len(run) <= 2 or _local(run[-1]) != "t":
        return None
    if len(run) == 2 and (_local(run[0]) != "rPr" or _is_hidden(run)):
        return None
    return run[-1].text or ""


def _field_mark(run: ElementTree.Element) -> str | None:
    """Say whether a run starts a page-number field or ends any field."""
    for child in run:
        if _local(child) == "instrText" and _PAGE_FIELD.match(child.text or ""):
            return "page"
        if _local(child) == "fldChar" and _attribute(child, "fldCharType") == "end":
            return "end"
    return None


def _symbol(code: str) -> str:
    is_code = re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) is not None
    return chr(int(code, 16)) if is_code else ""


def _without_blank_edges(lines: list[str]) -> list[str]:
    kept = [number for number, line in enumerate(lines) if line.strip()]
    return lines[kept[0] : kept[-1] + 1] if kept else []
