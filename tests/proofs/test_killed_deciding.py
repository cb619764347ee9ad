"""Killed while it is decided on people, and while they are asked and proposed: no step is half."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

from pydantic import BaseModel

from matching.api.hub.acting import Acting, Made
from matching.domain.access import Act
from matching.hub.decisions import NewDecision, decide
from matching.hub.proposal_evidence import ContactChosen
from matching.hub.proposal_rows import AcceptedWay, ProposalState
from matching.hub.proposals import NewProposal, accept, propose, send
from matching.hub.reasons import DecisionOutcome
from matching.operations.places import Places, opened
from matching.store import Store, Work
from matching.store.tables import decisions, journal, kept_requests, proposals
from tests.databases import everybody
from tests.hub.deciding import (
    MANAGER,
    POLICY,
    TAXONOMY,
    Clock,
    Hub,
    a_hub,
    a_person,
    decision_reasons,
)
from tests.operations.installations import wait_until_alone
from tests.proofs.killing import Ended, Point, Process, check_whole, points, run
from tests.proofs.recording import met, record
from tests.repeats import in_full

STATES = (ProposalState.ASKED, ProposalState.ACCEPTED, ProposalState.SENT)
STEPS, PEOPLE = 4, 2
KILLS = 200 if in_full() else 3


class Asked(BaseModel):
    """What a request asks for: a step with somebody."""

    step: int
    person: str


def goes_through(store: Store, vacancy: str, person: str) -> Iterator[tuple[str, str]]:
    """She is decided on, asked, says yes, is proposed: the key and the answer of each request."""
    proposal = ""

    def chosen(work: Work) -> str:
        new = NewDecision(person_id=person, vacancy_id=vacancy, outcome=DecisionOutcome.PROPOSED)
        return decide(work, new, decision_reasons())

    def asked(work: Work) -> str:
        new = NewProposal(person_id=person, vacancy_id=vacancy)
        return propose(work, new, taxonomy=TAXONOMY, sender=POLICY.sender)

    def accepted(work: Work) -> str:
        accept(work, proposal, AcceptedWay.SPOKEN, ContactChosen.TELEPHONE, version=1)
        return proposal

    def sent(work: Work) -> str:
        send(work, proposal, version=2)
        return proposal

    for step, do in enumerate((chosen, asked, accepted, sent)):
        key = f"{person}-{step}"
        acting = Acting(store, MANAGER, f"request-{step}", key, "POST /v1/steps")
        answer = acting.once(Asked(step=step, person=person), lambda work, do=do: told(do, work))
        name = str(json.loads(answer.body))
        proposal = name if step else proposal
        yield key, name


def told(do: Callable[[Work], str], work: Work) -> Made:
    return Made(json.dumps(do(work)))


def steps_done(work: Work) -> int:
    """How many steps there are, each of them with its entry in the journal and its answer."""
    decided = {row.id for row in work.rows(decisions)}
    entries = work.rows(journal, journal.c.act == Act.DECIDE)
    assert decided == {row.subject for row in entries}
    told = work.rows(journal, journal.c.subject_kind == "proposal", order=[journal.c.number])
    moves: dict[str, list[str]] = {}
    for row in told:
        moves.setdefault(str(row.subject), []).append(json.loads(row.detail)["to"])
    found = {row.id: row for row in work.rows(proposals)}
    assert moves == {name: list(STATES[: row.version]) for name, row in found.items()}
    for row in found.values():
        assert row.state == STATES[row.version - 1]
        assert (row.accepted_at is None, row.sent_at is None) == (row.version < 2, row.version < 3)
    steps = len(decided) + sum(row.version for row in found.values())
    assert steps == work.count(kept_requests)
    return steps


def more_people(places: Places) -> list[str]:
    with opened(places) as store, replace(store, clock=Clock()).writing(everybody()) as work:
        return [a_person(work, f"Zaira Canarini{number}") for number in range(PEOPLE)]


def test_each_step_with_a_person_is_done_whole_and_once_whenever_it_is_killed(
    places: Places, kind: str
) -> None:
    ends: list[tuple[Point, Ended]] = []
    with opened(places) as store:
        hub: Hub = a_hub(store)

    def acts(people: list[str]) -> Callable[[Process], None]:
        def act(process: Process) -> None:
            with process.opened(places) as store:
                for person in people:
                    for key, name in goes_through(timed(store), hub.vacancy, person):
                        process.acknowledge(key=key, name=name)

        return act

    whole = run(acts(more_people(places)))
    done = STEPS * PEOPLE
    assert len(whole.acknowledged) == done
    for point in points(KILLS, whole, seed=82):
        people = more_people(places)
        ended = run(acts(people), point)
        ends.append((point, ended))
        acknowledged = {one["key"]: one["name"] for one in ended.acknowledged}
        wait_until_alone(places)
        check_whole(places)
        with opened(places) as store:
            with store.reading(everybody()) as work:
                # One more than was acknowledged at most: committed, and killed before it was told.
                assert 0 <= steps_done(work) - done - len(acknowledged) <= 1
            again = {
                key: name
                for person in people
                for key, name in goes_through(timed(store), hub.vacancy, person)
            }
            assert again | acknowledged == again
            done += STEPS * PEOPLE
            with store.reading(everybody()) as work:
                assert steps_done(work) == done
    check_whole(places)
    record("killed while deciding", kind, **met(ends), steps=done)


def timed(store: Store) -> Store:
    """By the clock of the hub's beginning, so that a vacancy is not older than a yes to it."""
    return replace(store, clock=Clock())
