"""A watch for lines of a hundred thousand characters: none may take time by their square."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

# A quadratic reading of such a line took over a minute; a linear one takes about a second.
_SECONDS = 15.0


@contextmanager
def quickly() -> Iterator[None]:
    start = time.process_time()
    yield
    assert time.process_time() - start < _SECONDS
