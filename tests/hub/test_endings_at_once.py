"""Who sends, closes, protects and asks at one moment: each is done or refused, none half."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from matching.domain.access import Actor
from matching.errors import RefusedError
from matching.hub.endings import change_file, change_offer
from matching.hub.proposal_rows import LIVE
from matching.hub.proposals import NewProposal, propose, send
from matching.hub.withdrawals import withdraw
from matching.store import Store, Work
from matching.store.tables import proposals
from tests.databases import everybody
from tests.hub.deciding import (
    COLLEAGUE,
    MANAGER,
    POLICY,
    TAXONOMY,
    a_hub,
    a_person,
    a_vacancy,
    accepted,
)
from tests.repeats import examples

Act = Callable[[Work], object]


def at_once(store: Store, *acts: tuple[Actor, Act]) -> list[bool]:
    """Whether each of several, who begin together, did what it wanted."""
    together = Barrier(len(acts))

    def done(who: Actor, act: Act) -> bool:
        together.wait(timeout=30)
        try:
            with store.writing(who) as work:
                act(work)
        except RefusedError:
            return False
        return True

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(lambda one: done(*one), acts))


@pytest.mark.parametrize("ending", ["closed", "protected"])
def test_whatever_ends_at_the_moment_of_sending_nothing_stays_on_its_way(
    store: Store, ending: str
) -> None:
    hub = a_hub(store)
    for turn in range(examples(6)):
        with hub.store.writing(everybody()) as work:
            person = a_person(work, f"Persona Numero{turn}")
            vacancy, other = (a_vacancy(work, hub.company, f"Offerta {name}") for name in "ab")
        first = accepted(hub, person, vacancy)
        second = accepted(hub, person, other)

        def ends(work: Work, person: str = person, vacancy: str = vacancy) -> None:
            if ending == "closed":
                change_offer(work, vacancy, version=1, state="closed")
            else:
                change_file(work, person, version=2, is_protected=True)

        def asks(work: Work, person: str = person, vacancy: str = vacancy) -> None:
            new = NewProposal(person_id=person, vacancy_id=vacancy)
            propose(work, new, taxonomy=TAXONOMY, sender=POLICY.sender)

        asked, sent_first, _, ended, _ = at_once(
            hub.store,
            (COLLEAGUE, asks),
            (MANAGER, lambda work, one=first: send(work, one, version=2)),
            (MANAGER, lambda work, one=second: send(work, one, version=2)),
            (MANAGER, ends),
            (COLLEAGUE, lambda work, one=second: withdraw(work, one, version=2)),
        )
        # While one is on its way it is not asked again, and once it ended not any more.
        assert not asked
        with hub.store.reading(everybody()) as work:
            over = [proposals.c.vacancy_id == vacancy, proposals.c.state.in_(LIVE)]
            left = [row.id for row in work.rows(proposals, *over)]
        # Where sending was quicker than what ends it, the one who ends it is told to look again.
        assert (left == []) if ended else (left == [first] and sent_first)
    assert hub.store.verified().problems == ()
