from datetime import date

import pytest

from matching.accompaniment.agreement import begin, happen
from matching.accompaniment.agreement.policy import AgreementPolicy, Calling, Reminding
from matching.domain.access import Actor, Role
from matching.domain.agreement import (
    Attendance,
    DropReason,
    Proposer,
    SessionRecorded,
    StepAgreed,
    StepDropped,
    StepProposed,
    StepStarted,
    StepState,
)
from matching.errors import InputError, StaleError, UnknownError
from matching.hub.paths import add_event, begin_path, participants, paths_of, read_path
from matching.hub.reminders import remind
from matching.store import Store
from matching.store.tables import journal, plan_events
from tests.databases import LECCO, MERATE, a_manager, everybody
from tests.hub.deciding import MANAGER, NAME, POLICY, Hub, a_hub, a_person

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


def a_path(hub: Hub) -> str:
    path = begin(id="x", person_id="x", on=DAY, by="x")
    for slug in ("corso-muletto", "sportello-casa"):
        path = happen(
            path,
            StepProposed(
                on=DAY, by="x", step=slug, title=slug, proposer=Proposer.HUB, service=slug
            ),
        )
    with hub.store.writing(MANAGER) as work:
        return begin_path(work, hub.person, path)


def test_a_path_is_lived_by_those_who_have_a_part_in_it(store: Store) -> None:
    hub = a_hub(store)
    plan = a_path(hub)
    course = "corso-muletto"

    def happens(who: Actor, event: object, version: int) -> int:
        with hub.store.writing(who) as work:
            return add_event(work, plan, event, version=version, services=OURS)  # type: ignore[arg-type]

    with hub.store.writing(PROVIDER) as work:
        assert participants(work, OURS) == []
    assert happens(hub.herself, StepAgreed(on=DAY, by="x", step=course), 3) == 4
    with pytest.raises(InputError, match="hub or the provider"):
        happens(hub.herself, StepStarted(on=DAY, by="x", step=course), 4)
    with pytest.raises(UnknownError):
        happens(PROVIDER, StepStarted(on=DAY, by="x", step="sportello-casa"), 4)
    happens(PROVIDER, StepStarted(on=DAY, by="x", step=course), 4)
    with pytest.raises(StaleError):
        happens(MANAGER, StepStarted(on=DAY, by="x", step=course), 4)
    session = SessionRecorded(
        on=DAY, by="x", step=course, held_on=DAY, attendance=Attendance.PRESENT
    )
    happens(PROVIDER, session, 5)
    with hub.store.writing(PROVIDER) as work:
        (who,) = participants(work, OURS)
    assert (who.name, who.step.state, who.version) == (NAME, StepState.ATTENDED, 6)
    happens(
        hub.herself,
        StepDropped(on=DAY, by="x", step=course, reason=DropReason.CARE, own_words="Mia madre"),
        6,
    )
    with hub.store.writing(hub.herself) as work:
        seen = read_path(work, plan, as_of=DAY)
        assert paths_of(work, hub.person) == [plan]
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


def test_what_is_due_in_a_path_is_said(store: Store) -> None:
    hub = a_hub(store)
    plan = a_path(hub)
    with hub.store.writing(everybody()) as work:
        assert remind(work, DAY, proposing=POLICY, agreeing=AGREEING).paths == ()
        due = remind(work, date(2026, 12, 20), proposing=POLICY, agreeing=AGREEING)
    assert [one.id for one in due.paths] == [plan]
    assert {one.step for one in due.paths[0].due} == {"corso-muletto", "sportello-casa"}
