"""Killed while a file is imported: another worker goes on, and every row is written once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Event
from typing import Any

import pytest

from matching.domain.access import Act
from matching.hub.people import contacts_of
from matching.interchange import FileKind
from matching.jobs.import_files import ImportFile, Mode, ask_import, imports_of, read_file
from matching.jobs.kinds import RowState
from matching.jobs.queue import ENDED, JobState, Progress, read_job
from matching.jobs.worker import Ending, Worker, work_off
from matching.operations.places import Places, opened
from matching.store import Store, Work
from matching.store.person_keys import keys_of
from matching.store.tables import (
    documents,
    identities,
    job_files,
    job_rows,
    journal,
    person_keys,
    persons,
    profiles,
)
from tests.databases import LECCO, a_manager, everybody
from tests.interchange.files import csv_of
from tests.jobs.working import a_name, a_worker
from tests.operations.installations import wait_until_alone
from tests.proofs.killing import Ended, Point, Process, check_whole, points, run
from tests.proofs.recording import met, record
from tests.repeats import in_full

MANAGER = a_manager()
KILLS = 100 if in_full() else 2
ROWS, BATCH, WRONG = 7, 3, 2
# Leases that end at once: whoever comes after a killed worker need not wait for the clock.
NO_TIME = timedelta(0)
HEAD = "nome;cognome;nato il;cv"


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matching.jobs.imports.BATCH", BATCH)


def a_file(tag: str, mode: Mode) -> ImportFile:
    """Nobody in it is in another; of good rows, two that cannot be taken."""
    lines = [f"{a_name(n)};Prova{tag};0{n + 1}/04/1971;Saldatore" for n in range(ROWS)]
    if mode is Mode.GOOD_ROWS:
        lines[WRONG] = lines[WRONG].replace("/04/", "/14/")
        lines.insert(5, lines[0])
    return read_file(csv_of(HEAD, *lines), FileKind.PERSONS, hub=LECCO)


def ask(store: Store, file: ImportFile, mode: Mode) -> str:
    with store.writing(MANAGER) as work:
        return ask_import(work, file, mode=mode)[0]


def worker(name: str, moved: Callable[[Progress], None] = lambda progress: None) -> Worker:
    return replace(a_worker(name), lasts=NO_TIME, moved=moved)


def imports(places: Places, file: ImportFile, mode: Mode) -> Callable[[Process], None]:
    """Ask for an import and do it, as whoever sends a file and a worker do."""

    def act(process: Process) -> None:
        with process.opened(places) as store:
            process.acknowledge(job=ask(store, file, mode))
            works(process, store)

    return act


def goes_on(places: Places) -> Callable[[Process], None]:
    """Do what another worker left."""

    def act(process: Process) -> None:
        with process.opened(places) as store:
            works(process, store)

    return act


def works(process: Process, store: Store) -> None:
    doing = worker("killed", lambda progress: process.acknowledge(done=progress.done))
    work_off(store, doing, Event())


UNIMPORTED = 2
"""People whom the installation has before any file is imported."""


def check_no_half(
    work: Work, file: ImportFile, acknowledged: tuple[dict[str, Any], ...], mode: Mode
) -> None:
    """What was told is there; every row that is said to be written is, whole, and no other."""
    written = work.count(job_rows, job_rows.c.state == RowState.WRITTEN)
    entered = work.count(journal, journal.c.act == Act.ADD_PERSON)
    assert entered == work.count(persons) == work.count(identities) == UNIMPORTED + written
    assert work.count(profiles) == work.count(documents) == written
    there = imports_of(work, LECCO, file.source)
    told = [one["job"] for one in acknowledged if "job" in one]
    assert set(told) <= {job.id for job in there}
    for job in there:
        said = work.count(job_rows, job_rows.c.job_id == job.id)
        kept = work.count(job_files, job_files.c.job_id == job.id)
        assert kept == (0 if job.state in ENDED else 1)
        if mode is Mode.GOOD_ROWS:
            assert said == job.done
        else:
            assert said == (job.total if job.state is JobState.DONE else 0)
        if told == [job.id]:
            moves = [one["done"] for one in acknowledged if "done" in one]
            # Of all or nothing, nothing is written before the end: the next worker begins again.
            least = max(moves, default=0) if mode is Mode.GOOD_ROWS else [0, *moves][-1]
            assert job.done >= least


def names(work: Work, file: ImportFile) -> list[str]:
    """Who was taken in of a file, as often as it was."""
    ids = [job.id for job in imports_of(work, LECCO, file.source)]
    rows = work.rows(job_rows, job_rows.c.job_id.in_(ids), job_rows.c.state == RowState.WRITTEN)
    keys = keys_of(work, [row.subject for row in rows], by=person_keys.c.pseudonym)
    return sorted(contacts_of(work, key).given_name for key in keys.values())


@pytest.mark.parametrize("mode", Mode)
def test_a_file_is_written_once_and_to_its_end_whenever_its_worker_is_killed(
    places: Places, mode: Mode, kind: str
) -> None:
    ends: list[tuple[Point, Ended]] = []
    whole = run(imports(places, a_file("", mode), mode))
    steps = [one["done"] for one in whole.acknowledged if "done" in one]
    assert steps == ([3, 6, 8] if mode is Mode.GOOD_ROWS else [3, 6, 7])
    taken_rows = [n for n in range(ROWS) if mode is Mode.ALL_OR_NOTHING or n != WRONG]
    taken = len(taken_rows)
    again = points(KILLS, whole, seed=85)
    for number, (point, later) in enumerate(zip(points(KILLS, whole, seed=84), again, strict=True)):
        tag = chr(ord("a") + number % 26) * (1 + number // 26)
        file = a_file(tag, mode)
        ended = run(imports(places, file, mode), point)
        ends.append((point, ended))
        acknowledged = ended.acknowledged
        if number % 2:
            # The next worker is killed as well.
            wait_until_alone(places)
            acknowledged += run(goes_on(places), later).acknowledged
        wait_until_alone(places)
        check_whole(places)
        with opened(places) as store:
            with store.reading(everybody()) as work:
                check_no_half(work, file, acknowledged, mode)
                before = imports_of(work, LECCO, file.source)
            # Whoever was not answered sends the file again, and another worker goes on.
            job_id = ask(store, file, mode)
            told = {one["job"] for one in acknowledged if "job" in one}
            # Of a file that was done, the rows that could not be taken are tried once more.
            is_anew = mode is Mode.GOOD_ROWS and any(one.state in ENDED for one in before)
            assert told <= {one.id for one in before} <= {job_id} or is_anew
            endings = work_off(store, worker("next"), Event())
            assert set(endings) <= {Ending.DONE}
            with store.reading(everybody()) as work:
                check_no_half(work, file, acknowledged, mode)
                job = read_job(work, job_id)
                assert job.state is JobState.DONE
                assert job.report["known" if is_anew else "written"] == taken
                assert work.count(persons) == UNIMPORTED + taken * (number + 2)
                assert len(imports_of(work, LECCO, file.source)) == 1 + is_anew
                assert names(work, file) == sorted(a_name(n) for n in taken_rows)
            # Sent once more, nothing is written.
            assert (ask(store, file, mode) == job_id) is (mode is Mode.ALL_OR_NOTHING)
            work_off(store, worker("last"), Event())
            with store.reading(everybody()) as work:
                assert work.count(persons) == UNIMPORTED + taken * (number + 2)
                check_no_half(work, file, (), mode)
    check_whole(places)
    record(f"killed while importing, {mode}", kind, **met(ends), rows=taken * (KILLS + 1))
