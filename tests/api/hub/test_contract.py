"""Every operation of a hub against the OpenAPI document, by each role that may ask it.

`make test` tries each operation a little, in one role; `make prove` in every role, with each bound
of the document and each way to break it.
"""

import time
from pathlib import Path

import pytest

from matching.domain.access import Role
from matching.hub.accounts_provider import BACK
from tests.api.contract import COVERAGE, EXAMPLES, FUZZING, STATEFUL, Findings, hold
from tests.api.hub.asker import Asker, Turns
from tests.api.hub.desk import Desk
from tests.api.hub.test_matrix import everything_of
from tests.databases import LECCO
from tests.recording import record
from tests.repeats import in_full

ROLES = [role for role in Role if role is not Role.SYSTEM]
NOT_REACHED = {f"{method} {BACK}" for method in ("GET", "POST")} | {f"POST {BACK}/code"}
"""What an identity provider in front has a part in: see test_provider.py."""

EXAMPLES_IN_FULL = 8
SELDOM = 0.1
"""Below this share of answers 2xx an operation is told in the record."""
TRIED_BY_CHANCE = 8
"""Of so many operations a sample tries one by chance; the document's examples are all tried."""


@pytest.fixture(scope="module")
def desk(shared_desk: Desk) -> Desk:
    return shared_desk


@pytest.fixture(scope="module")
def found(desk: Desk) -> Findings:
    """What all roles found."""
    if not in_full():
        return a_sample(desk)
    total, roles = Findings(), {}
    began, worked = time.monotonic(), time.process_time()
    for role in ROLES:
        of_role = in_every_way(desk, role)
        roles[str(role)] = {"requests": of_role.requests, "operations": len(of_role.statuses)}
        total.add(of_role)
    every = operations(desk)
    record(
        "2026-11-hub-contract",
        {
            "benchmark": "hub-contract",
            "examples": EXAMPLES_IN_FULL,
            "operations": len(every),
            "requests": total.requests,
            "server_errors": total.server_errors,
            "breaches": len(total.breaches),
            "seconds": round(time.monotonic() - began),
            "processor_seconds": round(time.process_time() - worked),
            "roles": roles,
            "seldom_taken": {
                operation: round(share, 2)
                for operation in sorted(every)
                if (share := total.taken(operation)) < SELDOM
            },
        },
    )
    return total


def operations(desk: Desk) -> dict[str, list[Role]]:
    """Each operation, with the roles that may ask it; all may what is open."""
    return {
        f"{method.upper()} {path}": [Role(role) for role in one.get("x-roles", ROLES)]
        for path, methods in desk.app.openapi()["paths"].items()
        for method, one in methods.items()
    }


def turns(desk: Desk) -> dict[str, Role]:
    """Each operation with a role that tries it for all that may: each has its turn."""
    return {
        operation: roles[number % len(roles)]
        for number, (operation, roles) in enumerate(operations(desk).items())
    }


def in_every_way(desk: Desk, role: Role) -> Findings:
    asker = Asker(desk, role, everything_of(desk, LECCO))
    every = [operation for operation, roles in operations(desk).items() if role in roles]
    found = hold(
        desk.app, asker, phases=[EXAMPLES, FUZZING, STATEFUL], operations=every,
        examples=EXAMPLES_IN_FULL,
    )  # fmt: skip
    own = [operation for operation, turn in turns(desk).items() if turn is role]
    found.add(hold(desk.app, asker, phases=[COVERAGE], operations=own))
    return found


def a_sample(desk: Desk) -> Findings:
    things = everything_of(desk, LECCO)
    by_role = {role: Asker(desk, role, things) for role in ROLES}
    asker = Turns({operation: by_role[role] for operation, role in turns(desk).items()})
    found = hold(desk.app, asker, phases=[EXAMPLES, STATEFUL], examples=1, steps=3)
    some = list(operations(desk))[::TRIED_BY_CHANCE]
    found.add(hold(desk.app, asker, phases=[FUZZING], operations=some, examples=2))
    return found


def test_what_is_answered_is_what_the_document_says(found: Findings) -> None:
    found.check()


def test_every_operation_was_answered_as_it_is_meant_to_be(desk: Desk, found: Findings) -> None:
    if not in_full():
        pytest.skip("a sample does not reach them all; `make prove` does")
    assert set(found.statuses) == set(operations(desk))
    shares = {operation: found.taken(operation) for operation in operations(desk)}
    assert {operation for operation, share in shares.items() if share == 0} == NOT_REACHED


def test_nothing_is_left_where_tests_are_run(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asker = Asker(desk, Role.COMMUNITY_MANAGER, {})
    hold(desk.app, asker, phases=[EXAMPLES, FUZZING], operations=["GET /v1/persons"])
    assert list(tmp_path.iterdir()) == []
