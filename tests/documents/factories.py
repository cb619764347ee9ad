"""Documents built for the tests, byte by byte known."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import docx
import reportlab
from docx.document import Document as WordDocument
from odf import table as odf_table
from odf import text as odf_text
from odf.opendocument import OpenDocumentText
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
LEADING = 13.0

SIDEBAR = [
    "CONTATTI",
    "Via Roma 12",
    "23900 Lecco",
    "333 1234567",
    "COMPETENZE",
    "Excel",
    "Carrello elevatore",
    "LINGUE",
    "Inglese base",
]
MAIN = [
    "ESPERIENZE LAVORATIVE",
    "Addetto al magazzino presso Rossi Trasporti",
    "carico e scarico delle merci, inventario",
    "preparazione degli ordini con lettore ottico",
    "Operaio di produzione presso Officine Bianchi",
    "montaggio di piccole parti su linea",
    "FORMAZIONE",
    "Diploma di operatore meccanico, Lecco",
    "Corso di sicurezza per lavoratori, rischio alto",
    "Patente B e automunito",
]


def pdf(draw: Callable[[Canvas], None], *, password: str | None = None) -> bytes:
    """A PDF that ``draw`` paints; a password makes it encrypted."""
    buffer = io.BytesIO()
    encryption = None
    if password is not None:
        encryption = StandardEncryption(password, ownerPassword="owner-only", strength=128)
    canvas = Canvas(buffer, pagesize=A4, encrypt=encryption)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def write_column(
    canvas: Canvas,
    x: float,
    lines: Iterable[str],
    *,
    top: float = 60,
    leading: float = LEADING,
    size: float = 10,
    font: str = "Helvetica",
) -> None:
    """Write lines one under the other; ``top`` is measured from the top of the page."""
    canvas.setFont(font, size)
    for number, line in enumerate(lines):
        canvas.drawString(x, HEIGHT - top - number * leading, line)


def write_rows(
    canvas: Canvas, rows: Iterable[tuple[str, str]], *, x: float = 60, gap: float = 110
) -> None:
    """Write rows of a narrow cell and a wide one, as a table does: row after row."""
    canvas.setFont("Helvetica", 10)
    for number, (narrow, wide) in enumerate(rows):
        y = HEIGHT - 60 - number * LEADING
        if narrow:
            canvas.drawString(x, y, narrow)
        if wide:
            canvas.drawString(x + gap, y, wide)


def pdf_of_lines(*pages: Sequence[str]) -> bytes:
    """A PDF of one column, a page for each list of lines."""

    def draw(canvas: Canvas) -> None:
        for lines in pages:
            write_column(canvas, 60, lines)
            canvas.showPage()

    return pdf(draw)


def pdf_sidebar_left(*, same_grid: bool = False) -> bytes:
    """A CV with a narrow column on the left."""

    def draw(canvas: Canvas) -> None:
        write_column(canvas, 40, SIDEBAR, leading=LEADING if same_grid else 17.3)
        write_column(canvas, 200, MAIN)

    return pdf(draw)


def pdf_sidebar_right(*, same_grid: bool = False) -> bytes:
    """A CV with a narrow column on the right."""

    def draw(canvas: Canvas) -> None:
        write_column(canvas, 40, MAIN)
        write_column(canvas, 420, SIDEBAR, leading=LEADING if same_grid else 17.3)

    return pdf(draw)


def scanned_pdf() -> bytes:
    """A PDF whose only content is a picture."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.8)
        canvas.rect(50, 50, 400, 600, fill=1)
        canvas.drawInlineImage(_grey_image(), 100, 100, 200, 200)

    return pdf(draw)


def _grey_image() -> object:
    from PIL import Image

    return Image.new("L", (40, 40), 128)


def use_truetype_font(name: str = "Vera") -> str:
    """Register a font with accents that reportlab ships, and return its name."""
    path = Path(reportlab.__file__).parent / "fonts" / f"{name}.ttf"
    pdfmetrics.registerFont(TTFont(name, str(path)))
    return name


def docx_file(build: Callable[[WordDocument], None]) -> bytes:
    """A DOCX that ``build`` fills."""
    document = docx.Document()
    build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def docx_of_lines(*lines: str) -> bytes:
    """A DOCX with a paragraph for each line."""

    def build(document: WordDocument) -> None:
        for line in lines:
            document.add_paragraph(line)

    return docx_file(build)


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def docx_of_xml(body: str, *, prolog: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    """A DOCX with this XML between the tags of its body."""
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<w:document xmlns:w="{W}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml">'
        f"<w:body>{body}</w:body></w:document>"
    )
    return zip_of(
        {
            "[Content_Types].xml": b"<Types/>",
            "_rels/.rels": _RELATIONSHIPS.encode(),
            "word/document.xml": document.encode(),
            **(more or {}),
        }
    )


def word_paragraph(text: str) -> str:
    """The XML of one Word paragraph."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def zip_of(entries: Mapping[str, bytes]) -> bytes:
    """A ZIP with these entries, compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def odt_file(build: Callable[[OpenDocumentText], None]) -> bytes:
    """An ODT that ``build`` fills."""
    document = OpenDocumentText()
    build(document)
    buffer = io.BytesIO()
    document.write(buffer)
    return buffer.getvalue()


def odt_of_lines(*lines: str) -> bytes:
    """An ODT with a paragraph for each line."""

    def build(document: OpenDocumentText) -> None:
        for line in lines:
            document.text.addElement(odf_text.P(text=line))

    return odt_file(build)


def odt_list(*items: str) -> odf_text.List:
    """A bulleted list."""
    bullets = odf_text.List()
    for item in items:
        element = odf_text.ListItem()
        element.addElement(odf_text.P(text=item))
        bullets.addElement(element)
    return bullets


def odt_table(rows: Sequence[Sequence[str]]) -> odf_table.Table:
    """A table of one-line cells."""
    table = odf_table.Table()
    for row in rows:
        table_row = odf_table.TableRow()
        for cell in row:
            table_cell = odf_table.TableCell()
            table_cell.addElement(odf_text.P(text=cell))
            table_row.addElement(table_cell)
        table.addElement(table_row)
    return table


def odt_of_xml(body: str, *, prolog: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    """An ODT with this XML as its text."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zip_of(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": content.encode(),
            **(more or {}),
        }
    )


def rtf(body: str) -> bytes:
    """An RTF document with an Arial, a Symbol and a Central European font."""
    return (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}"
        r"{\f1\fnil\fcharset2 Symbol;}{\f2\fcharset238 Arial CE;}}"
        r"{\colortbl;\red0\green0\blue0;}{\*\generator Test;}" + "\n" + body + "}"
    ).encode("ascii")


def html(body: str) -> bytes:
    """A UTF-8 page with this body."""
    return (
        '<!DOCTYPE html><html lang="it"><head><meta charset="utf-8"><title>CV</title></head>'
        f"<body>{body}</body></html>"
    ).encode()


def office_container(stream_name: str) -> bytes:
    """The start of an OLE file whose directory names one stream."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return header + stream_name.encode("utf-16-le").ljust(64, b"\x00") + bytes(1_000)


def fake_tesseract(folder: Path, commands: str, *, language: str = "ita") -> Path:
    """A program named tesseract in a folder, which knows one language and runs these commands."""
    program = folder / "tesseract"
    listed = f'if [ "$1" = --list-langs ]; then echo "List of languages (2):"; echo {language}'
    program.write_text(f"#!/bin/sh\n{listed}; exit 0; fi\n{commands}\n")
    program.chmod(0o755)
    return program
