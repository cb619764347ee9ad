"""Archives, office XML, Europass and JSON built to hurt their reader."""

import json
import zipfile
from io import BytesIO

from matching.domain import DocumentErrorCode as Code

from . import factories
from .hostile import MEGABYTE, READ, XXE, case
from .structured import EUROPASS, POSTING, RESUME, as_json

_QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"lol" * 20_000}">]>'
_PARAGRAPH = factories.word_paragraph("Magazziniere")


def _europass(old: str, new: str) -> bytes:
    return EUROPASS.replace(old, new, 1).encode()


def _archive(entries: list[tuple[zipfile.ZipInfo, bytes]]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, content in entries:
            archive.writestr(info, content)
    return buffer.getvalue()


def overlapping_entries() -> bytes:
    """Forty names for one entry of five megabytes, as in bombs without nesting."""
    single = factories.zip_of({"word/document.xml": bytes(5 * MEGABYTE)})
    end = single.rindex(b"PK\x05\x06")
    directory = single[single.index(b"PK\x01\x02") : end]
    names = [b"word/documen%02d.xml"[: len("word/document.xml")] % n for n in range(40)]
    entries = b"".join(
        directory.replace(b"word/document.xml", name[:17].ljust(17, b"x")) for name in names
    )
    start = single.index(b"PK\x01\x02")
    closing = bytearray(single[end:])
    closing[8:12] = (40).to_bytes(2, "little") * 2
    closing[12:16] = len(entries).to_bytes(4, "little")
    return single[:start] + entries + bytes(closing)


def _claiming_many_entries() -> bytes:
    data = bytearray(factories.docx_of_lines("ciao"))
    end = data.rindex(b"PK\x05\x06")
    data[end + 8 : end + 12] = b"\xff\xff\xff\xfe"
    return bytes(data)


def _link() -> bytes:
    info = zipfile.ZipInfo("word/document.xml")
    info.external_attr = 0o120777 << 16
    return _archive([(info, b"/etc/passwd")])


def _other_name_inside() -> bytes:
    data = factories.docx_of_xml(_PARAGRAPH)
    return data.replace(b"word/document.xml", b"word/dokument.xml", 1)


def _method(number: int) -> bytes:
    data = bytearray(factories.docx_of_xml(_PARAGRAPH))
    place = data.index(b"PK\x01\x02")
    data[place + 10 : place + 12] = number.to_bytes(2, "little")
    return bytes(data)


def _with_relationship(target: str, mode: str = "") -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    links = (
        f'<Relationships><Relationship Id="r" Type="{kind}" Target="{target}" {mode}/>'
        "</Relationships>"
    )
    return factories.docx_of_xml(_PARAGRAPH, more={"_rels/.rels": links.encode()})


def _wide_document() -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{n * 7919 % 999983}</w:t></w:r></w:p>" for n in range(100_000))
    return factories.docx_of_xml(body)


def _resume(**fields: object) -> bytes:
    return as_json({**RESUME, **fields})


STRUCTURED = [
    case("entries that overlap", "cv.docx", overlapping_entries, Code.TOO_LARGE, Code.CORRUPT),
    case("directory of too many entries", "cv.docx", _claiming_many_entries, Code.CORRUPT, READ),
    case("symbolic link", "cv.docx", _link, Code.UNSAFE),
    case("entry of another name", "cv.docx", _other_name_inside, Code.CORRUPT, READ),
    case("entry packed in an unknown way", "cv.docx", lambda: _method(97), Code.CORRUPT),
    case(
        "traversal with backslashes",
        "cv.docx",
        lambda: factories.docx_of_xml(_PARAGRAPH, more={"..\\..\\x": b"x"}),
        Code.UNSAFE,
    ),
    case(
        "main part outside", "cv.docx", lambda: _with_relationship("../../etc/passwd"), Code.CORRUPT
    ),
    case(
        "main part elsewhere",
        "cv.docx",
        lambda: _with_relationship("http://example.invalid/x", 'TargetMode="External"'),
        Code.CORRUPT,
    ),
    case(
        "part that links to itself",
        "cv.docx",
        lambda: _with_relationship("_rels/.rels"),
        Code.NO_TEXT,
    ),
    case("a hundred thousand paragraphs", "cv.docx", _wide_document, READ, Code.TIMEOUT),
    case(
        "gigantic attribute",
        "cv.docx",
        lambda: factories.docx_of_xml(f'<w:p a="{"x" * 3_000_000}">' + _PARAGRAPH + "</w:p>"),
        READ,
        Code.TOO_LARGE,
    ),
    case(
        "a hundred thousand attributes",
        "cv.docx",
        lambda: factories.docx_of_xml(
            "<w:p "
            + " ".join(f'a{n}="{n * 7919}"' for n in range(100_000))
            + ">"
            + _PARAGRAPH
            + "</w:p>"
        ),
        READ,
        Code.TOO_LARGE,
    ),
    case(
        "a hundred thousand namespaces",
        "cv.docx",
        lambda: factories.docx_of_xml(
            "<w:p "
            + " ".join(f'xmlns:n{n}="u{n}"' for n in range(100_000))
            + ">"
            + _PARAGRAPH
            + "</w:p>"
        ),
        READ,
        Code.TOO_LARGE,
        Code.CORRUPT,
    ),
    case(
        "cell over a thousand million columns",
        "cv.docx",
        lambda: factories.docx_of_xml(
            '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>'
            + _PARAGRAPH
            + "</w:tc></w:tr></w:tbl>"
        ),
        READ,
    ),
    case(
        "quadratic entities in docx",
        "cv.docx",
        lambda: factories.docx_of_xml("<w:p>" + "&a;" * 20_000 + "</w:p>", prolog=_QUADRATIC),
        Code.UNSAFE,
    ),
    case(
        "cells repeated a thousand million times",
        "cv.odt",
        lambda: factories.odt_of_xml(
            '<table xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><t:table-row '
            't:number-rows-repeated="1000000000"><t:table-cell t:number-columns-repeated='
            '"1000000000"><text:p>Cuoca</text:p></t:table-cell></t:table-row></table>'
        ),
        READ,
    ),
    case(
        "deep odt",
        "cv.odt",
        lambda: factories.odt_of_xml("<text:p>" * 50_000 + "x" + "</text:p>" * 50_000),
        Code.CORRUPT,
    ),
    case(
        "odt without content",
        "cv.odt",
        lambda: factories.zip_of({"mimetype": b"application/vnd.oasis.opendocument.text"}),
        Code.CORRUPT,
    ),
    case(
        "xxe in europass",
        "cv.xml",
        lambda: _europass("<SkillsPassport", XXE + "<SkillsPassport"),
        Code.UNSAFE,
    ),
    case(
        "document type in utf-16",
        "cv.xml",
        lambda: (
            EUROPASS.replace("UTF-8", "UTF-16")
            .replace("<SkillsPassport", XXE + "<SkillsPassport", 1)
            .encode("utf-16")
        ),
        Code.UNSAFE,
    ),
    case(
        "quadratic entities in europass",
        "cv.xml",
        lambda: _europass("<SkillsPassport", _QUADRATIC + "<SkillsPassport"),
        Code.UNSAFE,
    ),
    case(
        "inclusion of a file",
        "cv.xml",
        lambda: _europass(
            "<Headline>",
            '<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/><Headline>',
        ),
        READ,
    ),
    case(
        "style sheet from elsewhere",
        "cv.xml",
        lambda: _europass(
            "<SkillsPassport", '<?xml-stylesheet href="http://example.invalid/x"?><SkillsPassport'
        ),
        READ,
    ),
    case(
        "deep europass",
        "cv.xml",
        lambda: _europass("<Headline>", "<a>" * 100_000),
        Code.CORRUPT,
    ),
    case(
        "photograph of eight megabytes",
        "cv.xml",
        lambda: _europass("iVBORw0KGgo", "iVBO" * 2 * MEGABYTE),
        READ,
        Code.CORRUPT,
    ),
    case(
        "encoding that hides",
        "cv.xml",
        lambda: _europass("UTF-8", "UTF-7"),
        Code.UNSUPPORTED,
        Code.CORRUPT,
    ),
    case("half of a europass", "cv.xml", lambda: EUROPASS[:3_000].encode(), Code.CORRUPT),
    case(
        "deep html in a europass",
        "cv.xml",
        lambda: _europass("Inventario", "&lt;div&gt;" * 50_000),
        Code.CORRUPT,
    ),
    case("deep json", "cv.json", lambda: b'{"basics":' * 100_000, Code.CORRUPT),
    case("deep lists in json", "cv.json", lambda: b"[" * 3_000_000, Code.CORRUPT),
    case(
        "number of a million digits",
        "cv.json",
        lambda: b'{"basics":{"label":' + b"9" * MEGABYTE + b"}}",
        READ,
        Code.TOO_LARGE,
    ),
    case(
        "number beyond all numbers",
        "cv.json",
        lambda: b'{"basics":{"label":1e999999,"summary":NaN}}',
        Code.NO_TEXT,
        READ,
    ),
    case(
        "half of a surrogate pair",
        "cv.json",
        lambda: json.dumps({"basics": {"label": "Cuoca \ud800"}}).encode(),
        READ,
    ),
    case("nul in json", "cv.json", lambda: b'{"basics":{"label":"Cuoca \\u0000\\u0007"}}', READ),
    case(
        "fifty thousand empty jobs",
        "cv.json",
        lambda: b'{"basics":{"label":"Cuoca"},"work":[' + b"{}," * 50_000 + b"{}]}",
        READ,
        Code.TOO_LARGE,
    ),
    case(
        "jobs that are no jobs",
        "cv.json",
        lambda: _resume(work=[1, None, [[]], "x"], skills={"a": []}),
        READ,
    ),
    case(
        "pay inside pay",
        "x.json",
        lambda: (
            b'{"@type":"JobPosting","title":"Cuoca","baseSalary":'
            + b'{"value":' * 900
            + b"1"
            + b"}" * 901
        ),
        READ,
        Code.CORRUPT,
    ),
    case(
        "ten thousand postings",
        "x.json",
        lambda: as_json([{**POSTING, "title": str(n)} for n in range(5_000)]),
        READ,
    ),
    case(
        "posting full of tags",
        "x.json",
        lambda: as_json({**POSTING, "description": "<p>" * 100_000 + "x"}),
        Code.CORRUPT,
        READ,
    ),
]
