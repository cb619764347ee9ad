"""The child process: reads files from its standard input, answers on its standard output.

Every message is a header line of JSON, the length of what follows included, then that many
bytes. ``child`` starts it and is the only one to speak with it. It does not run on Windows.
"""

import codecs
import json
import os
import re
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO

from matching.documents.drawing import draw_page
from matching.documents.isolation import leave_the_machine, only_compute
from matching.documents.parsing import parse_document
from matching.documents.plain import DECLARED_CODECS
from matching.documents.rtf import FONT_CODECS
from matching.documents.values import OUT_OF_MEMORY_STATUS, Limits
from matching.errors import DocumentError

_INPUT, _OUTPUT, _ERRORS = 0, 1, 2
_STATUS = "/proc/self/status"
_CODE_PAGES = frozenset(f"cp{number}" for number in (437, 850, *range(1250, 1259)))


def work_anywhere() -> None:
    """Work on every processor that there is: whoever begins a child may keep to one."""
    if hasattr(os, "sched_setaffinity"):
        with suppress(OSError):  # where that is forbidden, it is slower and nothing else
            os.sched_setaffinity(0, range(os.cpu_count() or 1))


def main() -> None:
    """Serve until the standard input closes."""
    work_anywhere()
    requests = os.fdopen(os.dup(_INPUT), "rb")
    answers = os.fdopen(os.dup(_OUTPUT), "wb")
    _mute()
    _load_codecs()
    peak_memory = _memory_gauge()
    layers = leave_the_machine()
    _restrict_for_good()
    layers |= only_compute()
    _send(answers, {"ready": True, "isolation": sorted(layers)})
    try:
        while header := requests.readline():
            request = json.loads(header)
            data = requests.read(request["size"])
            limits = Limits(**request["limits"])
            _restrict_for_one_file(limits)
            answer, body = _answer(data, request, limits)
            _send(answers, {**answer, "peak": peak_memory()}, body)
    except MemoryError:
        sys.exit(OUT_OF_MEMORY_STATUS)


def _answer(data: bytes, request: dict[str, Any], limits: Limits) -> tuple[dict[str, Any], bytes]:
    """Return the header and the body of an answer: a text, or the picture of a page."""
    try:
        if request["page"] is not None:
            drawn = draw_page(data, request["page"])
            return {
                "width": drawn.width,
                "height": drawn.height,
                "pages": drawn.pages,
            }, drawn.pixels
        document = parse_document(data, request["name"], limits)
        text = document.text.encode("utf-8", "replace")
        return {"format": document.format.value, "pages": document.pages}, text
    except DocumentError as error:
        return {"code": error.code.value, "message": error.message}, b""
    except MemoryError:
        return {"code": "memory"}, b""


def _send(answers: BinaryIO, answer: dict[str, Any], body: bytes = b"") -> None:
    header = json.dumps({**answer, "size": len(body)}).encode("ascii")
    answers.write(header + b"\n")
    answers.write(body)
    answers.flush()


def _mute() -> None:
    """Let nothing that a library prints reach the answers or the log of the parent."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (_INPUT, _OUTPUT, _ERRORS):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _memory_gauge() -> Callable[[], int]:
    """Return a function that tells the most memory held so far, in bytes.

    ``getrusage`` would count what the parent held when it started this process.
    """
    if not os.path.exists(_STATUS):
        return lambda: 0
    status = os.open(_STATUS, os.O_RDONLY)

    def read() -> int:
        found = re.search(rb"VmHWM:\s*(\d+) kB", os.pread(status, 8_192, 0))
        return int(found[1]) * 1024 if found else 0

    return read


def _load_codecs() -> None:
    """Load now what could not be loaded once no file can be opened."""
    for name in {"utf-16", "utf-16-le", "cp1252", *DECLARED_CODECS, *FONT_CODECS, *_CODE_PAGES}:
        codecs.lookup(name)


def _restrict_for_good() -> None:
    """Open no file and no connection, write no file, start no process, leave no core dump.

    What is open stays open: the two pipes and the memory gauge. Root escapes the limit of
    processes only.
    """
    for limit in (
        resource.RLIMIT_NOFILE,
        resource.RLIMIT_FSIZE,
        resource.RLIMIT_NPROC,
        resource.RLIMIT_CORE,
    ):
        resource.setrlimit(limit, (0, 0))


def _restrict_for_one_file(limits: Limits) -> None:
    _set_soft_limit(resource.RLIMIT_AS, limits.memory_bytes)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = usage.ru_utime + usage.ru_stime
    _set_soft_limit(resource.RLIMIT_CPU, int(spent + limits.timeout_seconds) + 1)


def _set_soft_limit(limit: int, value: int) -> None:
    _, hard = resource.getrlimit(limit)
    resource.setrlimit(limit, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


if __name__ == "__main__":
    main()
