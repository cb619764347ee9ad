"""Files for tests, as programs write them, and as nobody should."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import openpyxl

from matching.interchange import (
    FileKind,
    Gazetteer,
    ReadRows,
    map_columns,
    read_rows,
    read_table,
    usable,
)

DAY = date(2026, 11, 28)
PLACES = Gazetteer(
    municipality={"Lecco": "097042", "097042": "097042", "Merate": "097048"}.get,
    point={"punto-lecco": "punto-lecco", "Punto di Lecco": "punto-lecco"}.get,
)
CONTENT_TYPES = "[Content_Types].xml"


def rows_of(
    content: bytes, kind: FileKind = FileKind.PERSONS, told: Mapping[str, str] | None = None
) -> ReadRows:
    """The rows of a file, as an import reads them."""
    table = read_table(content)
    columns = usable(map_columns(table.headings, kind, told))
    return read_rows(table, columns, kind, as_of=DAY, places=PLACES)


def csv_of(*lines: str, encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    return "".join(f"{line}{end}" for line in lines).encode(encoding)


def book_of(
    rows: Iterable[Sequence[Any]], *, sheet: str = "Foglio1", more: Mapping[str, Any] | None = None
) -> bytes:
    """A workbook, written by a program that is not ours; ``more`` are further sheets."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for name, others in (more or {}).items():
        other = book.create_sheet(name)
        for row in others:
            other.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def archive_of(parts: Mapping[str, bytes | str], *, packed: bool = True) -> bytes:
    buffer = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def sheet_of(xml: str, **parts: str) -> bytes:
    """A workbook of one sheet with this XML between the rows' tags."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    texts = parts.get("texts")
    related = f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
    made = {
        CONTENT_TYPES: "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">'
        f"{parts.get('about', '')}"
        '<sheets><sheet name="Foglio1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">'
        f"<sheetData>{xml}</sheetData></worksheet>",
    }
    if texts is not None:
        related += (
            f'<Relationship Id="r2" Type="{office}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
        )
        made["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{texts}</sst>'
    made["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{package}">{related}</Relationships>'
    )
    return archive_of(made)


def cell(text: str, place: str | None = None) -> str:
    where = "" if place is None else f' r="{place}"'
    return f'<c{where} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def row(*texts: str, number: int | None = None) -> str:
    place = "" if number is None else f' r="{number}"'
    return f"<row{place}>{''.join(map(cell, texts))}</row>"
