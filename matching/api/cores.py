"""On which of the machine's processors the threads of a service work.

One interpreter runs one thread at a time. Threads on several processors wake each other at every
step that they hand over, many a request: on one they take half the time for the same
(``valoriamo benchmark hub-load``). What computes outside the interpreter works elsewhere meanwhile.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


def _own() -> frozenset[int]:
    """The processors of this thread, none where the system does not tell."""
    if not hasattr(os, "sched_getaffinity"):
        return frozenset()
    return frozenset(os.sched_getaffinity(0))


def _work_on(cores: frozenset[int]) -> None:
    if cores:
        # Where whoever runs the service forbids it, it is slower and nothing else.
        with suppress(OSError):
            os.sched_setaffinity(0, cores)


@contextmanager
def on_one_core() -> Iterator[None]:
    """Keep this thread, and those that it begins meanwhile, on one processor of its own."""
    before = _own()
    cores = sorted(before)
    # Of several services on a machine not all on the same.
    _work_on(frozenset(cores[os.getpid() % len(cores) :][:1]) if cores else before)
    try:
        yield
    finally:
        _work_on(before)


@dataclass(frozen=True)
class Turns:
    """Lets one thread compute at a time, on any processor that the service was given.

    Of two that compute in one interpreter neither is sooner, and whoever reads a file meanwhile
    would wait for both at each of her steps. To be made before :func:`on_one_core`.
    """

    cores: frozenset[int] = field(default_factory=_own)
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for a turn, and have it until this ends."""
        with self._turn:
            before = _own()
            _work_on(self.cores)
            try:
                yield
            finally:
                _work_on(before)
