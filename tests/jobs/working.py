"""Workers, jobs and imports for tests: texts are taken as read, and no lexicon is loaded."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from threading import Event

import sqlalchemy as sa

from matching.domain import Profile, Vacancy
from matching.domain.access import EVERYWHERE, Actor, the_system
from matching.interchange import FileKind, FileRow, VacancyRow
from matching.jobs.import_files import ImportFile, Mode, Similar, ask_import, read_file
from matching.jobs.import_rows import RowOutcome, rows_of_import
from matching.jobs.import_writers import Ready, Writers, check, write
from matching.jobs.imports import import_handler
from matching.jobs.kinds import JobKind
from matching.jobs.queue import Job, Progress, ask, read_job
from matching.jobs.worker import Begin, Ending, Step, Worker, Write, work_off
from matching.store import Store, Work
from matching.store.tables import job_files
from tests.databases import LECCO, MERATE, a_manager, everybody
from tests.interchange.files import PLACES, csv_of

HUBS = frozenset({LECCO, MERATE, EVERYWHERE})
PEOPLE = ("nome;cognome;nato il;email",)


def reads(row: FileRow, day: date) -> Ready:
    """A row with nothing found in its text."""
    title = row.title if isinstance(row, VacancyRow) else ""
    return Ready(row=row, profile=Profile(id=""), vacancy=Vacancy(id="", title=title), lexicon="x")


WRITERS = Writers(read=reads, check=check, write=partial(write, answer_hours=30))


def a_worker(name: str = "w1", handlers: Mapping[JobKind, Begin] | None = None) -> Worker:
    """A worker that imports, unless it was given something else to do."""
    given = handlers or {JobKind.IMPORT: import_handler(WRITERS, lambda hub: PLACES)}
    return Worker(name=name, hubs=HUBS, handlers=given)


def worked(store: Store, worker: Worker | None = None) -> Mapping[Ending, int]:
    return work_off(store, worker or a_worker(), Event())


def a_name(number: int) -> str:
    """A given name that is nobody else's: digits are no part of one."""
    return "Ada" + "".join(chr(ord("a") + int(one)) for one in str(number))


def people(*lines: str) -> bytes:
    return csv_of(*PEOPLE, *lines)


def a_file(
    content: bytes, kind: FileKind = FileKind.PERSONS, *, hub: str = LECCO, **more: str
) -> ImportFile:
    return read_file(content, kind, hub=hub, organisation_id=more.get("organisation_id"))


def asked(
    store: Store,
    file: ImportFile | bytes,
    *,
    mode: Mode = Mode.GOOD_ROWS,
    similar: Similar = Similar.HOLD,
    actor: Actor | None = None,
) -> tuple[str, bool]:
    given = a_file(file) if isinstance(file, bytes) else file
    with store.writing(actor or a_manager(given.hub)) as work:
        return ask_import(work, given, mode=mode, similar=similar)


def imported(
    store: Store, file: ImportFile | bytes, *, mode: Mode = Mode.GOOD_ROWS, **more: Similar
) -> Job:
    """A file imported to the end; its job."""
    job_id, _ = asked(store, file, mode=mode, **more)
    worked(store)
    return job_of(store, job_id)


def job_of(store: Store, job_id: str) -> Job:
    with store.reading(everybody()) as work:
        return read_job(work, job_id)


def rows_said(store: Store, job_id: str) -> Sequence[RowOutcome]:
    with store.reading(everybody()) as work:
        return rows_of_import(work, job_id, limit=10_000)


def states(store: Store, job_id: str) -> Mapping[str, int]:
    return dict(Counter(str(one.state) for one in rows_said(store, job_id)))


def count(store: Store, table: sa.Table) -> int:
    with store.reading(everybody()) as work:
        return work.count(table)


def files_left(store: Store) -> int:
    return count(store, job_files)


def stepping(
    store: Store, steps: int, done: list[int] | None = None, fails: Step | None = None
) -> Begin:
    """A handler of so many steps, each of which notes that it was done, in its transaction."""

    def begin(work: Work, job: Job) -> Step:
        def step(job: Job) -> Write:
            if fails is not None:
                fails(job)

            def write(work: Work, held: Job) -> Progress:
                if done is not None:
                    done.append(held.done)
                at = held.done + 1
                return Progress(done=at, total=steps, is_finished=at >= steps)

            return write

        return step

    return begin


def a_job(store: Store, *, hub: str = LECCO, kind: JobKind = JobKind.REMINDERS, **more: str) -> str:
    with store.writing(everybody()) as work:
        return ask(work, kind, hub=hub, **more)[0]  # type: ignore[arg-type]


def the_worker_of(hub: str) -> Actor:
    return the_system(frozenset({hub}))
