"""PDFs built to hurt their reader."""

import zlib

from matching.domain import DocumentErrorCode as Code

from . import factories
from .hostile import MEGABYTE, PROGRAM, READ, case, raw_pdf
from .structured import EUROPASS, pdf_with_attachment

_CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
_PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_WORDS = b"BT /F1 12 Tf 60 700 Td (Magazziniere) Tj ET"


def stream(content: bytes, more: bytes = b"", *, length: int | None = None) -> bytes:
    """A stream object."""
    size = len(content) if length is None else length
    return b"<< /Length %d %s >>\nstream\n" % (size, more) + content + b"\nendstream"


def page(content: bytes, *others: bytes, resources: bytes = b"", entries: bytes = b"") -> bytes:
    """A PDF of one page: objects 4 (content, a whole object), 5 (a font), 6 and on (others)."""
    return raw_pdf(
        [
            _CATALOGUE,
            _PAGES,
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> " + resources + b" >> " + entries + b" >>",
            content,
            _FONT,
            *others,
        ]
    )


def _looping_xref() -> bytes:
    good = page(stream(_WORDS))
    start = good.rindex(b"startxref\n") + 10
    offset = good[start:].split(b"\n")[0]
    return good.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev " + offset)


def _recursive_object_stream() -> bytes:
    content = b"6 0 << /Type /Font >>"
    more = b"/Type /ObjStm /N 1 /First 4 /Extends 6 0 R"
    return page(b"6 0 R", stream(content, more))


def _recursive_form() -> bytes:
    form = (
        b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] "
        b"/Resources << /XObject << /X 6 0 R >> >>"
    )
    return page(
        stream(_WORDS + b" /X Do"),
        stream(b"/X Do", form),
        resources=b"/XObject << /X 6 0 R >>",
    )


def _many_forms() -> bytes:
    """Each form draws the next one ten times: a billion words."""
    last = 15
    forms = [
        stream(
            b"/X Do " * 10 if number < last else _WORDS,
            b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources "
            b"<< /Font << /F1 5 0 R >> /XObject << /X %d 0 R >> >>" % (number + 1),
        )
        for number in range(6, last + 1)
    ]
    return page(stream(b"/X Do"), *forms, resources=b"/XObject << /X 6 0 R >>")


def _attached_bomb() -> bytes:
    packed = zlib.compressobj(1)
    zeros = bytes(MEGABYTE)
    bomb = b"".join(packed.compress(zeros) for _ in range(560)) + packed.flush()
    return pdf_attaching(bomb, b"/Filter /FlateDecode")


def pdf_attaching(content: bytes, more: bytes = b"") -> bytes:
    """A PDF with words on its page and this stream as its attachment."""
    data = page(
        stream(_WORDS),
        stream(content, b"/Type /EmbeddedFile " + more),
        b"<< /Type /Filespec /F (attachment.xml) /UF (attachment.xml) /EF << /F 6 0 R >> >>",
    )
    names = (
        b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names "
        b"[(attachment.xml) 7 0 R] >> >> >>"
    )
    # The offsets are off by what was added; readers rebuild the table.
    return data.replace(_CATALOGUE, names)


def _acting() -> bytes:
    action = (
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /Launch /F (cmd.exe) >> "
        b"/AA << /O << /S /JavaScript /JS (app.alert\\(1\\)) >> >> >>"
    )
    return page(stream(_WORDS)).replace(_CATALOGUE, action)


def _deep_page_tree() -> bytes:
    nodes = [
        b"<< /Type /Pages /Kids [%d 0 R] /Count 1 /Parent %d 0 R >>" % (number + 1, number - 1)
        for number in range(2, 20_000)
    ]
    return raw_pdf([_CATALOGUE, *nodes, b"<< /Type /Page /MediaBox [0 0 600 800] >>"])


def _chain(filters: bytes, content: bytes) -> bytes:
    return page(stream(content, b"/Filter [" + filters + b"]"))


PDFS = [
    case("xref that loops", "cv.pdf", _looping_xref, READ, Code.CORRUPT),
    case(
        "object stream that extends itself",
        "cv.pdf",
        _recursive_object_stream,
        Code.NO_TEXT,
        Code.CORRUPT,
    ),
    case("form that draws itself", "cv.pdf", _recursive_form, READ, Code.CORRUPT, Code.TOO_LARGE),
    case(
        "billion words by forms",
        "cv.pdf",
        _many_forms,
        READ,
        Code.TOO_LARGE,
        Code.TIMEOUT,
        Code.NO_TEXT,
    ),
    case(
        "attached bomb", "cv.pdf", _attached_bomb, READ, Code.TOO_LARGE, Code.CORRUPT, Code.TIMEOUT
    ),
    case("attached program", "cv.pdf", lambda: pdf_with_attachment(["Cuoca"], PROGRAM), READ),
    case(
        "attached cv with entities",
        "cv.pdf",
        lambda: pdf_with_attachment(
            ["Cuoca"],
            EUROPASS.replace(
                "<SkillsPassport", '<!DOCTYPE x [<!ENTITY a "b">]><SkillsPassport', 1
            ).encode(),
        ),
        READ,
    ),
    case("launch action and script", "cv.pdf", _acting, READ),
    case(
        "page tree of twenty thousand floors", "cv.pdf", _deep_page_tree, Code.NO_TEXT, Code.CORRUPT
    ),
    case(
        "nested arrays",
        "cv.pdf",
        lambda: page(stream(b"[" * 500_000)),
        Code.NO_TEXT,
        Code.CORRUPT,
        Code.TOO_LARGE,
    ),
    case(
        "nested dictionaries",
        "cv.pdf",
        lambda: page(b"<< /A " * 200_000),
        Code.NO_TEXT,
        Code.CORRUPT,
        Code.TOO_LARGE,
    ),
    case(
        "contents that are their own contents",
        "cv.pdf",
        lambda: page(b"[4 0 R 4 0 R]"),
        Code.NO_TEXT,
        Code.CORRUPT,
    ),
    case(
        "length of four thousand million",
        "cv.pdf",
        lambda: page(stream(_WORDS, length=4_294_967_295)),
        READ,
        Code.NO_TEXT,
        Code.CORRUPT,
    ),
    case(
        "page as large as a country",
        "cv.pdf",
        lambda: page(stream(_WORDS)).replace(b"[0 0 600 800]", b"[0 0 1e38 1e38]"),
        READ,
        Code.NO_TEXT,
    ),
    case(
        "font as large as a country",
        "cv.pdf",
        lambda: page(stream(_WORDS.replace(b"/F1 12", b"/F1 1e30"))),
        READ,
        Code.NO_TEXT,
    ),
    case(
        "a million words",
        "cv.pdf",
        lambda: page(
            stream(
                zlib.compress(b"BT /F1 1 Tf " + b"1 1 Td (ab cd ef gh) Tj " * 100_000 + b"ET"),
                b"/Filter /FlateDecode",
            )
        ),
        Code.TOO_LARGE,
        Code.TIMEOUT,
        READ,
    ),
    case(
        "a thousand filters",
        "cv.pdf",
        lambda: _chain(b"/FlateDecode " * 1_000, zlib.compress(_WORDS)),
        Code.NO_TEXT,
        Code.CORRUPT,
    ),
    case(
        "text filters on text filters",
        "cv.pdf",
        lambda: _chain(
            b"/ASCIIHexDecode /ASCII85Decode /LZWDecode /RunLengthDecode", b"ff" * 9_000
        ),
        Code.NO_TEXT,
        Code.CORRUPT,
    ),
    case(
        "predictor of a thousand million columns",
        "cv.pdf",
        lambda: page(
            stream(
                zlib.compress(_WORDS),
                b"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 1000000000 "
                b"/Colors 32 /BitsPerComponent 16 >>",
            )
        ),
        READ,
        Code.NO_TEXT,
        Code.CORRUPT,
        Code.TOO_LARGE,
    ),
    case(
        "string that never ends",
        "cv.pdf",
        lambda: page(stream(b"BT /F1 9 Tf (" + b"(" * 3_000_000)),
        Code.NO_TEXT,
        Code.CORRUPT,
        Code.TOO_LARGE,
        READ,
    ),
    case(
        "image of a huge size",
        "cv.pdf",
        lambda: page(
            stream(_WORDS + b" /I Do"),
            stream(
                b"\x00" * 100,
                b"/Type /XObject /Subtype /Image /Width 100000 /Height 100000 "
                b"/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /JBIG2Decode",
            ),
            resources=b"/XObject << /I 6 0 R >>",
        ),
        READ,
    ),
    case(
        "pdf behind a page",
        "cv.pdf",
        lambda: b"<html><script>1</script>" + page(stream(_WORDS)),
        READ,
        Code.CORRUPT,
        Code.UNSUPPORTED,
    ),
    case(
        "pdf that is a zip as well",
        "cv.pdf",
        lambda: page(stream(_WORDS)) + factories.zip_of({"a": b"b"}),
        READ,
        Code.CORRUPT,
    ),
    case(
        "pdf that is a zip as well, named docx",
        "cv.docx",
        lambda: page(stream(_WORDS)) + factories.docx_of_lines("ciao"),
        Code.UNSUPPORTED,
    ),
    case("only the first line of a pdf", "cv.pdf", lambda: b"%PDF-1.7\n", Code.CORRUPT),
]
