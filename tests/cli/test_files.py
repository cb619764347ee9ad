import os
import stat
import threading
from pathlib import Path

import pytest
import typer

from matching.cli.files import check_there, check_writable, read_bytes, whole_file
from matching.documents import Limits
from matching.domain import DocumentErrorCode
from matching.errors import DocumentError, InputError


def test_every_path_that_is_missing_is_named(tmp_path: Path) -> None:
    (tmp_path / "here").touch()
    with pytest.raises(typer.BadParameter, match=r"uno \(is not there\), .*due \(is not there\)"):
        check_there([tmp_path / "uno", tmp_path / "here", tmp_path / "due"], "FILE")


def test_a_place_that_can_be_written_passes(tmp_path: Path) -> None:
    (tmp_path / "old.tsv").touch()
    check_writable(tmp_path / "new.tsv", [tmp_path / "old.tsv"])
    check_writable(tmp_path / "old.tsv", [])


@pytest.mark.parametrize(
    ("out", "said"),
    [("no/x.tsv", "does not exist"), (".", "is a folder"), ("link", "is an input")],
)
def test_a_place_that_cannot_is_refused(tmp_path: Path, out: str, said: str) -> None:
    (tmp_path / "in.jsonl").touch()
    (tmp_path / "link").symlink_to(tmp_path / "in.jsonl")
    with pytest.raises(InputError, match=said):
        check_writable(tmp_path / out, [tmp_path / "in.jsonl"])


def test_a_folder_is_an_unsupported_document(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        read_bytes(tmp_path)
    assert caught.value.code is DocumentErrorCode.UNSUPPORTED


def test_a_file_that_is_too_large_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "film.pdf"
    with path.open("wb") as file:
        file.truncate(1 << 40)  # a hole: takes no room on the disk, would take all memory
    with pytest.raises(DocumentError, match="1048576.0 MB") as caught:
        read_bytes(path)
    assert caught.value.code is DocumentErrorCode.TOO_LARGE


def test_a_source_without_end_is_read_no_further_than_needed() -> None:
    assert len(read_bytes(Path("/dev/zero"))) == Limits().max_bytes + 1


def test_a_disk_that_fails_costs_one_file_only() -> None:
    with pytest.raises(DocumentError) as caught:
        read_bytes(Path("/proc/self/mem"))
    assert caught.value.code is DocumentErrorCode.CORRUPT


def test_a_whole_file_replaces_the_old_one_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "out.tsv"
    path.write_text("old")
    with whole_file(path) as file:
        file.write("città\n")
        assert path.read_text() == "old"
    assert path.read_bytes() == "città\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def write_and(error: type[BaseException] | None, path: Path) -> None:
    with whole_file(path) as file:
        file.write("half")
        if error is not None:
            raise error


@pytest.mark.parametrize("error", [KeyboardInterrupt, ZeroDivisionError])
def test_a_file_that_was_not_finished_is_not_there(
    tmp_path: Path, error: type[BaseException]
) -> None:
    with pytest.raises(error):
        write_and(error, tmp_path / "out.tsv")
    assert list(tmp_path.iterdir()) == []


def test_a_link_goes_on_pointing_to_the_file_that_is_written(tmp_path: Path) -> None:
    (tmp_path / "real.tsv").touch()
    (tmp_path / "link.tsv").symlink_to(tmp_path / "real.tsv")
    with whole_file(tmp_path / "link.tsv") as file:
        file.write("x")
    assert (tmp_path / "link.tsv").is_symlink()
    assert (tmp_path / "real.tsv").read_text() == "x"


def test_a_pipe_is_written_and_stays_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(path.read_text()))
    reader.start()
    with whole_file(path) as file:
        file.write("x\n")
    reader.join()
    assert read == ["x\n"]
    assert stat.S_ISFIFO(path.stat().st_mode)


def test_a_full_disk_is_an_error_that_names_the_file() -> None:
    with pytest.raises(InputError, match="/dev/full: cannot be written: No space left"):
        write_and(None, Path("/dev/full"))
