"""Killed while people are erased: somebody is whole or gone, and who is gone stays gone."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from matching.api.hub.acting import Acting, Made
from matching.domain.access import Act
from matching.hub.erasure import Cause, clear_log, erase
from matching.hub.export import export_person
from matching.hub.retention import erased_so_far
from matching.operations.erased_file import note_missing, read_erased
from matching.operations.places import Places, database_file, opened
from matching.store import Store, Work
from matching.store.person_keys import key_of_pseudonym
from matching.store.tables import erased, journal, person_keys
from tests.databases import a_manager, everybody
from tests.hub.lives import Life, a_life, dump
from tests.operations.installations import wait_until_alone
from tests.proofs.killing import Ended, Point, Process, check_whole, points, run
from tests.proofs.recording import met, record
from tests.repeats import in_full

MANAGER = a_manager()
PEOPLE = 2
KILLS = 200 if in_full() else 3


class Asked(BaseModel):
    """Who is to be erased."""

    person: str


@dataclass(frozen=True)
class Before:
    """Somebody before she was erased, and all that there was of her."""

    life: Life
    tables: Mapping[str, Any]
    key: bytes


def erases(store: Store, places: Places, life: Life) -> str:
    """Erase somebody as it is done: the act, a line outside the database, the log written out."""

    def do(work: Work) -> Made:
        return Made(json.dumps(erase(work, life.person, cause=Cause.ASKED).pseudonym))

    acting = Acting(store, MANAGER, "request-1", f"erase-{life.pseudonym}", "DELETE /v1/persons")
    answer = acting.once(Asked(person=life.person), do)
    with store.reading(everybody()) as work:
        gone = erased_so_far(work)
    note_missing(places.erased, gone)
    clear_log(store)
    return str(json.loads(answer.body))


def people(places: Places, tag: str) -> list[Before]:
    found = []
    with opened(places) as store:
        for number in range(PEOPLE):
            with store.writing(everybody()) as work:
                life = a_life(work, f"{tag}qux{number}")
                tables = export_person(work, life.person).data["tables"]
                row = work.one(person_keys, person_keys.c.person_id == life.person)
                found.append(Before(life, tables, bytes(row.sealed)))
        clear_log(store)
    return found


def test_who_is_erased_is_gone_whole_and_stays_gone_whenever_it_is_killed(
    places: Places, kind: str
) -> None:
    ends: list[tuple[Point, Ended]] = []

    def acts(who: list[Before]) -> Callable[[Process], None]:
        def act(process: Process) -> None:
            with process.opened(places) as store:
                for one in who:
                    gone = erases(store, places, one.life)
                    process.acknowledge(pseudonym=gone)

        return act

    whole = run(acts(people(places, "whole")))
    assert len(whole.acknowledged) == PEOPLE
    everyone = {one["pseudonym"] for one in whole.acknowledged}
    for number, point in enumerate(points(KILLS, whole, seed=83)):
        who = people(places, f"n{number}")
        ended = run(acts(who), point)
        ends.append((point, ended))
        acknowledged = {one["pseudonym"] for one in ended.acknowledged}
        wait_until_alone(places)
        check_whole(places)
        noted = read_erased(places.erased)
        with opened(places) as store:
            with store.reading(everybody()) as work:
                gone = {row.pseudonym for row in work.rows(erased)}
                entered = [
                    row.subject for row in work.rows(journal, journal.c.act == Act.ERASE_PERSON)
                ]
            assert acknowledged | everyone <= noted <= gone == set(entered)
            assert len(entered) == len(gone)
            for one in who:
                check_gone_or_whole(store, one, is_gone=one.life.pseudonym in gone)
            # Asked again: whoever is not gone yet goes, and nobody twice.
            for one in who:
                assert erases(store, places, one.life) == one.life.pseudonym
                check_gone_or_whole(store, one, is_gone=True)
            with store.reading(everybody()) as work:
                assert work.count(journal, journal.c.act == Act.ERASE_PERSON) == PEOPLE * (
                    number + 2
                )
        everyone |= {one.life.pseudonym for one in who}
        assert read_erased(places.erased) == everyone
        check_pages(places, who)
    record("killed while erasing", kind, **met(ends), erased=len(everyone))


def check_gone_or_whole(store: Store, one: Before, *, is_gone: bool) -> None:
    if not is_gone:
        with store.reading(everybody()) as work:
            assert key_of_pseudonym(work, one.life.pseudonym) is not None
        with store.writing(everybody()) as work:
            assert export_person(work, one.life.person).data["tables"] == one.tables
        return
    left = " ".join(str(value) for rows in dump(store).values() for row in rows for value in row)
    assert [word for word in one.life.words if word in left] == []


def check_pages(places: Places, who: list[Before]) -> None:
    """Nor does what tells of her lie anywhere in the file, or in its log, nor her key.

    Her number may: SQLite clears the cells that are deleted, but not those that were left behind in
    a page when others were moved. Made by chance, it says nothing, and leads nowhere any more.
    """
    file = database_file(places.database)
    if file is None:
        return
    raw = b"".join(path.read_bytes() for path in Path(file.parent).glob(f"{file.name}*"))
    for one in who:
        assert one.key not in raw
        assert [word for word in one.life.told if word.encode() in raw] == []
