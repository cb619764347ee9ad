from datetime import date, timedelta

import pytest

from matching.domain.days import day_at
from matching.errors import ConflictError, ForbiddenError
from matching.hub.erasure import Cause
from matching.hub.erasure_asked import ErasureAsked, erase_as_asked
from matching.hub.people import Contacts, NewPerson, add_person
from matching.hub.retention_policy import Duty, load_retention
from matching.settings import shipped_data
from matching.store import Store
from matching.store.store import utc_now
from matching.store.tables import persons
from matching.territory import territory_folders
from tests.databases import LECCO, a_manager, everybody
from tests.hub.lives import a_person

POLICY = load_retention(territory_folders(shipped_data() / "territories")[0])
TODAY = day_at(utc_now())


def asked(store: Store, person: str, **known: date | None) -> date | None:
    with store.writing(a_manager()) as work:
        wanted = ErasureAsked(person_id=person, cause=Cause.ASKED, **known)  # type: ignore[arg-type]
        return erase_as_asked(work, wanted, POLICY).restricted_until


def test_accounts_keep_a_part_as_long_as_they_must_since_the_last_payment(store: Store) -> None:
    with store.writing(a_manager()) as work:
        people = [a_person(work) for _ in range(4)]
    earlier = TODAY - timedelta(days=100)
    until = POLICY.restricted_until(Duty.ACCOUNTS, TODAY)
    assert asked(store, people[0], ledger_day=earlier, paid_on=TODAY) == until
    assert asked(store, people[1], ledger_day=TODAY) == until
    assert asked(store, people[2], paid_on=date(1999, 1, 1)) is None
    assert asked(store, people[3]) is None
    with store.reading(everybody()) as work:
        assert {row.id for row in work.rows(persons)} == set(people[:2])
    with pytest.raises(ConflictError, match=str(until)):
        asked(store, people[0])


def test_a_protected_file_is_not_erased_by_a_colleague_without_a_reason(store: Store) -> None:
    contacts = Contacts(given_name="Ada", family_name="Prova")
    with store.writing(a_manager()) as work:
        new = NewPerson(hub=LECCO, contacts=contacts, taken_on=TODAY, is_protected=True)
        person = add_person(work, new)
    wanted = {"person_id": person, "cause": Cause.ASKED}
    with pytest.raises(ForbiddenError), store.writing(a_manager()) as work:
        erase_as_asked(work, ErasureAsked(**wanted), POLICY)
    with store.writing(a_manager()) as work:
        done = erase_as_asked(work, ErasureAsked(**wanted, reason="Richiesta scritta"), POLICY)
    assert done.restricted_until is None
