from datetime import date

import pytest

from matching.domain.access import Actor, Role
from matching.domain.outcomes import OutcomeKind
from matching.errors import ConflictError, ForbiddenError, UnknownError
from matching.hub.export import export_person
from matching.hub.outcomes import NewOutcome, outcomes_of, record_outcome, remove_outcome
from matching.hub.people import change_person, row_of
from matching.store import Store
from matching.store.tables import journal, outcomes
from tests.databases import LECCO, MERATE, a_manager, everybody
from tests.hub.lives import a_person, dump

DAY = date(2026, 11, 20)


def recorded(store: Store, person: str, **more: str) -> str:
    new = NewOutcome(person_id=person, kind=OutcomeKind.WORK, happened_on=DAY, **more)
    with store.writing(a_manager()) as work:
        return record_outcome(work, new)


def somebody(store: Store, **values: bool) -> str:
    with store.writing(a_manager()) as work:
        return a_person(work, **values)


def test_an_outcome_recorded_by_mistake_is_removed_and_the_journal_says_so(store: Store) -> None:
    person = somebody(store)
    outcome = recorded(store, person, note="cameriera zampogna")
    provider = Actor(id="p", role=Role.PROVIDER, hubs=frozenset({LECCO}), organisation="o")
    for stranger in (provider, a_manager(MERATE)):
        with pytest.raises(UnknownError), store.writing(stranger) as work:
            remove_outcome(work, outcome)
    with store.writing(a_manager()) as work:
        assert [one.note for one in outcomes_of(work, person)] == ["cameriera zampogna"]
        remove_outcome(work, outcome)
        assert outcomes_of(work, person) == []
        with pytest.raises(UnknownError):
            remove_outcome(work, outcome)
    with store.reading(everybody()) as work:
        told = [row.detail for row in work.rows(journal, journal.c.act == "record_outcome")]
    assert [outcome in one for one in told] == [True, True]
    assert "zampogna" not in str(told)


def test_a_number_of_another_program_is_there_once(store: Store) -> None:
    person = somebody(store)
    recorded(store, person, external_id="zampogna 7")
    with pytest.raises(ConflictError):
        recorded(store, person, external_id="zampogna 7")
    with store.writing(everybody()) as work:
        # Another hub numbers its own, and neither can be told from what is kept.
        stranger = a_person(work, hub=MERATE)
        new = NewOutcome(
            person_id=stranger, kind=OutcomeKind.WORK, happened_on=DAY, external_id="zampogna 7"
        )
        record_outcome(work, new)
        assert len({row.external_word for row in work.rows(outcomes)}) == 2
        tables = export_person(work, person).data["tables"]
    assert "zampogna" not in str(dump(store))
    (told,) = tables["outcomes"]
    assert told["content"] == {"external_id": "zampogna 7", "note": None}
    assert "external_word" not in told


def test_nothing_is_sealed_of_an_outcome_that_nothing_is_written_of(store: Store) -> None:
    person = somebody(store)
    outcome = recorded(store, person)
    with store.reading(everybody()) as work:
        row = work.one(outcomes, outcomes.c.id == outcome)
    assert (row.sealed, row.external_word) == (None, None)


def test_what_came_of_a_protected_person_is_her_managers_and_hers(store: Store) -> None:
    person = somebody(store, is_protected=True)
    with pytest.raises(ForbiddenError, match="in charge"):
        recorded(store, person)
    herself = Actor(id="h", role=Role.PERSON, hubs=frozenset({LECCO}), person_id=person)
    with store.writing(herself) as work:
        assert outcomes_of(work, person) == []
    with store.writing(a_manager()) as work:
        with pytest.raises(ForbiddenError, match="protected"):
            outcomes_of(work, person)
        assert outcomes_of(work, person, reason="sostituzione") == []


def test_nothing_is_added_to_a_restricted_file_nor_taken_out(store: Store) -> None:
    person = somebody(store)
    outcome = recorded(store, person)
    with store.writing(a_manager()) as work:
        change_person(work, person, version=row_of(work, person).version, state="restricted")
    with pytest.raises(ConflictError):
        recorded(store, person)
    with pytest.raises(ConflictError), store.writing(a_manager()) as work:
        remove_outcome(work, outcome)
