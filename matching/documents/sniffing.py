"""What a file is, by its name and by its bytes; the two must agree."""

import re
import zipfile
from enum import StrEnum

from matching.documents.archive import open_archive, read_entry
from matching.documents.plain import UTF8_MARK, decode_text
from matching.documents.values import DocumentFormat, Limits
from matching.domain import DocumentErrorCode
from matching.errors import DocumentError

_BY_EXTENSION = {
    "pdf": DocumentFormat.PDF,
    "docx": DocumentFormat.DOCX,
    "dotx": DocumentFormat.DOCX,
    "odt": DocumentFormat.ODT,
    "ott": DocumentFormat.ODT,
    "rtf": DocumentFormat.RTF,
    "html": DocumentFormat.HTML,
    "htm": DocumentFormat.HTML,
    "xhtml": DocumentFormat.HTML,
    "txt": DocumentFormat.TXT,
    "text": DocumentFormat.TXT,
}
_READ = "PDF, DOCX, ODT, RTF, HTML and TXT"
_EXTENSION = re.compile(r"\.([A-Za-z][A-Za-z0-9]{0,6})$")
_HTML_START = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--.{0,2000}?-->\s*)*"
    rb"<(!doctype\s+html|html|head|body|title|meta|div|p|table|h[1-6]|ul|span|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_SIGNATURES = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"BM", "a BMP image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    (b"\xcf\xfa\xed\xfe", "a macOS program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
)


class _Other(StrEnum):
    """Content that is recognised but not read."""

    ARCHIVE = "a ZIP archive that is neither a DOCX nor an ODT document"
    SPREADSHEET = "a spreadsheet"
    SLIDES = "a presentation"
    BINARY = "not text"


def extension_of(name: str) -> str:
    """Return the extension in lower case, or an empty string.

    >>> extension_of("CV.Rossi.PDF"), extension_of("cv 12.5.2020"), extension_of("README")
    ('pdf', '', '')
    """
    found = _EXTENSION.search(name.rsplit("/", 1)[-1])
    return found.group(1).lower() if found else ""


def identify(data: bytes, name: str, limits: Limits) -> DocumentFormat:
    """Return the format of a file, or refuse what is not read or not what its name says.

    The messages never repeat the name, which is often that of a person.
    """
    extension = extension_of(name)
    if extension in {"docm", "dotm"}:
        raise _macros()
    found = _content(data, limits)
    named = _BY_EXTENSION.get(extension)
    if extension and named is None:
        raise DocumentError(
            DocumentErrorCode.UNSUPPORTED,
            f"The extension .{extension} is not read, and the content is {_say(found)}; only "
            f"{_READ} are read. Save the document as one of these.",
        )
    if isinstance(found, DocumentFormat) and (named is None or named == found):
        return found
    if named == DocumentFormat.HTML and found == DocumentFormat.TXT:
        return DocumentFormat.HTML  # a fragment may start with plain words
    if named is None:
        raise DocumentError(
            DocumentErrorCode.UNSUPPORTED,
            f"The file is {_say(found)}; only {_READ} are read. Save the document as one of these.",
        )
    raise DocumentError(
        DocumentErrorCode.UNSUPPORTED,
        f"The file is named .{extension}, but its content is {_say(found)}. Save the document "
        f"as a real {named.value.upper()}, or name it as what it is ({_READ} are read).",
    )


def _content(data: bytes, limits: Limits) -> DocumentFormat | str:
    if data.startswith(_OLE):
        return _ole(data)
    if data.startswith(_ZIP_STARTS):
        return _zip(data, limits)
    if data.removeprefix(UTF8_MARK).lstrip()[:5] == b"{\\rtf":
        return DocumentFormat.RTF
    # A few programs write a line or two before the PDF mark; readers look this far.
    head = data[:1024]
    if b"%PDF-" in head and (data.lstrip()[:5] == b"%PDF-" or decode_text(data) is None):
        return DocumentFormat.PDF
    text = decode_text(data)
    for signature, label in _SIGNATURES:
        printable = signature in {b"BM", b"MZ", b"GIF8", b"Rar!"}
        if data.startswith(signature) and not (printable and text is not None):
            return label
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "a WebP image"
    if text is None:
        return _Other.BINARY
    if _HTML_START.match(text[:8_000].encode("utf-8", "ignore")):
        return DocumentFormat.HTML
    return DocumentFormat.TXT


def _ole(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise DocumentError(
            DocumentErrorCode.ENCRYPTED,
            "The Office file is protected by a password. Remove it and send the file again.",
        )
    if "WordDocument".encode("utf-16-le") in data:
        return "an old Word document (.doc)"
    return "an old Office file"


def _zip(data: bytes, limits: Limits) -> DocumentFormat | str:
    archive = open_archive(data, limits)
    names = set(archive.namelist())
    if any(re.search(r"(^|/)vbaProject\.bin$", entry, re.IGNORECASE) for entry in names):
        raise _macros()
    if "mimetype" in names:
        return _open_document(archive, names)
    if "[Content_Types].xml" in names:
        if b"macroEnabled" in read_entry(archive, "[Content_Types].xml"):
            raise _macros()
        folders = {entry.split("/", 1)[0] for entry in names}
        if "word" in folders:
            return DocumentFormat.DOCX
        if "xl" in folders:
            return _Other.SPREADSHEET
        if "ppt" in folders:
            return _Other.SLIDES
    return _Other.ARCHIVE


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> DocumentFormat | str:
    kind = read_entry(archive, "mimetype").strip()
    if any(re.match(r"(Basic/[^/]+/(?!script-l[bc]\.xml)|Scripts/)[^/]+", e) for e in names):
        raise _macros()
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return DocumentFormat.ODT
    if b"spreadsheet" in kind:
        return _Other.SPREADSHEET
    return _Other.SLIDES if b"presentation" in kind else _Other.ARCHIVE


def _macros() -> DocumentError:
    return DocumentError(
        DocumentErrorCode.UNSAFE,
        "The document carries macros, that is, programs. "
        "Save it as DOCX without macros, or as PDF.",
    )


def _say(found: DocumentFormat | str) -> str:
    return f"{found.value.upper()}" if isinstance(found, DocumentFormat) else str(found)
