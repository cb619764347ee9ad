from datetime import date
from typing import Any

from matching.hub.namesakes import might_be, on_file
from matching.hub.people import Contacts, NewPerson, add_person
from matching.store import Store, Work
from matching.store.tables import persons
from tests.databases import LECCO, MERATE, a_manager, everybody

BORN = date(1971, 4, 2)


def contacts(given: str = "Ada", family: str = "Prova", **more: Any) -> Contacts:
    return Contacts(given_name=given, family_name=family, **more)


def added(work: Work, hub: str = LECCO, *, is_protected: bool = False, **more: Any) -> str:
    new = NewPerson(
        hub=hub, contacts=contacts(**more), taken_on=date(2026, 1, 1), is_protected=is_protected
    )
    return add_person(work, new)


def test_somebody_is_the_same_by_name_and_birth_date_whatever_else_changed(store: Store) -> None:
    with store.writing(a_manager()) as work:
        ada = added(work, birth_date=BORN, telephone="0341 123456")
        assert on_file(work, contacts("Prova", "Ada", birth_date=BORN)) == ada
        assert on_file(work, contacts("ADA", "Pròva", birth_date=BORN, email="b@x.it")) == ada
        other = contacts(birth_date=date(1972, 4, 2), telephone="0341 123456")
        assert on_file(work, other) is None
        assert might_be(work, other) == [ada]


def test_without_a_birth_date_a_contact_tells_and_a_name_alone_does_not(store: Store) -> None:
    with store.writing(a_manager()) as work:
        ada = added(work, telephone="333 000 1122", email="ada@x.it")
        assert on_file(work, contacts(telephone="+39 3330001122")) == ada
        assert on_file(work, contacts(email="ADA@x.it", birth_date=BORN)) == ada
        assert on_file(work, contacts()) is None
        assert on_file(work, contacts("Eva", email="ada@x.it")) is None
        assert might_be(work, contacts()) == [ada]
        assert might_be(work, contacts("Eva", email="ada@x.it")) == [ada]
        assert might_be(work, contacts("Eva")) == []


def test_nobody_of_another_hub_or_in_a_protected_file_is_found(store: Store) -> None:
    with store.writing(everybody()) as work:
        added(work, MERATE, birth_date=BORN)
        added(work, is_protected=True, birth_date=BORN)
    with store.reading(a_manager()) as work:
        assert on_file(work, contacts(birth_date=BORN)) is None
        assert might_be(work, contacts(birth_date=BORN)) == []
        assert work.count(persons) == 1


def test_names_that_hold_no_letter_of_ours_are_not_all_one_name(store: Store) -> None:
    with store.writing(a_manager()) as work:
        added(work, given="Олена", family="Коваль", birth_date=BORN)
        assert on_file(work, contacts("Ірина", "Мельник", birth_date=BORN)) is None


def test_comparing_tells_the_journal_nothing_and_changes_nothing(store: Store) -> None:
    with store.writing(a_manager()) as work:
        added(work, birth_date=BORN)
        head = work.head
        on_file(work, contacts(birth_date=BORN))
        might_be(work, contacts())
        assert work.head == head
