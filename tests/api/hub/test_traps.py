"""No request, whatever is in it, breaks a hub's service: on both databases."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy.engine import Engine

from matching.domain.access import Role
from matching.service import Service
from tests.api.faults import fault
from tests.api.hub.asker import spares, who_may
from tests.api.hub.desk import Desk, a_desk
from tests.api.hub.test_matrix import everything_of, filled
from tests.api.hub.traps import Trap, sample, traps
from tests.databases import LECCO
from tests.repeats import in_full
from tests.store.conftest import engine, postgresql

__all__ = ["engine", "postgresql"]

A_SAMPLE = 250
MADE_ANEW = 200
"""After so many traps a case is closed, a path at its end: what there is is made again."""


@pytest.fixture
def desk(risky: Service, engine: Engine, tmp_path: Path) -> Iterator[Desk]:
    with a_desk(risky, engine, tmp_path) as found:
        yield found


def test_whatever_is_sent_is_answered_and_what_is_refused_is_a_problem(desk: Desk) -> None:
    found = list(traps(desk.app.openapi()))
    if not in_full():
        found = sample(found, A_SAMPLE, seed=7)
    broken = []
    things: dict[str, str] = {}
    for number, trap in enumerate(found):
        if number % MADE_ANEW == 0:
            things = anew(desk)
        answer = asked(desk, trap, things)
        if why := fault(answer):
            broken.append(f"{trap.operation}, {trap.what}: {why}")
        if trap.operation.startswith("DELETE") and answer.is_success:
            things = anew(desk)
    assert broken == []


def anew(desk: Desk) -> dict[str, str]:
    """One of everything; computing, which a trap may have stopped, is begun again before."""
    desk.ask("PUT", "/v1/scoring", {"stopped": False}, role=Role.ADMIN)
    return everything_of(desk, LECCO) | spares(desk)


def asked(desk: Desk, trap: Trap, things: dict[str, str]) -> httpx.Response:
    role, name = who_may(desk, trap.operation, things)
    return desk.ask(
        trap.operation.partition(" ")[0], filled(trap.path, things), role=role, name=name,
        headers=trap.headers, content=trap.content,
    )  # fmt: skip
