import pytest

from matching.domain.access import Actor, Role
from matching.errors import ConflictError, ForbiddenError, UnknownError
from matching.hub.consents import (
    ConsentFor,
    consents_of,
    give_consent,
    standing,
    withdraw_consent,
)
from matching.hub.notices import Way, give_notice
from matching.hub.people import change_person, row_of
from matching.store import Store
from tests.databases import LECCO, MERATE, a_manager, everybody
from tests.hub.lives import a_notice, a_person

STORY = ConsentFor.TELLING_STORY


def informed(store: Store) -> str:
    with store.writing(everybody()) as work:
        a_notice(work)
        person = a_person(work)
        give_notice(work, person, "2026-11", "it", Way.PAPER)
    return person


def test_a_consent_stands_until_it_is_withdrawn_and_can_be_given_again(store: Store) -> None:
    person = informed(store)
    with store.writing(a_manager()) as work:
        give_consent(work, person, STORY, "2026-11")
        assert standing(work, person, STORY)
        assert not standing(work, person, ConsentFor.LATER_CONTACT)
        with pytest.raises(ConflictError, match="stands already"):
            give_consent(work, person, STORY, "2026-11")
        withdraw_consent(work, person, STORY)
        assert not standing(work, person, STORY)
        with pytest.raises(UnknownError, match="nothing to withdraw"):
            withdraw_consent(work, person, STORY)
        give_consent(work, person, STORY, "2026-11")
        every = consents_of(work, person)
    assert sorted(one.withdrawn_at is None for one in every) == [False, True]


def test_nobody_consents_to_what_she_was_not_told(store: Store) -> None:
    person = informed(store)
    with pytest.raises(ConflictError, match="'2030'"), store.writing(a_manager()) as work:
        give_consent(work, person, STORY, "2030")


def test_nothing_is_added_to_a_restricted_file(store: Store) -> None:
    person = informed(store)
    with store.writing(a_manager()) as work:
        change_person(work, person, version=1, state="restricted")
        with pytest.raises(ConflictError):
            give_consent(work, person, STORY, "2026-11")


def test_another_hub_or_another_person_finds_no_consent(store: Store) -> None:
    person = informed(store)
    with store.writing(a_manager()) as work:
        give_consent(work, person, STORY, "2026-11")
        other = a_person(work)
    stranger = Actor(id="x", role=Role.PERSON, hubs=frozenset({LECCO}), person_id=other)
    for actor in (a_manager(MERATE), stranger):
        with store.writing(actor) as work:
            with pytest.raises(UnknownError):
                withdraw_consent(work, person, STORY)
            with pytest.raises(UnknownError):
                consents_of(work, person)


def test_a_protected_persons_consents_are_her_managers_and_hers(store: Store) -> None:
    person = informed(store)
    herself = Actor(id="h", role=Role.PERSON, hubs=frozenset({LECCO}), person_id=person)
    with store.writing(a_manager()) as work:
        change_person(work, person, version=row_of(work, person).version, is_protected=True)
    with store.writing(herself) as work:
        give_consent(work, person, STORY, "2026-11")
    with store.writing(a_manager()) as work:
        with pytest.raises(ForbiddenError, match="in charge"):
            give_consent(work, person, ConsentFor.LATER_CONTACT, "2026-11")
        with pytest.raises(ForbiddenError, match="protected"):
            consents_of(work, person)
        assert len(consents_of(work, person, reason="Lo chiede per telefono")) == 1
        # Whoever hears that she takes it back may write it down.
        withdraw_consent(work, person, STORY)
