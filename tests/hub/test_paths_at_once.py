"""Two that change the same thing at the same moment: one of them does, the other is told."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from matching.domain.access import Actor, Role
from matching.domain.agreement import Signed, StepAgreed, StepStarted
from matching.domain.household import Household, Member, Relation
from matching.errors import ConflictError, RefusedError, StaleError
from matching.hub.consents import ConsentFor, consents_of, give_consent
from matching.hub.household_changes import begin_household, join_household
from matching.hub.households import read_household
from matching.hub.participants import record
from matching.hub.paths import add_event, read_path
from matching.store import Store, Work
from matching.store.tables import households
from tests.databases import LECCO
from tests.hub.deciding import MANAGER, Hub, a_hub
from tests.hub.test_paths import DAY, OURS, a_path, happened

TIMES = 3
PROVIDER = Actor(id="p", role=Role.PROVIDER, hubs=frozenset({LECCO}), organisation="o")


@pytest.fixture
def two() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as threads:
        yield threads


def at_once(
    hub: Hub, two: ThreadPoolExecutor, *tries: tuple[Actor, Callable[[Work], object]]
) -> list[type[Exception]]:
    """Why those that were refused were."""
    begin = threading.Barrier(len(tries))

    def tried(actor: Actor, act: Callable[[Work], object]) -> type[Exception] | None:
        begin.wait(timeout=30)
        try:
            with hub.store.writing(actor) as work:
                act(work)
        except RefusedError as error:
            return type(error)
        return None

    found = [one.result() for one in [two.submit(tried, *one) for one in tries]]
    return [one for one in found if one is not None]


def test_nothing_is_lost_of_a_path_that_two_add_to(store: Store, two: ThreadPoolExecutor) -> None:
    hub = a_hub(store)

    def signs(plan: str, version: int) -> Callable[[Work], int]:
        return lambda work: add_event(work, plan, Signed(on=DAY, by="x"), version=version)

    def begins(plan: str) -> Callable[[Work], int]:
        event = StepStarted(on=DAY, by="x", step=OURS[0])
        return lambda work: record(work, plan, event, version=2, services=OURS)

    for _ in range(TIMES):
        plan = a_path(hub)
        happened(hub, plan, StepAgreed(on=DAY, by="x", step=OURS[0]))
        # To a manager it is the path that changes, to a provider its step.
        refused = at_once(hub, two, (MANAGER, signs(plan, 4)), (PROVIDER, begins(plan)))
        assert refused in ([], [StaleError])
        with hub.store.writing(MANAGER) as work:
            now = read_path(work, plan, as_of=DAY).version
        assert now == 6 - len(refused)
        assert at_once(hub, two, *[(MANAGER, signs(plan, now))] * 2) == [StaleError]


def test_a_consent_stands_once_and_a_household_is_one(
    store: Store, two: ThreadPoolExecutor
) -> None:
    hub = a_hub(store)
    home = Household(id="x", members=(Member(id=hub.person, relation=Relation.APPLICANT),))

    def consents(work: Work) -> str:
        return give_consent(work, hub.person, ConsentFor.TELLING_STORY, "1")

    def begins(work: Work) -> tuple[str, int]:
        return begin_household(work, hub.person, home)

    for act in (consents, begins):
        assert at_once(hub, two, (MANAGER, act), (MANAGER, act)) == [ConflictError]
    with hub.store.writing(MANAGER) as work:
        assert len(consents_of(work, hub.person)) == 1
        assert work.count(households) == 1
        kept = work.rows(households)[0].id

    def joins(work: Work) -> tuple[str, int]:
        child = Member(id="", relation=Relation.CHILD)
        return join_household(work, kept, child, on_file=False, version=1)

    assert at_once(hub, two, (MANAGER, joins), (MANAGER, joins)) == [StaleError]
    with hub.store.writing(MANAGER) as work:
        assert len(read_household(work, kept).household.members) == 2
