"""Files are read in children that are limited, kept, and replaced when they die."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import matching
from matching.documents import Limits, WorkerPool, parse_document, read_document
from matching.domain import DocumentErrorCode
from matching.errors import DocumentError

from . import factories

ROOT = Path(matching.__file__).parent.parent
SAMPLES = {
    "cv.pdf": factories.pdf_sidebar_left(),
    "cv.docx": factories.docx_of_lines(*factories.MAIN),
    "cv.odt": factories.odt_of_lines(*factories.MAIN),
    "cv.rtf": factories.rtf(r"Citt\'e0 {\f2 \'9f} \u8217?"),
    "cv.html": b'<meta charset="windows-1250"><p>Lecco \xe1</p>',
    "cv.txt": "Città".encode("utf-16"),
}
SLOW = b"{\\rtf1 " + b"{a}" * 3_000_000 + b"}"


@pytest.fixture
def pool():
    made = WorkerPool(size=1)
    yield made
    made.close()


def child_of(pool):
    """The process id of the idle child of a pool of one."""
    return pool._idle[0]._process.pid


@pytest.mark.parametrize("name", SAMPLES)
def test_the_child_reads_what_this_process_would_read(name):
    assert read_document(SAMPLES[name], name) == parse_document(SAMPLES[name], name, Limits())


def test_one_child_serves_many_files(pool):
    pool.read(b"uno", "cv.txt")
    first = child_of(pool)
    for name, data in SAMPLES.items():
        pool.read(data, name)
    assert child_of(pool) == first


def test_a_refused_file_does_not_cost_a_child(pool):
    pool.read(b"uno", "cv.txt")
    first = child_of(pool)
    with pytest.raises(DocumentError):
        pool.read(b"\x89PNG\r\n\x1a\n", "cv.pdf")
    assert child_of(pool) == first


def test_a_child_killed_while_idle_is_replaced(pool):
    pool.read(b"uno", "cv.txt")
    first = child_of(pool)
    os.kill(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    assert pool.read(b"due", "cv.txt").text == "due"
    assert child_of(pool) != first


def test_a_file_that_takes_too_long_is_stopped_and_the_next_one_is_read(pool):
    with pytest.raises(DocumentError, match=r"0\.2 seconds") as refused:
        pool.read(SLOW, "cv.rtf", limits=Limits(timeout_seconds=0.2))
    assert refused.value.code == DocumentErrorCode.TIMEOUT
    assert pool.read(b"due", "cv.txt").text == "due"


def test_a_child_that_sleeps_is_stopped_by_the_clock(pool):
    pool.read(b"uno", "cv.txt")
    os.kill(child_of(pool), signal.SIGSTOP)
    started = time.monotonic()
    with pytest.raises(DocumentError) as refused:
        pool.read(b"due", "cv.txt", limits=Limits(timeout_seconds=0.2))
    assert refused.value.code == DocumentErrorCode.TIMEOUT
    assert time.monotonic() - started < 5
    assert pool.read(b"tre", "cv.txt").text == "tre"


def test_a_file_that_takes_too_much_memory_is_stopped_and_the_next_one_is_read(pool):
    page = b"<html>" + b"<p>a" * 2_000_000
    with pytest.raises(DocumentError, match=r"100\.0 MB") as refused:
        pool.read(page, "cv.html", limits=Limits(memory_bytes=100 * 1024 * 1024))
    assert refused.value.code == DocumentErrorCode.TOO_LARGE
    assert pool.read(b"due", "cv.txt").text == "due"


def test_several_threads_share_a_pool():
    pool = WorkerPool(size=2)
    texts: list[str] = []

    def read(number: int) -> None:
        texts.append(pool.read(b"testo %d" % number, "cv.txt").text)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(texts) == sorted(f"testo {number}" for number in range(12))
    assert len(pool._idle) <= 2
    pool.close()


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", script, *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "attempt",
    ["socket.socket()", "open('/etc/hostname')", "open('/tmp/x', 'w')", "os.pipe()"],
)
def test_a_restricted_child_can_open_nothing(attempt):
    done = run(
        "import os, socket\nfrom matching.documents.worker import _restrict_for_good\n"
        f"_restrict_for_good()\ntry:\n    {attempt}\n"
        "except OSError as error:\n    print(error.errno)"
    )
    assert done.stdout.strip() == "24", done.stderr  # EMFILE: no descriptor is left


def test_a_process_that_read_a_file_ends_cleanly_and_leaves_no_child():
    done = run(
        "from matching.documents import read_document, sandbox\n"
        "read_document(b'uno', 'cv.txt')\nprint(sandbox._shared._idle[0]._process.pid)"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert not Path(f"/proc/{done.stdout.strip()}").exists()


def test_importing_the_package_starts_nothing():
    done = run(
        "import subprocess\n"
        "def refuse(*_, **__): raise SystemExit('a process was started')\n"
        "subprocess.Popen.__init__ = refuse\nimport matching.documents, threading\n"
        "print(threading.active_count())"
    )
    assert done.stdout.strip() == "1", done.stderr
