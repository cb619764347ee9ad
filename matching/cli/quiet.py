"""Standard output kept for results, while a library that prints by itself is at work."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def library_silent() -> Iterator[None]:
    """What compiled code prints to standard output goes nowhere.

    HiGHS prints a line of its own when it mends a solution, whatever it is told; it would stand
    among the JSON of a command.
    """
    sys.stdout.flush()
    library = ctypes.CDLL(None)
    library.fflush(None)
    kept = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
        library.fflush(None)
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
