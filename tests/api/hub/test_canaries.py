"""Who somebody is stands in no log, error, address, metric, nor open in any file (trust.md, S12).

A real server that logs all it can is sent her name, telephone, address, tax code and what was
noted of her, through every route, in every form, also where it must fail.
"""

import json
import re
import shutil
import socket
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import settings

from matching.domain.access import Role
from matching.operations.serving import open_for_serving
from matching.settings import read_settings
from tests.api.hub.canaries import (
    ALL,
    FAMILY,
    GIVEN,
    HIRING,
    NOTE,
    files_with_her,
    found_in,
    harshly,
    kindly,
)
from tests.api.hub.desk import Remote, make_ready
from tests.api.hub.test_matrix import body_for, everything_of, filled
from tests.databases import LECCO
from tests.served import Served, a_hub_home, served

HER = {"given_name": GIVEN, "family_name": FAMILY}
KEPT_OPEN = (
    "/v1/vacancies", "/v1/organisations", "/v1/accounts", "/v1/tokens", "/v1/notices"
)  # fmt: skip
"""Of nobody whom a hub follows: kept as it was written, and in no log or error all the same."""

LIKED = (Role.COMMUNITY_MANAGER, Role.CORPORATE_MANAGER, Role.AGENCY, Role.PROVIDER, Role.ADMIN)


@dataclass
class Walk:
    """The server with somebody's words in it, and whatever was answered."""

    desk: Remote
    server: Served
    home: Path
    document: Mapping[str, Any]
    known: dict[str, str]
    answers: list[httpx.Response] = field(default_factory=list)

    def operations(self) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        """Every operation; what removes things comes last."""
        every = [
            (method.upper(), path, one)
            for path, operations in self.document["paths"].items()
            for method, one in operations.items()
        ]
        return iter(sorted(every, key=lambda one: one[0] == "DELETE"))

    def taken(
        self, method: str, path: str, role: Role | None, headers: Mapping[str, str], **options: Any
    ) -> None:
        """Ask on the version that there is, whichever it is by now."""
        for version in range(1, 9):
            answer = self.ask(
                method, path, role, headers={**headers, "if-match": f'"{version}"'}, **options
            )
            if answer.status_code != 412:
                return

    def ask(self, method: str, path: str, role: Role | None, **options: Any) -> httpx.Response:
        answer = self.desk.ask(method, path, role=role, **options)
        self.answers.append(answer)
        return answer


@pytest.fixture(scope="module")
def walk(
    tmp_path_factory: pytest.TempPathFactory,
    shared_cache: Path,
    registered_home: Path,
) -> Iterator[Walk]:
    home = tmp_path_factory.mktemp("canaries") / "home"
    a_hub_home(home, shared_cache)
    shutil.copytree(registered_home / "registry", home / "registry")
    (home / "tmp").mkdir()
    variables = {"VALORIAMO_API_PER_MINUTE": "1000000", "VALORIAMO_LOG_LEVEL": "debug"}
    with served(home, TMPDIR=str(home / "tmp"), **variables) as server:
        store = open_for_serving(read_settings(home=home))
        make_ready(store)
        with server.client() as client:
            desk = Remote(FastAPI(), store, client=client)
            document = client.get("/openapi.json").json()
            made = Walk(desk, server, home, document, everything_of(desk, LECCO))
            for method, path, operation in made.operations():
                send(made, method, path, operation)
            yield made
        store.engine.dispose()


def send(walk: Walk, method: str, path: str, operation: Mapping[str, Any]) -> None:
    """Send her through one route: as it takes her, and in every form that it does not take."""
    roles = [Role(name) for name in operation.get("x-roles", ())]
    liked = [role for role in LIKED if role in roles] or roles
    role = liked[0] if liked else None
    to = filled(path, walk.known)
    # To sign out ends a session that nothing else is asked with.
    options: dict[str, Any] = {"name": "leaving"} if path.endswith("/current") else {}
    taken = {"if-match": '"1"', "x-reason": ALL}
    said = {
        "if-match": ALL, "idempotency-key": ALL, "x-reason": ALL, "x-request-id": ALL,
        "user-agent": ALL, "referer": f"http://hub/{GIVEN}",
    }  # fmt: skip
    queries = {
        one["name"]: ALL for one in operation.get("parameters", ()) if one["in"] == "query"
    } | {GIVEN: FAMILY}
    hers = re.sub(r"{[^}]+}", quote(ALL), path)
    bodies = operation.get("requestBody", {}).get("content", {}).get("application/json")
    walk.ask(method, to, role, headers=said, params=queries, **options)
    walk.ask(method, hers, role, headers=taken, params=queries, **options)
    if bodies is None:
        walk.taken(method, to, role, taken, **options)
        return
    more = HIRING if path.startswith(KEPT_OPEN) else ALL
    examples = [one["value"] for one in bodies.get("examples", {}).values()]
    for number, example in enumerate([*examples, body_for(path)]):
        keyed = {**taken, "idempotency-key": f"{ALL} {number} {method} {path}"[:200]}
        body = kindly(example, more, walk.known)
        walk.taken(method, to, role, keyed, json=body, **options)
    walk.ask(method, to, role, json=harshly(body), headers=said, params=queries, **options)
    walk.ask(method, hers, role, json=body, headers=taken, **options)
    walk.ask(method, to, None, json=harshly(body), headers=said, **options)
    raw = json.dumps(body).encode()
    forms = (
        ("application/json", raw[:-1]),
        ("application/json", b'{"' + ALL.encode() + b'": \xff'),
        ("text/plain", raw),
        ("multipart/form-data; boundary=x", f'--x\r\nContent-Disposition: {ALL}"'.encode()),
        ("multipart/form-data; boundary=x", a_form()),
        (ALL, raw),
    )
    # Each in its turn, over the routes; in every route where the proofs are run in full.
    for kind, content in forms if proving() else forms[len(walk.answers) % 3 :: 3]:
        headers = {**taken, "content-type": kind}
        walk.ask(method, to, role, content=content, headers=headers, **options)


def proving() -> bool:
    """Whether the long proofs are run in full (`make prove`)."""
    return settings().max_examples >= 1_000


def a_form() -> bytes:
    """Her, as a file with her name, in a form with a field that there is not."""
    file = f'Content-Disposition: form-data; name="file"; filename="{GIVEN} {FAMILY}.pdf"'
    more = f'Content-Disposition: form-data; name="{GIVEN}"'
    return f"--x\r\n{file}\r\n\r\n%PDF {ALL}\r\n--x\r\n{more}\r\n\r\n{ALL}\r\n--x--\r\n".encode()


def test_she_is_found_where_she_is(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text(f"x {NOTE.upper()} x", "utf-8")
    assert [words for _, words in files_with_her(tmp_path)] == [[NOTE]]
    assert set(found_in(ALL)) | {"..."} > {GIVEN, FAMILY, NOTE}


def test_she_was_taken_in_by_what_takes_people(walk: Walk) -> None:
    taken = [one for one in walk.answers if one.status_code == 201]
    assert len({one.request.url.path for one in taken}) > 15
    listed = walk.desk.get("/v1/persons").json()["persons"]
    assert GIVEN in {one["contacts"]["given_name"] for one in listed}


def test_no_refusal_repeats_who_she_is(walk: Walk) -> None:
    refusals = [one for one in walk.answers if one.status_code >= 400]
    assert {400, 401, 404, 412, 415, 422} <= {one.status_code for one in refusals}
    assert [
        (one.request.method, one.request.url.path[:60], one.status_code, found_in(one.text))
        for one in refusals
        if found_in(one.text)
    ] == []


def test_no_header_and_no_address_that_is_answered_holds_who_she_is(walk: Walk) -> None:
    for answer in walk.answers:
        said = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        assert found_in(said) == [], said


def test_no_metric_holds_who_she_is(walk: Walk) -> None:
    answer = walk.desk.get("/metrics", role=Role.MACHINE)
    assert "valoriamo_requests_total" in answer.text
    assert found_in(answer.text) == []


def test_an_error_that_nobody_foresaw_tells_nothing_of_her(walk: Walk) -> None:
    walk.known["person_id"] = person = walk.desk.add_person(GIVEN)
    with closing(sqlite3.connect(walk.home / "hub.db")) as connection, connection:
        connection.execute(
            "UPDATE identities SET sealed = zeroblob(64) WHERE person_id = ?", [person]
        )
    broken = walk.ask("GET", f"/v1/persons/{person}", Role.COMMUNITY_MANAGER)
    assert broken.status_code == 500
    assert found_in(broken.text) == []
    away = walk.home / "away.db"
    (walk.home / "hub.db").rename(away)
    refused = walk.ask("POST", "/v1/persons", Role.COMMUNITY_MANAGER, json={"contacts": HER})
    away.rename(walk.home / "hub.db")
    assert refused.status_code == 503
    assert found_in(refused.text) == []


def test_what_is_no_request_at_all_is_answered_without_a_word_of_it(walk: Walk) -> None:
    address = urlsplit(walk.server.address)
    for sent in (f"GET /{ALL}\r\n\r\n", f"{ALL}\r\n\r\n", f"GET / HTTP/1.1\r\n{ALL}\r\n\r\n"):
        with socket.create_connection((address.hostname, address.port), timeout=30) as raw:
            raw.sendall(sent.encode())
            raw.shutdown(socket.SHUT_WR)
            said = b"".join(iter(lambda: raw.recv(65536), b""))  # noqa: B023
        assert found_in(said) == []


def test_no_file_of_the_installation_holds_her_openly(walk: Walk) -> None:
    names = {path.relative_to(walk.home).parts[0] for path in walk.home.rglob("*")}
    assert {"hub.db", "hub.db-wal", "registry", "models", "anchor", "tmp"} <= names
    assert list(files_with_her(walk.home)) == []


def test_nothing_that_the_process_said_holds_who_she_is(walk: Walk) -> None:
    walk.server.process.terminate()
    code, out, said = walk.server.ended()
    assert (code, out) == (0, "")
    assert found_in(said) == []
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    # Every route was asked, and each request left a line that says which.
    asked = {line["message"].partition(" ")[2] for line in lines if "status" in line}
    assert asked >= set(walk.document["paths"])
    assert "InvalidTag" in said or "KeyringError" in said
