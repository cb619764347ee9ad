from datetime import timedelta

import pytest

from matching.domain import ModelStamp
from matching.domain.access import Act, Actor, Role
from matching.errors import ConflictError, ForbiddenError, InputError, UnknownError
from matching.hub.contests import (
    ContestKind,
    ContestState,
    NewContest,
    contest,
    decide_contest,
    open_contests,
    read_contest,
)
from matching.hub.decisions import NewDecision, decide
from matching.hub.explaining import Explanation, explain
from matching.hub.following import follow_rates
from matching.hub.reasons import DecisionOutcome
from matching.settings import shipped_data
from matching.store import Store
from matching.store.person_keys import destroy_key
from matching.store.tables import decisions
from matching.wording import load_wording
from tests.databases import LECCO, MERATE, a_manager, everybody
from tests.hub.deciding import (
    COLLEAGUE,
    MANAGER,
    Hub,
    a_hub,
    a_person,
    a_shortlist,
    accepted,
    decision_reasons,
)

ITALIAN = load_wording(shipped_data() / "wording", "it")
YES, NO = DecisionOutcome.PROPOSED, DecisionOutcome.NOT_PROPOSED


def decided(hub: Hub, who: Actor = MANAGER, **given: object) -> str:
    new = NewDecision(**{"person_id": hub.person, "outcome": YES, **given})  # type: ignore[arg-type]
    with hub.store.writing(who) as work:
        return decide(work, new, decision_reasons())


def is_override(hub: Hub, decision: str) -> bool:
    with hub.store.reading(MANAGER) as work:
        return bool(work.one(decisions, decisions.c.id == decision).is_override)


def explained(hub: Hub, decision: str, who: Actor = MANAGER) -> Explanation:
    with hub.store.writing(who) as work:
        return explain(work, decision, ITALIAN)


@pytest.mark.parametrize("role", [Role.MACHINE, Role.SYSTEM])
def test_no_machine_decides(store: Store, role: Role) -> None:
    hub = a_hub(store)
    # Not even by the name of somebody's account.
    machine = Actor(id=MANAGER.id, role=role, hubs=frozenset({LECCO}))
    with pytest.raises(ForbiddenError, match="person's"):
        decided(hub, machine, vacancy_id=hub.vacancy)
    with pytest.raises(ForbiddenError):
        decided(hub, a_manager(name="nobody"), vacancy_id=hub.vacancy)


def test_departing_from_the_list_is_worked_out_and_needs_a_reason(store: Store) -> None:
    hub = a_hub(store)
    with hub.store.writing(MANAGER) as work:
        first, second = a_person(work, "Prima Persona"), a_person(work, "Seconda Persona")
    shown = a_shortlist(hub, [first, second, hub.person])
    with pytest.raises(InputError, match="departs"):
        decided(hub, result_id=shown)
    assert is_override(hub, decided(hub, result_id=shown, reason_code="own_wish"))
    assert not is_override(hub, decided(hub, person_id=first, result_id=shown))
    with pytest.raises(InputError, match="departs"):
        decided(hub, person_id=second, outcome=NO, result_id=shown)
    passed = decided(hub, person_id=second, outcome=NO, result_id=shown, reason_code="not_reached")
    assert is_override(hub, passed)
    with pytest.raises(InputError, match="not for the decision"):
        decided(hub, person_id=first, outcome=YES, result_id=shown, reason_code="not_reached")
    with hub.store.writing(MANAGER) as work:
        stranger = a_person(work, "Terza Persona")
    with pytest.raises(UnknownError):
        decided(hub, person_id=stranger, result_id=shown)


def test_a_past_decision_is_told_as_it_was_whichever_model_serves_now(store: Store) -> None:
    hub = a_hub(store)
    old = ModelStamp(name="ranker", version=1, digest="a" * 64)
    shown = a_shortlist(hub, [hub.person], model=old)
    hub.clock.goes_on(minutes=5)
    decision = decided(hub, result_id=shown, reason_code="other", text="Ha già provato il turno")
    before = explained(hub, decision, hub.herself)
    hub.clock.goes_on(days=400)
    a_shortlist(hub, [hub.person], model=ModelStamp(name="ranker", version=2, digest="b" * 64))
    assert explained(hub, decision, hub.herself) == before
    assert (before.position, before.listed, before.elements) == (1, 1, ("Usa già i bancali.",))
    said = " ".join(before.sentences)
    for part in (
        "versione 1", "aaaaaaaa", "posto è il 1 di 1", "account-1@hub.example",
        "Usa già i bancali", "Altro motivo", "Ha già provato il turno", "contestare",
    ):  # fmt: skip
        assert part in said, part
    with hub.store.reading(MANAGER) as work:
        assert work.one(decisions, decisions.c.id == decision).review_seconds == 300
    other = Actor(id="x", role=Role.PERSON, hubs=frozenset({LECCO}), person_id=None)
    for who in (other, a_manager(MERATE)):
        with pytest.raises(UnknownError):
            explained(hub, decision, who)


def test_of_somebody_erased_the_decision_is_told_without_a_word_about_her(store: Store) -> None:
    hub = a_hub(store)
    decision = decided(hub, vacancy_id=hub.vacancy, reason_code="other", text="Parole su di lei")
    with hub.store.writing(everybody()) as work:
        destroy_key(work, hub.person)
        work.tell(Act.ERASE_PERSON, "person", None, hub=LECCO)
    said = " ".join(explained(hub, decision).sentences)
    assert "cancellati" in said
    assert "Parole" not in said


def test_who_always_follows_is_seen_by_the_audit(store: Store) -> None:
    hub = a_hub(store)
    for _ in range(decision_reasons().decisions):
        decided(hub, result_id=a_shortlist(hub, [hub.person]))
    shown = a_shortlist(hub, [hub.person], by=COLLEAGUE)
    decided(hub, COLLEAGUE, outcome=NO, result_id=shown, reason_code="declined")
    with hub.store.writing(everybody()) as work:
        first, second = follow_rates(
            work, decision_reasons(), since=hub.clock.now - timedelta(days=1)
        )
    assert (first.account_id, first.followed, first.is_near_all) == (MANAGER.id, 1.0, True)
    assert (second.decisions, second.followed, second.is_near_all) == (1, 0.0, False)


def test_a_contest_is_decided_by_somebody_else(store: Store) -> None:
    hub = a_hub(store)
    decision = decided(hub, vacancy_id=hub.vacancy, outcome=NO, reason_code="requirement")
    accepted(hub)
    with hub.store.writing(hub.herself) as work:
        asked = contest(
            work,
            NewContest(
                person_id=hub.person, kind=ContestKind.CONTEST, decision_id=decision,
                text="Il requisito c'è",
            ),
        )  # fmt: skip
    hub.clock.goes_on(days=3)
    with hub.store.reading(MANAGER) as work:
        (waiting,) = open_contests(work)
    assert (waiting.days_waiting, waiting.may_decide, waiting.text) == (3, False, None)

    def settle(who: Actor) -> str:
        with hub.store.writing(who) as work:
            assert read_contest(work, asked).text == "Il requisito c'è"
            return decide_contest(
                work, asked, ContestState.CHANGED, decision_reasons(), reason_code="error_found"
            )

    with pytest.raises(ForbiddenError, match="colleague"):
        settle(MANAGER)
    again = settle(COLLEAGUE)
    told = explained(hub, again, hub.herself)
    assert (told.outcome, told.contest_id, told.decided_by) == (YES, asked, COLLEAGUE.id)
    with hub.store.reading(MANAGER) as work:
        assert open_contests(work) == []
    with pytest.raises(ConflictError, match="already"):
        settle(a_manager(name="account-3"))
    assert hub.store.verified().problems == ()


def test_whoever_records_a_correction_does_not_decide_on_it(store: Store) -> None:
    hub = a_hub(store)
    with pytest.raises(InputError, match="not right"), hub.store.writing(MANAGER) as work:
        contest(work, NewContest(person_id=hub.person, kind=ContestKind.CORRECTION))
    with hub.store.writing(MANAGER) as work:
        new = NewContest(person_id=hub.person, kind=ContestKind.CORRECTION, text="Patente C")
        asked = contest(work, new)
    with pytest.raises(ForbiddenError), hub.store.writing(MANAGER) as work:
        decide_contest(work, asked, ContestState.UPHELD, decision_reasons(), reason_code="checked")
    with hub.store.writing(COLLEAGUE) as work:
        decide_contest(work, asked, ContestState.UPHELD, decision_reasons(), reason_code="checked")


def test_nobody_contests_what_is_somebody_elses(store: Store) -> None:
    hub = a_hub(store)
    with hub.store.writing(MANAGER) as work:
        other = a_person(work, "Altra Persona")
    decision = decided(hub, person_id=other, vacancy_id=hub.vacancy)
    shown = a_shortlist(hub, [other])
    for given in ({"decision_id": decision}, {"result_id": shown}):
        new = NewContest(person_id=hub.person, kind=ContestKind.CONTEST, **given)
        with pytest.raises(UnknownError), hub.store.writing(hub.herself) as work:
            contest(work, new)
