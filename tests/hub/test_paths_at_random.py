"""Whatever is done in whatever order: a provider sees its own steps, and a no costs nothing."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from matching.accompaniment.agreement import offered
from matching.domain.access import Actor, Role
from matching.domain.agreement import (
    Attendance,
    Contested,
    Event,
    SessionRecorded,
    Signed,
    StepAgreed,
    StepCompleted,
    StepDropped,
    StepRefused,
    StepStarted,
    StepState,
)
from matching.errors import InputError, RefusedError
from matching.hub.agreeing import NewStep, propose_step
from matching.hub.participants import participants, record
from matching.hub.paths import add_event, read_path
from matching.hub.people import change_person, row_of
from matching.store.tables import journal
from tests.databases import LECCO, a_store, everybody, made
from tests.factories import a_catalogue, a_service
from tests.hub.deciding import MANAGER, NAME, a_hub
from tests.hub.test_paths import DAY, a_path
from tests.repeats import examples

CATALOGUE = a_catalogue(a_service("corso-muletto"), a_service("sportello-casa"))
PROVIDERS = {
    slug: Actor(id=f"p-{slug}", role=Role.PROVIDER, hubs=frozenset({LECCO}), organisation=slug)
    for slug in ("corso-muletto", "sportello-casa")
}
SHOWN = {StepState.AGREED, StepState.STARTED, StepState.ATTENDED}
WORDS = "zampogna"
KINDS = (StepAgreed, StepRefused, StepStarted, SessionRecorded, StepCompleted, StepDropped)


class Living(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.engine = made("sqlite", self.folder)
        self.hub = a_hub(a_store(self.engine, self.folder))
        self.plan = a_path(self.hub)
        self.done = 0

    def teardown(self) -> None:
        self.engine.dispose()
        shutil.rmtree(self.folder)

    def event(self, kind: type[Event], number: int) -> Event:
        with self.hub.store.writing(everybody()) as work:
            steps = read_path(work, self.plan, as_of=DAY).agreement.steps
        step = steps[number % len(steps)].id
        if kind is SessionRecorded:
            there = Attendance.PRESENT
            return SessionRecorded(on=DAY, by="x", step=step, held_on=DAY, attendance=there)
        if kind in (StepRefused, StepDropped):
            return kind(on=DAY, by="x", step=step, own_words=WORDS)  # type: ignore[call-arg]
        return kind(on=DAY, by="x", step=step)  # type: ignore[call-arg]

    @rule(kind=st.sampled_from(KINDS), number=st.integers(0, 9), herself=st.booleans())
    def happens(self, kind: type[Event], number: int, herself: bool) -> None:
        self.tried(self.event(kind, number), herself=herself)

    @rule(step=st.booleans(), herself=st.booleans())
    def says(self, step: bool, herself: bool) -> None:
        self.tried(
            Contested(on=DAY, by="x", own_words=WORDS, step="corso-muletto" if step else None),
            herself=herself,
        )
        self.tried(Signed(on=DAY, by="x"), herself=herself)

    def tried(self, event: Event, *, herself: bool) -> None:
        who = self.hub.herself if herself else MANAGER
        try:
            with self.hub.store.writing(who) as work:
                version = read_path(work, self.plan, as_of=DAY).version
                add_event(work, self.plan, event, version=version)
        except (InputError, RefusedError):
            return
        self.done += 1

    @rule(kind=st.sampled_from(KINDS), number=st.integers(0, 9), slug=st.sampled_from([*PROVIDERS]))
    def provider_records(self, kind: type[Event], number: int, slug: str) -> None:
        event = self.event(kind, number)
        try:
            with self.hub.store.writing(PROVIDERS[slug]) as work:
                seen = participants(work, [slug])
                version = seen[0].steps[0].version if seen else 1
                record(work, self.plan, event, version=version, services=[slug])
        except (InputError, RefusedError):
            return
        self.done += 1

    @rule(slug=st.sampled_from([*PROVIDERS]))
    def a_service_is_proposed(self, slug: str) -> None:
        # Never refused, whatever happened: a no is no end.
        with self.hub.store.writing(MANAGER) as work:
            version = read_path(work, self.plan, as_of=DAY).version
            propose_step(work, self.plan, NewStep(service=slug), CATALOGUE, version=version)
        self.done += 1

    @rule(protected=st.booleans())
    def she_is_in_danger(self, protected: bool) -> None:
        with self.hub.store.writing(everybody()) as work:
            version = row_of(work, self.hub.person).version
            change_person(
                work, self.hub.person, version=version, is_protected=protected,
                manager_id=MANAGER.id,
            )  # fmt: skip

    @invariant()
    def each_provider_sees_its_own_steps_and_nothing_else(self) -> None:
        with self.hub.store.writing(everybody()) as work:
            agreement = read_path(work, self.plan, as_of=DAY).agreement
            hidden = row_of(work, self.hub.person).is_protected
        for slug, who in PROVIDERS.items():
            with self.hub.store.writing(who) as work:
                seen = participants(work, [slug])
            own = [
                one.id
                for one in agreement.steps
                if one.proposal.service == slug and one.state in SHOWN
            ]
            shown = [one.step.id for person in seen for one in person.steps]
            assert shown == ([] if hidden else own)
            assert {one.name for one in seen} <= {NAME}
            assert WORDS not in repr([one.steps for one in seen])

    @invariant()
    def what_is_recorded_is_kept_and_nothing_is_taken_away(self) -> None:
        with self.hub.store.writing(everybody()) as work:
            seen = read_path(work, self.plan, as_of=DAY)
            told = " ".join(row.detail for row in work.rows(journal))
        assert seen.version == 3 + self.done
        assert {one.service.slug for one in offered(CATALOGUE, seen.agreement, as_of=OPEN)} == {
            one.slug for one in CATALOGUE.services
        }
        assert WORDS not in told


OPEN = CATALOGUE.valid_from


def test_a_provider_sees_its_own_steps_whatever_happens_to_a_path() -> None:
    tries = settings(max_examples=examples(4), stateful_step_count=20, deadline=None)
    run_state_machine_as_test(Living, settings=tries)  # type: ignore[no-untyped-call]
