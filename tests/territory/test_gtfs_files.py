from pathlib import Path
from zipfile import ZIP_BZIP2, ZipFile

import pytest

from matching.errors import TerritoryError
from matching.territory.gtfs_files import check_feed, open_feed
from tests.territory.feeds import FEED, write_feed, zip_feed


def _rows(path: Path, name: str, *columns: str, optional: tuple[str, ...] = ()) -> list[list[str]]:
    with open_feed(path) as files:
        return [list(row.cells) for row in files.rows(name, columns, optional)]


def test_a_folder_and_a_zip_read_the_same(tmp_path: Path) -> None:
    folder, archive = write_feed(tmp_path / "feed"), zip_feed(tmp_path / "feed.zip")
    for name in ("stops.txt", "routes.txt"):
        column = FEED[name].split(",", 1)[0]
        assert _rows(folder, name, column) == _rows(archive, name, column)


def test_columns_may_stand_in_any_order_and_optional_ones_may_lack(tmp_path: Path) -> None:
    feed = write_feed(tmp_path / "feed", ("routes.txt", "", 'colour,route_id\n"1,2", line \n\n'))
    rows = _rows(feed, "routes.txt", "route_id", optional=("route_type", "colour"))
    assert rows == [["line", "", "1,2"]]


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    feed = write_feed(tmp_path / "feed")
    (feed / "routes.txt").write_text("\ufeffroute_id\r\nline\r\n", encoding="utf-8")
    assert _rows(feed, "routes.txt", "route_id") == [["line"]]


def test_a_feed_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TerritoryError, match=r"no\.zip: there is no such file.*'timetable'"):
        check_feed(tmp_path / "no.zip")


@pytest.mark.parametrize("name", ["stops.txt", "routes.txt", "trips.txt", "stop_times.txt"])
def test_a_file_that_every_feed_needs_is_missed(tmp_path: Path, name: str) -> None:
    feed = write_feed(tmp_path / "feed")
    (feed / name).unlink()
    with pytest.raises(TerritoryError, match=f"feed: there is no {name}"):
        check_feed(feed)


def test_one_of_the_two_calendars_is_enough(tmp_path: Path) -> None:
    feed = write_feed(tmp_path / "feed")
    (feed / "calendar.txt").unlink()
    check_feed(feed)
    (feed / "calendar_dates.txt").unlink()
    with pytest.raises(TerritoryError, match="neither calendar.txt nor calendar_dates.txt"):
        check_feed(feed)


def test_what_is_no_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "feed.zip"
    path.write_text("route_id", encoding="utf-8")
    with pytest.raises(TerritoryError, match=r"feed\.zip: not a zip"):
        check_feed(path)


@pytest.mark.parametrize("within", ["feed/", "../", "/tmp/", "c:\\"])
def test_a_zip_with_folders_is_refused(tmp_path: Path, within: str) -> None:
    path = zip_feed(tmp_path / "feed.zip", within=within)
    with pytest.raises(TerritoryError, match="is in a folder; zip the files themselves"):
        check_feed(path)


def test_a_name_that_occurs_twice_in_a_zip_is_refused(tmp_path: Path) -> None:
    path = zip_feed(tmp_path / "feed.zip")
    with ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("stops.txt", FEED["stops.txt"])
    with pytest.raises(TerritoryError, match="occurs twice"):
        check_feed(path)


def test_a_zip_packed_in_another_way_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "feed.zip"
    with ZipFile(path, "w", ZIP_BZIP2) as archive:
        for name, text in FEED.items():
            archive.writestr(name, text)
    with pytest.raises(TerritoryError, match="compressed in a way that is not read"):
        check_feed(path)


def test_a_feed_of_too_many_files_is_refused(tmp_path: Path) -> None:
    feed = write_feed(tmp_path / "feed")
    for number in range(100):
        (feed / f"{number}.txt").touch()
    with pytest.raises(TerritoryError, match="106 files, at most 100"):
        check_feed(feed)


def test_a_file_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = zip_feed(tmp_path / "feed.zip")
    with ZipFile(path, "a") as archive:
        archive.writestr("shapes.txt", "")
    whole = path.read_bytes()
    # The size that the zip says it has, in the directory at its end.
    entry = whole.rindex(b"PK\x01\x02")
    path.write_bytes(
        whole[: entry + 24] + (400_000_000).to_bytes(4, "little") + whole[entry + 28 :]
    )
    with pytest.raises(TerritoryError, match="shapes.txt has 400000000 bytes, at most 300000000"):
        check_feed(path)


def test_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    path = zip_feed(tmp_path / "feed.zip")
    whole = path.read_bytes()
    entry = whole.rindex(b"PK\x01\x02")
    path.write_bytes(whole[: entry + 8] + b"\x01\x00" + whole[entry + 10 :])
    with pytest.raises(TerritoryError, match="is encrypted"):
        check_feed(path)


def test_a_zip_whose_content_is_damaged_is_refused(tmp_path: Path) -> None:
    path = zip_feed(tmp_path / "feed.zip")
    whole = bytearray(path.read_bytes())
    start = whole.index(b"routes.txt") + len(b"routes.txt")
    whole[start : start + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(bytes(whole))
    check_feed(path)
    with pytest.raises(TerritoryError, match=r"feed\.zip routes\.txt: cannot be read"):
        _rows(path, "routes.txt", "route_id")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("route_name\nline\n", "routes.txt line 1: there is no column 'route_id'"),
        ("", "routes.txt line 1: there is no column 'route_id'"),
        ("route_id,route_id\na,b\n", "routes.txt line 1: the column 'route_id' is there twice"),
        ("route_id\nline\nline,3\n", "routes.txt line 3: 2 cells where 1 are due"),
    ],
)
def test_a_table_that_is_not_as_it_should_be_is_refused(
    tmp_path: Path, text: str, message: str
) -> None:
    feed = write_feed(tmp_path / "feed")
    (feed / "routes.txt").write_text(text, encoding="utf-8")
    with pytest.raises(TerritoryError, match=message):
        _rows(feed, "routes.txt", "route_id")


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    feed = write_feed(tmp_path / "feed")
    (feed / "routes.txt").write_bytes("route_id\ncittà\n".encode("latin-1"))
    with pytest.raises(TerritoryError, match="routes.txt: not UTF-8"):
        _rows(feed, "routes.txt", "route_id")
