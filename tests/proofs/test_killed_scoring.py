"""Killed while shortlists are made: each is whole, with its entry and its answer, or not there."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Row

from matching.api.hub.acting import Acting, Made
from matching.api.hub.results import ShortlistRequest, list_content
from matching.domain.access import Act
from matching.hub.notices import Way, add_notice, give_notice
from matching.hub.pools import Pools
from matching.hub.profiles import KeptProfile, keep_profile
from matching.hub.scoring import approve
from matching.hub.shortlists import Asked, Ranked, keep_shortlist, rank_people
from matching.hub.vacancies import NewVacancy, add_vacancy
from matching.operations.places import Places, opened
from matching.service import Service, records
from matching.store import Store, Work
from matching.store.sealing import digest
from matching.store.tables import journal, kept_requests, result_entries, results
from tests.api.hub.desk import CV, OFFER
from tests.databases import LECCO, a_manager, everybody
from tests.hub.lives import a_person
from tests.operations.installations import wait_until_alone
from tests.proofs.killing import Ended, Point, Process, check_whole, points, run
from tests.proofs.recording import met, record
from tests.repeats import in_full

AS_OF = date(2026, 11, 27)
MANAGER = a_manager()
PEOPLE, LISTS = 6, 3
KILLS = 200 if in_full() else 3


@pytest.fixture
def vacancy(places: Places, service: Service) -> str:
    """A vacancy of a hub with people who may be scored."""
    profile, _ = records.read_person(service, "somebody", CV, as_of=AS_OF, comune="Lecco")
    read, _ = records.read_vacancy(service, "v", OFFER, as_of=AS_OF, title="Magazzino", comune=None)
    with opened(places) as store, store.writing(everybody()) as work:
        approve(work, "DPIA-2026-1")
        add_notice(work, "1", "it", "Informativa.", valid_from=AS_OF)
        for number in range(PEOPLE):
            person = a_person(work, str(number))
            skills = profile.skills[: 1 + number]
            keep_profile(work, person, KeptProfile(profile=replace(profile, skills=skills)))
            give_notice(work, person, "1", "it", Way.PAPER)
        new = NewVacancy(
            hub=LECCO, text=OFFER, vacancy=read, lexicon=None, opened_on=AS_OF, answer_hours=48
        )
        return add_vacancy(work, new)


def answered(store: Store, pools: Pools, vacancy: str, key: str) -> dict[str, Any]:
    """The answer to a request with a key, as the route gives it."""

    def compute(work: Work) -> Ranked:
        return rank_people(work, vacancy, pools, Asked(as_of=AS_OF))

    def keep(work: Work, ranked: Ranked) -> Made:
        return Made(list_content(keep_shortlist(work, ranked, pools)), 201)

    acting = Acting(store, MANAGER, f"request-{key}", key, f"POST /v1/vacancies/{vacancy}")
    answer = acting.computed(ShortlistRequest(as_of=AS_OF), compute, keep)
    return {"id": json.loads(answer.body)["id"], "digest": digest(bytes(answer.body))}


def lists(work: Work) -> Iterator[tuple[Row[Any], int]]:
    """The lists that are kept, and how much is said of people on each."""
    for row in work.rows(results):
        yield row, work.count(result_entries, result_entries.c.result_id == row.id)


def test_a_list_is_kept_whole_with_its_entry_and_answer_or_not_at_all(
    places: Places, vacancy: str, service: Service, kind: str
) -> None:
    ends: list[tuple[Point, Ended]] = []
    given: dict[str, dict[str, Any]] = {}

    def acts(begun: str) -> Any:
        def act(process: Process) -> None:
            with process.opened(places) as store:
                pools = Pools(service)
                for number in range(LISTS):
                    key = f"{begun}-{number}"
                    process.acknowledge(key=key, **answered(store, pools, vacancy, key))

        return act

    whole = run(acts("whole"))
    assert len(whole.acknowledged) == LISTS
    for number, point in enumerate(points(KILLS, whole, seed=81)):
        ended = run(acts(str(number)), point)
        ends.append((point, ended))
        given |= {one["key"]: one for one in ended.acknowledged}
        wait_until_alone(places)
        check_whole(places)
        with opened(places) as store:
            with store.reading(everybody()) as work:
                kept = {row.id: (row.body_digest, said) for row, said in lists(work)}
                entered = {
                    detail["result"]: detail["body"]
                    for row in work.rows(journal, journal.c.act == Act.MAKE_SHORTLIST)
                    for detail in [json.loads(row.detail)]
                }
                assert {name: body for name, (body, _) in kept.items()} == entered
                assert {said for _, said in kept.values()} == {PEOPLE}
                assert len(kept) == work.count(kept_requests)
            assert {one["id"] for one in ended.acknowledged} <= set(kept)
            # Asked again with the same keys, whatever was told is told again, and done once.
            pools = Pools(service)
            for step in range(LISTS):
                key = f"{number}-{step}"
                again = answered(store, pools, vacancy, key)
                assert given.setdefault(key, {"key": key, **again}) == {"key": key, **again}
            with store.reading(everybody()) as work:
                assert work.count(results) == work.count(kept_requests) == LISTS * (number + 2)
    check_whole(places)
    record("killed while scoring", kind, **met(ends), results=LISTS * (KILLS + 1))
