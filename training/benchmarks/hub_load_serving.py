"""A server in a process of its own, and what it takes of the machine while it is asked."""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from matching.errors import InputError

_LISTENING = re.compile(r"listening on http://127\.0\.0\.1:(\d+)")
_TO_START = 600  # seconds: a new home builds its index first
_TO_END = 60
_EVERY = 1.0  # seconds between two looks at the memory
_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Server:
    """A server that listens on a port of this machine."""

    port: int
    process: int

    def cpu_seconds(self) -> float:
        """How long the processors worked for it so far, on its own account and the kernel's."""
        fields = Path(f"/proc/{self.process}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> float:
        """How much of the memory it has to itself or shares, in MB."""
        pages = int(Path(f"/proc/{self.process}/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / _MB

    @contextmanager
    def watched(self) -> Iterator[list[float]]:
        """Its memory in MB, once a second, for as long as this lasts."""
        found = [self.memory_mb()]
        over = Event()

        def look() -> None:
            while not over.wait(_EVERY):
                found.append(self.memory_mb())

        watching = Thread(target=look)
        watching.start()
        try:
            yield found
        finally:
            over.set()
            watching.join()


@contextmanager
def served(command: Sequence[str], log: Path, environment: Mapping[str, str]) -> Iterator[Server]:
    """Start a server, and end it (SIGTERM) afterwards.

    Parameters
    ----------
    command
        What says on stderr that it is ``listening on http://127.0.0.1:PORT``.
    log
        Where its stderr goes.
    environment
        Variables on top of those of this process.

    Raises
    ------
    InputError
        Where it ends or does not listen within ten minutes; its last lines are told.
    """
    with (
        log.open("wb") as stderr,
        subprocess.Popen(command, stderr=stderr, env={**os.environ, **environment}) as process,
    ):
        try:
            yield Server(_port(process, log), process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(_TO_END)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def _answers(port: int) -> bool:
    # A port is said when it is taken, some seconds before it is listened on.
    with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False


def _port(process: "subprocess.Popen[bytes]", log: Path) -> int:
    last = time.monotonic() + _TO_START
    while process.poll() is None and time.monotonic() < last:
        found = _LISTENING.search(log.read_text("utf-8", errors="replace"))
        if found and _answers(int(found[1])):
            return int(found[1])
        time.sleep(0.05)
    lines = log.read_text("utf-8", errors="replace").splitlines()
    raise InputError(f"{log}: the server did not start: {' / '.join(lines[-3:])}")
