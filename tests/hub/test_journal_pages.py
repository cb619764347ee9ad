from datetime import date, timedelta

from matching.domain.access import EVERYWHERE, Act, Actor, Role
from matching.hub.journal_pages import journal_page
from matching.hub.people import Contacts, NewPerson, add_person, read_person
from matching.store import Store
from tests.databases import LECCO, MERATE, a_manager
from tests.hub.lives import Clock, a_person, timed

EVALUATOR = Actor(
    id="evaluator", role=Role.EVALUATOR, hubs=frozenset({LECCO, MERATE, EVERYWHERE}),
    confirmed=True,
)  # fmt: skip


def somebody(hub: str) -> NewPerson:
    contacts = Contacts(given_name="Ada", family_name="Prova")
    return NewPerson(hub=hub, contacts=contacts, taken_on=date(2026, 11, 1))


def test_pages_have_every_entry_once_the_latest_first(store: Store) -> None:
    with store.writing(a_manager()) as work:
        person = a_person(work)
    for _ in range(4):
        with store.writing(a_manager()) as work:
            read_person(work, person)
    seen: list[int] = []
    with store.writing(EVALUATOR) as work:
        before = None
        while page := journal_page(work, before=before, limit=2, act=Act.READ_PERSON):
            seen += [one.number for one in page]
            before = seen[-1]
    assert len(seen) == 4
    assert seen == sorted(seen, reverse=True)


def test_entries_are_found_by_hub_and_time(store: Store) -> None:
    clock = Clock()
    there = timed(store, clock)
    for hub in (LECCO, MERATE):
        with there.writing(a_manager(hub)) as work:
            add_person(work, somebody(hub))
        clock.goes_on(days=1)
    with there.writing(EVALUATOR) as work:
        here = journal_page(work, limit=50, act=Act.ADD_PERSON, hub=MERATE)
        assert [one.hub for one in here] == [MERATE]
        noon = here[0].at
        assert [one.hub for one in journal_page(work, limit=9, act=Act.ADD_PERSON, until=noon)] == [
            LECCO
        ]
        later = noon + timedelta(seconds=1)
        assert journal_page(work, limit=9, act=Act.ADD_PERSON, since=later) == []


def test_a_hubs_own_entries_are_all_that_it_could_see(store: Store) -> None:
    with store.writing(a_manager(MERATE)) as work:
        add_person(work, somebody(MERATE))
    with store.writing(a_manager()) as work:
        assert journal_page(work, limit=50, act=Act.ADD_PERSON) == []
