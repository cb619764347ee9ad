import json

import pytest

from matching.domain.access import Act, Actor
from matching.errors import StaleError, UnknownError
from matching.hub.answers import Answer, Answered, answer_proposal
from matching.hub.endings import change_file, change_offer
from matching.hub.proposal_views import read_proposal
from matching.hub.proposals import send
from matching.store import Store
from matching.store.tables import journal, proposals
from tests.databases import everybody
from tests.hub.deciding import (
    COLLEAGUE,
    MANAGER,
    Hub,
    a_hub,
    a_person,
    a_vacancy,
    accepted,
    answer_reasons,
    proposed,
    sent,
)


def answered(hub: Hub, answer: Answer, vacancy: str) -> str:
    proposal = sent(hub, vacancy=vacancy)
    with hub.store.writing(hub.agency) as work:
        answer_proposal(work, proposal, Answered(answer=answer), answer_reasons(), version=3)
    return proposal


def several(hub: Hub) -> dict[str, str]:
    """Proposals of Zaira in each state that she may still be proposed in, and one that ended."""
    with hub.store.writing(everybody()) as work:
        others = [a_vacancy(work, hub.company, f"Offerta {number}") for number in range(4)]
    return {
        "asked": proposed(hub),
        "accepted": accepted(hub, vacancy=others[0]),
        "sent": sent(hub, vacancy=others[1]),
        "interview": answered(hub, Answer.INTERVIEW, others[2]),
        "hired": answered(hub, Answer.HIRED, others[3]),
    }


def states(hub: Hub) -> dict[str, str]:
    with hub.store.reading(everybody()) as work:
        return {row.id: row.state for row in work.rows(proposals)}


def told(hub: Hub) -> list[tuple[str, str]]:
    with hub.store.reading(everybody()) as work:
        entries = work.rows(journal, journal.c.act == Act.WITHDRAW_PROPOSAL)
    return [(row.subject, json.loads(row.detail)["cause"]) for row in entries]


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"state": "closed"}, "file_closed"),
        ({"state": "restricted"}, "file_closed"),
        ({"is_protected": True}, "file_protected"),
    ],
)
def test_what_is_on_its_way_ends_with_the_file(
    store: Store, change: dict[str, object], cause: str
) -> None:
    hub = a_hub(store)
    made = several(hub)
    with hub.store.writing(MANAGER) as work:
        assert change_file(work, hub.person, version=2, **change) == 3
    hired = made.pop("hired")
    assert states(hub) == {hired: "answered", **dict.fromkeys(made.values(), "withdrawn")}
    assert sorted(told(hub)) == sorted((one, cause) for one in made.values())
    for one in made.values():
        with pytest.raises(UnknownError), hub.store.writing(hub.agency) as work:
            read_proposal(work, one)
    assert hub.store.verified().problems == ()


def test_what_changes_otherwise_of_a_file_or_a_vacancy_ends_nothing(store: Store) -> None:
    hub = a_hub(store)
    proposal = sent(hub)
    with hub.store.writing(MANAGER) as work:
        change_file(work, hub.person, version=2, point="punto-lecco", state="open")
    with hub.store.writing(hub.agency) as work:
        change_offer(work, hub.vacancy, version=1, answer_hours=10)
    assert states(hub) == {proposal: "sent"}


@pytest.mark.parametrize("state", ["closed", "withdrawn"])
def test_what_is_not_answered_ends_with_the_vacancy(store: Store, state: str) -> None:
    hub = a_hub(store)
    with hub.store.writing(everybody()) as work:
        second = a_person(work, "Seconda Persona")
        third = a_person(work, "Terza Persona")
    waiting, unsent = sent(hub, second), accepted(hub, third)
    invited = answered(hub, Answer.INTERVIEW, hub.vacancy)
    with hub.store.writing(hub.agency) as work:
        change_offer(work, hub.vacancy, version=1, state=state)
    assert states(hub) == {waiting: "withdrawn", unsent: "withdrawn", invited: "answered"}
    assert {cause for _, cause in told(hub)} == {"vacancy_closed"}
    with hub.store.writing(hub.agency) as work:
        answer_proposal(work, invited, Answered(answer=Answer.HIRED), answer_reasons(), version=4)


def test_a_file_that_somebody_else_changed_keeps_what_is_on_its_way(store: Store) -> None:
    hub = a_hub(store)
    proposal = accepted(hub)
    with pytest.raises(StaleError), hub.store.writing(MANAGER) as work:
        change_file(work, hub.person, version=1, state="closed")
    assert states(hub) == {proposal: "accepted"}
    with hub.store.writing(MANAGER) as work:
        send(work, proposal, version=2)


def test_of_a_protected_person_her_manager_alone_reads_what_was_proposed(store: Store) -> None:
    hub = a_hub(store)
    proposal = sent(hub)
    with hub.store.writing(MANAGER) as work:
        change_file(work, hub.person, version=2, is_protected=True, manager_id=MANAGER.id)

    def reads(who: Actor) -> bool:
        with hub.store.writing(who) as work:
            return read_proposal(work, proposal).id == proposal

    assert reads(MANAGER)
    assert reads(hub.herself)
    with pytest.raises(UnknownError):
        reads(COLLEAGUE)
