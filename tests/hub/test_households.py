from dataclasses import replace
from datetime import date

import pytest

from matching.domain.access import Actor, Role
from matching.domain.answer import Answer
from matching.domain.household import (
    Citizenship,
    Household,
    Member,
    Relation,
    Sex,
    WorkStatus,
)
from matching.errors import (
    ConflictError,
    ForbiddenError,
    InputError,
    StaleError,
    UnknownError,
)
from matching.hub.household_changes import (
    begin_household,
    change_household,
    change_member,
    join_household,
    leave,
    remove_household,
)
from matching.hub.households import (
    household_of,
    keep_household,
    list_households,
    read_household,
)
from matching.hub.people import change_person, row_of
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


def a_kept_home(store: Store, *others: str, **values: bool) -> tuple[str, str]:
    """Ada's household and her file, with others in it."""
    with store.writing(a_manager()) as work:
        ada = a_person(work, manager_id=None, **values)
        home, _ = keep_household(work, ada, a_home(ada, *others))
    return home, ada


def test_each_adult_reads_of_herself_of_children_and_not_of_the_others(store: Store) -> None:
    with store.writing(a_manager()) as work:
        ada, eva = a_person(work), a_person(work)
        members = (
            Member(id=ada, relation=Relation.APPLICANT, sex=Sex.FEMALE, disability=Answer.YES),
            Member(id=eva, relation=Relation.PARTNER, citizenship=Citizenship.ITALIAN),
            Member(id="a", relation=Relation.CHILD, birth=date(2015, 1, 1), sex=Sex.MALE),
            Member(id="b", relation=Relation.CHILD, birth=date(1990, 1, 1), sex=Sex.MALE),
        )
        home = Household(id="x", members=members, rent_eur=450)
        statuses = (WorkStatus(member=ada, first_job=Answer.NO), WorkStatus(member=eva))
        kept, _ = keep_household(work, ada, home, statuses=statuses)
    with store.writing(herself(ada)) as work:
        seen = read_household(work, kept)
        (listed,) = list_households(work)
    own, partner, child, grown = seen.household.members
    assert (own, seen.household.rent_eur) == (members[0], 450)
    assert partner == Member(id="member-2", relation=Relation.PARTNER)
    assert child == replace(members[2], id="member-3")
    assert grown == Member(id="member-4", relation=Relation.CHILD)
    assert seen.statuses == statuses[:1]
    assert seen.on_file == {ada}
    assert (listed.id, listed.on_file) == (kept, (ada,))
    with store.writing(herself(eva)) as work:
        theirs = read_household(work, kept)
    assert theirs.household.members[0] == Member(id="member-1", relation=Relation.APPLICANT)
    assert theirs.household.members[1].citizenship is Citizenship.ITALIAN
    assert theirs.statuses == statuses[1:]


def test_a_household_is_found_by_its_people_and_their_managers_alone(store: Store) -> None:
    home, ada = a_kept_home(store)
    with store.writing(a_manager()) as work:
        other = a_person(work)
        assert read_household(work, home).on_file == {ada}
    for actor in (a_manager(MERATE), herself(other)):
        with store.writing(actor) as work:
            assert list_households(work) == []
            with pytest.raises(UnknownError):
                read_household(work, home)


def test_a_household_of_a_protected_person_is_in_no_list(store: Store) -> None:
    with store.writing(a_manager()) as work:
        ada, eva = a_person(work, is_protected=True), a_person(work)
        home, _ = keep_household(work, eva, a_home(eva, ada))
        assert list_households(work) == []
        with pytest.raises(ForbiddenError):
            read_household(work, home)
        assert read_household(work, home, reason="domanda di alloggio").id == home
        for change in (
            lambda: change_household(work, home, {"rent_eur": 1}, version=1),
            lambda: leave(work, home, eva, version=1),
            lambda: remove_household(work, home, version=1),
        ):
            with pytest.raises(ForbiddenError, match="in charge"):
                change()
    with store.writing(herself(eva)) as work:
        assert list_households(work) == []
        with pytest.raises(UnknownError):
            read_household(work, home)


def test_households_come_in_pages(store: Store) -> None:
    homes = sorted(a_kept_home(store)[0] for _ in range(3))
    with store.writing(a_manager()) as work:
        first = list_households(work, limit=2)
        last = list_households(work, after=first[-1].id, limit=2)
    assert [one.id for one in (*first, *last)] == homes


def test_a_first_household_is_begun_once(store: Store) -> None:
    with store.writing(a_manager()) as work:
        ada, eva = a_person(work), a_person(work)
        begin_household(work, ada, a_home(ada, eva), on_file=[eva])
        with pytest.raises(ConflictError, match="has a household"):
            begin_household(work, eva, a_home(eva))
        with pytest.raises(UnknownError):
            begin_household(work, a_person(work), a_home(ada), on_file=["nobody"])


def test_facts_are_changed_and_forgotten_on_the_version_that_was_read(store: Store) -> None:
    home, ada = a_kept_home(store, "figlio")
    with store.writing(a_manager()) as work:
        assert change_household(work, home, {"rent_eur": 500, "isee_eur": None}, version=1) == 2
        status = {"weeks_contributed": 12, "first_job": Answer.NO}
        assert change_member(work, home, ada, {"sex": None}, work_status=status, version=2) == 3
        assert change_member(work, home, ada, work_status={"first_job": None}, version=3) == 4
        assert change_member(work, home, "figlio", {"dependant": True}, version=4) == 5
        seen = read_household(work, home)
        assert (seen.household.rent_eur, seen.household.isee_eur) == (500, None)
        assert seen.household.members[0].sex is None
        assert seen.household.members[1].dependant is True
        assert seen.statuses == (WorkStatus(member=ada, weeks_contributed=12),)
        change_member(work, home, ada, work_status=None, version=5)
        assert read_household(work, home).statuses == ()
        for change in (
            lambda: change_household(work, home, {"rent_eur": 1}, version=5),
            lambda: change_member(work, home, ada, {"sex": None}, version=5),
            lambda: leave(work, home, "figlio", version=5),
            lambda: remove_household(work, home, version=5),
        ):
            with pytest.raises(StaleError):
                change()
        with pytest.raises(UnknownError, match="member"):
            change_member(work, home, "nobody", {}, version=6)
        with pytest.raises(UnknownError, match="member"):
            leave(work, home, "nobody", version=6)
    with pytest.raises(UnknownError), store.writing(a_manager(MERATE)) as work:
        change_household(work, home, {"rent_eur": 1}, version=6)


def test_members_join_and_leave_and_keep_their_files(store: Store) -> None:
    home, ada = a_kept_home(store)
    partner = Member(id="", relation=Relation.PARTNER)
    with store.writing(a_manager()) as work:
        eva = a_person(work)
        joined, version = join_household(
            work, home, replace(partner, id=eva), WorkStatus(member=eva), on_file=True, version=1
        )
        child, version = join_household(
            work, home, Member(id="", relation=Relation.CHILD), WorkStatus(member=""),
            on_file=False, version=version,
        )  # fmt: skip
        assert (joined, version) == (eva, 3)
        assert row_of(work, eva).household_id == home
        seen = read_household(work, home)
        assert [one.id for one in seen.household.members] == [ada, eva, child]
        assert [one.member for one in seen.statuses] == [eva, child]
        with pytest.raises(ConflictError, match="already"):
            join_household(work, home, replace(partner, id=eva), on_file=True, version=3)
        with pytest.raises(UnknownError):
            join_household(work, home, replace(partner, id="nobody"), on_file=True, version=3)
        assert leave(work, home, child, version=3) == 4
        assert leave(work, home, ada, version=4) == 5
        left = read_household(work, home)
        assert [one.id for one in left.household.members] == [eva]
        assert row_of(work, ada).household_id is None
        # Nobody on file is left in it: nothing of it stays.
        assert leave(work, home, eva, version=5) is None
        assert work.count(households) == 0
        assert row_of(work, eva).household_id is None


def test_a_household_is_removed_and_its_people_stay(store: Store) -> None:
    home, ada = a_kept_home(store, "figlio")
    with store.writing(a_manager()) as work:
        remove_household(work, home, version=1)
        assert work.count(households) == 0
        assert row_of(work, ada).household_id is None
        with pytest.raises(UnknownError):
            remove_household(work, home, version=1)
