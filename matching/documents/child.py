"""The parent's side of one child process: send a file, wait for the answer, judge its death."""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

import matching
from matching.documents.drawing import MOST_PIXELS, Picture
from matching.documents.isolation import Isolation
from matching.documents.values import (
    OUT_OF_MEMORY_STATUS,
    Document,
    DocumentFormat,
    Limits,
    size_label,
)
from matching.domain import DocumentErrorCode
from matching.errors import DocumentError, ValoriamoError

_CHUNK = 1 << 16
_LONGEST_HEADER = 10_000
_BYTES_PER_CHARACTER = 4
_START_SECONDS = 60.0
_ENDING_SECONDS = 2.0
_GROWN_SHARE = 0.5
# How parsers end themselves when memory is refused; a kill not of ours is the kernel's, for
# the same reason.
_OUT_OF_MEMORY_SIGNALS = {"SIGABRT", "SIGTRAP", "SIGILL", "SIGKILL"}
_INHERITED = {"LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "PATH"}
_BOOTSTRAP = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from matching.documents.worker import main; main()"
)


class ChildDiedError(Exception):
    """The child closed its pipe before the answer was complete."""


class ChildProcess:
    """One child and its two pipes. After an error other than a refusal it is dead."""

    def __init__(self) -> None:
        root = Path(matching.__file__).parent.parent
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _BOOTSTRAP, str(root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={key: value for key, value in os.environ.items() if key in _INHERITED},
            cwd="/",
            start_new_session=True,  # Ctrl-C is for this process; the child ends with its pipe
        )
        self.served = 0
        self._peak = 0
        self._started = False
        self._isolation: frozenset[Isolation] = frozenset()

    @property
    def isolation(self) -> frozenset[Isolation]:
        """What the kernel keeps from the child, as the child itself found when it started."""
        if not self._started:
            self._wait_until_ready()
        return self._isolation

    def read(self, data: bytes, name: str, limits: Limits) -> Document:
        """Return the text of one file, or raise what the child found wrong with it."""
        answer, text = self._ask({"name": name, "page": None}, data, limits, _text_bytes(limits))
        return Document(
            text.decode("utf-8", "replace"), DocumentFormat(answer["format"]), answer["pages"]
        )

    def draw(self, data: bytes, page: int, limits: Limits) -> Picture:
        """Return the picture of one page of a PDF, counted from 0."""
        answer, pixels = self._ask({"name": "", "page": page}, data, limits, MOST_PIXELS)
        picture = Picture(int(answer["width"]), int(answer["height"]), pixels, int(answer["pages"]))
        if picture.width * picture.height != len(pixels):
            self.kill()
            raise self._death(limits)
        return picture

    def _ask(
        self, request: dict[str, Any], data: bytes, limits: Limits, longest: int
    ) -> tuple[dict[str, Any], bytes]:
        if not self._started:
            self._wait_until_ready()
        request = {**request, "size": len(data), "limits": asdict(limits)}
        payload = json.dumps(request).encode("ascii") + b"\n" + data
        try:
            answer, body = self._exchange(payload, limits.timeout_seconds, longest)
        except TimeoutError as error:
            self.kill()
            raise _timeout(limits) from error
        except ChildDiedError as error:
            raise self._death(limits) from error
        self.served += 1
        if answer.get("code") == "memory":
            self.kill()
            raise _out_of_memory(limits)
        self._peak = int(answer.get("peak", 0))
        if "code" in answer:
            raise DocumentError(DocumentErrorCode(answer["code"]), str(answer["message"]))
        return answer, body

    def is_alive(self) -> bool:
        """Say whether the child can still be asked."""
        return self._process.poll() is None

    def is_fit(self, limits: Limits) -> bool:
        """Say whether the child lives, and has not grown so much that it should be replaced."""
        is_small = self._peak <= _GROWN_SHARE * limits.memory_bytes
        return self._process.returncode is None and is_small

    def kill(self) -> int:
        """End the child at once; return how it had ended, a negative number for a signal."""
        if self._process.returncode is None:
            self._process.kill()
            self._process.wait()
        for pipe in self._pipes():
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
        return self._process.returncode

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise ValoriamoError("The reading process has no pipes; this cannot happen.")
        return stdin, stdout

    def _wait_until_ready(self) -> None:
        for pipe in self._pipes():
            os.set_blocking(pipe.fileno(), False)
        try:
            ready, _ = self._exchange(b"", _START_SECONDS, 0)
        except (TimeoutError, ChildDiedError) as error:
            status = self.kill()
            raise ValoriamoError(
                f"The process that reads documents did not start (status {status}). Run "
                f"{sys.executable} -I -c 'import lxml, pypdfium2' and install what is missing."
            ) from error
        self._isolation = frozenset(map(Isolation, ready.get("isolation", [])))
        self._started = True

    def _exchange(
        self, payload: bytes, seconds: float, longest: int
    ) -> tuple[dict[str, Any], bytes]:
        """Send a request and return the answer's header and body."""
        deadline = time.monotonic() + seconds
        stdin, stdout = self._pipes()
        unsent = memoryview(payload)
        received = bytearray()
        header: dict[str, Any] | None = None
        start = 0
        with selectors.DefaultSelector() as selector:
            selector.register(stdout, selectors.EVENT_READ)
            if unsent:
                selector.register(stdin, selectors.EVENT_WRITE)
            while header is None or len(received) - start < header["size"]:
                for key, _ in selector.select(max(0.0, deadline - time.monotonic())):
                    if key.fileobj is stdout:
                        received += _received(stdout)
                    elif unsent := unsent[_sent(stdin, unsent) :]:
                        continue
                    else:
                        selector.unregister(stdin)
                if header is None and (start := received.find(b"\n") + 1):
                    header = _checked_header(received[:start], longest)
                if len(received) > start + longest + _LONGEST_HEADER:
                    raise ChildDiedError
                if time.monotonic() > deadline:
                    raise TimeoutError
        return header, bytes(received[start:])

    def _death(self, limits: Limits) -> DocumentError:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_ENDING_SECONDS)  # its pipe is closed: how it ends tells why
        status = self.kill()
        how = signal.Signals(-status).name if status < 0 else f"status {status}"
        if how == "SIGXCPU":
            return _timeout(limits)
        if how in _OUT_OF_MEMORY_SIGNALS or status == OUT_OF_MEMORY_STATUS:
            return _out_of_memory(limits)
        return DocumentError(
            DocumentErrorCode.CORRUPT,
            f"The file made its reader fail ({how}), so it is damaged or built to do so. "
            "Save or print it to PDF again and send the new copy.",
        )


def _received(pipe: IO[bytes]) -> bytes:
    chunk = os.read(pipe.fileno(), _CHUNK)
    if not chunk:
        raise ChildDiedError
    return chunk


def _sent(pipe: IO[bytes], data: memoryview) -> int:
    try:
        return os.write(pipe.fileno(), data[:_CHUNK])
    except BrokenPipeError as error:
        raise ChildDiedError from error


def _text_bytes(limits: Limits) -> int:
    return limits.max_characters * _BYTES_PER_CHARACTER


def _checked_header(line: bytearray, longest: int) -> dict[str, Any]:
    """Read the answer's first line; a child that was taken over could send anything."""
    try:
        header = json.loads(line)
        size = header["size"]
    except (ValueError, KeyError, TypeError) as error:
        raise ChildDiedError from error
    if not isinstance(size, int) or not 0 <= size <= longest:
        raise ChildDiedError
    return {**header}


def _timeout(limits: Limits) -> DocumentError:
    return DocumentError(
        DocumentErrorCode.TIMEOUT,
        f"Reading took more than {limits.timeout_seconds:g} seconds and was stopped. "
        "Save the document again, or print it to PDF, and send the new copy.",
    )


def _out_of_memory(limits: Limits) -> DocumentError:
    return DocumentError(
        DocumentErrorCode.TOO_LARGE,
        f"Reading took more than {size_label(limits.memory_bytes)} of memory and was stopped. "
        "Save the document again with smaller images, or print it to PDF.",
    )
