"""A workbook of one sheet, put together in memory: libraries leave their rows in a temporary file.

The parts are those without which Excel opens none (ECMA-376, SpreadsheetML): cells are texts,
numbers and days, and nothing is a formula.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from matching.errors import InputError
from matching.interchange.book_values import serial_of
from matching.interchange.formulas import harmless

CELL_LETTERS = 32_767
"""What a cell of a workbook can hold (ECMA-376)."""

BookCell = str | int | float | date | None

_DATE_STYLE = 1
# What would be read back as a character written by its number, and what XML cannot hold.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NO_CHARACTERS = re.compile("[\ud800-\udfff\ufffe\uffff]")
_SPACE = ' xml:space="preserve"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_CONTENT}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_CONTENT}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_CONTENT}.worksheet+xml"/>'
    "</Types>"
)
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def book_of(rows: Iterable[Sequence[BookCell]], sheet: str) -> bytes:
    """A workbook with these rows.

    Raises
    ------
    InputError
        For a text that no cell can hold.
    """
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _related("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name={quoteattr(sheet)} sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _related(
            "worksheet", "worksheets/sheet1.xml", "styles", "styles.xml"
        ),
        "xl/styles.xml": _STYLES,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, _HEAD + content)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for row in rows:
                cells = "".join(map(_cell, row))
                part.write(f"<row>{cells}</row>".encode())
            part.write(b"</sheetData></worksheet>")
    return buffer.getvalue()


def _related(*pairs: str) -> str:
    found = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(zip(pairs[::2], pairs[1::2], strict=True), start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'


def _cell(value: BookCell) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, date):
        number = serial_of(value)
        if number is not None:
            return f'<c s="{_DATE_STYLE}"><v>{number}</v></c>'
        value = f"{value.day:02}/{value.month:02}/{value.year:04}"
    if isinstance(value, int | float):
        return f"<c><v>{value!r}</v></c>"
    text = _as_xml_holds(harmless(value))
    if len(text) > CELL_LETTERS:
        raise InputError(
            f"A text has {len(value):,} characters, and a cell of a workbook holds "
            f"{CELL_LETTERS:,}. Write it as CSV."
        )
    return f'<c t="inlineStr"><is><t{_SPACE}>{escape(text)}</t></is></c>'


def _as_xml_holds(text: str) -> str:
    """The text with what XML cannot hold written by its number (ECMA-376, ST_Xstring)."""
    text = _ESCAPED.sub("_x005F_", text)
    text = _NOT_IN_XML.sub(lambda one: f"_x{ord(one[0]):04X}_", text)
    # A line break of XML itself would come back as another.
    text = text.replace("\r", "_x000D_")
    return _NO_CHARACTERS.sub("\ufffd", text)
