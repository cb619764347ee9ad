"""Files built to hurt their reader, each with the codes that may answer it: archives and others.

Where two codes are listed, which one comes depends on how much memory the parser of that
version asks for before it gives up. ``READ`` stands for a text: some files are odd, not wrong.
The whole corpus is in ``corpus.py``.
"""

import random
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from matching.domain import DocumentErrorCode as Code

from . import factories

MEGABYTE = 1024 * 1024
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04" + bytes(200) + b"This program cannot be run in DOS mode"
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)
XXE = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'


READ = "read"


@dataclass(frozen=True)
class Hostile:
    """One hostile file: what it is called here, how it arrives, how it must be answered."""

    title: str
    name: str
    build: Callable[[], bytes]
    codes: frozenset[str]

    def __str__(self) -> str:
        return self.title


def case(title: str, name: str, build: Callable[[], bytes], *codes: str) -> Hostile:
    """A hostile file, its title made fit for the name of a test."""
    return Hostile(title.replace(" ", "-"), name, build, frozenset(codes))


def raw_pdf(objects: list[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def _stacked_filters() -> bytes:
    packed = zlib.compressobj(1)
    chunk = b"BT (a) Tj ET " * 80_000
    content = b"".join(packed.compress(chunk) for _ in range(550)) + packed.flush()
    content = zlib.compress(zlib.compress(content, 9), 9)
    return raw_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>",
            b"<< /Length %d /Filter [/FlateDecode /FlateDecode /FlateDecode] >>\nstream\n"
            % len(content)
            + content
            + b"\nendstream",
        ]
    )


def _looping_page_tree() -> bytes:
    return raw_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 4 /Parent 3 0 R >>",
            b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 4 /Parent 2 0 R >>",
        ]
    )


def _pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>"
    return raw_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % count,
            *[page] * count,
        ]
    )


def _claimed_pages() -> bytes:
    return raw_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>",
        ]
    )


def _docx_with(more: dict[str, bytes]) -> bytes:
    return factories.docx_of_xml(factories.word_paragraph("Magazziniere"), more=more)


def _zip_bomb() -> bytes:
    return factories.zip_of({"word/document.xml": bytes(40 * MEGABYTE)})


def _padded_bomb() -> bytes:
    padding = random.Random(1).randbytes(2 * MEGABYTE)
    return _docx_with({"word/media/a.bin": padding, "word/b.xml": bytes(40 * MEGABYTE)})


def _wide_docx() -> bytes:
    half = random.Random(2).randbytes(MEGABYTE)
    return _docx_with({f"word/media/{n}.bin": half + bytes(25 * MEGABYTE) for n in range(3)})


def _patched_entry(data: bytes) -> bytes:
    """The same archive, its entries claiming to be a tenth as long as they are."""
    text = "Magazziniere " * 1_000
    honest = factories.docx_of_xml(factories.word_paragraph(text))
    size = len(text)
    for length in range(size, size + 2_000):
        honest = honest.replace(length.to_bytes(4, "little"), (length // 10).to_bytes(4, "little"))
    return honest


def _deep_docx(depth: int) -> bytes:
    cell = "<w:tbl><w:tr><w:tc>"
    end = "</w:tc></w:tr></w:tbl>"
    return factories.docx_of_xml(cell * depth + factories.word_paragraph("x") + end * depth)


ARCHIVES_AND_OTHERS = [
    case("nothing at all", "cv.pdf", bytes, Code.EMPTY),
    case("eleven megabytes", "cv.txt", lambda: b"a" * (11 * MEGABYTE), Code.TOO_LARGE),
    case("too many characters", "cv.txt", lambda: b"ab " * 500_000, Code.TOO_LARGE),
    case("only white space", "cv.txt", lambda: b" \r\n\t \r\n", Code.NO_TEXT),
    case("scan", "cv.pdf", factories.scanned_pdf, Code.NO_TEXT),
    case("zip bomb", "cv.docx", _zip_bomb, Code.TOO_LARGE),
    case("padded zip bomb", "cv.docx", _padded_bomb, Code.TOO_LARGE),
    case("archive beyond fifty megabytes", "cv.docx", _wide_docx, Code.TOO_LARGE),
    case(
        "two thousand entries",
        "cv.docx",
        lambda: _docx_with({f"word/{number}.xml": b"" for number in range(2_000)}),
        Code.TOO_LARGE,
    ),
    case(
        "nested zip",
        "cv.docx",
        lambda: factories.zip_of({"a.zip": _zip_bomb(), "b.zip": _zip_bomb()}),
        Code.UNSUPPORTED,
    ),
    case("entry that lies", "cv.docx", lambda: _patched_entry(b""), Code.CORRUPT),
    case("zip slip", "cv.docx", lambda: _docx_with({"../../etc/cron.d/x": b"x"}), Code.UNSAFE),
    case("absolute path", "cv.docx", lambda: _docx_with({"/etc/passwd": b"x"}), Code.UNSAFE),
    case("drive path", "cv.odt", lambda: factories.zip_of({"C:\\x": b"x"}), Code.UNSAFE),
    case("macro", "cv.docx", lambda: _docx_with({"word/vbaProject.bin": b"x"}), Code.UNSAFE),
    case("macro extension", "cv.docm", lambda: _docx_with({}), Code.UNSAFE),
    case(
        "macro in odt",
        "cv.odt",
        lambda: factories.odt_of_xml("", more={"Basic/Standard/Module1.xml": b"<x/>"}),
        Code.UNSAFE,
    ),
    case(
        "xxe in docx",
        "cv.docx",
        lambda: factories.docx_of_xml("<w:p><w:r><w:t>&secret;</w:t></w:r></w:p>", prolog=XXE),
        Code.UNSAFE,
    ),
    case(
        "document type without entities",
        "cv.docx",
        lambda: factories.docx_of_xml(factories.word_paragraph("a"), prolog="<!DOCTYPE x>"),
        Code.UNSAFE,
    ),
    case(
        "xxe in relationships",
        "cv.docx",
        lambda: _docx_with({"_rels/.rels": f"{XXE}<Relationships/>".encode("utf-16")}),
        Code.UNSAFE,
    ),
    case(
        "billion laughs in docx",
        "cv.docx",
        lambda: factories.docx_of_xml("<w:p><w:r><w:t>&d;</w:t></w:r></w:p>", prolog=LAUGHS),
        Code.UNSAFE,
    ),
    case(
        "billion laughs in odt",
        "cv.odt",
        lambda: factories.odt_of_xml("<text:p>&d;</text:p>", prolog=LAUGHS),
        Code.UNSAFE,
    ),
    case(
        "billion laughs in html",
        "cv.html",
        lambda: f"{LAUGHS}<html><p>&d;</p></html>".encode(),
        Code.UNSAFE,
    ),
    case("deep tables", "cv.docx", lambda: _deep_docx(20_000), Code.CORRUPT),
    case(
        "deep html",
        "cv.html",
        lambda: b"<html>" + b"<div>" * 100_000 + b"ciao",
        Code.CORRUPT,
    ),
    case(
        "deep rtf",
        "cv.rtf",
        lambda: b"{\\rtf1 " + b"{" * 100_000 + b"ciao" + b"}" * 100_001,
        Code.CORRUPT,
    ),
    case("stacked filters", "cv.pdf", _stacked_filters, Code.TOO_LARGE, Code.TIMEOUT, Code.NO_TEXT),
    case("looping page tree", "cv.pdf", _looping_page_tree, Code.CORRUPT, Code.NO_TEXT),
    case("a thousand pages", "cv.pdf", lambda: _pages(1_000), Code.TOO_LARGE),
    case("pages that are claimed only", "cv.pdf", _claimed_pages, Code.TOO_LARGE, Code.NO_TEXT),
    case("empty pages", "cv.pdf", lambda: _pages(3), Code.NO_TEXT),
    case(
        "encrypted pdf",
        "cv.pdf",
        lambda: factories.pdf(lambda canvas: None, password="segreto"),
        Code.ENCRYPTED,
    ),
    case(
        "encrypted docx",
        "cv.docx",
        lambda: factories.office_container("EncryptedPackage"),
        Code.ENCRYPTED,
    ),
    case(
        "encrypted odt",
        "cv.odt",
        lambda: factories.odt_of_xml(
            "", more={"META-INF/manifest.xml": b"<manifest:encryption-data/>"}
        ),
        Code.ENCRYPTED,
    ),
    case(
        "old word document",
        "cv.doc",
        lambda: factories.office_container("WordDocument"),
        Code.UNSUPPORTED,
    ),
    case("png named pdf", "cv.pdf", lambda: PNG, Code.UNSUPPORTED),
    case("png named png", "cv.png", lambda: PNG, Code.UNSUPPORTED),
    case("program named txt", "cv.txt", lambda: PROGRAM, Code.UNSUPPORTED),
    case("linux program", "cv.txt", lambda: b"\x7fELF\x02\x01\x01" + bytes(90), Code.UNSUPPORTED),
    case("control characters", "cv.txt", lambda: b"ab\x01\x02\x03\x04" * 50, Code.UNSUPPORTED),
    case(
        "plain zip named docx", "cv.docx", lambda: factories.zip_of({"a": b"b"}), Code.UNSUPPORTED
    ),
    case("odt named docx", "cv.docx", lambda: factories.odt_of_lines("ciao"), Code.UNSUPPORTED),
    case("docx named pdf", "cv.pdf", lambda: factories.docx_of_lines("ciao"), Code.UNSUPPORTED),
    case(
        "spreadsheet",
        "cv.xlsx",
        lambda: factories.zip_of({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"}),
        Code.UNSUPPORTED,
    ),
    case("half a zip", "cv.docx", lambda: _docx_with({})[:300], Code.CORRUPT),
    case("pdf of noise", "cv.pdf", lambda: b"%PDF-1.4\n" + b"\x00\xff" * 900, Code.CORRUPT),
]
