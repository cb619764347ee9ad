"""What a file is, by its name and by its bytes; the two must agree."""

import re
import zipfile
from enum import StrEnum
from xml.parsers import expat

from matching.documents.archive import open_archive, read_entry
from matching.documents.europass import ROOTS
from matching.documents.job_posting import postings_in
from matching.documents.json_data import load_json
from matching.documents.json_resume import is_json_resume
from matching.documents.markup import root_name
from matching.documents.plain import UTF8_MARK, decode_text
from matching.documents.values import DocumentFormat, Limits
from matching.domain import DocumentErrorCode
from matching.errors import DocumentError

_TEXT_FORMATS = frozenset(
    {
        DocumentFormat.TXT,
        DocumentFormat.EUROPASS_XML,
        DocumentFormat.JSON_RESUME,
        DocumentFormat.JOB_POSTING,
    }
)
_JSON_FORMATS = frozenset({DocumentFormat.JSON_RESUME, DocumentFormat.JOB_POSTING})
_BY_EXTENSION = {
    "pdf": frozenset({DocumentFormat.PDF}),
    "docx": frozenset({DocumentFormat.DOCX}),
    "dotx": frozenset({DocumentFormat.DOCX}),
    "odt": frozenset({DocumentFormat.ODT}),
    "ott": frozenset({DocumentFormat.ODT}),
    "rtf": frozenset({DocumentFormat.RTF}),
    "html": frozenset({DocumentFormat.HTML}),
    "htm": frozenset({DocumentFormat.HTML}),
    "xhtml": frozenset({DocumentFormat.HTML}),
    "xml": frozenset({DocumentFormat.EUROPASS_XML}),
    "json": _JSON_FORMATS,
    "jsonld": _JSON_FORMATS,
    "txt": _TEXT_FORMATS,
    "text": _TEXT_FORMATS,
}
PDF_MARK = b"%PDF-"
_READ = "PDF, DOCX, ODT, RTF, HTML, TXT, Europass XML, JSON Resume and schema.org JobPosting (JSON)"
_EXTENSION = re.compile(r"\.([A-Za-z][A-Za-z0-9]{0,6})$")
_HTML_START = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--.{0,2000}?-->\s*)*"
    rb"<(!doctype\s+html|html|head|body|title|meta|div|p|table|h[1-6]|ul|span|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML_START = re.compile(
    r"\s*(?:<\?xml\b|<!DOCTYPE\b|<!--|<(?:\w{1,20}:)?(?:" + "|".join(sorted(ROOTS)) + r")\b)"
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
    XML = "an XML file that is not a Europass CV"
    JSON = "a JSON file that is neither a JSON Resume nor a schema.org JobPosting"
    BROKEN_JSON = "JSON that is damaged"
    BINARY = "not text"


# What holds words that were written for readers, whatever else it is.
_PLAIN = {DocumentFormat.TXT, _Other.XML, _Other.JSON, _Other.BROKEN_JSON}


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
    named = _BY_EXTENSION.get(extension)
    found = _content(data, limits)
    if extension and named is None:
        raise DocumentError(
            DocumentErrorCode.UNSUPPORTED,
            f"The extension .{extension} is not read, and the content is {_say(found)}; only "
            f"{_READ} are read. Save the document as one of these.",
        )
    if isinstance(found, DocumentFormat) and (named is None or found in named):
        return found
    if named is None and found == _Other.BROKEN_JSON:
        return DocumentFormat.TXT  # a text may begin with a bracket
    if named == _JSON_FORMATS and found == _Other.BROKEN_JSON:
        load_json(decode_text(data) or "")  # says what is wrong
    if named is not None and found in _PLAIN:
        if DocumentFormat.HTML in named:
            return DocumentFormat.HTML  # a fragment may start with plain words
        if DocumentFormat.TXT in named:
            return DocumentFormat.TXT
    if named is None:
        raise DocumentError(
            DocumentErrorCode.UNSUPPORTED,
            f"The file is {_say(found)}; only {_READ} are read. Save the document as one of these.",
        )
    raise DocumentError(
        DocumentErrorCode.UNSUPPORTED,
        f"The file is named .{extension}, but its content is {_say(found)}. Save the document "
        f"as a real {extension.upper()}, or name it as what it is ({_READ} are read).",
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
    if PDF_MARK in head and (data.lstrip()[:5] == PDF_MARK or decode_text(data) is None):
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
    if _XML_START.match(text[:1_000]):
        return _xml(data)
    if text[:1_000].lstrip()[:1] in {"{", "["}:
        return _json(text)
    return DocumentFormat.TXT


def _xml(data: bytes) -> DocumentFormat | str:
    try:
        name = root_name(data, "The XML")
    except (expat.ExpatError, LookupError, ValueError):
        name = ""
    return DocumentFormat.EUROPASS_XML if name.rpartition("}")[2] in ROOTS else _Other.XML


def _json(text: str) -> DocumentFormat | str:
    try:
        value = load_json(text)
    except DocumentError:
        return _Other.BROKEN_JSON
    if is_json_resume(value):
        return DocumentFormat.JSON_RESUME
    return DocumentFormat.JOB_POSTING if postings_in(value) else _Other.JSON


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
    return found.label if isinstance(found, DocumentFormat) else str(found)
