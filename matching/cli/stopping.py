"""Work that ends when it is told to: what is in hand is finished first."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType

_KINDS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stopped_by_signals() -> Iterator[Event]:
    """An event that Ctrl-C and SIGTERM set; told a second time, the process ends at once."""
    stop = Event()
    before = {kind: signal.getsignal(kind) for kind in _KINDS}

    def told(number: int, frame: FrameType | None) -> None:
        stop.set()
        for kind in _KINDS:
            signal.signal(kind, signal.SIG_DFL)

    for kind in _KINDS:
        signal.signal(kind, told)
    try:
        yield stop
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
