"""XLSX, read row by row: no formula is computed, no macro kept, nothing outside is asked for."""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element
from xml.parsers.expat import ExpatError

from matching.documents.archive import open_archive, read_xml
from matching.documents.markup import root_name
from matching.documents.values import Limits
from matching.errors import DocumentError, InputError
from matching.interchange.book_values import SINCE_1900, SINCE_1904, shows_days
from matching.interchange.formulas import plain_text
from matching.interchange.limits import FileLimits
from matching.interchange.sheet import Look, read_rows, read_texts
from matching.interchange.table import Assumed, Assumption, Cell, Counted, FileTable, table_of

# What reading raises for a workbook that is not one.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, ExpatError, LookupError, ValueError, OverflowError, EOFError,
    OSError, RuntimeError,
)  # fmt: skip
_MARKUP = (".xml", ".rels", ".vml")
_SAVE = "Save it again as XLSX, or as CSV UTF-8."
_MOST_STRUCTURE = 5 * 1024 * 1024  # bytes of a part that is read whole: names, styles
_SHOWN = "visible"
_SHEET, _TEXTS, _STYLES = "/worksheet", "/sharedStrings", "/styles"


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a workbook by its place in the archive, and what it is."""

    place: str
    kind: str


def read_xlsx(content: bytes, *, limits: FileLimits, sheet: str | None = None) -> FileTable:
    """The table of a sheet: the one named, else the first that is not hidden.

    Cells hold what was last computed in them.

    Raises
    ------
    InputError
        For a file that is no workbook, is not safe to expand, or holds no table.
    """
    allowed = Limits(
        max_entries=limits.max_entries,
        max_expanded_bytes=limits.max_expanded_bytes,
        max_ratio=limits.max_ratio,
    )
    try:
        with open_archive(content, allowed) as archive:
            _check(archive)
            name, is_one_of_several, numbered = _read(archive, limits, sheet)
    except DocumentError as error:
        raise InputError(f"The workbook is not read ({error.code}). {_SAVE}") from error
    except _BROKEN as error:
        raise InputError(f"The workbook is damaged and cannot be read. {_SAVE}") from error
    assumed = (Assumption(Assumed.SHEET, name),) if is_one_of_several and sheet is None else ()
    return table_of(numbered, assumptions=assumed, limits=limits)


def _check(archive: zipfile.ZipFile) -> None:
    """Refuse what declares entities or carries macros."""
    names = archive.namelist()
    if not any(name.lower() == "[content_types].xml" for name in names):
        raise InputError(f"The file is an archive, and no XLSX workbook. {_SAVE}")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise InputError(f"The workbook holds macros. {_SAVE}")
    for name in names:
        if name.lower().endswith(_MARKUP):
            with archive.open(name) as part:
                # A document type can only stand at the beginning.
                root_name(part.read(_MOST_STRUCTURE), f"The part {name[:80]!r}")


def _read(
    archive: zipfile.ZipFile, limits: FileLimits, asked: str | None
) -> tuple[str, bool, list[tuple[int, tuple[Cell, ...]]]]:
    place = next(
        (one.place for one in _related(archive, "").values() if one.kind == "/officeDocument"),
        "xl/workbook.xml",
    )
    book, parts = _structure(archive, place), _related(archive, place)
    sheets = {name: parts[key].place for name, key in _sheets(book, parts)}
    if asked is not None and asked not in sheets:
        # What a sheet is called could be anything, and an error is told where a file is not.
        raise InputError(
            f"The workbook has no sheet of that name; it has {len(sheets)} that are shown."
        )
    if not sheets:
        raise InputError("The workbook has no sheet with rows.")
    name = asked or next(iter(sheets))
    with archive.open(sheets[name]) as part:
        counted = Counted(limits)
        numbered = []
        for number, cells in read_rows(part, _look(archive, book, parts, limits), limits):
            counted.add(len(cells))
            numbered.append((number, tuple(map(_cell, cells))))
    return name, len(sheets) > 1, numbered


def _sheets(book: Element, parts: Mapping[str, _Part]) -> Iterator[tuple[str, str]]:
    for one in _elements(book, "sheet"):
        key = next((value for name, value in one.items() if name.endswith("}id")), "")
        is_table = key in parts and parts[key].kind == _SHEET
        if is_table and one.get("state", _SHOWN) == _SHOWN:
            yield one.get("name", ""), key


def _look(
    archive: zipfile.ZipFile, book: Element, parts: Mapping[str, _Part], limits: FileLimits
) -> Look:
    texts: list[str] = []
    dates: frozenset[int] = frozenset()
    for one in parts.values():
        if one.kind == _TEXTS:
            with archive.open(one.place) as part:
                texts = read_texts(part, limits)
        elif one.kind == _STYLES:
            dates = frozenset(_dates(_structure(archive, one.place)))
    since_1904 = any(one.get("date1904") in ("1", "true") for one in _elements(book, "workbookPr"))
    return Look(texts=texts, dates=dates, epoch=SINCE_1904 if since_1904 else SINCE_1900)


def _dates(styles: Element) -> Iterator[int]:
    own = {one.get("numFmtId"): one.get("formatCode") for one in _elements(styles, "numFmt")}
    cells = next((one for one in styles if _short(one) == "cellXfs"), None)
    for number, one in enumerate(() if cells is None else cells):
        key = one.get("numFmtId", "0")
        if shows_days(int(key), own.get(key)):
            yield number


def _related(archive: zipfile.ZipFile, place: str) -> dict[str, _Part]:
    """The parts that a part names, by the key that it names them with."""
    folder, name = posixpath.split(place)
    index = posixpath.join(folder, "_rels", f"{name}.rels")
    if index not in archive.namelist():
        return {}
    return {
        one.get("Id", ""): _Part(
            posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/"),
            "/" + one.get("Type", "").rpartition("/")[2],
        )
        for one in _elements(_structure(archive, index), "Relationship")
    }


def _structure(archive: zipfile.ZipFile, place: str) -> Element:
    if archive.getinfo(place).file_size > _MOST_STRUCTURE:
        raise InputError(f"The workbook has too many sheets or styles to be read. {_SAVE}")
    return read_xml(archive, place)


def _elements(root: Element, name: str) -> Iterator[Element]:
    return (one for one in root.iter() if _short(one) == name)


def _short(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _cell(value: Cell) -> Cell:
    return plain_text(value) if isinstance(value, str) else value
