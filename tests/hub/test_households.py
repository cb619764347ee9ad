from dataclasses import replace

import pytest

from matching.domain.access import Actor, Role
from matching.domain.household import Household, Member, Relation, Sex, WorkStatus
from matching.errors import (
    ConflictError,
    ForbiddenError,
    InputError,
    StaleError,
    UnknownError,
)
from matching.hub.households import household_of, keep_household
from matching.hub.people import change_person
from matching.store import Store
from matching.store.tables import households, persons
from tests.databases import LECCO, MERATE, a_manager
from tests.hub.lives import a_person, dump


def a_home(person: str, *others: str) -> Household:
    members = (Member(id=person, relation=Relation.APPLICANT, sex=Sex.FEMALE),)
    members += tuple(Member(id=one, relation=Relation.PARTNER) for one in others)
    return Household(id="x", members=members, isee_eur=9_000, receives=frozenset({"adi"}))


def herself(person: str) -> Actor:
    return Actor(id="x", role=Role.PERSON, hubs=frozenset({LECCO}), person_id=person)


def test_a_household_comes_back_and_links_those_on_file(store: Store) -> None:
    with store.writing(a_manager()) as work:
        ada, eva = a_person(work), a_person(work)
        home = a_home(ada, eva, "figlio")
        status = WorkStatus(member=eva, weeks_contributed=12)
        household, version = keep_household(work, ada, home, statuses=(status,))
        for person in (ada, eva):
            kept = household_of(work, person)
            assert kept is not None
            assert (kept.id, kept.version, version) == (household, 1, 1)
            assert kept.household == replace(home, id=household)
            assert kept.statuses == (status,)
    # People on file are in it by pseudonym, and no fact lies open; three letters could by chance.
    assert not any(word in str(dump(store)["households"]) for word in (ada, '"adi"', "isee_eur"))


def test_a_household_is_changed_by_whoever_read_its_last_version(store: Store) -> None:
    with store.writing(a_manager()) as work:
        ada, eva = a_person(work), a_person(work)
        keep_household(work, ada, a_home(ada, eva))
        household, version = keep_household(work, ada, a_home(ada), version=1)
        assert version == 2
        # Who is no longer a member points to none.
        assert work.one(persons, persons.c.id == eva).household_id is None
        with pytest.raises(StaleError):
            keep_household(work, ada, a_home(ada), version=1)
        assert work.count(households) == 1
        assert work.rows(households)[0].id == household


def test_a_household_that_does_not_hold_together_is_refused(store: Store) -> None:
    with store.writing(a_manager()) as work:
        ada, eva = a_person(work), a_person(work)
        with pytest.raises(InputError, match="one of them hers"):
            keep_household(work, ada, a_home(eva))
        with pytest.raises(InputError, match="no member"):
            keep_household(work, ada, a_home(ada), statuses=(WorkStatus(member="zio"),))
        with pytest.raises(StaleError):
            keep_household(work, ada, a_home(ada), version=3)
        keep_household(work, eva, a_home(eva))
        with pytest.raises(ConflictError, match="another household"):
            keep_household(work, ada, a_home(ada, eva))
        change_person(work, ada, version=1, state="restricted")
        with pytest.raises(ConflictError, match="no longer"):
            keep_household(work, ada, a_home(ada))


def test_only_those_who_accompany_and_its_own_people_read_it(store: Store) -> None:
    with store.writing(a_manager()) as work:
        ada, other = a_person(work), a_person(work)
        keep_household(work, ada, a_home(ada))
        assert household_of(work, other) is None
    corporate = Actor(id="x", role=Role.CORPORATE_MANAGER, hubs=frozenset({LECCO}))
    with store.writing(corporate) as work, pytest.raises(ForbiddenError):
        household_of(work, ada)
    for actor in (a_manager(MERATE), herself(other)):
        with store.writing(actor) as work, pytest.raises(UnknownError):
            household_of(work, ada)
    with store.writing(herself(ada)) as work:
        assert household_of(work, ada) is not None


def test_nobody_finds_a_protected_person_through_the_household(store: Store) -> None:
    with store.writing(a_manager()) as work:
        ada = a_person(work, is_protected=True)
        eva = a_person(work)
        keep_household(work, eva, a_home(eva, ada))
    with store.writing(herself(eva)) as work, pytest.raises(UnknownError):
        household_of(work, eva)
    with store.writing(a_manager()) as work:
        with pytest.raises(ForbiddenError):
            household_of(work, eva)
        assert household_of(work, eva, reason="domanda di alloggio") is not None
    with store.writing(herself(ada)) as work:
        assert household_of(work, ada) is not None
