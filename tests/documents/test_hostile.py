"""Whatever is sent is answered: soon, with its code, at no cost to the process that asked."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import matching

from .corpus import CORPUS
from .hostile import READ, Hostile

ROOT = Path(matching.__file__).parent.parent
SECONDS = 10.0
GRACE = 1.5  # to kill a child, start the next one and read a good file
MEGABYTES = 130  # of this process's peers: the interpreter, the largest file and its answer
READER = """
import json, pathlib, re, sys, time
from matching.documents import read_document
from matching.errors import DocumentError

for line in sys.stdin:
    path, name = json.loads(line)
    data = pathlib.Path(path).read_bytes()
    started = time.monotonic()
    try:
        code, said = "read", read_document(data, name).text[:60]
    except DocumentError as error:
        code, said = str(error.code), error.message
    seconds = time.monotonic() - started
    good = read_document(b"Magazziniere", "cv.txt").text == "Magazziniere"
    status = pathlib.Path("/proc/self/status").read_text()
    peak = int(re.search(r"VmHWM:\\s*(\\d+)", status)[1]) // 1024
    print(json.dumps([code, said, seconds, good, peak]), flush=True)
"""


@pytest.fixture(scope="module")
def reader():
    """A process of its own that reads one file after the other, as a service does."""
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", READER],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        yield process
        process.stdin.close()
        assert process.wait(60) == 0


@pytest.fixture(scope="module")
def answer(reader, tmp_path_factory):
    """Send a hostile file to the reader; return what became of it."""
    path = tmp_path_factory.mktemp("hostile") / "file"

    def send(case: Hostile) -> dict[str, Any]:
        path.write_bytes(case.build())
        reader.stdin.write(json.dumps([str(path), case.name]) + "\n")
        reader.stdin.flush()
        return dict(zip(("code", "said", "seconds", "good", "peak"),
                        json.loads(reader.stdout.readline()), strict=True))  # fmt: skip

    return send


@pytest.mark.parametrize("case", CORPUS, ids=str)
def test_a_hostile_file_is_answered_and_the_next_good_one_is_read(answer, case: Hostile):
    found = answer(case)
    assert found["code"] in case.codes, found
    assert found["code"] == READ or found["said"].count(". ") >= 1  # what is wrong, what to do
    assert "root:" not in found["said"]
    assert found["seconds"] < SECONDS + GRACE
    assert found["good"]
    assert found["peak"] < MEGABYTES


def test_the_corpus_is_large_and_of_every_kind():
    assert len({case.title for case in CORPUS}) == len(CORPUS) >= 60
    kinds = Counter(case.name.rpartition(".")[2] for case in CORPUS)
    assert all(kinds[kind] >= 4 for kind in ("pdf", "docx", "odt", "rtf", "html", "txt", "xml"))
    assert kinds["json"] >= 4
