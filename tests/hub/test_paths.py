from datetime import date

import pytest

from matching.accompaniment.agreement import begin, happen
from matching.accompaniment.agreement.policy import AgreementPolicy, Calling, Reminding
from matching.domain.access import Act, Actor, Role
from matching.domain.agreement import (
    Attendance,
    Contested,
    DropReason,
    Event,
    Proposer,
    SessionRecorded,
    Signed,
    StepAgreed,
    StepCompleted,
    StepDropped,
    StepProposed,
    StepRefused,
    StepStarted,
    StepState,
)
from matching.domain.outcomes import OutcomeKind
from matching.errors import (
    ConflictError,
    ForbiddenError,
    InputError,
    StaleError,
    UnknownError,
)
from matching.hub.agreeing import NewStep, agree_plan, propose_step
from matching.hub.outcomes import outcomes_of
from matching.hub.participants import (
    participant,
    participants,
    record,
    record_step_outcome,
)
from matching.hub.paths import add_event, begin_path, paths_of, read_path
from matching.hub.people import change_person, row_of
from matching.hub.reminders import remind
from matching.hub.results import NewResult, ResultKind, computed, keep_result
from matching.store import Store, Work
from matching.store.person_keys import key_of
from matching.store.tables import journal, notes, plan_events
from tests.databases import LECCO, MERATE, a_manager, everybody
from tests.factories import a_catalogue, a_service
from tests.hub.deciding import COLLEAGUE, MANAGER, NAME, POLICY, STAMP, Hub, a_hub, a_person

DAY = date(2026, 11, 27)
AGREEING = AgreementPolicy(
    languages=("it",),
    reminding=Reminding(answer_days=7, ask_days=7, start_days=3, close_days=7, reason="prova"),
    calling=Calling(
        absences=2, least_share=0.5, least_sessions=4, silence_days=30, reason="p", source="p"
    ),
)
PROVIDER = Actor(id="p", role=Role.PROVIDER, hubs=frozenset({LECCO}), organisation="o")
OURS = ("corso-muletto",)


def a_path(hub: Hub, person: str | None = None, by: Actor = MANAGER) -> str:
    path = begin(id="x", person_id="x", on=DAY, by="x")
    for slug in ("corso-muletto", "sportello-casa"):
        path = happen(
            path,
            StepProposed(
                on=DAY, by="x", step=slug, title=slug, proposer=Proposer.HUB, service=slug
            ),
        )
    with hub.store.writing(by) as work:
        return begin_path(work, person or hub.person, path)


def happened(hub: Hub, plan: str, *events: Event, by: Actor = MANAGER) -> None:
    """Events on the path as it stands."""
    for event in events:
        with hub.store.writing(by) as work:
            version = read_path(work, plan, as_of=DAY).version
            add_event(work, plan, event, version=version)


def changed(work: Work, person: str, **values: str) -> None:
    change_person(work, person, version=row_of(work, person).version, **values)


def a_protected_person(hub: Hub) -> str:
    """Somebody in danger, in charge of the manager."""
    with hub.store.writing(MANAGER) as work:
        person = a_person(work, "Ines Nascosta", is_protected=True)
        changed(work, person, manager_id=MANAGER.id)
    return person


def a_plan(hub: Hub, person: str, *slugs: str) -> str:
    """A plan as the engine would have proposed it."""
    with hub.store.writing(MANAGER) as work:
        key = key_of(work, person)
        steps = [
            {"service": slug, "name": f"Servizio {slug}", "measure": "course", "start": None,
             "ask_by": None}
            for slug in slugs
        ]  # fmt: skip
        new = NewResult(
            kind=ResultKind.PLAN, hub=LECCO, as_of=DAY, model=STAMP, body={}, inputs={},
            entries=[(0, key, {"steps": steps})], pseudonym=key.pseudonym,
        )  # fmt: skip
        result = keep_result(work, computed(new)).id
        work.tell(Act.PLAN, "person", key.pseudonym, hub=LECCO)
    return result


def test_a_path_is_lived_by_those_who_have_a_part_in_it(store: Store) -> None:
    hub = a_hub(store)
    plan = a_path(hub)
    course = "corso-muletto"

    def happens(who: Actor, event: Event, version: int) -> int:
        with hub.store.writing(who) as work:
            if who is PROVIDER:
                return record(work, plan, event, version=version, services=OURS)
            return add_event(work, plan, event, version=version)

    with hub.store.writing(PROVIDER) as work:
        assert participants(work, OURS) == []
    assert happens(hub.herself, StepAgreed(on=DAY, by="x", step=course), 3) == 4
    with pytest.raises(InputError, match="hub or the provider"):
        happens(hub.herself, StepStarted(on=DAY, by="x", step=course), 4)
    with pytest.raises(UnknownError):
        happens(PROVIDER, StepStarted(on=DAY, by="x", step="sportello-casa"), 1)
    # To the provider its step has a life of its own: proposed, agreed to, begun.
    assert happens(PROVIDER, StepStarted(on=DAY, by="x", step=course), 2) == 3
    with pytest.raises(StaleError):
        happens(MANAGER, StepStarted(on=DAY, by="x", step=course), 4)
    session = SessionRecorded(
        on=DAY, by="x", step=course, held_on=DAY, attendance=Attendance.PRESENT
    )
    with pytest.raises(StaleError):
        happens(PROVIDER, session, 2)
    happens(PROVIDER, session, 3)
    with hub.store.writing(PROVIDER) as work:
        (who,) = participants(work, OURS)
        assert participant(work, plan, OURS) == who
        assert participants(work, ()) == participants(work, ["sportello-casa"]) == []
    (own,) = who.steps
    assert (who.name, own.step.state, own.version) == (NAME, StepState.ATTENDED, 4)
    happens(
        hub.herself,
        StepDropped(on=DAY, by="x", step=course, reason=DropReason.CARE, own_words="Mia madre"),
        6,
    )
    with hub.store.writing(hub.herself) as work:
        seen = read_path(work, plan, as_of=DAY)
        assert [(one.id, one.version) for one in paths_of(work, hub.person)] == [(plan, 7)]
    step = seen.agreement.step(course)
    assert step is not None
    assert (step.state, step.own_words) == (StepState.DROPPED, "Mia madre")
    assert [event.by for event in seen.agreement.events][-2:] == ["p", "account-p"]
    with hub.store.reading(everybody()) as work:
        whole = " ".join(row.detail for row in work.rows(journal))
        sealed = b"".join(row.sealed for row in work.rows(plan_events))
    assert "madre" not in whole
    assert b"madre" not in sealed


def test_nobody_else_sees_a_path(store: Store) -> None:
    hub = a_hub(store)
    plan = a_path(hub)
    with hub.store.writing(MANAGER) as work:
        other = a_person(work, "Altra Persona")
    stranger = Actor(id="s", role=Role.PERSON, hubs=frozenset({LECCO}), person_id=other)
    for who in (stranger, PROVIDER, a_manager(MERATE)):
        with pytest.raises(UnknownError), hub.store.writing(who) as work:
            read_path(work, plan, as_of=DAY)
        with pytest.raises(UnknownError), hub.store.writing(who) as work:
            add_event(work, plan, Signed(on=DAY, by="x"), version=3)


def test_what_is_due_in_a_path_is_said(store: Store) -> None:
    hub = a_hub(store)
    plan = a_path(hub)
    with hub.store.writing(everybody()) as work:
        assert remind(work, DAY, proposing=POLICY, agreeing=AGREEING).paths == ()
        due = remind(work, date(2026, 12, 20), proposing=POLICY, agreeing=AGREEING)
    assert [one.id for one in due.paths] == [plan]
    assert {one.step for one in due.paths[0].due} == {"corso-muletto", "sportello-casa"}


def test_a_path_is_begun_of_the_steps_of_a_plan_that_were_chosen(store: Store) -> None:
    hub = a_hub(store)
    result = a_plan(hub, hub.person, "corso", "casa", "cura")
    with hub.store.writing(MANAGER) as work:
        other = a_person(work, "Altra Persona")
        plan, version = agree_plan(work, hub.person, result, None, chosen=["cura", "corso"])
        seen = read_path(work, plan, as_of=DAY)
        assert (seen.version, version) == (3, 3)
        assert [step.id for step in seen.agreement.steps] == ["cura", "corso"]
        assert {step.state for step in seen.agreement.steps} == {StepState.PROPOSED}
        (listed,) = paths_of(work, hub.person)
        assert (listed.result_id, seen.person_id) == (result, hub.person)
        with pytest.raises(InputError, match="no step of this plan"):
            agree_plan(work, hub.person, result, None, chosen=["cinema"])
        with pytest.raises(InputError, match="named twice"):
            agree_plan(work, hub.person, result, None, chosen=["cura", "cura"])
        with pytest.raises(InputError, match="say which plan"):
            agree_plan(work, hub.person, None, None, chosen=["cura"])
        with pytest.raises(UnknownError):
            agree_plan(work, other, result, None)
        empty, _ = agree_plan(work, other, None, None)
        assert read_path(work, empty, as_of=DAY).agreement.steps == ()
        changed(work, other, state="closed")
        with pytest.raises(ConflictError, match="closed"):
            agree_plan(work, other, None, None)


def test_any_service_is_proposed_whatever_was_refused_before(store: Store) -> None:
    hub = a_hub(store)
    plan = a_path(hub)
    catalogue = a_catalogue(a_service("corso-muletto", starts=[date(2026, 12, 14)]))

    def proposed(by: Actor, new: NewStep) -> str:
        with hub.store.writing(by) as work:
            version = read_path(work, plan, as_of=DAY).version
            return propose_step(work, plan, new, catalogue, version=version)

    happened(hub, plan, StepRefused(on=DAY, by="x", step="corso-muletto"))
    again = proposed(MANAGER, NewStep(service="corso-muletto"))
    own = proposed(hub.herself, NewStep(title="Parlare con mia sorella"))
    with hub.store.writing(hub.herself) as work:
        agreement = read_path(work, plan, as_of=DAY).agreement
    second, hers = agreement.step(again), agreement.step(own)
    assert second is not None
    assert hers is not None
    assert (second.state, second.proposal.starts_on) == (StepState.PROPOSED, date(2026, 12, 14))
    assert second.proposal.ends_on is not None
    assert (hers.proposal.proposer, hers.proposal.service) == (Proposer.PERSON, None)
    for new, match in (
        (NewStep(service="inventato"), "no service"),
        (NewStep(), "has a title"),
        (NewStep(service="corso-muletto", starts_on=date(2026, 12, 15)), "no edition"),
    ):
        with pytest.raises(InputError, match=match):
            proposed(MANAGER, new)


def test_a_no_to_what_was_only_proposed_is_a_refusal(store: Store) -> None:
    hub = a_hub(store)
    plan = a_path(hub)
    happened(
        hub, plan, StepDropped(on=DAY, by="x", step="sportello-casa", reason=DropReason.NOT_NOW),
        Contested(on=DAY, by="x", own_words="Preferisco un altro corso"), Signed(on=DAY, by="x"),
        by=hub.herself,
    )  # fmt: skip
    with hub.store.writing(MANAGER) as work:
        agreement = read_path(work, plan, as_of=DAY).agreement
    assert [type(one) for one in agreement.events[-3:]] == [StepRefused, Contested, Signed]
    # Nothing of it is an end: the same step may be agreed to the next day.
    happened(hub, plan, StepAgreed(on=DAY, by="x", step="sportello-casa"), by=hub.herself)


def test_nothing_is_recorded_before_it_happened_nor_of_a_step_that_is_not_there(
    store: Store,
) -> None:
    hub = a_hub(store)
    plan = a_path(hub)
    with pytest.raises(InputError, match="still to come"):
        happened(hub, plan, StepAgreed(on=date(2026, 11, 28), by="x", step="corso-muletto"))
    with pytest.raises(UnknownError):
        happened(hub, plan, StepAgreed(on=DAY, by="x", step="inventato"))
    with pytest.raises(InputError, match="attended or started"):
        happened(hub, plan, StepCompleted(on=DAY, by="x", step="corso-muletto"))


def test_the_path_of_a_protected_person_is_her_managers_and_hers(store: Store) -> None:
    hub = a_hub(store)
    person = a_protected_person(hub)
    plan = a_path(hub, person)
    agreed = StepAgreed(on=DAY, by="x", step="corso-muletto")
    happened(hub, plan, agreed)
    with pytest.raises(ForbiddenError), hub.store.writing(COLLEAGUE) as work:
        read_path(work, plan, as_of=DAY)
    with hub.store.writing(COLLEAGUE) as work:
        assert read_path(work, plan, as_of=DAY, reason="Ha telefonato").id == plan
        assert work.count(notes, notes.c.person_id == person) == 1
        with pytest.raises(ForbiddenError, match="in charge"):
            add_event(work, plan, Signed(on=DAY, by="x"), version=4)
        with pytest.raises(ForbiddenError, match="in charge"):
            agree_plan(work, person, None, None)
    # A provider is told of nobody, also where it knows the path from before.
    with hub.store.writing(PROVIDER) as work:
        assert participants(work, OURS) == []
        for ask in (
            lambda: participant(work, plan, OURS),
            lambda: record(
                work, plan, StepStarted(on=DAY, by="x", step="corso-muletto"), version=2,
                services=OURS,
            ),
        ):  # fmt: skip
            with pytest.raises(UnknownError):
                ask()


def test_a_provider_records_what_is_its_own_and_no_more(store: Store) -> None:
    hub = a_hub(store)
    plan = a_path(hub)
    course = "corso-muletto"
    happened(hub, plan, StepAgreed(on=DAY, by="x", step=course))

    def recorded(event: Event, version: int) -> int:
        with hub.store.writing(PROVIDER) as work:
            return record(work, plan, event, version=version, services=OURS)

    def came_of_it(step: str, services: tuple[str, ...] = OURS) -> str:
        with hub.store.writing(PROVIDER) as work:
            kind = OutcomeKind.COURSE_COMPLETED
            return record_step_outcome(work, plan, step, kind, DAY, services=services)

    with pytest.raises(InputError, match="the hub the rest"):
        recorded(StepAgreed(on=DAY, by="x", step=course), 2)
    with pytest.raises(InputError, match="person's"):
        recorded(StepDropped(on=DAY, by="x", step=course, own_words="Non viene"), 2)
    with pytest.raises(UnknownError):
        recorded(Signed(on=DAY, by="x"), 2)
    with pytest.raises(UnknownError):
        came_of_it(course)  # agreed to, not begun
    recorded(StepStarted(on=DAY, by="x", step=course), 2)
    recorded(StepCompleted(on=DAY, by="x", step=course), 3)
    for step, services in ((course, ()), ("sportello-casa", OURS), ("inventato", OURS)):
        with pytest.raises(UnknownError):
            came_of_it(step, services)
    outcome = came_of_it(course)
    with hub.store.writing(MANAGER) as work:
        (one,) = outcomes_of(work, hub.person)
    assert (one.id, one.kind, one.recorded_by) == (outcome, OutcomeKind.COURSE_COMPLETED, "p")
    # What is over is no longer shown.
    with hub.store.writing(PROVIDER) as work:
        assert participants(work, OURS) == []


def test_participants_come_in_pages(store: Store) -> None:
    hub = a_hub(store)
    with hub.store.writing(MANAGER) as work:
        people = [hub.person, *(a_person(work, f"Persona {name}") for name in ("Uno", "Due"))]
    made = [a_path(hub, person) for person in people]
    for plan in made:
        happened(hub, plan, StepAgreed(on=DAY, by="x", step="corso-muletto"))
    with hub.store.writing(PROVIDER) as work:
        first = participants(work, OURS, limit=2)
        last = participants(work, OURS, after=first[-1].plan_id, limit=2)
    assert [one.plan_id for one in (*first, *last)] == sorted(made)
    with hub.store.writing(MANAGER) as work:
        changed(work, hub.person, state="closed")
    with hub.store.writing(PROVIDER) as work:
        assert {one.plan_id for one in participants(work, OURS)} == set(made[1:])
