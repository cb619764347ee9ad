"""Fetching archives, from a server on this machine that cuts, lies and points elsewhere."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from matching.errors import TaxonomyError
from matching.taxonomy.esco.download import DownloadLimits, address, fetch, parts

CONTENT = bytes(range(256)) * 1_000
SHA256 = hashlib.sha256(CONTENT).hexdigest()
QUICK = DownloadLimits(seconds=5, attempts=3, pause=0)


@dataclass
class Server:
    """A small file server: what it has, where it cuts an answer, what it was asked."""

    files: dict[str, bytes] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    cuts: list[int] = field(default_factory=list)
    ranges: bool = True
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    address: str = ""

    def url(self, name: str = "a.zip") -> str:
        return f"{self.address}/{name}"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    state = Server({"/a.zip": CONTENT, "/a.zip.sha256": f"{SHA256}  a.zip\n".encode()})

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = self.headers.get("Range")
            state.asked.append((self.path, asked))
            self.close_connection = True
            if self.path in state.redirects:
                self.send_response(302)
                self.send_header("Location", state.redirects[self.path])
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            data = state.files.get(self.path)
            if data is None:
                self.send_error(404)
                return
            start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and state.ranges else 0
            if start >= len(data):
                self.send_response(416)
                self.send_header("Content-Range", f"bytes */{len(data)}")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.send_response(206 if start else 200)
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
            self.send_header("Content-Length", str(len(data) - start))
            self.end_headers()
            most = state.cuts.pop(0) if state.cuts and self.path == "/a.zip" else len(data)
            self.wfile.write(data[start : start + most])

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        state.address = f"http://127.0.0.1:{running.server_port}"
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield state
        running.shutdown()
        thread.join()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "downloads" / "a.zip"


def test_an_archive_is_fetched_and_checked_with_the_checksum_beside_it(
    server: Server, target: Path
) -> None:
    seen: list[tuple[int, int | None]] = []
    fetch(server.url(), target, limits=QUICK, progress=lambda *now: seen.append(now))
    assert target.read_bytes() == CONTENT
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert [path.name for path in target.parent.iterdir()] == ["a.zip"]


def test_the_checksum_of_the_settings_is_enough(server: Server, target: Path) -> None:
    del server.files["/a.zip.sha256"]
    fetch(server.url(), target, sha256=SHA256.upper(), limits=QUICK)
    assert [path for path, _ in server.asked] == ["/a.zip"]


def test_a_connection_that_is_cut_goes_on_from_there(server: Server, target: Path) -> None:
    server.cuts = [100_000, 50_000]
    fetch(server.url(), target, sha256=SHA256, limits=QUICK)
    assert target.read_bytes() == CONTENT
    assert [asked for _, asked in server.asked] == [None, "bytes=100000-", "bytes=150000-"]


def test_a_later_run_goes_on_where_an_earlier_one_gave_up(server: Server, target: Path) -> None:
    server.cuts = [100_000, 10, 10]
    with pytest.raises(TaxonomyError, match="run the command again to go on"):
        fetch(server.url(), target, sha256=SHA256, limits=QUICK)
    assert not target.exists()
    fetch(server.url(), target, sha256=SHA256, limits=QUICK)
    assert target.read_bytes() == CONTENT
    assert server.asked[-1] == ("/a.zip", "bytes=100020-")


def test_a_server_that_knows_no_ranges_is_asked_for_everything_again(
    server: Server, target: Path
) -> None:
    server.ranges = False
    server.cuts = [100_000]
    fetch(server.url(), target, sha256=SHA256, limits=QUICK)
    assert target.read_bytes() == CONTENT


def test_what_was_whole_but_not_yet_checked_is_not_fetched_again(
    server: Server, target: Path
) -> None:
    target.parent.mkdir()
    target.with_name("a.zip.part").write_bytes(CONTENT)
    fetch(server.url(), target, sha256=SHA256, limits=QUICK)
    assert target.read_bytes() == CONTENT
    assert server.asked == [("/a.zip", f"bytes={len(CONTENT)}-")]


def test_a_longer_rest_of_another_file_is_thrown_away(server: Server, target: Path) -> None:
    target.parent.mkdir()
    target.with_name("a.zip.part").write_bytes(CONTENT + b"more")
    fetch(server.url(), target, sha256=SHA256, limits=QUICK)
    assert target.read_bytes() == CONTENT


def test_an_archive_that_is_there_and_right_is_not_fetched_again(
    server: Server, target: Path
) -> None:
    fetch(server.url(), target, sha256=SHA256, limits=QUICK)
    server.asked.clear()
    fetch(server.url(), target, sha256=SHA256, limits=QUICK)
    assert server.asked == []


def test_another_checksum_refuses_the_file_and_keeps_nothing(server: Server, target: Path) -> None:
    server.files["/a.zip"] = CONTENT[::-1]
    with pytest.raises(TaxonomyError, match=rf"its SHA-256 is .*, not {SHA256}"):
        fetch(server.url(), target, limits=QUICK)
    assert list(target.parent.iterdir()) == []
    server.files["/a.zip"] = CONTENT
    fetch(server.url(), target, limits=QUICK)
    assert target.read_bytes() == CONTENT


@pytest.mark.parametrize("beside", [None, b"not a checksum"])
def test_without_a_checksum_nothing_is_fetched(
    server: Server, target: Path, beside: bytes | None
) -> None:
    del server.files["/a.zip.sha256"]
    if beside is not None:
        server.files["/a.zip.sha256"] = beside
    with pytest.raises(TaxonomyError, match="VALORIAMO_TAXONOMY_SHA256"):
        fetch(server.url(), target, limits=QUICK)
    assert not target.parent.exists()


def test_an_address_that_has_nothing_is_said_with_the_answer(server: Server, target: Path) -> None:
    with pytest.raises(TaxonomyError, match=r"none\.zip: the server answers 404"):
        fetch(server.url("none.zip"), target, sha256=SHA256, limits=QUICK)


def test_a_server_that_is_not_there_is_said(target: Path) -> None:
    with pytest.raises(TaxonomyError, match="the server cannot be reached"):
        fetch("http://127.0.0.1:9/a.zip", target, sha256=SHA256, limits=QUICK)
    with pytest.raises(TaxonomyError, match="the server cannot be reached"):
        fetch("http://127.0.0.1:9/a.zip", target, limits=QUICK)


def test_a_redirection_on_the_web_is_followed(server: Server, target: Path) -> None:
    server.redirects["/old.zip"] = server.url()
    fetch(server.url("old.zip"), target, sha256=SHA256, limits=QUICK)
    assert target.read_bytes() == CONTENT


@pytest.mark.parametrize("elsewhere", [lambda path: f"file://{path}", lambda path: "ftp://x/a"])
def test_a_redirection_off_the_web_is_refused(
    server: Server, target: Path, tmp_path: Path, elsewhere: Callable[[Path], str]
) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(CONTENT)
    server.redirects["/old.zip"] = elsewhere(secret)
    with pytest.raises(TaxonomyError, match=r"not allowed|nothing is fetched from"):
        fetch(server.url("old.zip"), target, sha256=SHA256, limits=QUICK)
    assert not target.exists()


def test_more_than_any_archive_has_is_not_fetched(server: Server, target: Path) -> None:
    limits = DownloadLimits(bytes=1_000, seconds=5, attempts=1, pause=0)
    with pytest.raises(TaxonomyError, match="It was not fetched"):
        fetch(server.url(), target, sha256=SHA256, limits=limits)


def test_a_place_that_cannot_be_written_is_said(server: Server, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TaxonomyError, match="cannot be written"):
        fetch(server.url(), tmp_path / "file" / "a.zip", sha256=SHA256, limits=QUICK)


def test_an_address_is_filled_in() -> None:
    template = "https://mirror.example/v{version}/{part}.csv.zip"
    assert parts(("it", "en")) == ("relations", "classification-it", "classification-en")
    assert address(template, "relations", "1.1.1") == (
        "https://mirror.example/v1.1.1/relations.csv.zip"
    )


@pytest.mark.parametrize(
    "template",
    [
        "file:///srv/{part}.zip",
        "ftp://mirror.example/{part}.zip",
        "https://mirror.example/a.zip",
        "https://mirror.example/{part}/{language}.zip",
        "https://mirror.example/{part",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_by_name(template: str) -> None:
    with pytest.raises(TaxonomyError, match="VALORIAMO_TAXONOMY_URL="):
        address(template, "relations", "1.1.1")
