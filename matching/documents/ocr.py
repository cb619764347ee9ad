"""Text recognition in pictures of pages, by the system's Tesseract. Optional, off unless asked.

Tesseract never sees the file that was sent: the child process draws its pages, and what goes to
Tesseract are plain grey pixels. It runs without network, with limits of its own.
"""

import os
import selectors
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from math import ceil

from matching.documents import isolation
from matching.documents.cleaning import clean_pages
from matching.documents.drawing import Picture
from matching.documents.values import MEGABYTE, Document, DocumentFormat
from matching.domain import DocumentErrorCode
from matching.errors import DocumentError

_CHUNK = 1 << 16
_LONGEST_OUTPUT = 2 * MEGABYTE
_LIST_SECONDS = 10.0
_INHERITED = {"LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "PATH", "TESSDATA_PREFIX"}
_BOOTSTRAP = "import runpy, sys; runpy.run_path(sys.argv[1])['become_program']()"
_INSTALL = (
    "Install the packages tesseract-ocr and tesseract-ocr-ita (names of Debian and Ubuntu; "
    "tesseract and tesseract-lang with Homebrew), or send the original file."
)


@dataclass(frozen=True, kw_only=True)
class Recognition:
    """How pictures are read: the program, its language, and what one page may cost.

    ``timeout_seconds`` is the clock of one page, ``memory_bytes`` the address space of the
    program. A document of more than ``max_pages`` is refused.
    """

    program: str = "tesseract"
    language: str = "ita"
    max_pages: int = 20
    timeout_seconds: float = 60.0
    memory_bytes: int = 1024 * MEGABYTE


def recognise_pages(draw: Callable[[int], Picture], settings: Recognition) -> Document:
    """Read a whole PDF by its pictures; ``draw`` gives the picture of a page, from 0.

    Raises
    ------
    DocumentError
        ``no_text`` where Tesseract or its Italian is not installed, or where it finds nothing;
        ``too_large``, ``timeout`` or ``corrupt`` where a page could not be read.
    """
    program = _installed(settings)
    picture = draw(0)
    count = picture.pages
    if count > settings.max_pages:
        raise DocumentError(
            DocumentErrorCode.TOO_LARGE,
            f"The PDF has {count} scanned pages; text recognition reads at most "
            f"{settings.max_pages}. Send only the pages of the CV or of the vacancy.",
        )
    pages = [_recognise(program, picture, settings)]
    pages.extend(_recognise(program, draw(number), settings) for number in range(1, count))
    text = clean_pages(pages)
    if not any(map(str.isalnum, text)):
        raise DocumentError(
            DocumentErrorCode.NO_TEXT,
            f"The PDF has {count} page(s), and text recognition found no words in them. "
            "Scan the document again, straight and with more contrast.",
        )
    return Document(text, DocumentFormat.PDF, count, ocr=True)


def _installed(settings: Recognition) -> str:
    program = shutil.which(settings.program)
    if program is None:
        raise DocumentError(
            DocumentErrorCode.NO_TEXT,
            "The PDF is a scan, and text recognition was asked for, but the program "
            f"{settings.program} is not installed. {_INSTALL}",
        )
    listed = _output_of([program, "--list-langs"], b"", settings, seconds=_LIST_SECONDS, merge=True)
    if settings.language not in listed.decode("utf-8", "replace").split():
        raise DocumentError(
            DocumentErrorCode.NO_TEXT,
            "The PDF is a scan, and text recognition was asked for, but Tesseract has no data "
            f"for the language {settings.language!r}. {_INSTALL}",
        )
    return program


def _recognise(program: str, picture: Picture, settings: Recognition) -> list[str]:
    image = b"P5 %d %d 255\n" % (picture.width, picture.height) + picture.pixels
    # Mode 1 finds columns and which way is up.
    command = [program, "stdin", "stdout", "-l", settings.language, "--psm", "1", "--dpi", "300"]
    output = _output_of(command, image, settings, seconds=settings.timeout_seconds)
    return output.decode("utf-8", "replace").replace("\f", "\n").splitlines()


def _output_of(
    command: Sequence[str],
    payload: bytes,
    settings: Recognition,
    *,
    seconds: float,
    merge: bool = False,
) -> bytes:
    """Run a command without network and with limits; give it bytes, return what it prints."""
    limits = [str(settings.memory_bytes), str(ceil(seconds))]
    deadline = time.monotonic() + seconds
    with _process([isolation.__file__, *limits, *command], merge=merge) as process:
        try:
            output = _converse(process, payload, deadline)
            if len(output) > _LONGEST_OUTPUT:
                raise _failed("it writes without end")
            status = process.wait(max(0.1, deadline - time.monotonic()))
        except (TimeoutError, subprocess.TimeoutExpired) as error:
            raise DocumentError(
                DocumentErrorCode.TIMEOUT,
                f"Text recognition took more than {seconds:g} seconds for a page and was "
                "stopped. Scan the page again with a lower resolution, or send the original file.",
            ) from error
    if status != 0:
        raise _failed(f"tesseract ended with status {status}")
    return output


def _failed(reason: str) -> DocumentError:
    return DocumentError(
        DocumentErrorCode.CORRUPT,
        f"Text recognition failed ({reason}). Scan the page again, or send the original file.",
    )


@contextmanager
def _process(arguments: Sequence[str], *, merge: bool) -> Iterator[subprocess.Popen[bytes]]:
    environment = {key: value for key, value in os.environ.items() if key in _INHERITED}
    process = subprocess.Popen(
        [sys.executable, "-I", "-c", _BOOTSTRAP, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if merge else subprocess.DEVNULL,
        env={**environment, "OMP_THREAD_LIMIT": "1"},
        cwd="/",
        start_new_session=True,
        bufsize=0,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # with whatever it started
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def _converse(process: subprocess.Popen[bytes], payload: bytes, deadline: float) -> bytes:
    """Write the payload and read until the output ends, or is too long to be a page."""
    stdin, stdout = process.stdin, process.stdout
    if stdin is None or stdout is None:
        return b""
    os.set_blocking(stdin.fileno(), False)
    unsent = memoryview(payload)
    output = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(stdout, selectors.EVENT_READ)
        selector.register(stdin, selectors.EVENT_WRITE)
        while len(output) <= _LONGEST_OUTPUT:
            ready = selector.select(max(0.0, deadline - time.monotonic()))
            if time.monotonic() > deadline:
                raise TimeoutError
            for key, _ in ready:
                if key.fileobj is stdout:
                    chunk = os.read(stdout.fileno(), _CHUNK)
                    if not chunk:
                        return bytes(output)
                    output += chunk
                elif unsent:
                    unsent = unsent[_sent(stdin.fileno(), unsent) :]
                else:
                    selector.unregister(stdin)
                    stdin.close()
    return bytes(output)


def _sent(descriptor: int, data: memoryview) -> int:
    """Write a part; a program that reads no more has had all it wants."""
    try:
        return os.write(descriptor, data[:_CHUNK])
    except BrokenPipeError:
        return len(data)
