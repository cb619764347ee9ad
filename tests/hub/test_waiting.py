from matching.domain.access import Actor
from matching.hub.contests import ContestKind, NewContest, contest
from matching.hub.decisions import NewDecision, decide
from matching.hub.endings import change_offer
from matching.hub.people import change_person
from matching.hub.reasons import DecisionOutcome
from matching.hub.reminders import remind
from matching.hub.waiting import NEWS_DAYS, Reminders, Waits, reminders_of
from matching.hub.withdrawals import withdraw
from matching.store import Store
from tests.databases import MERATE, a_manager, everybody
from tests.hub.deciding import (
    COLLEAGUE,
    MANAGER,
    POLICY,
    Hub,
    a_hub,
    a_vacancy,
    accepted,
    decision_reasons,
    proposed,
    sent,
)


def waiting(hub: Hub, who: Actor = MANAGER) -> Reminders:
    with hub.store.writing(who) as work:
        return reminders_of(work, work.now.date())


def whats(hub: Hub, who: Actor = MANAGER) -> dict[str, Waits]:
    return {one.proposal_id: one.waits for one in waiting(hub, who).proposals}


def time_does_its_work(hub: Hub) -> None:
    with hub.store.writing(everybody()) as work:
        remind(work, work.now.date(), proposing=POLICY)


def test_a_company_that_is_late_is_told_to_the_manager_and_then_that_it_expired(
    store: Store,
) -> None:
    hub = a_hub(store)
    proposal = sent(hub)
    assert waiting(hub).proposals == []
    hub.clock.goes_on(hours=89)
    time_does_its_work(hub)
    (row,) = waiting(hub).proposals
    assert (row.proposal_id, row.waits, row.cause) == (proposal, Waits.ANSWER, None)
    hub.clock.goes_on(hours=8)
    time_does_its_work(hub)
    (row,) = waiting(hub).proposals
    assert (row.waits, row.cause, row.since) == (Waits.EXPIRED, "no_answer", hub.clock.now)
    assert (row.is_mine, row.person_id, row.title) == (True, hub.person, "Magazziniere")
    hub.clock.goes_on(days=NEWS_DAYS, minutes=1)
    assert waiting(hub).proposals == []


def test_a_vacancy_whose_time_is_over_is_told_as_why_it_expired(store: Store) -> None:
    hub = a_hub(store)
    proposal = proposed(hub)
    assert whats(hub) == {proposal: Waits.REPLY}
    with hub.store.writing(hub.agency) as work:
        change_offer(work, hub.vacancy, version=1, expires_on=hub.clock.now.date())
    hub.clock.goes_on(days=1)
    time_does_its_work(hub)
    (row,) = waiting(hub).proposals
    assert (row.proposal_id, row.waits, row.cause) == (proposal, Waits.EXPIRED, "vacancy_gone")


def test_what_a_manager_took_back_is_no_news_to_anybody(store: Store) -> None:
    hub = a_hub(store)
    with hub.store.writing(everybody()) as work:
        other = a_vacancy(work, hub.company, "Cuoco")
    mine, hers = accepted(hub), accepted(hub, vacancy=other)
    assert whats(hub) == {mine: Waits.SENDING, hers: Waits.SENDING}
    with hub.store.writing(MANAGER) as work:
        withdraw(work, mine, version=2)
    with hub.store.writing(hub.herself) as work:
        withdraw(work, hers, version=2)
    for who in (MANAGER, COLLEAGUE):
        (row,) = waiting(hub, who).proposals
        assert (row.proposal_id, row.cause) == (hers, "asked")
        assert row.is_mine == (who is MANAGER)
    assert waiting(hub, a_manager(MERATE)).proposals == []


def test_whoever_is_in_charge_of_a_person_waits_for_what_a_colleague_asked_her(
    store: Store,
) -> None:
    hub = a_hub(store)
    with hub.store.writing(MANAGER) as work:
        change_person(work, hub.person, version=2, manager_id=COLLEAGUE.id)
    proposed(hub)
    (row,) = waiting(hub, COLLEAGUE).proposals
    assert row.is_mine


def test_a_contest_waits_with_whether_anybody_can_decide_on_it(store: Store) -> None:
    hub = a_hub(store)
    with hub.store.writing(MANAGER) as work:
        new = NewDecision(
            person_id=hub.person, vacancy_id=hub.vacancy, outcome=DecisionOutcome.PROPOSED
        )
        decision = decide(work, new, decision_reasons())
    with hub.store.writing(hub.herself) as work:
        asked = NewContest(person_id=hub.person, kind=ContestKind.CONTEST, decision_id=decision)
        contest(work, asked)
    for who, may in ((MANAGER, False), (COLLEAGUE, True)):
        (row,) = waiting(hub, who).contests
        assert (row.may_decide, row.has_decider) == (may, True)
    assert hub.store.verified().problems == ()
