"""A protected file: who opens it, and what is told of that."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa

from matching.domain.access import Act, Actor, Role
from matching.errors import ForbiddenError, UnknownError
from matching.hub.agreeing import agree_plan
from matching.hub.contests import ContestKind, NewContest, contest
from matching.hub.decisions import NewDecision, decide
from matching.hub.endings import change_file
from matching.hub.erasure import Cause, erase
from matching.hub.explaining import explain
from matching.hub.hidden import hidden_people, hidden_pseudonyms
from matching.hub.opened_files import OpenedFile
from matching.hub.people import read_person
from matching.hub.reasons import DecisionOutcome
from matching.hub.results import NewResult, Result, ResultKind, computed, keep_result, read_result
from matching.hub.waiting import NEWS_DAYS, reminders_of
from matching.settings import shipped_data
from matching.store import Store, Work
from matching.store.person_keys import key_of
from matching.store.tables import journal, notes, results
from matching.wording import load_wording
from tests.databases import LECCO, MERATE, a_manager, everybody
from tests.hub.deciding import (
    COLLEAGUE,
    MANAGER,
    STAMP,
    Hub,
    a_hub,
    a_person,
    a_shortlist,
    decision_reasons,
)

REASON = "Ha chiamato: chi la segue non c'era."
ITALIAN = load_wording(shipped_data() / "wording", "it")
THIRD = a_manager(name="account-3")
OTHERS = frozenset(Role) - {Role.COMMUNITY_MANAGER, Role.PERSON, Role.SYSTEM}


def a_protected_hub(store: Store) -> Hub:
    """A hub whose manager protected Zaira's file, and is in charge of it."""
    hub = a_hub(store)
    with hub.store.writing(MANAGER) as work:
        change_file(work, hub.person, version=2, is_protected=True)
    return hub


def test_a_protected_file_is_opened_by_those_whom_the_matrix_lets_and_by_nobody_else(
    store: Store,
) -> None:
    hub = a_protected_hub(store)
    for role in OTHERS:
        other = Actor(id=f"a-{role}", role=role, hubs=frozenset({LECCO}), confirmed=True)
        with pytest.raises(ForbiddenError, match="nobody else"), hub.store.writing(other) as work:
            read_person(work, hub.person, reason=REASON)
    narrowed = Actor(
        id="account-2", role=Role.COMMUNITY_MANAGER, hubs=frozenset({LECCO}),
        only=frozenset({Act.READ_PERSON}),
    )  # fmt: skip
    with pytest.raises(ForbiddenError), hub.store.writing(narrowed) as work:
        read_person(work, hub.person, reason=REASON)
    with hub.store.reading(everybody()) as work:
        assert work.count(notes) == 0
        assert work.count(journal, journal.c.act == Act.OPEN_PROTECTED_FILE) == 0
    with hub.store.writing(COLLEAGUE) as work:
        assert read_person(work, hub.person, reason=REASON).is_protected
        assert work.count(notes) == 1


def listed(store: Store) -> tuple[Hub, str, list[str]]:
    """A protected hub, a list that was kept before with Zaira first, and who is in it."""
    hub = a_hub(store)
    with hub.store.writing(MANAGER) as work:
        people = [hub.person, a_person(work, "Eva Prova")]
    shown = a_shortlist(hub, people)
    with hub.store.writing(MANAGER) as work:
        change_file(work, hub.person, version=2, is_protected=True)
    return hub, shown, people


def read(hub: Hub, shown: str, who: Actor) -> Result:
    with hub.store.reading(who) as work:
        return read_result(work, shown, ResultKind.SHORTLIST)


def test_of_whoever_was_protected_since_a_list_shows_her_place_alone(store: Store) -> None:
    hub, shown, people = listed(store)
    whole = read(hub, shown, MANAGER)
    assert (sorted(whole.people.values()), sorted(whole.entries)) == (sorted(people), [0, 1])
    for trusted in (hub.herself, everybody()):
        assert read(hub, shown, trusted).people == whole.people
    others = Actor(id="account-q", role=Role.PERSON, hubs=frozenset({LECCO}), person_id=people[1])
    machine = Actor(id="token-1", role=Role.MACHINE, hubs=frozenset({LECCO}))
    for who in (COLLEAGUE, machine, others):
        found = read(hub, shown, who)
        assert (list(found.people.values()), list(found.entries)) == ([people[1]], [1])
        # What was shown is kept as it was, and its digest is that of the journal.
        assert (found.body, found.body_digest) == (whole.body, whole.body_digest)
    with hub.store.writing(MANAGER) as work:
        change_file(work, hub.person, version=3, manager_id=COLLEAGUE.id)
    assert read(hub, shown, COLLEAGUE).people == whole.people
    assert read(hub, shown, MANAGER).people == found.people


def test_who_is_protected_is_hidden_by_her_hub_and_by_her_manager(store: Store) -> None:
    hub = a_protected_hub(store)
    with hub.store.writing(MANAGER) as work:
        # Nobody is in charge of her: to every manager she is somebody else's.
        nobodys = a_person(work, "Ida Prova", is_protected=True)
        names = {one: key_of(work, one).pseudonym for one in (hub.person, nobodys)}
    everywhere = (MANAGER, COLLEAGUE, a_manager(MERATE), hub.herself, everybody())
    expected = ({nobodys}, {hub.person, nobodys}, set(), {nobodys}, set())
    for who, people in zip(everywhere, expected, strict=True):
        with hub.store.reading(who) as work:
            assert hidden_people(work) == people
            pseudonyms = work.connection.execute(hidden_pseudonyms(work)).scalars()
            assert set(pseudonyms) == {names[one] for one in people}


def test_a_list_of_many_asks_once_who_of_them_is_protected(store: Store) -> None:
    hub, shown, _ = listed(store)
    with hub.store.writing(MANAGER) as work:
        more = [a_person(work, f"Prova {number}") for number in range(8)]
    longer = a_shortlist(hub, more)
    with hub.store.writing(MANAGER) as work:
        for person in more[:5]:
            change_file(work, person, version=2, is_protected=True)
    counts = []
    for one in (shown, longer):
        with hub.store.reading(COLLEAGUE) as work, statements(work) as asked:
            found = read_result(work, one, ResultKind.SHORTLIST)
        counts.append(len(asked))
        assert [sum("is_protected" in words for words in asked), len(found.people)] == [
            1, len(found.body["matches"]) - (1 if one == shown else 5)
        ]  # fmt: skip
    assert counts[0] == counts[1]


@contextmanager
def statements(work: Work) -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    asked: list[str] = []

    def note(*given: object) -> None:
        asked.append(str(given[2]))

    sa.event.listen(work.connection, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        sa.event.remove(work.connection, "before_cursor_execute", note)


def test_a_decision_on_somebody_protected_is_told_whole_to_whoever_gave_a_reason(
    store: Store,
) -> None:
    hub, shown, _ = listed(store)
    new = NewDecision(
        person_id=hub.person, outcome=DecisionOutcome.PROPOSED, vacancy_id=hub.vacancy,
        result_id=shown,
    )  # fmt: skip
    # Whether it departs from the list would tell where in it she is.
    with pytest.raises(ForbiddenError), hub.store.writing(COLLEAGUE) as work:
        decide(work, new, decision_reasons())
    with hub.store.writing(MANAGER) as work:
        decision = decide(work, new, decision_reasons())
    with pytest.raises(ForbiddenError), hub.store.writing(COLLEAGUE) as work:
        explain(work, decision, ITALIAN)
    told = []
    for who, reason in ((MANAGER, None), (COLLEAGUE, REASON), (hub.herself, None)):
        with hub.store.writing(who) as work:
            told.append(explain(work, decision, ITALIAN, reason=reason))
    assert told[0].elements == ("Usa già i bancali.",)
    assert told[1] == told[2] == told[0]


def test_a_list_is_contested_by_whoever_is_shown_that_she_is_in_it(store: Store) -> None:
    hub, shown, _ = listed(store)
    new = NewContest(person_id=hub.person, kind=ContestKind.CONTEST, result_id=shown)
    with pytest.raises(UnknownError), hub.store.writing(COLLEAGUE) as work:
        contest(work, new)
    with hub.store.writing(hub.herself) as work:
        contest(work, new)


def test_nobody_but_her_manager_begins_a_path_of_what_was_proposed_to_somebody_protected(
    store: Store,
) -> None:
    hub = a_protected_hub(store)
    with hub.store.writing(MANAGER) as work:
        key = key_of(work, hub.person)
        new = NewResult(
            kind=ResultKind.PLAN, hub=LECCO, as_of=work.today, model=STAMP, body={}, inputs={},
            pseudonym=key.pseudonym, entries=[(0, key, {"steps": []})],
        )  # fmt: skip
        plan = keep_result(work, computed(new)).id
        work.tell(Act.PLAN, "person", key.pseudonym, hub=LECCO)
    with pytest.raises(ForbiddenError), hub.store.writing(COLLEAGUE) as work:
        agree_plan(work, hub.person, plan, None)
    with hub.store.reading(COLLEAGUE) as work:
        assert read_result(work, plan, ResultKind.PLAN).entries == {}
        assert work.one(results, results.c.id == plan).pseudonym == key.pseudonym
    with hub.store.writing(MANAGER) as work:
        assert agree_plan(work, hub.person, plan, None)[1] == 1


def opens(hub: Hub, who: Actor, reason: str | None = None) -> None:
    with hub.store.writing(who) as work:
        read_person(work, hub.person, reason=reason)


def told(hub: Hub, who: Actor = MANAGER) -> list[tuple[str | None, str | None]]:
    """Whom of, and for what reason, a manager is told of openings."""
    with hub.store.writing(who) as work:
        return [(one.username, one.reason) for one in reminders_of(work, work.today).opened]


def test_the_manager_in_charge_is_told_who_opened_a_protected_file_when_and_why(
    store: Store,
) -> None:
    hub = a_protected_hub(store)
    opens(hub, MANAGER)
    assert told(hub) == []
    hub.clock.goes_on(hours=1)
    opens(hub, COLLEAGUE, REASON)
    with hub.store.writing(MANAGER) as work:
        reminders = reminders_of(work, work.today)
        (entry,) = work.rows(journal, journal.c.act == Act.READ_REMINDERS, limit=1)
    assert reminders.opened == [
        OpenedFile(
            person_id=hub.person, opened_by=COLLEAGUE.id, username=f"{COLLEAGUE.id}@hub.example",
            opened_at=hub.clock.now, reason=REASON,
        )
    ]  # fmt: skip
    assert REASON not in str(entry)
    # Nobody else: neither whoever opened it, nor another of the hub, nor another hub.
    for other in (COLLEAGUE, THIRD, a_manager(MERATE, name="account-merate")):
        assert told(hub, other) == []


def test_what_was_opened_is_told_until_the_manager_opens_the_file_next(store: Store) -> None:
    hub = a_protected_hub(store)
    with hub.store.writing(MANAGER) as work:
        other = a_person(work, "Eva Prova")
        change_file(work, other, version=2, is_protected=True)
    opens(hub, COLLEAGUE, REASON)
    opens(hub, THIRD, "Sostituzione.")
    with hub.store.writing(COLLEAGUE) as work:
        read_person(work, other, reason="Eva.")
    names = [f"{one.id}@hub.example" for one in (COLLEAGUE, THIRD)]
    assert told(hub) == [(names[0], REASON), (names[1], "Sostituzione."), (names[0], "Eva.")]
    opens(hub, MANAGER)
    assert told(hub) == [(names[0], "Eva.")]
    opens(hub, THIRD, "Di nuovo.")
    assert told(hub) == [(names[0], "Eva."), (names[1], "Di nuovo.")]
    hub.clock.goes_on(days=NEWS_DAYS)
    assert len(told(hub)) == 2
    hub.clock.goes_on(minutes=1)
    assert told(hub) == []


def test_what_was_opened_is_told_to_whoever_is_in_charge_now(store: Store) -> None:
    hub = a_protected_hub(store)
    opens(hub, COLLEAGUE, REASON)
    with hub.store.writing(MANAGER) as work:
        change_file(work, hub.person, version=3, manager_id=THIRD.id)
    assert told(hub) == []
    assert told(hub, THIRD) == [(f"{COLLEAGUE.id}@hub.example", REASON)]
    opens(hub, MANAGER, "Era mia.")
    assert [reason for _, reason in told(hub, THIRD)] == [REASON, "Era mia."]


@pytest.mark.parametrize("days", [None, 365])
def test_no_opening_is_told_of_a_file_that_was_erased_or_restricted(
    store: Store, days: int | None
) -> None:
    hub = a_protected_hub(store)
    opens(hub, COLLEAGUE, REASON)
    assert len(told(hub)) == 1
    with hub.store.writing(everybody()) as work:
        until = None if days is None else work.today + timedelta(days=days)
        erase(work, hub.person, cause=Cause.ASKED, restrict_until=until)
    assert told(hub) == []
