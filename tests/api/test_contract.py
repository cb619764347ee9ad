"""Every operation of the scoring API against its OpenAPI document, and what is sent to break it."""

import pytest
from schemathesis.generation.case import Case

from tests.api.conftest import TOKEN, Hub
from tests.api.contract import COVERAGE, EXAMPLES, FUZZING, Findings, hold
from tests.api.faults import fault
from tests.api.hub.test_matrix import filled
from tests.api.hub.traps import sample, traps
from tests.repeats import in_full

THINGS = {"person_id": "p-01", "service_id": "corso-asa"}
A_SAMPLE = 60
PROOF, SAMPLE = 40, 1


class Client:
    """Whoever has the token."""

    known = {name: [one] for name, one in THINGS.items()}

    def prepare(self, case: Case) -> None:
        """Show the token."""
        case.headers["Authorization"] = f"Bearer {TOKEN}"


@pytest.fixture(scope="module")
def found(hub: Hub) -> Findings:
    if in_full():
        phases = [EXAMPLES, COVERAGE, FUZZING]
        return hold(hub.app, Client(), phases=phases, examples=PROOF)
    return hold(hub.app, Client(), phases=[EXAMPLES, FUZZING], examples=SAMPLE)


def operations(hub: Hub) -> set[str]:
    return {
        f"{method.upper()} {path}"
        for path, methods in hub.app.openapi()["paths"].items()
        for method in methods
    }


def test_what_is_answered_is_what_the_document_says(found: Findings) -> None:
    found.check()


def test_every_operation_was_answered_as_it_is_meant_to_be(hub: Hub, found: Findings) -> None:
    assert set(found.statuses) == operations(hub)
    assert [one for one in operations(hub) if not found.taken(one)] == []


def test_whatever_is_sent_is_answered_and_what_is_refused_is_a_problem(hub: Hub) -> None:
    chosen = list(traps(hub.app.openapi()))
    if not in_full():
        chosen = sample(chosen, A_SAMPLE, seed=7)
    broken = []
    for trap in chosen:
        method, path = trap.operation.partition(" ")[0], filled(trap.path, THINGS)
        answer = hub.ask(method, path, headers=dict(trap.headers), content=trap.content)
        if why := fault(answer):
            broken.append(f"{trap.operation}, {trap.what}: {why}")
    assert broken == []
