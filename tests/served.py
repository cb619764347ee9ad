"""A hub served by ``valoriamo serve`` in a process of its own, and asked over the network."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from matching.operations.installing import make_installation
from matching.operations.places import places_of
from matching.settings import read_settings

ROOT = Path(__file__).parents[1]
COMMAND = (sys.executable, "-c", "from training.cli import main; main()")


def environment_of(home: Path, **variables: str) -> dict[str, str]:
    """The environment of a command on a home, with this code and none of the tester's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VALORIAMO_")}
    return {**kept, "PYTHONPATH": str(ROOT), "VALORIAMO_HOME": str(home), **variables}


def a_hub_home(home: Path, cache: Path) -> None:
    """Make an installation in a home that has the index of the shipped lexicon already."""
    home.mkdir(parents=True)
    (home / "cache").symlink_to(cache)
    make_installation(places_of(read_settings(home=home)), "lucia")


@dataclass
class Served:
    """A process that serves; ``said`` are the lines of its stderr so far."""

    process: "subprocess.Popen[str]"
    said: list[str] = field(default_factory=list)
    address: str = ""
    reader: threading.Thread | None = None
    _news: threading.Condition = field(default_factory=threading.Condition)

    def hear(self, lines: Iterable[str]) -> None:
        """Take in lines as they come."""
        for line in lines:
            with self._news:
                self.said.append(line)
                self._news.notify_all()

    def heard(self, text: str) -> bool:
        """Wait until a line with a text was said; whether it was within a minute."""
        with self._news:
            return self._news.wait_for(lambda: any(text in line for line in self.said), 60)

    def client(self, **options: Any) -> httpx.Client:
        """A client of this server."""
        return httpx.Client(base_url=self.address, timeout=60, **options)

    def ended(self) -> tuple[int, str, str]:
        """Wait for the end: exit code, stdout, stderr."""
        code = self.process.wait(timeout=60)
        assert self.process.stdout is not None
        assert self.reader is not None
        self.reader.join()
        return code, self.process.stdout.read(), "".join(self.said)


@contextmanager
def served(home: Path, *arguments: str, **variables: str) -> Iterator[Served]:
    """Serve a home on a free port of this machine, and end it afterwards."""
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", *arguments],
        env=environment_of(home, **variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=home,
    )
    assert process.stderr is not None
    error = process.stderr
    found = Served(process)
    try:
        for line in error:
            found.said.append(line)
            if "Started server process" in line:
                break
        listening = re.search(r"listening on (http://\S+)", "".join(found.said))
        assert listening, "".join(found.said)
        found.address = listening[1]
        found.reader = threading.Thread(target=found.hear, args=[error], daemon=True)
        found.reader.start()
        with httpx.Client(transport=httpx.HTTPTransport(retries=5)) as client:
            assert client.get(f"{found.address}/healthz").status_code == 200
        yield found
    finally:
        process.kill()
        process.wait()
        if found.reader is not None:
            found.reader.join()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()
