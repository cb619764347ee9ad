"""What is computed about a person before it is kept: what changed in between counts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from matching.errors import ConflictError
from matching.hub.matches import keep_matches, rank_vacancies
from matching.hub.notices import Way, add_notice, give_notice
from matching.hub.people import change_person, row_of
from matching.hub.plans import PathAsked, keep_plan, propose_path
from matching.hub.pools import Pools
from matching.hub.profiles import KeptProfile, keep_profile
from matching.hub.results import ResultKind, read_result
from matching.hub.scoring import approve
from matching.hub.vacancies import NewVacancy, add_vacancy, change_vacancy
from matching.service import Service
from matching.store import Store, Work
from matching.store.tables import results
from tests.databases import LECCO, a_manager, everybody
from tests.factories import a_profile, a_vacancy
from tests.hub.lives import a_person

AS_OF = date(2026, 11, 27)
MANAGER = a_manager()


class Office:
    """A hub with a person who may be scored, and two vacancies."""

    def __init__(self, store: Store, service: Service) -> None:
        self.store, self.pools = store, Pools(service)
        with store.writing(everybody()) as work:
            approve(work, "DPIA-2026-1")
            add_notice(work, "1", "it", "Informativa.", valid_from=AS_OF)
            self.person = a_person(work, "a")
            keep_profile(work, self.person, KeptProfile(profile=a_profile("a")))
            give_notice(work, self.person, "1", "it", Way.PAPER)
            self.first, self.second = (self._vacancy(work) for _ in range(2))

    def _vacancy(self, work: Work) -> str:
        new = NewVacancy(
            hub=LECCO, text="Cerchiamo.", vacancy=a_vacancy("v"), lexicon=None,
            opened_on=AS_OF, answer_hours=48,
        )  # fmt: skip
        return add_vacancy(work, new)

    def matches(self, between: Callable[[Work], object]) -> list[str]:
        """The vacancies that are kept for her, where something is done before they are."""
        with self.store.reading(MANAGER) as work:
            matched = rank_vacancies(work, self.person, self.pools, as_of=AS_OF)
        self.does(between)
        with self.store.writing(MANAGER) as work:
            kept = keep_matches(work, matched, self.pools)
        with self.store.reading(MANAGER) as work:
            assert read_result(work, kept.id, ResultKind.MATCHES) == kept
        return sorted(one["vacancy"] for one in kept.body["matches"])

    def plan(self, between: Callable[[Work], object]) -> str:
        """The inputs of the path that is kept for her, where something is done before it is."""
        asked = PathAsked(needs=(), as_of=AS_OF)
        with self.store.reading(MANAGER) as work:
            planned = propose_path(work, self.person, self.pools, asked)
        self.does(between)
        with self.store.writing(MANAGER) as work:
            kept = keep_plan(work, planned, self.pools)
        with self.store.reading(MANAGER) as work:
            assert read_result(work, kept.id, ResultKind.PLAN) == kept
        return kept.inputs_digest

    def does(self, do: Callable[[Work], object]) -> None:
        with self.store.writing(everybody()) as work:
            do(work)

    def closes_second(self, work: Work) -> None:
        change_vacancy(work, self.second, version=1, state="closed")

    def learns(self, work: Work) -> None:
        other = replace(a_profile("b"), skills=())
        keep_profile(work, self.person, KeptProfile(profile=other), version=1)

    def closes_her_file(self, work: Work) -> None:
        version = row_of(work, self.person).version
        change_person(work, self.person, version=version, state="closed")


def nothing(work: Work) -> None:
    """Nothing is done in between."""


@pytest.fixture
def office(store: Store, service: Service) -> Office:
    return Office(store, service)


def test_matches_are_kept_as_they_were_ranked(office: Office) -> None:
    assert office.matches(nothing) == sorted([office.first, office.second])


def test_a_vacancy_that_is_closed_in_between_is_in_no_matches(office: Office) -> None:
    assert office.matches(office.closes_second) == [office.first]


def test_a_path_is_of_her_profile_as_it_is_when_it_is_kept(office: Office) -> None:
    before = office.plan(nothing)
    assert office.plan(nothing) == before
    after = office.plan(office.learns)
    assert after != before
    assert office.plan(office.closes_second) != after


def test_nothing_is_kept_of_whoever_may_no_longer_be_scored(office: Office) -> None:
    with pytest.raises(ConflictError, match="closed"):
        office.matches(office.closes_her_file)
    with office.store.reading(everybody()) as work:
        assert work.count(results) == 0
