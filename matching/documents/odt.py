"""ODT -> lines, from the XML of its content and of its page styles."""

from collections.abc import Iterator
from functools import lru_cache
from xml.etree import ElementTree

from matching.documents.archive import open_archive, read_entry, read_xml
from matching.documents.cells import join_cells
from matching.documents.values import Limits
from matching.domain import DocumentErrorCode
from matching.errors import DocumentError

_BLOCKS = {"p", "h"}
_SKIPPED = {
    "tracked-changes",
    "annotation",
    "annotation-end",
    "page-number",
    "page-count",
    "note-citation",
    "forms",
    "sequence-decls",
    "variable-decls",
    "user-field-decls",
}
_LONGEST_GAP = 8  # a run of spaces declares its own length, and could declare any


def read_odt(data: bytes, limits: Limits) -> list[str]:
    """Return page headers, body and page footers as lines, the body in its own order."""
    archive = open_archive(data, limits)
    names = archive.NameToInfo
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in read_entry(archive, manifest):
        raise DocumentError(
            DocumentErrorCode.ENCRYPTED,
            "The ODT is protected by a password. Remove the password and send it again.",
        )
    body = next((e for e in read_xml(archive, "content.xml") if _local(e) == "body"), None)
    lines = [] if body is None else _block_lines(body)
    heads: list[str] = []
    feet: list[str] = []
    if "styles.xml" in names:
        for element in read_xml(archive, "styles.xml").iter():
            if _local(element).startswith("header"):
                heads.extend(_block_lines(element))
            elif _local(element).startswith("footer"):
                feet.extend(_block_lines(element))
    return [*dict.fromkeys(heads), "", *lines, "", *dict.fromkeys(feet)]


def _block_lines(container: ElementTree.Element) -> list[str]:
    lines: list[str] = []
    for child in container:
        match _local(child):
            case name if name in _SKIPPED:
                continue
            case name if name in _BLOCKS:
                lines.extend(_paragraph_lines(child))
            case "list-item" | "list-header" as name:
                item = _block_lines(child)
                first = next((i for i, line in enumerate(item) if line.strip()), None)
                if first is not None and name == "list-item" and not item[first].startswith("- "):
                    item[first] = "- " + item[first].lstrip()
                lines.extend(item)
            case "table-row":
                cells = (c for c in child if _local(c) == "table-cell")
                lines.extend(join_cells([_filled(_block_lines(cell)) for cell in cells]))
            case _:
                lines.extend(_block_lines(child))
    return lines


def _paragraph_lines(paragraph: ElementTree.Element) -> list[str]:
    boxes: list[ElementTree.Element] = []
    lines = "".join(_inline(paragraph, boxes)).split("\n")
    for box in boxes:
        lines.extend(_block_lines(box))
    return lines


def _inline(element: ElementTree.Element, boxes: list[ElementTree.Element]) -> Iterator[str]:
    # Line feeds and repeated spaces inside the XML are layout of the XML, not of the text.
    yield _collapsed(element.text)
    for child in element:
        match _local(child):
            case "s":
                yield " " * _gap(child)
            case "tab":
                yield "\t"
            case "line-break":
                yield "\n"
            case "text-box" | "note-body" | "table":
                boxes.append(child)
            case name if name not in _SKIPPED:
                yield from _inline(child, boxes)
        yield _collapsed(child.tail)


def _gap(element: ElementTree.Element) -> int:
    count = next((v for k, v in element.attrib.items() if k.endswith("}c")), "1")
    return min(int(count[:4]), _LONGEST_GAP) if count.isdecimal() else 1


def _collapsed(text: str | None) -> str:
    if not text:
        return ""
    return text.replace("\n", " ").replace("\t", " ").replace("\r", " ")


def _filled(lines: list[str]) -> list[str]:
    return [line for line in lines if line.strip()]


@lru_cache(maxsize=512)
def _name(tag: str) -> str:
    return tag.rpartition("}")[2]


def _local(element: ElementTree.Element) -> str:
    return _name(element.tag)
