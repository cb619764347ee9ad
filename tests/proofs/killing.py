"""A process that acts on an installation, killed (SIGKILL) at a moment made by chance.

What acts is a function that is given a :class:`Process`: it opens its own store, has the process
watch the store's engine, and says after each commit what was acknowledged::

    def act(process: Process) -> None:
        with process.opened(places) as store:
            for number in range(5):
                ...
                process.acknowledge(number=number)

    whole = run(act)                                  # how many moments it passes
    for point in points(200, whole, seed=8):
        ended = run(act, point)
        wait_until_alone(places)
        check_whole(places)
        ...                                           # ended.acknowledged is there, nothing is half

Half of the points are moments at a statement, a commit or an acknowledgement, so that each of them
is met; the other half are moments of the clock, which fall within writing to the disk as well.
"""

import ctypes
import json
import os
import random
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from threadpoolctl import threadpool_info

from matching.operations.places import Places, opened
from matching.operations.staging import check_whole as check_sqlite
from matching.store import Store
from matching.store.tables import metadata
from tests.databases import serving
from tests.operations.installations import with_database

KILLED = -signal.SIGKILL
_PAUSE_HARD = 2  # OpenMP 5.0, 3.2.13: omp_pause_hard
_SHORTEST = 0.002  # below this many seconds a process has not begun


@dataclass(frozen=True, slots=True)
class Point:
    """When a process is killed: at a moment that it passes, or so many seconds after it began."""

    moment: int | None = None
    seconds: float | None = None


@dataclass
class Process:
    """What acts has this at hand, in the process that is to be killed."""

    said: Path
    last: int | None = None
    passed: int = 0
    _descriptor: int = field(default=-1, repr=False)

    @contextmanager
    def opened(self, places: Places) -> Iterator[Store]:
        """The store of an installation as it is served, watched."""
        with opened(with_database(places, serving(places.database))) as store:
            self.watch(store.engine)
            yield store

    def watch(self, engine: Engine | type[Engine]) -> None:
        """Count a moment before and after every statement, before every commit and undoing.

        The class stands for every engine that is made within the process.
        """

        def passes(*_: Any, **__: Any) -> None:
            self.moment()

        for name in ("before_cursor_execute", "after_cursor_execute", "commit", "rollback"):
            sa.event.listen(engine, name, passes)

    def moment(self) -> None:
        """Pass a moment: at the last one nothing more is done."""
        self.passed += 1
        if self.passed == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def acknowledge(self, **what: Any) -> None:
        """Say what whoever asked was told, outside the process; to be called after the commit."""
        self.moment()
        self._say({"what": what})
        self.moment()

    def begins(self) -> None:
        """Say that acting begins now."""
        self._descriptor = os.open(self.said, os.O_WRONLY | os.O_APPEND)
        self._say({"begun": time.monotonic()})

    def ends(self) -> None:
        """Say that all was done, and how many moments were passed."""
        self._say({"moments": self.passed, "ended": time.monotonic()})

    def _say(self, line: dict[str, Any]) -> None:
        # One write for a line: whoever is killed has said it whole, or not at all.
        os.write(self._descriptor, json.dumps(line).encode() + b"\n")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended (0, :data:`KILLED`), and what it had acknowledged until then.

    ``moments`` and ``seconds`` are of a process that was left to its end.
    """

    code: int
    acknowledged: tuple[dict[str, Any], ...]
    moments: int = 0
    seconds: float = 0.0


def run(act: Callable[[Process], None], point: Point | None = None) -> Ended:
    """Act in a process of its own, killed at a point where one is given.

    Nothing may have the installation's database open meanwhile: SQLite's locks do not survive a
    fork. What goes wrong in the process is printed, and fails here.
    """
    chosen = point or Point()
    with _said(1) as files:
        child = _begun(act, Process(files[0], last=chosen.moment))
        return _ended(_waited(child, chosen.seconds), files[0])


def run_together(*acts: Callable[[Process], None]) -> list[Ended]:
    """Act in several processes at once, each left to its end; see :func:`run`."""
    with _said(len(acts)) as files:
        children = [
            _begun(act, Process(file)) for act, file in zip(acts, files, strict=True)
        ]  # fmt: skip
        codes = [_waited(child, None) for child in children]
        return [_ended(code, file) for code, file in zip(codes, files, strict=True)]


def points(count: int, whole: Ended, *, seed: int) -> Iterator[Point]:
    """Points by chance within what a process did that was left to its end."""
    chance = random.Random(seed)
    for number in range(count):
        if number % 2:
            yield Point(seconds=chance.uniform(_SHORTEST, whole.seconds))
        else:
            yield Point(moment=chance.randint(1, whole.moments))


def check_whole(places: Places) -> None:
    """Nothing is damaged, refers to nothing, or is missing from the journal's chain and heads."""
    with opened(places) as store:
        with store.engine.connect() as connection, connection.begin():
            check_sqlite(connection)
            lost = list(dangling(connection))
        # Said here: of what is no test itself, pytest shows no values.
        assert not lost, f"rows refer to nothing: {lost}"
        problems = store.verified().problems
        assert not problems, f"the journal does not hold together: {problems}"


def dangling(connection: Connection) -> Iterator[str]:
    """The foreign keys of which a row refers to nothing, on either database."""
    for table in metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            target = key.referred_table.alias()
            pairs = [(one.parent, target.c[one.column.name]) for one in key.elements]
            joined = sa.and_(*(own == other for own, other in pairs))
            lost = (
                sa.select(sa.func.count()).select_from(table.outerjoin(target, joined))
                .where(*(own.is_not(None) for own, _ in pairs), pairs[0][1].is_(None))
            )  # fmt: skip
            if connection.execute(lost).scalar_one():
                yield f"{table.name}: {key.name}"


@contextmanager
def _said(count: int) -> Iterator[list[Path]]:
    """Files in which processes say what they acknowledged."""
    with TemporaryDirectory(prefix="said-") as folder:
        files = [Path(folder) / str(number) for number in range(count)]
        for file in files:
            file.touch()
        yield files


def _begun(act: Callable[[Process], None], process: Process) -> int:
    """A process that acts; its number."""
    _end_openmp()
    child = os.fork()
    if child:
        return child
    # Nothing of the test's own process may go on in this one, whatever happens.
    code = 1
    try:
        process.begins()
        act(process)
        process.ends()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _end_openmp() -> None:
    """End the threads of OpenMP: a fork has none of them, and would wait for them forever."""
    for one in threadpool_info():
        if one["user_api"] == "openmp":
            ctypes.CDLL(one["filepath"]).omp_pause_resource_all(_PAUSE_HARD)


def _ended(code: int, said: Path) -> Ended:
    if code not in (0, KILLED):
        raise AssertionError(f"The process went wrong by itself ({code}); see what it printed.")
    lines = [json.loads(line) for line in said.read_text("utf-8").splitlines()]
    last = lines[-1] if code == 0 else {}
    return Ended(
        code,
        tuple(line["what"] for line in lines if "what" in line),
        moments=last.get("moments", 0),
        seconds=last["ended"] - lines[0]["begun"] if last else 0.0,
    )


def _waited(child: int, seconds: float | None) -> int:
    """How a process ended, killed after so many seconds where it had not ended by then."""
    ended = Event()

    def kill() -> None:
        if not ended.wait(seconds):
            os.kill(child, signal.SIGKILL)

    if seconds is None:
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status)
    killer = Thread(target=kill)
    killer.start()
    # Left as it is until the killer is done: its number cannot be another process's meanwhile.
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    ended.set()
    killer.join()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)
