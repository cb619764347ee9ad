"""Somebody is in charge of every protected file, and who is gone has them handed over."""

from datetime import timedelta

import pytest

from matching.domain.access import Act, Role
from matching.errors import ConflictError, ForbiddenError, InputError, UnknownError
from matching.hub.accounts import account, accounts_page, disable
from matching.hub.charge import HandedOver, hand_over, handed_over
from matching.hub.endings import change_file
from matching.hub.people import check_in_charge, read_person, row_of
from matching.store import Store, Work
from matching.store.person_keys import key_of
from matching.store.tables import journal, persons
from tests.databases import MERATE, a_manager, everybody
from tests.hub.deciding import COLLEAGUE, MANAGER, Hub, a_hub, a_person, an_account

ELSEWHERE = a_manager(MERATE, name="account-merate")


def protected(hub: Hub, person: str, version: int, **values: object) -> None:
    with hub.store.writing(MANAGER) as work:
        change_file(work, person, version=version, is_protected=True, **values)


def left(store: Store) -> tuple[Hub, str]:
    """A hub with somebody protected, the account of whose manager was closed."""
    hub = a_hub(store)
    with hub.store.writing(MANAGER) as work:
        person = a_person(work, "Eva Prova")
    protected(hub, person, 2)
    with hub.store.writing(everybody()) as work:
        disable(work, MANAGER.id)
    return hub, person


def others(work: Work) -> None:
    """An agency's account, and one of a manager of another hub."""
    an_account(work, "agenzia", Role.AGENCY)
    an_account(work, ELSEWHERE.id, hub=MERATE)
    work.tell(Act.MANAGE_ACCOUNTS, "account", ELSEWHERE.id)


def told(hub: Hub, who: object = COLLEAGUE) -> list[HandedOver]:
    with hub.store.reading(who) as work:  # type: ignore[arg-type]
        return list(handed_over(work))


def test_whoever_protects_a_file_that_nobody_is_in_charge_of_takes_charge(store: Store) -> None:
    hub = a_hub(store)
    with hub.store.reading(MANAGER) as work:
        assert row_of(work, hub.person).manager_id is None
    protected(hub, hub.person, 2)
    with hub.store.reading(MANAGER) as work:
        row = row_of(work, hub.person)
        check_in_charge(work, row)
    assert (row.manager_id, row.version) == (MANAGER.id, 3)


def test_a_protected_file_keeps_its_manager_as_long_as_that_one_can_act(store: Store) -> None:
    hub = a_hub(store)
    with hub.store.writing(MANAGER) as work:
        people = [hub.person, a_person(work, "Eva Prova")]
        for person in people:
            change_file(work, person, version=2, manager_id=COLLEAGUE.id)
    protected(hub, people[0], 3)
    with hub.store.writing(everybody()) as work:
        disable(work, COLLEAGUE.id)
    protected(hub, people[1], 3)
    with hub.store.reading(MANAGER) as work:
        in_charge = [row_of(work, one).manager_id for one in people]
    assert in_charge == [COLLEAGUE.id, MANAGER.id]


def test_nobody_is_in_charge_who_is_no_manager_of_the_hub_or_cannot_act(store: Store) -> None:
    hub = a_hub(store)
    with hub.store.writing(everybody()) as work:
        others(work)
        disable(work, COLLEAGUE.id)
    for other in ("agenzia", ELSEWHERE.id, COLLEAGUE.id, "nobody"):
        with pytest.raises(InputError, match="manager_id"), hub.store.writing(MANAGER) as work:
            change_file(work, hub.person, version=2, manager_id=other)
    with hub.store.writing(everybody()) as work, pytest.raises(ConflictError, match="in charge"):
        change_file(work, hub.person, version=2, is_protected=True)


def test_files_of_a_closed_account_are_handed_over_and_told_to_whoever_they_go_to(
    store: Store,
) -> None:
    hub, person = left(store)
    with hub.store.reading(everybody()) as work:
        before = row_of(work, person)
        assert account(work, MANAGER.id).left_in_charge == 1
        counts = {one.id: one.left_in_charge for one in accounts_page(work, after=None, limit=9)}
        assert sum(counts.values()) == counts[MANAGER.id] == 1
    hub.clock.goes_on(days=1)
    with hub.store.writing(everybody()) as work:
        assert hand_over(work, MANAGER.id, COLLEAGUE.id) == 1
        assert account(work, MANAGER.id).left_in_charge == 0
        after = row_of(work, person)
        # Handed over it is no more alive than before, and whoever read it before reads it again.
        assert (after.changed_at, after.version) == (before.changed_at, before.version + 1)
        (entry,) = work.rows(journal, journal.c.act == Act.HAND_OVER)
        assert entry.subject == key_of(work, person).pseudonym
        assert hand_over(work, MANAGER.id, COLLEAGUE.id) == 0
    assert told(hub) == [HandedOver(person_id=person, since=hub.clock.now)]
    assert told(hub, MANAGER) == told(hub, ELSEWHERE) == []
    hub.clock.goes_on(days=60)
    with hub.store.writing(COLLEAGUE) as work:
        check_in_charge(work, row_of(work, person))
        read_person(work, person)
    assert told(hub) == []
    assert hub.store.verified().problems == ()


def test_what_was_not_protected_stays_where_it_was(store: Store) -> None:
    hub, person = left(store)
    with hub.store.writing(COLLEAGUE) as work:
        change_file(work, hub.person, version=2, point="punto-lecco")
    with hub.store.writing(everybody()) as work:
        hand_over(work, MANAGER.id, COLLEAGUE.id)
        (row,) = work.rows(persons, persons.c.manager_id == COLLEAGUE.id)
    assert row.id == person


def test_a_manager_who_can_act_is_left_her_files(store: Store) -> None:
    hub = a_hub(store)
    protected(hub, hub.person, 2)
    with hub.store.writing(everybody()) as work:
        with pytest.raises(ConflictError, match="not closed"):
            hand_over(work, MANAGER.id, COLLEAGUE.id)
        assert account(work, MANAGER.id).left_in_charge == 0


def test_files_go_to_nobody_who_could_not_be_in_charge(store: Store) -> None:
    hub, person = left(store)
    with hub.store.writing(everybody()) as work:
        others(work)
    for other in ("agenzia", ELSEWHERE.id, MANAGER.id):
        with pytest.raises(InputError, match="same hub"), hub.store.writing(everybody()) as work:
            hand_over(work, MANAGER.id, other)
    for one, to in (("nobody", COLLEAGUE.id), (MANAGER.id, "nobody")):
        with pytest.raises(UnknownError), hub.store.writing(everybody()) as work:
            hand_over(work, one, to)
    with hub.store.reading(COLLEAGUE) as work, pytest.raises(ForbiddenError):
        check_in_charge(work, row_of(work, person))


def test_what_is_given_on_to_somebody_else_is_told_to_nobody_any_more(store: Store) -> None:
    hub, person = left(store)
    with hub.store.writing(everybody()) as work:
        an_account(work, "account-4")
        hand_over(work, MANAGER.id, COLLEAGUE.id)
    with hub.store.writing(COLLEAGUE) as work:
        row = row_of(work, person)
        change_file(work, row.id, version=row.version, manager_id="account-4")
    hub.clock.now += timedelta(hours=1)
    assert told(hub) == told(hub, a_manager(name="account-4")) == []
