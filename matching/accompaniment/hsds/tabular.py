"""HSDS in tabular form: CSV files with a ``datapackage.json``, in a zip or a folder.

Nothing is unpacked to disk. Cells that could be formulas are neutralised when written, which
``datapackage.json`` says; only then is the apostrophe taken away again when they are read.
"""

import csv
import io
import json
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from matching.accompaniment.hsds.cells import as_was, neutralised
from matching.accompaniment.hsds.exporting import Rows
from matching.accompaniment.hsds.findings import Finding, Gravity, Problem
from matching.accompaniment.hsds.limits import Limits, too_large
from matching.accompaniment.hsds.tables import TABLES, VERSION, Record
from matching.errors import InputError

_PACKAGE = "datapackage.json"
_MARK = "valoriamo"
_NEUTRALISED = "neutralised"
_ENCRYPTED = 0x1
_SAME_DAY = (1980, 1, 1, 0, 0, 0)  # so that equal catalogues give equal archives
# What zipfile raises for an archive that it cannot read; a compression that it does not know is
# the NotImplementedError, an encrypted member the RuntimeError.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file of a package: which table it is, and its text."""

    name: str
    file: str
    text: str


def write_files(rows: Rows) -> dict[str, str]:
    """The files of a package by name: a CSV for each table that has rows, and what they are."""
    files = {TABLES[name].file: _csv(name, found) for name, found in rows.items() if found}
    files[_PACKAGE] = json.dumps(_package([n for n, found in rows.items() if found]), indent=1)
    return files


def zipped(files: Mapping[str, str]) -> bytes:
    """The files in one archive, byte for byte the same for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, _SAME_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, text.encode())
    return buffer.getvalue()


def read_package(path: Path, limits: Limits) -> tuple[list[Record], list[Finding]]:
    """The rows of a zip or folder of CSV files, and what is wrong with their form.

    Raises
    ------
    InputError
        Naming the file: no archive, a damaged or unsafe one, one without ``services.csv``, too
        large, not UTF-8.
    """
    with _opened(path, limits) as (names, read):
        mark = _is_neutralised(path, names, read)
        known = {file: name for name, form in TABLES.items() for file in _aliases(name, form.file)}
        tables = [
            Table(known[_last(name)], _last(name), _decoded(path, name, read(name)))
            for name in names
            if _last(name) in known
        ]
    if not any(table.name == "service" for table in tables):
        raise InputError(f"{path}: holds no services.csv; an HSDS package of CSV files has one.")
    if len({table.name for table in tables}) < len(tables):
        raise InputError(f"{path}: holds the same table twice; keep one of each.")
    records: list[Record] = []
    findings: list[Finding] = []
    for table in tables:
        _read_table(path, table, mark, limits, records, findings)
    return records, findings


def _csv(name: str, rows: Iterable[Mapping[str, str]]) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    columns = TABLES[name].columns
    writer.writerow(columns)
    for row in rows:
        writer.writerow([neutralised(row.get(column, "")) for column in columns])
    return buffer.getvalue()


def _package(names: Sequence[str]) -> dict[str, object]:
    return {
        "name": "human_services_data",
        "profile": "tabular-data-package",
        "version": VERSION,
        _MARK: {_NEUTRALISED: True},
        "resources": [_resource(name, names) for name in names],
    }


def _resource(name: str, names: Sequence[str]) -> dict[str, object]:
    form = TABLES[name]
    fields = [
        {
            "name": column,
            "type": "number" if column in form.numbers else "string",
            "constraints": {"required": column in form.required},
        }
        for column in form.columns
    ]
    keys = [
        {"fields": column, "reference": {"resource": owner, "fields": "id"}}
        for column, owner in form.owners
        if owner in names
    ]
    return {
        "name": name,
        "path": form.file,
        "format": "csv",
        "mediatype": "text/csv",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": "id", "foreignKeys": keys},
    }


@contextmanager
def _opened(path: Path, limits: Limits) -> Iterator[tuple[list[str], Callable[[str], bytes]]]:
    """The names in a package, and a way to read one."""
    if path.is_dir():
        files = {file.name: file for file in sorted(path.iterdir()) if file.is_file()}
        sizes = {name: file.stat().st_size for name, file in files.items()}
        relevant = [name for name in files if name.endswith((".csv", ".json"))]
        _check_sizes(path, {name: sizes[name] for name in relevant}, limits)
        yield relevant, lambda name: _bytes_of(files[name])
        return
    if path.stat().st_size > limits.total_bytes:
        raise too_large(path, limits)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_entries(path, entries, limits)
            names = [entry.filename for entry in entries]
            yield names, lambda name: _member(path, archive, name)
    except zipfile.BadZipFile as error:
        raise InputError(
            f"{path}: is no zip archive, or a damaged one; export it again."
        ) from error


def _member(path: Path, archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except _DAMAGED as error:
        raise InputError(f"{path}: {name} is damaged ({error}); export it again.") from error


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}.") from error


def _check_entries(path: Path, entries: Sequence[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.files:
        raise InputError(f"{path}: holds {len(entries)} files; at most {limits.files} are read.")
    for entry in entries:
        parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
        leaves = ".." in parts or (parts and (parts[0] == "/" or parts[0].endswith(":")))
        if leaves or stat.S_ISLNK(entry.external_attr >> 16):
            raise InputError(f"{path}: the name {entry.filename[:80]!r} leaves the archive.")
        if entry.flag_bits & _ENCRYPTED:
            raise InputError(f"{path}: is protected by a password; give it without one.")
        if entry.file_size > max(limits.ratio_from, limits.ratio * max(entry.compress_size, 1)):
            raise too_large(path, limits)
    _check_sizes(path, {entry.filename: entry.file_size for entry in entries}, limits)


def _check_sizes(path: Path, sizes: Mapping[str, int], limits: Limits) -> None:
    if sum(sizes.values()) > limits.total_bytes:
        raise too_large(path, limits)
    if any(size > limits.file_bytes for size in sizes.values()):
        raise too_large(path, limits)


def _is_neutralised(path: Path, names: Sequence[str], read: Callable[[str], bytes]) -> bool:
    found = [name for name in names if _last(name) == _PACKAGE]
    if not found:
        return False
    try:
        package = json.loads(_decoded(path, _PACKAGE, read(found[0])))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: {_PACKAGE} is no JSON; correct or remove it.") from error
    mark = package.get(_MARK) if isinstance(package, dict) else None
    return isinstance(mark, dict) and mark.get(_NEUTRALISED) is True


def _aliases(name: str, file: str) -> set[str]:
    """Names that versions of the specification, and their users, give to the file of a table."""
    return {file, f"{name}.csv", f"{name}s.csv", *(["services_at_location.csv"] * ("_at_" in name))}


def _last(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name.lower()


def _decoded(path: Path, name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: {name} is not UTF-8 at byte {error.start}; save it as UTF-8."
        ) from error


def _read_table(
    path: Path,
    table: Table,
    mark: bool,
    limits: Limits,
    records: list[Record],
    findings: list[Finding],
) -> None:
    first = table.text.partition("\n")[0]
    comma = ";" if first.count(";") > first.count(",") else ","  # as some spreadsheets write
    lines = csv.reader(io.StringIO(table.text, newline=""), delimiter=comma)
    form = TABLES[table.name]
    try:
        header = [cell.strip() for cell in next(lines, [])]
        _check_header(table, header, findings)
        start = lines.line_num + 1
        for cells in lines:
            if len(records) >= limits.rows:
                raise InputError(f"{path}: has more than {limits.rows:,} rows; divide the file.")
            line, start = start, lines.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                findings.append(_finding(table, line, "", Problem.SHAPE, comma.join(cells)))
            values = {
                column: as_was(cell) if mark else cell
                for column, cell in zip(header, cells, strict=False)
                if column in form.columns
            }
            records.append(Record(table.name, table.file, line, values))
    except csv.Error as error:
        findings.append(_finding(table, lines.line_num, "", Problem.SHAPE, str(error)))


def _check_header(table: Table, header: Sequence[str], findings: list[Finding]) -> None:
    form = TABLES[table.name]
    for column in form.required:
        if column not in header:
            findings.append(_finding(table, 1, column, Problem.MISSING))
    for column in header:
        if header.count(column) > 1:
            findings.append(_finding(table, 1, column, Problem.REPEATED))
        elif column and column not in form.columns:
            findings.append(
                Finding(
                    gravity=Gravity.NOT_READ,
                    file=table.file,
                    line=1,
                    field=column,
                    problem=Problem.NOT_KNOWN_HERE,
                )
            )


def _finding(table: Table, line: int, field: str, problem: Problem, value: str = "") -> Finding:
    return Finding(
        gravity=Gravity.ERROR,
        file=table.file,
        line=line,
        field=field,
        problem=problem,
        value=value,
    )
