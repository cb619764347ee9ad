"""Parsing in child processes that may fail, hang or grow without harm to this one."""

import atexit
import os
import threading

from matching.documents.child import ChildProcess
from matching.documents.parsing import check_size
from matching.documents.values import Document, Limits
from matching.errors import DocumentError

_DEFAULT_LIMITS = Limits()
_FILES_PER_CHILD = 200  # then a fresh one, so that nothing piles up


def read_document(data: bytes, name: str, *, limits: Limits = _DEFAULT_LIMITS) -> Document:
    """Read one file in a child process, or raise ``DocumentError``.

    Enforced on the child by the kernel: address space (``limits.memory_bytes``), processor
    time, no descriptor beyond its two pipes (so no file opened or written and no connection),
    no process of its own unless it runs as root, no core dump. Enforced by this process: the
    clock (``limits.timeout_seconds``; then the child is killed and the next file gets a new
    one) and the length of the answer. The child inherits no environment but the locale and
    the search paths.

    Not enforced: the child has the user and the system calls of this process, so code that
    took it over could signal other processes of the same user, and as root raise its own
    limits. Run the service as a user of its own, in a container. Waiting for a free child
    takes no part of the time allowed.

    Children are kept for the next file: as many as there were files at once, no more than the
    machine has processors. They end with this process.
    """
    return _shared.read(data, name, limits=limits)


class WorkerPool:
    """Children that read files; may be used from several threads."""

    def __init__(self, size: int | None = None) -> None:
        self._slots = threading.BoundedSemaphore(size or max(2, os.cpu_count() or 1))
        self._lock = threading.Lock()
        self._idle: list[ChildProcess] = []
        self._owner: int | None = None

    def read(self, data: bytes, name: str, *, limits: Limits = _DEFAULT_LIMITS) -> Document:
        """Read one file in an idle child or in a new one; see ``read_document``."""
        check_size(data, limits)
        with self._slots:
            child = self._take()
            is_whole = False
            try:
                document = child.read(data, name, limits)
                is_whole = True
                return document
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


_shared = WorkerPool()
