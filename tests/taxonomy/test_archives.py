"""Archives that are damaged, hostile or no archives are refused before they do harm."""

import gzip
import io
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from matching.errors import TaxonomyError
from matching.taxonomy.esco.archives import ArchiveLimits, Source, sources
from matching.taxonomy.esco.rows import header, rows
from tests.taxonomy.archives import classification, zipped

SMALL = ArchiveLimits(files=5, file_bytes=4_000, total_bytes=6_000, ratio=10, ratio_from=500)
NOISE = bytes(random.Random(1).choices(b"abcdefghijklmnopqrstuvwxyz,", k=3_000))


def read(source: Source) -> str:
    with source.text() as text:
        return text.read()


def test_the_csv_files_of_an_archive_are_found_by_their_names_in_any_folder(
    tmp_path: Path,
) -> None:
    archive = zipped(
        tmp_path / "a.zip",
        {"x/y/skills_en.csv": b"a\r\n1\r\n", "readme.txt": b"", "__MACOSX/._skills_en.csv": b"?"},
    )
    [source] = sources(archive)
    assert source.name == "skills_en.csv"
    assert source.where == "a.zip: x/y/skills_en.csv"
    assert read(source) == "a\r\n1\r\n"


@pytest.mark.parametrize("name", ["labels.csv", "labels.csv.gz"])
def test_a_single_csv_file_may_be_gzipped(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    data = "\ufeffa,b\r\n1,è\r\n".encode()
    path.write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    [source] = sources(path)
    assert source.name == "labels.csv"
    assert header(source) == ("a", "b")
    assert [list(row.values) for row in rows(source, ("b",), ("c",))] == [["è", ""]]


@pytest.mark.parametrize(
    "name",
    ["../skills_en.csv", "x/../../skills_en.csv", "/etc/skills_en.csv", "..\\skills_en.csv",
     "C:\\skills_en.csv"],
)  # fmt: skip
def test_a_name_that_leaves_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    archive = zipped(tmp_path / "slip.zip", {name: b"a\r\n"})
    with pytest.raises(TaxonomyError, match="leaves the archive"):
        sources(archive)


def an_archive_bomb(path: Path) -> Path:
    return zipped(path, {"skills_en.csv": b"a," * 1_900})


def many_files(path: Path) -> Path:
    return zipped(path, {f"{n}.csv": b"a" for n in range(6)})


def a_large_file(path: Path) -> Path:
    return zipped(path, {"skills_en.csv": NOISE + NOISE})


def a_large_archive(path: Path) -> Path:
    return zipped(path, {f"{n}.csv": NOISE for n in range(3)})


def no_archive(path: Path) -> Path:
    path.write_bytes(b"%PDF-1.7")
    return path


def cut_short(path: Path) -> Path:
    data = zipped(path, {"skills_en.csv": NOISE}).read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


def without_tables(path: Path) -> Path:
    return zipped(path, {"readme.txt": b"hello"})


def twice_the_same(path: Path) -> Path:
    return zipped(path, {"a/skills_en.csv": b"a", "b/skills_en.csv": b"b"})


def with_password(path: Path) -> Path:
    data = bytearray(zipped(path, {"skills_en.csv": b"a,b\r\n"}).read_bytes())
    flags = data.rfind(b"PK\x01\x02") + 8
    data[flags : flags + 2] = struct.pack("<H", 1)
    path.write_bytes(bytes(data))
    return path


def a_folder(path: Path) -> Path:
    path.mkdir()
    return path


def nothing(path: Path) -> Path:
    return path


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (an_archive_bomb, "times its size, as an archive bomb does"),
        (many_files, "holds 6 files, more than 5"),
        (a_large_file, "larger than any release"),
        (a_large_archive, "larger than any release"),
        (no_archive, "is no zip archive"),
        (cut_short, "is no zip archive"),
        (without_tables, "holds no CSV file"),
        (twice_the_same, "is in the archive twice"),
        (with_password, "protected by a password"),
        (a_folder, "is a folder"),
        (nothing, "cannot be read"),
    ],
)
def test_what_is_no_safe_archive_is_refused_with_the_reason(
    tmp_path: Path, make: Callable[[Path], Path], said: str
) -> None:
    with pytest.raises(TaxonomyError, match=r"given\.zip") as caught:
        sources(make(tmp_path / "given.zip"), SMALL)
    assert said in str(caught.value)


def test_an_archive_that_lies_about_its_sizes_is_refused_while_it_is_read(tmp_path: Path) -> None:
    bomb = tmp_path / "labels.csv.gz"
    bomb.write_bytes(gzip.compress(b"a,b\r\n" * 2_000))
    [source] = sources(bomb, SMALL)
    with pytest.raises(TaxonomyError, match="larger than any release"):
        read(source)


def test_bytes_that_changed_inside_an_archive_are_noticed(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"skills_en.csv": NOISE})
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))
    [source] = sources(path)
    with pytest.raises(TaxonomyError, match=r"a\.zip: skills_en\.csv.*is damaged"):
        read(source)


@pytest.mark.parametrize("kept", [5, 30])
def test_a_gzipped_table_that_was_cut_short_is_noticed(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "labels.csv.gz"
    path.write_bytes(gzip.compress(NOISE)[:kept])
    [source] = sources(path)
    with pytest.raises(TaxonomyError, match=r"labels\.csv\.gz.*is damaged"):
        read(source)


def test_an_archive_packed_in_an_unknown_way_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped(tmp_path / "a.zip", {"skills_en.csv": NOISE}).read_bytes())
    for mark, place in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        start = data.find(mark) + place
        data[start : start + 2] = struct.pack("<H", 99)
    (tmp_path / "a.zip").write_bytes(bytes(data))
    [source] = sources(tmp_path / "a.zip")
    with pytest.raises(TaxonomyError, match="packed in a way that cannot be read"):
        read(source)


def test_a_whole_classification_is_inside_the_limits(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "en.zip", classification())
    with zipfile.ZipFile(io.BytesIO(archive.read_bytes())) as content:
        names = content.namelist()
    assert [source.name for source in sources(archive)] == names
