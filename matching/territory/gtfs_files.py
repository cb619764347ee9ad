"""The files of a GTFS feed, in a folder or a zip, read strictly and within limits.

The format is the *General Transit Feed Specification* (GTFS Schedule, gtfs.org). Columns that are
not asked for are passed over, as the format allows; everything else that is not as it should be is
refused with file, line, value and remedy.
"""

import csv
import io
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, is_zipfile

from matching.errors import TerritoryError

REQUIRED = ("stops.txt", "routes.txt", "trips.txt", "stop_times.txt")
CALENDARS = ("calendar.txt", "calendar_dates.txt")

# A feed of one region has a few tens of megabytes; a whole country would not be read in memory.
_MOST_FILES = 100
_MOST_BYTES = 300_000_000  # of one file, unpacked
_ENCRYPTED = 0x1


class FeedRow(NamedTuple):
    """The cells asked for of one line, empty where the feed lacks an optional column."""

    file: str
    line: int
    columns: Sequence[str]
    cells: Sequence[str]

    def wrong(self, column: str, remedy: str) -> TerritoryError:
        """Return the error that refuses the value of a cell."""
        value = self.cells[self.columns.index(column)]
        return TerritoryError(
            f"{self.file} line {self.line}: {column} {value!r} is not valid; {remedy}"
        )


@dataclass(frozen=True, slots=True)
class FeedFiles:
    """The files of an open feed by name."""

    path: Path
    names: frozenset[str]
    opened: Callable[[str], IO[bytes]]

    def rows(
        self, name: str, columns: Sequence[str], optional: Sequence[str] = ()
    ) -> Iterator[FeedRow]:
        """Yield the cells of ``columns`` and then of ``optional``, stripped, line by line."""
        file = f"{self.path.name} {name}"
        wanted = (*columns, *optional)
        try:
            with self.opened(name) as raw:
                lines = csv.reader(io.TextIOWrapper(raw, encoding="utf-8-sig", newline=""))
                header = [cell.strip() for cell in next(lines, [])]
                places = _places(file, header, columns, optional)
                for cells in lines:
                    if not cells:
                        continue
                    if len(cells) != len(header):
                        raise TerritoryError(
                            f"{file} line {lines.line_num}: {len(cells)} cells where {len(header)} "
                            "are due; correct the commas"
                        )
                    found = ["" if at is None else cells[at].strip() for at in places]
                    yield FeedRow(file, lines.line_num, wanted, found)
        except UnicodeDecodeError as error:
            raise TerritoryError(f"{file}: not UTF-8 ({error}); save it as UTF-8") from error
        except (csv.Error, BadZipFile, zlib.error, EOFError) as error:
            raise TerritoryError(
                f"{file}: cannot be read ({error}); download the feed again"
            ) from error


def check_feed(path: Path) -> None:
    """Refuse a feed that is missing, too large, or lacks a file, without reading its tables."""
    with open_feed(path):
        pass


@contextmanager
def open_feed(path: Path) -> Iterator[FeedFiles]:
    """Open a feed for reading; any fault is a ``TerritoryError``.

    Parameters
    ----------
    path
        A folder, or a zip with the files at its top, each of at most 300 MB when unpacked.
    """
    if path.is_dir():
        files = [item for item in path.iterdir() if item.is_file()]
        _check(path, {item.name: item.stat().st_size for item in files}, len(files))
        yield FeedFiles(
            path, frozenset(item.name for item in files), lambda name: (path / name).open("rb")
        )
        return
    if not path.is_file():
        raise TerritoryError(
            f"{path}: there is no such file or folder; put the timetable there, or remove the key "
            "'timetable' from [travel]"
        )
    if not is_zipfile(path):
        raise TerritoryError(f"{path.name}: not a zip; give a GTFS feed as a zip or a folder")
    try:
        archive = ZipFile(path)
    except BadZipFile as error:
        raise TerritoryError(f"{path.name}: a broken zip ({error}); download it again") from error
    with archive:
        members = archive.infolist()
        sizes = {member.filename: member.file_size for member in members}
        if len(sizes) < len(members):
            raise TerritoryError(f"{path.name}: a name occurs twice in the zip; leave one of them")
        for member in members:
            if "/" in member.filename or "\\" in member.filename:
                raise TerritoryError(
                    f"{path.name}: {member.filename!r} is in a folder; zip the files themselves, "
                    "not the folder that holds them"
                )
            if member.flag_bits & _ENCRYPTED:
                raise TerritoryError(
                    f"{path.name}: {member.filename!r} is encrypted; give a zip without password"
                )
            if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise TerritoryError(
                    f"{path.name}: {member.filename!r} is compressed in a way that is not read; "
                    "zip it again with the usual method (deflate)"
                )
        _check(path, sizes, len(members))
        yield FeedFiles(path, frozenset(sizes), archive.open)


def _check(path: Path, sizes: dict[str, int], files: int) -> None:
    if files > _MOST_FILES:
        raise TerritoryError(
            f"{path.name}: {files} files, at most {_MOST_FILES} are read; remove those that are "
            "not part of the feed"
        )
    missing = [name for name in REQUIRED if name not in sizes]
    if missing:
        raise TerritoryError(f"{path.name}: there is no {missing[0]}; a GTFS feed needs it")
    if not any(name in sizes for name in CALENDARS):
        raise TerritoryError(
            f"{path.name}: there is neither {' nor '.join(CALENDARS)}; a GTFS feed needs one"
        )
    for name, size in sizes.items():
        if size > _MOST_BYTES:
            raise TerritoryError(
                f"{path.name}: {name} has {size} bytes, at most {_MOST_BYTES} are read; cut the "
                "feed to the area of the territory"
            )


def _places(
    file: str, header: Sequence[str], columns: Sequence[str], optional: Sequence[str]
) -> list[int | None]:
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise TerritoryError(f"{file} line 1: the column {twice[0]!r} is there twice; remove one")
    for name in columns:
        if name not in header:
            raise TerritoryError(f"{file} line 1: there is no column {name!r}; add it")
    return [header.index(name) if name in header else None for name in (*columns, *optional)]
