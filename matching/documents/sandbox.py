"""Parsing in child processes that may fail, hang or grow without harm to this one."""

import atexit
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from matching.documents.child import ChildProcess
from matching.documents.drawing import Picture
from matching.documents.isolation import Isolation
from matching.documents.ocr import Recognition, recognise_pages
from matching.documents.parsing import check_size
from matching.documents.sniffing import PDF_MARK
from matching.documents.values import Document, DocumentFormat, Limits
from matching.domain import DocumentErrorCode
from matching.errors import DocumentError

_DEFAULT_LIMITS = Limits()
_FEW_LETTERS = 40  # on a page
_FILES_PER_CHILD = 200  # then a fresh one, so that nothing piles up


def read_document(
    data: bytes,
    name: str,
    *,
    limits: Limits = _DEFAULT_LIMITS,
    recognition: Recognition | None = None,
) -> Document:
    """Read one file in a child process, or raise ``DocumentError``.

    With ``recognition``, a PDF of pictures is read by Tesseract; see ``matching.documents.ocr``.

    Enforced on the child by the kernel, everywhere: address space (``limits.memory_bytes``),
    processor time, no descriptor beyond its two pipes (so no file opened or written and no
    connection), no core dump. On Linux, where it is permitted: a network namespace of its own
    without any interface, no privileges over the machine even as root, and on x86-64 an
    allow-list of system calls under which it cannot open, connect, start, signal or inspect
    anything (``WorkerPool.isolation`` tells what holds). Enforced by this process: the clock
    (``limits.timeout_seconds``; then the child is killed and the next file gets a new one) and
    the length of the answer. The child inherits no environment but the locale and the search
    paths.

    Not enforced: where the kernel refuses namespaces and filters (macOS, some containers), code
    that took the child over could signal other processes of the same user, and as root raise its
    own limits. Run the service as a user of its own, in a container. Waiting for a free child
    takes no part of the time allowed.

    Children are kept for the next file: as many as there were files at once, no more than the
    machine has processors. They end with this process.
    """
    return _shared.read(data, name, limits=limits, recognition=recognition)


class WorkerPool:
    """Children that read files; may be used from several threads."""

    def __init__(self, size: int | None = None) -> None:
        self._slots = threading.BoundedSemaphore(size or max(2, os.cpu_count() or 1))
        self._lock = threading.Lock()
        self._idle: list[ChildProcess] = []
        self._owner: int | None = None

    def read(
        self,
        data: bytes,
        name: str,
        *,
        limits: Limits = _DEFAULT_LIMITS,
        recognition: Recognition | None = None,
    ) -> Document:
        """Read one file in an idle child or in a new one; see ``read_document``."""
        check_size(data, limits)

        def draw(page: int) -> Picture:
            with self._child(limits) as child:
                return child.draw(data, page, limits)

        try:
            with self._child(limits) as child:
                document = child.read(data, name, limits)
        except DocumentError as refused:
            is_scan = refused.code is DocumentErrorCode.NO_TEXT and PDF_MARK in data[:1024]
            if recognition is None or not is_scan:
                raise
            return recognise_pages(draw, recognition)
        if recognition is None or not _is_nearly_empty(document):
            return document
        try:
            return recognise_pages(draw, recognition)
        except DocumentError:
            return document  # the little text that there is

    def isolation(self) -> frozenset[Isolation]:
        """Which of the kernel's protections the children of this machine have."""
        with self._child(_DEFAULT_LIMITS) as child:
            return child.isolation

    @contextmanager
    def _child(self, limits: Limits) -> Iterator[ChildProcess]:
        """Lend a child; one that answered or refused is kept, any other ends."""
        with self._slots:
            child = self._take()
            is_whole = False
            try:
                yield child
                is_whole = True
            except DocumentError:
                is_whole = True
                raise
            finally:
                if is_whole and child.served < _FILES_PER_CHILD and child.is_fit(limits):
                    with self._lock:
                        self._idle.append(child)
                else:
                    child.kill()

    def close(self) -> None:
        """End the idle children; the pool can still be used."""
        with self._lock:
            children, self._idle = self._idle, []
        if self._owner == os.getpid():
            for child in children:
                child.kill()

    def _take(self) -> ChildProcess:
        with self._lock:
            if self._owner is None:
                atexit.register(self.close)
            if self._owner != os.getpid():  # after a fork the children are those of the parent
                self._idle, self._owner = [], os.getpid()
            while self._idle:
                child = self._idle.pop()
                if child.is_alive():
                    return child
                child.kill()
        return ChildProcess()


def _is_nearly_empty(document: Document) -> bool:
    """Say whether a PDF holds a stamp or a page number, but not the words of its pages."""
    letters = sum(map(str.isalpha, document.text))
    return document.format is DocumentFormat.PDF and letters < _FEW_LETTERS * (document.pages or 1)


_shared = WorkerPool()
