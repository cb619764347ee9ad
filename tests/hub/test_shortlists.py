"""Lists are ranked before they are kept: what changed in between counts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from matching.errors import ConflictError
from matching.hub.erasure import Cause, erase
from matching.hub.notices import Way, add_notice, give_notice
from matching.hub.people import Contacts, change_person, row_of
from matching.hub.pools import Pools
from matching.hub.profiles import KeptProfile, keep_profile
from matching.hub.results import Result
from matching.hub.scoring import approve, stop
from matching.hub.shortlists import Asked, Ranked, keep_shortlist, rank_people
from matching.hub.vacancies import NewVacancy, add_vacancy, change_vacancy
from matching.service import Service
from matching.store import Store, Work
from matching.store.tables import journal, results
from tests.databases import LECCO, a_manager, everybody
from tests.factories import a_profile, a_vacancy
from tests.hub.lives import a_person

AS_OF = date(2026, 11, 27)
ASKED = Asked(as_of=AS_OF, explained=2)
MANAGER = a_manager()


class Office:
    """A hub with three people who may be scored, and a vacancy."""

    def __init__(self, store: Store, service: Service) -> None:
        self.store, self.pools = store, Pools(service)
        with store.writing(everybody()) as work:
            approve(work, "DPIA-2026-1")
            add_notice(work, "1", "it", "Informativa.", valid_from=AS_OF)
            self.people = [self._person(work, str(number)) for number in range(3)]
            new = NewVacancy(
                hub=LECCO, text="Cerchiamo.", vacancy=a_vacancy("v"), lexicon=None,
                opened_on=AS_OF, answer_hours=48,
            )  # fmt: skip
            self.vacancy = add_vacancy(work, new)

    def _person(self, work: Work, tag: str) -> str:
        person = a_person(work, tag)
        keep_profile(work, person, KeptProfile(profile=a_profile(tag)))
        give_notice(work, person, "1", "it", Way.PAPER)
        change_person(work, person, version=row_of(work, person).version, confirmed_on=AS_OF)
        return person

    def ranked(self) -> Ranked:
        with self.store.reading(MANAGER) as work:
            return rank_people(work, self.vacancy, self.pools, ASKED)

    def kept(self, ranked: Ranked) -> Result:
        with self.store.writing(MANAGER) as work:
            return keep_shortlist(work, ranked, self.pools)

    def does(self, do: Callable[[Work], object]) -> None:
        with self.store.writing(everybody()) as work:
            do(work)


@pytest.fixture
def office(store: Store, service: Service) -> Office:
    return Office(store, service)


def shown(result: Result) -> set[str]:
    return {result.people[row["person"]] for row in result.body["matches"]}


def test_a_list_that_was_ranked_is_kept_as_it_was(office: Office) -> None:
    ranked = office.ranked()
    with office.store.reading(MANAGER) as work:
        assert work.count(results) == 0
    kept = office.kept(ranked)
    assert shown(kept) == set(office.people)
    assert [row["score"] for row in kept.body["matches"]] == [
        row["score"] for row in ranked.made.body["matches"]
    ]


def test_whoever_is_erased_in_between_is_in_no_list(office: Office) -> None:
    ranked = office.ranked()
    gone, *others = office.people
    office.does(lambda work: erase(work, gone, cause=Cause.ASKED))
    kept = office.kept(ranked)
    assert shown(kept) == set(others)
    assert {row["person"] for row in kept.body["matches"]} == set(kept.people)


@pytest.mark.parametrize("values", [{"state": "closed"}, {"is_protected": True}])
def test_whoever_can_no_longer_be_proposed_is_in_no_list(
    office: Office, values: dict[str, object]
) -> None:
    ranked = office.ranked()
    gone, *others = office.people

    def change(work: Work) -> None:
        change_person(work, gone, version=row_of(work, gone).version, **values)

    office.does(change)
    assert shown(office.kept(ranked)) == set(others)


def test_other_changes_in_between_do_not_rank_again(office: Office) -> None:
    ranked = office.ranked()
    contacts = Contacts(given_name="Nuovo", family_name="Nome")

    def change(work: Work) -> None:
        person = office.people[0]
        change_person(work, person, version=row_of(work, person).version, contacts=contacts)
        a_person(work, "later")

    office.does(change)
    kept = office.kept(ranked)
    assert kept.body["matches"] == ranked.made.body["matches"]


def test_a_vacancy_that_changes_in_between_is_ranked_for_as_it_is_now(office: Office) -> None:
    ranked = office.ranked()
    now = replace(a_vacancy("v"), title="Tutt'altro")
    office.does(
        lambda work: change_vacancy(
            work, office.vacancy, version=1, text="Altro.", vacancy=now, lexicon=None
        )
    )
    assert office.kept(ranked).body["title"] == "Tutt'altro"


def test_what_is_stopped_or_closed_in_between_keeps_no_list(office: Office) -> None:
    ranked = office.ranked()
    office.does(lambda work: stop(work, stopped=True))
    with pytest.raises(ConflictError, match="stopped"):
        office.kept(ranked)
    office.does(lambda work: stop(work, stopped=False))
    office.does(lambda work: change_vacancy(work, office.vacancy, version=1, state="closed"))
    with pytest.raises(ConflictError, match="closed"):
        office.kept(ranked)
    with office.store.reading(everybody()) as work:
        assert work.count(results) == 0
        assert work.count(journal, journal.c.act == "make_shortlist") == 0


def test_people_are_compared_anew_only_where_a_profile_changed(office: Office) -> None:
    first = office.ranked().pool
    office.does(lambda work: a_person(work, "without notice"))
    second = office.ranked().pool
    assert second.number > first.number
    assert second.pool is first.pool
    assert len(second.left_out) == 1

    def change(work: Work) -> None:
        keep_profile(work, office.people[0], KeptProfile(profile=a_profile("other")))

    office.does(change)
    third = office.ranked().pool
    assert third.pool is not second.pool
    assert len(third.pool.profiles) == 3
    # Another day is another pool, and a reader who began before is given what was read since.
    with office.store.reading(MANAGER) as work:
        later = office.pools.of(work, LECCO, AS_OF + timedelta(days=1))
    assert later.as_of == AS_OF + timedelta(days=1)
