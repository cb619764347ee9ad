"""Web pages, RTF and plain texts built to hurt their reader."""

from matching.domain import DocumentErrorCode as Code

from . import factories
from .hostile import MEGABYTE, READ, case
from .structured import page_with

PAGES_AND_TEXTS = [
    case(
        "deep json in a page", "x.html", lambda: page_with("[" * 100_000, body="<p>Cuoca</p>"), READ
    ),
    case(
        "gigantic attribute in html",
        "x.html",
        lambda: b'<p title="' + b"x" * 9 * MEGABYTE + b'">Cuoca</p>',
        READ,
        Code.TOO_LARGE,
    ),
    case(
        "cell of a thousand million columns",
        "x.html",
        lambda: b"<table><tr><td colspan=999999999 rowspan=999999999>Cuoca</table>",
        READ,
    ),
    case(
        "half a million open tags",
        "x.html",
        lambda: b"<html><p>" + b"<b><i>x" * 300_000,
        Code.CORRUPT,
        Code.TOO_LARGE,
    ),
    case(
        "a hundred thousand cells",
        "x.html",
        lambda: b"<table>" + b"<tr><td>a<td>b" * 50_000,
        Code.TOO_LARGE,
        Code.TIMEOUT,
        READ,
    ),
    case("nul in html", "x.html", lambda: b"<html><p>Cu\x00oca</p>", Code.UNSUPPORTED),
    case(
        "comment that never ends",
        "x.html",
        lambda: b"<html><!--" + b"-" * 3 * MEGABYTE,
        Code.NO_TEXT,
        Code.CORRUPT,
        READ,
    ),
    case(
        "page that goes elsewhere",
        "x.html",
        lambda: (
            b'<html><meta http-equiv="refresh" content="0;url=http://example.invalid"><iframe src="file:///etc/passwd"></iframe><p>Cuoca</p>'
        ),
        READ,
    ),
    case("binary part that never ends", "cv.rtf", lambda: b"{\\rtf1 Cuoca \\bin999999999 x}", READ),
    case(
        "numbers beyond all numbers",
        "cv.rtf",
        lambda: b"{\\rtf1 \\u99999999999999 \\uc9999999 \\f-99999999 Cuoca}",
        READ,
    ),
    case(
        "half a million escapes",
        "cv.rtf",
        lambda: b"{\\rtf1 " + b"\\'e0" * 500_000 + b"}",
        Code.TOO_LARGE,
        Code.TIMEOUT,
        READ,
    ),
    case(
        "embedded object",
        "cv.rtf",
        lambda: b"{\\rtf1 Cuoca{\\object\\objdata " + b"4d5a" * 100_000 + b"}}",
        READ,
    ),
    case(
        "rtf that is a zip",
        "cv.docx",
        lambda: b"{\\rtf1 x}" + factories.docx_of_lines("ciao"),
        Code.UNSUPPORTED,
    ),
    case(
        "picture that is a zip",
        "cv.docx",
        lambda: b"GIF89a" + factories.docx_of_lines("ciao"),
        Code.UNSUPPORTED,
    ),
    case(
        "half a surrogate in utf-8",
        "cv.txt",
        lambda: "Cuoca \ud800".encode("utf-8", "surrogatepass"),
        Code.UNSUPPORTED,
        READ,
    ),
    case(
        "one line of a million bullets",
        "cv.txt",
        lambda: "• - ".encode() * 200_000 + b"Cuoca",
        READ,
    ),
    case("one word of a million letters", "cv.txt", lambda: b"a" * 900_000 + b"-\nb", READ),
    case("a million accents", "cv.txt", lambda: b"a`e`" * 200_000, READ),
    case(
        "two hundred thousand marks on a letter",
        "cv.txt",
        lambda: b"e" + "\u0301".encode() * 200_000 + b" Cuoca",
        READ,
    ),
    case("text full of zeros", "cv.txt", lambda: b"Cuoca\x00" * 1_000, Code.UNSUPPORTED),
]
