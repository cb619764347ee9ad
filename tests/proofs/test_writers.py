"""Twenty who write at once: no update is lost, the journal is not forked, nobody is turned away."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from pydantic import BaseModel

from matching.api.hub.acting import Acting, Made
from matching.domain.access import Act
from matching.errors import StaleError
from matching.hub.people import change_person, row_of
from matching.hub.revisions import PERSONS, revision
from matching.operations.places import Places, opened
from matching.store import Store, Work
from matching.store.tables import journal, kept_requests, persons
from tests.databases import LECCO, a_manager, everybody
from tests.hub.lives import a_person
from tests.operations.installations import SYSTEM
from tests.proofs.killing import Process, check_whole, run_together
from tests.proofs.recording import record
from tests.repeats import in_full

MANAGER = a_manager()
PEOPLE = 10  # two writers for each: some of what they read has changed when they write
OPERATIONS = 5_000 if in_full() else 200  # of each shape
SHAPES = {"one_process": (1, 20), "some_processes": (4, 5)}


class Asked(BaseModel):
    """A change to somebody's file."""

    point: str


def changed_once(store: Store, person: str, key: str) -> int:
    """Change a file as it was just read, again where another was quicker; how often it was."""
    again = 0
    while True:
        with store.reading(MANAGER) as work:
            version = row_of(work, person).version

        def do(work: Work, version: int = version) -> Made:
            change_person(work, person, version=version, point=key)
            return Made("{}")

        try:
            Acting(store, MANAGER, key, key, "PATCH /v1/persons").once(Asked(point=key), do)
        except StaleError:
            again += 1
        else:
            return again


def writes(places: Places, people: list[str], keys: list[list[str]]) -> Callable[[Process], None]:
    """A process with a writer for each list of keys, one operation for each key."""

    def act(process: Process) -> None:
        with process.opened(places) as store:

            def writer(mine: list[str]) -> None:
                chance = random.Random(mine[0])
                for key in mine:
                    person = chance.choice(people)
                    process.acknowledge(
                        key=key, person=person, again=changed_once(store, person, key)
                    )

            with ThreadPoolExecutor(len(keys)) as threads:
                list(threads.map(writer, keys))

    return act


@pytest.mark.parametrize("shape", SHAPES)
def test_of_twenty_who_write_at_once_no_update_is_lost_and_the_journal_is_one_chain(
    places: Places, shape: str, kind: str
) -> None:
    processes, threads = SHAPES[shape]
    with opened(places) as store:
        with store.writing(SYSTEM) as work:
            people = [a_person(work, str(number)) for number in range(PEOPLE)]
        with store.reading(everybody()) as work:
            before = revision(work, LECCO, PERSONS)
            entries = work.count(journal)
    each = OPERATIONS // (processes * threads)
    keys = [
        [[f"{process}-{thread}-{one}" for one in range(each)] for thread in range(threads)]
        for process in range(processes)
    ]
    ended = run_together(*(writes(places, people, some) for some in keys))
    told: list[dict[str, Any]] = [one for process in ended for one in process.acknowledged]
    assert len(told) == len({one["key"] for one in told}) == each * processes * threads
    # It is no proof of anything where nobody came between anybody's reading and writing.
    assert sum(one["again"] for one in told) > len(told) / 50
    check_whole(places)
    with opened(places) as store, store.reading(everybody()) as work:
        for person in people:
            mine = sum(one["person"] == person for one in told)
            assert work.one(persons, persons.c.id == person).version == 1 + mine
        assert revision(work, LECCO, PERSONS) == before + len(told)
        assert work.count(kept_requests) == len(told)
        assert work.count(journal) == entries + len(told)
        requests = work.rows(
            journal, journal.c.act == Act.CHANGE_PERSON, columns=[sa.distinct(journal.c.request)]
        )
        assert len(requests) == len(told)
    record(
        f"twenty writers, {shape.replace('_', ' ')}", kind, operations=len(told),
        found_stale_and_done_again=sum(one["again"] for one in told),
        seconds=round(max(one.seconds for one in ended), 1),
    )  # fmt: skip
