from dataclasses import replace
from datetime import date
from threading import Event

from matching.domain.access import EVERYWHERE, the_system
from matching.hub.retention_policy import load_retention
from matching.jobs.kinds import JobKind
from matching.jobs.queue import JobState, ask
from matching.jobs.retention import ask_for_retention, retention_handler, retention_runs
from matching.jobs.worker import Ending, Worker, work_off
from matching.settings import shipped_data
from matching.store import Store
from matching.store.tables import persons
from matching.territory import territory_folders
from tests.databases import LECCO, MERATE, a_manager
from tests.hub.lives import Clock, a_person

SHIPPED = load_retention(territory_folders(shipped_data() / "territories")[0])
# The years of these tests are beyond those that the months are in force for.
POLICY = replace(SHIPPED, valid_to=date(2199, 12, 31))


def test_the_nightly_job_erases_in_its_hub_and_notes_whom(store: Store, clock: Clock) -> None:
    there = store
    noted: list[frozenset[str]] = []
    with there.writing(a_manager()) as work:
        for _ in range(25):
            a_person(work)
    clock.goes_on(days=49 * 31)
    hubs = frozenset({LECCO, MERATE, EVERYWHERE})
    for _ in range(2):
        with there.writing(the_system(hubs)) as work:
            ask(work, JobKind.RETENTION, hub=LECCO)
        worker = Worker(
            name="w", hubs=hubs,
            handlers={JobKind.RETENTION: retention_handler(POLICY, noted.append)},
        )  # fmt: skip
        assert work_off(there, worker, Event()) == {Ending.DONE: 1}
    with there.reading(the_system(hubs)) as work:
        assert work.count(persons) == 0
    # Batch by batch as they went; all of them once more by the next run.
    assert [len(one) for one in noted] == [20, 5, 25]
    assert noted[0] | noted[1] == noted[2]


def test_nothing_goes_by_months_that_are_no_longer_in_force(store: Store, clock: Clock) -> None:
    there = store
    said: list[str] = []
    with there.writing(a_manager()) as work:
        a_person(work)
    clock.goes_on(days=49 * 31)
    hubs = frozenset({LECCO, EVERYWHERE})
    with there.writing(the_system(hubs)) as work:
        (job,) = ask_for_retention(work)
        # Asked for again while it waits, it is the same.
        assert [one.id for one in ask_for_retention(work)] == [job.id]
    handlers = {JobKind.RETENTION: retention_handler(SHIPPED, lambda gone: None)}
    worker = Worker(name="w", hubs=hubs, handlers=handlers, said=said.append)
    assert work_off(there, worker, Event()) == {Ending.FAILED: 1}
    assert "2028-12-31" in said[0]
    with there.writing(the_system(hubs)) as work:
        assert work.count(persons) == 1
        assert [one.state for one in retention_runs(work)] == [JobState.FAILED]
        assert ask_for_retention(work)[0].id != job.id
