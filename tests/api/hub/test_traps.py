"""No request, whatever is in it, breaks a hub's service: on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from matching.domain.access import Role
from matching.service import Service
from tests.api.hub.desk import Desk, a_desk
from tests.api.hub.test_matrix import everything_of
from tests.api.hub.traps import Trap, sample, traps
from tests.databases import LECCO
from tests.repeats import in_full
from tests.store.conftest import engine, postgresql

__all__ = ["engine", "postgresql"]

A_SAMPLE = 250
LONGEST_REFUSAL = 20_000


@pytest.fixture
def desk(risky: Service, engine: Engine, tmp_path: Path) -> Iterator[Desk]:
    with a_desk(risky, engine, tmp_path) as found:
        yield found


def test_whatever_is_sent_is_answered_and_what_is_refused_is_a_problem(desk: Desk) -> None:
    document = desk.app.openapi()
    things = everything_of(desk, LECCO)
    found = list(traps(document, things))
    if not in_full():
        found = sample(found, A_SAMPLE, seed=7)
    broken = [why for trap in found if (why := fault(desk, trap, things))]
    assert broken == []


def fault(desk: Desk, trap: Trap, things: dict[str, str]) -> str | None:
    """What is wrong with the answer to a trap, None where nothing is."""
    role, name = asker_of(desk, trap.operation, things)
    method = trap.operation.partition(" ")[0]
    answer = desk.ask(
        method, trap.path, role=role, name=name, headers=trap.headers, content=trap.content
    )
    what = f"{trap.operation}, {trap.what}: {answer.status_code} {answer.text[:300]}"
    if answer.status_code >= 500:
        return what
    if answer.status_code < 400:
        return None
    is_problem = answer.headers["content-type"] == "application/problem+json"
    is_short = len(answer.content) <= LONGEST_REFUSAL
    return None if is_problem and is_short and answer.json()["status"] < 500 else what


def asker_of(desk: Desk, operation: str, things: dict[str, str]) -> tuple[Role, str]:
    """Somebody who may ask an operation: a manager, where managers may."""
    method, _, path = operation.partition(" ")
    roles = desk.app.openapi()["paths"][path][method.lower()].get("x-roles", {})
    if not roles or Role.COMMUNITY_MANAGER in roles:
        # Whoever signs out would be nobody afterwards.
        return Role.COMMUNITY_MANAGER, "leaves" if path == "/v1/sessions/current" else ""
    role = Role(next(iter(roles)))
    return role, things["person_id"] if role is Role.PERSON else ""
