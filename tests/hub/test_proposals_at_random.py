"""Whatever is done in whatever order: no company sees anybody who did not say yes to it."""

import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from matching.errors import RefusedError
from matching.hub.answers import Answer, Answered, answer_proposal
from matching.hub.endings import change_file, change_offer
from matching.hub.people import row_of
from matching.hub.proposal_evidence import ContactChosen
from matching.hub.proposal_rows import LIVE, AcceptedWay
from matching.hub.proposal_views import list_proposals, read_proposal
from matching.hub.proposals import NewProposal, accept, decline, propose, send
from matching.hub.reminders import remind
from matching.hub.vacancies import read_vacancy
from matching.hub.withdrawals import withdraw
from matching.store.person_keys import key_of_pseudonym
from matching.store.tables import proposals
from tests.databases import a_store, everybody, made
from tests.hub.deciding import (
    MANAGER,
    NAME,
    POLICY,
    TAXONOMY,
    TELEPHONE,
    WORDS,
    a_hub,
    a_person,
    a_vacancy,
    answer_reasons,
)

CANARIES = (NAME, TELEPHONE, WORDS, "Seconda Persona", "zaira@")


class Proposing(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.engine = made("sqlite", self.folder)
        self.hub = a_hub(a_store(self.engine, self.folder))
        with self.hub.store.writing(everybody()) as work:
            self.people = [self.hub.person, a_person(work, "Seconda Persona")]
            self.vacancies = [self.hub.vacancy, a_vacancy(work, self.hub.other, "Cuoco")]
        self.known: list[str] = []
        self.yes: set[str] = set()

    def teardown(self) -> None:
        self.engine.dispose()
        shutil.rmtree(self.folder)

    def tried(self, who: object, act: object, number: int, *given: object, **more: object) -> bool:
        if not self.known:
            return False
        chosen = self.known[number % len(self.known)]
        try:
            with self.hub.store.writing(who) as work:  # type: ignore[arg-type]
                row = work.one(proposals, proposals.c.id == chosen)
                act(work, chosen, *given, version=row.version, **more)  # type: ignore[operator]
        except RefusedError:
            return False
        if act is accept:
            self.yes.add(chosen)
        return True

    @rule(person=st.integers(0, 1), vacancy=st.integers(0, 1))
    def propose(self, person: int, vacancy: int) -> None:
        new = NewProposal(person_id=self.people[person], vacancy_id=self.vacancies[vacancy])
        try:
            with self.hub.store.writing(MANAGER) as work:
                self.known.append(propose(work, new, taxonomy=TAXONOMY, sender=POLICY.sender))
        except RefusedError:
            return

    @rule(number=st.integers(0, 9), contact=st.sampled_from(ContactChosen))
    def say_yes(self, number: int, contact: ContactChosen) -> None:
        self.tried(MANAGER, accept, number, AcceptedWay.SPOKEN, contact)

    @rule(number=st.integers(0, 9))
    def say_no(self, number: int) -> None:
        self.tried(self.hub.herself, decline, number)

    @rule(number=st.integers(0, 9))
    def send(self, number: int) -> None:
        self.tried(MANAGER, send, number)

    @rule(number=st.integers(0, 9))
    def withdraw(self, number: int) -> None:
        self.tried(MANAGER, withdraw, number)

    @rule(number=st.integers(0, 9), answer=st.sampled_from(Answer), rival=st.booleans())
    def answer(self, number: int, answer: Answer, rival: bool) -> None:
        code = "experience" if answer is Answer.NOT_SUITABLE else None
        who = self.hub.rival if rival else self.hub.agency
        given = Answered(answer=answer, reason_code=code)
        self.tried(who, answer_proposal, number, given, answer_reasons())

    @rule(protected=st.booleans(), person=st.integers(0, 1))
    def protect(self, protected: bool, person: int) -> None:
        with self.hub.store.writing(MANAGER) as work:
            row = row_of(work, self.people[person])
            change_file(work, row.id, version=row.version, is_protected=protected)

    @rule(state=st.sampled_from(("open", "closed")), vacancy=st.integers(0, 1))
    def close(self, state: str, vacancy: int) -> None:
        with self.hub.store.writing(MANAGER) as work:
            kept = read_vacancy(work, self.vacancies[vacancy])
            change_offer(work, kept.id, version=kept.version, state=state)

    @rule(hours=st.integers(1, 60))
    def time_goes_by(self, hours: int) -> None:
        self.hub.clock.goes_on(hours=hours)
        with self.hub.store.writing(everybody()) as work:
            remind(work, work.now.date(), proposing=POLICY)
            work.tell("worklist", "hub", None)  # type: ignore[arg-type]

    @invariant()
    def nothing_is_on_its_way_from_a_protected_file_or_for_a_closed_vacancy(self) -> None:
        with self.hub.store.reading(everybody()) as work:
            for row in work.rows(proposals, proposals.c.state.in_(LIVE)):
                key = key_of_pseudonym(work, row.pseudonym)
                assert key is not None
                assert not row_of(work, key.person_id).is_protected
                assert read_vacancy(work, row.vacancy_id).state == "open"

    @invariant()
    def nobody_is_seen_without_a_yes(self) -> None:
        for who, organisation in (
            (self.hub.agency, self.hub.company), (self.hub.rival, self.hub.other)
        ):  # fmt: skip
            with self.hub.store.writing(who) as work:
                listed = list_proposals(work)
            assert not [one for one in CANARIES if one in repr([asdict(row) for row in listed])]
            for proposal in self.known:
                try:
                    with self.hub.store.writing(who) as work:
                        seen = read_proposal(work, proposal)
                except RefusedError:
                    assert proposal not in {one.id for one in listed}
                    continue
                assert seen.organisation_id == organisation
                assert proposal in self.yes
                if any(one in str(asdict(seen)) for one in CANARIES):
                    assert seen.sent_at is not None
                    assert seen.state in ("sent", "answered")
                    assert seen.answer in (None, "interview", "hired")


def test_no_order_of_steps_shows_somebody_to_a_company_without_a_yes() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Proposing, settings=settings(max_examples=8, stateful_step_count=20, deadline=None)
    )
