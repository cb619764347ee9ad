"""A lock on a file: of several processes one goes on, the others wait for a while."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import IO

from matching.errors import ModelError

_STEP = 0.05


@contextmanager
def locked(path: Path, *, seconds: float = 30.0) -> Iterator[None]:
    """Hold the lock of a file, which is made if need be; its folder must be there.

    The system gives the lock back when the process ends, however it ends.

    Raises
    ------
    ModelError
        When somebody else still holds it after ``seconds``.
    """
    with path.open("ab") as file:
        last = monotonic() + seconds
        while not _taken(file):
            if monotonic() >= last:
                raise ModelError(
                    f"{path}: another command holds the lock since {seconds:g} seconds. Wait "
                    "until it has ended, then try again."
                )
            sleep(_STEP)
        yield


def _taken(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
