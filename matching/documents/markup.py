"""XML that comes alone: parsed without entities, document types or network."""

from collections.abc import Iterator
from xml.parsers import expat

from lxml import etree  # type: ignore[import-untyped]  # ships without annotations

from matching.domain import DocumentErrorCode
from matching.errors import DocumentError


class _PrologEndError(Exception):
    """Raised at the first tag: a document type can only come before it."""


def root_name(data: bytes, what: str) -> str:
    """Return the tag of the root, ``{namespace}name``; refuse a document type before it.

    ``what`` names the XML in messages. A text that is not XML raises ``expat.ExpatError``,
    ``LookupError`` or ``ValueError`` (an encoding that is not known).
    """
    found: list[str] = []

    def refuse(*_: object) -> None:
        raise DocumentError(
            DocumentErrorCode.UNSAFE,
            f"{what} declares a document type or entities, which documents of this kind never "
            "do. Do not open the file; ask the sender for a PDF.",
        )

    def stop(name: str, _: object) -> None:
        found.append(name)
        raise _PrologEndError

    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = stop
    try:
        parser.Parse(data, True)
    except _PrologEndError:
        return found[0]
    return ""


def parse_markup(data: bytes, what: str) -> etree._Element:
    """Parse a whole XML document, or refuse it as ``corrupt`` or ``unsafe``."""
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root_name(data, what)
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, expat.ExpatError, LookupError, ValueError) as error:
        if any(entry.type == etree.ErrorTypes.ERR_NO_MEMORY for entry in parser.error_log):
            raise MemoryError from error
        raise DocumentError(
            DocumentErrorCode.CORRUPT,
            f"{what} is not valid XML ({error}). Save the document again and send the new copy.",
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        # The two parsers took the encoding for different ones, so the first saw no document type.
        raise DocumentError(
            DocumentErrorCode.UNSAFE,
            f"{what} hides a document type behind its encoding. Do not open the file.",
        )
    return root


def local_name(element: etree._Element) -> str:
    """The name of a tag without its namespace; empty for what is no tag."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """Yield the children with one of these local names, all of them without names."""
    for child in element if element is not None else ():
        if isinstance(child.tag, str) and (not names or local_name(child) in names):
            yield child


def at(element: etree._Element | None, path: str) -> etree._Element | None:
    """Return the first element at a path of local names, or ``None``."""
    for name in path.split("/"):
        element = next(children(element, name), None)
    return element


def text_at(element: etree._Element | None, path: str) -> str:
    """Return the text of the first element at a path, its blanks joined; empty without one."""
    found = at(element, path)
    return "" if found is None else " ".join("".join(found.itertext()).split())


def raw_at(element: etree._Element | None, path: str) -> str:
    """Return the text of the first element at a path with its lines; empty without one."""
    found = at(element, path)
    return "" if found is None else "".join(found.itertext())
